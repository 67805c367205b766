"""Photos without data: shapes drawn on the fly, for --demo and tests. Reads nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from pycocotools import mask as coco_mask

from sam_widget.training.data.photos import Annotation, Photo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class DrawnPhotos:
    """`count` pictures of textured ellipses and polygons, each with a smaller part inside.

    Picture `index` is always the same one. Each shape's mask is what can be seen of it; its part
    belongs to it and has a mask of its own ("part").
    """

    def __init__(self, count: int = 1000, side: int = 256) -> None:
        self._count = count
        self._side = side

    @property
    def sources(self) -> Sequence[str]:
        """One source for all."""
        return ["drawn"] * self._count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> Photo:
        """Draw one picture with its masks."""
        if not 0 <= index < self._count:
            raise IndexError(index)
        rng = np.random.default_rng((7, index))
        size = (self._side, int(self._side * rng.uniform(0.6, 1)))
        canvas = _texture(size, rng)
        masks: list[tuple[NDArray[np.bool_], str]] = []
        for _ in range(int(rng.integers(2, 6))):
            centre = rng.uniform(0.1, 0.9, 2) * size
            radius = float(rng.uniform(0.08, 0.3)) * min(size)
            shape = _shape(size, centre, radius, rng)
            part = _shape(size, centre + rng.uniform(-0.3, 0.3, 2) * radius, radius * 0.4, rng)
            part &= shape
            masks = [(mask & ~shape, kind) for mask, kind in masks]
            masks += [(shape, "object"), (part, "part")]
            for mask in (shape, part):
                canvas = np.where(mask[..., None], _texture(size, rng), canvas)
        annotations = tuple(
            Annotation(coco_mask.encode(np.asfortranarray(mask.astype(np.uint8))), kind)
            for mask, kind in masks
            if mask.sum() >= 60
        )
        return Photo(Image.fromarray(canvas), annotations, "drawn")


def _texture(size: tuple[int, int], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return (H, W, 3): a colour, coarse patches and grain."""
    patches = Image.fromarray(rng.integers(0, 256, (5, 7, 3), dtype=np.uint8))
    coarse = np.asarray(patches.resize(size, Image.Resampling.BICUBIC), np.float32) - 128
    grain = rng.normal(0, rng.uniform(2, 15), (size[1], size[0], 1))
    colour = rng.uniform(20, 235, 3)
    mixed = colour + rng.uniform(0, 0.4) * coarse + grain
    return np.clip(mixed, 0, 255).astype(np.uint8)


def _shape(
    size: tuple[int, int], centre: NDArray[np.float64], radius: float, rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Return (H, W) bool: an ellipse or a polygon round a centre."""
    corners = 60 if rng.random() < 0.5 else int(rng.integers(3, 8))
    angles = np.linspace(0, 2 * np.pi, corners, endpoint=False) + rng.uniform(0, 6)
    squeeze, turn = rng.uniform(0.5, 1), rng.uniform(0, np.pi)
    x, y = radius * np.cos(angles), radius * squeeze * np.sin(angles)
    outline = np.stack(
        [x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)], 1
    )
    canvas = Image.new("L", size)
    ImageDraw.Draw(canvas).polygon([tuple(p) for p in (outline + centre).tolist()], fill=255)
    return np.asarray(canvas.filter(ImageFilter.MedianFilter(3))) > 127
