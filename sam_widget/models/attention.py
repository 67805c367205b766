"""Attention between a prompt's tokens and an image's pixels (paper, Appendix A). No blocks in here.

Each kind is a module: a hook on it hears what goes in and what comes out, and its ``weights`` says
of the same inputs who looked at what. ``forward`` gives the same sums in a quicker order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor, nn

from .fast import attention, dots_through, sums_through


@dataclass(frozen=True)
class Projected:
    """What an attention's layers make of an image, where it is known beforehand.

    Attributes
    ----------
    keys, values, queries : Tensor
        (1, heads, P, D) float: what tokens read, and what the image asks the tokens with.
    """

    keys: Tensor
    values: Tensor
    queries: Tensor


@dataclass(frozen=True)
class Placed:
    """An image as attention sees it: its pixels, and where they are.

    Attributes
    ----------
    pixels : Tensor
        (B, P, C) float; B is 1 where it is the same for all prompts.
    positions : Tensor
        (1, P, C) float.
    projected : Projected, optional
        Where all prompts have it in common.
    """

    pixels: Tensor
    positions: Tensor
    projected: Projected | None = None

    @cached_property
    def placed(self) -> Tensor:
        """(B, P, C) float: the pixels with their positions."""
        return self.pixels + self.positions


class Attention(nn.Module):
    """Multi-head attention whose inner width may be narrower than its tokens."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.scale = (inner // heads) ** -0.5
        self.q_proj = nn.Linear(width, inner)
        self.k_proj = nn.Linear(width, inner)
        self.v_proj = nn.Linear(width, inner)
        self.out_proj = nn.Linear(inner, width)

    def split(self, x: Tensor) -> Tensor:
        """(B, N, heads * D) -> (B, heads, N, D)."""
        B, N, _ = x.shape
        return x.view(B, N, self.heads, -1).transpose(1, 2)

    def join(self, x: Tensor) -> Tensor:
        """(B, heads, N, D) -> (B, N, C)."""
        out: Tensor = self.out_proj(x.transpose(1, 2).flatten(2))
        return out

    def part(self, projection: nn.Linear) -> Tensor:
        """Return a projection's matrix by heads, (heads, D, C)."""
        return projection.weight.view(self.heads, -1, projection.in_features)

    def weights(self, q: Tensor, k: Tensor, _: Tensor) -> Tensor:
        """Return who looks at what, of ``forward``'s inputs: (B, heads, Nq, Nk), rows of sum 1."""
        q, k = self.split(self.q_proj(q)), self.split(self.k_proj(k))
        out: Tensor = (q @ k.mT * self.scale).softmax(-1)
        return out

    def forward(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        """Let q (B, Nq, C) read v (B, Nk, C) by k (B, Nk, C) -> (B, Nq, C)."""
        q, k = self.split(self.q_proj(q)), self.split(self.k_proj(k))
        return self.join(attention(q, k, self.split(self.v_proj(v))))


class TokenToImage(Attention):
    """Tokens read the image."""

    def weights(self, tokens: Tensor, image: Placed) -> Tensor:  # type: ignore[override]
        """Return what each token looks at: (B, heads, N, P), rows of sum 1."""
        return super().weights(tokens, image.placed, image.pixels)

    def forward(self, tokens: Tensor, image: Placed) -> Tensor:  # type: ignore[override]
        """Tokens (B, N, C) -> what they read, (B, N, C).

        The bias of the keys moves all logits of a token alike, which attention does not see.
        """
        q = self.split(self.q_proj(tokens)) * self.scale
        if image.projected is not None:
            known = image.projected
            return self.join((q @ known.keys.mT).softmax(-1) @ known.values)
        logits = dots_through(q, self.part(self.k_proj), image.placed)
        read = sums_through(logits.softmax(-1), self.part(self.v_proj), image.pixels)
        return self.join(read + self.v_proj.bias.view(self.heads, 1, -1))


class ImageToToken(Attention):
    """The image reads the tokens."""

    def weights(self, image: Placed, k: Tensor, v: Tensor) -> Tensor:  # type: ignore[override]
        """Return what each pixel looks at: (B, heads, P, N), rows of sum 1."""
        return super().weights(image.placed, k, v)

    def forward(self, image: Placed, k: Tensor, v: Tensor) -> Tensor:  # type: ignore[override]
        """Tokens k and v (B, N, C) -> the image's pixels with what they read added, (B, P, C)."""
        k = self.split(self.k_proj(k)) * self.scale
        if image.projected is not None:
            logits = k @ image.projected.queries.mT
        else:
            logits = dots_through(k, self.part(self.q_proj), image.placed)
            logits = logits + k @ self.q_proj.bias.view(self.heads, -1, 1)
        # The weights sum to 1 over the tokens in each head: a share of the bias comes along.
        to_pixels = self.out_proj.weight.mT.view(self.heads, -1, image.pixels.shape[-1])
        v = self.split(self.v_proj(v)) @ to_pixels + self.out_proj.bias / self.heads
        shares = logits.softmax(-2).flatten(1, 2).mT
        return torch.baddbmm(image.pixels, shares, v.flatten(1, 2))
