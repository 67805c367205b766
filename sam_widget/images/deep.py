"""Samples of more than 8 bits that Pillow would cut to 8: PNG, TIFF, PPM, SGI, JPEG 2000.

Pillow unpacks 16-bit colours to their upper bytes; told that the bytes lie the other way round, it
unpacks the lower ones. Read twice, they are whole.
"""

from __future__ import annotations

import io
import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from PIL import Image, ImageFile

from sam_widget.known_files import IMAGE, refusal

from .picture import ImageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

FORMATS = ("PNG", "TIFF", "PPM", "SGI", "JPEG2000")
SOC_SIZ = b"\xff\x4f\xff\x51"  # how a JPEG 2000 codestream begins


class _Halves(NamedTuple):
    mode: str
    high: str
    low: str
    premultiplied: bool = False


def _halves(rawmode: str) -> _Halves | None:
    """Return how to unpack the upper and the lower bytes of 16-bit colours, None where not such."""
    found = re.fullmatch(r"(RGBA|RGBa|RGBX|RGB);16([BLN])", rawmode)
    if not found:
        return None
    colours, order = found.groups()
    if order == "N":
        order = "L" if sys.byteorder == "little" else "B"
    other = "B" if order == "L" else "L"
    unpacked = "RGBA" if colours == "RGBa" else colours
    mode = "RGBA" if unpacked == "RGBA" else "RGB"
    return _Halves(mode, f"{unpacked};16{order}", f"{unpacked};16{other}", colours == "RGBa")


def is_ordinary(image: ImageFile.ImageFile) -> bool:
    """Whether an opened image is grey or RGB of 8 bits, with nothing clear in it."""
    plain = image.mode in ("L", "RGB") and "transparency" not in image.info
    return plain and all(";16" not in str(tile.args) for tile in image.tile)


def deep_samples(data: bytes, image: ImageFile.ImageFile, name: str) -> NDArray[Any] | None:
    """Return the samples of a file whose colours Pillow would cut to 8 bits; None of any other.

    Parameters
    ----------
    data : bytes
        The file.
    image : Image
        The same, opened and not loaded.
    name : str
        As a refusal begins.

    Returns
    -------
    ndarray or None
        (H, W), (H, W, 2), (H, W, 3) or (H, W, 4) uint16.

    Raises
    ------
    ImageError
        What lies in the lower bits matters and cannot be had.
    """
    if image.format == "FITS" and image.mode != "L":  # its sign and its scale are passed over
        raise ImageError(refusal(name, data, IMAGE))
    if image.format == "PPM":
        return _netpbm(data, image)
    if image.format == "SGI":
        return _upper(image, 16 if data[3:4] == b"\x02" else 8, name)
    if image.format == "JPEG2000":
        return _upper(image, 8 if image.mode == "I;16" else _jpeg_2000_bits(data), name)
    return _whole(data, image) if image.format in FORMATS and image.tile else None


def _whole(data: bytes, image: ImageFile.ImageFile) -> NDArray[np.uint16] | None:
    """Decode both halves of a PNG's or a TIFF's 16-bit colours."""
    rawmode = _rawmode(image)
    if rawmode == "LA;16B":
        four = _unpacked(data, "RGBA", "RGBA")  # both bytes of grey, both of alpha
        return _joined(four[..., 0::2], four[..., 1::2])
    halves = _halves(rawmode)
    if halves is None:
        return None
    upper, lower = (_unpacked(data, halves.mode, each) for each in (halves.high, halves.low))
    deep = _joined(upper, lower)
    if halves.premultiplied:
        return unmultiplied(deep)
    clear = image.info.get("transparency")
    if deep.shape[2] == 3 and isinstance(clear, tuple):  # the one colour that stands for nothing
        alpha = np.where((deep == np.array(clear, np.uint16)).all(-1), 0, 65535)
        deep = np.dstack([deep, alpha.astype(np.uint16)])
    return deep


def _joined(upper: NDArray[np.uint8], lower: NDArray[np.uint8]) -> NDArray[np.uint16]:
    whole = upper.astype(np.uint16)
    whole <<= 8
    whole |= lower
    return whole


def unmultiplied(array: NDArray[Any]) -> NDArray[Any]:
    """(H, W, 2 or 4) of colours that their alpha is multiplied into -> without it, same type."""
    most = np.iinfo(array.dtype).max if array.dtype.kind in "iu" else 1
    alpha = array[..., -1:].astype(np.float64)
    colours = np.divide(
        array[..., :-1] * float(most), alpha, out=np.zeros(array[..., :-1].shape), where=alpha > 0
    )
    if array.dtype.kind in "iu":
        colours = np.rint(colours.clip(0, most))
    return np.concatenate([colours.astype(array.dtype), array[..., -1:]], axis=-1)


def _rawmode(image: ImageFile.ImageFile) -> str:
    args = image.tile[0].args
    return str(args[0] if isinstance(args, tuple) and args else args)


def _unpacked(data: bytes, mode: str, rawmode: str) -> NDArray[np.uint8]:
    """Decode the file once more, its bytes unpacked another way."""
    with Image.open(io.BytesIO(data)) as image:
        image._mode = mode  # noqa: SLF001  Pillow sets it by the file's header, and so do we
        image.tile = [
            tile._replace(
                args=(rawmode, *tile.args[1:]) if isinstance(tile.args, tuple) else rawmode
            )
            for tile in image.tile
        ]
        image.info.pop("transparency", None)
        image.load()
        return np.asarray(image)


def _upper(image: Image.Image, bits: int, name: str) -> NDArray[np.uint16] | None:
    """Believe the upper 8 bits where the lower ones would not change the range that is read."""
    if bits <= 8:
        return None
    image.load()
    upper = np.asarray(image)
    colours = upper if upper.ndim == 2 else upper[..., : 3 if upper.shape[2] > 2 else 1]
    if bits > 14 and colours.max() < 64:  # below 14 bits, it would be another range
        raise ImageError(
            f"{name} holds {bits} bits a colour, of which only the upper 8 can be had here, and"
            " its values lie in the lower ones: read it with imagecodecs.imread and give the array."
        )
    return upper.astype(np.uint16) * np.uint16(257)  # so that the rule for 16 bits sees them


def _jpeg_2000_bits(data: bytes) -> int:
    start = data.find(SOC_SIZ)
    return (data[start + 42] & 0x7F) + 1 if start >= 0 and len(data) > start + 42 else 8


def _netpbm(data: bytes, image: Image.Image) -> NDArray[np.uint16] | None:
    """Read a PGM or PPM of more than 8 bits, binary or in digits, in its own numbers."""
    header = re.match(rb"P([2356])((?:\s*#[^\n]*\n|\s)+)", data)
    if not header:
        return None
    numbers = re.finditer(rb"\s*#[^\n\r]*|\s*(\d+)", data[header.end() :])
    found = (each for each in numbers if each[1])
    top = [next(found) for _ in range(3)][2]  # after width and height
    most = int(top[1])
    if most < 256:
        return None
    channels = 3 if header[1] in b"36" else 1
    shape = (image.height, image.width, channels)
    count = image.height * image.width * channels
    body = data[header.end() + top.end() :]
    if header[1] in b"56":
        values = np.frombuffer(body, ">u2", count, 1)
    else:
        words = re.sub(rb"#[^\n]*", b"", body).split()[:count]
        values = np.array([int(word) for word in words])
    values = values.reshape(shape)
    if most & (most + 1):  # of no whole number of bits: it is white all the same
        values = np.rint(values * (65535 / most))
    return values.astype(np.uint16)
