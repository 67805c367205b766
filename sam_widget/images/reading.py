"""`read_image`: the one door for pictures, and the rules of what it assumes."""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING, Any

from PIL import Image

from sam_widget.arrays import is_tensor
from sam_widget.errors import in_short, shown
from sam_widget.known_files import IMAGE, kind_of, refusal
from sam_widget.paths import is_address

from . import arrays, deep, pil, things
from .files import TURNED, picture_at, picture_in, picture_of_file
from .picture import ImageError, Picture
from .values import picture_of

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = "a path, bytes, a file object, a PIL image, a numpy array or a torch tensor"


def read_image(source: Any) -> Picture:
    """Read what a user calls an image; say what was assumed.

    Parameters
    ----------
    source : str, os.PathLike, bytes, file object, PIL.Image.Image, ndarray or torch.Tensor
        * **Files** (a path as people paste it, bytes, a binary file object, a ``data:`` address or
          base64): anything Pillow reads, TIFF with all its bits, planes and polarity, ``.npy``
          and ``.npz`` of one array. The EXIF rotation is applied, so that "up" is up; of several
          frames or planes the first is taken. Of a JPEG that is cut off, what is there.
        * **PIL images**: every mode. Their EXIF rotation, where they still carry one, is applied.
        * **Arrays and tensors**: (H, W), (H, W, 1), (H, W, 2) grey and alpha, (H, W, 3) RGB,
          (H, W, 4) RGBA, or channels first with 1, 3 or 4 of them. Where both orders fit the
          shape, arrays are read as channels last and tensors as channels first. A batch of one
          counts as its image. Colours are red, green, blue; OpenCV's are not (``bgr[..., ::-1]``).
          Nested lists of numbers are arrays.
        * **What holds a picture**: a matplotlib figure, its axes or image, a notebook's ``Image``,
          an answer from the web, a ``Picture``.

        Values become 0..255 so:

        * bool: False is black, True is white. uint8: as it is.
        * other integers, files of more than 8 bits among them, grey and in colour: divided by
          2**n - 1, where n is the smallest of 8, 10, 12, 14, 16 bits that holds the largest value;
          so 12 bits of a microscope in a 16-bit file are bright, and full 16 bits are divided by
          257. Negative values or more than 16 bits: smallest to largest value.
        * what would look dark or flat so (more than 8 bits whose values, all but one in a thousand,
          stay below the middle of that range, or within an eighth of it): from the smallest to the
          largest of these values. A photo of 14 bits that reaches 4,300 is bright, and a hot pixel
          darkens nothing.
        * float: 0..1, or 0..255 when the largest value is above 1, or -1..1 when there are negative
          ones; any other range: smallest to largest value.
        * hidden values (masked arrays; the no-data value of a GeoTIFF of more than 8 bits): black,
          and no part of the range.
        * alpha: composited on white. An alpha that hides every pixel is ignored.
        * CMYK, YCbCr, LAB, HSV and palettes: Pillow's conversion, no colour profile.

    Returns
    -------
    Picture
        With the pixels and one sentence for each assumption made.

    Raises
    ------
    ImageError
        One sentence: what was given, and what is wanted.
    """
    return next(read for takes, read in DOORS if takes(source))(source)


def _of_text(text: str) -> Picture:
    data = things.bytes_of_text(text)
    if data is not None:
        return picture_in(data, "The file given in base64")
    if is_address(text.strip("<>\"' \n")):
        raise ImageError(f"{shown(text)} is a web address: download it first and give its path.")
    kind = kind_of(text[:1024].encode(errors="replace")) if "<" in text[:1] else None
    if kind is not None:
        raise ImageError(refusal("The text given", text[:1024].encode(errors="replace"), IMAGE))
    return picture_at(text)


def _of_array(source: Any, name: str = "The array", *, channels_first: bool = False) -> Picture:
    assumed: list[str] = []
    array = arrays.array_in(source)
    samples = arrays.samples_of(array, name, assumed, channels_first=channels_first)
    return picture_of(samples, assumed, name)


def _of_pil(image: Image.Image) -> Picture:
    name, assumed = "The PIL image", list[str]()
    if data := pil.original(image, deep.FORMATS):
        return picture_in(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            samples, orientation = pil.samples_of(image, name, assumed)
    except ImageError:
        raise
    except Image.DecompressionBombError as error:
        raise ImageError(pil.bomb(name, str(error))) from error
    except Exception as error:
        if "closed" in str(error) or (
            getattr(image, "tile", None) and getattr(image, "fp", None) is None
        ):
            raise ImageError(
                f"{name}'s file was closed before its pixels were read: open it anew, and call its"
                " load() before the file is closed."
            ) from error
        raise ImageError(
            f"{name} is a broken picture ({in_short(error)}): open it anew."
        ) from error
    if orientation > 1:
        samples = samples.turned(orientation)
        assumed.append(TURNED)
    return picture_of(samples, assumed, name)


def _of_tensor(tensor: Any) -> Picture:
    return _of_array(tensor, "The tensor", channels_first=True)


def _of_bytes(data: Any) -> Picture:
    return picture_in(bytes(data), "The file given as bytes")


def _of_thing(source: Any) -> Picture:
    held = things.held_by(source)
    if held is None:
        what = "None" if source is None else f"something of type {type(source).__name__}"
        raise ImageError(f"An image was expected ({KINDS}), not {what}.")
    return read_image(held)


def _one_of(*types: type) -> Callable[[Any], bool]:
    return lambda source: isinstance(source, types)


# The first that takes it reads it.
DOORS: tuple[tuple[Callable[[Any], bool], Callable[[Any], Picture]], ...] = (
    (_one_of(Picture), lambda picture: picture),
    (_one_of(Image.Image), _of_pil),
    (_one_of(str), _of_text),
    (_one_of(os.PathLike), picture_at),
    (is_tensor, _of_tensor),
    (arrays.is_array, _of_array),
    (_one_of(bytes, bytearray, memoryview), _of_bytes),
    (lambda source: callable(getattr(source, "read", None)), picture_of_file),
    (lambda _: True, _of_thing),
)
