"""Annotation files as JSON, and what they are where they are none of ours. Reads no pictures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sam_widget.errors import in_short, reason
from sam_widget.known_files import LOOK, kind_of, refusal
from sam_widget.training.data.photos import DataError

if TYPE_CHECKING:
    from pathlib import Path

WANTED = "a COCO file of instances"

# What a file of another tool is known by: keys that it has at its top, or its first entry has.
OTHERS = (
    ({"shapes", "imagePath"}, "LabelMe's notes of one picture", "labelme's labelme2coco.py"),
    ({"_via_img_metadata"}, "a project of VIA", "its own export as COCO"),
    ({"filename", "regions"}, "an export of VIA", "its own export as COCO"),
    ({"asset", "regions"}, "an export of VoTT", "its own export as COCO"),
    ({"imgHeight", "imgWidth", "objects"}, "Cityscapes' polygons", "its label images"),
    ({"description", "objects", "size"}, "an export of Supervisely", "its own export as COCO"),
    ({"features", "type"}, "GeoJSON", "a label image that rasterio.features.rasterize draws"),
    ({"segments_info"}, "COCO's panoptic segmentation", "its pictures as label images"),
    ({"caption"}, "COCO's captions", "the instances of the same pictures"),
    ({"data", "annotations"}, "an export of Label Studio", "its own export as COCO"),
    ({"annotations", "item"}, "an export of V7", "its own export as COCO"),
    ({"image_id", "segmentation"}, "a list of COCO's annotations or results",
     "the whole file, with images beside the annotations"),
    ({"image", "annotations"}, "SA-1B's notes of one picture", "the folder that holds both"),
)  # fmt: skip


def read_json(path: Path) -> Any:
    """Return what a JSON file says, in whichever Unicode; DataError where it says nothing."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read: {reason(error)}.") from error
    return parsed(data, str(path))


def parsed(data: bytes, name: str) -> Any:
    """Return what a JSON text says.

    Parameters
    ----------
    data
        UTF-8, -16 or -32, with or without a byte order mark.
    name
        What to call it in an error.

    Raises
    ------
    DataError
        It is empty, of another kind, broken, or nested too deeply to be read.
    """
    try:
        return json.loads(data)
    except RecursionError:
        raise DataError(f"{name} is nested deeper than any annotations are.") from None
    except ValueError as error:
        kind = kind_of(data[:LOOK], name)
        if not data.strip() or (kind is not None and kind.what != "JSON"):
            raise DataError(refusal(name, data[:LOOK].strip(), WANTED)) from error
        if "Extra data" in str(error):
            raise DataError(
                f"{name} holds several JSON values, one after the other, as JSON Lines does:"
                f" {WANTED} is one value."
            ) from error
        raise DataError(f"{name} cannot be read as JSON: {in_short(error)}.") from error


def refuse_other(told: Any, name: str) -> None:
    """Raise a DataError where a file is known to be another tool's."""
    for keys in _looks(told):
        for known, what, instead in OTHERS:
            if known <= keys:
                raise DataError(f"{name} is {what}, not {WANTED}: give {instead}.")


def _looks(told: Any) -> list[set[Any]]:
    """Return the keys at the top, and those of the first entry of whatever is in there."""
    inner = told.get("annotations", told) if isinstance(told, dict) else told
    entries = list(inner.values()) if isinstance(inner, dict) else inner
    first = entries[0] if isinstance(entries, list) and entries else None
    top = [set(told)] if isinstance(told, dict) else []
    whole = isinstance(told, dict) and "images" in told
    found = [set(first)] if isinstance(first, dict) else []
    if whole:  # a COCO file as it should be, unless its entries are of another kind
        return [keys & {"segments_info", "caption"} for keys in found]
    return top + found
