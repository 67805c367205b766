"""What of a padded input need not be computed: how far layers look. No networks in here.

A photo fills the upper left of the square input, zeros the rest. Convolutions and windows look a
few rows far; farther from the photo, and from the square's edges, they say the same at all places,
and what they say of zeros alone can be worked out once, on a small square. So a stage goes through
the photo's part only, as far as that reaches, and the rest is the blank input's. Where stages have
reached everywhere, nothing is left to save.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lcm, prod
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Step:
    """How far a layer looks along an axis: in windows first, then by a convolution.

    Attributes
    ----------
    kernel, stride : int
        Of the convolution, which pads by half its kernel; 1 where there is none.
    window : int
        Rows that see each other; 1 where there are no windows.
    """

    kernel: int = 1
    stride: int = 1
    window: int = 1

    def reaches(self, rows: int) -> int:
        """Return how many rows of the output depend on the first `rows` of the input."""
        return _over(_over(rows, self.window) * self.window + self.kernel // 2, self.stride)

    def needs(self, rows: int) -> int:
        """Return on how many rows of the input the first `rows` of the output depend."""
        seen = (rows - 1) * self.stride + 1 + self.kernel // 2
        return _over(seen, self.window) * self.window

    def edge(self, rows: int) -> int:
        """Return how many rows at either end may depend on the last `rows` at that end."""
        return _over(rows + self.window - 1 + self.kernel // 2, self.stride)


class Layer(nn.Module):
    """A layer that knows how far it looks; at the edges it pads with zeros.

    Attributes
    ----------
    steps : tuple of Step
        One after the other.
    """

    steps: tuple[Step, ...]

    def __call__(self, x: Tensor) -> Tensor:
        """(B, C, H, W) -> (B, C', H / stride, W / stride)."""
        out: Tensor = super().__call__(x)
        return out


@dataclass(frozen=True)
class Part:
    """Layers one after the other."""

    layers: tuple[Layer, ...]

    def __call__(self, x: Tensor) -> Tensor:
        """(B, C, H, W) -> (B, C', H / stride, W / stride)."""
        for layer in self.layers:
            x = layer(x)
        return x

    @property
    def steps(self) -> tuple[Step, ...]:
        """Of all the layers."""
        return tuple(step for layer in self.layers for step in layer.steps)

    def reaches(self, rows: int) -> int:
        """As ``Step``'s."""
        for step in self.steps:
            rows = step.reaches(rows)
        return rows

    def needs(self, rows: int) -> int:
        """As ``Step``'s, and such that no stride leaves a rest."""
        for step in reversed(self.steps):
            rows = step.needs(rows)
        stride = prod(step.stride for step in self.steps)
        return _over(rows, stride) * stride


@dataclass(frozen=True)
class Padded:
    """Where in its padded input a picture lies, and what the first parts say of zeros.

    Attributes
    ----------
    size : tuple of int
        (height, width) of the picture, at the upper left; the rest is 0.
    blank : tuple of Tensor
        (1, C, H, W) float: as ``blank`` returns them.
    """

    size: tuple[int, int]
    blank: tuple[Tensor, ...]

    def through(self, parts: Sequence[Part], x: Tensor) -> Tensor:
        """Return what ``parts`` one after the other say of x, (B, C, H, W)."""
        size = self.size
        for part, nothing in zip(parts, self.blank, strict=True):
            height, width = size = part.reaches(size[0]), part.reaches(size[1])
            seen = part(x[:, :, : part.needs(height), : part.needs(width)])
            x = nothing.expand(len(x), -1, -1, -1).clone(memory_format=torch.channels_last)
            x[:, :, :height, :width] = seen[:, :, :height, :width]
        return x


def blank(parts: Sequence[Part], zeros: Tensor) -> tuple[Tensor, ...]:
    """Return what each of ``parts``, one after the other, says of zeros.

    Parameters
    ----------
    parts : sequence of Part
    zeros : Tensor
        (1, C, side, side) float. Between its edges a map repeats itself, from window to window,
        so that of a large square only so much is gone through as shows both edges and that.
    """
    edge, scale, period = 0, 1, 1
    maps = []
    for part in parts:
        for step in part.steps:
            period = lcm(period, step.window * scale)
            edge, scale = step.edge(edge), scale * step.stride
        maps.append((edge, scale))
    period = lcm(period, scale)
    least = period + max(2 * edge * scale for edge, scale in maps)
    spare = max(0, zeros.shape[-1] - least) // period * period
    x = zeros[:, :, spare:, spare:].contiguous(memory_format=torch.channels_last)
    said = []
    for part, (edge, scale) in zip(parts, maps, strict=True):
        x = part(x)
        said.append(_stretched(x, spare // scale, edge, period // scale))
    return tuple(said)


def _stretched(x: Tensor, more: int, edge: int, period: int) -> Tensor:
    """Repeat the rows and the columns behind the edge of (1, C, H, W), `more` of them."""
    place = torch.arange(x.shape[-1] + more, device=x.device)
    again = edge + (place - edge) % period
    place = torch.where(place < edge + more, torch.minimum(place, again), place - more)
    x = x.index_select(2, place).index_select(3, place)
    return x.contiguous(memory_format=torch.channels_last)


def _over(rows: int, step: int) -> int:
    return -(-rows // step)
