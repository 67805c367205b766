"""A folder of small photos, and a search that keeps masks of whatever a small model says."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image

from sam_widget.data_engine.automatic import Settings
from sam_widget.segment.everything.search import Search

OPEN = Settings(
    Search(2, pred_iou_thresh=0, stability_score_thresh=0, box_nms_thresh=0.99), smallest_piece=4
)


def jpeg(number: int, size: tuple[int, int] = (60, 40)) -> bytes:
    rng = np.random.default_rng(number)
    pixels = rng.integers(0, 255, (size[1] // 4, size[0] // 4, 3), np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).resize(size).save(out, "JPEG")
    return out.getvalue()


def shoot(folder: Path, count: int) -> list[str]:
    """Put so many photos in a folder, every third in one below it; their names."""
    names = []
    for number in range(count):
        name = f"{'more/' * (number % 3 == 2)}{number:03}.jpg"
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(jpeg(number))
        names.append(name)
    return sorted(names)


def results(folder: Path) -> list[str]:
    """The names of the photos that have a result."""
    found = folder.rglob("*.json")
    return sorted(str(each.relative_to(folder).with_suffix(".jpg")) for each in found)
