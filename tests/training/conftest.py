"""A tiny shard, written for each test that asks, and an answerer that knows the truth."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from pycocotools import mask as coco_mask

from tests.formats.conftest import OLD_COCO as OLD_COCO  # noqa: PLC0414  theirs too


@pytest.fixture(autouse=True)
def denormals_stay() -> Iterator[None]:
    """The command line flushes tiny numbers to zero for its process; other tests need them."""
    yield
    torch.set_flush_denormal(False)


def add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))


def write_shard(path: Path, photos: dict[str, list[np.ndarray]]) -> Path:
    """Write photos by name, each with (H, W) bool masks, white where a mask is."""
    with tarfile.open(path, "w") as tar:
        for name, masks in photos.items():
            height, width = masks[0].shape
            pixels = np.zeros((height, width, 3), np.uint8)
            annotations = []
            for mask in masks:
                pixels[mask] = 255
                code = coco_mask.encode(np.asfortranarray(mask.astype(np.uint8)))
                segmentation = {"size": code["size"], "counts": code["counts"].decode()}
                annotations.append({"segmentation": segmentation, "kind": "part", "label": "x"})
            buffer = io.BytesIO()
            Image.fromarray(pixels).save(buffer, "WEBP", lossless=True)
            add(tar, f"{name}.webp", buffer.getvalue())
            image = {"width": width, "height": height, "source": name.partition("-")[0]}
            text = json.dumps({"image": image, "annotations": annotations})
            add(tar, f"{name}.json", text.encode())
    return path


@pytest.fixture
def masks() -> list[np.ndarray]:
    """Two rectangles in a photo of 90 x 60 px."""
    first, second = np.zeros((2, 60, 90), bool)
    first[10:40, 20:50] = True
    second[45:55, 60:88] = True
    return [first, second]


@pytest.fixture
def shard(tmp_path: Path, masks: list[np.ndarray]) -> Path:
    photos = {"cats-1": masks, "cats-2": masks[:1], "dogs-1": masks[1:]}
    return write_shard(tmp_path / "train-00.tar", photos)


@pytest.fixture(autouse=True, scope="session")
def _one_thread() -> Iterator[None]:
    """Small models gain nothing from two threads; on a busy machine they wait for each other."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
