"""Low-resolution logits at the image's size, whole; masks alone are ``enlarge``'s. numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sam_widget.geometry import Frame

    Grid = NDArray[np.float32]
    Region = tuple[int, int, int, int]  # x0, y0, x1, y1, half open


def image_logits(logits: Grid, frame: Frame) -> Grid:
    """Bring logits to the image's size as the reference does.

    Parameters
    ----------
    logits : ndarray
        (h, w) float32 on the model's grid.
    frame : Frame
        Between the image and the model's input.

    Returns
    -------
    ndarray
        (H, W) float32, in two bilinear steps: first to the model's input, its padding cut off, then
        to the image; of a stretched picture in the second alone.
    """
    side, (width, height) = frame.on_the_way(len(logits))
    inside = bilinear(logits, (side, side), (0, 0, width, height))
    return bilinear(inside, (frame.width, frame.height), (0, 0, frame.width, frame.height))


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
