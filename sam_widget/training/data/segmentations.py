"""COCO's three ways to write a mask -> checked, compressed run lengths. No pictures, no files."""

from __future__ import annotations

from typing import Any

from pycocotools import mask as coco_mask


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
    if not isinstance(segmentation, dict) or not {"size", "counts"} <= segmentation.keys():
        raise ValueError("a segmentation is neither polygons nor run lengths with size and counts")
    if list(segmentation["size"]) != [height, width]:
        told = segmentation["size"]
        raise ValueError(f"a mask of {told} (rows, columns) lies on a photo of {height} x {width}")
    counts = segmentation["counts"]
    if isinstance(counts, list):
        if not all(isinstance(n, int) and n >= 0 for n in counts):
            raise ValueError("a mask's run lengths are not all whole numbers from 0 on")
        lengths = counts
    elif isinstance(counts, (str, bytes)):
        lengths = _run_lengths(counts)
    else:
        raise ValueError("a mask's counts are neither a list of numbers nor text")  # noqa: TRY004
    if sum(lengths) != width * height or min(lengths) < 0:
        raise ValueError(f"a mask's run lengths sum to {sum(lengths)}, not to {width * height} px")
    if not sum(lengths[1::2]):
        return None
    if isinstance(counts, list):
        found: dict[str, Any] = coco_mask.frPyObjects(segmentation, height, width)
        return found
    return {"size": [height, width], "counts": counts}


def _polygons(polygons: list[Any], size: tuple[int, int]) -> dict[str, Any] | None:
    for polygon in polygons:
        numbers = isinstance(polygon, list) and all(isinstance(n, (int, float)) for n in polygon)
        if not numbers or len(polygon) % 2:
            raise ValueError("a polygon is not a list of x and y by turns")
        # pycocotools walks along the outline in memory, and crashes where it has no end. So worded,
        # NaN is refused too.
        far = 2 * max(size)
        if not all(-far <= n <= far for n in polygon):
            raise ValueError(f"a polygon lies far outside of its photo of {size[1]} x {size[0]}")
    # Two points enclose nothing, and four numbers would be taken for a box.
    solid = [polygon for polygon in polygons if len(polygon) >= 6]
    if not solid:
        return None
    merged: dict[str, Any] = coco_mask.merge(coco_mask.frPyObjects(solid, size[1], size[0]))
    return merged if coco_mask.area(merged) else None


def _run_lengths(text: str | bytes) -> list[int]:
    """Read COCO's text: 5 bits a character; from the fourth on, less the number two before.

    The format is what `rleToString` of the COCO API writes.
    """
    lengths: list[int] = []
    value = shift = 0
    for code in text.encode() if isinstance(text, str) else text:
        bits = code - 48
        if not 0 <= bits < 64:
            raise ValueError("a mask's counts hold characters that COCO's run lengths do not have")
        value |= (bits & 31) << shift
        shift += 5
        if not bits & 32:
            value -= (bits & 16) << (shift - 4)
            lengths.append(value + (lengths[-2] if len(lengths) > 2 else 0))
            value = shift = 0
    if shift or not lengths:
        raise ValueError("a mask's counts end in the middle of a number")
    return lengths
