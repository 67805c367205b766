"""A study: a photo that a model has seen, to be asked often, and its place on a stage."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from PIL import Image

from sam_widget.images import read_image
from sam_widget.segment.loaded import segmenter_of
from sam_widget.segment.prompts import Prompts

from .marks import Disc, Picture, tint

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sam_widget.masks import Mask
    from sam_widget.segment.loaded import AnyModel
    from sam_widget.segment.prompts import Embedding, Prediction
    from sam_widget.segment.segmenter import Segmenter

    from .marks import Box

WIDTH = 480  # px on the stage
ON, OFF = "#22c55e", "#ef4444"


@dataclass(frozen=True, eq=False)
class Study:
    """A photo, encoded once.

    Attributes
    ----------
    pixels : ndarray
        (H, W, 3) uint8, RGB.
    segmenter : Segmenter
        Who saw it.
    embedding : Embedding
        What it made of it.
    """

    pixels: NDArray[np.uint8]
    segmenter: Segmenter
    embedding: Embedding

    @classmethod
    def of(cls, photo: Any, model: AnyModel = "mini") -> Self:
        """Let a model see a photo: whatever ``read_image`` and ``SamWidget`` take."""
        pixels, segmenter = read_image(photo).pixels, segmenter_of(model)
        return cls(pixels, segmenter, segmenter.embed(pixels))

    @cached_property
    def size(self) -> tuple[int, int]:
        """Width and height on the stage, px."""
        return WIDTH, round(WIDTH * self.pixels.shape[0] / self.pixels.shape[1])

    @cached_property
    def box(self) -> Box:
        """All of the stage."""
        return 0.0, 0.0, float(self.size[0]), float(self.size[1])

    @cached_property
    def picture(self) -> Picture:
        """The photo, as a mark: small enough to be sent quickly."""
        width, height = (2 * side for side in self.size)
        small = Image.fromarray(self.pixels)
        small.thumbnail((width, height))
        return Picture(np.asarray(small), self.box)

    @property
    def scale(self) -> float:
        """Pixels of the stage to one of the photo."""
        return self.size[0] / float(self.pixels.shape[1])

    def on_stage(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place of the photo is on the stage."""
        return x * self.scale, y * self.scale

    def in_photo(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place of the stage is in the photo, never outside of it."""
        height, width = self.pixels.shape[:2]
        return (
            float(np.clip(x / self.scale, 0.5, width - 0.5)),
            float(np.clip(y / self.scale, 0.5, height - 0.5)),
        )

    def ask(
        self, *points: tuple[float, float], off: tuple[tuple[float, float], ...] = ()
    ) -> Prediction:
        """Return the Prediction for points on the thing, and off it; x y in the photo, px."""
        labels = np.array([1] * len(points) + [0] * len(off), np.int64)
        places = np.array([*points, *off], np.float32)
        return self.segmenter.predict(self.embedding, Prompts(places, labels))

    def cropped(self, grid: NDArray[Any]) -> NDArray[Any]:
        """Cut what is on the model's square grid, (..., h, w), to where the photo lies in it."""
        frame = self.embedding.frame
        wide, high = (max(1, round(n * grid.shape[-1] / frame.side)) for n in frame.resized)
        return grid[..., :high, :wide]

    def tinted(self, mask: Mask, color: str, opacity: float = 0.5) -> Picture:
        """Return a mask of the photo as a mark of one colour."""
        step = max(1, int(1 / (2 * self.scale)))
        return tint(mask.to_array()[::step, ::step], color, self.box, opacity)

    def dot(self, x: float, y: float, color: str = ON) -> tuple[Disc, Disc]:
        """Return a click as marks: x y in the photo, px."""
        at = self.on_stage(x, y)
        return Disc(*at, 8, "white"), Disc(*at, 6, color)
