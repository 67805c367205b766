"""The mask decoder: an embedding and prompts become four masks and their predicted IoU."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from .layers import MLP, LayerNorm2d
from .transformer import TwoWayTransformer

if TYPE_CHECKING:
    from .features import Features


class MaskDecoder(nn.Module):
    """Two-way transformer, upscaling, and one small network for each mask (paper, Appendix A).

    The first mask token answers prompts that leave no doubt; the other three answer an
    ambiguous one with a whole, a part and a sub-part.
    """

    def __init__(self, width: int = 256, masks: int = 4) -> None:
        super().__init__()
        self.masks = masks
        self.transformer = TwoWayTransformer(width=width)
        self.iou_token = nn.Embedding(1, width)
        self.mask_tokens = nn.Embedding(masks, width)
        self.output_upscaling = nn.Sequential(
            nn.ConvTranspose2d(width, width // 4, 2, 2),
            LayerNorm2d(width // 4),
            nn.GELU(),
            nn.ConvTranspose2d(width // 4, width // 8, 2, 2),
            nn.GELU(),
        )
        self.output_hypernetworks_mlps = nn.ModuleList(
            MLP(width, width, width // 8, 3) for _ in range(masks)
        )
        self.iou_prediction_head = MLP(width, width, masks, 3)

    def forward(
        self, features: Features, image_pe: Tensor, sparse: Tensor, dense: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Decode B prompts for one image.

        Parameters
        ----------
        features : Features
            Of one image, or of B images, one for each prompt.
        image_pe : Tensor
            (1, C, H, W) float, from ``PromptEncoder.get_dense_pe``.
        sparse, dense : Tensor
            (B, N, C) and (B, C, H, W) float, from the prompt encoder.

        Returns
        -------
        tuple of Tensor
            Logits (B, 4, 4H, 4W), where 0 is the mask's border, and predicted IoU (B, 4). Entry
            0 is the single-mask token's, 1 to 3 are the three candidates.
        """
        B = sparse.shape[0]
        own = torch.cat([self.iou_token.weight, self.mask_tokens.weight])
        tokens = torch.cat([own.expand(B, -1, -1), sparse], dim=1)
        image = features.embedding + dense  # (B, C, H, W)
        H, W = image.shape[-2:]

        tokens, image = self.transformer(image, image_pe, tokens)
        image = image.transpose(1, 2).reshape(B, -1, H, W)  # (B, C, H, W)
        pixels = self._upscale(image, features).flatten(2)  # (B, C/8, 16HW)
        kernels = torch.stack(
            [mlp(tokens[:, 1 + i]) for i, mlp in enumerate(self.output_hypernetworks_mlps)], dim=1
        )
        logits = (kernels @ pixels).view(B, self.masks, 4 * H, 4 * W)
        return logits, self.iou_prediction_head(tokens[:, 0])

    def _upscale(self, image: Tensor, features: Features) -> Tensor:
        up1, norm, act1, up2, act2 = self.output_upscaling
        image = up1(image)
        if features.skips:
            image = image + features.skips[0]
        image = up2(act1(norm(image)))
        if features.skips:
            image = image + features.skips[1]
        out: Tensor = act2(image)
        return out
