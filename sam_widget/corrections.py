"""Corrections by hand, applied to masks: one entry a kind. Knows no session, asks no model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .components import drop_islands, fill_holes
from .document.corrections import Brush, CleanUp
from .masks import Mask
from .strokes import erased, painted, stroke

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .document.corrections import Correction


def corrected(mask: Mask, corrections: Iterable[Correction]) -> Mask:
    """Return a mask after corrections, in their order."""
    for each in corrections:
        mask = CHANGES[each.tag](each, mask)
    return mask


def empty(width: int, height: int) -> Mask:
    """Return the mask that an object by hand alone begins with."""
    return Mask((width, height), (0, 0, 0, 0), np.zeros(0, np.uint32))


def _brush(brush: Brush, mask: Mask) -> Mask:
    path = np.array(brush.path, np.float64).reshape(-1, 2)
    spans = stroke(mask.size, path, brush.width)
    return painted(mask, spans) if brush.positive else erased(mask, spans)


def _cleaned(clean_up: CleanUp, mask: Mask) -> Mask:
    filled = fill_holes(mask, clean_up.holes)
    everything = filled.area == filled.size[0] * filled.size[1]
    return drop_islands(mask if everything else filled, clean_up.islands)


CHANGES: Mapping[str, Callable[[Any, Mask], Mask]] = {
    Brush.tag: _brush,
    CleanUp.tag: _cleaned,
}
