"""Tiled TIFF by windows: plain ones, OME-TIFF, whole slides. What cannot be so read says why."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import finalize

import numpy as np

from sam_widget.errors import in_short
from sam_widget.images.picture import ImageError
from sam_widget.lifetime import renews

from .levels import Level, Tiles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from tifffile import TiffFile, TiffPage

WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, YCBCR = 0, 1, 2, 6
JPEGS = (6, 7, 33007, 34892)  # compressions that share tables between tiles
ORIENTATION = 274
MOST_TILE = 2**26  # px
AS_TILES = (
    "save it as a tiled TIFF, which opens in windows: vips tiffsave IN OUT.tif --tile --pyramid"
    " --compression deflate"
)


def open_tiff(path: Path) -> TiffFile:
    """Open a TIFF; ImageError where it is none."""
    import tifffile  # noqa: PLC0415  a tenth of a second, for those who have a TIFF

    logging.getLogger("tifffile").addHandler(logging.NullHandler())  # what matters is said
    try:
        return tifffile.TiffFile(path)
    except Exception as error:
        raise ImageError(f"{path} is a broken TIFF ({in_short(error)}): save it anew.") from error


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say of whatever tifffile raises about a broken file that it is one."""
    try:
        yield
    except ImageError:
        raise
    except Exception as error:
        raise ImageError(f"{path} is a broken TIFF ({in_short(error)}): save it anew.") from error


def is_tiled(path: Path) -> tuple[bool, int]:
    """Return whether a TIFF's first picture lies in tiles, and how many pixels it has."""
    with open_tiff(path) as file, _told(path):
        page: Any = file.pages[0]
        return bool(page.is_tiled), int(page.imagewidth) * int(page.imagelength)


class TiffLevels:
    """A tiled TIFF that is open; see ``levels.Levels``.

    Parameters
    ----------
    path : Path

    Raises
    ------
    ImageError
        It can only be read whole, or holds what is no grey or RGB picture, or is compressed so that
        it cannot be read here.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = open_tiff(path)
        finalize(self, self._file.close)
        with _told(path):
            self._lay_out(self._file.series[0])
        self._tiles = Tiles()
        self.renew()
        renews(self)
        self.read(0, (0, 0, 1, 1))  # what cannot be decoded is told at once

    def _lay_out(self, series: Any) -> None:
        """Say which levels there are, and what they hold."""
        first: Any = series.keyframe
        _check(first, str(self._path))
        # of a pyramid's levels those in tiles: small ones in strips are made of the others
        pages = [_planes(level) for level in series.levels]
        self._pages = [some for some in pages if some[0].is_tiled]
        for page in (each for some in self._pages for each in some):
            _check_tiles(page, str(self._path))
        self.levels = tuple(
            Level(each.imagewidth, each.imagelength, each.tilewidth, each.tilelength)
            for each, *_ in self._pages
        )
        self.inverted = first.photometric == WHITE_IS_ZERO
        self.assumed = _said_of(series, len(self._pages[0]))
        self.stamp = repr([each.databytecounts for some in self._pages for each in some])

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._lock = Lock()

    def read(self, level: int, box: tuple[int, int, int, int]) -> NDArray[Any]:
        """Return a window of a level; see ``levels.Levels``."""
        with _told(self._path):
            parts = [self._window(level, plane, box) for plane in range(len(self._pages[level]))]
        return parts[0] if len(parts) == 1 else np.dstack(parts)

    def _window(self, level: int, plane: int, box: tuple[int, int, int, int]) -> NDArray[Any]:
        x0, y0, x1, y1 = box
        page = self._pages[level][plane]
        wide, tall = page.tilewidth, page.tilelength
        out: NDArray[Any] | None = None
        for row in range(y0 // tall, -(-y1 // tall)):
            for column in range(x0 // wide, -(-x1 // wide)):
                tile = self._tile(level, plane, row, column)
                if out is None:
                    out = np.empty((y1 - y0, x1 - x0, *tile.shape[2:]), tile.dtype)
                left, top = column * wide, row * tall
                xs, ys = slice(max(x0, left), x1), slice(max(y0, top), y1)
                part = tile[ys.start - top : y1 - top, xs.start - left : x1 - left]
                into = out[ys.start - y0 :, xs.start - x0 :]
                into[: part.shape[0], : part.shape[1]] = part
        if out is None:
            raise ImageError(f"A window of {self._path} has no pixels: {box}.")
        return out

    def _tile(self, level: int, plane: int, row: int, column: int) -> NDArray[Any]:
        """Return a tile, (tall, wide) or (tall, wide, 3), whole: at the sides it is padded."""
        key = level, plane, row, column
        return self._tiles.get(key, lambda: self._decoded(self._pages[level][plane], row, column))

    def _decoded(self, page: TiffPage, row: int, column: int) -> NDArray[Any]:
        across, down = (
            -(-page.imagewidth // page.tilewidth),
            -(-page.imagelength // page.tilelength),
        )
        samples = [
            self._segment(page, (band * down + row) * across + column)
            for band in range(_apart(page))
        ]
        tile = samples[0] if len(samples) == 1 else np.concatenate(samples, axis=-1)
        if tile.dtype == np.bool_:
            tile = tile.astype(np.uint8) * np.uint8(255)
        shown: NDArray[Any] = tile[..., 0] if _bands(page) == 1 else tile[..., :3]
        return shown

    def _segment(self, page: TiffPage, index: int) -> NDArray[Any]:
        """Decode one segment of the file: (tall, wide, samples)."""
        tall, wide = page.tilelength, page.tilewidth
        count = page.databytecounts[index]
        if not count:  # nothing is stored of what is all one value
            samples = page.samplesperpixel if _apart(page) == 1 else 1
            return np.full((tall, wide, samples), page.nodata, page.dtype)
        try:
            with self._lock:
                handle = self._file.filehandle
                handle.seek(page.dataoffsets[index])
                data = handle.read(count)
            jpeg: dict[str, Any] = {}
            if page.compression in JPEGS:
                jpeg = {"jpegtables": page.jpegtables, "jpegheader": page.jpegheader}
            decoded, _, shape = page.decode(data, index, _fullsize=True, **jpeg)
        except Exception as error:
            raise ImageError(self._broken(page, error)) from error
        if decoded is None:
            return np.full((tall, wide, shape[-1]), page.nodata, page.dtype)
        segment: NDArray[Any] = np.asarray(decoded)[0]
        return segment

    def _broken(self, page: TiffPage, error: Exception) -> str:
        if "imagecodecs" in str(error):
            how = getattr(page.compression, "name", page.compression)
            return f"{self._path} is compressed by {how}: pip install 'sam_widget[huge]' reads it."
        return f"{self._path} is broken, or gone, in this part ({in_short(error)}): fetch it anew."


def _check(page: Any, name: str) -> None:
    """Refuse what is no grey or RGB picture in tiles."""
    if not page.is_tiled:
        raise ImageError(f"{name} lies in strips and can only be read whole: {AS_TILES}.")
    if page.tiledepth > 1:
        raise ImageError(f"{name} is a volume: give a plane of it.")
    turned = page.tags.get(ORIENTATION)
    if turned is not None and turned.value != 1:
        raise ImageError(f"{name} is to be turned before it is seen: save it upright.")
    if page.photometric not in (WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, YCBCR):
        how = getattr(page.photometric, "name", page.photometric)
        raise ImageError(f"{name} is a TIFF of {how} colours: save it as grey or RGB.")
    if page.photometric == YCBCR and page.compression not in JPEGS:
        raise ImageError(f"{name} is a TIFF of YCbCr colours: save it as grey or RGB.")


def _check_tiles(page: Any, name: str) -> None:
    """Refuse a picture whose tiles are not as many, or not of the size, as it says."""
    wide, tall = int(page.tilewidth), int(page.tilelength)
    if not 0 < wide * tall <= MOST_TILE:
        raise ImageError(f"{name} is a broken TIFF (its tiles are of {wide} x {tall} px): save it"
                         " anew.")  # fmt: skip
    tiles = -(-page.imagewidth // wide) * -(-page.imagelength // tall) * _apart(page)
    if min(len(page.dataoffsets), len(page.databytecounts)) < tiles:
        raise ImageError(f"{name} is a broken TIFF (it lacks some of its {tiles} tiles): save it"
                         " anew.")  # fmt: skip


def _apart(page: Any) -> int:
    """How many segments hold one tile: its bands may lie apart."""
    return int(page.samplesperpixel) if page.planarconfig == 2 else 1


def _bands(page: Any) -> int:
    return 3 if page.samplesperpixel >= 3 else 1


def _planes(level: Any) -> list[Any]:
    """Return the pages that make up the picture: three channels that lie apart, else the first."""
    pages = [level.pages[0]]
    axes, shape = level.get_axes(squeeze=True), level.get_shape(squeeze=True)
    if axes == "CYX" and shape[0] == 3 and pages[0].samplesperpixel == 1:
        pages = [level.pages[n] for n in range(3)]
    # a page that is read for its offsets alone takes all else from the first of its kind
    return [page.aspage() if hasattr(page, "aspage") else page for page in pages]


def _said_of(series: Any, planes: int) -> tuple[str, ...]:
    if planes == 3:
        return ("The three channels are taken as red, green and blue.",)
    page = series.keyframe
    said = []
    words = {"C": "channels", "Z": "slices", "T": "times"}
    axes, shape = series.get_axes(squeeze=True), series.get_shape(squeeze=True)
    counts = [f"{n} {words[a]}" for a, n in zip(axes, shape, strict=True) if a in words and n > 1]
    if counts:
        said.append(f"The file holds {' x '.join(counts)}; the first plane is taken.")
    if page.samplesperpixel not in (1, 3):
        bands = page.samplesperpixel
        said.append(
            f"Of {bands} bands, the first three are taken."
            if bands > 3
            else f"Of {bands} bands, the first is taken."
        )
    return tuple(said)
