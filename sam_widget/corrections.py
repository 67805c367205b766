"""Corrections by hand, applied to masks: one entry a kind. Knows no session, asks no model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .components import drop_islands, fill_holes
from .document.corrections import Brush, CleanUp, Combine
from .masks import Mask
from .strokes import erased, painted, stroke, union

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeAlias

    from .document.corrections import Correction

    Read: TypeAlias = Callable[[str], Mask]  # the mask of a blob's name


def _nowhere(blob: str) -> Mask:
    raise LookupError(f"There is no mask {blob} here.")


def corrected(mask: Mask, corrections: Iterable[Correction], read: Read = _nowhere) -> Mask:
    """Return a mask after corrections, in their order; ``read`` gives those that they name."""
    for each in corrections:
        mask = CHANGES[each.tag](each, mask, read)
    return mask


def empty(width: int, height: int) -> Mask:
    """Return the mask that an object by hand alone begins with."""
    return Mask((width, height), (0, 0, 0, 0), np.zeros(0, np.uint32))


def _brush(brush: Brush, mask: Mask, _: Read) -> Mask:
    path = np.array(brush.path, np.float64).reshape(-1, 2)
    spans = stroke(mask.size, path, brush.width)
    return painted(mask, spans) if brush.positive else erased(mask, spans)


def _cleaned(clean_up: CleanUp, mask: Mask, _: Read) -> Mask:
    filled = fill_holes(mask, clean_up.holes)
    everything = filled.area == filled.size[0] * filled.size[1]
    return drop_islands(mask if everything else filled, clean_up.islands)


def _combined(combine: Combine, mask: Mask, read: Read) -> Mask:
    other = read(combine.blob)
    return TOGETHER[combine.how](mask, other)


def united(mask: Mask, *others: Mask) -> Mask:
    """Return the pixels of any of some masks of one size."""
    spans = [mask.spans(), *(each.spans() for each in others)]
    return Mask.from_spans(mask.size, union(mask.size, np.concatenate(spans)))


def without(mask: Mask, *others: Mask) -> Mask:
    """Return the pixels of a mask that are in none of the others."""
    return erased(mask, united(*others).spans()) if others else mask


def common(mask: Mask, *others: Mask) -> Mask:
    """Return the pixels of a mask that are in each of the others."""
    for each in others:
        mask = without(mask, without(mask, each))
    return mask


TOGETHER: Mapping[str, Callable[..., Mask]] = {
    "unite": united,
    "subtract": without,
    "intersect": common,
}

CHANGES: Mapping[str, Callable[[Any, Mask, Read], Mask]] = {
    Brush.tag: _brush,
    CleanUp.tag: _cleaned,
    Combine.tag: _combined,
}
