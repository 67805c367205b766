"""Measurement: counts, areas and lengths of objects, and how far each may be off. No model."""

from __future__ import annotations

import html
import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sam_widget.errors import SamError, shown
from sam_widget.extents import diameter, perimeter

from .tables import frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sam_widget.masks import Mask

SCALE = re.compile(
    r"\s*(?:([\d.eE+-]+)\s*px\s*=\s*)?([\d.eE+-]+)\s*([^\d\s=][^=]*?)\s*(?:/\s*px)?\s*"
)
SAME = 0.5  # IoU with the object from which on another mask is still of it


class MeasureError(SamError):
    """A scale that is none."""


@dataclass(frozen=True)
class Scale:
    """How long a pixel's side is, and in which unit."""

    side: float = 1.0
    unit: str = "px"

    @classmethod
    def of(cls, unit: Any, scale: Any) -> Scale:
        """Take what a user says: a unit, and a number of them for a pixel, or both in a text."""
        if unit is not None and not (isinstance(unit, str) and unit.strip()):
            raise MeasureError(f"unit is a text such as 'mm', not {shown(unit)}.")
        if scale is None and unit is None:
            return cls()
        if isinstance(scale, str):
            read = cls._read(scale)
            if unit is not None and unit.strip() != read.unit:
                raise MeasureError(
                    f"scale says {shown(read.unit)} and unit {shown(unit)}: give one of the two."
                )
            return read
        number = isinstance(scale, int | float) and not isinstance(scale, bool)
        if unit is None or not number or not 0 < scale < math.inf:
            raise MeasureError(
                "A unit wants the length of a pixel's side in it: scale='0.5 um', scale='100 px ="
                f" 5 mm', or unit='mm' with scale=0.05, not unit={shown(unit)},"
                f" scale={shown(scale)}."
            )
        return cls(float(scale), unit.strip())

    @classmethod
    def _read(cls, text: str) -> Scale:
        found = SCALE.fullmatch(text)
        try:
            pixels, length = (float(each or 1) for each in found.groups()[:2]) if found else (0, 0)
        except ValueError:
            pixels = length = 0
        if found is None or not (0 < pixels < math.inf and 0 < length < math.inf):
            raise MeasureError(
                "scale is the length of a pixel's side, such as '0.5 um', or '100 px = 5 mm', not"
                f" {shown(text)}."
            )
        return cls(length / pixels, found[3])


@dataclass(frozen=True)
class Measured:
    """One value, and between which it lies by other masks of the same.

    Attributes
    ----------
    value : float
        Of the mask as it is.
    by_candidates : tuple of float or None
        Lowest and highest of the model's three candidates; None where no model drew it.
    by_clicks : tuple of float or None
        Lowest and highest where its clicks and boxes lie some pixels beside; None where there are
        none.
    """

    value: float
    by_candidates: tuple[float, float] | None = None
    by_clicks: tuple[float, float] | None = None

    def __str__(self) -> str:
        return _short(self.value) + "".join(
            f" ({_short(low)} to {_short(high)} {what})"
            for what, pair in (("by clicks", self.by_clicks), ("by candidates", self.by_candidates))
            if pair is not None
            for low, high in [pair]
        )


@dataclass(frozen=True)
class ObjectMeasured:
    """What is measured of one object, in the measurement's unit."""

    id: str
    label: str
    area: Measured
    length: Measured
    perimeter: Measured


@dataclass(frozen=True, repr=False)
class Measurement:
    """What `w.measure()` finds. ``df`` is a table of pandas, where that is installed.

    Attributes
    ----------
    objects : tuple of ObjectMeasured
        In the order of the page's numbers: ``area`` in square units, ``length`` (the longest
        diameter) and ``perimeter`` in units.
    count : Measured
        How many there are; by other candidates or clicks those are not counted whose mask becomes
        another one (IoU below 0.5).
    unit : str
        "px" where no scale was given.
    scale : float
        Units along a pixel's side.
    """

    objects: tuple[ObjectMeasured, ...]
    count: Measured
    unit: str
    scale: float

    @property
    def df(self) -> Any:
        """The same as a pandas.DataFrame, one row an object; SamError where pandas is missing."""
        return frame([self._row(each) for each in self.objects])

    def __repr__(self) -> str:
        rows = [f"{self.count} object{'s' * (self.count.value != 1)}"]
        for number, each in enumerate(self.objects, 1):
            name = f" {each.label}" if each.label else ""
            rows.append(
                f"{number}{name}: area {each.area} {self.unit}\N{SUPERSCRIPT TWO}, length"
                f" {each.length} {self.unit}, perimeter {each.perimeter} {self.unit}"
            )
        return "\n".join(rows)

    def _repr_html_(self) -> str:
        sizes = ("area", "length", "perimeter")
        units = (f"{self.unit}\N{SUPERSCRIPT TWO}", self.unit, self.unit)
        heads = ("", "label", *map(", ".join, zip(sizes, units, strict=True)))
        rows = [
            (str(n), each.label, str(each.area), str(each.length), str(each.perimeter))
            for n, each in enumerate(self.objects, 1)
        ]
        said = html.escape(f"{self.count} object{'s' * (self.count.value != 1)}")
        return f"<p>{said}</p><table><thead>{_line('th', heads)}</thead><tbody>" + (
            "".join(_line("td", row) for row in rows) + "</tbody></table>"
        )

    def _row(self, each: ObjectMeasured) -> dict[str, Any]:
        row: dict[str, Any] = {"id": each.id, "label": each.label, "unit": self.unit}
        for name in ("area", "length", "perimeter"):
            one: Measured = getattr(each, name)
            row[name] = one.value
            for what in ("clicks", "candidates"):
                pair = getattr(one, f"by_{what}") or (math.nan, math.nan)
                row[f"{name}_low_by_{what}"], row[f"{name}_high_by_{what}"] = pair
        return row


@dataclass(frozen=True)
class Seen:
    """An object, and what else it might have been.

    Attributes
    ----------
    id, label : str
    mask : Mask
    candidates : tuple of Mask
        The model's three, with what was done by hand; none where no model drew it.
    clicked : tuple of Mask
        Those of clicks beside its own.
    """

    id: str
    label: str
    mask: Mask
    candidates: tuple[Mask, ...] = ()
    clicked: tuple[Mask, ...] = ()


def measured(seen: Sequence[Seen], scale: Scale) -> Measurement:
    """Measure objects."""
    side = scale.side
    rows = tuple(
        ObjectMeasured(
            each.id,
            each.label,
            _times(_over(each, lambda mask: float(mask.area)), side * side),
            _times(_over(each, diameter), side),
            _times(_over(each, perimeter), side),
        )
        for each in seen
    )
    count = Measured(
        len(seen),
        _surviving(seen, [each.candidates for each in seen]),
        _surviving(seen, [each.clicked for each in seen]),
    )
    return Measurement(rows, count, scale.unit, side)


def _over(each: Seen, of: Any) -> Measured:
    def pair(masks: Iterable[Mask]) -> tuple[float, float] | None:
        values = [of(mask) for mask in masks]
        return (min(*values, own), max(*values, own)) if values else None

    own = of(each.mask)
    return Measured(own, pair(each.candidates), pair(each.clicked))


def _times(one: Measured, factor: float) -> Measured:
    def times(pair: tuple[float, float] | None) -> tuple[float, float] | None:
        return None if pair is None else (pair[0] * factor, pair[1] * factor)

    return replace(
        one,
        value=one.value * factor,
        by_candidates=times(one.by_candidates),
        by_clicks=times(one.by_clicks),
    )


def _surviving(
    seen: Sequence[Seen], others: Sequence[tuple[Mask, ...]]
) -> tuple[float, float] | None:
    """Return how many stay what they are whatever other mask is taken, and how many there are."""
    if not any(others):
        return None
    sure = sum(
        all(each.mask.iou(mask) >= SAME for mask in masks)
        for each, masks in zip(seen, others, strict=True)
    )
    return sure, len(seen)


def _short(value: float) -> str:
    return f"{value:.4g}" if abs(value) < 10_000 else f"{value:.0f}"


def _line(tag: str, cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{html.escape(each)}</{tag}>' for each in cells)}</tr>"
