"""Annotations as SA-1B and COCO have them, one by one, checked: a record -> a mask. No files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sam_widget.errors import SamError, shown
from sam_widget.masks import LARGEST, Mask

from .errors import DataError
from .segmentations import compressed
from .sizes import why

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTHING: tuple[object, ...] = (None, [], {}, "", [[]])


def size_of(image: Any) -> tuple[int, int] | None:
    """Return the (width, height) that annotations say of their picture.

    None where they do not, or where no picture can be so large.
    """
    if not isinstance(image, dict):
        return None
    try:
        width, height = (int(float(image[side])) for side in ("width", "height"))
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    can_be = min(width, height) > 0 and width * height <= LARGEST
    return (width, height) if can_be else None


def size_of_masks(records: Sequence[Any]) -> tuple[int, int] | None:
    """Return the (width, height) of the first run lengths; None where there are none."""
    for record in records:
        segmentation = record.get("segmentation") if isinstance(record, dict) else None
        size = segmentation.get("size") if isinstance(segmentation, dict) else None
        if isinstance(size, list) and len(size) == 2:
            return size_of({"width": size[1], "height": size[0]})
    return None


def has_mask(record: Any) -> bool:
    """Whether an annotation says where its thing is, pixel by pixel: not a box or points alone."""
    if not isinstance(record, dict) or (told := record.get("segmentation")) in NOTHING:
        return False
    # One or two points enclose nothing.
    return not (isinstance(told, list) and all(_points_alone(each) for each in told))


def is_drawn(record: Any) -> bool:
    """Whether an annotation's mask is an outline, polygon by polygon."""
    return isinstance(record, dict) and isinstance(record.get("segmentation"), list)


def _points_alone(polygon: Any) -> bool:
    return isinstance(polygon, list) and len(polygon) in {0, 2, 4}


def refuse_other_size(
    records: Sequence[Any], size: tuple[int, int], told: tuple[int, int] | None, where: str
) -> None:
    """Raise a DataError where outlines are for a picture of another size than they lie on."""
    if told is not None and told != size and any(map(is_drawn, records)):
        raise DataError(
            f"{where}: masks for {told[0]} x {told[1]} px (width x height) lie on a photo of"
            f" {size[0]} x {size[1]}: {why(told, size)}."
        )


def run_lengths_of(record: Any, size: tuple[int, int], where: str) -> dict[str, Any] | None:
    """Return an annotation's mask as COCO's compressed run lengths; None where it has no mask.

    Parameters
    ----------
    record
    size
        (width, height) of the photo, px.
    where
        What to call the file in an error.

    Raises
    ------
    DataError
        It is no annotation, or does not fit the photo.
    """
    if not isinstance(record, dict):
        raise DataError(f"{where}: an annotation is a dictionary, not {type(record).__name__}.")
    if not has_mask(record):
        return None
    try:
        return compressed(record["segmentation"], size)
    except SamError as error:
        number = f", annotation {record['id']}" if isinstance(record.get("id"), int) else ""
        raise DataError(f"{where}{number}: {str(error).rstrip('.')}.") from error


def mask_of(record: Any, size: tuple[int, int], where: str) -> Mask | None:
    """Return an annotation's mask, as ``run_lengths_of`` does; DataError as there."""
    lengths = run_lengths_of(record, size, where)
    try:
        return None if lengths is None else Mask.from_coco(lengths)
    except SamError as error:
        raise DataError(f"{where}: {error}") from error


def text_in(record: dict[str, Any], key: str, default: str = "") -> str:
    """Return a text that a record may have; the default where it has none."""
    value = record.get(key)
    return value if isinstance(value, str) else default


def pairs_in(value: Any, where: str) -> list[tuple[float, float]]:
    """Return the x and y of points that a record may have; DataError where they are no numbers."""
    pairs = value if isinstance(value, list) else []
    for pair in pairs:
        numbers = isinstance(pair, list) and all(
            isinstance(each, int | float) and abs(each) < 1e9 for each in pair
        )
        if not numbers or len(pair) != 2:
            raise DataError(f"{where}: a point is x and y, not {shown(pair)}.")
    return [(float(x), float(y)) for x, y in pairs]
