"""The reference, ``segment-anything``, beside a torch without torchvision; weights to compare with.

A folder's conftest takes the fixtures by ``from tests.reference import reference, stir``.
"""

from __future__ import annotations

import sys
import warnings
from functools import cache
from importlib.util import find_spec
from types import ModuleType

import pytest
import torch
from PIL import Image


def _resize(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    height, width = size
    return image.resize((width, height), Image.Resampling.BILINEAR)


def _box_area(boxes: torch.Tensor) -> torch.Tensor:
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])


def batched_nms(
    boxes: torch.Tensor, scores: torch.Tensor, idxs: torch.Tensor, iou_threshold: float
) -> torch.Tensor:
    """Greedy non-maximum suppression within each group of ``idxs``; the kept, best first."""
    boxes, areas = boxes.double(), _box_area(boxes.double())
    left = torch.sort(scores, descending=True, stable=True).indices
    kept = []
    while len(left):
        best, left = left[0], left[1:]
        kept.append(best)
        corner = torch.maximum(boxes[best, :2], boxes[left, :2])
        opposite = torch.minimum(boxes[best, 2:], boxes[left, 2:])
        shared = (opposite - corner).clamp(min=0).prod(dim=1)
        iou = shared / (areas[best] + areas[left] - shared)
        left = left[~((iou > iou_threshold) & (idxs[left] == idxs[best]))]
    return torch.stack(kept) if kept else torch.zeros(0, dtype=torch.long)


STAND_INS = {
    "torchvision": {},
    "torchvision.ops": {},
    "torchvision.ops.boxes": {"batched_nms": batched_nms, "box_area": _box_area},
    "torchvision.transforms": {},
    "torchvision.transforms.functional": {"resize": _resize, "to_pil_image": Image.fromarray},
}


@cache
def segment_anything() -> ModuleType:
    """Import the package; it asks torchvision for four functions, which stand in meanwhile."""
    missing = find_spec("torchvision") is None
    if missing:
        for name, functions in STAND_INS.items():
            module = ModuleType(name)
            vars(module).update(functions)
            sys.modules[name] = module
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import segment_anything
    if missing:
        for name in STAND_INS:
            del sys.modules[name]
    return segment_anything


@pytest.fixture(scope="session")
def reference() -> ModuleType:
    return segment_anything()


@torch.no_grad()
def stirred(model: torch.nn.Module, seed: int = 0) -> None:
    """Fill every tensor with numbers that matter: none is zero, and attention is sharp."""
    noise = torch.Generator().manual_seed(seed)
    for name, tensor in model.named_parameters():
        fan_in = tensor[0].numel() if tensor.ndim > 1 else 1
        spread = torch.randn(tensor.shape, generator=noise)
        if "norm" in name or tensor.ndim == 1:
            tensor.copy_((1.0 if name.endswith("weight") else 0.0) + 0.2 * spread)
        elif "qkv" in name:  # logits of attention spread by 4: much more is chaos, not sharpness
            tensor.copy_(2 * spread / fan_in**0.5)
        elif "q_proj" in name or "k_proj" in name:
            tensor.copy_(1.5 * spread / fan_in**0.5)
        elif "embed" in name or "token" in name or "rel_pos" in name:
            tensor.copy_(0.5 * spread)
        else:
            tensor.copy_(spread / fan_in**0.5)


@pytest.fixture(scope="session")
def stir():
    return stirred
