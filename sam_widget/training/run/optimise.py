"""What of a model learns, how fast, and the average of its weights. No loop, no loss."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from collections.abc import Callable

    from sam_widget.models.encoder import ImageEncoder
    from sam_widget.models.sam import Sam

_Tensors = tuple[Tensor, ...] | list[Tensor]


def freeze(sam: Sam, blocks: int) -> None:
    """Hold the encoder's stem and its first blocks, if any are to be held."""
    for stage in sam.image_encoder.stages()[: blocks + 1 if blocks else 0]:
        for parameter in stage:
            parameter.requires_grad = False


def trunk_learns(encoder: ImageEncoder) -> bool:
    """Say whether what the trunk says of a picture changes from step to step."""
    later = {id(p) for module in encoder.finishing() for p in module.parameters()}
    return any(p.requires_grad for p in encoder.parameters() if id(p) not in later)


def parameter_groups(
    sam: Sam, rate: float, decay: float, layer_decay: float = 1.0
) -> list[dict[str, Any]]:
    """Split the parameters by rate and weight decay; vectors are not decayed.

    Parameters
    ----------
    sam
        What needs no gradient is left out.
    rate
        Peak learning rate. The backbone's is half of it, or with `layer_decay` below 1 that to the
        power of how many blocks lie between it and the neck (as for ViTDet, Li et al. 2022).
    decay
        AdamW's weight decay.
    layer_decay
        0 to 1.
    """
    stages = sam.image_encoder.stages()
    stage_of = {id(p): number for number, stage in enumerate(stages) for p in stage}
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for parameter in sam.parameters():
        if not parameter.requires_grad:
            continue
        own = rate
        if (stage := stage_of.get(id(parameter))) is not None:
            later = len(stages) - 1 - stage
            own = rate * layer_decay**later if layer_decay < 1 else rate / 2
        groups.setdefault((own, decay if parameter.ndim > 1 else 0.0), []).append(parameter)
    return [
        {"params": parameters, "lr": lr, "peak": lr, "weight_decay": weight_decay}
        for (lr, weight_decay), parameters in groups.items()
    ]


def training_mode(sam: Sam) -> Sam:
    """Put a model in training mode with its batch norms' statistics held.

    A few photos a step would make poor statistics; ImageNet's are good.
    """
    sam.train()
    for module in sam.modules():
        if isinstance(module, nn.modules.batchnorm._BatchNorm):  # noqa: SLF001
            module.eval()
    return sam


def averaging(decay: float) -> Callable[[_Tensors, _Tensors, Tensor | int], None]:
    """Average with a window that grows with the run, so that the first steps are soon forgotten."""

    @torch.no_grad()
    def update(averaged: _Tensors, current: _Tensors, count: Tensor | int) -> None:
        n = int(count)
        kept = min(decay, (1 + n) / (10 + n))
        torch._foreach_lerp_(averaged, current, 1 - kept)

    return update
