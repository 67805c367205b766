"""HugePicture: a picture of which windows are read, at any shrink. Knows no format of files."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product
from operator import index
from typing import TYPE_CHECKING, Any

import numpy as np
import xxhash
from PIL import Image

from sam_widget.errors import shown
from sam_widget.images.picture import DISPLAY_SIDE, ImageError
from sam_widget.progress import progress_bar

from .tones import Tones

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from .levels import Levels

    Box = tuple[int, int, int, int]  # x0, y0, x1, y1, half open, px

WHOLE_SIDE = 4096  # px, the most of the whole picture made small, which stays in memory
BLOCK = 2048  # px, about the side of what one thread decodes while the whole is made small
AT_ONCE = 12 * 2**20  # px of a file's level that a window decodes at once
THREADS = 2
WINDOWS = (
    "The picture is read in windows and never whole: masks are run lengths, and"
    " region.window(x0, y0, x1, y1) is a part of one as an array."
)


@dataclass(frozen=True, eq=False)
class HugePicture:
    """A picture that is too large to be taken whole: its file stays open, windows are read.

    ``read_huge`` makes one. Equal to itself alone; any thread may read.

    Attributes
    ----------
    name : str
        Where it lies.
    size : tuple of int
        (width, height) in pixels.
    whole : ndarray
        (h, w, 3) uint8 RGB, read-only: all of it made small, at most 4096 px on the longer side.
    content : str
        32 hex digits: what stands for its pixels, the same in every process.
    assumed : tuple of str
        One sentence for each thing that the file left open, and that it is read in windows.
    """

    name: str
    size: tuple[int, int]
    whole: NDArray[np.uint8]
    content: str
    assumed: tuple[str, ...]
    _file: Levels
    _tones: Tones

    @classmethod
    def of(cls, file: Levels, name: str) -> HugePicture:
        """Look at all of a file once, where it holds no small version of itself; a bar shows it.

        Raises
        ------
        ImageError
            It cannot be read.
        """
        small = _made_small(file, name)
        assumed = [*file.assumed]
        tones = Tones.of(small, file.inverted, assumed)
        whole = tones.rgb(small)
        whole.flags.writeable = False
        size = file.levels[0].width, file.levels[0].height
        digest = xxhash.xxh3_128(repr((size, small.dtype.str, file.stamp)).encode())
        digest.update(np.ascontiguousarray(small).data)
        return cls(name, size, whole, digest.hexdigest(), (*assumed, WINDOWS), file, tones)

    @property
    def shown(self) -> NDArray[np.uint8]:
        """(h, w, 3) uint8 RGB: what stands for it where it is shown whole."""
        return self.whole

    def file(self) -> tuple[str, bytes]:
        """Return what a folder keeps of it, a suffix and bytes: where it lies, not its pixels."""
        return ".path", self.name.encode()

    @property
    def depth(self) -> int:
        """How many times it can be halved until a page shows it whole: 4 of 20,000 px."""
        return max(1, math.ceil(math.log2(max(self.size) / DISPLAY_SIDE)))

    def window(self, box: Box, shrink: int = 1) -> NDArray[np.uint8]:
        """Read a part of the picture.

        Parameters
        ----------
        box : tuple of int
            x0, y0, x1, y1, half open, in image pixels, inside the picture.
        shrink : int
            How many pixels become one along each side: their mean.

        Returns
        -------
        ndarray
            (h, w, 3) uint8 RGB, sides of the box over `shrink`, rounded up.

        Raises
        ------
        ImageError
            The box has no pixels or lies outside, or the file cannot be read any more.
        """
        try:
            x0, y0, x1, y1 = map(index, box)
            shrink = index(shrink)
        except (TypeError, ValueError):
            raise ImageError(
                "A window is (x0, y0, x1, y1) and shrunk so many times, all whole numbers, not"
                f" {shown(box)} and {shown(shrink)}."
            ) from None
        width, height = self.size
        if min(x0, y0) < 0 or x0 >= x1 or x1 > width or y0 >= y1 or y1 > height:
            raise ImageError(f"The window {box} does not lie in {width} x {height} px.")
        if shrink < 1:
            raise ImageError(f"A window is shrunk 1 time or more, not {shrink}.")
        out = np.empty((-(-(y1 - y0) // shrink), -(-(x1 - x0) // shrink), 3), np.uint8)
        if shrink >= self.size[0] / self.whole.shape[1]:
            return _fitted(self.whole, self._scaled(box, self.whole.shape), out.shape)
        level = self._level(shrink)
        step = max(1, AT_ONCE // ((x1 - x0) * shrink))  # rows of `out`
        for top in range(0, len(out), step):
            some = out[top : top + step]
            band = x0, y0 + top * shrink, x1, min(y1, y0 + (top + len(some)) * shrink)
            some[...] = self._read(level, band, some.shape)
        return out

    def _level(self, shrink: int) -> int:
        """Return the smallest of the file's levels that still holds the detail."""
        widths = [each.width * shrink for each in self._file.levels]
        enough = [n for n, wide in enumerate(widths) if wide >= self.size[0] - shrink]
        return max(enough, default=0)

    def _scaled(self, box: Box, shape: tuple[int, ...]) -> tuple[float, float, float, float]:
        """Return a box in the pixels of a smaller version of the picture."""
        across, down = shape[1] / self.size[0], shape[0] / self.size[1]
        x0, y0, x1, y1 = box
        return x0 * across, y0 * down, x1 * across, y1 * down

    def _read(self, level: int, box: Box, shape: tuple[int, ...]) -> NDArray[np.uint8]:
        there = self._file.levels[level]
        x0, y0, x1, y1 = self._scaled(box, (there.height, there.width))
        left, top = int(x0), int(y0)
        right, bottom = min(there.width, math.ceil(x1)), min(there.height, math.ceil(y1))
        pixels = self._tones.rgb(self._file.read(level, (left, top, right, bottom)))
        return _fitted(pixels, (x0 - left, y0 - top, x1 - left, y1 - top), shape)

    def __repr__(self) -> str:
        width, height = self.size
        return f"<HugePicture: {width} x {height} px, {self.name}>"


def _fitted(
    pixels: NDArray[np.uint8], box: tuple[float, float, float, float], shape: tuple[int, ...]
) -> NDArray[np.uint8]:
    """Return a box of (h, w, 3) uint8 in another size, by the mean of what each pixel covers."""
    high, wide, *_ = pixels.shape
    size = shape[1], shape[0]
    all_of_it = np.array_equal(box, (0, 0, wide, high))
    if all_of_it and size == (wide, high):
        return pixels
    image = Image.fromarray(pixels)
    return np.asarray(image.resize(size, Image.Resampling.BOX, box=box, reducing_gap=None))


def _made_small(file: Levels, name: str) -> NDArray[Any]:
    """Return all of the picture, at most 4096 px on the longer side, in the file's numbers."""
    last = len(file.levels) - 1
    level = file.levels[last]
    shrink = max(1, math.ceil(max(level.width, level.height) / WHOLE_SIDE))
    blocks = list(_blocks(level.width, level.height, _side(level.wide, shrink)))
    first = file.read(last, (0, 0, 1, 1))
    shape = -(-level.height // shrink), -(-level.width // shrink), *first.shape[2:]
    small = np.zeros(shape, first.dtype)

    def look(box: Box) -> None:
        part = shrunk(file.read(last, box), shrink)
        left, top = (start // shrink for start in box[:2])
        small[top : top + part.shape[0], left : left + part.shape[1]] = part

    tqdm = progress_bar()

    bar = tqdm(total=len(blocks), desc=f"Looking at {name}", leave=False, delay=0.5)
    pool = ThreadPoolExecutor(THREADS)
    try:
        with bar:
            for _ in pool.map(look, blocks):
                bar.update()
    finally:
        pool.shutdown(cancel_futures=True)
    return small


def _side(tile: int, shrink: int) -> int:
    """Return about BLOCK pixels that hold whole tiles and whole pixels of the small picture."""
    whole = math.lcm(tile, shrink)
    return whole * max(1, BLOCK // whole)


def _blocks(width: int, height: int, side: int) -> Iterator[Box]:
    for y, x in product(range(0, height, side), range(0, width, side)):
        yield x, y, min(x + side, width), min(y + side, height)


def shrunk(values: NDArray[Any], shrink: int) -> NDArray[Any]:
    """Return the mean of each so many by so many values, of fewer at the right and lower sides.

    Parameters
    ----------
    values : ndarray
        (h, w) or (h, w, 3) of any real type.

    Returns
    -------
    ndarray
        Of the same type, whole numbers rounded.
    """
    if shrink == 1:
        return values
    if values.dtype == np.uint8:
        return np.asarray(Image.fromarray(values).reduce(shrink))
    high, wide = values.shape[:2]
    rows, columns = np.arange(0, high, shrink), np.arange(0, wide, shrink)
    sums = np.add.reduceat(values.astype(np.float64), rows, axis=0)
    sums = np.add.reduceat(sums, columns, axis=1)
    tall, long = np.diff(rows, append=high), np.diff(columns, append=wide)
    mean = sums / (tall[:, None] * long).reshape(len(rows), len(columns), *[1] * (sums.ndim - 2))
    whole = mean if values.dtype.kind == "f" else np.rint(mean)
    return np.asarray(whole, values.dtype)
