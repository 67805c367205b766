"""PNGs that carry masks, with what is known of them as text inside; sizes of photos. No rules."""

from __future__ import annotations

import io
import json
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, UnidentifiedImageError
from PIL.PngImagePlugin import PngInfo

from sam_widget.errors import in_short

from .errors import DataError
from .files import parsed
from .provenance import BLOCK
from .rasters import check_size

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

ORIENTATION = 274  # EXIF's; from 5 on a photo lies on its side


def png(image: Image.Image, known: Any = None) -> bytes:
    """Return a picture as PNG; what is known goes along as the text ``sam_widget``."""
    text = PngInfo()
    if known is not None:
        text.add_itxt(BLOCK, json.dumps(known, ensure_ascii=True, allow_nan=False))
    out = io.BytesIO()
    image.save(out, "PNG", pnginfo=text, optimize=False)
    return out.getvalue()


def opened(data: bytes, where: str, size: tuple[int, int] | None = None) -> Image.Image:
    """Return a picture, decoded; looked at before it is, so that a small file takes no gigabytes.

    Raises
    ------
    DataError
        It is none, too large, or not of the size (width, height) that it must have.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's about large ones: they are refused here
            limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
            try:
                image = Image.open(io.BytesIO(data))
            finally:
                Image.MAX_IMAGE_PIXELS = limit
            _check(image.size, size, where)
            image.load()
    except DataError:
        raise
    except UnidentifiedImageError:
        raise DataError(f"{where} cannot be read as a picture: it is none, or broken.") from None
    except Exception as error:  # Pillow's readers raise whatever a broken file makes them
        raise DataError(f"{where} cannot be read as a picture: {in_short(error)}.") from error
    return image


def _check(size: tuple[int, int], wanted: tuple[int, int] | None, where: str) -> None:
    check_size(size, where)
    if wanted is not None and size != wanted:
        given, right = (f"{width} x {height} px" for width, height in (size, wanted))
        raise DataError(f"{where}: a picture of a mask is of {given}, not of {right}.")


def text_in(image: Image.Image, where: str) -> Any:
    """Return what ``png`` wrote as known; None where there is nothing."""
    text = image.info.get(BLOCK)
    return parsed(text.encode(), where, "JSON") if isinstance(text, str) else None


def colours(image: Image.Image) -> NDArray[np.int64]:
    """Return (H, W) int64: red, green and blue of each pixel as one number."""
    pixels = np.asarray(image.convert("RGB"), np.int64)
    return pixels[..., 0] << 16 | pixels[..., 1] << 8 | pixels[..., 2]


def size_of_photo(path: Path) -> tuple[int, int]:
    """Return (width, height) of a photo as ``read_image`` gives it, turned as its EXIF says."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path) as image:
                width, height = image.size
                lies = image.getexif().get(ORIENTATION, 1) in {5, 6, 7, 8}
    except Exception as error:
        raise DataError(f"{path} cannot be read as a picture: {in_short(error)}.") from error
    return (height, width) if lies else (width, height)
