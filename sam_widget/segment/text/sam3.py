"""SAM 3: a phrase to masks of all its instances (Carion et al. 2025). Loads nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
import torch.nn.functional as F

from sam_widget.masks import Mask

from .proposals import FLOOR, MOST, Masks
from .theirs import Theirs

if TYPE_CHECKING:
    from PIL import Image

WORDS = 32  # tokens that its text encoder reads
HALF = 0.5  # of the colours' range: their mean and deviation; and the chance at a mask's border


class Sam3(Theirs):
    """Draws the masks itself, so that no other SAM is asked.

    Its processor wants torchvision; what that does is done here.
    """

    kind = "Sam3Model"
    confidence = 0.3  # its post-processing's own

    @classmethod
    def reader(cls, transformers: Any, name: str, here: bool) -> Any:
        """Return its tokenizer alone."""
        return transformers.AutoTokenizer.from_pretrained(name, local_files_only=here)

    def said(self, image: Image.Image, phrase: str) -> Masks:
        """Return all its instances but the hopeless ones; its presence score counts in each."""
        read = self.processor(
            [phrase], padding="max_length", max_length=WORDS, truncation=True, return_tensors="pt"
        )
        given = {"input_ids": read["input_ids"], "attention_mask": read["attention_mask"]}
        said = self.model(pixel_values=self._pixels(image), **given)
        scores = said.pred_logits.sigmoid()
        if said.presence_logits is not None:
            scores = scores * said.presence_logits.sigmoid()
        best = scores[0].topk(min(MOST, scores.shape[1])).indices
        best = best[scores[0, best] > FLOOR]
        if not len(best):
            return Masks((), np.zeros(0, np.float32))
        size = image.size[::-1]
        chances = F.interpolate(said.pred_masks[:, best].sigmoid(), size, mode="bilinear")[0]
        masks = tuple(Mask.from_array(each.numpy()) for each in chances > HALF)
        return Masks(masks, scores[0, best].float().numpy())

    def _pixels(self, image: Image.Image) -> torch.Tensor:
        """Return (1, 3, side, side) float: stretched, each channel from -1 to 1."""
        side = self.model.config.vision_config.backbone_config.image_size
        x = torch.from_numpy(np.array(image)).permute(2, 0, 1)[None]
        x = F.interpolate(x.contiguous(), (side, side), mode="bilinear", antialias=True)
        return (x.float() / 255 - HALF) / HALF
