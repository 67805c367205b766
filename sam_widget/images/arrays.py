"""Arrays, tensors and what becomes one -> samples, channels last. Scales nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sam_widget.arrays import NoArrayError, is_tensor, to_array

from .picture import ImageError
from .values import Samples

if TYPE_CHECKING:
    from numpy.typing import NDArray


def is_array(source: Any) -> bool:
    """Whether numpy takes it as an array: also a buffer of rows, as matplotlib's canvas gives."""
    if isinstance(source, memoryview):
        return source.ndim > 1
    if isinstance(source, type):
        return False
    return hasattr(source, "__array__") or hasattr(source, "__array_interface__")


def array_in(source: Any) -> NDArray[Any]:
    """Bring an array of any library to numpy; a mask on it stays.

    Raises
    ------
    ImageError
        It is on another device, or refuses.
    """
    try:
        return to_array(source)
    except NoArrayError as error:
        kind = "tensor" if is_tensor(source) else type(source).__name__
        raise ImageError(f"The {kind} cannot become an array: {error}.") from error


def samples_of(
    array: NDArray[Any], name: str, assumed: list[str], *, channels_first: bool = False
) -> Samples:
    """Return an image's samples, channels last.

    Parameters
    ----------
    array : ndarray
        (H, W), (H, W, 1..4), (1, 3 or 4, H, W), or a batch of one of these. Of a masked array,
        pixels of which any channel is masked are hidden.
    name : str
        As a refusal begins, such as "The array".
    assumed : list of str
        Takes a sentence for each guess.
    channels_first : bool
        What decides where both orders fit the shape.

    Raises
    ------
    ImageError
        The shape is no image's.
    """
    shape = array.shape
    if array.size == 0:
        raise ImageError(f"{name} has shape {shape}: it has no pixels.")
    while array.ndim > 3 and array.shape[0] == 1:
        array = array[0]
    if array.ndim < len(shape):
        assumed.append("The batch of one is taken as its one image.")
    if array.ndim > 3:
        raise ImageError(
            f"{name} has shape {shape}, several images: give one of them, such as array[0]."
        )
    if array.ndim < 2:
        raise ImageError(f"{name} has shape {shape}: (H, W), (H, W, 3) or so was expected.")
    if array.ndim == 3:
        array = _channels_last(array, name, assumed, channels_first=channels_first)
    hidden: NDArray[np.bool_] | None = None
    if isinstance(array, np.ma.MaskedArray):
        each = np.asarray(np.ma.getmaskarray(array))
        hidden = np.asarray(each.any(axis=-1) if array.ndim == 3 else each)
    return Samples(np.asarray(array), hidden)


def _channels_last(
    array: NDArray[Any], name: str, assumed: list[str], *, channels_first: bool
) -> NDArray[Any]:
    """Return (H, W, C) of an array in either order; where both fit, `channels_first` decides."""
    shape = array.shape
    first, last = shape[0] in (1, 3, 4), shape[2] in (1, 2, 3, 4)
    if not (first or last):
        three = "array[:3]" if shape[0] < shape[2] else "array[..., :3]"
        one = "array[0]" if shape[0] < shape[2] else "array[..., 0]"
        raise ImageError(
            f"{name} has shape {shape}: 1, 2, 3 or 4 channels were expected, as (H, W, C) or"
            f" (C, H, W); give three of them, such as {three}, or one, {one}."
        )
    if first and last:
        assumed.append(
            f"The shape {shape} is taken as channels, rows, columns."
            if channels_first
            else f"The shape {shape} is taken as rows, columns, channels."
        )
    elif first:
        assumed.append("The first axis is taken as the channels.")
    return np.moveaxis(array, 0, 2) if first and (channels_first or not last) else array
