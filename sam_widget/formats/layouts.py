"""What a JSON of annotations is by its keys, and whose. Reads no file."""

from __future__ import annotations

from typing import Any

from .errors import DataError

COCO = "a COCO file of instances"

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


def refuse_other(told: Any, name: str, wanted: str = COCO) -> None:
    """Raise a DataError where a file is known to be another tool's."""
    for keys in _looks(told):
        for known, what, instead in OTHERS:
            if known <= keys:
                raise DataError(f"{name} is {what}, not {wanted}: give {instead}.")


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
