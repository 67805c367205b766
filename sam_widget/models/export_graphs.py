"""What an ONNX file computes, as modules that torch's exporter can follow. Writes no file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .features import Features

if TYPE_CHECKING:
    from .sam import Sam

Gives = Literal["all", "best"]


class PhotoEncoder(nn.Module):
    """The image encoder with all that comes before it: scale, normalise, pad."""

    def __init__(self, sam: Sam) -> None:
        super().__init__()
        self.encoder = sam.image_encoder
        self.side = sam.side

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        """(H, W, 3) uint8 -> embedding and skips."""
        height, width = image.shape[:2]
        longer = _larger(height, width)
        rows = _larger(1, (2 * self.side * height + longer) // (2 * longer))
        columns = _larger(1, (2 * self.side * width + longer) // (2 * longer))
        x = image.permute(2, 0, 1)[None].float()
        for size in ((height, columns), (rows, columns)):  # Pillow rounds after each direction
            x = F.interpolate(x, size, mode="bilinear", align_corners=False, antialias=True)
            x = x.round()
        x = self.encoder.normalise(x)
        x = F.pad(x, (0, self.side - columns, 0, self.side - rows))
        features = self.encoder(x.reshape(1, 3, self.side, self.side))
        return features.embedding, *features.skips


class TensorEncoder(nn.Module):
    """The image encoder alone."""

    def __init__(self, sam: Sam) -> None:
        super().__init__()
        self.encoder = sam.image_encoder

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        """(1, 3, side, side) float, normalised -> embedding and skips."""
        features = self.encoder(image)
        return features.embedding, *features.skips


class Decoder(nn.Module):
    """Prompt encoder and mask decoder, by segment_anything's conventions for ONNX.

    Boxes come as two labelled points, an absent mask as a zero in ``has_mask_input``: the graph
    has no branches.
    """

    image_pe: Tensor

    def __init__(self, sam: Sam, gives: Gives) -> None:
        super().__init__()
        self.prompts = sam.prompt_encoder
        self.decoder = sam.mask_decoder
        self.side = sam.side
        self.gives = gives
        self.register_buffer("image_pe", sam.prompt_encoder.get_dense_pe().detach().clone())

    def forward(  # noqa: PLR0917
        self,
        image_embeddings: Tensor,
        point_coords: Tensor,
        point_labels: Tensor,
        mask_input: Tensor,
        has_mask_input: Tensor,
        orig_im_size: Tensor,
        *skips: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Answer B prompts for one image; shapes as in the command's help."""
        labels = point_labels.long()
        masked = has_mask_input > 0  # (1,)
        logits, iou = self.decoder(
            Features(image_embeddings, skips),
            self.image_pe,
            self._points(point_coords, labels),
            self._mask(mask_input, masked),
        )
        if self.gives == "best":
            clear = ((labels >= 0).sum(1) > 1) | masked  # (B,)
            first = torch.where(clear, 1e3, -1e3)[:, None]
            best = torch.cat([iou[:, :1] + first, iou[:, 1:]], 1).argmax(1, keepdim=True)  # (B, 1)
            iou = iou.gather(1, best)
            places = best[..., None, None].expand(-1, -1, *logits.shape[2:])
            logits = logits.gather(1, places)
        return self._at_image_size(logits, orig_im_size), iou, logits

    def _points(self, xy: Tensor, labels: Tensor) -> Tensor:
        kinds = torch.cat(list(self.prompts.point_embeddings.parameters()))  # (4, C)
        placed = self.prompts.pe_layer((xy + 0.5) / self.side) + kinds[labels.clamp(min=0)]
        return torch.where(labels[..., None] < 0, self.prompts.not_a_point_embed.weight, placed)

    def _mask(self, logits: Tensor, given: Tensor) -> Tensor:
        none = self.prompts.no_mask_embed.weight.view(1, -1, 1, 1)
        return torch.where(given.view(1, 1, 1, 1), self.prompts.mask_downscaling(logits), none)

    def _at_image_size(self, logits: Tensor, size: Tensor) -> Tensor:
        """Scale to the model's input, cut its padding off, scale to the image."""
        whole = size.long()
        longer = whole.max()
        inside = ((2 * self.side * whole + longer) // (2 * longer)).clamp(min=1)
        rows, columns = _sizes(inside, self.side)
        height, width = _sizes(whole, None)
        square = (self.side, self.side)
        x = F.interpolate(logits, square, mode="bilinear", align_corners=False)
        x = x[..., :rows, :columns]
        return F.interpolate(x, (height, width), mode="bilinear", align_corners=False)


def _larger(a: int, b: int) -> int:
    """Return the larger of two sizes that are not known yet; ``max`` would decide now."""
    return cast("int", torch.sym_max(a, b))  # type: ignore[no-untyped-call]


def _sizes(pair: Tensor, most: int | None) -> tuple[int, int]:
    """Read two numbers of a tensor as sizes, which the exporter must know to be sane."""
    first, second = cast("list[int]", pair.tolist())
    for size in (first, second):
        torch._check(size >= 1)  # type: ignore[no-untyped-call]  # noqa: SLF001
        if most is not None:
            torch._check(size <= most)  # type: ignore[no-untyped-call]  # noqa: SLF001
    return first, second
