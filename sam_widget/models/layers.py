"""The small parts that the networks share. No attention, no whole networks."""

from __future__ import annotations

from itertools import pairwise
from typing import ClassVar, TypeVar

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from .fast import gelu, linear


class Linear(nn.Linear):
    """``nn.Linear`` by way of ``linear``: for layers that see many tokens at once."""

    def forward(self, x: Tensor) -> Tensor:
        """(..., n) -> (..., m)."""
        return linear(x, self.weight, self.bias)


class NormedConvolution(nn.Module):
    """A convolution followed by a batch norm, which can be made one layer, and two again."""

    names: ClassVar[tuple[str, str]] = ("conv", "norm")
    """What the two are called, as checkpoints have it."""
    epsilon: ClassVar[float] = 1e-5
    """The batch norm's."""

    def fuse(self) -> None:
        """Fold the norm's running statistics into the convolution, for use without training."""
        conv, norm = self.names
        if isinstance(getattr(self, norm), nn.BatchNorm2d):
            setattr(self, conv, fuse_conv_bn_eval(getattr(self, conv), getattr(self, norm)))
            setattr(self, norm, nn.Identity())

    def unfuse(self) -> None:
        """Let a norm that was folded stand by itself again: the same function, trainable."""
        conv, norm = self.names
        if isinstance(getattr(self, norm), nn.Identity):
            convolution = getattr(self, conv)
            bias = convolution.bias.detach().clone()
            convolution.bias = None
            own = nn.BatchNorm2d(len(bias), eps=self.epsilon, device=bias.device)
            own.load_state_dict(standing(bias, self.epsilon), strict=False)
            setattr(self, norm, own)


Network = TypeVar("Network", bound=nn.Module)


def fuse(network: Network) -> Network:
    """Fold every batch norm into its convolution, in place: faster, no longer trainable.

    A network that has some comes back channels-last; one without stays as it is.
    """
    convolutions = [m for m in network.modules() if isinstance(m, NormedConvolution)]
    for convolution in convolutions:
        convolution.fuse()
    if convolutions:
        network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return network


def standing(bias: Tensor, epsilon: float) -> dict[str, Tensor]:
    """Return a batch norm that only adds: what a folded one is, in the form that files have.

    Parameters
    ----------
    bias : Tensor
        (C,) float, of the convolution that it was folded into, which then goes without.
    epsilon : float
        The norm's; folded again, it gives the same bits.
    """
    return {
        "weight": torch.ones_like(bias),
        "bias": bias,
        "running_mean": torch.zeros_like(bias),
        "running_var": torch.full_like(bias, 1 - epsilon),
    }


class LayerNorm2d(nn.Module):
    """Layer norm over the channels of (B, C, H, W), each pixel by itself."""

    def __init__(self, channels: int, eps: float = 1e-6) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) -> (B, C, H, W), channels last in memory."""
        # A permuted view: free where the memory is channels-last already.
        x = x.permute(0, 2, 3, 1)  # (B, H, W, C)
        x = F.layer_norm(x, self.weight.shape, self.weight, self.bias, self.eps)
        return x.permute(0, 3, 1, 2)  # (B, C, H, W)


class Neck(nn.Sequential):
    """From the width of an encoder's blocks to the embedding's."""

    def __init__(self, width: int, out: int) -> None:
        super().__init__(
            nn.Conv2d(width, out, 1, bias=False),
            LayerNorm2d(out),
            nn.Conv2d(out, out, 3, padding=1, bias=False),
            LayerNorm2d(out),
        )


class GELU(nn.Module):
    """``nn.GELU`` by way of ``gelu``: behind a layer whose output nobody else needs."""

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) -> (B, C, H, W)."""
        return gelu(x)


class MLP(nn.Module):
    """Linear layers with ReLU between them: the heads of the mask decoder."""

    def __init__(self, width: int, hidden: int, out: int, depth: int) -> None:
        super().__init__()
        sizes = [width, *[hidden] * (depth - 1), out]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in pairwise(sizes))

    def forward(self, x: Tensor) -> Tensor:
        """(..., width) -> (..., out)."""
        for layer in self.layers[:-1]:
            x = F.relu(layer(x))
        out: Tensor = self.layers[-1](x)
        return out


class FeedForward(nn.Module):
    """A transformer's two-layer feed-forward part."""

    def __init__(self, width: int, hidden: int, activation: nn.Module) -> None:
        super().__init__()
        self.lin1 = Linear(width, hidden)
        self.lin2 = Linear(hidden, width)
        self.act = activation

    def forward(self, x: Tensor) -> Tensor:
        """(..., width) -> (..., width)."""
        out: Tensor = self.lin2(self.act(self.lin1(x)))
        return out


class PatchEmbedding(nn.Module):
    """Cuts the image into square patches and projects each to a token."""

    def __init__(self, patch: int, width: int) -> None:
        super().__init__()
        self.proj = nn.Conv2d(3, width, patch, patch)

    def forward(self, x: Tensor) -> Tensor:
        """(B, 3, H, W) -> (B, H / patch, W / patch, width)."""
        return self.proj(x).permute(0, 2, 3, 1)  # type: ignore[no-any-return]


def to_windows(x: Tensor, side: int) -> Tensor:
    """(B, H, W, C) -> (B * windows, side, side, C); the last windows are padded with zeros."""
    B, H, W, C = x.shape
    x = F.pad(x, (0, 0, 0, -W % side, 0, -H % side))
    rows, columns = x.shape[1] // side, x.shape[2] // side
    x = x.view(B, rows, side, columns, side, C).transpose(2, 3)
    return x.reshape(B * rows * columns, side, side, C)


def from_windows(windows: Tensor, height: int, width: int) -> Tensor:
    """Put windows together again: ``to_windows``' inverse, its padding dropped -> (B, H, W, C)."""
    side, C = windows.shape[1], windows.shape[3]
    rows, columns = -(-height // side), -(-width // side)
    x = windows.view(-1, rows, columns, side, side, C).transpose(2, 3)
    x = x.reshape(-1, rows * side, columns * side, C)
    return x[:, :height, :width]
