"""COCO's three ways to write a mask -> checked, compressed run lengths, and back. No files."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from sam_widget.errors import SamError, shown
from sam_widget.masks import LARGEST
from sam_widget.outlines import bridged
from sam_widget.run_lengths import MaskError, run_lengths, text_of

from .errors import DataError
from .sizes import why

if TYPE_CHECKING:
    from sam_widget.outlines import Ring
    from sam_widget.regions import Detail, Region

LONGEST = 2**23  # px that outlines of one annotation may run through


def compressed(segmentation: object, size: tuple[int, int]) -> dict[str, Any]:
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
    dict
        {"size", "counts"} for `pycocotools.mask` and `Mask.from_coco`; no pixel may be inside.

    Raises
    ------
    SamError
        The segmentation is of no such form or does not fit the photo; without the file's name.
    """
    width, height = size
    if not 0 < width * height <= LARGEST:
        raise SamError(f"a photo of {shown(width)} x {shown(height)} px cannot be")
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
    written = counts if isinstance(counts, str | bytes) else text_of(lengths)
    return {"size": [height, width], "counts": written}


def outline(region: Region, detail: Detail, holes: str) -> list[Ring]:
    """Return one ring for each piece of a region, for formats whose polygons have no holes.

    Parameters
    ----------
    region
    detail
        As ``Region.polygons`` takes it.
    holes
        "bridged": a bridge of no width leads from the outer ring to each hole and back, so that
        what fills by odd crossings leaves it out. "filled": holes go, and are counted as lost.
    """
    if holes not in {"bridged", "filled"}:
        raise DataError(f'holes is "bridged" or "filled", not {shown(holes)}.')
    polygons = region.polygons(detail)
    return [bridged(polygon) if holes == "bridged" else polygon[0] for polygon in polygons]


def flat(ring: Ring) -> list[int]:
    """Return a ring as COCO has it: x, y, x, y, ..."""
    numbers: list[int] = ring.ravel().tolist()
    return numbers


def _pair(size: Any) -> tuple[int, int]:
    try:
        rows, columns = (int(side) for side in size)
    except (TypeError, ValueError, OverflowError):
        raise SamError(f"a mask's size is [height, width], not {shown(size)}") from None
    return rows, columns


def _polygons(polygons: list[Any], size: tuple[int, int]) -> dict[str, Any]:
    if polygons and all(_number(n) for n in polygons):  # one outline, without the list around it
        polygons = [polygons]
    for polygon in polygons:
        numbers = isinstance(polygon, list) and all(_number(n) for n in polygon)
        if not numbers or len(polygon) % 2:
            raise SamError("a polygon is not a list of x and y by turns")
        if any(isinstance(n, float) and math.isnan(n) for n in polygon):  # 10**400 is no float
            raise SamError("a polygon has a coordinate that is not a number (NaN)")
        # pycocotools walks along the outline in memory, and crashes where it has no end.
        far = 2 * max(size)
        if not all(-far <= n <= far for n in polygon):
            raise SamError(f"a polygon lies far outside of its photo of {size[0]} x {size[1]} px")
    # Two points enclose nothing, and four numbers would be taken for a box.
    solid = [[float(n) for n in polygon] for polygon in polygons if len(polygon) >= 6]
    if not solid:
        return {"size": [size[1], size[0]], "counts": text_of([size[0] * size[1]])}
    if sum(map(_length, solid)) > LONGEST:
        raise SamError(f"outlines of over {LONGEST} px are of no thing that can be meant")
    try:
        from pycocotools import mask as coco_mask  # noqa: PLC0415  only polygons need it
    except ImportError:
        raise SamError(
            "COCO's polygons are drawn by pycocotools: pip install 'sam_widget[formats]'"
        ) from None
    drawn: dict[str, Any] = coco_mask.merge(coco_mask.frPyObjects(solid, size[1], size[0]))
    return drawn


def _length(polygon: list[float]) -> float:
    """Return about how many pixels an outline runs through: so much memory pycocotools takes."""
    corners = np.array(polygon).reshape(-1, 2)
    return float(np.abs(corners - np.roll(corners, -1, axis=0)).max(axis=1).sum())


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
