"""CLIPSeg: a phrase to a heat map (Lüddecke and Ecker 2022). Loads nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .proposals import Heat
from .theirs import Theirs

if TYPE_CHECKING:
    from PIL import Image


class ClipSeg(Theirs):
    """Says how likely each place is the phrase; it knows no instances, the map's peaks are."""

    kind = "CLIPSegForImageSegmentation"
    confidence = 0.4  # its authors' own, of the map

    def said(self, image: Image.Image, phrase: str) -> Heat:
        """Return its map, stretched over the image as its input was."""
        inputs = self.processor(
            text=[phrase], images=[image], padding="max_length", return_tensors="pt"
        )
        logits = self.model(**inputs).logits
        return Heat(logits.float().sigmoid().reshape(logits.shape[-2:]).numpy())
