"""Low-resolution logits at the image's size, and only where they matter. numpy; no model."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np

from sam_widget.masks import Mask

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sam_widget.geometry import Frame

    Grid = NDArray[np.float32]
    Region = tuple[int, int, int, int]  # x0, y0, x1, y1, half open


def image_logits(logits: Grid, frame: Frame) -> Grid:
    """Bring logits to the image's size as the reference does, in two bilinear steps.

    Parameters
    ----------
    logits : ndarray
        (h, w) float32 on the model's grid.
    frame : Frame
        Between the image and the model's input.

    Returns
    -------
    ndarray
        (H, W) float32: first to the model's input, its padding cut off, then to the image.
    """
    width, height = frame.resized
    inside = bilinear(logits, (frame.side, frame.side), (0, 0, width, height))
    return bilinear(inside, (frame.width, frame.height), (0, 0, frame.width, frame.height))


def image_mask(logits: Grid, frame: Frame) -> Mask:
    """Return ``image_logits(logits, frame) > 0``, computed round the mask alone.

    Single-threaded on purpose: on small arrays a busy machine's thread pools cost more than the
    sums.
    """
    array = np.zeros((frame.height, frame.width), np.bool_)
    size = frame.resized
    x0, y0, x1, y1 = _reach(logits > 0, (frame.side, frame.side))
    coarse = np.full((size[1], size[0]), -1, np.float32)
    region = (x0, y0, min(x1, size[0]), min(y1, size[1]))
    if region[0] < region[2] and region[1] < region[3]:
        into = np.s_[region[1] : region[3], region[0] : region[2]]
        coarse[into] = bilinear(logits, (frame.side, frame.side), region)
        x0, y0, x1, y1 = _reach(coarse > 0, (frame.width, frame.height))
        if x0 < x1:
            fine = bilinear(coarse, (frame.width, frame.height), (x0, y0, x1, y1))
            np.greater(fine, 0, out=array[y0:y1, x0:x1])
    return Mask.from_array(array)


def bilinear(grid: Grid, size: tuple[int, int], region: Region) -> Grid:
    """Scale a grid to ``size`` (width, height), half-pixel centres, and return one region of it.

    Equals ``torch.nn.functional.interpolate(mode="bilinear", align_corners=False)`` there.
    """
    x0, y0, x1, y1 = region
    first, second, share = _taps(y0, y1, grid.shape[0], size[1])
    rows = grid[first]
    rows += share[:, None] * (grid[second] - rows)
    first, second, share = _taps(x0, x1, grid.shape[1], size[0])
    values = np.take(rows, first, axis=1)
    values += share * (np.take(rows, second, axis=1) - values)
    return values


def _taps(
    start: int, stop: int, inside: int, outside: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], Grid]:
    """For places start..stop of ``outside``: two neighbours in ``inside``, the second's share."""
    scale = np.float32(inside / outside)
    at = (np.arange(start, stop, dtype=np.float32) + np.float32(0.5)) * scale - np.float32(0.5)
    at = np.maximum(at, 0)
    first = np.minimum(at.astype(np.intp), inside - 1)
    return first, np.minimum(first + 1, inside - 1), at - first.astype(np.float32)


def _reach(on: NDArray[np.bool_], size: tuple[int, int]) -> Region:
    """Where the grid, scaled to ``size``, may be on, and one pixel round it; zeros if nowhere.

    That one pixel is why the second step meets true values at every border of the mask.
    """
    ys, xs = np.flatnonzero(on.any(axis=1)), np.flatnonzero(np.bitwise_or.reduce(on, axis=0))
    if not ys.size:
        return 0, 0, 0, 0

    def span(places: NDArray[np.intp], inside: int, outside: int) -> tuple[int, int]:
        scale = inside / outside
        start = floor((int(places[0]) - 0.5) / scale - 0.5)
        stop = ceil((int(places[-1]) + 1.5) / scale - 0.5) + 1
        return max(0, start), min(outside, stop)

    x0, x1 = span(xs, on.shape[1], size[0])
    y0, y1 = span(ys, on.shape[0], size[1])
    return x0, y0, x1, y1
