"""`read_huge`, and `open_picture`, which takes whatever is a picture: who reads what, and when."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from PIL import Image

from sam_widget.errors import SamError, shown
from sam_widget.images.picture import ImageError
from sam_widget.images.reading import read_image
from sam_widget.images.tiff import is_tiff
from sam_widget.known_files import IMAGE, kind_of, refusal
from sam_widget.paths import as_path, is_address

from .picture import HugePicture
from .tiff import AS_TILES, TiffLevels, is_tiled
from .zarrs import ZarrLevels, is_zarr

if TYPE_CHECKING:
    from pathlib import Path

    from sam_widget.images.picture import Picture


def read_huge(source: str | os.PathLike[Any]) -> HugePicture:
    """Open a picture that is read in windows, however large it is.

    ``SamWidget("slide.tif")`` does it by itself where a tiled TIFF is larger than what is read
    whole (some 179 million pixels), and with every zarr; ``SamWidget(read_huge("map.tif"))`` does
    it with a smaller one.

    Parameters
    ----------
    source : str or os.PathLike
        * A **tiled TIFF** or BigTIFF: grey or RGB, of any number type, compressed by deflate or not
          at all; by JPEG, LZW, JPEG 2000 and others with ``sam_widget[huge]``. The levels of a
          pyramid (OME-TIFF, a whole slide's) are used. Of channels, slices and times that are no
          colours the first plane is taken.
        * A **zarr** folder with ``sam_widget[huge]``: an array, or a pyramid of OME-Zarr.

        A file without small versions of itself is looked at once, all of it, tile by tile, with a
        bar. More than 8 bits are shown as ``read_image`` has it, by the whole picture made small.

    Returns
    -------
    HugePicture

    Raises
    ------
    ImageError
        It is none of these: what it is and what to do.
    """
    try:
        path = as_path(source)
        given = os.fsdecode(source)
    except SamError as error:
        raise ImageError(str(error)) from error
    if is_zarr(path):
        return HugePicture.of(ZarrLevels(path), str(path))
    if not path.is_file():
        raise ImageError(f"There is no file {shown(given)}.")
    start = _start(path)
    if is_tiff(start):
        return HugePicture.of(TiffLevels(path), str(path))
    kind = kind_of(start)
    if kind is None or "picture" not in kind.what:
        raise ImageError(refusal(str(path), start, IMAGE))
    raise ImageError(f"{path} is {kind.what} and can only be read whole: {AS_TILES}.")


def open_picture(source: Any) -> Picture | HugePicture:
    """Read a picture as `read_image` does; what is too large for that opens in windows."""
    if isinstance(source, HugePicture):
        return source
    path = _path_of(source)
    return read_image(source) if path is None or not _is_huge(path) else read_huge(path)


def _path_of(source: Any) -> Path | None:
    """Return the path of a file that is there; None of all else."""
    if not isinstance(source, str | os.PathLike) or len(os.fsdecode(source)) > 4096:
        return None
    if isinstance(source, str) and (is_address(source) or "\n" in source or "<" in source[:1]):
        return None
    try:
        path = as_path(source)
        return path if path.exists() else None
    except (SamError, OSError, ValueError):
        return None


def _is_huge(path: Path) -> bool:
    if is_zarr(path):
        return True
    if not path.is_file() or not is_tiff(_start(path)):
        return False
    try:
        tiled, pixels = is_tiled(path)
    except Exception:  # noqa: BLE001  what is broken `read_image` tells best
        return False
    return tiled and pixels > 2 * (Image.MAX_IMAGE_PIXELS or float("inf"))


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(1024)
    except OSError:
        return b""
