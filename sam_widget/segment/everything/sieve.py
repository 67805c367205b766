"""What shows of all that was found, and which filter drops the rest. numpy; no model, no screen.

``js/src/everything/sieve.ts`` has the same rule, so that a slider needs no kernel, and what Python
returns is what the page shows: ``tests/golden/sieve.json`` holds both to it, to the last digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from .search import driven_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sam_widget.geometry import Box

Filter: TypeAlias = Literal["predicted_iou", "stability", "area", "overlap"]


@dataclass(frozen=True)
class Measures:
    """What the filters ask of one mask.

    Attributes
    ----------
    predicted_iou, stability : float
        0..1, as float32 has them.
    area : int
        Pixels.
    box : tuple of int
        x0, y0, x1, y1, half open, in image pixels.
    """

    predicted_iou: float
    stability: float
    area: int
    box: Box


@dataclass(frozen=True)
class Fate:
    """What has become of one mask.

    Attributes
    ----------
    dropped : str or None
        The filter that drops it, the first in the order of a Sieve's; None where it shows.
    by : int or None
        Which mask drove it out, where it was the last filter.
    share : float
        The IoU of their boxes then, else 0.
    """

    dropped: Filter | None = None
    by: int | None = None
    share: float = 0.0


@dataclass(frozen=True)
class Sieve:
    """The filters, in the order in which they are asked; any finite numbers will do.

    Attributes
    ----------
    predicted_iou : float
        Masks of a predicted IoU up to this are dropped; 0 drops none.
    stability : float
        Masks of a lower stability are; 0 drops none.
    area : int
        Masks of fewer pixels are; an empty one always.
    overlap : float
        IoU of boxes above which the surer of two that are left drives out the other.
    """

    predicted_iou: float = 0.88
    stability: float = 0.95
    area: int = 0
    overlap: float = 0.7

    def fates(self, found: Sequence[Measures]) -> tuple[Fate, ...]:
        """Say of each mask whether it shows, and if not, why."""
        iou = np.array([each.predicted_iou for each in found], np.float32)
        stability = np.array([each.stability for each in found], np.float32)
        area = np.array([each.area for each in found], np.int64)
        tests: tuple[tuple[Filter, np.ndarray], ...] = (
            ("predicted_iou", (iou <= np.float32(self.predicted_iou)) & (self.predicted_iou > 0)),
            ("stability", ~(stability >= np.float32(self.stability)) & (self.stability > 0)),
            ("area", area < max(1, self.area)),
        )
        fates: list[Fate] = [Fate()] * len(found)
        left = np.ones(len(found), np.bool_)
        for name, fails in tests:
            for i in np.flatnonzero(left & fails).tolist():
                fates[i] = Fate(name)
            left &= ~fails
        rest = np.flatnonzero(left)
        boxes = np.array([each.box for each in found], np.float32).reshape(-1, 4)[rest]
        _, by, share = driven_out(boxes, iou[rest], self.overlap)
        for i in np.flatnonzero(by >= 0).tolist():
            fates[rest[i]] = Fate("overlap", int(rest[by[i]]), float(share[i]))
        return tuple(fates)
