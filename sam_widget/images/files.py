"""Files of pictures, as paths, bytes or file objects -> pictures. Which files count as one."""

from __future__ import annotations

import io
import os
import sys
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import EpsImagePlugin, Image, UnidentifiedImageError

from sam_widget.errors import SamError, in_short, reason, shown
from sam_widget.known_files import IMAGE, RAW, kind_of, refusal
from sam_widget.paths import as_path

from . import arrays, jpeg, pil
from .deep import is_ordinary
from .picture import ImageError, Picture
from .tiff import is_tiff, read_tiff
from .values import Samples, picture_of

NOT_READ = {"BUFR", "GRIB", "HDF5", "MPEG"}  # formats that Pillow knows by name alone
ORDINARY = ("JPEG", "PNG", "WEBP")
DRAWINGS = {"EPS", "FITS"}  # what a folder of photos does not mean
TURNED = "The rotation that EXIF asks for is applied."


@cache
def formats() -> tuple[str, ...]:
    """Return the formats that Pillow, with its plugins, reads on this machine."""
    Image.init()
    without = {*NOT_READ, *(() if sys.platform == "win32" else ("WMF",))}
    if not EpsImagePlugin.has_ghostscript():
        without.add("EPS")
    return tuple(each for each in Image.ID if each not in without)


def is_picture_file(path: Path) -> bool:
    """Whether a file in a folder counts as a picture, by its name; hidden ones never do."""
    return is_picture_name(path.name) and path.is_file()


def is_picture_name(name: str) -> bool:
    """Whether files of this name are pictures, by its suffix; hidden ones, ``.a.jpg``, are not.

    Macs leave such shadows (``._a.jpg``) beside every file.
    """
    hidden = name.startswith(".") and name.count(".") > 1
    return not hidden and f".{name.rpartition('.')[2].lower()}" in suffixes()


@cache
def suffixes() -> frozenset[str]:
    """Return the suffixes of pictures, with their dots, in lower case."""
    readable = {*formats(), "MPO"} - DRAWINGS
    known = Image.registered_extensions().items()
    return frozenset(suffix for suffix, format_ in known if format_ in readable)


def picture_at(source: str | os.PathLike[Any]) -> Picture:
    """Read the picture of a path, as people paste it."""
    given = os.fsdecode(source)
    try:
        path = as_path(source)
        refused = _no_file(path)
        data = b"" if refused else path.read_bytes()
    except FileNotFoundError:
        where = "" if path.is_absolute() else f" (looked in {Path.cwd()})"
        raise ImageError(f"There is no file {shown(given)}{where}.") from None
    except SamError as error:
        raise ImageError(str(error)) from error
    except (OSError, ValueError) as error:
        raise ImageError(f"{shown(given)} cannot be read: {reason(error)}.") from error
    if refused:
        raise ImageError(refused)
    return picture_in(data, str(path))


def _no_file(path: Path) -> str:
    if path.is_dir():
        return f"{path} is a folder: give the path of one image in it."
    if path.exists() and not path.is_file():
        return f"{path} is a device or a pipe: give the path of a file."
    return ""


def picture_of_file(source: Any) -> Picture:
    """Read the picture of an open file, from where it stands."""
    name = f"The file object {shown(str(getattr(source, 'name', type(source).__name__)))}"
    try:
        data = source.read()
        if isinstance(data, bytes) and not data and source.seekable() and source.tell() > 0:
            source.seek(0)  # just written to, as one does with a BytesIO
            data = source.read()
    except Exception as error:
        raise ImageError(f"{name} cannot be read: {in_short(error)}.") from error
    if isinstance(data, str):
        raise ImageError(f"{name} was opened as text: open it with mode 'rb'.")
    if isinstance(data, np.ndarray):  # a raster's reader
        assumed: list[str] = []
        samples = arrays.samples_of(data, f"What {name[0].lower()}{name[1:]} reads", assumed)
        return picture_of(samples, assumed, name)
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise ImageError(f"{name} gave a {type(data).__name__} where bytes were expected.")
    return picture_in(bytes(data), name)


def picture_in(data: bytes, name: str, size: tuple[int, int] | None = None) -> Picture:
    """Read a file's bytes by the rules of `read_image`.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        As a refusal begins: its path, or "The bytes given".
    size : tuple of int, optional
        (width, height) of the picture that masks were drawn on: one that has it as stored is not
        turned as EXIF asks.

    Returns
    -------
    Picture

    Raises
    ------
    ImageError
        It is no picture, or a broken one: what it is and what to do.
    """
    if not data:
        raise ImageError(f"{name} holds no bytes: an image was expected.")
    kind = kind_of(data)
    if kind is RAW:
        raise ImageError(refusal(name, data, IMAGE))
    assumed: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the readers' own; what matters is said as a sentence
        if kind is not None and kind.suffixes and kind.suffixes[0] in NUMPY:
            samples, orientation = arrays.samples_of(_numpy(data, name), name, assumed), 1
        else:
            found = read_tiff(data, name, assumed) if is_tiff(data) else None
            samples, orientation = found or _by_pillow(data, name, assumed)
    height, width = samples.values.shape[:2]
    if orientation > 1 and (width, height) != size:
        samples = samples.turned(orientation)
        assumed.append(TURNED)
    return picture_of(samples, assumed, name)


def image_in(data: bytes, name: str, size: tuple[int, int] | None = None) -> Image.Image:
    """As `picture_in`, as a PIL image in RGB: an ordinary photo is decoded and never copied."""
    try:
        with Image.open(io.BytesIO(data), formats=ORDINARY) as image:
            if is_ordinary(image) and pil.orientation_of(image) == 1:
                return image.convert("RGB")
    except Exception:  # noqa: BLE001, S110  what is odd or broken is told below
        pass
    return Image.fromarray(picture_in(data, name, size).pixels)


NUMPY = (".npy", ".npz")


def _numpy(data: bytes, name: str) -> np.ndarray[Any, Any]:
    """Return the one array of a .npy or .npz."""
    try:
        loaded = np.load(io.BytesIO(data), allow_pickle=False)
        if isinstance(loaded, np.ndarray):
            return loaded
        names = list(loaded.files)
        if len(names) == 1:
            return np.asarray(loaded[names[0]])
    except Exception as error:
        raise ImageError(f"{name} cannot be read by numpy: {in_short(error)}.") from error
    listed = ", ".join(names) or "none"
    raise ImageError(f"{name} holds {len(names)} arrays ({listed}): give one, np.load(path)[name].")


def _by_pillow(data: bytes, name: str, assumed: list[str]) -> tuple[Samples, int]:
    try:
        with Image.open(io.BytesIO(data), formats=formats()) as image:
            if not is_tiff(data) and pil.has_frames(image):
                assumed.append("The picture has several frames; the first is taken.")
            return pil.samples_of(image, name, assumed, data=data)
    except ImageError:
        raise
    except UnidentifiedImageError as error:
        raise ImageError(refusal(name, data, IMAGE)) from error
    except Image.DecompressionBombError as error:
        raise ImageError(pil.bomb(name, str(error))) from error
    except Exception as error:  # Pillow's readers raise whatever a broken file makes them
        if jpeg.is_cut(data, error):
            return _what_is_there(data, name, assumed)
        raise ImageError(_broken(name, error)) from error


def _what_is_there(data: bytes, name: str, assumed: list[str]) -> tuple[Samples, int]:
    try:
        image, said = jpeg.what_is_there(data)
        assumed.append(said)
        return pil.samples_of(image, name, assumed)
    except Exception as error:
        raise ImageError(_broken(name, error)) from error


def _broken(name: str, error: Exception) -> str:
    return f"{name} is a broken picture ({in_short(error)}): fetch or save it anew."
