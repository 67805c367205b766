"""Encode, click and everything of this checkout beside another one's, in two processes by turns.

    git worktree add ../before COMMIT
    python tests/benchmarks/before.py ../before
    python tests/benchmarks/before.py ../before --model mini --turns 40

Both processes live at once and wait; each turn asks one and then the other, and the next turn the
other way round, so that whatever else the machine does meets both. A turn gives one ratio (this /
the other) of processor seconds and one of seconds; their medians are printed, with the quartiles,
and the ratio of the quickest of all turns, which other work touches least.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import quantiles

ROOT = Path(__file__).resolve().parents[2]
PHOTO = ROOT / "examples" / "photos"
SIZE = 1800, 1200
DOES = {"encode": 1, "click": 20, "everything": 1}  # how often in a turn


def child(model: str) -> None:
    """Do what is asked for, line by line; answer with seconds and processor seconds."""
    sys.path.pop(0)  # this file's folder; the package comes from PYTHONPATH
    import numpy as np
    from PIL import Image

    import sam_widget
    from sam_widget.segment.loaded import loaded
    from sam_widget.segment.prompts import Prompts

    segmenter = loaded(model)
    file = min(PHOTO.glob("*.jpg"))
    pixels = np.asarray(Image.open(file).convert("RGB").resize(SIZE))
    embedding = segmenter.embed(pixels)
    prompts = Prompts(np.array([[900.5, 600.5]], np.float32), np.array([1]))
    search = sam_widget.Search(points_per_side=8, pred_iou_thresh=0.5, stability_score_thresh=0.8)
    do = {
        "encode": lambda: segmenter.embed(pixels),
        "click": lambda: segmenter.predict(embedding, prompts).masks(),
        "everything": lambda: sam_widget.find_everything(
            segmenter, pixels, search, embedding=embedding, progress=False
        ),
    }
    for each in do.values():
        each()
    print(json.dumps(str(Path(sam_widget.__file__).parents[1])), flush=True)
    for line in sys.stdin:
        name = line.strip()
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in range(DOES[name]):
            do[name]()
        print(json.dumps([time.perf_counter() - wall, time.process_time() - cpu]), flush=True)


def start(root: Path, model: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, __file__, "--child", "--model", model],
        env=os.environ | {"PYTHONPATH": str(root), "OMP_WAIT_POLICY": "PASSIVE"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    said = json.loads(process.stdout.readline())
    assert Path(said) == root, f"{said} was imported, not {root}"
    return process


def ask(process: subprocess.Popen[str], name: str) -> tuple[float, float]:
    process.stdin.write(f"{name}\n")
    process.stdin.flush()
    wall, cpu = json.loads(process.stdout.readline())
    return wall, cpu


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("other", type=Path, nargs="?", help="another checkout")
    parser.add_argument("--model", default="small")
    parser.add_argument("--turns", type=int, default=20)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        child(asked.model)
        return
    if asked.other is None:
        parser.error("Give the folder of another checkout.")
    both = [start(root, asked.model) for root in (ROOT, asked.other.resolve())]
    print(f"{asked.model}, {SIZE[0]} x {SIZE[1]} px, this / the other: median (quartiles)")
    for name, often in DOES.items():
        turns = []
        for turn in range(asked.turns):
            order = both if turn % 2 else both[::-1]
            took = {id(each): ask(each, name) for each in order}
            this, other = (took[id(each)] for each in both)
            turns.append((this, other))
        for i, word in enumerate(("seconds", "processor seconds")):
            low, middle, high = quantiles([this[i] / other[i] for this, other in turns], n=4)
            this, other = (min(turn[side][i] for turn in turns) for side in (0, 1))
            print(
                f"{name:12} {word:18} {middle:.3f} ({low:.3f} to {high:.3f});"
                f" quickest {this / often * 1e3:.1f} / {other / often * 1e3:.1f} ms"
                f" = {this / other:.3f}",
                flush=True,
            )
    for each in both:
        each.stdin.close()
        each.wait()


if __name__ == "__main__":
    main()
