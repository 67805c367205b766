"""What people give as the masks of a photo -> boolean masks of its size. Splits no labels."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
from PIL import Image
from pycocotools import mask as coco_mask

from sam_widget.arrays import NoArrayError, is_tensor, to_array
from sam_widget.errors import SamError, in_short, shown
from sam_widget.formats.errors import DataError
from sam_widget.formats.segmentations import compressed
from sam_widget.formats.sizes import why
from sam_widget.known_files import LOOK, kind_of, refusal
from sam_widget.masks import Mask
from sam_widget.paths import as_path
from sam_widget.training.data.labels import coloured, pictured, things_of

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Things = Iterator[NDArray[np.bool_] | None]
    Size = tuple[int, int]  # width, height

TAKEN = (
    "a mask is a Mask, a bool array (H, W), a stack (N, H, W), a label image, a picture or its"
    " path, a dictionary with a segmentation, or what found it"
)

KEYS = ("segmentation", "masks", "mask", "annotations")
"""Where dictionaries keep masks: COCO's and the generators', then those of other libraries."""


def masks_of(given: Any, size: Size) -> Things:
    """Return the masks that were meant, and None for whatever is an annotation without one.

    Parameters
    ----------
    given
        Any of these, or an iterable of them, also nested:

        * `Mask`, `Region` (of a SamWidget's objects, or found), a `Prediction` (whose best counts);
        * arrays and tensors: (H, W) of bool, of two values, or of labels, whole numbers of which 0
          is the background, one mask each; (N, H, W), (N, 1, H, W), (H, W, 1); (H, W, 3) of
          colours on black, one mask each;
        * pictures, and paths of pictures or `.npy` files, likewise;
        * dictionaries with "segmentation": an array, run lengths or polygons; run lengths alone;
          rows of a table that have such;
        * None.
    size
        (width, height) of the photo, px.

    Returns
    -------
    iterator of ndarray or None
        (H, W) bool, not empty.

    Raises
    ------
    DataError
        Something is no mask, or one of another size; the text has neither capital nor full stop.
    """
    for known, read in FORMS:
        if known(given):
            return read(given, size)
    raise DataError(f"{TAKEN}, not {type(given).__name__} {shown(given)}")


def _several(given: Iterable[Any], size: Size) -> Things:
    items = list(given)
    if items and all(isinstance(item, bool | int | float | np.number) for item in items):
        raise DataError(
            f"a list of {len(items)} numbers is no mask: boxes and polygons are given as"
            ' {"segmentation": [[x0, y0, x1, y1, ...]]}'
        )
    if items and all(isinstance(item, list | tuple) for item in items):
        if (rows := _numbers(items)) is not None:
            yield from _arrays(rows, size)
            return
        if all(_numbers([item]) is not None for item in items):
            raise DataError(
                "lists of numbers, not all as long, are no rows of a mask: polygons are given as"
                ' {"segmentation": [[x0, y0, x1, y1, ...]]}'
            )
    for item in items:
        yield from masks_of(item, size)


def _numbers(items: list[Any]) -> NDArray[Any] | None:
    try:
        array = to_array(items)
    except NoArrayError:
        return None
    return array if array.dtype.kind in "biuf" and array.ndim > 1 and array.size else None


def _recorded(given: Mapping[Any, Any], size: Size) -> Things:
    """Read what a dictionary says: COCO's run lengths, or what it has under a known key."""
    if {"size", "counts"} <= given.keys():
        yield _decoded(given, size)
        return
    key = next((key for key in KEYS if key in given), None)
    if key is None:
        keys = ", ".join(map(str, given)) or "none"
        raise DataError(f"a dictionary with the keys {shown(keys)} has no segmentation")
    inside = given[key]
    if isinstance(inside, float) and np.isnan(inside):  # an empty cell of a table
        yield None
    elif key == "segmentation" and isinstance(inside, list | Mapping):
        yield _decoded(inside, size)
    else:
        yield from masks_of(inside, size)


def _decoded(segmentation: Any, size: Size) -> NDArray[np.bool_] | None:
    try:
        code = compressed(segmentation, size)
    except ValueError as error:
        raise DataError(str(error)) from error
    decoded = np.asarray(coco_mask.decode(code)).astype(np.bool_)
    return decoded if decoded.any() else None


def _arrays(array: NDArray[Any], size: Size) -> Things:
    """Find the axes of an array by its photo's size."""
    if isinstance(array, np.ma.MaskedArray):
        array = array.filled(0)
    shape = (size[1], size[0])
    if array.ndim >= 2 and array.shape[-2:] == shape:
        planes = array.reshape(-1, *shape)
        if len(planes) == 3 and (planes == planes[:1]).all():  # grey, as three channels
            planes = planes[:1]
    elif array.ndim == 3 and array.shape[:2] == shape:
        if array.shape[2] in {3, 4} and (colours := _colours(array)) is not None:
            yield from _or_none(coloured(colours))
            return
        planes = np.moveaxis(array, 2, 0)
    else:
        _refuse_shape(array.shape, size)
    for plane in planes:
        yield from _or_none(things_of(plane))


def _colours(array: NDArray[Any]) -> NDArray[np.uint8] | None:
    """Return (H, W, 3 or 4) uint8 where an array holds colours, also as 0..1; else None."""
    if array.dtype.kind not in "iuf" or not np.isfinite(array).all():
        return None
    if array.dtype.kind == "f" and array.max() <= 1:
        array = array * 255
    whole = np.rint(array)
    fits = array.min() >= 0 and array.max() <= 255 and np.abs(whole - array).max() < 1e-3
    return whole.astype(np.uint8) if fits else None


def _refuse_shape(shape: tuple[int, ...], size: Size) -> NoReturn:
    wanted = (size[1], size[0])
    if len(shape) < 2:
        raise DataError(f"an array of shape {shape} is no mask: its image is {wanted}, (H, W)")
    rows = shape[:2] if len(shape) == 3 and shape[2] in {1, 3, 4} else shape[-2:]
    cause = why((rows[1], rows[0]), size)
    raise DataError(f"a mask is {shape}, its image {wanted} (rows, columns): {cause}")


def _or_none(things: Iterator[NDArray[np.bool_]]) -> Things:
    empty = True
    for empty, thing in ((False, thing) for thing in things):  # noqa: B007
        yield thing
    if empty:
        yield None


def _file(path: Path, size: Size) -> Things:
    try:
        with path.open("rb") as file:
            head = file.read(LOOK)
        kind = kind_of(head, path.name) if head else None
        if kind is not None and kind.what.endswith(".npy file"):
            array = np.load(path, allow_pickle=False)
            yield from masks_of(array, size)
            return
        if kind is not None and "picture" in kind.what:
            with Image.open(path) as opened:
                opened.load()
                yield from _picture(opened, size)
            return
    except SamError as error:
        said = str(error).rstrip(".")
        raise DataError(said if str(path) in said else f"{path}: {said}") from error
    except Exception as error:  # Pillow's readers raise whatever a broken file makes them
        why_not = getattr(error, "strerror", None) or in_short(error)
        raise DataError(f"{path} cannot be read as a mask: {why_not}") from error
    raise DataError(refusal(str(path), head, "a picture of a mask").rstrip("."))


def _picture(image: Image.Image, size: Size) -> Things:
    if image.size != size:
        _refuse_shape((image.height, image.width), size)
    yield from _or_none(pictured(image))


def _array(given: Any, size: Size) -> Things:
    try:
        array = to_array(given)
    except NoArrayError as error:
        raise DataError(f"{shown(given)} cannot be read as a mask: {error}") from error
    return _arrays(array, size)


def _table(given: Any, size: Size) -> Things:
    rows = given.to_dict("records") if hasattr(given, "columns") else given.to_dict()
    return masks_of(rows, size)


def _candidates(given: Any, size: Size) -> Things:
    found = given.masks
    return masks_of(found()[given.best] if callable(found) else found, size)


FORMS: tuple[tuple[Callable[[Any], bool], Callable[[Any, Size], Things]], ...] = (
    (lambda each: each is None, lambda *_: iter((None,))),
    (lambda each: isinstance(each, Mask), lambda each, size: _arrays(each.to_array(), size)),
    (
        lambda each: isinstance(each, str | os.PathLike),
        lambda each, size: _file(as_path(each), size),
    ),
    (lambda each: isinstance(each, Image.Image), _picture),
    (lambda each: isinstance(each, Mapping), _recorded),
    (lambda each: isinstance(each, np.ndarray), _arrays),
    (is_tensor, _array),
    (lambda each: hasattr(each, "to_dict"), _table),
    (lambda each: hasattr(each, "masks"), _candidates),  # Prediction
    (
        lambda each: hasattr(each, "mask"),  # Region
        lambda each, size: masks_of(each.mask, size),
    ),
    (lambda each: hasattr(each, "__array__"), _array),
    (lambda each: isinstance(each, Iterable) and not isinstance(each, bytes | bytearray), _several),
)
"""How each kind of thing is known, and read; the first that knows it reads it."""
