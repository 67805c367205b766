"""A mask's connected pieces: counted, small holes filled, small islands dropped. No pixels.

Pixels that touch at a side or a corner belong together, those of the mask and those around it, as
in ``segment_anything``'s clean-up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .masks import Mask

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Spans = NDArray[np.int64]  # (N, 2): pieces of rows, as Mask.spans() returns them


def islands(mask: Mask) -> int:
    """Return how many pieces the mask is in; 0 for an empty one."""
    _, areas = _pieces(mask.spans(), mask.size[0])
    return int(np.count_nonzero(areas))


def fill_holes(mask: Mask, smaller_than: float) -> Mask:
    """Add every piece of the background that has fewer pixels; the mask itself if there is none."""
    around = _around(mask)
    piece, areas = _pieces(around, mask.size[0])
    small = areas[piece] < smaller_than
    if not small.any():
        return mask
    spans = np.concatenate([mask.spans(), around[small]])
    return Mask.from_spans(mask.size, spans[spans[:, 0].argsort()])


def drop_islands(mask: Mask, smaller_than: float) -> Mask:
    """Leave out every piece that has fewer pixels; the mask itself if there is none.

    Of pieces that are all smaller the largest stays.
    """
    spans = mask.spans()
    piece, areas = _pieces(spans, mask.size[0])
    kept = areas[piece] >= smaller_than
    if kept.all():
        return mask
    if not kept.any():
        kept = piece == areas.argmax()
    return Mask.from_spans(mask.size, spans[kept])


def _around(mask: Mask) -> Spans:
    """Return the spans of the pixels that are not in the mask."""
    width, height = mask.size
    spans = mask.spans()
    rows = np.arange(height + 1) * width
    # within a row the background goes from its begin or a piece's end to a piece's begin or its end
    starts = np.sort(np.concatenate([rows[:-1], spans[:, 1]]))
    ends = np.sort(np.concatenate([rows[1:], spans[:, 0]]))
    return np.stack([starts, ends], axis=1)[starts < ends]


def _pieces(spans: Spans, width: int) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """For each span the number of its piece, the number of a span in it; areas by that number."""
    row = spans[:, 0] // width
    # two columns more keep the end of one row apart from the begin of the next
    start, end = spans[:, 0] + 2 * row, spans[:, 1] + 2 * row
    above = width + 2
    first = end.searchsorted(start - above, "left")
    stop = start.searchsorted(end - above, "right")
    count = np.maximum(stop - first, 0)
    below = np.repeat(np.arange(len(spans)), count)
    over = np.arange(count.sum()) + np.repeat(first - (count.cumsum() - count), count)

    # Each span points to an earlier one of its piece, at last all to the first.
    piece = np.arange(len(spans))
    while True:
        one, other = piece[below], piece[over]
        apart = one != other
        if not apart.any():
            break
        one, other = one[apart], other[apart]
        np.minimum.at(piece, np.maximum(one, other), np.minimum(one, other))
        while ((further := piece[piece]) != piece).any():
            piece = further
    areas = np.bincount(piece, spans[:, 1] - spans[:, 0], len(spans)).astype(np.int64)
    return piece, areas
