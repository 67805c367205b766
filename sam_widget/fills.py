"""Polygons as a mask: the way back from outlines. Reads no format, rounds no corner.

A pixel belongs to a polygon when its centre does: when a line from there to the left crosses its
rings an odd number of times. So the polygons of ``outlines`` are their mask again, to the pixel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .masks import Mask
from .run_lengths import MaskError
from .strokes import union

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import ArrayLike, NDArray

MOST_CROSSINGS = 2**26  # of outlines with rows of pixels; a gigabyte of memory


def filled(polygons: Iterable[Sequence[ArrayLike]], size: tuple[int, int]) -> Mask:
    """Return the pixels whose centres lie in at least one polygon.

    Parameters
    ----------
    polygons : iterable of sequence of array_like
        Each its outer ring, then its holes. A ring is (N, 2) float, x and y in image pixels, the
        last corner joined to the first; it may leave the image.
    size : tuple of int
        (width, height) of the image, in pixels.

    Returns
    -------
    Mask

    Raises
    ------
    MaskError
        A coordinate is not finite, or the outlines cross more rows than any that can be meant.
    """
    spans = [_spans([np.asarray(ring, np.float64) for ring in each], size) for each in polygons]
    every = np.concatenate([np.zeros((0, 2), np.int64), *spans])
    return Mask.from_spans(size, union(size, every))


def _spans(rings: Sequence[NDArray[np.float64]], size: tuple[int, int]) -> NDArray[np.int64]:
    """Return the pieces of rows that an odd number of crossings lie to the left of."""
    width, height = size
    rings = [ring for ring in rings if len(ring)]
    if not rings:
        return np.zeros((0, 2), np.int64)
    here = np.concatenate(rings)
    there = np.concatenate([np.roll(ring, -1, axis=0) for ring in rings])
    if not np.isfinite(here).all():
        raise MaskError("An outline's coordinates are finite numbers of image pixels.")
    # each from its upper end, so that a way there and back crosses rows at one place to the bit
    down = (here[:, 1] <= there[:, 1])[:, None]
    here, there = np.where(down, here, there), np.where(down, there, here)
    # a side crosses the rows whose centres lie in it, its lower end left out
    top, bottom = here[:, 1], there[:, 1]
    first = np.ceil(np.clip(top - 0.5, -1, height)).astype(np.int64).clip(0)
    stop = np.ceil(np.clip(bottom - 0.5, -1, height)).astype(np.int64).clip(0)
    count = np.maximum(stop - first, 0)
    total = int(count.sum())
    if total > MOST_CROSSINGS:
        raise MaskError(f"An outline crosses {total} rows of pixels: it can be of no thing.")
    side = np.repeat(np.arange(len(here)), count)
    row = np.arange(total) + np.repeat(first - (count.cumsum() - count), count)
    share = (row + 0.5 - here[side, 1]) / (there[side, 1] - here[side, 1])
    x = here[side, 0] + share * (there[side, 0] - here[side, 0])
    column = np.ceil(np.clip(x - 0.5, -1, width)).astype(np.int64).clip(0)
    pairs = np.sort(row * (width + 1) + column).reshape(-1, 2)  # in each row an even number
    row = pairs[:, 0] // (width + 1)
    flat: NDArray[np.int64] = pairs - row[:, None]
    return flat[flat[:, 0] < flat[:, 1]]
