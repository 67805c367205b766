"""What is known of a region beyond its mask, as JSON and back. Each format says where it stands."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from sam_widget.document.corrections import Correction
from sam_widget.document.plain import LONGEST, MalformedError, from_plain, to_plain
from sam_widget.document.records import Prompt
from sam_widget.errors import shown
from sam_widget.made import Made

from .errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sam_widget.regions import Region

BLOCK = "sam_widget"  # the key under which a file has it

_MADE = {each.name: each.type for each in fields(Made)}


def told(region: Region) -> dict[str, Any]:
    """Return what the formats themselves have no key for; nothing that is empty."""
    made = region.made or Made()
    said = {
        "id": region.id,
        "locked": region.locked,
        "protected": region.protected,
        "parent": region.parent,
        "prompts": to_plain(region.prompts),
        "corrections": to_plain(region.corrections),
        "made": {name: value for name, value in vars(made).items() if value not in ("", None)},
    }
    return {name: value for name, value in said.items() if value}


def everything(region: Region) -> dict[str, Any]:
    """Return all that is known beside mask and label, for formats without keys of their own."""
    said = {
        "predicted_iou": number(region.predicted_iou),
        "stability_score": number(region.stability_score),
        "crop": [int(side) for side in region.crop or ()],
    }
    return {name: value for name, value in said.items() if value not in (None, [])} | told(region)


def labelled(region: Region) -> dict[str, Any]:
    """Return all of that and the label: all but the mask."""
    return ({"label": region.label} if region.label else {}) | everything(region)


def heard(block: object, where: str) -> dict[str, Any]:
    """Return the fields of a Region that these wrote; unknown ones are let go.

    Raises
    ------
    DataError
        A field holds what it cannot.
    """
    if block is None:
        return {}
    if not isinstance(block, dict):
        raise DataError(f"{where}: what sam_widget wrote is a mapping, not {shown(block)}.")
    readers: dict[str, Callable[[Any], Any]] = {
        "label": lambda value: from_plain(str, value, "label"),
        "id": lambda value: from_plain(str, value, "id"),
        "locked": lambda value: from_plain(bool, value, "locked"),
        "protected": lambda value: from_plain(bool, value, "protected"),
        "parent": lambda value: from_plain(str, value, "parent"),
        "prompts": lambda value: from_plain(tuple[Prompt, ...], value, "prompts"),
        "corrections": lambda value: from_plain(tuple[Correction, ...], value, "corrections"),
        "made": _made,
        "predicted_iou": score,
        "stability_score": score,
        "crop": lambda value: from_plain(tuple[int, ...], value, "crop"),
    }
    try:
        found = {name: read(block[name]) for name, read in readers.items() if name in block}
    except MalformedError as error:
        raise DataError(f"{where}: {error}") from error
    if len(found.get("crop", ())) not in (0, 4):
        raise DataError(f"{where}: a crop is x0, y0, x1, y1, not {shown(block['crop'])}.")
    return found


def missing(regions: Iterable[Region], room: Iterable[str] = ()) -> tuple[str, ...]:
    """Return what these regions have and a format has no room for, as ``Loss.unsaid`` says it.

    Parameters
    ----------
    regions
    room
        What it has room for, of the same words.
    """
    named = {
        "label": lambda region: region.label,
        "predicted IoU": lambda region: region.predicted_iou is not None,
        "stability": lambda region: region.stability_score is not None,
        "crop": lambda region: region.crop is not None,
        "prompts": lambda region: region.prompts,
        "corrections": lambda region: region.corrections,
        "how it was made": lambda region: region.made,
        "what it is a part of": lambda region: region.parent,
    }
    there = list(regions)
    without = {name: has for name, has in named.items() if name not in set(room)}
    return tuple(name for name, has in without.items() if any(map(has, there)))


def number(value: float | None) -> float | None:
    """Return what JSON can hold: NaN and infinity are None."""
    return None if value is None or not math.isfinite(value) else float(value)


def score(value: object) -> float | None:
    """Return a score that a file gives; None where it is no finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > LONGEST:
        return None
    return float(value) if math.isfinite(value) else None


def _made(value: object) -> Made:
    if not isinstance(value, dict):
        raise DataError(f"How a region was made is a mapping, not {shown(value)}.")
    known = {name: value[name] for name in _MADE if name in value}
    made: Made = from_plain(Made, vars(Made()) | known, "made")
    return made
