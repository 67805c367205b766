"""The two-way transformer: tokens read the image, the image reads the tokens (paper, Fig. 14)."""

from __future__ import annotations

from torch import Tensor, nn

from .layers import FeedForward, attention


class Attention(nn.Module):
    """Multi-head attention whose inner width may be narrower than its tokens."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.q_proj = nn.Linear(width, inner)
        self.k_proj = nn.Linear(width, inner)
        self.v_proj = nn.Linear(width, inner)
        self.out_proj = nn.Linear(inner, width)

    def _split(self, x: Tensor) -> Tensor:
        B, N, _ = x.shape
        return x.view(B, N, self.heads, -1).transpose(1, 2)  # (B, heads, N, D)

    def forward(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        """Let q (B, Nq, C) read k and v (B, Nk, C) -> (B, Nq, C)."""
        q, k, v = (
            self._split(self.q_proj(q)),
            self._split(self.k_proj(k)),
            self._split(self.v_proj(v)),
        )
        out: Tensor = self.out_proj(attention(q, k, v).transpose(1, 2).flatten(2))
        return out


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

    def forward(
        self, tokens: Tensor, image: Tensor, tokens_pe: Tensor, image_pe: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Tokens (B, N, C) and image (B, H*W, C), with their positions -> the same two shapes."""
        if self.first:
            tokens = self.self_attn(tokens, tokens, tokens)
        else:
            q = tokens + tokens_pe
            tokens = tokens + self.self_attn(q, q, tokens)
        tokens = self.norm1(tokens)

        placed = image + image_pe
        tokens = self.norm2(
            tokens + self.cross_attn_token_to_image(tokens + tokens_pe, placed, image)
        )
        tokens = self.norm3(tokens + self.mlp(tokens))
        image = self.norm4(
            image + self.cross_attn_image_to_token(placed, tokens + tokens_pe, tokens)
        )
        return tokens, image


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

    def forward(self, image: Tensor, image_pe: Tensor, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """Let tokens and image read each other.

        Parameters
        ----------
        image, image_pe : Tensor
            (B, C, H, W), (1, C, H, W) float: the embedding and the positions of its pixels.
        tokens : Tensor
            (B, N, C) float; they serve as their own positions.

        Returns
        -------
        tuple of Tensor
            tokens (B, N, C) and image (B, H*W, C).
        """
        image = image.flatten(2).transpose(1, 2)  # (B, H*W, C)
        image_pe = image_pe.flatten(2).transpose(1, 2)
        queries = tokens
        for layer in self.layers:
            queries, image = layer(queries, image, tokens, image_pe)
        read = self.final_attn_token_to_image(queries + tokens, image + image_pe, image)
        return self.norm_final_attn(queries + read), image
