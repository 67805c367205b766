"""Pixels that say which thing each belongs to -> one boolean mask a thing. Opens no files.

0, or black, is the background and never a thing. Whatever has more to say than that, such as a
probability, is refused with the words that make a mask of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sam_widget.formats.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from PIL import Image

VOID = 255
"""Neither thing nor background, beside small labels: what Pascal VOC and others leave undecided."""

LAST_CLASS = 182
"""The last label of COCO-Stuff: data sets with a void have no class beyond it."""

VOID_COLOUR = 0xE0E0C0
"""Pascal VOC's colour of the same."""

FEW = 32
"""Values that an image may have and need not be looked at as a photo."""


def things_of(plane: NDArray[Any]) -> Iterator[NDArray[np.bool_]]:
    """Yield one mask a label.

    Parameters
    ----------
    plane
        (H, W): bool; two values, such as 0 and 255; or labels, whole numbers of which 0 is the
        background, and 255 beside small ones is nothing.

    Yields
    ------
    ndarray
        (H, W) bool, none empty.

    Raises
    ------
    DataError
        The values are a probability's, a model's logits, a photo's, a trimap's, or no numbers.
    """
    if plane.dtype == np.bool_:
        if plane.any():
            yield plane
        return
    labels = _labels(_whole(plane))
    for label in labels:
        yield plane == label


def coloured(pixels: NDArray[np.uint8]) -> Iterator[NDArray[np.bool_]]:
    """Yield one mask a colour; black and what is transparent are the background.

    Parameters
    ----------
    pixels
        (H, W, 3) or (H, W, 4) uint8.
    """
    red, green, blue = (pixels[..., i].astype(np.int64) for i in range(3))
    seen = pixels[..., 3] > 0 if pixels.shape[2] == 4 else np.ones(red.shape, np.bool_)
    codes = np.where(seen, red << 16 | green << 8 | blue, 0)
    if (red == green).all() and (green == blue).all() and codes.any():
        yield from things_of(np.where(seen, red, 0))
        return
    colours = [int(c) for c in np.unique(codes) if c not in {0, VOID_COLOUR}]
    if (len(colours) > FEW and not _flat(codes, seen)) or not (colours or seen.all()):
        if not 0 < seen.sum() < seen.size:
            raise DataError(
                f"a mask in {len(colours)} colours is a photo: give one with a colour for each"
                " thing on black"
            )
        yield seen  # something cut out, on nothing
        return
    for colour in colours:
        yield codes == colour


def pictured(image: Image.Image) -> Iterator[NDArray[np.bool_]]:
    """Yield the masks that a picture says: its labels, its colours, or its palette's numbers."""
    numbers = image.mode in {"1", "L", "F"} or image.mode.startswith("I")
    if numbers or (image.mode == "P" and not _black_and_white(image)):
        yield from things_of(np.asarray(image))
    else:
        kept = "RGBA" if "A" in image.mode or "transparency" in image.info else "RGB"
        yield from coloured(np.asarray(image.convert(kept)))


def _black_and_white(image: Image.Image) -> bool:
    """Whether a palette has no other colours: then they count, for 0 may well be the white."""
    palette = np.array(image.getpalette("RGB") or [], np.int64).reshape(-1, 3)
    used = np.unique(np.asarray(image))
    used = palette[used[used < len(palette)]]
    return bool(np.isin(used, (0, 255)).all() and (used == used[:, :1]).all())


def _whole(plane: NDArray[Any]) -> NDArray[Any]:
    """Return whole numbers from 0 on; DataError with the way to a mask where they are not."""
    if plane.dtype.kind not in "iuf":
        raise DataError(f"an array of {plane.dtype} is no mask: give one of bool")
    if not plane.size:
        raise DataError("a mask without pixels is none")
    if not np.isfinite(plane).all():
        raise DataError("a mask holds NaN or infinity: say what belongs to it, as mask > 0.5 does")
    low, high = plane.min(), plane.max()
    between = f"values from {low:.4g} to {high:.4g}"
    if low < 0:
        raise DataError(
            f"a mask holds {between}: a model's logits become a mask by mask > 0, and in a label"
            " image the background is 0"
        )
    if plane.dtype.kind == "f" and not (plane == np.rint(plane)).all():
        cut = "0.5" if high <= 1 else "127" if high <= 255 else f"{high / 2:.4g}"
        raise DataError(
            f"a soft mask, with {between}, says how likely and not what: give mask > {cut}"
        )
    return plane


def _labels(plane: NDArray[Any]) -> NDArray[Any]:
    """Return the labels of things in ascending order."""
    labels, areas = np.unique(plane[plane > 0], return_counts=True)
    if len(labels) < 2:
        return labels
    if len(labels) > FEW and not _flat(plane, plane > 0):
        raise DataError(
            f"a mask of {len(labels)} values that change from pixel to pixel is a photo, or"
            " smoothed: give two values, as mask > 127 does"
        )
    if labels[-1] != VOID:
        return labels
    if len(labels) == 2 and labels[0] >= 64:
        raise DataError(
            f"a mask with 0, {labels[0]:.0f} and 255 is a trimap: say what belongs to the thing,"
            " as mask == 255 does"
        )
    if labels[-2] > LAST_CLASS and areas[-1] > 10 * np.median(areas[:-1]):
        raise DataError(
            f"a mask with {len(labels) - 1} values between 0 and 255 is smoothed, or was saved as"
            " JPEG: give mask > 127"
        )
    steps = np.diff(labels, prepend=0)
    if labels[-2] > LAST_CLASS or np.ptp(steps) <= 1:  # numbered through, or spread evenly
        return labels
    return labels[:-1]


def _flat(plane: NDArray[Any], where: NDArray[np.bool_]) -> bool:
    """Whether most neighbours in there are equal, as in what was drawn, not taken."""
    both = where[:, 1:] & where[:, :-1]
    return not both.any() or bool((plane[:, 1:] == plane[:, :-1])[both].mean() > 0.5)
