"""COCO's three ways to write a mask -> checked, compressed run lengths. No pictures, no files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pycocotools import mask as coco_mask

from sam_widget.errors import SamError, shown
from sam_widget.run_lengths import MaskError, run_lengths
from sam_widget.training.data.sizes import why


def compressed(segmentation: object, size: tuple[int, int]) -> dict[str, Any] | None:
    """Bring one annotation's "segmentation" to COCO's compressed run lengths, and check it.

    pycocotools itself checks nothing: run lengths that do not fill their picture decode to
    whatever lay in memory.

    Parameters
    ----------
    segmentation
        A list of polygons ([x0, y0, x1, y1, ...] each), or {"size": [height, width], "counts": ...}
        with the counts as a list of numbers (COCO's crowds) or as COCO's compressed text.
    size
        (width, height) of the photo, px.

    Returns
    -------
    dict or None
        {"size", "counts"} for `pycocotools.mask`; None where no pixel is inside.

    Raises
    ------
    ValueError
        The segmentation is of no such form or does not fit the photo; without the file's name.
    """
    width, height = size
    if isinstance(segmentation, list):
        return _polygons(segmentation, size)
    if not isinstance(segmentation, Mapping) or not {"size", "counts"} <= segmentation.keys():
        raise SamError("a segmentation is neither polygons nor run lengths with size and counts")
    told = _pair(segmentation["size"])
    if told != (height, width):
        raise SamError(
            f"a mask of {list(told)} (rows, columns) lies on a photo of {height} x {width}:"
            f" {why((told[1], told[0]), size)}"
        )
    counts = segmentation["counts"]
    try:
        lengths = run_lengths(counts)
    except MaskError as error:
        raise SamError(str(error).rstrip(".")) from error
    if sum(lengths) != width * height or min(lengths) < 0:
        raise SamError(
            f"a mask's run lengths sum to {shown(sum(lengths))}, not to {width * height} px"
        )
    if not sum(lengths[1::2]):
        return None
    plain = {"size": [height, width], "counts": lengths}
    if isinstance(counts, (str, bytes)):
        return {**plain, "counts": counts}
    found: dict[str, Any] = coco_mask.frPyObjects(plain, height, width)
    return found


def _pair(size: Any) -> tuple[int, int]:
    try:
        rows, columns = (int(side) for side in size)
    except (TypeError, ValueError, OverflowError):
        raise SamError(f"a mask's size is [height, width], not {shown(size)}") from None
    return rows, columns


def _polygons(polygons: list[Any], size: tuple[int, int]) -> dict[str, Any] | None:
    if polygons and all(_number(n) for n in polygons):  # one outline, without the list around it
        polygons = [polygons]
    for polygon in polygons:
        numbers = isinstance(polygon, list) and all(_number(n) for n in polygon)
        if not numbers or len(polygon) % 2:
            raise SamError("a polygon is not a list of x and y by turns")
        # pycocotools walks along the outline in memory, and crashes where it has no end. So worded,
        # NaN is refused too.
        far = 2 * max(size)
        if not all(-far <= n <= far for n in polygon):
            raise SamError(f"a polygon lies far outside of its photo of {size[1]} x {size[0]}")
    # Two points enclose nothing, and four numbers would be taken for a box.
    solid = [polygon for polygon in polygons if len(polygon) >= 6]
    if not solid:
        return None
    solid = [[float(n) for n in polygon] for polygon in solid]
    merged: dict[str, Any] = coco_mask.merge(coco_mask.frPyObjects(solid, size[1], size[0]))
    return merged if coco_mask.area(merged) else None


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
