"""Models and photos for the data engine's tests: discs that are known, answers that grow better."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sam_widget.data_engine.annotator import KnownPhoto
from sam_widget.document.records import new_id
from sam_widget.masks import Mask
from tests.segment.fake import FakeSegmenter

SIZE = 120, 90


def disc(x: float, y: float, radius: float, size: tuple[int, int] = SIZE) -> Mask:
    rows, columns = np.mgrid[: size[1], : size[0]] + 0.5
    return Mask.from_array((columns - x) ** 2 + (rows - y) ** 2 <= radius**2)


def photo(name: str, *truths: Mask) -> KnownPhoto:
    pixels = np.full((SIZE[1], SIZE[0], 3), len(name), np.uint8)
    for number, truth in enumerate(truths):
        pixels[truth.to_array()] = 90 + 40 * number
    return KnownPhoto(name, pixels, truths)


class Grows(FakeSegmenter):
    """Answers with the true mask that the first click is in, once it has enough clicks.

    Before that with a half of it: the left one, then the other candidates are less still.
    """

    def __init__(self, truths: tuple[Mask, ...], clicks: int, name: str = "grows") -> None:
        super().__init__(new_id())
        self.truths, self.clicks, self.name = truths, clicks, name
        self.fed: list[bool] = []

    def predict(self, embedding, prompts):
        said = super().predict(embedding, prompts)
        self.fed.append(prompts.logits is not None)
        x, y = prompts.points[0]
        inside = [t for t in self.truths if t.to_array()[int(y), int(x)]]
        wanted = min(inside, key=lambda each: each.area).to_array()
        middle = int(np.nonzero(wanted.any(0))[0].mean())
        half = wanted.copy()
        half[:, middle:] = False
        good = wanted if len(prompts.points) >= self.clicks else half
        quarter = half.copy()
        quarter[: int(np.nonzero(wanted.any(1))[0].mean())] = False
        return replace(said, discs=(half, good, quarter))
