"""TinyViT, MobileSAM's and LiteMedSAM's image encoder: convolutions, then windowed attention."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import TYPE_CHECKING, ClassVar, cast

import torch
from torch import Tensor, nn

from .encoder import ImageEncoder
from .fast import add_by_rows, attention, gelu, in_bands
from .features import Features
from .layers import (
    GELU,
    Linear,
    Neck,
    NormedConvolution,
    from_windows,
    to_windows,
)
from .mask_decoder import MaskDecoder
from .padding import Layer, Padded, Part, Step, blank
from .prompt_encoder import PromptEncoder
from .sam import Sam

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .encoder import Residual


class ConvNorm(NormedConvolution):
    """A convolution that keeps the size, or halves it, and its batch norm."""

    names: ClassVar[tuple[str, str]] = ("c", "bn")

    def __init__(
        self, inside: int, out: int, kernel: int = 1, stride: int = 1, groups: int = 1
    ) -> None:
        super().__init__()
        self.c = nn.Conv2d(inside, out, kernel, stride, kernel // 2, groups=groups, bias=False)
        self.bn: nn.Module = nn.BatchNorm2d(out, eps=self.epsilon)

    def forward(self, x: Tensor) -> Tensor:
        """(B, inside, H, W) -> (B, out, H / stride, W / stride)."""
        out: Tensor = self.bn(self.c(x))
        return out


class Stem(Layer):
    """Two convolutions make the image a map of the first stage's width."""

    def __init__(self, width: int, kernel: int, stride: int) -> None:
        super().__init__()
        self.width = width
        self.stride = stride
        self.steps = (Step(kernel, stride),) * 2
        self.seq = nn.Sequential(
            ConvNorm(3, width // 2, kernel, stride),
            GELU(),
            ConvNorm(width // 2, width, kernel, stride),
        )

    def forward(self, x: Tensor) -> Tensor:
        """(B, 3, H, W) -> (B, width, H / stride^2, W / stride^2)."""
        between = x[:, 0].numel() // self.stride**2 * self.width // 2
        return in_bands(self.seq, x, between, self.stride**2)


class InvertedBottleneck(Layer):
    """Widen fourfold, filter each channel, narrow, add (Sandler et al. 2018), with GELU."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.steps = (Step(3),)
        wide = 4 * width
        self.conv1 = ConvNorm(width, wide)
        self.conv2 = ConvNorm(wide, wide, 3, groups=wide)
        self.conv3 = ConvNorm(wide, width)

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) -> (B, C, H, W)."""
        return in_bands(self._whole, x, 4 * x.numel())

    def _whole(self, x: Tensor) -> Tensor:
        y = gelu(self.conv1(x))
        y = gelu(self.conv2(y))
        return gelu(x + self.conv3(y))

    def branches(self) -> tuple[nn.Module, ...]:
        """Return what is added: the last convolution."""
        return (self.conv3,)


class Merging(Layer):
    """To the next stage's width, by ``stride`` smaller."""

    def __init__(self, inside: int, out: int, stride: int) -> None:
        super().__init__()
        self.out = out
        self.stride = stride
        self.steps = (Step(3, stride),)
        self.conv1 = ConvNorm(inside, out)
        self.conv2 = ConvNorm(out, out, 3, stride, groups=out)
        self.conv3 = ConvNorm(out, out)

    def forward(self, x: Tensor) -> Tensor:
        """(B, inside, H, W) -> (B, out, H / stride, W / stride)."""
        return in_bands(self._whole, x, x[:, 0].numel() * self.out, self.stride)

    def _whole(self, x: Tensor) -> Tensor:
        y = gelu(self.conv1(x))
        y = gelu(self.conv2(y))
        out: Tensor = self.conv3(y)
        return out


class TinyViTAttention(nn.Module):
    """Multi-head self-attention in one window, with a learnt bias for each distance."""

    def __init__(self, width: int, heads: int, window: int) -> None:
        super().__init__()
        self.heads = heads
        self.window = window
        self.norm = nn.LayerNorm(width)
        self.qkv = Linear(width, 3 * width)
        self.proj = Linear(width, width)
        self.attention_biases = nn.Parameter(torch.zeros(heads, window * window))

    def bias(self) -> Tensor:
        """Return the bias of every pixel to every pixel, (1, heads, N, N), N = window ** 2.

        The table has one entry for each distance in rows and columns, without direction.
        """
        place = torch.arange(self.window, device=self.attention_biases.device)
        apart = (place[:, None] - place[None, :]).abs()
        table = self.attention_biases.view(self.heads, self.window, self.window)
        bias = table[:, apart[:, None, :, None], apart[None, :, None, :]]
        return bias.flatten(3).flatten(1, 2)[None]  # from (heads, row, column, row, column)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """(B, window, window, C) and what ``bias`` returns -> (B, window, window, C)."""
        q, k, v = self._split(x)
        read = attention(q, k, v, bias)
        out: Tensor = self.proj(read.transpose(1, 2).reshape(x.shape))
        return out

    def weights(self, x: Tensor, bias: Tensor, row: int, column: int) -> Tensor:
        """Return what one pixel of each window looks at: (B, heads, window, window), of sum 1."""
        side, place = self.window, row * self.window + column
        q, k, _ = self._split(x)
        q = q[:, :, place, None] * q.shape[-1] ** -0.5  # (B, heads, 1, D)
        logits = (q @ k.mT).squeeze(2) + bias[:, :, place]
        out: Tensor = logits.softmax(-1).view(*logits.shape[:2], side, side)
        return out

    def _split(self, x: Tensor) -> tuple[Tensor, ...]:
        """(B, window, window, C) -> q, k, v, each (B, heads, N, D)."""
        B, side, _, C = x.shape
        qkv = self.qkv(self.norm(x)).view(B, side * side, self.heads, 3, C // self.heads)
        return tuple(qkv.permute(3, 0, 2, 1, 4).unbind(0))


class NormedMLP(nn.Module):
    """A layer norm, and two linear layers with GELU between them."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.fc1 = Linear(width, 4 * width)
        self.fc2 = Linear(4 * width, width)

    def forward(self, x: Tensor) -> Tensor:
        """(..., C) -> (..., C)."""
        out: Tensor = self.fc2(gelu(self.fc1(self.norm(x))))
        return out


class TinyViTBlock(Layer):
    """Attention in windows, a depthwise convolution across their borders, feed-forward."""

    def __init__(self, width: int, heads: int, window: int) -> None:
        super().__init__()
        self.window = window
        self.steps = (Step(3, window=window),)
        self.attn = TinyViTAttention(width, heads, window)
        self.local_conv = ConvNorm(width, width, 3, groups=width)
        self.mlp = NormedMLP(width)

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) -> (B, C, H, W)."""
        x = x.permute(0, 2, 3, 1)  # (B, H, W, C): a view, the memory being channels-last
        bias = self.attn.bias()

        def attend(x: Tensor) -> Tensor:
            # Padding comes before the norm: its zeros become keys like any other, in training too.
            windows = self.attn(to_windows(x, self.window), bias)
            return from_windows(windows, x.shape[1], x.shape[2])

        x = add_by_rows(attend, x, 3 * x.numel(), self.window)
        x = self.local_conv(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)
        return add_by_rows(self.mlp, x, 4 * x.numel(), out=x).permute(0, 3, 1, 2)

    def branches(self) -> tuple[nn.Module, ...]:
        """Return what is added: attention, feed-forward."""
        return self.attn, self.mlp


class Stage(Layer):
    """Blocks of one width, and the way to the next."""

    def __init__(self, blocks: list[Layer], downsample: Merging | None) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(blocks)
        self.downsample = downsample
        layers = (*blocks,) if downsample is None else (*blocks, downsample)
        self.steps = Part(layers).steps

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) -> (B, C of the next stage, H / stride, W / stride)."""
        for block in self.blocks:
            x = block(x)
        return x if self.downsample is None else self.downsample(x)


class TinyViTEncoder(ImageEncoder):
    """TinyViT-5M (Wu et al. 2022) under SAM's neck, as MobileSAM has it (Zhang et al. 2023).

    Takes (B, 3, side, side), normalised by ``mean`` and ``std`` (of 0..255); any side divisible
    by ``stride``.
    """

    mean = (123.675, 116.28, 103.53)
    std = (58.395, 57.12, 57.375)
    # LiteMedSAM's boxes: 0.997 and above; bfloat16 0.97, and 0.985 for MobileSAM's layout
    faithful = (torch.float16,)
    kept = torch.float16

    def __init__(self, layout: TinyViTLayout, side: int, out: int = 256) -> None:
        super().__init__()
        self.side = side
        self.stride = layout.stride
        self.finer = sum(stride > 1 for stride in layout.strides)  # of the stages
        widths = layout.widths
        self.patch_embed = Stem(widths[0], layout.stem_kernel, layout.stem_stride)
        merging = [
            Merging(*pair, stride)
            for pair, stride in zip(pairwise(widths), layout.strides, strict=True)
        ]
        self.layers = nn.ModuleList(
            Stage([_block(layout, i) for _ in range(depth)], next_stage)
            for i, (depth, next_stage) in enumerate(
                zip(layout.depths, [*merging, None], strict=True)
            )
        )
        self.neck = Neck(widths[-1], out)

    def trunk(self, x: Tensor, *padded: Padded) -> tuple[Tensor, ...]:
        """(B, 3, H, W) -> what the last stage takes, (B, 320, H / stride, W / stride).

        What is ``padded`` need not be gone through everywhere.
        """
        x, stages = x.contiguous(memory_format=torch.channels_last), list(self.layers[:-1])
        if padded:
            x, stages = padded[0].through(self._finer(), x), stages[self.finer :]
        else:
            x = self.patch_embed(x)
        for stage in stages:
            x = stage(x)
        return (x,)

    def finish(self, *maps: Tensor) -> Features:
        """Run the last stage and the neck: Features with 256 channels and no skips."""
        (x,) = maps
        return Features(self.neck(self.layers[-1](x)))

    def finishing(self) -> tuple[nn.Module, ...]:
        """Return the last stage and the neck."""
        return self.layers[-1], self.neck

    def stages(self) -> tuple[tuple[nn.Parameter, ...], ...]:
        """Return the parameters of the stem, then of each stage."""
        return tuple(tuple(part.parameters()) for part in (self.patch_embed, *self.layers))

    def residuals(self) -> tuple[Residual, ...]:
        """Return every stage's blocks."""
        stages = cast("Iterable[Stage]", self.layers)
        return tuple(cast("Residual", block) for stage in stages for block in stage.blocks)

    def blank(self) -> tuple[Tensor, ...]:
        """Return what is known beforehand of an input of zeros, for ``Padded``."""
        return blank(self._finer(), next(self.parameters()).new_zeros(1, 3, self.side, self.side))

    def _finer(self) -> tuple[Part, ...]:
        """Return what there is before the embedding's stride: later stages look everywhere."""
        first, *others = cast("list[Layer]", list(self.layers)[: self.finer])
        return Part((self.patch_embed, first)), *(Part((stage,)) for stage in others)


class LiteMedSAMEncoder(TinyViTEncoder):
    """The same on small images at full resolution, each stretched to its own range."""

    def normalise(self, pixels: Tensor) -> Tensor:
        """Stretch each picture's values, of all channels together, to 0..1.

        Parameters
        ----------
        pixels : Tensor
            (B, 3, H, W) float in 0..255, not padded yet.

        Returns
        -------
        Tensor
            (B, 3, H, W) float in 0..1; 0 where a picture has one value only.
        """
        low = pixels.amin((1, 2, 3), keepdim=True)
        high = pixels.amax((1, 2, 3), keepdim=True)
        return (pixels - low) / (high - low).clamp(min=1e-8)


@dataclass(frozen=True)
class TinyViTLayout:
    """What tells the SAMs on TinyViT apart.

    Attributes
    ----------
    side : int
        Of the square input that the weights were trained for, px.
    stem_kernel, stem_stride : int
        Of both convolutions of the stem.
    encoder : type
        Says how pixels are normalised.
    widths, depths : tuple of int
        Channels and blocks of each stage; the first is convolutional.
    heads, windows : tuple of int
        Of each stage but the first.
    strides : tuple of int
        From each stage to the next.
    """

    side: int
    stem_kernel: int
    stem_stride: int
    encoder: type[TinyViTEncoder]
    widths: tuple[int, ...] = (64, 128, 160, 320)
    depths: tuple[int, ...] = (2, 2, 6, 2)
    heads: tuple[int, ...] = (4, 5, 10)
    windows: tuple[int, ...] = (7, 14, 7)
    strides: tuple[int, ...] = (2, 2, 1)

    @property
    def stride(self) -> int:
        """Input pixels for one pixel of the embedding."""
        return self.stem_stride**2 * prod(self.strides)


LAYOUTS = {
    "mobile_sam": TinyViTLayout(1024, 3, 2, TinyViTEncoder),
    "lite_medsam": TinyViTLayout(256, 1, 1, LiteMedSAMEncoder),
}


def _block(layout: TinyViTLayout, stage: int) -> Layer:
    width = layout.widths[stage]
    if stage == 0:
        return InvertedBottleneck(width)
    return TinyViTBlock(width, layout.heads[stage - 1], layout.windows[stage - 1])


def build_tiny_vit(layout: TinyViTLayout, side: int | None = None) -> Sam:
    """Return a SAM on TinyViT with fresh weights, in training form (batch norms not folded).

    Parameters
    ----------
    layout : TinyViTLayout
        One of ``LAYOUTS``.
    side : int, optional
        Of the square input, px; the layout's where not given.
    """
    side = side or layout.side
    encoder = layout.encoder(layout, side)
    sam = Sam(encoder, PromptEncoder(side, stride=encoder.stride), MaskDecoder())
    return sam.to(memory_format=torch.channels_last)  # type: ignore[no-any-return, call-overload]
