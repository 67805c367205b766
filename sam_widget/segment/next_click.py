"""Where candidates do not agree, and which click would settle most of it. No model, no screen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sam_widget.components import drop_islands
from sam_widget.masks import Mask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SIDE = 256  # the longer side that is looked at, px: what is finer no finger meets
SMALLEST = 0.01  # a part's share of all that any candidate holds: less is not worth a click
APART = 0.02  # of the longer side: how far a click stays from prompts that are there
LEAST = 0.05  # what a candidate counts at the least, however little its model thinks of it


@dataclass(frozen=True)
class NextClick:
    """A click where candidates do not agree.

    Attributes
    ----------
    x, y : float
        Image pixels, pixel centres at .5: the middle of the part that it decides about.
    positive : bool
        The likelier sign: what the better part of the candidates, by predicted IoU, says there.
    keeps : tuple of int
        The candidates that agree with this sign; the others agree with the opposite one.
    area : int
        About the pixels of the part.
    """

    x: float
    y: float
    positive: bool
    keeps: tuple[int, ...]
    area: int


def next_click(
    masks: Sequence[Mask] | NDArray[np.bool_],
    scores: NDArray[np.floating],
    taken: Sequence[tuple[float, float]] = (),
) -> NextClick | None:
    """Return the click that would settle most of what candidates do not agree about.

    Of the parts on each of which the candidates say one thing, but not all the same, that with the
    most pixels counts, weighed by how evenly the candidates are split; and in it the place
    farthest from its border.

    Parameters
    ----------
    masks : sequence of Mask, or ndarray
        The candidates, or (M, H, W) bool; of a large image one at a time is decoded.
    scores : ndarray
        (M,) float, their predicted IoU, 0..1.
    taken : sequence of pairs
        x y of the points that are there, image pixels: the click stays away from them.

    Returns
    -------
    NextClick or None
        None where they agree, but for what is not worth a click.
    """
    step = max(1, math.ceil(max(masks[0].shape) / SIDE))
    given = map(Mask.of, masks)
    small = np.stack([each.sampled(step) for each in given])
    weights = np.clip(np.nan_to_num(np.asarray(scores, float)), LEAST, 1)
    weights /= weights.sum()
    free = _away(small.shape[1:], taken, step)
    said = np.tensordot(
        2 ** np.arange(len(small)), small, 1
    )  # (h, w): who holds each pixel, in bits
    least = SMALLEST * np.count_nonzero(said)
    best, worth = None, 0.0
    for holders in sorted({*np.unique(said[free]).tolist()} - {0, 2 ** len(small) - 1}):
        share = float(sum(w for i, w in enumerate(weights) if holders >> i & 1))
        part = _largest((said == holders) & free)
        gain = share * (1 - share) * part.area
        if part.area > least and gain > worth:
            best, worth = (part, holders, share), gain
    if best is None:
        return None
    part, holders, share = best
    x, y = _innermost(part.to_array())
    positive = share >= 0.5
    keeps = tuple(i for i in range(len(small)) if (holders >> i & 1) == positive)
    half = step // 2 + 0.5
    return NextClick(x * step + half, y * step + half, positive, keeps, part.area * step**2)


def _away(
    size: tuple[int, ...], taken: Sequence[tuple[float, float]], step: int
) -> NDArray[np.bool_]:
    """Return (h, w) bool: what is not too near to a point."""
    rows, columns = np.ogrid[: size[0], : size[1]]
    near = max(2.0, APART * max(size))
    free = np.ones(size, np.bool_)
    for x, y in taken:
        free &= (columns + 0.5 - x / step) ** 2 + (rows + 0.5 - y / step) ** 2 > near**2
    return free


def _largest(inside: NDArray[np.bool_]) -> Mask:
    """Return the largest connected piece."""
    return drop_islands(Mask.from_array(inside), math.inf)


def _innermost(inside: NDArray[np.bool_]) -> tuple[int, int]:
    """Return (x, y) of a pixel farthest from what is outside, the photo's border among it.

    The distance is an octagon's: of a few percent from Euclid's, and no more than numpy needs.
    """
    left = np.pad(inside, 1)
    depth = np.zeros(left.shape, np.int32)
    diagonal = False
    while left.any():
        depth += left
        inner = left[1:-1, 1:-1] & left[:-2, 1:-1] & left[2:, 1:-1]
        inner &= left[1:-1, :-2] & left[1:-1, 2:]
        if diagonal:
            inner &= left[:-2, :-2] & left[:-2, 2:] & left[2:, :-2] & left[2:, 2:]
        left, diagonal = np.pad(inner, 1), not diagonal
    ys, xs = np.nonzero(depth == depth.max())
    middle = ((xs - xs.mean()) ** 2 + (ys - ys.mean()) ** 2).argmin()
    return int(xs[middle]) - 1, int(ys[middle]) - 1
