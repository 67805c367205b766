"""Numbers of any kind -> RGB bytes, by the rules that `read_image` tells. Knows no source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from .picture import ImageError, Picture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

DEPTHS = (8, 10, 12, 14, 16)  # bits that sensors and files count in
FEW = 1000  # one value in so many may lie outside the range: hot pixels, dead ones, a glint
DARK, FLAT = 2, 8  # shares of a range, one in so many, that a photo has to reach, and to span


@dataclass(frozen=True, eq=False)
class Samples:
    """What a source holds, before its values become 0..255.

    Attributes
    ----------
    values : ndarray
        (H, W) grey, (H, W, 1) grey, (H, W, 2) grey and alpha, (H, W, 3) RGB or (H, W, 4) RGBA;
        bool, integers or floats.
    hidden : ndarray, optional
        (H, W) bool: True where there is no value, whatever stands there.
    inverted : bool
        Whether the smallest value is white.
    """

    values: NDArray[Any]
    hidden: NDArray[np.bool_] | None = None
    inverted: bool = False

    def turned(self, orientation: int) -> Samples:
        """Return them upright, as EXIF's orientation (1 to 8) says that they were stored."""
        hidden = None if self.hidden is None else upright(self.hidden, orientation)
        return replace(self, values=upright(self.values, orientation), hidden=hidden)


def upright(array: NDArray[Any], orientation: int) -> NDArray[Any]:
    """(H, W, ...) as stored -> a view as EXIF's orientation, 1 to 8, means it."""
    if orientation in (5, 6, 7, 8):
        array = array.swapaxes(0, 1)
    down = -1 if orientation in (3, 4, 7, 8) else 1
    across = -1 if orientation in (2, 3, 6, 7) else 1
    return array[::down, ::across]


def picture_of(samples: Samples, said: Iterable[str], name: str) -> Picture:
    """Make the picture; what was said on the way comes before what is assumed here."""
    assumed = list(said)
    pixels = samples.values if _is_final(samples) else _to_rgb(samples, assumed, name)
    pixels.flags.writeable = False
    return Picture(pixels, tuple(assumed))


def _is_final(samples: Samples) -> bool:
    """Whether it is RGB bytes that nobody can change: 8-bit photos are not copied once more."""
    values, plain = samples.values, samples.hidden is None and not samples.inverted
    fits = values.dtype == np.uint8 and values.ndim == 3 and values.shape[2] == 3
    return plain and fits and values.flags.c_contiguous and isinstance(values.base, bytes)


def _to_rgb(samples: Samples, assumed: list[str], name: str) -> NDArray[np.uint8]:
    array, hidden = samples.values, samples.hidden
    if array.dtype.kind not in "biuf":
        raise ImageError(
            f"{name} holds {array.dtype}: real numbers or bool were expected"
            f"{', such as np.abs of them' if array.dtype.kind == 'c' else ''}."
        )
    if not array.size:
        raise ImageError(f"{name} has shape {array.shape}: it has no pixels.")
    if array.ndim == 2:
        array = array[..., None]
    if hidden is not None and hidden.any():
        array = _without(array, hidden, assumed, name)
    if array.dtype.kind == "f":
        with np.errstate(over="ignore"):
            array = array.astype(np.float32 if array.dtype.itemsize <= 4 else np.float64)
        if count := array.size - int(np.isfinite(array).sum()):
            raise ImageError(
                f"{name} has NaN or infinite values ({count} of {array.size}): replace them first,"
                " or hide them with np.ma.masked_invalid."
            )
    colours = array.shape[2] - (array.shape[2] in (2, 4))  # the rest is alpha
    rgb = np.empty((*array.shape[:2], 3), np.uint8)
    rgb[...] = to_bytes(array[..., :colours], assumed)
    if samples.inverted:
        np.subtract(255, rgb, out=rgb)
        assumed.append("The smallest value is white, as the source says.")
    if colours < array.shape[2]:
        _on_white(rgb, scaled(array[..., colours:], *_counted(array[..., colours:])[:2]), assumed)
    if hidden is not None:
        rgb[hidden] = 0
    return rgb


def _without(
    array: NDArray[Any], hidden: NDArray[np.bool_], assumed: list[str], name: str
) -> NDArray[Any]:
    """Return the values with a seen pixel in place of each hidden one, so that no range sees it."""
    seen = np.flatnonzero(~hidden)
    if not seen.size:
        raise ImageError(f"{name} has no value that is not hidden.")
    assumed.append(f"Hidden values ({_share(hidden.mean())} of the pixels) are shown black.")
    array = np.array(array)
    array[hidden] = array.reshape(-1, array.shape[2])[seen[0]]
    return array


def _share(part: float) -> str:
    return f"{part:.0%}" if 0.01 <= part <= 0.99 else f"{part:.2%}"


def _on_white(rgb: NDArray[np.uint8], alpha: NDArray[np.uint8], assumed: list[str]) -> None:
    if not alpha.any():
        assumed.append("The alpha hides every pixel; it is ignored.")
    elif alpha.min() < 255:
        assumed.append("Transparent pixels are composited on white.")
        opaque, product = alpha.astype(np.uint16), rgb.astype(np.uint16)
        product *= opaque
        product += (255 - opaque) * 255
        product += 127  # to the nearest
        product //= 255
        rgb[...] = product


def to_bytes(values: NDArray[Any], assumed: list[str]) -> NDArray[np.uint8]:
    """Scale real numbers to 0..255; say from where to where they were read."""
    return scaled(values, *range_of(values, assumed))


def range_of(values: NDArray[Any], assumed: list[str]) -> tuple[float, float]:
    """Return which of the values are black and white; say so, but of bytes and bool."""
    if values.dtype == np.uint8 or values.dtype.kind == "b":
        return 0, 1
    start, end, given = _counted(values)
    lit = None if given else _lit(values, start, end)
    if lit is None:
        assumed.append(f"Values are read as {start:g} (black) to {end:g} (white).")
        return start, end
    least, most = values.min(), values.max()
    start, end = lit
    assumed.append(
        f"Values are read as {start:g} (black) to {end:g} (white), where nearly all of them lie;"
        f" they run from {least:g} to {most:g}."
    )
    return start, end


def scaled(values: NDArray[Any], start: float, end: float) -> NDArray[np.uint8]:
    """Return values from ``start`` to ``end`` as 0..255; bytes as they are, bool as 0 and 255."""
    if values.dtype == np.uint8:
        return values
    if values.dtype.kind == "b":
        return values.astype(np.uint8) * np.uint8(255)
    # Halves, since the largest floats are further apart than floats reach.
    span = max(end / 2 - start / 2, np.finfo(np.float64).tiny)
    scaled: NDArray[np.floating[Any]] = values.astype(
        np.float32 if values.dtype.itemsize <= 2 else np.float64
    )
    scaled /= 2
    scaled -= start / 2
    scaled /= span
    np.clip(scaled, 0, 1, out=scaled)
    scaled *= 255
    return np.asarray(np.rint(scaled), np.uint8)


def _counted(values: NDArray[Any]) -> tuple[float, float, bool]:
    """Return the range that values count in, and whether their kind says so, not they themselves.

    A program that writes 0..1 or 0..255 means it; a file of 16 bits may hold anything.
    """
    low, high = float(values.min()), float(values.max())
    if values.dtype.kind != "f":
        depth = next((bits for bits in DEPTHS if low >= 0 and high < 2**bits), None)
        if depth is None:
            return low, high, False
        return (
            0.0,
            2.0**depth - 1,
            depth == 8 and (values.dtype.kind, values.dtype.itemsize) != ("u", 2),
        )
    slack = 0.01  # resampling overshoots a little
    for start, end in ((0.0, 1.0), (-1.0, 1.0), (0.0, 255.0)):
        if low >= start - slack and high <= end + slack:
            return start, end, True
    return low, high, False


def _lit(values: NDArray[Any], start: float, end: float) -> tuple[float, float] | None:
    """Return the range of all values but a few, where the whole one shows them dark or flat.

    None where it shows them well. Of values that are all one but for a few, it is the depth that
    holds that one.
    """
    few = max(1, values.size // FEW)
    middle, slim = start / 2 + end / 2, (end / FLAT - start / FLAT)
    bright = np.count_nonzero(values >= middle) > few
    if bright and np.count_nonzero(values < middle - slim) > few:
        return None
    few = min(few, (values.size - 1) // 2)
    sorted_so_far = np.partition(values, (few, values.size - 1 - few), axis=None)
    dark, light = float(sorted_so_far[few]), float(sorted_so_far[-1 - few])
    if dark < light:
        return None if light >= middle and light - dark >= slim else (dark, light)
    depth = next((bits for bits in DEPTHS if 0 < light < 2**bits), None)
    reached = start if depth is None else 2.0**depth - 1
    return (start, reached) if start < reached < end else None
