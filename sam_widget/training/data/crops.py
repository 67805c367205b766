"""Square crops for MAE: an endless row to learn from, and middles to judge by. No network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.utils.data import Dataset

from sam_widget.training.data.photos import Draw

if TYPE_CHECKING:
    from sam_widget.training.data.photos import Photos


class Crops(Dataset[Tensor]):
    """An endless row of square crops: number `index` is the same in every run of one seed.

    A crop has 20 to 100 % of its photo's area, is mirrored half of the time, and nothing else: to
    MAE, masking is augmentation enough. No padding: no patch is empty.
    """

    def __init__(self, photos: Photos, side: int, seed: int) -> None:
        self._photos = photos
        self._side = side
        self._seed = seed
        self._draw = Draw(photos.sources)

    def __getitem__(self, index: int) -> Tensor:
        """Draw, decode and crop one photo -> (3, side, side) uint8."""
        rng = np.random.default_rng((self._seed, index))
        pixels = self._photos[self._draw(rng)].pixels
        width, height = pixels.size
        longest = min(width, height)
        edge = min(longest, float(np.sqrt(width * height * rng.uniform(0.2, 1.0))))
        x, y = rng.uniform(0, width - edge), rng.uniform(0, height - edge)
        crop = _square(pixels, self._side, (x, y, x + edge, y + edge))
        return crop.flip(2) if rng.random() < 0.5 else crop


def middles(photos: Photos, side: int, count: int) -> Tensor:
    """Return the middle squares of some photos, evenly spread, (count, 3, side, side) uint8."""
    numbers = np.linspace(0, len(photos.sources) - 1, min(count, len(photos.sources)))
    crops = []
    for number in numbers.round().astype(int):
        pixels = photos[int(number)].pixels
        width, height = pixels.size
        edge = min(width, height)
        x, y = (width - edge) / 2, (height - edge) / 2
        crops.append(_square(pixels, side, (x, y, x + edge, y + edge)))
    return torch.stack(crops)


def _square(pixels: Image.Image, side: int, box: tuple[float, float, float, float]) -> Tensor:
    resized = pixels.resize((side, side), Image.Resampling.BILINEAR, box=box)
    return torch.from_numpy(np.array(resized)).permute(2, 0, 1).contiguous()
