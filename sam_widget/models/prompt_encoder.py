"""The prompt encoder: points, boxes and masks become tokens and a map (paper, Appendix A)."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from .layers import GELU, LayerNorm2d


class RandomPositions(nn.Module):
    """Positions as sines and cosines of random projections (Tancik et al. 2020)."""

    positional_encoding_gaussian_matrix: Tensor

    def __init__(self, features: int) -> None:
        super().__init__()
        self.register_buffer("positional_encoding_gaussian_matrix", torch.randn(2, features))

    def forward(self, xy: Tensor) -> Tensor:
        """Encode (..., 2) x y in 0..1 of the input -> (..., 2 * features)."""
        # In fp32 whatever the model's type: 2 pi times a sum of products is a large angle.
        angle = (2 * xy.float() - 1) @ self.positional_encoding_gaussian_matrix.float()
        angle = 2 * math.pi * angle
        encoded = torch.cat([angle.sin(), angle.cos()], dim=-1)
        return encoded.to(self.positional_encoding_gaussian_matrix.dtype)

    def grid(self, height: int, width: int) -> Tensor:
        """Return the positions of a whole map's pixel centres, (1, 2 * features, H, W)."""
        device = self.positional_encoding_gaussian_matrix.device
        y = (torch.arange(height, device=device) + 0.5) / height
        x = (torch.arange(width, device=device) + 0.5) / width
        xy = torch.stack(torch.meshgrid(x, y, indexing="xy"), dim=-1)  # (H, W, 2)
        encoded: Tensor = self(xy)
        return encoded.permute(2, 0, 1)[None]


class PromptEncoder(nn.Module):
    """Points and boxes to sparse tokens, a mask to a dense map.

    Parameters
    ----------
    side : int
        Side of the model's square input in pixels.
    width : int
        Channels of tokens and embedding.
    mask_channels : int
        Of the second convolution that reads a mask.
    stride : int
        Input pixels for one pixel of the embedding.
    """

    def __init__(
        self, side: int, width: int = 256, mask_channels: int = 16, stride: int = 16
    ) -> None:
        super().__init__()
        self.side = side
        self.stride = stride
        self.width = width
        self.pe_layer = RandomPositions(width // 2)
        # Official order: negative point, positive point, a box's first and second corner.
        self.point_embeddings = nn.ModuleList(nn.Embedding(1, width) for _ in range(4))
        self.not_a_point_embed = nn.Embedding(1, width)
        self.no_mask_embed = nn.Embedding(1, width)
        self.mask_downscaling = nn.Sequential(
            nn.Conv2d(1, mask_channels // 4, 2, 2),
            LayerNorm2d(mask_channels // 4),
            GELU(),
            nn.Conv2d(mask_channels // 4, mask_channels, 2, 2),
            LayerNorm2d(mask_channels),
            GELU(),
            nn.Conv2d(mask_channels, width, 1),
        )

    # What segment_anything calls these.

    @property
    def embed_dim(self) -> int:
        """Channels of tokens and embedding."""
        return self.width

    @property
    def num_point_embeddings(self) -> int:
        """Kinds of point: off, on, and a box's two corners."""
        return len(self.point_embeddings)

    @property
    def input_image_size(self) -> tuple[int, int]:
        """(height, width) of the model's input."""
        return self.side, self.side

    @property
    def image_embedding_size(self) -> tuple[int, int]:
        """(height, width) of the embedding."""
        return self.grid, self.grid

    @property
    def mask_input_size(self) -> tuple[int, int]:
        """(height, width) of a mask that is given."""
        return 4 * self.grid, 4 * self.grid

    @property
    def grid(self) -> int:
        """Side of the embedding, in its own pixels."""
        return self.side // self.stride

    def get_dense_pe(self) -> Tensor:
        """Return the embedding's positions, (1, C, H, W)."""
        return self.pe_layer.grid(self.grid, self.grid)

    def _points(self, xy: Tensor, labels: Tensor) -> Tensor:
        encoded: Tensor = self.pe_layer((xy + 0.5) / self.side)  # (B, N, C)
        kinds = torch.cat(list(self.point_embeddings.parameters()))  # (4, C)
        labels = labels.long()
        placed = encoded + kinds[labels.clamp(min=0)]
        padding = self.not_a_point_embed.weight.expand_as(placed)
        return torch.where((labels == -1).unsqueeze(-1), padding, placed)

    def forward(
        self,
        points: tuple[Tensor, Tensor] | None = None,
        boxes: Tensor | None = None,
        masks: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Encode B prompts for one image.

        Parameters
        ----------
        points : tuple of Tensor, optional
            Coordinates (B, N, 2) float, x y in the model's input pixels, where the centre of
            the first pixel is 0; labels (B, N) int: 1 positive, 0 negative, -1 no point.
        boxes : Tensor, optional
            (B, 4) float, x0 y0 x1 y1 in the same pixels.
        masks : Tensor, optional
            (B, 1, 4 * grid, 4 * grid) float logits, as the mask decoder gave them.

        Returns
        -------
        tuple of Tensor
            Sparse tokens (B, N', C) and dense map (B, C, grid, grid).
        """
        given = [t for t in (points and points[0], boxes, masks) if t is not None]
        B = given[0].shape[0] if given else 1
        weight = self.no_mask_embed.weight
        sparse = weight.new_zeros(B, 0, self.width)
        if points is not None:
            xy, labels = points
            if boxes is None:  # the official encoder pads so, and its weights expect it
                xy = torch.cat([xy, xy.new_zeros(B, 1, 2)], dim=1)
                labels = torch.cat([labels, labels.new_full((B, 1), -1)], dim=1)
            sparse = torch.cat([sparse, self._points(xy, labels)], dim=1)
        if boxes is not None:
            corners = torch.tensor([[2, 3]], device=boxes.device).expand(B, 2)
            sparse = torch.cat([sparse, self._points(boxes.reshape(B, 2, 2), corners)], dim=1)
        if masks is not None:
            dense: Tensor = self.mask_downscaling(masks)
        else:
            dense = weight.view(1, -1, 1, 1).expand(B, -1, self.grid, self.grid)
        return sparse, dense
