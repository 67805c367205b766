"""How well a mask agrees with the true one: IoU, Dice, boundary F. Numbers only, no model."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .run_lengths import MaskError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .masks import Mask

TOLERANCE = 0.008  # of the image's diagonal: how far a border may lie off, as DAVIS has it


@dataclass(frozen=True)
class Agreement:
    """A mask beside the true one; each 0..1, and 1 where both are empty.

    Attributes
    ----------
    iou : float
        Intersection over union.
    dice : float
        Twice the intersection over the sum of both areas.
    boundary : float
        Boundary F: the harmonic mean of the shares of either border that lie near the other's, at
        most 0.008 of the diagonal apart (Perazzi et al., "A Benchmark Dataset and Evaluation
        Methodology for Video Object Segmentation", 2016, with the borders and the disk of its
        published code).
    """

    iou: float
    dice: float
    boundary: float

    @classmethod
    def of(cls, mask: Mask, truth: Mask) -> Agreement:
        """Compare a mask with the true one.

        Raises
        ------
        MaskError
            They are of images of different sizes.
        """
        total = mask.area + truth.area
        dice = 2 * mask.intersection(truth) / total if total else 1.0
        return cls(mask.iou(truth), dice, boundary_f(mask, truth))


def boundary_f(mask: Mask, truth: Mask, tolerance: float = TOLERANCE) -> float:
    """Return how well two masks' borders agree, 0..1.

    Parameters
    ----------
    mask, truth : Mask
        Of one image's size.
    tolerance : float
        How far apart they may lie: a share of the diagonal below 1, else pixels.

    Raises
    ------
    MaskError
        They are of images of different sizes.
    """
    if mask.size != truth.size:
        raise MaskError(f"Masks of {mask.size} and {truth.size} px are of different images.")
    reach = math.ceil(tolerance * math.hypot(*mask.size)) if tolerance < 1 else int(tolerance)
    window = _window(mask, truth, reach)
    ours, theirs = _border(mask, window), _border(truth, window)
    if not ours.any() or not theirs.any():
        return float(ours.any() == theirs.any())
    precision = _share_near(ours, theirs, reach)
    recall = _share_near(theirs, ours, reach)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _window(mask: Mask, truth: Mask, reach: int) -> tuple[int, int, int, int]:
    """Return x0, y0, x1, y1: what holds both masks, and what their borders may reach."""
    boxes = [each.box for each in (mask, truth) if each.area]
    if not boxes:
        return 0, 0, 0, 0
    edge = reach + 1
    (x0, y0), (x1, y1) = (
        [min(box[i] for box in boxes) - edge for i in (0, 1)],
        [max(box[i] for box in boxes) + edge for i in (2, 3)],
    )
    width, height = mask.size
    return max(0, x0), max(0, y0), min(width, x1), min(height, y1)


def _border(mask: Mask, window: tuple[int, int, int, int]) -> NDArray[np.bool_]:
    """Return (h, w) bool, in the window: a mask's border.

    A pixel is on it that is another than the one at its right, below it or between them: pixels of
    the mask and beside it. The image's last row and column have no such neighbour.
    """
    left, top, right, bottom = window
    wide, high = right - left, bottom - top
    inside = np.zeros((high + 1, wide + 1), np.bool_)
    if mask.area:
        x0, y0, x1, y1 = mask.box
        inside[y0 - top : y1 - top, x0 - left : x1 - left] = mask.cut(mask.box)
    inside[high] = inside[high - 1]
    inside[:, wide] = inside[:, wide - 1]
    here = inside[:-1, :-1]
    border: NDArray[np.bool_] = here != inside[:-1, 1:]
    border |= here != inside[1:, :-1]
    border |= here != inside[1:, 1:]
    return border


def _share_near(some: NDArray[np.bool_], others: NDArray[np.bool_], reach: int) -> float:
    """Return the share of some pixels that have one of the others within `reach`."""
    high, wide = others.shape
    before = np.zeros((high, wide + 1), np.int32)  # of the others, in a pixel's row
    np.cumsum(others, axis=1, out=before[:, 1:])
    rows, columns = np.nonzero(some)
    count = len(rows)
    # the disk's rows, from its middle on: most are near there, and need not be asked about again
    for down in sorted(range(-reach, reach + 1), key=abs):
        across = math.isqrt(reach * reach - down * down)
        there = np.clip(rows + down, 0, high - 1)
        found = before[there, np.minimum(columns + across + 1, wide)]
        found = found - before[there, np.maximum(columns - across, 0)]
        far = (found == 0) | (there != rows + down)
        rows, columns = rows[far], columns[far]
    return 1 - len(rows) / count
