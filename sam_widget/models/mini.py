"""``mini``: the small SAM that comes with the package. EfficientNet-Lite0, a neck, two skips."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .encoder import ImageEncoder
from .features import Features
from .layers import LayerNorm2d, NormedConvolution
from .mask_decoder import MaskDecoder
from .prompt_encoder import PromptEncoder
from .sam import Sam
from .thresholds import Thresholds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .encoder import Residual
    from .padding import Padded

# Expansion, kernel, stride, channels, repeats (Tan & Le 2019, the Lite variant's B0).
STAGES = (
    (1, 3, 1, 16, 1),
    (6, 3, 2, 24, 2),
    (6, 5, 2, 40, 2),
    (6, 3, 2, 80, 3),
    (6, 5, 1, 112, 3),
    (6, 5, 2, 192, 4),
    (6, 3, 1, 320, 1),
)
STEP = 32  # px; the deepest map's stride, which sides are multiples of
TAPS = {2: 24, 4: 40, 10: 112, 15: 320}  # last block at stride 4, 8, 16, 32 -> its channels
SIDE = 512


class ConvNorm(NormedConvolution):
    """A convolution without bias and its batch norm, padded as TensorFlow's "SAME" does."""

    epsilon = 1e-3

    def __init__(
        self, inside: int, out: int, kernel: int, stride: int = 1, groups: int = 1
    ) -> None:
        super().__init__()
        before, after = (kernel - stride) // 2, (kernel - stride + 1) // 2
        self.padding = (before, after, before, after)
        # Where both ends get the same, the convolution pads by itself, without a copy.
        even = before if before == after else 0
        self.conv = nn.Conv2d(inside, out, kernel, stride, even, groups=groups, bias=False)
        self.norm: nn.Module = nn.BatchNorm2d(out, eps=self.epsilon)

    def forward(self, x: Tensor) -> Tensor:
        """(B, inside, H, W) -> (B, out, H / stride, W / stride)."""
        if self.padding[0] != self.padding[1]:
            x = F.pad(x, self.padding)
        out: Tensor = self.norm(self.conv(x))
        return out


class InvertedResidual(nn.Module):
    """Widen, filter each channel, narrow (Sandler et al. 2018)."""

    def __init__(self, inside: int, out: int, expansion: int, kernel: int, stride: int) -> None:
        super().__init__()
        wide = inside * expansion
        self.expand = ConvNorm(inside, wide, 1) if expansion > 1 else None
        self.depthwise = ConvNorm(wide, wide, kernel, stride, groups=wide)
        self.project = ConvNorm(wide, out, 1)
        self.residual = stride == 1 and inside == out

    def forward(self, x: Tensor) -> Tensor:
        """(B, inside, H, W) -> (B, out, H / stride, W / stride)."""
        y: Tensor = x if self.expand is None else F.relu6(self.expand(x))
        y = self.project(F.relu6(self.depthwise(y)))
        return x + y if self.residual else y

    def branches(self) -> tuple[nn.Module, ...]:
        """Return what is added: the last convolution, if it fits."""
        return (self.project,) if self.residual else ()


def _blocks() -> Iterator[InvertedResidual]:
    inside = 32
    for expansion, kernel, stride, out, repeats in STAGES:
        for i in range(repeats):
            yield InvertedResidual(inside, out, expansion, kernel, stride if i == 0 else 1)
            inside = out


class MiniEncoder(ImageEncoder):
    """A convolutional image encoder: strides 16 and 32 make the embedding, 8 and 4 the skips.

    Takes (B, 3, side, side), normalised by ``mean`` and ``std``; side divisible by 32.
    """

    mean = (127.0, 127.0, 127.0)
    std = (128.0, 128.0, 128.0)
    heavy = False
    faithful = (torch.float16,)  # 0.998; bfloat16 0.98: its first layers need more than 8 bits
    kept = torch.float16
    thresholds = Thresholds(0.4, 0.4)  # its borders are soft, and it is seldom sure

    def __init__(self, side: int = SIDE, width: int = 256) -> None:
        super().__init__()
        self.side = side
        self.stem = ConvNorm(3, 32, 3, 2)
        self.blocks = nn.ModuleList(_blocks())
        stride4, stride8, stride16, stride32 = TAPS.values()
        self.lateral = nn.Conv2d(stride16, width, 1)
        self.top = nn.Conv2d(stride32, width, 1)
        self.neck = nn.Sequential(
            LayerNorm2d(width),
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            LayerNorm2d(width),
        )
        self.skips = nn.ModuleList(
            [nn.Conv2d(stride8, width // 4, 1), nn.Conv2d(stride4, width // 8, 1)]
        )
        self.silence_skips()  # fresh ones would drown the decoder's logits

    def trunk(self, x: Tensor, *_: Padded) -> tuple[Tensor, ...]:
        """(B, 3, H, W) -> maps at strides 4, 8, 16 and 32, of the channels that ``TAPS`` says."""
        x = F.relu6(self.stem(x.contiguous(memory_format=torch.channels_last)))
        taps = []
        for i, block in enumerate(self.blocks):
            x = block(x)
            if i in TAPS:
                taps.append(x)
        return tuple(taps)

    def finish(self, *maps: Tensor) -> Features:
        """Make Features of the four: (B, 256, H/16, W/16) and the skips at strides 8 and 4."""
        stride4, stride8, stride16, stride32 = maps
        above = F.interpolate(self.top(stride32), scale_factor=2.0, mode="bilinear")
        return Features(
            self.neck(self.lateral(stride16) + above),
            (self.skips[0](stride8), self.skips[1](stride4)),
        )

    def finishing(self) -> tuple[nn.Module, ...]:
        """Return laterals, neck and skips."""
        return self.lateral, self.top, self.neck, self.skips

    @property
    def step(self) -> int:
        """32 px: the deepest map's stride."""
        return STEP

    def stages(self) -> tuple[tuple[nn.Parameter, ...], ...]:
        """Return the parameters of the stem, then of each block."""
        return tuple(tuple(part.parameters()) for part in (self.stem, *self.blocks))

    def residuals(self) -> tuple[Residual, ...]:
        """Return the blocks."""
        return tuple(cast("Iterable[InvertedResidual]", self.blocks))

    def skip_channels(self) -> tuple[int, ...]:
        """Return the channels of the skips at strides 8 and 4."""
        return tuple(skip.out_channels for skip in self.skips)  # type: ignore[misc]

    def silence_skips(self) -> None:
        """Set the skips to zero."""
        for parameter in self.skips.parameters():
            nn.init.zeros_(parameter)


def build_mini(side: int = SIDE) -> Sam:
    """Return a ``mini`` with fresh weights, in training form (batch norms not folded)."""
    sam = Sam(MiniEncoder(side), PromptEncoder(side), MaskDecoder())
    return sam.to(memory_format=torch.channels_last)  # type: ignore[no-any-return, call-overload]
