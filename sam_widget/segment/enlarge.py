"""One mask at the image's size, a band of rows at a time, and what is counted on it. No model.

There are two ways to the image's size: ``reference``, the two bilinear steps of
``upscale.image_logits``, and ``smooth``, a spline. Each is linear, so it is one matrix for each
axis, of which a band of rows touches a few columns only. The image's logits never stand in memory
as a whole: a band fits the processor's cache, is counted there and forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sam_widget.masks import Mask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from sam_widget.geometry import Frame

    Grid = NDArray[np.float32]
    Way = Callable[[int, int, int, int], "Axis"]

BAND = 32  # rows; of 1800 columns they take 230 kB, which a processor's second cache level holds
ALONE = 2**18  # multiplications: a product of fewer is not worth a pool of threads to OpenBLAS


@dataclass(frozen=True)
class Axis:
    """One axis of the way from the decoder's grid to the image, as a matrix of few entries.

    Attributes
    ----------
    weights : ndarray
        (pixels, samples) float32: what each sample of the grid gives to each pixel of the image.
    low, high : ndarray
        (pixels,) int: the samples, half open, that give anything to a pixel.
    """

    weights: Grid
    low: NDArray[np.intp]
    high: NDArray[np.intp]

    def reach(self, some: NDArray[np.bool_]) -> slice:
        """Return the pixels to which any of the samples in (samples,) bool gives anything."""
        places = np.flatnonzero(some)
        if not places.size:
            return slice(0, 0)
        # low and high rise along the image
        start = int(self.high.searchsorted(places[0], "right"))
        stop = int(self.low.searchsorted(places[-1], "right"))
        return slice(start, max(start, stop))

    def needs(self, pixels: slice) -> slice:
        """Return the samples that give anything to these pixels, at least one."""
        return slice(int(self.low[pixels.start]), int(self.high[pixels.stop - 1]))

    def rows(self, grid: Grid, pixels: slice, top: int = 0) -> Grid:
        """Interpolate (samples, n), whose first sample is number `top`: (pixels, n) float32."""
        out = np.empty((pixels.stop - pixels.start, grid.shape[1]), np.float32)
        for start in range(pixels.start, pixels.stop, BAND):
            band = slice(start, min(start + BAND, pixels.stop))
            needs = self.needs(band)
            weights = self.weights[band, needs]
            samples = grid[needs.start - top : needs.stop - top]
            into = out[start - pixels.start : band.stop - pixels.start]
            step = max(1, ALONE // weights.size)
            for left in range(0, grid.shape[1], step):
                some = np.s_[:, left : left + step]
                np.matmul(weights, samples[some], out=into[some])
        return out


@dataclass(frozen=True)
class Measured:
    """What is counted on a mask at the image's size.

    Attributes
    ----------
    box : tuple of int
        x0, y0, x1, y1, half open, around the pixels above 0; zeros where there are none.
    inner, outer : int
        Pixels above the offset, and above minus the offset.
    """

    box: tuple[int, int, int, int]
    inner: int
    outer: int

    @property
    def stability(self) -> float:
        """IoU of the mask cut higher and lower, 0..1; NaN where even the lower cut is empty."""
        return float(np.float32(self.inner) / np.float32(self.outer)) if self.outer else np.nan


@dataclass(frozen=True, eq=False)
class Enlarged:
    """The part of one mask's logits that the image sees above some level.

    Attributes
    ----------
    frame : Frame
        Of what the model saw; pixels here are its window's.
    x, y : slice
        Pixels of the window beyond which nothing is above the level.
    columns, rows : Axis
        The ways along x and along y.
    logits : ndarray
        (h, w) float32: the samples that these pixels need.
    """

    frame: Frame
    x: slice
    y: slice
    columns: Axis
    rows: Axis
    logits: Grid

    @classmethod
    def of(
        cls, logits: Grid, frame: Frame, lowest: float = 0.0, way: Way | None = None
    ) -> Enlarged:
        """Take what matters of one mask's logits.

        Parameters
        ----------
        logits : ndarray
            (h, w) float32 on the decoder's grid.
        frame : Frame
            Between the image and the model's input.
        lowest : float
            The lowest level that will be asked for.
        way : callable, optional
            ``reference``, by default, or ``smooth``.
        """
        side, (width, height) = frame.on_the_way(len(logits))
        way = way or reference
        columns = way(logits.shape[1], side, width, frame.width)
        rows = way(logits.shape[0], side, height, frame.height)
        above = logits > lowest
        x = columns.reach(np.logical_or.reduce(above, axis=0))
        y = rows.reach(np.logical_or.reduce(above, axis=1))
        if x.start == x.stop or y.start == y.stop:
            x = y = slice(0, 0)
            part = logits[:0, :0]
        else:
            part = logits[rows.needs(y), columns.needs(x)]
        return cls(frame, x, y, columns, rows, part.copy())

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the window, px."""
        return self.frame.width, self.frame.height

    @property
    def nbytes(self) -> int:
        """Bytes that it holds."""
        return self.logits.nbytes

    def measure(self, offset: float) -> Measured:
        """Count without keeping; `offset` is how far from 0 the stability is measured."""
        inner = outer = 0
        on_x = np.zeros(self.size[0], np.bool_)
        on_y = np.zeros(self.size[1], np.bool_)
        for y, band in self.bands():
            outer += int(np.count_nonzero(band > -offset))
            inner += int(np.count_nonzero(band > offset))
            above = band > 0
            on_y[y] = above.any(axis=1)
            on_x[self.x] |= np.bitwise_or.reduce(above, axis=0)
        xs, ys = np.flatnonzero(on_x), np.flatnonzero(on_y)
        if not xs.size:
            return Measured((0, 0, 0, 0), inner, outer)
        box = (int(xs[0]), int(ys[0]), int(xs[-1]) + 1, int(ys[-1]) + 1)
        return Measured(box, inner, outer)

    def mask(self) -> Mask:
        """Return ``image_logits(logits, frame) > 0`` as run lengths."""
        spans = [np.zeros((0, 2), np.int64)]
        width = self.x.stop - self.x.start
        for y, band in self.bands():
            above = np.zeros((len(band), width + 2), np.bool_)  # off at both ends: turns are pairs
            np.greater(band, 0, out=above[:, 1:-1])
            turns = np.flatnonzero(above[:, 1:] != above[:, :-1])
            row, column = np.divmod(turns, width + 1)
            places = (y.start + row) * self.size[0] + self.x.start + column
            spans.append(places.reshape(-1, 2))
        return Mask.from_spans(self.size, np.concatenate(spans))

    def draw(self, out: NDArray[np.bool_]) -> None:
        """Write the mask into (H, W) bool, all of it False before."""
        for y, band in self.bands():
            np.greater(band, 0, out=out[y, self.x])

    def bands(self) -> Iterator[tuple[slice, Grid]]:
        """Yield rows of the image and their logits in the columns ``x``."""
        if self.x.start == self.x.stop:
            return
        top, left = self.rows.needs(self.y).start, self.columns.needs(self.x).start
        turned = self.columns.rows(np.ascontiguousarray(self.logits.T), self.x, left)
        wide = np.ascontiguousarray(turned.T)
        for start in range(self.y.start, self.y.stop, BAND):
            y = slice(start, min(start + BAND, self.y.stop))
            yield y, self.rows.rows(wide, y, top)


def seen(samples: int, frame: Frame) -> tuple[int, int]:
    """Return how many rows and columns of a grid of samples x samples the image sees."""
    side, (width, height) = frame.on_the_way(samples)
    return (
        int(reference(samples, side, height, frame.height).high[-1]),
        int(reference(samples, side, width, frame.width).high[-1]),
    )


@lru_cache(64)
def reference(samples: int, side: int, inside: int, pixels: int) -> Axis:
    """Make the way from a grid to the image that the references go: bilinear, of a SAM twice.

    Parameters
    ----------
    samples : int
        Of the decoder's grid.
    side : int
        Of the square to which the grid is interpolated first, as ``Frame.on_the_way`` has it.
    inside : int
        How many of these the picture takes; the rest is padding and is cut off.
    pixels : int
        Of the image, to which those are interpolated.
    """
    return _axis(_bilinear(_bilinear(np.eye(samples), side)[:inside], pixels))


@lru_cache(64)
def smooth(samples: int, side: int, inside: int, pixels: int) -> Axis:
    """Make the way from a grid to the image by a cubic B-spline; parameters as ``reference``.

    Its outlines have neither corners nor, since no weight is negative, rings; specks of a sample's
    size, which are noise, melt away: masks fit as well as the reference's, with fewer islands.
    What the decoder says of the padding is not looked at.
    """
    at = (np.arange(pixels) + 0.5) * (inside / pixels) * (samples / side) - 0.5
    before = np.floor(at).astype(np.intp)
    t = at - before
    kernel = ((1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, 3 * t * (1 + t - t**2) + 1, t**3)
    last = -(-inside * samples // side) - 1
    weights = np.zeros((pixels, samples))
    for step, share in zip((-1, 0, 1, 2), kernel, strict=True):
        np.add.at(weights, (np.arange(pixels), (before + step).clip(0, last)), share / 6)
    return _axis(weights)


def _axis(matrix: NDArray[np.float64]) -> Axis:
    weights = matrix.astype(np.float32)
    some = weights != 0
    return Axis(weights, some.argmax(axis=1), weights.shape[1] - some[:, ::-1].argmax(axis=1))


def _bilinear(rows: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Interpolate (n, m) to (size, m), half-pixel centres, as torch does."""
    at = np.maximum((np.arange(size) + 0.5) * (len(rows) / size) - 0.5, 0)
    first = np.minimum(at.astype(np.intp), len(rows) - 1)
    share = (at - first)[:, None]
    between: NDArray[np.float64] = rows[first]
    between += share * (rows[np.minimum(first + 1, len(rows) - 1)] - between)
    return between
