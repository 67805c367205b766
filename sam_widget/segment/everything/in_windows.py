"""Everything in a huge picture: window by window, and what two of them see once. Knows no model.

A thing that one window cuts off lies whole in its neighbour, or in a coarser window: windows of one
shrink overlap by a quarter of their side, and each shrink is twice the one before, until one window
is all of the picture. Coarser ones add a third to the work.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby, product
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from sam_widget.masks import Mask
from sam_widget.segment.windows import SIDE, Look

from .search import near_edge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from sam_widget.images.huge import HugePicture

    from .find import Proposal, Sweep
    from .search import Search

    Size = tuple[int, int]

SHARED = SIDE // 4  # px of a window as the model is given it, which the next one has, too
WITHIN = 0.9  # of a mask that lies in another: the same thing, where it is half as large or larger
HALF = 0.5


@dataclass(frozen=True, eq=False)
class Seen:
    """How far the windows are: a Sweep's numbers over all of them, and what is found at the end.

    Attributes
    ----------
    done, total : int
        Points asked about, and to be asked about, in all windows.
    highest_iou, highest_stability : float
        As a Sweep's.
    found : tuple of Proposal
        Of the windows that are through, the surest first; their crop is the window.
    """

    done: int
    total: int
    highest_iou: float = -inf
    highest_stability: float = -inf
    found: tuple[Proposal, ...] = ()


def windows(size: Size) -> list[Look]:
    """Return the windows of a picture of (width, height), the finest first, all of it last."""
    looks, shrink = [], 1
    while SIDE * shrink < max(size):
        across, down = (_starts(side, shrink) for side in size)
        looks += [Look(_box(x, y, shrink, size), shrink) for y, x in product(down, across)]
        shrink *= 2
    return [*looks, Look((0, 0, *size), shrink)]


def _starts(most: int, shrink: int) -> list[int]:
    last = max(0, most - SIDE * shrink)
    return [*range(0, last, (SIDE - SHARED) * shrink), last]


def _box(x: int, y: int, shrink: int, size: Size) -> tuple[int, int, int, int]:
    side = SIDE * shrink
    return x, y, min(x + side, size[0]), min(y + side, size[1])


def everything_in_windows(
    picture: HugePicture, search: Search, look: Callable[[NDArray[np.uint8]], Iterator[Sweep]]
) -> Iterator[Seen]:
    """Look for everything in each window; one is in memory at a time, and masks as run lengths.

    Parameters
    ----------
    picture : HugePicture
    search : Search
        Its grid and its crops are each window's.
    look : callable
        Takes (H, W, 3) uint8 RGB, a window as the model is given it, and yields its Sweeps.

    Yields
    ------
    Seen
        After every few points; the last one's ``found`` is the answer. Leave the loop to stop.
    """
    plan = windows(picture.size)
    now = Seen(0, sum(search.points(_given(each)) for each in plan))
    yield now
    for _, looks in groupby(plan, key=lambda each: each.shrink):
        here: list[Proposal] = []
        for each in looks:
            before, sweep = now, None
            for sweep in look(picture.window(each.box, each.shrink)):
                now = replace(
                    before,
                    done=before.done + sweep.done,
                    highest_iou=max(before.highest_iou, sweep.highest_iou),
                    highest_stability=max(before.highest_stability, sweep.highest_stability),
                )
                yield now
            found = sweep.found if sweep else ()
            its = (one for one in found if _is_its(one, each, picture.size))
            here += [_placed(one, each, picture.size) for one in its]
        now = replace(now, found=once(now.found, here, search.crop_nms_thresh))
    yield replace(now, found=tuple(sorted(now.found, key=lambda one: -one.predicted_iou)))


def _given(look: Look) -> Size:
    """Return (width, height) of a window as the model is given it."""
    x0, y0, x1, y1 = look.box
    return -(-(x1 - x0) // look.shrink), -(-(y1 - y0) // look.shrink)


def _is_its(one: Proposal, look: Look, size: Size) -> bool:
    """Whether a window's mask is neither cut off by it nor whole in one that sees it larger."""
    x0, y0, x1, y1 = one.box
    if look.shrink > 1 and max(x1 - x0, y1 - y0) < SHARED // 2:
        return False
    wide, high = _given(look)
    left, top = (at // look.shrink for at in look.box[:2])
    all_of_it = -(-size[0] // look.shrink), -(-size[1] // look.shrink)
    return x1 > x0 and not near_edge(one.box, (left, top, left + wide, top + high), all_of_it)


def _placed(one: Proposal, look: Look, size: Size) -> Proposal:
    """Return a window's mask as the picture's. Its border is as fine as the window's pixels."""
    left, top, *_ = look.box
    mask = _enlarged(one.mask, look, size)
    x, y = (each * look.shrink for each in one.point)
    point = min(left + x, size[0] - 0.5), min(top + y, size[1] - 0.5)
    return replace(one, box=mask.box, point=point, crop=look.box, drawing=mask, size=size)


def _enlarged(mask: Mask, look: Look, size: Size) -> Mask:
    if look.shrink == 1:
        box = tuple(at + look.box[i % 2] for i, at in enumerate(mask.box))
        return Mask(size, (box[0], box[1], box[2], box[3]), mask.runs)
    left, top, *_ = look.box
    spans = mask.spans()
    row = spans[:, 0] // mask.size[0]
    columns = (spans - (row * mask.size[0])[:, None]) * look.shrink + left
    columns = np.minimum(columns, size[0])
    rows = (row * look.shrink + top)[:, None] + np.arange(look.shrink)
    flat = rows[..., None] * size[0] + columns[:, None]
    flat = flat[rows < size[1]]
    return Mask.from_spans(size, flat[np.argsort(flat[:, 0])])


def once(
    kept: Sequence[Proposal], found: Sequence[Proposal], overlap: float
) -> tuple[Proposal, ...]:
    """Add what no other window has seen: of two that are the same thing, the surer stays.

    The same are masks of different windows whose IoU is above `overlap`, and those of which the
    smaller lies in the other by nine tenths and is at least half as large. Parts of things stay.

    Parameters
    ----------
    kept : sequence of Proposal
        Of finer windows, which saw it larger: they all stay.
    found : sequence of Proposal
        Of windows of one shrink.
    overlap : float
    """
    all_of_them = [*kept, *sorted(found, key=lambda one: -one.predicted_iou)]
    boxes = np.array([one.box for one in all_of_them], np.int64).reshape(-1, 4)
    areas = np.array([one.mask.area for one in all_of_them], np.float64)
    stays = np.arange(len(all_of_them)) < len(kept)
    for i in range(len(kept), len(all_of_them)):
        (x0, y0, x1, y1), before = boxes[i], boxes[:i]
        meets = (before[:, :2] < (x1, y1)).all(axis=1) & (before[:, 2:] > (x0, y0)).all(axis=1)
        alike = np.minimum(areas[:i], areas[i]) >= min(overlap, HALF) * np.maximum(
            areas[:i], areas[i]
        )
        rivals = np.flatnonzero(stays[:i] & meets & alike)
        stays[i] = not any(_same(all_of_them[j], all_of_them[i], overlap) for j in rivals)
    return tuple(one for one, stay in zip(all_of_them, stays, strict=True) if stay)


def _same(a: Proposal, b: Proposal, overlap: float) -> bool:
    if a.crop == b.crop:  # one window's masks were compared as any picture's are
        return False
    small, large = sorted((a.mask.area, b.mask.area))
    shared = a.mask.intersection(b.mask)
    if shared > overlap * (small + large - shared):
        return True
    return shared >= WITHIN * small and small >= HALF * large
