"""The ViT image encoder: windowed attention and four global blocks (paper, section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .encoder import ImageEncoder
from .fast import add_by_rows, attention_by_distance
from .features import Features
from .layers import (
    FeedForward,
    Linear,
    Neck,
    PatchEmbedding,
    from_windows,
    to_windows,
)
from .mask_decoder import MaskDecoder
from .prompt_encoder import PromptEncoder
from .sam import Sam

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .encoder import Residual
    from .padding import Padded


@dataclass(frozen=True)
class ViTSize:
    """What tells SAM's three ViTs apart."""

    width: int
    depth: int
    heads: int
    global_blocks: tuple[int, ...]


SIZES = {
    "vit_b": ViTSize(768, 12, 12, (2, 5, 8, 11)),
    "vit_l": ViTSize(1024, 24, 16, (5, 11, 17, 23)),
    "vit_h": ViTSize(1280, 32, 16, (7, 15, 23, 31)),
}


class ViTAttention(nn.Module):
    """Multi-head self-attention with a learnt bias for each distance, by rows and by columns."""

    def __init__(self, width: int, heads: int, side: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = Linear(width, 3 * width)
        self.proj = Linear(width, width)
        self.rel_pos_h = nn.Parameter(torch.zeros(2 * side - 1, width // heads))
        self.rel_pos_w = nn.Parameter(torch.zeros(2 * side - 1, width // heads))

    def forward(self, x: Tensor) -> Tensor:
        """(B, H, W, C) -> (B, H, W, C)."""
        q, k, v = self._split(x)
        read = attention_by_distance(q, k, v, *self._bias(q, x.shape))
        out: Tensor = self.proj(read.transpose(1, 2).reshape(x.shape))
        return out

    @property
    def num_heads(self) -> int:
        """The heads, by the name that ``segment_anything`` gives them."""
        return self.heads

    def weights(self, x: Tensor, row: int, column: int) -> Tensor:
        """Return what one pixel looks at, of what ``forward`` takes: (B, heads, H, W), of sum 1."""
        _, H, W, _ = x.shape
        q, k, _ = self._split(x)
        high, wide = (bias[:, :, row * W + column] for bias in self._bias(q, x.shape))
        q = q[:, :, row * W + column, None] * q.shape[-1] ** -0.5  # (B, heads, 1, D)
        logits = (q @ k.mT).squeeze(2) + (high[..., :, None] + wide[..., None, :]).flatten(2)
        out: Tensor = logits.softmax(-1).view(*logits.shape[:2], H, W)
        return out

    def _split(self, x: Tensor) -> tuple[Tensor, ...]:
        """(B, H, W, C) -> q, k, v, each (B, heads, H*W, D)."""
        B, H, W, _ = x.shape
        qkv = self.qkv(x).reshape(B, H * W, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        return tuple(qkv.unbind(0))

    def _bias(self, q: Tensor, shape: torch.Size) -> tuple[Tensor, Tensor]:
        """Return each query's bias for keys by row, (B, heads, H*W, H), and by column, (.., W)."""
        _, H, W, _ = shape
        grid = q.view(*q.shape[:2], H, W, -1)
        high = torch.einsum("bnhwd,hkd->bnhwk", grid, _distances(H, self.rel_pos_h))
        wide = torch.einsum("bnhwd,wkd->bnhwk", grid, _distances(W, self.rel_pos_w))
        return high.flatten(2, 3), wide.flatten(2, 3)


def _distances(side: int, table: Tensor) -> Tensor:
    """(2 * side - 1, D) -> (side, side, D): the entry for each query's distance to each key."""
    if table.shape[0] != 2 * side - 1:  # trained at another size
        table = F.interpolate(table.T[None], size=2 * side - 1, mode="linear")[0].T
    places = torch.arange(side, device=table.device)
    return table[places[:, None] - places[None, :] + side - 1]


class ViTBlock(nn.Module):
    """Attention and feed-forward; with ``window`` above 0 the tokens see their own window only."""

    def __init__(self, width: int, heads: int, window: int, grid: int) -> None:
        super().__init__()
        self.window = window
        self.norm1 = nn.LayerNorm(width, eps=1e-6)
        self.attn = ViTAttention(width, heads, window or grid)
        self.norm2 = nn.LayerNorm(width, eps=1e-6)
        self.mlp = FeedForward(width, 4 * width, nn.GELU())

    def forward(self, x: Tensor) -> Tensor:
        """(B, H, W, C) -> (B, H, W, C)."""
        y = self.norm1(x)
        if self.window:
            y = from_windows(self.attn(to_windows(y, self.window)), x.shape[1], x.shape[2])
        else:
            y = self.attn(y)
        # In ViT-B's case three pieces: a hidden layer of 50 MB would be fresh memory each time.
        return add_by_rows(self._feed, x + y, 2 * x.numel())

    @property
    def window_size(self) -> int:
        """The window, by the name that ``segment_anything`` gives it."""
        return self.window

    def branches(self) -> tuple[nn.Module, ...]:
        """Return what is added: attention, feed-forward."""
        return self.attn, self.mlp

    def _feed(self, x: Tensor) -> Tensor:
        out: Tensor = self.mlp(self.norm2(x))
        return out


class ViTEncoder(ImageEncoder):
    """SAM's image encoder.

    Takes (B, 3, side, side), normalised by ``mean`` and ``std`` (of 0..255).
    """

    mean = (123.675, 116.28, 103.53)
    std = (58.395, 57.12, 57.375)
    # No real ViT could be measured here; LiteMedSAM's attention stages alone in bfloat16: 0.998.
    faithful = (torch.bfloat16,)
    own_side_alone = True  # its positions are learnt, one for each patch

    def __init__(self, size: ViTSize, side: int = 1024, out: int = 256, window: int = 14) -> None:
        super().__init__()
        self.side = side
        grid = side // 16
        self.patch_embed = PatchEmbedding(16, size.width)
        self.pos_embed = nn.Parameter(torch.zeros(1, grid, grid, size.width))
        self.blocks = nn.ModuleList(
            ViTBlock(size.width, size.heads, 0 if i in size.global_blocks else window, grid)
            for i in range(size.depth)
        )
        self.neck = Neck(size.width, out)

    def trunk(self, x: Tensor, *_: Padded) -> tuple[Tensor, ...]:
        """(B, 3, side, side) -> (B, width, side / 16, side / 16)."""
        x = self.patch_embed(x) + self.pos_embed
        for block in self.blocks:
            x = block(x)
        return (x.permute(0, 3, 1, 2),)

    def finish(self, *maps: Tensor) -> Features:
        """(B, width, side / 16, side / 16) -> Features with 256 channels and no skips."""
        (x,) = maps
        return Features(self.neck(x))

    def finishing(self) -> tuple[nn.Module, ...]:
        """Return the neck."""
        return (self.neck,)

    def stages(self) -> tuple[tuple[nn.Parameter, ...], ...]:
        """Return the parameters of the patches and their positions, then of each block."""
        blocks = (tuple(block.parameters()) for block in self.blocks)
        return (*self.patch_embed.parameters(), self.pos_embed), *blocks

    def residuals(self) -> tuple[Residual, ...]:
        """Return the blocks."""
        return tuple(cast("Iterable[ViTBlock]", self.blocks))


def build_vit(size: ViTSize, side: int = 1024) -> Sam:
    """Return a SAM with a ViT image encoder and fresh weights."""
    return Sam(ViTEncoder(size, side), PromptEncoder(side), MaskDecoder())
