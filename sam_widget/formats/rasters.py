"""One number for each pixel: how several regions share a picture, and which they are in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from sam_widget.errors import shown
from sam_widget.masks import Mask

from .errors import DataError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .annotated import Annotated

OnTop = Literal["smaller", "later"]

MOST_PIXELS = 2**29  # of a picture that is decoded whole
MOST_PIECES = 2**25  # of rows; what they take of memory is a gigabyte


def numbered(annotated: Annotated, on_top: OnTop = "smaller") -> NDArray[np.uint32]:
    """Return (H, W) uint32: 0 outside, and the n-th region's number n, from 1.

    Parameters
    ----------
    annotated
    on_top : "smaller" or "later"
        Which of two regions has the pixels that both cover.
    """
    if on_top not in {"smaller", "later"}:
        raise DataError(f'on_top is "smaller" or "later", not {shown(on_top)}.')
    width, height = annotated.size
    check_size((width, height), annotated.name)
    labels = np.zeros((height, width), np.uint32)
    order = range(len(annotated.regions))
    if on_top == "smaller":
        order = sorted(order, key=lambda n: -annotated.regions[n].area)  # type: ignore[assignment]
    for number in order:
        mask = annotated.regions[number].mask
        x0, y0, x1, y1 = mask.box
        labels[y0:y1, x0:x1][mask.cut(mask.box)] = number + 1
    return labels


def masks_in(labels: NDArray[np.integer]) -> dict[int, Mask]:
    """Return the mask of each number but 0, in ascending order, of (H, W) integers.

    Raises
    ------
    DataError
        They are in more pieces of rows than things have.
    """
    height, width = labels.shape
    flat = labels.ravel()
    turns = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    rows = np.flatnonzero(flat[::width]) * width  # a row that begins with background needs none
    if len(turns) + len(rows) > MOST_PIECES:
        raise DataError(
            f"a label image of over {MOST_PIECES} pieces of rows is of no things that can be meant."
        )
    starts = np.unique(np.concatenate([turns, rows]))
    ends = np.append(starts[1:], flat.size)
    whose = flat[starts]
    there = whose != 0
    starts, ends, whose = starts[there], ends[there], whose[there]
    order = whose.argsort(kind="stable")
    values, first = np.unique(whose[order], return_index=True)
    pieces = np.split(np.stack([starts, ends], 1)[order], first[1:])
    size = (width, height)
    return {
        int(value): Mask.from_spans(size, spans)
        for value, spans in zip(values, pieces, strict=False)
    }


def pasted(cut: NDArray[np.bool_], corner: tuple[int, int], size: tuple[int, int]) -> Mask:
    """Return the mask of a picture of ``size`` that a part of it, (h, w) bool, says.

    ``corner`` is x0, y0 of the part, which lies in the picture.
    """
    part = Mask.from_array(cut)
    if not part.area:
        return Mask.from_spans(size, [])
    (x, y), (x0, y0, x1, y1) = corner, part.box
    return Mask(size, (x0 + x, y0 + y, x1 + x, y1 + y), part.runs)


def back_from(labels: NDArray[np.integer], count: int) -> list[Mask | None]:
    """Return what ``count`` regions have left in a picture of their numbers."""
    there = masks_in(labels)
    return [there.get(number) for number in range(1, count + 1)]


def check_size(size: tuple[int, int], where: str) -> None:
    """Raise a DataError for a picture that is too large to be decoded whole."""
    if min(size) < 1 or size[0] * size[1] > MOST_PIXELS:
        raise DataError(
            f"{where}: a picture of {size[0]} x {size[1]} px is not read whole; 1 to"
            f" {MOST_PIXELS} px are."
        )
