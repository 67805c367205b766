"""Segment Anything whole: image encoder, prompt encoder, mask decoder. No weights in here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor, nn

if TYPE_CHECKING:
    from .encoder import ImageEncoder
    from .features import Features
    from .mask_decoder import MaskDecoder
    from .prompt_encoder import PromptEncoder


class Sam(nn.Module):
    """A promptable segmentation model (Kirillov et al. 2023, section 3).

    Parameters
    ----------
    image_encoder : ImageEncoder
    prompt_encoder : PromptEncoder
        For the same side.
    mask_decoder : MaskDecoder
    """

    def __init__(
        self, image_encoder: ImageEncoder, prompt_encoder: PromptEncoder, mask_decoder: MaskDecoder
    ) -> None:
        super().__init__()
        self.image_encoder = image_encoder
        self.prompt_encoder = prompt_encoder
        self.mask_decoder = mask_decoder

    @property
    def side(self) -> int:
        """Side of the square input, in pixels. A convolutional model may be given another."""
        return self.prompt_encoder.side

    @side.setter
    def side(self, side: int) -> None:
        self.image_encoder.side = side
        self.prompt_encoder.side = side

    def preprocess(self, pixels: Tensor) -> Tensor:
        """Normalise a resized picture and pad it right and below with zeros.

        Parameters
        ----------
        pixels : Tensor
            (B, 3, H, W) uint8 or float in 0..255, the longer of H and W being ``side``.

        Returns
        -------
        Tensor
            (B, 3, side, side) float, channels last in memory.
        """
        weight = self.prompt_encoder.no_mask_embed.weight
        x = self.image_encoder.normalise(pixels.float())
        height, width = x.shape[-2:]
        x = F.pad(x, (0, self.side - width, 0, self.side - height))
        return x.to(weight.dtype).contiguous(memory_format=torch.channels_last)

    def decode(
        self,
        features: Features,
        points: tuple[Tensor, Tensor] | None = None,
        boxes: Tensor | None = None,
        masks: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Answer B prompts; arguments as ``PromptEncoder``'s, returns as ``MaskDecoder``'s."""
        sparse, dense = self.prompt_encoder(points, boxes, masks)
        logits, iou = self.mask_decoder(features, self.prompt_encoder.get_dense_pe(), sparse, dense)
        return logits, iou
