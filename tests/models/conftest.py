"""The reference, ``segment-anything``, importable beside a CPU torch without torchvision."""

from __future__ import annotations

import sys
import warnings
from types import ModuleType

import pytest
import torch
from PIL import Image


def _resize(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    height, width = size
    return image.resize((width, height), Image.Resampling.BILINEAR)


def _box_area(boxes: torch.Tensor) -> torch.Tensor:
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])


def _unused(*_: object) -> None:
    raise NotImplementedError


STAND_INS = {
    "torchvision": {},
    "torchvision.ops": {},
    "torchvision.ops.boxes": {"batched_nms": _unused, "box_area": _box_area},
    "torchvision.transforms": {},
    "torchvision.transforms.functional": {"resize": _resize, "to_pil_image": Image.fromarray},
}


@pytest.fixture(scope="session")
def reference():
    """Return the package ``segment_anything``; it asks torchvision for four small functions."""
    if "torchvision" not in sys.modules:
        for name, functions in STAND_INS.items():
            module = ModuleType(name)
            vars(module).update(functions)
            sys.modules[name] = module
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import segment_anything
    yield segment_anything
    for name in STAND_INS:
        sys.modules.pop(name, None)


@torch.no_grad()
def _stir(model: torch.nn.Module, seed: int = 0) -> None:
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
    return _stir
