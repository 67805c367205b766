"""What formats cost: run lengths beside pycocotools, bytes and IoU of polygons by detail.

python tests/benchmarks/formats.py            # ratios side by side, one process, one core
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from pycocotools import mask as coco_mask
from scipy import ndimage

from sam_widget import Annotated, Mask, Region, write_annotations

WIDTH, HEIGHT = 1800, 1200


def things(count: int) -> list[np.ndarray]:
    """Smooth things with holes and islands, (H, W) bool, as masks of photos are."""
    rng = np.random.default_rng(0)
    found = []
    for _ in range(count):
        small = rng.standard_normal((HEIGHT // 4, WIDTH // 4))
        soft = ndimage.gaussian_filter(small, rng.uniform(4, 20))
        whole = ndimage.zoom(soft, 4, order=1) > soft.std()
        y, x = rng.integers(0, HEIGHT // 2), rng.integers(0, WIDTH // 2)
        window = np.zeros((HEIGHT, WIDTH), bool)
        window[y : y + rng.integers(60, HEIGHT // 2), x : x + rng.integers(60, WIDTH // 2)] = True
        found.append(whole & window)
    return found


def seconds(act: Callable[[], object], times: int) -> float:
    """Return the median of so many runs."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return float(np.median(taken))


def main() -> None:
    """Measure and print."""
    grammar = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    grammar.add_argument("--things", type=int, default=60)
    grammar.add_argument("--times", type=int, default=5)
    given = grammar.parse_args()
    arrays = things(given.things)
    masks = [Mask.from_array(each) for each in arrays]
    theirs = [coco_mask.encode(np.asfortranarray(each.astype(np.uint8))) for each in arrays]
    pairs = {
        "a Mask to COCO's text": (
            lambda: [each.to_coco_text() for each in masks],
            lambda: [coco_mask.encode(np.asfortranarray(e.astype(np.uint8))) for e in arrays],
        ),
        "COCO's text to a Mask": (
            lambda: [Mask.from_coco(each) for each in theirs],
            lambda: [Mask.from_array(coco_mask.decode(each).astype(bool)) for each in theirs],
        ),
        "COCO's text to an array": (
            lambda: [Mask.from_coco(each).to_array() for each in theirs],
            lambda: [coco_mask.decode(each) for each in theirs],
        ),
    }
    print(f"{given.things} masks of {WIDTH} x {HEIGHT} px, ms a mask, medians of {given.times}")
    for name, (ours, other) in pairs.items():
        a, b = (1e3 * seconds(act, given.times) / given.things for act in (ours, other))
        print(f"  {name:26} ours {a:7.2f}   pycocotools {b:7.2f}   {b / a:5.1f} times faster")
    image = Annotated("a.png", (WIDTH, HEIGHT), tuple(Region(each) for each in masks))
    print("polygons of COCO, by detail: bytes beside exact, mean IoU, lowest IoU")
    exact = 0
    for detail in ("exact", 0.5, 1.0, 2.0, 4.0):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "a.json")
            loss = write_annotations([image], path, "coco", masks="polygons", detail=detail)
            size = path.stat().st_size
        exact = exact or size
        worst = loss.worst.iou if loss.worst else 1.0
        print(f"  {detail!s:6} {size / exact:6.3f}   {loss.mean_iou:.4f}   {worst:.4f}")


if __name__ == "__main__":
    main()
