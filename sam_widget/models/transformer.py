"""The two-way transformer: tokens read the image, the image reads the tokens (paper, Fig. 14)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from torch import Tensor, nn

from .attention import Attention, ImageToToken, Placed, Projected, TokenToImage
from .layers import FeedForward

if TYPE_CHECKING:
    from collections.abc import Sequence


class TwoWayBlock(nn.Module):
    """Self-attention of the tokens, tokens to image, feed-forward, image to tokens."""

    def __init__(self, width: int, heads: int, hidden: int, *, first: bool) -> None:
        super().__init__()
        self.first = first  # the tokens are their own positions still
        self.self_attn = Attention(width, heads, width)
        self.norm1 = nn.LayerNorm(width)
        self.cross_attn_token_to_image = TokenToImage(width, heads, width // 2)
        self.norm2 = nn.LayerNorm(width)
        self.mlp = FeedForward(width, hidden, nn.ReLU())
        self.norm3 = nn.LayerNorm(width)
        self.cross_attn_image_to_token = ImageToToken(width, heads, width // 2)
        self.norm4 = nn.LayerNorm(width)

    def know(self, image: Placed) -> Placed:
        """Project an image (1, P, C) once for all its prompts."""
        reading, asking = self.cross_attn_token_to_image, self.cross_attn_image_to_token
        projected = Projected(
            reading.split(reading.k_proj(image.placed)),
            reading.split(reading.v_proj(image.pixels)),
            asking.split(asking.q_proj(image.placed)),
        )
        return replace(image, projected=projected)

    def forward(self, tokens: Tensor, tokens_pe: Tensor, image: Placed) -> tuple[Tensor, Tensor]:
        """Tokens, their positions (B, N, C), image (B or 1, P, C) -> tokens, pixels (B, P, C)."""
        if self.first:
            tokens = self.self_attn(tokens, tokens, tokens)
        else:
            q = tokens + tokens_pe
            tokens = tokens + self.self_attn(q, q, tokens)
        tokens = self.norm1(tokens)
        tokens = self.norm2(tokens + self.cross_attn_token_to_image(tokens + tokens_pe, image))
        tokens = self.norm3(tokens + self.mlp(tokens))
        pixels = self.cross_attn_image_to_token(image, tokens + tokens_pe, tokens)
        return tokens, self.norm4(pixels)


class TwoWayTransformer(nn.Module):
    """``depth`` two-way blocks and a last look of the tokens at the image."""

    def __init__(
        self, depth: int = 2, width: int = 256, heads: int = 8, hidden: int = 2048
    ) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            TwoWayBlock(width, heads, hidden, first=i == 0) for i in range(depth)
        )
        self.final_attn_token_to_image = TokenToImage(width, heads, width // 2)
        self.norm_final_attn = nn.LayerNorm(width)

    def know(self, image: Placed) -> Placed:
        """Project an image (1, P, C) once for all its prompts."""
        return cast("TwoWayBlock", self.layers[0]).know(image)

    def forward(
        self, image: Placed, tokens: Tensor, wanted: Sequence[int]
    ) -> tuple[Tensor, Tensor]:
        """Let tokens and image read each other.

        Parameters
        ----------
        image : Placed
            (B, P, C) float, or (1, P, C) for all prompts, as ``know`` returns it.
        tokens : Tensor
            (B, N, C) float; they serve as their own positions.
        wanted : sequence of int
            Which tokens are asked for: only they need the last look.

        Returns
        -------
        tuple of Tensor
            The wanted tokens (B, W, C) and pixels (B, P, C).
        """
        queries = tokens
        for layer in self.layers:
            queries, pixels = layer(queries, tokens, image)
            image = Placed(pixels, image.positions)  # from here on each prompt has its own
        rows = list(wanted)
        queries, tokens = queries[:, rows], tokens[:, rows]
        read = self.final_attn_token_to_image(queries + tokens, image)
        return self.norm_final_attn(queries + read), image.pixels
