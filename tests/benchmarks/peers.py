"""Programs written for segment_anything, with it and with ours standing in: results and times.

    taskset -c 0 python tests/benchmarks/peers.py /tmp/peers

Makes a virtual environment in the folder and installs micro_sam with its test suite, metaseg,
samgeo and autodistill there, as far as they go beside one torch without Qt: metaseg asks for
fal_serverless, which takes micro_sam's pydantic away; autodistill for groundingdino. micro_sam's
tests then run file by file, each with both; weights that it would download are random ones of a
ViT-B, the same for both, so what asserts that masks are good fails with both. Each of the others is
imported with both.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import venv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[2]
PACKAGES = [
    "bioimage-cpp", "bioimageio.core", "h5py", "imagecodecs", "imageio", "joblib", "kornia",
    "magicgui", "matplotlib", "natsort", "networkx", "pandas", "pooch", "python-elf",
    "scikit-image", "scikit-learn", "xarray", "xxhash", "zarr", "tqdm", "pytest", "mrcfile",
    "tensorboard", "requests", "opencv-python-headless", "pycocotools", "safetensors", "filelock",
    "platformdirs", "supervision", "geopandas", "rasterio", "pyproj", "shapely", "xyzservices",
    "gdown", "patool", "sahi", "smoothify",
]  # fmt: skip
ALONE = [  # their own lists ask for another torch, for Qt or for a display
    "torch_em", "micro_sam==1.8.14", "timm", "segment-geospatial", "metaseg", "autodistill",
    "autodistill-grounded-sam", "segment-anything-py", "torchvision",
]  # fmt: skip
TESTS = [
    "test_vendored.py", "test_dependencies.py", "test_prompt_generators.py",
    "test_models/test_peft_sam.py", "test_models/test_sam_3d_wrapper.py",
    "test_models/test_simple_sam_3d_wrapper.py", "test_util.py",
    "test_prompt_based_segmentation.py", "test_multi_dimensional_segmentation.py",
    "test_instance_segmentation.py", "test_automatic_segmentation.py", "test_training.py",
    "test_cli.py",
]  # fmt: skip
OTHERS = ["metaseg", "samgeo", "autodistill_grounded_sam"]
PLUGIN = '''
"""Random weights for those that micro_sam would download; torchvision without its compiled half."""
import re, torch

LIBRARY = torch.library.Library("torchvision", "FRAGMENT")

def nms(boxes, scores, iou_threshold):
    boxes = boxes.double()
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(1)
    left, kept = scores.argsort(descending=True, stable=True), []
    while len(left):
        best, left = left[0], left[1:]
        kept.append(best)
        low = torch.maximum(boxes[best, :2], boxes[left, :2])
        high = torch.minimum(boxes[best, 2:], boxes[left, 2:])
        shared = (high - low).clamp(min=0).prod(1)
        left = left[shared <= iou_threshold * (areas[best] + areas[left] - shared)]
    return torch.stack(kept) if kept else torch.zeros(0, dtype=torch.long)

for _ in range(40):
    try:
        import torchvision
        break
    except RuntimeError as error:
        missing = re.search(r"torchvision::(\\w+) does not exist", str(error))
        if not missing:
            raise
        name = missing[1]
        form = "Tensor dets, Tensor scores, float iou_threshold" if name == "nms" else "Tensor any"
        LIBRARY.define(f"{name}({form}) -> Tensor")
        if name == "nms":
            LIBRARY.impl("nms", nms, "CPU")
        import sys
        for each in [each for each in sys.modules if each.split(".")[0] == "torchvision"]:
            del sys.modules[each]

WEIGHTS = __import__("pathlib").Path(__file__).parent / "random_vit_b.pth"

def weights():
    if not WEIGHTS.exists():
        from segment_anything import sam_model_registry
        torch.manual_seed(0)
        torch.save(sam_model_registry["vit_b"]().state_dict(), WEIGHTS)
    return WEIGHTS

def pytest_configure(config):
    import micro_sam.util as util
    util._download_sam_model = lambda kind, *_: (str(weights()), "random", None)
'''


@dataclass
class Run:
    """What one test file or import said, and how long it took."""

    outcomes: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    said: str = ""
    whole: float = 0.0


def install(folder: Path) -> Path:
    """Return the Python of a virtual environment in which the peers are."""
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        venv.create(folder / "venv", with_pip=True)
        pip = [python, "-m", "pip", "install", "-q"]
        subprocess.run([*pip, "torch==2.13.0"], check=True)
        subprocess.run([*pip, *PACKAGES], check=True)
        subprocess.run([*pip, "--no-deps", *ALONE], check=True)
    (folder / "peers_plugin.py").write_text(PLUGIN)
    suite = folder / "suite"
    if not suite.exists():
        pip = [python, "-m", "pip", "download", "-q", "--no-deps", "-d", folder / "wheels"]
        subprocess.run([*pip, "micro_sam==1.8.14"], check=True)
        wheel = next((folder / "wheels").glob("micro_sam*.whl"))
        unpack = [python, "-m", "zipfile", "-e", wheel, suite]
        subprocess.run(unpack, check=True)
    return python


def run(python: Path, folder: Path, arguments: list[str], report: Path, limit: float) -> Run:
    """Run Python with arguments; read what pytest reported."""
    report.unlink(missing_ok=True)
    environment = {
        **os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{folder}", "OMP_NUM_THREADS": "1",
        "SAM_WIDGET_CACHE": str(folder / "cache"), "MICROSAM_CACHEDIR": str(folder / "micro_sam"),
    }  # fmt: skip
    begin = perf_counter()
    try:
        done = subprocess.run(
            [python, *arguments], env=environment, cwd=folder, timeout=limit, check=False,
            capture_output=True, text=True,
        )  # fmt: skip
        said = (done.stdout + done.stderr).strip().splitlines()
        told = Run(said=f"status {done.returncode}: {said[-1] if said else ''}")
    except subprocess.TimeoutExpired:
        told = Run(said=f"not done after {limit:.0f} s")
    told.whole = perf_counter() - begin
    if report.exists():
        for case in ET.parse(report).iter("testcase"):
            name = f"{case.get('classname')}.{case.get('name')}"
            kinds = {child.tag for child in case} & {"failure", "error", "skipped"}
            told.outcomes[name] = next(iter(kinds), "passed")
            told.seconds[name] = float(case.get("time", 0))
    return told


def side_by_side(name: str, theirs: Run, ours: Run) -> None:
    """Print a line, and one for each test whose outcome differs."""
    both = [
        test for test, said in theirs.outcomes.items()
        if said == "passed" == ours.outcomes.get(test)
    ]  # fmt: skip
    times = [sum(each.seconds[test] for test in both) for each in (theirs, ours)]
    counts = [dict(Counter(each.outcomes.values())) or each.said for each in (theirs, ours)]
    print(
        f"| {name} | {counts[0]} | {counts[1]} | {times[0]:.1f} s | {times[1]:.1f} s |", flush=True
    )
    for test, said in theirs.outcomes.items():
        if said != ours.outcomes.get(test):
            print(f"|   {test} | {said} | {ours.outcomes.get(test)} | | |", flush=True)


def main() -> None:
    """Install, run, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=float, default=900, help="seconds for one file")
    parser.add_argument("--only", nargs="*", default=TESTS, help="files of micro_sam's suite")
    told = parser.parse_args()
    folder = told.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    python = install(folder)
    print("| micro_sam | segment_anything | ours | its time, passed by both | ours |")
    print("|---|---|---|---|---|")
    for name in told.only:
        runs = []
        for word, before in (("theirs", []), ("ours", ["-m", "sam_widget.stand_in"])):
            report = folder / f"{word}.xml"
            suite = folder / "suite" / "test" / name
            arguments = ["-m", "pytest", "-q", "-p", "peers_plugin", f"--junitxml={report}"]
            runs.append(run(python, folder, [*before, *arguments, str(suite)], report, told.limit))
        side_by_side(name, *runs)
    for name in OTHERS:
        for before in ("", "import sam_widget; sam_widget.stand_in(); "):
            code = f"import peers_plugin; {before}import {name}; print('imported')"
            said = run(python, folder, ["-c", code], folder / "none.xml", told.limit).said
            print(f"import {name}, {'ours' if before else 'segment_anything'}: {said}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
