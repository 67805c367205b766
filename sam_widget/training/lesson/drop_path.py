"""Drop path: in training, a block's residual branch is left out now and then. Hooks; no layers."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from sam_widget.errors import SamError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sam_widget.models.encoder import ImageEncoder


@dataclass
class _Draw:
    """Which pictures keep which branch of a block, while they go through it."""

    kept: tuple[Tensor, ...] = ()
    """For each branch (B,) float: 0, or what makes up for the chance to be dropped."""


@contextmanager
def drop_path(encoder: ImageEncoder, rate: float, seed: int) -> Iterator[None]:
    """Leave residual branches out by chance while an encoder in training mode runs.

    Each branch is dropped for each picture by itself and scaled up where it stays, so that its
    mean is the same (Huang et al. 2016, "Deep networks with stochastic depth"). The chance grows
    linearly from 0 at the first block to `rate` at the last. SAM's ViT-H was trained with 0.4
    (Segment Anything, appendix A); for a small convolutional encoder 0.1 to 0.2 is usual.

    Parameters
    ----------
    encoder
        With `residuals`; as it leaves the `with` it is as it was.
    rate
        0 to under 1.
    seed
        All chance comes from here: the same seed drops the same branches.
    """
    blocks = encoder.residuals()
    if not blocks or not 0 <= rate < 1:
        raise SamError(
            "drop path needs an encoder with blocks that add and a rate from 0 to under 1."
        )
    chance = torch.Generator().manual_seed(seed)
    handles = []
    for depth, block in enumerate(blocks):
        dropped = rate * depth / max(1, len(blocks) - 1)
        inside = block.branches() if dropped else ()
        if inside:
            draw = _Draw()
            handles.append(
                block.register_forward_pre_hook(_throw(draw, len(inside), dropped, chance))
            )
            handles += [
                part.register_forward_hook(_drop(draw, number))
                for number, part in enumerate(inside)
            ]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


def _throw(draw: _Draw, count: int, rate: float, chance: torch.Generator) -> Any:
    def throw(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        kept = torch.rand(count, inputs[0].shape[0], generator=chance) >= rate
        draw.kept = (kept.float() / (1 - rate)).unbind(0)

    return throw


def _drop(draw: _Draw, branch: int) -> Any:
    def drop(part: nn.Module, _: tuple[Tensor, ...], out: Tensor) -> Tensor | None:
        if not part.training:
            return None
        # A picture's windows lie next to each other in the batch: all of them go or stay. So do
        # its rows, where a block takes them one band after the other.
        kept = draw.kept[branch]
        scale = kept.repeat_interleave(out.shape[0] // len(kept)).to(out.device, out.dtype)
        return out * scale.view(-1, *[1] * (out.ndim - 1))

    return drop
