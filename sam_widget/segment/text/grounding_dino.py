"""Grounding DINO: a phrase to boxes (Liu et al. 2023). Loads nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .proposals import FLOOR, Boxes
from .theirs import Theirs

if TYPE_CHECKING:
    from PIL import Image


class GroundingDino(Theirs):
    """Reads one lower-case phrase that ends in a full stop; its boxes are scored by their words."""

    kind = "GroundingDinoForObjectDetection"
    confidence = 0.25  # its post-processing's own

    def said(self, image: Image.Image, phrase: str) -> Boxes:
        """Return all its boxes but the hopeless ones."""
        text = f"{phrase.lower().rstrip('.')}."
        inputs = self.processor(images=image, text=text, return_tensors="pt")
        found = self.processor.post_process_grounded_object_detection(
            self.model(**inputs),
            inputs["input_ids"],
            threshold=FLOOR,
            text_threshold=FLOOR,
            target_sizes=[image.size[::-1]],
        )[0]
        return Boxes(found["boxes"].float().numpy(), found["scores"].float().numpy())
