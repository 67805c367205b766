"""From a cold process to the first mask: importing, loading, the first photo, the first click.

    python tests/benchmarks/cold.py                                  # mini and small
    python tests/benchmarks/cold.py mini ../shared/weights/small.safetensors --repeats 5
    python tests/benchmarks/cold.py mini --beside ../before          # another checkout, by turns

Every run is a fresh process that goes the widget's way: `import sam_widget`, then torch and the
weights, then a photo of 1800 x 1200 (a JPEG file) and a click with three masks at the photo's size.
What is on disk is in the system's memory already, and no embedding is cached. The second photo and
click tell what was spent for being the first. Medians; peak memory is the whole process's.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path and "--child" not in sys.argv:
    sys.path.insert(0, str(ROOT))

STEPS = (
    "import sam_widget", "import torch", "load", "photo and encode", "click, three masks",
    "first mask, all in all", "second photo", "third photo", "second click",
)  # fmt: skip


def child(model: str, photo: str) -> None:
    """Go the way once, and write down how long each step took, ms."""
    began = last = time.perf_counter()
    took = {}

    def lap(name: str) -> None:
        nonlocal last
        now = time.perf_counter()
        took[name], last = (now - last) * 1e3, now

    import sam_widget

    lap("import sam_widget")
    from sam_widget.segment import loaded

    loaded._import_torch()  # does not, where OMP_WAIT_POLICY is set
    import torch  # noqa: F401

    lap("import torch")
    segmenter = loaded.loaded(model)
    lap("load")
    import numpy as np

    from sam_widget.segment.prompts import Prompts

    def encode():
        return segmenter.embed(sam_widget.read_image(photo).pixels)

    def click(x: float):
        prompts = Prompts(np.array([[x, 600.5]], np.float32), np.array([1]))
        return [mask.to_array() for mask in segmenter.predict(embedding, prompts).masks()]

    embedding = encode()
    lap("photo and encode")
    masks = click(900.5)
    lap("click, three masks")
    took["first mask, all in all"] = (time.perf_counter() - began) * 1e3
    assert len(masks) == 3
    encode()
    lap("second photo")
    encode()
    lap("third photo")
    click(901.5)
    lap("second click")
    sys.path.append(str(ROOT))  # last: what is measured was found without
    from tests.memory import peak

    took["peak"] = peak() / 1e6
    print(json.dumps(took))


def main() -> None:
    """Measure by turns, and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("models", nargs="*", default=["mini", "small"], help="names or files")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--beside", type=Path, help="another checkout, to compare with")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        child(*asked.child)
        return
    import skimage.data
    from PIL import Image

    roots = [ROOT] if asked.beside is None else [asked.beside.resolve(), ROOT]
    runs: dict[tuple[str, str], list] = {}
    with tempfile.TemporaryDirectory() as folder:
        photo = Path(folder) / "coffee.jpg"
        Image.fromarray(skimage.data.coffee()).resize((1800, 1200)).save(photo, quality=90)
        for _ in range(asked.repeats):
            for model in asked.models:
                name = str(Path(model).resolve()) if Path(model).exists() else model
                for root in roots:
                    told = subprocess.run(
                        [sys.executable, __file__, "--child", name, photo],
                        env=os.environ | {"PYTHONPATH": str(root)},
                        cwd=folder,
                        check=True,
                        capture_output=True,
                        text=True,
                    )
                    run = json.loads(told.stdout)
                    runs.setdefault((Path(model).stem, root.name), []).append(run)
    columns = list(runs)
    print(f"ms, medians of {asked.repeats}")
    print("| " + " | ".join(["", *(" in ".join(c) if len(roots) > 1 else c[0] for c in columns)]))
    print("|---" * (len(columns) + 1) + "|")
    for step in STEPS:
        cells = [f"{median(run[step] for run in runs[c]):.0f}" for c in columns]
        print("| " + " | ".join([step, *cells]) + " |")
    cells = [f"{max(run['peak'] for run in runs[c]):.0f} MB" for c in columns]
    print("| " + " | ".join(["peak memory", *cells]) + " |")


if __name__ == "__main__":
    main()
