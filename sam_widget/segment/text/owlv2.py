"""OWLv2: a phrase to boxes (Minderer et al. 2023). Loads nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .proposals import FLOOR, Boxes
from .theirs import Theirs

if TYPE_CHECKING:
    from PIL import Image


class Owlv2(Theirs):
    """Reads "a photo of a" with the phrase behind it, as it was trained."""

    kind = "Owlv2ForObjectDetection"
    confidence = 0.1  # its post-processing's own

    def said(self, image: Image.Image, phrase: str) -> Boxes:
        """Return all its boxes but the hopeless ones."""
        text = [[f"a photo of a {phrase.lower()}"]]
        inputs = self.processor(text=text, images=image, return_tensors="pt")
        found = self.processor.post_process_grounded_object_detection(
            self.model(**inputs), threshold=FLOOR, target_sizes=[image.size[::-1]]
        )[0]
        return Boxes(found["boxes"].float().numpy(), found["scores"].float().numpy())
