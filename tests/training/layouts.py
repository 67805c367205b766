"""Small folders in each layout, written for a test. No test in here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from pycocotools import mask as coco_mask


def rle(mask: np.ndarray) -> dict[str, Any]:
    code = coco_mask.encode(np.asfortranarray(mask.astype(np.uint8)))
    return {"size": code["size"], "counts": code["counts"].decode()}


def runs(mask: np.ndarray) -> dict[str, Any]:
    """Uncompressed, column by column, zeros first."""
    flat = mask.ravel(order="F").astype(int)
    bounds = np.flatnonzero(np.diff(flat, prepend=0, append=2))
    counts = np.diff(np.concatenate([[0], bounds]))
    return {"size": list(mask.shape), "counts": counts.tolist()}


def white_where(masks: list[np.ndarray]) -> Image.Image:
    return Image.fromarray((np.any(masks, 0) * np.uint8(255))[..., None].repeat(3, 2))


def sa1b_folder(folder: Path, masks: list[np.ndarray]) -> Path:
    (folder / "cats").mkdir(parents=True)
    white_where(masks).save(folder / "cats" / "sa_1.png")
    image = {"width": 90, "height": 60, "file_name": "sa_1.png"}
    annotations = [{"segmentation": rle(mask), "area": 1} for mask in masks]
    text = json.dumps({"image": image, "annotations": annotations})
    (folder / "cats" / "sa_1.json").write_text(text)
    white_where(masks).save(folder / "cats" / "alone.png")
    return folder


def coco_file(folder: Path, masks: list[np.ndarray]) -> Path:
    (folder / "annotations").mkdir(parents=True)
    (folder / "train2017").mkdir()
    white_where(masks).save(folder / "train2017" / "000.png")
    records = [
        {"id": 1, "image_id": 7, "category_id": 3, "segmentation": rle(masks[0]), "iscrowd": 0},
        {"id": 2, "image_id": 7, "category_id": 3, "segmentation": runs(masks[1]), "iscrowd": 1},
        {
            "id": 3,
            "image_id": 7,
            "category_id": 4,
            "segmentation": [[20, 10, 50, 10, 50, 40, 20, 40], [60, 45, 88, 45]],
            "iscrowd": 0,
        },
    ]
    told = {
        "images": [
            {"id": 7, "file_name": "000.png", "width": 90, "height": 60},
            {"id": 8, "file_name": "nobody.png", "width": 9, "height": 9},
        ],
        "annotations": records,
        "categories": [{"id": 3, "name": "cat"}, {"id": 4, "name": "dog"}],
    }
    path = folder / "annotations" / "instances_train2017.json"
    path.write_text(json.dumps(told))
    return path
