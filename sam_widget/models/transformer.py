"""The two-way transformer: tokens read the image, the image reads the tokens (paper, Fig. 14).

An image has thousands of pixels, a prompt a handful of tokens. So where one reads the other, a
projection of the pixels is folded into the tokens, which is the same sum in another order:
``q · (W x) = (Wᵀ q) · x`` and ``Σ a (W x) = W (Σ a x)``, in less than half the multiplications.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn

from .fast import linear
from .layers import FeedForward, attention

if TYPE_CHECKING:
    from collections.abc import Sequence


def look(logits: Tensor, dim: int) -> Tensor:
    """Turn logits into attention: the one place where tokens and image meet, to watch or change.

    Parameters
    ----------
    logits : Tensor
        (B, heads, N, P) float, of N tokens and P pixels.
    dim : int
        -1 where tokens read the image, -2 where the image reads the tokens.

    Returns
    -------
    Tensor
        (B, heads, N, P) float, its sum over `dim` being 1.
    """
    return logits.softmax(dim)


def _dots(tokens: Tensor, image: Tensor) -> Tensor:
    """(B, N, C) and (B, P, C) -> (B, N, P): each token's product with each pixel."""
    if torch.compiler.is_compiling() or len(tokens) != 1:
        return tokens @ image.mT
    return linear(image, tokens[0]).mT  # a CPU is faster with the tokens for weights


@dataclass(frozen=True)
class Known:
    """What the first block needs of an image whose prompts have no mask: the same for them all.

    Attributes
    ----------
    keys, values : Tensor
        (1, heads, P, D) float: what tokens read.
    queries : Tensor
        (1, heads, P, D) float: what the image asks the tokens with.
    """

    keys: Tensor
    values: Tensor
    queries: Tensor


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

    def forward(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        """Let q (B, Nq, C) read k and v (B, Nk, C) -> (B, Nq, C)."""
        q, k, v = (
            self.split(self.q_proj(q)),
            self.split(self.k_proj(k)),
            self.split(self.v_proj(v)),
        )
        return self._join(attention(q, k, v))

    def read(self, tokens: Tensor, placed: Tensor, image: Tensor) -> Tensor:
        """Let tokens (B, N, C) read an image (B, P, C), `placed` with its positions -> (B, N, C).

        The bias of the keys moves all logits of a query alike, which attention does not see.
        """
        B, N, C = tokens.shape
        q = self.split(self.q_proj(tokens)) * self.scale
        q = q @ self.k_proj.weight.view(self.heads, -1, C)  # (B, heads, N, C)
        logits = _dots(q.flatten(1, 2), placed).view(B, self.heads, N, -1)
        seen = look(logits, -1).flatten(1, 2) @ image  # (B, heads*N, C)
        seen = seen.view(B, self.heads, N, C) @ self.v_proj.weight.view(self.heads, -1, C).mT
        return self._join(seen + self.v_proj.bias.view(self.heads, 1, -1))

    def read_known(self, tokens: Tensor, known: Known) -> Tensor:
        """As ``read``, of what is known of the image."""
        q = self.split(self.q_proj(tokens)) * self.scale
        return self._join(look(q @ known.keys.mT, -1) @ known.values)

    def write(self, image: Tensor, placed: Tensor, k: Tensor, v: Tensor) -> Tensor:
        """Add to an image (B, P, C) what it reads of tokens, k and v (B, N, C) -> (B, P, C)."""
        B, N, C = k.shape
        k = self.split(self.k_proj(k)) * self.scale
        bias = k @ self.q_proj.bias.view(self.heads, -1, 1)  # (B, heads, N, 1)
        k = k @ self.q_proj.weight.view(self.heads, -1, C)  # (B, heads, N, C)
        logits = _dots(k.flatten(1, 2), placed).view(B, self.heads, N, -1)
        return self._add(image, logits + bias, v)

    def write_known(self, image: Tensor, known: Known, k: Tensor, v: Tensor) -> Tensor:
        """As ``write``, to an image (1, P, C) of which the queries are known."""
        k = self.split(self.k_proj(k)) * self.scale
        return self._add(image, k @ known.queries.mT, v)

    def _join(self, x: Tensor) -> Tensor:
        out: Tensor = self.out_proj(x.transpose(1, 2).flatten(2))
        return out

    def _add(self, image: Tensor, logits: Tensor, v: Tensor) -> Tensor:
        weight = self.out_proj.weight.mT.view(self.heads, -1, image.shape[-1])
        # Attention sums to 1 over the tokens in each head: a share of the bias comes along.
        v = self.split(self.v_proj(v)) @ weight + self.out_proj.bias / self.heads
        return torch.baddbmm(image, look(logits, -2).flatten(1, 2).mT, v.flatten(1, 2))


class TwoWayBlock(nn.Module):
    """Self-attention of the tokens, tokens to image, feed-forward, image to tokens."""

    def __init__(self, width: int, heads: int, hidden: int, *, first: bool) -> None:
        super().__init__()
        self.first = first  # the tokens are their own positions still
        self.self_attn = Attention(width, heads, width)
        self.norm1 = nn.LayerNorm(width)
        self.cross_attn_token_to_image = Attention(width, heads, width // 2)
        self.norm2 = nn.LayerNorm(width)
        self.mlp = FeedForward(width, hidden, nn.ReLU())
        self.norm3 = nn.LayerNorm(width)
        self.cross_attn_image_to_token = Attention(width, heads, width // 2)
        self.norm4 = nn.LayerNorm(width)

    def know(self, image: Tensor, image_pe: Tensor) -> Known:
        """Project an image (1, P, C) once for all its prompts."""
        tokens, pixels = self.cross_attn_token_to_image, self.cross_attn_image_to_token
        placed = image + image_pe
        return Known(
            tokens.split(tokens.k_proj(placed)),
            tokens.split(tokens.v_proj(image)),
            pixels.split(pixels.q_proj(placed)),
        )

    def forward(
        self,
        tokens: Tensor,
        image: Tensor,
        tokens_pe: Tensor,
        image_pe: Tensor,
        known: Known | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Tokens (B, N, C) and image (B, P, C), with their positions -> the same two shapes.

        Where something is known of the image, it may be (1, P, C).
        """
        if self.first:
            tokens = self.self_attn(tokens, tokens, tokens)
        else:
            q = tokens + tokens_pe
            tokens = tokens + self.self_attn(q, q, tokens)
        tokens = self.norm1(tokens)

        reading, writing = self.cross_attn_token_to_image, self.cross_attn_image_to_token
        q = tokens + tokens_pe
        if known is None:
            placed = image + image_pe
            tokens = tokens + reading.read(q, placed, image)
        else:
            tokens = tokens + reading.read_known(q, known)
        tokens = self.norm2(tokens)
        tokens = self.norm3(tokens + self.mlp(tokens))
        q = tokens + tokens_pe
        if known is None:
            image = writing.write(image, placed, q, tokens)
        else:
            image = writing.write_known(image, known, q, tokens)
        return tokens, self.norm4(image)


class TwoWayTransformer(nn.Module):
    """``depth`` two-way blocks and a last look of the tokens at the image."""

    def __init__(
        self, depth: int = 2, width: int = 256, heads: int = 8, hidden: int = 2048
    ) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            TwoWayBlock(width, heads, hidden, first=i == 0) for i in range(depth)
        )
        self.final_attn_token_to_image = Attention(width, heads, width // 2)
        self.norm_final_attn = nn.LayerNorm(width)

    def know(self, image: Tensor, image_pe: Tensor) -> Known:
        """Project an image (1, P, C) once for all its prompts; positions (1, P, C)."""
        first = cast("TwoWayBlock", self.layers[0])
        return first.know(image, image_pe)

    def forward(
        self,
        image: Tensor,
        image_pe: Tensor,
        tokens: Tensor,
        wanted: Sequence[int],
        known: Known | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Let tokens and image read each other.

        Parameters
        ----------
        image, image_pe : Tensor
            (B, P, C) and (1, P, C) float: the embedding's pixels and their positions.
        tokens : Tensor
            (B, N, C) float; they serve as their own positions.
        wanted : sequence of int
            Which tokens are asked for: only they need the last look.
        known : Known, optional
            What ``know`` says of the image, which then is (1, P, C) for all prompts.

        Returns
        -------
        tuple of Tensor
            The wanted tokens (B, W, C) and image (B, P, C).
        """
        queries = tokens
        for layer in self.layers:
            queries, image = layer(queries, image, tokens, image_pe, known)
            known = None  # from here on each prompt has an image of its own
        rows = list(wanted)
        queries, tokens = queries[:, rows], tokens[:, rows]
        read = self.final_attn_token_to_image.read(queries + tokens, image + image_pe, image)
        return self.norm_final_attn(queries + read), image
