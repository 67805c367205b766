"""Whatever a user calls an image, as RGB uint8, and what was assumed. Knows no model, no screen."""

from __future__ import annotations

import io
import os
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import xxhash
from PIL import Image, ImageOps, UnidentifiedImageError

from .errors import SamError

if TYPE_CHECKING:
    from numpy.typing import NDArray

DISPLAY_SIDE = 2048  # px; more than a cell shows at device pixel ratio 2
LOSSLESS_PIXELS = 512 * 512  # below this a PNG costs little, and its pixels can be zoomed into
DEPTHS = (8, 10, 12, 14, 16)  # bits that sensors and files count in
KINDS = "a path, bytes, a file object, a PIL image, a numpy array or a torch tensor"


class ImageError(SamError):
    """Something that cannot be taken as an image, and why, in one sentence."""


@dataclass(frozen=True, eq=False)
class Picture:
    """An image as the rest of the package sees it.

    Attributes
    ----------
    pixels : ndarray
        (H, W, 3) uint8, red green blue, rows from the top; C-contiguous, read-only, its own copy.
    assumed : tuple of str
        One sentence for each thing that the source left open or that was changed: rotation,
        range of values, order of axes, transparency, frames.
    """

    pixels: NDArray[np.uint8]
    assumed: tuple[str, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return self.pixels.shape[1], self.pixels.shape[0]


def read_image(source: Any) -> Picture:
    """Read what a user calls an image; say what was assumed.

    Parameters
    ----------
    source : str, os.PathLike, bytes, file object, PIL.Image.Image, ndarray or torch.Tensor
        * **Files** (path with ``~``, bytes, binary file object): anything Pillow reads. The EXIF
          rotation is applied, so that "up" is up; of an animation the first frame is taken.
        * **PIL images**: every mode. Their EXIF rotation, where they still carry one, is applied.
        * **Arrays and tensors**: (H, W), (H, W, 1), (H, W, 2) grey and alpha, (H, W, 3) RGB,
          (H, W, 4) RGBA, or channels first with 1, 3 or 4 of them. Where both orders fit the
          shape, arrays are read as channels last and tensors as channels first. A batch of one
          counts as its image. Colours are red, green, blue; OpenCV's are not (``bgr[..., ::-1]``).

        Values become 0..255 so:

        * bool: False is black, True is white. uint8: as it is.
        * other integers, 16-bit files among them: divided by 2**n - 1, where n is the smallest of
          8, 10, 12, 14, 16 bits that holds the largest value; so 12 bits of a microscope in a
          16-bit file are bright, and full 16 bits are divided by 257. Negative values or more
          than 16 bits: smallest to largest value.
        * float: 0..1, or 0..255 when the largest value is above 1, or -1..1 when there are negative
          ones; any other range: smallest to largest value.
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
    if isinstance(source, Image.Image):
        return _from_pil(source, "The PIL image")
    if isinstance(source, (str, os.PathLike)):
        return _from_path(source)
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _from_bytes(bytes(source), "The bytes given")
    if hasattr(source, "read"):
        return _from_file(source)
    if hasattr(source, "detach") and hasattr(source, "cpu"):
        return _from_array(_tensor_to_array(source), "tensor", channels_first=True)
    if hasattr(source, "__array__") or hasattr(source, "__array_interface__"):
        return _from_array(_to_array(source), "array", channels_first=False)
    what = "None" if source is None else f"something of type {type(source).__name__}"
    raise ImageError(f"An image was expected ({KINDS}), not {what}.")


def encode_for_display(pixels: NDArray[np.uint8]) -> bytes:
    """Encode a picture for the page.

    Parameters
    ----------
    pixels : ndarray
        (H, W, 3) uint8 RGB.

    Returns
    -------
    bytes
        A PNG up to 512 x 512 pixels in all, else a JPEG; at most 2048 px on the longer side.
    """
    image = Image.fromarray(pixels)
    longest = max(image.size)
    if longest > DISPLAY_SIDE:
        width, height = (max(1, round(side * DISPLAY_SIDE / longest)) for side in image.size)
        image = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    out = io.BytesIO()
    if image.width * image.height <= LOSSLESS_PIXELS:
        image.save(out, "PNG", compress_level=1)  # a third larger, in half the time
    else:
        image.save(out, "JPEG", quality=92, subsampling=0)
    return out.getvalue()


def content_hash(pixels: NDArray[np.uint8]) -> str:
    """Return a name for the picture's content: 128 bits of XXH3 over shape and pixels.

    It tells apart what differs by chance, not by malice. 0.1 ms for 1800 x 1200, where SHA-256
    takes 3 ms with the processor's help and 20 without, and BLAKE2b 9.

    Parameters
    ----------
    pixels : ndarray
        Any shape and type; how it lies in memory does not count.

    Returns
    -------
    str
        32 hex digits, the same in every process.
    """
    digest = xxhash.xxh3_128(repr((pixels.shape, pixels.dtype.str)).encode())
    digest.update(np.ascontiguousarray(pixels).data)
    return digest.hexdigest()


def _from_path(source: str | os.PathLike[Any]) -> Picture:
    name = os.fsdecode(source)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", name) or name.startswith("data:"):
        raise ImageError(f"{_short(name)} is a web address: download it first and give its path.")
    if not name:
        raise ImageError("The path of the image is empty.")
    try:
        path = Path(name).expanduser()
        if path.is_dir():
            raise ImageError(f"{path} is a folder: give the path of one image in it.")
        if path.exists() and not path.is_file():
            raise ImageError(f"{path} is a device or a pipe: give the path of a file.")
        data = path.read_bytes()
    except FileNotFoundError:
        where = "" if Path(name).is_absolute() else f" (looked in {Path.cwd()})"
        raise ImageError(f"There is no file {_short(name)}{where}.") from None
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ImageError(f"{_short(name)} cannot be read: {_sentence(reason)}") from error
    return _from_bytes(data, str(path))


def _from_file(source: Any) -> Picture:
    name = f"The file object {_short(str(getattr(source, 'name', type(source).__name__)))}"
    try:
        data = source.read()
        if not data and source.seekable() and source.tell() > 0:
            source.seek(0)  # just written to, as one does with a BytesIO
            data = source.read()
    except Exception as error:
        raise ImageError(f"{name} cannot be read: {_sentence(error)}") from error
    if isinstance(data, str):
        raise ImageError(f"{name} was opened as text: open it with mode 'rb'.")
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise ImageError(f"{name} gave a {type(data).__name__} where bytes were expected.")
    return _from_bytes(bytes(data), name)


def _from_bytes(data: bytes, name: str) -> Picture:
    if not data:
        raise ImageError(f"{name} holds no bytes: an image was expected.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Pillow's own; what matters is said as a sentence
            image = Image.open(io.BytesIO(data))
    except UnidentifiedImageError as error:
        raise ImageError(f"{name} is not a picture in a format that Pillow reads.") from error
    except Image.DecompressionBombError as error:
        raise ImageError(_bomb(name, str(error))) from error
    except Exception as error:
        raise ImageError(f"{name} is a broken picture: {_sentence(error)}") from error
    with image:
        picture = _from_pil(image, name)
        if _has_frames(image):
            said = "The picture has several frames; the first is taken."
            return Picture(picture.pixels, (said, *picture.assumed))
    return picture


def _from_pil(image: Image.Image, name: str) -> Picture:
    if not (image.width and image.height):
        raise ImageError(f"{name} is {image.width} x {image.height} pixels: it has no pixels.")
    assumed: list[str] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.load()
            turned = _upright(image)
            if turned is not image:
                assumed.append("The rotation that EXIF asks for is applied.")
            array = _channels_of(turned, assumed)
    except Image.DecompressionBombError as error:
        raise ImageError(_bomb(name, str(error))) from error
    except Exception as error:  # Pillow's readers raise whatever a broken file makes them
        raise ImageError(f"{name} is a broken picture: {_sentence(error)}") from error
    return Picture(_to_rgb(array, assumed, name), tuple(assumed))


def _upright(image: Image.Image) -> Image.Image:
    try:
        turned = image.getexif().get(0x0112, 1) in range(2, 9)
        return ImageOps.exif_transpose(image) if turned else image
    except Exception:  # noqa: BLE001  broken EXIF is no reason to refuse a good picture
        return image


def _has_frames(image: Image.Image) -> bool:
    try:
        return bool(getattr(image, "is_animated", False))
    except Exception:  # noqa: BLE001  a second frame that is broken does not matter
        return True


def _channels_of(image: Image.Image, assumed: list[str]) -> NDArray[Any]:
    """Return (H, W), (H, W, 2), (H, W, 3) or (H, W, 4); RGB and alpha where there are colours."""
    mode = image.mode
    if mode in ("1", "L", "LA", "RGB", "RGBA") or mode == "F" or mode.startswith("I"):
        if mode in ("1", "L", "RGB") and "transparency" in image.info:
            return np.array(image.convert("RGBA"))
        return np.array(image)
    if mode == "La":
        return np.array(image.convert("LA"))
    if mode in ("P", "PA", "RGBa", "RGBX"):
        clear = mode != "RGBX" and (mode != "P" or "transparency" in image.info)
        return np.array(image.convert("RGBA" if clear else "RGB"))
    assumed.append(f"{mode} is turned into RGB without a colour profile.")
    return np.array(image.convert("RGB"))


def _to_array(source: Any) -> NDArray[Any]:
    try:
        return np.asarray(source)
    except Exception as error:  # an array on another device, or one that refuses
        kind = type(source).__name__
        raise ImageError(f"The {kind} cannot become an array: {_sentence(error)}") from error


def _tensor_to_array(tensor: Any) -> NDArray[Any]:
    """Bring a torch tensor to numpy without importing torch."""
    try:
        tensor = tensor.detach().cpu()
        if "bfloat16" in str(tensor.dtype) or "float8" in str(tensor.dtype):
            tensor = tensor.float()  # numpy has no such type
        return np.asarray(tensor.numpy())
    except (TypeError, RuntimeError, AttributeError) as error:
        raise ImageError(f"The tensor cannot become an array: {_sentence(error)}") from error


def _from_array(array: NDArray[Any], kind: str, *, channels_first: bool) -> Picture:
    shape, assumed = array.shape, list[str]()
    if array.dtype.kind not in "biuf":
        raise ImageError(f"The {kind} holds {array.dtype}: real numbers or bool were expected.")
    if array.size == 0:
        raise ImageError(f"The {kind} has shape {shape}: it has no pixels.")
    while array.ndim > 3 and array.shape[0] == 1:
        array = array[0]
    if array.ndim < len(shape):
        assumed.append("The batch of one is taken as its one image.")
    if array.ndim > 3:
        raise ImageError(f"The {kind} has shape {shape}, a batch: give one image of it.")
    if array.ndim < 2:
        raise ImageError(f"The {kind} has shape {shape}: (H, W), (H, W, 3) or so was expected.")
    if array.ndim == 3:
        array = _channels_last(array, kind, assumed, channels_first=channels_first)
    return Picture(_to_rgb(array, assumed, f"The {kind}"), tuple(assumed))


def _channels_last(
    array: NDArray[Any], kind: str, assumed: list[str], *, channels_first: bool
) -> NDArray[Any]:
    """Return (H, W, C) of an array in either order; where both fit, `channels_first` decides."""
    shape = array.shape
    first, last = shape[0] in (1, 3, 4), shape[2] in (1, 2, 3, 4)
    if not (first or last):
        raise ImageError(
            f"The {kind} has shape {shape}: 1, 2, 3 or 4 channels were expected,"
            " as (H, W, C) or (C, H, W)."
        )
    if first and last:
        order = "channels, rows, columns" if channels_first else "rows, columns, channels"
        assumed.append(f"The shape {shape} is taken as {order}.")
    elif first:
        assumed.append("The first axis is taken as the channels.")
    return np.moveaxis(array, 0, 2) if first and (channels_first or not last) else array


def _to_rgb(array: NDArray[Any], assumed: list[str], name: str) -> NDArray[np.uint8]:
    """(H, W) or (H, W, 1..4) of real numbers -> (H, W, 3) uint8."""
    if array.ndim == 2:
        array = array[..., None]
    if array.dtype.kind == "f":
        with np.errstate(over="ignore"):
            array = array.astype(np.float32 if array.dtype.itemsize <= 4 else np.float64)
        if count := array.size - int(np.isfinite(array).sum()):
            share = f"{count} of {array.size}"
            raise ImageError(f"{name} has NaN or infinite values ({share}): replace them first.")
    colours = array.shape[2] - (array.shape[2] in (2, 4))  # the rest is alpha
    rgb = np.empty((*array.shape[:2], 3), np.uint8)
    rgb[...] = _to_bytes(array[..., :colours], assumed)
    if colours < array.shape[2]:
        alpha = _to_bytes(array[..., colours:], [])
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
    rgb.flags.writeable = False
    return rgb


def _to_bytes(values: NDArray[Any], assumed: list[str]) -> NDArray[np.uint8]:
    """Scale real numbers to 0..255 by the rules that `read_image` tells."""
    if values.dtype == np.uint8:
        return values
    if values.dtype.kind == "b":
        return values.astype(np.uint8) * np.uint8(255)
    low, high = float(values.min()), float(values.max())
    if values.dtype.kind == "f":
        start, end = _float_range(low, high)
    else:
        depth = next((bits for bits in DEPTHS if low >= 0 and high < 2**bits), None)
        start, end = (low, high) if depth is None else (0.0, 2.0**depth - 1)
    assumed.append(f"Values are read as {start:g} (black) to {end:g} (white).")
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


def _float_range(low: float, high: float) -> tuple[float, float]:
    slack = 0.01  # resampling overshoots a little
    if low >= -slack and high <= 1 + slack:
        return 0.0, 1.0
    if low >= -1 - slack and high <= 1 + slack:
        return -1.0, 1.0
    if low >= -slack and high <= 255 + slack:
        return 0.0, 255.0
    return low, high


def _bomb(name: str, said: str) -> str:
    count = re.search(r"\((\d+) pixels\)", said)
    size = f"{int(count[1]):,} pixels" if count else "too many pixels"
    limit = f"{2 * (Image.MAX_IMAGE_PIXELS or 0):,}"
    return f"{name} has {size}, and {limit} are allowed: scale it down or cut it into tiles first."


def _short(name: str, most: int = 120) -> str:
    return repr(name) if len(name) <= most else f"{name[:most]!r}..."


def _sentence(reason: object) -> str:
    """One line that ends in one full stop, out of what another library said."""
    lines = str(reason).strip().splitlines() or [type(reason).__name__]
    return f"{lines[0].rstrip('. ')}."
