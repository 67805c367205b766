"""PIL's images, of any mode and as they are opened -> samples. Opens no path, scales nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageFile

from .deep import deep_samples
from .picture import ImageError
from .values import Samples, upright

if TYPE_CHECKING:
    from numpy.typing import NDArray


def orientation_of(image: Image.Image) -> int:
    """Return EXIF's orientation, 1 to 8; 1 where there is none that can be read."""
    try:
        orientation = image.getexif().get(0x0112, 1)
    except Exception:  # noqa: BLE001  broken EXIF is no reason to refuse a good picture
        return 1
    return orientation if orientation in range(1, 9) else 1


def samples_of(
    image: Image.Image, name: str, assumed: list[str], *, data: bytes = b""
) -> tuple[Samples, int]:
    """Return an image's samples as they are stored, and how they are turned.

    Parameters
    ----------
    image : Image
    name : str
        As a refusal begins.
    assumed : list of str
        Takes a sentence for each conversion.
    data : bytes
        The file that it comes from, where it is opened and not loaded.

    Returns
    -------
    samples : Samples
    orientation : int
        EXIF's, 1 to 8.
    """
    if not (image.width and image.height):
        raise ImageError(f"{name} is {image.width} x {image.height} pixels: it has no pixels.")
    array = None
    if data and isinstance(image, ImageFile.ImageFile):
        array = deep_samples(data, image, name)
    before = orientation_of(image) if image.format == "TIFF" else 1
    image.load()
    orientation = orientation_of(image)
    array = _channels_of(image, assumed) if array is None else array
    if before > 1:  # Pillow turned it as it loaded it
        return Samples(upright(array, {6: 8, 8: 6}.get(before, before))), before
    return Samples(array), orientation


def original(image: Image.Image, formats: tuple[str, ...]) -> bytes:
    """Return the file of an image that is opened and not loaded yet; empty of any other."""
    file = getattr(image, "fp", None)
    if image.format not in formats or not getattr(image, "tile", None) or file is None:
        return b""
    try:
        if image.tell():  # another frame is asked for
            return b""
        place = file.tell()
        file.seek(0)
        data = file.read()
        file.seek(place)
    except (AttributeError, OSError, ValueError):
        return b""
    return bytes(data)


def has_frames(image: Image.Image) -> bool:
    """Whether there are more pictures in the file than the first."""
    try:
        return bool(getattr(image, "is_animated", False))
    except Exception:  # noqa: BLE001  a second frame that is broken does not matter
        return True


def bomb(name: str, said: str) -> str:
    """Return the sentence for a picture of more pixels than Pillow's limit."""
    count = re.search(r"(\d+) pixels", said)
    size = f"{int(count[1]):,} pixels" if count else "too many pixels"
    limit = f"{2 * (Image.MAX_IMAGE_PIXELS or 0):,}"
    return (
        f"{name} has {size}, and {limit} are allowed where a file is read whole: scale it down, or"
        " save it as a tiled TIFF, which opens in windows (vips tiffsave IN OUT.tif --tile"
        " --compression deflate)."
    )


def _channels_of(image: Image.Image, assumed: list[str]) -> NDArray[Any]:
    """Return (H, W), (H, W, 2), (H, W, 3) or (H, W, 4); RGB and alpha where there are colours."""
    mode = image.mode
    clear = image.info.get("transparency")
    if mode in ("1", "L", "LA", "RGB", "RGBA") or mode == "F" or mode.startswith("I"):
        if mode in ("1", "L", "RGB") and clear is not None:
            return np.asarray(image.convert("RGBA"))
        array = np.asarray(image)
        if mode.startswith("I;16") and isinstance(clear, int):
            array = np.dstack([array, np.where(array == clear, 0, 65535).astype(array.dtype)])
        return array
    if mode == "La":
        return np.asarray(image.convert("LA"))
    if mode in ("P", "PA", "RGBa", "RGBX"):
        has_alpha = mode != "RGBX" and (mode != "P" or clear is not None)
        return np.asarray(image.convert("RGBA" if has_alpha else "RGB"))
    assumed.append(f"{mode} is turned into RGB without a colour profile.")
    return np.asarray(image.convert("RGB"))
