"""Mask: one region of one image as run lengths, and back. No files, no formats, no model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .arrays import NoArrayError, to_array
from .errors import SamError, shown
from .pictured import picture_of
from .run_lengths import MaskError, run_lengths, text_of
from .spans import by_rows, drawn, runs_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, DTypeLike, NDArray

HEADER = 6  # numbers before the runs in a mask's bytes: width, height, x0, y0, x1, y1
LARGEST = 2**32 - 1  # pixels that a run's count can hold
MOST_TURNS = 2**26  # of a mask with its image's rows; a gigabyte of memory
AT_ONCE = 2**24  # pixels that are decoded at once where not all are asked for


@dataclass(frozen=True, eq=False)
class Mask:
    """The pixels of one region. Equal and hashed by content; an array to numpy and matplotlib.

    Attributes
    ----------
    size : tuple of int
        (width, height) of the image, in pixels.
    box : tuple of int
        x0, y0, x1, y1, half open: the smallest box around the region; zeros when it is empty.
    runs : ndarray
        (n,) uint32, read-only: how many pixels off, on, off, ... row by row inside ``box``. Only
        the first may be 0.
    """

    size: tuple[int, int]
    box: tuple[int, int, int, int]
    runs: NDArray[np.uint32]

    def __post_init__(self) -> None:
        width, height = self.size
        x0, y0, x1, y1 = self.box
        if width < 1 or height < 1 or width * height > LARGEST:
            raise MaskError(f"A mask of {width} x {height} px cannot be: 1 to {LARGEST} px fit.")
        if not (0 <= x0 <= x1 <= width and 0 <= y0 <= y1 <= height):
            raise MaskError(f"The mask's box {self.box} does not lie in {width} x {height} px.")
        inside = (x1 - x0) * (y1 - y0)
        total = int(self.runs.sum(dtype=np.uint64))
        if total != inside:
            raise MaskError(f"The mask's runs count {total} px, its box holds {inside}.")
        if not self.runs[1:].all() or (inside == 0 and self.box != (0, 0, 0, 0)):
            raise MaskError("A mask's runs are never 0 after the first, and an empty box is zeros.")
        # a view, so that the caller's array keeps its own flag
        runs = self.runs.view()
        runs.flags.writeable = False
        object.__setattr__(self, "runs", runs)

    @classmethod
    def from_array(cls, array: ArrayLike) -> Mask:
        """Encode a boolean array.

        Parameters
        ----------
        array : array_like
            (H, W) bool, True on the region; H and W at least 1.

        Returns
        -------
        Mask

        Raises
        ------
        MaskError
            Another dtype, another number of axes, or a side of 0 px.
        """
        try:
            pixels = to_array(array)
        except NoArrayError as error:
            raise MaskError(f"A mask is a (H, W) bool array, not {shown(array)}.") from error
        if pixels.dtype != np.bool_ or pixels.ndim != 2:
            got = f"{pixels.dtype} {pixels.shape}{_way_out(pixels)}"
            raise MaskError(f"A mask is a (H, W) bool array, not {got}.")
        height, width = pixels.shape
        ys = np.flatnonzero(pixels.any(axis=1))
        if not ys.size:
            return cls((width, height), (0, 0, 0, 0), np.zeros(0, np.uint32))
        y0, y1 = int(ys[0]), int(ys[-1]) + 1
        # or-ing rows beats any(axis=0), which walks a C-ordered array column by column
        xs = np.flatnonzero(np.bitwise_or.reduce(pixels[y0:y1], axis=0))
        x0, x1 = int(xs[0]), int(xs[-1]) + 1
        flat = pixels[y0:y1, x0:x1].ravel()
        changes = np.flatnonzero(flat[1:] != flat[:-1]) + 1
        # a region that starts in the box's corner starts with a run of no zeros
        start = [0, 0] if flat[0] else [0]
        bounds = np.concatenate([start, changes, [flat.size]])
        return cls((width, height), (x0, y0, x1, y1), np.diff(bounds).astype(np.uint32))

    @classmethod
    def of(cls, given: Any) -> Mask:
        """Return a Mask as it is, and what ``from_array`` takes as one."""
        return given if isinstance(given, Mask) else cls.from_array(given)

    @classmethod
    def from_spans(cls, size: tuple[int, int], spans: ArrayLike) -> Mask:
        """Encode pieces of rows.

        Parameters
        ----------
        size : tuple of int
            (width, height) of the image, in pixels.
        spans : array_like
            (N, 2) int: where a piece begins and where it ends, half open, in pixels counted row
            by row from the image's first. In order, none empty, none longer than its row; they
            may touch.

        Returns
        -------
        Mask

        Raises
        ------
        MaskError
            The spans are not as said.
        """
        pairs = np.asarray(spans, np.int64).reshape(-1, 2)
        if not len(pairs):
            return cls(size, (0, 0, 0, 0), np.zeros(0, np.uint32))
        width = size[0]
        row = pairs[:, 0] // width
        columns = pairs - (row * width)[:, None]
        flat = pairs.ravel()
        if (flat[1:] < flat[:-1]).any() or (columns[:, 1] > width).any() or flat[0] < 0:
            raise MaskError("A mask's spans come in order, each within one row of the image.")
        x0, x1 = int(columns[:, 0].min()), int(columns[:, 1].max())
        y0, y1 = int(row[0]), int(row[-1]) + 1
        bounds = (columns + ((row - y0) * (x1 - x0) - x0)[:, None]).ravel()
        runs = runs_of(bounds, (x1 - x0) * (y1 - y0))
        return cls(size, (x0, y0, x1, y1), runs.astype(np.uint32))

    def spans(self) -> NDArray[np.int64]:
        """Return what ``from_spans`` takes: (N, 2) int64, no two of which touch within a row."""
        x0, y0, x1, _ = self.box
        bounds = np.cumsum(self.runs, dtype=np.int64)
        pairs = np.stack([bounds[: bounds.size // 2 * 2 : 2], bounds[1::2]], axis=1)
        pieces = by_rows(pairs, x1 - x0)
        row = pieces[:, 0] // max(1, x1 - x0)
        corner = (y0 + row) * self.size[0] + x0 - row * (x1 - x0)
        return pieces + corner[:, None]

    @classmethod
    def from_coco(cls, coco: Mapping[str, Any]) -> Mask:
        """Read COCO's run lengths: what ``to_coco`` returns, or COCO's compressed text.

        Raises
        ------
        MaskError
            There are no size and counts, or the counts do not add up to the size.
        """
        width, height, counts = _checked(coco)
        bounds = np.cumsum(counts)
        down = bounds[: len(bounds) // 2 * 2]  # where pieces begin and end, down the columns
        turns = _turns(down, height)
        x, y = np.divmod(turns, height)
        across = np.sort(y * (width + 1) + x)
        return cls.from_spans((width, height), (across - across // (width + 1)).reshape(-1, 2))

    def to_coco(self) -> dict[str, Any]:
        """Return COCO's uncompressed run lengths: ``{"size": [height, width], "counts": [...]}``.

        The counts go down the image's columns: off, on, off, ...; only the first may be 0.
        """
        width, height = self.size
        turns = _turns(self.spans().ravel(), width)
        y, x = np.divmod(turns, width)
        down = np.sort(x * (height + 1) + y)
        bounds = down - down // (height + 1)
        return {"size": [height, width], "counts": runs_of(bounds, width * height).tolist()}

    def to_coco_text(self) -> dict[str, Any]:
        """Return COCO's compressed run lengths, ``{"size": [height, width], "counts": text}``.

        As pycocotools writes them, and JSON keeps them: the counts are a str, not bytes.
        """
        plain = self.to_coco()
        return {"size": plain["size"], "counts": text_of(plain["counts"])}

    def to_array(self) -> NDArray[np.bool_]:
        """Decode to a new (H, W) bool array."""
        width, height = self.size
        x0, y0, x1, y1 = self.box
        array = np.zeros((height, width), np.bool_)
        array[y0:y1, x0:x1] = self.cut(self.box)
        return array

    def __array__(
        self, dtype: DTypeLike | None = None, copy: bool | None = None
    ) -> NDArray[np.generic]:
        """Decode for ``np.asarray(mask)``: (H, W) bool, or 0 and 1 of another dtype.

        Raises
        ------
        ValueError
            `copy` is False: there is no array yet that could be shared.
        """
        if copy is False:
            raise SamError("A mask is decoded into a new array; leave out copy=False.")
        array = self.to_array()
        return array if dtype is None else array.astype(dtype, copy=False)

    @property
    def shape(self) -> tuple[int, int]:
        """(height, width), as of the array."""
        return self.size[1], self.size[0]

    def __getitem__(self, index: Any) -> Any:
        """Decode, and index the (H, W) bool array; of two slices no more than they hold."""
        plain = isinstance(index, tuple) and len(index) == 2
        if not plain or not all(isinstance(each, slice) and each.step is None for each in index):
            return self.to_array()[index]
        (y0, y1, _), (x0, x1, _) = (
            each.indices(side) for each, side in zip(index, self.shape, strict=True)
        )
        if x0 >= x1 or y0 >= y1:
            return np.zeros((max(0, y1 - y0), max(0, x1 - x0)), np.bool_)
        return self.window(x0, y0, x1, y1)

    __iter__ = None  # row by row would decode it for each

    def cut(self, box: tuple[int, int, int, int]) -> NDArray[np.bool_]:
        """Decode a part only: ``box`` is x0, y0, x1, y1 inside the mask's own box; (h, w) bool."""
        left, top, right, _ = self.box
        x0, y0, x1, y1 = box
        wide, begin, end = right - left, (y0 - top) * (right - left), (y1 - top) * (right - left)
        if end - begin > AT_ONCE:
            return self._drawn(box)
        bounds = np.cumsum(self.runs, dtype=np.int64).clip(begin, end)
        on = np.arange(self.runs.size) % 2 == 1
        pixels = np.repeat(on, np.diff(bounds, prepend=begin)).reshape(y1 - y0, wide)
        return pixels[:, x0 - left : x1 - left]

    def _drawn(self, box: tuple[int, int, int, int]) -> NDArray[np.bool_]:
        """Decode a part of a large mask: nothing beside it stands in memory as pixels."""
        x0, y0, x1, y1 = box
        spans = self.spans()
        row = spans[:, 0] // self.size[0]
        here = (row >= y0) & (row < y1)
        row = row[here]
        return drawn((y1 - y0, x1 - x0), row - y0, spans[here] - (row * self.size[0] + x0)[:, None])

    def window(self, x0: int, y0: int, x1: int, y1: int) -> NDArray[np.bool_]:
        """Decode a window, (y1 - y0, x1 - x0) bool, and no more: of a huge image never the whole.

        Parameters
        ----------
        x0, y0, x1, y1 : int
            Left, top, right, bottom in image pixels, half open; what lies beyond the image is off.
            MaskError where it is nothing.
        """
        if not (x0 < x1 and y0 < y1):
            raise MaskError(f"A window needs x0 < x1 and y0 < y1, not {x0}, {y0}, {x1}, {y1}.")
        pixels = np.zeros((y1 - y0, x1 - x0), np.bool_)
        left, top, right, bottom = self.box
        left, top, right, bottom = max(x0, left), max(y0, top), min(x1, right), min(y1, bottom)
        if left < right and top < bottom:
            part = self.cut((left, top, right, bottom))
            pixels[top - y0 : bottom - y0, left - x0 : right - x0] = part
        return pixels

    def sampled(self, step: int) -> NDArray[np.bool_]:
        """Decode each pixel in the middle of so many by so many: (h, w) bool, a small picture."""
        half = step // 2
        high, wide = (len(range(half, side, step)) for side in self.shape)
        spans = self.spans()
        row = spans[:, 0] // self.size[0]
        here = row % step == half
        row = row[here]
        columns = -(-(spans[here] - (row * self.size[0] + half)[:, None]) // step)
        return drawn((high, wide), row // step, columns)

    @property
    def area(self) -> int:
        """Pixels in the region."""
        return int(self.runs[1::2].sum(dtype=np.uint64))

    def to_bytes(self) -> bytes:
        """Little-endian uint32: width, height, x0, y0, x1, y1, then the runs."""
        header = np.array([*self.size, *self.box], "<u4")
        return header.tobytes() + self.runs.astype("<u4", copy=False).tobytes()

    @classmethod
    def from_bytes(cls, data: bytes | bytearray | memoryview) -> Mask:
        """Read what ``to_bytes`` wrote.

        Raises
        ------
        MaskError
            The bytes are cut, or their numbers contradict each other.
        """
        if not isinstance(data, bytes | bytearray | memoryview):
            raise MaskError(f"A mask's bytes are bytes, not {type(data).__name__}.")
        count, rest = divmod(len(data), 4)
        if rest or count < HEADER:
            raise MaskError(f"{len(data)} bytes are no mask: {HEADER} or more uint32 are needed.")
        numbers = np.frombuffer(data, "<u4")
        width, height, x0, y0, x1, y1 = (int(n) for n in numbers[:HEADER])
        runs = numbers[HEADER:].astype(np.uint32)
        return cls((width, height), (x0, y0, x1, y1), runs)

    def intersection(self, other: Mask) -> int:
        """Pixels that lie in both; MaskError when the images' sizes differ."""
        if self.size != other.size:
            raise MaskError(f"Masks of {self.size} and {other.size} px are of different images.")
        x0, y0 = max(self.box[0], other.box[0]), max(self.box[1], other.box[1])
        x1, y1 = min(self.box[2], other.box[2]), min(self.box[3], other.box[3])
        if x0 >= x1 or y0 >= y1:
            return 0
        step = max(1, AT_ONCE // (x1 - x0))
        bands = ((x0, y, x1, min(y + step, y1)) for y in range(y0, y1, step))
        return sum(int(np.count_nonzero(self.cut(each) & other.cut(each))) for each in bands)

    def iou(self, other: Mask) -> float:
        """Intersection over union, 0..1; two empty masks have 1."""
        shared = self.intersection(other)
        union = self.area + other.area - shared
        return shared / union if union else 1.0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Mask):
            return NotImplemented
        same = self.size == other.size and self.box == other.box
        return same and np.array_equal(self.runs, other.runs)

    def __hash__(self) -> int:
        return hash(self.to_bytes())

    def __repr__(self) -> str:
        width, height = self.size
        return f"<Mask: {self.area} px in {self.box} of {width} x {height} px>"

    def _repr_png_(self) -> bytes:
        return picture_of(self)


def _turns(bounds: NDArray[np.int64], line: int) -> NDArray[np.int64]:
    """Return the pixels that differ from their neighbour in the line before.

    Parameters
    ----------
    bounds
        Where pieces begin and end by turns, in pixels counted line by line; pieces may touch.
    line
        Pixels of a line. Behind the last line is one more, in which what lasts till there ends.
    """
    both = np.sort(np.concatenate([bounds, bounds + line]))
    both = both.reshape(-1, 2)  # between two of a pair the lines differ; 0 px where both turn
    length = both[:, 1] - both[:, 0]
    total = int(length.sum())
    if total > MOST_TURNS:
        raise MaskError(f"A mask in {total // 2} pieces of rows is of no thing that can be meant.")
    first: NDArray[np.int64] = np.repeat(both[:, 0] - (length.cumsum() - length), length)
    return first + np.arange(total)


def _checked(coco: object) -> tuple[int, int, NDArray[np.int64]]:
    """Return width, height and counts of COCO's run lengths; MaskError where they contradict."""
    try:
        height, width = (int(side) for side in coco["size"])  # type: ignore[index]
        counts = coco["counts"]  # type: ignore[index]
    except (KeyError, TypeError, ValueError, IndexError, OverflowError):
        raise MaskError(
            'COCO\'s run lengths are {"size": [height, width], "counts": ...}, not'
            f" {shown(coco)}."
        ) from None
    lengths = run_lengths(counts)
    if width < 1 or height < 1 or width * height > LARGEST:
        raise MaskError(f"A mask of {width} x {height} px cannot be: 1 to {LARGEST} px fit.")
    if sum(lengths) != width * height or min(lengths) < 0:
        total = shown(sum(lengths))
        raise MaskError(f"COCO's counts add up to {total} px, not {width} x {height}.")
    return width, height, np.array(lengths, np.int64)


def _way_out(pixels: NDArray[Any]) -> str:
    """Say what makes a mask of an array that is none: the end of a sentence."""
    if pixels.ndim == 3 and 1 in {pixels.shape[0], pixels.shape[2]}:
        return ": give mask.squeeze()" if pixels.dtype == np.bool_ else ""
    if pixels.ndim != 2 or pixels.dtype.kind not in "iuf" or not pixels.size:
        return ""
    if pixels.dtype.kind != "f":
        few = len(np.unique(pixels)) <= 2
        return ": give mask > 0" if few else ": give mask == label for each label that it holds"
    soft = pixels.min() >= 0 and pixels.max() <= 1
    return ": give mask > 0.5" if soft else ": give mask > 0, where it holds a model's logits"
