"""A line of some width as the pixels under it, and spans put together. No document, no screen.

Both languages draw a stroke from the same numbers by the same steps of arithmetic, each of which
IEEE 754 rounds in one way (sums, products, quotients, square roots): so the page's pixels are
Python's, to the last one. ``js/src/strokes.ts`` is the other half; ``tests/golden/
corrections.json`` holds the two together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .masks import Mask

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Spans = NDArray[np.int64]  # (N, 2): pieces of rows, as Mask.spans() returns them
    Numbers = NDArray[np.float64]

AT_ONCE = 2**19  # rows of pieces of a line that are looked at together: some 100 MB at the most


def stroke(size: tuple[int, int], path: NDArray[np.float64], width: float) -> Spans:
    """Return the pixels of a stroke.

    Parameters
    ----------
    size : tuple of int
        (width, height) of the image, in pixels.
    path : ndarray
        (N, 2) float64, x y in image pixels, pixel centres at .5; N at least 1.
    width : float
        In pixels: those belong to it whose centre is at most half of this from the line, and those
        that a point of the line is in.

    Returns
    -------
    ndarray
        (M, 2) int64, as ``Mask.from_spans`` takes them; none touch.
    """
    radius = width / 2
    one = path[:-1] if len(path) > 1 else path
    other = path[1:] if len(path) > 1 else path
    wide, high = size
    # rows whose centres may be within reach
    top = np.maximum(np.ceil(np.minimum(one[:, 1], other[:, 1]) - radius - 0.5), 0)
    bottom = np.minimum(np.floor(np.maximum(one[:, 1], other[:, 1]) + radius - 0.5), high - 1)
    count = np.maximum(bottom - top + 1, 0).astype(np.int64)
    found = [_under(size, path)]
    starts = np.flatnonzero(np.diff(count.cumsum() // AT_ONCE, prepend=-1))
    for first, stop in zip(starts, [*starts[1:], len(count)], strict=True):
        part = slice(first, stop)
        piece = np.repeat(np.arange(first, stop), count[part])
        before = np.repeat(count[part].cumsum() - count[part], count[part])
        row = top[piece] + (np.arange(len(piece)) - before)
        left, right = _reach(one[piece], other[piece], row + 0.5, radius)
        x0 = np.maximum(np.ceil(left - 0.5), 0).astype(np.int64)
        x1 = np.minimum(np.floor(right - 0.5) + 1, wide).astype(np.int64)
        inside = x1 > x0
        corner = row.astype(np.int64) * wide
        found.append(union(size, np.stack([corner + x0, corner + x1], axis=1)[inside]))
    return union(size, np.concatenate(found))


def union(size: tuple[int, int], spans: Spans) -> Spans:
    """Return the pixels that are in any of these spans, in whatever order they come."""
    return _swept(size, spans, np.ones(len(spans), np.int64))


def less(size: tuple[int, int], spans: Spans, taken: Spans) -> Spans:
    """Return the pixels of some spans without those of others; neither have any pixel twice."""
    signs = np.repeat(np.array([1, -1]), [len(spans), len(taken)])
    return _swept(size, np.concatenate([spans, taken]), signs)


def painted(mask: Mask, spans: Spans) -> Mask:
    """Return a mask with these pixels added."""
    return Mask.from_spans(mask.size, union(mask.size, np.concatenate([mask.spans(), spans])))


def erased(mask: Mask, spans: Spans) -> Mask:
    """Return a mask without these pixels."""
    return Mask.from_spans(mask.size, less(mask.size, mask.spans(), spans))


def _reach(one: Numbers, other: Numbers, y: Numbers, radius: float) -> tuple[Numbers, Numbers]:
    """Return between which x the points of a row lie that are near a straight piece; inf, -inf."""
    (ax, ay), (bx, by) = one.T, other.T
    left, right = np.full(len(y), np.inf), np.full(len(y), -np.inf)
    for x, at in ((ax, ay), (bx, by)):  # the round ends
        high = radius * radius - (y - at) * (y - at)
        half = np.sqrt(np.maximum(high, 0.0))
        left = np.where(high >= 0, np.minimum(left, x - half), left)
        right = np.where(high >= 0, np.maximum(right, x + half), right)
    dx, dy = bx - ax, by - ay
    long = np.sqrt(dx * dx + dy * dy)
    there = long > 0
    long = np.where(there, long, 1.0)
    across, up = -dy * radius / long, dx * radius / long
    xs = (ax + across, bx + across, bx - across, ax - across)
    ys = (ay + up, by + up, by - up, ay - up)
    for i in range(4):  # the four sides of what lies between the ends
        px, py, qx, qy = xs[i], ys[i], xs[(i + 1) % 4], ys[(i + 1) % 4]
        crossed = there & (py != qy) & (np.minimum(py, qy) <= y) & (y <= np.maximum(py, qy))
        x = px + (y - py) * (qx - px) / np.where(py != qy, qy - py, 1.0)
        left = np.where(crossed, np.minimum(left, x), left)
        right = np.where(crossed, np.maximum(right, x), right)
    return left, right


def _under(size: tuple[int, int], path: Numbers) -> Spans:
    """Return the pixels that points are in: a dot is never nothing, however thin."""
    wide, high = size
    x, y = np.floor(path).T
    inside = (x >= 0) & (x < wide) & (y >= 0) & (y < high)
    at = (y * wide + x)[inside].astype(np.int64)
    return np.stack([at, at + 1], axis=1)


def _swept(size: tuple[int, int], spans: Spans, signs: NDArray[np.int64]) -> Spans:
    """Return where the signs of the spans that lie over a pixel come to more than 0."""
    if not len(spans):
        return np.zeros((0, 2), np.int64)
    row = spans[:, 0] // size[0]
    places = np.concatenate([spans[:, 0] + row, spans[:, 1] + row])  # rows keep apart
    order = places.argsort(kind="stable")
    places = places[order]
    level = np.concatenate([signs, -signs])[order].cumsum()
    last = np.append(places[1:] != places[:-1], True)  # of the turns at one place all count
    on = np.diff((level[last] > 0).astype(np.int8), prepend=0)
    places = places[last]
    start, end = places[on == 1], places[on == -1]
    row = start // (size[0] + 1)
    return np.stack([start - row, end - row], axis=1)
