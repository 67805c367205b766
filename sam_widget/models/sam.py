"""Segment Anything whole: image encoder, prompt encoder, mask decoder. No weights in here."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .features import Features

if TYPE_CHECKING:
    from .encoder import ImageEncoder
    from .mask_decoder import MaskDecoder
    from .prompt_encoder import PromptEncoder


NOTES = "sam_widget"  # what they are called in a file


class Sam(nn.Module):
    """A promptable segmentation model (Kirillov et al. 2023, section 3).

    Parameters
    ----------
    image_encoder : ImageEncoder
    prompt_encoder : PromptEncoder
        For the same side.
    mask_decoder : MaskDecoder

    Attributes
    ----------
    mask_threshold : float
        The logit at a mask's border.
    image_format : str
        The order of colours that ``preprocess`` takes.
    thresholds : Thresholds
        What everything mode leaves out where it is told nothing else.
    """

    mask_threshold: float = 0.0
    image_format: str = "RGB"

    def __init__(
        self, image_encoder: ImageEncoder, prompt_encoder: PromptEncoder, mask_decoder: MaskDecoder
    ) -> None:
        super().__init__()
        self.image_encoder = image_encoder
        self.prompt_encoder = prompt_encoder
        self.mask_decoder = mask_decoder
        self.thresholds = image_encoder.thresholds

    @property
    def side(self) -> int:
        """Side of the square input, in pixels. A convolutional model may be given another."""
        return self.prompt_encoder.side

    @side.setter
    def side(self, side: int) -> None:
        self.image_encoder.side = side
        self.prompt_encoder.side = side

    @property
    def notes(self) -> dict[str, str]:
        """What a file of the weights must say beside them: the side, the thresholds."""
        shares = {name: str(share) for name, share in asdict(self.thresholds).items()}
        return {"side": str(self.side), **shares}

    def _save_to_state_dict(
        self, destination: dict[str, Any], prefix: str, keep_vars: bool
    ) -> None:
        super()._save_to_state_dict(destination, prefix, keep_vars)
        # Beside the tensors, where torch notes its own versions: torch.save keeps that.
        metadata = getattr(destination, "_metadata", {})
        metadata.setdefault(prefix[:-1], {})[NOTES] = self.notes

    @property
    def device(self) -> torch.device:
        """Where the weights lie."""
        return self.prompt_encoder.no_mask_embed.weight.device

    @property
    def pixel_mean(self) -> Tensor:
        """What ``preprocess`` takes off each channel, (3, 1, 1) float, of 0..255."""
        return torch.tensor(self.image_encoder.mean, device=self.device).view(-1, 1, 1)

    @pixel_mean.setter
    def pixel_mean(self, mean: Tensor) -> None:
        self.image_encoder.mean = tuple(mean.flatten().tolist())  # type: ignore[misc]

    @property
    def pixel_std(self) -> Tensor:
        """What it then divides each channel by, (3, 1, 1) float."""
        return torch.tensor(self.image_encoder.std, device=self.device).view(-1, 1, 1)

    @pixel_std.setter
    def pixel_std(self, std: Tensor) -> None:
        self.image_encoder.std = tuple(std.flatten().tolist())  # type: ignore[misc]

    def blank(self) -> tuple[Tensor, ...]:
        """Return what the image encoder can know beforehand of zeros, for ``Padded``."""
        return self.image_encoder.blank()

    def preprocess(self, pixels: Tensor) -> Tensor:
        """Normalise a resized picture and pad it right and below with zeros.

        Parameters
        ----------
        pixels : Tensor
            (B, 3, H, W) or (3, H, W), uint8 or float in 0..255; the longer of H and W is
            ``side``.

        Returns
        -------
        Tensor
            (B, 3, side, side) float, channels last in memory.
        """
        if pixels.ndim == 3:
            return self.preprocess(pixels[None])[0]
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

    @torch.no_grad()
    def forward(
        self, batched_input: list[dict[str, Any]], multimask_output: bool
    ) -> list[dict[str, Tensor]]:
        """Answer prompts on several images, as ``segment_anything``'s model does when called.

        Parameters
        ----------
        batched_input : list of dict
            For each image ``image``, (3, H, W) in 0..255, the longer side being ``side``;
            ``original_size``, its (height, width) before; and any of ``point_coords`` (B, N, 2)
            with ``point_labels`` (B, N), ``boxes`` (B, 4), both in the model's pixels, and
            ``mask_inputs`` (B, 1, h, w) logits.
        multimask_output : bool
            Three candidates for each prompt, or one answer.

        Returns
        -------
        list of dict
            For each image ``masks`` (B, M, height, width) bool, ``iou_predictions`` (B, M) and
            ``low_res_logits`` (B, M, h, w) float, M being 3 or 1.
        """
        pictures = torch.cat([self.preprocess(each["image"][None]) for each in batched_input])
        encoded = Features.of(self.image_encoder(pictures))
        rows = slice(1, None) if multimask_output else slice(0, 1)
        answers = []
        for i, asked in enumerate(batched_input):
            points = asked.get("point_coords")
            logits, iou = self.decode(
                encoded[i],
                None if points is None else (points, asked["point_labels"]),
                asked.get("boxes"),
                asked.get("mask_inputs"),
            )
            low = logits[:, rows].float()
            size = tuple(asked["image"].shape[-2:])
            masks = self.postprocess_masks(low, size, asked["original_size"])
            answers.append(
                {
                    "masks": masks > self.mask_threshold,
                    "iou_predictions": iou[:, rows].float(),
                    "low_res_logits": low,
                }
            )
        return answers

    def postprocess_masks(
        self, masks: Tensor, input_size: tuple[int, ...], original_size: tuple[int, ...]
    ) -> Tensor:
        """Bring logits to the image's size, in two bilinear steps.

        Parameters
        ----------
        masks : Tensor
            (B, M, h, w) float.
        input_size : tuple of int
            (height, width) of the picture in the model's input; the rest is padding, cut off.
        original_size : tuple of int
            (height, width) of the image.

        Returns
        -------
        Tensor
            (B, M, height, width) float.
        """
        masks = F.interpolate(masks, (self.side, self.side), mode="bilinear")
        masks = masks[..., : input_size[0], : input_size[1]]
        return F.interpolate(masks, tuple(original_size), mode="bilinear")
