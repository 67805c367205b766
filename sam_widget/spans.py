"""Pieces of rows, half open, and what is made of them: rows, runs, pixels. Knows no mask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pieces = NDArray[np.int64]  # (N, 2): where a piece begins and ends, half open, in order


def by_rows(pieces: Pieces, across: int) -> Pieces:
    """Cut pieces where rows of so many pixels end; empty ones go."""
    start, end = pieces[pieces[:, 1] > pieces[:, 0]].T
    if not end.size:
        return np.zeros((0, 2), np.int64)
    top = start // across
    count = (end - 1) // across - top + 1  # what reaches the right side may go on at the left
    row = np.arange(count.sum()) + np.repeat(top - (np.cumsum(count) - count), count)
    left = np.maximum(np.repeat(start, count), row * across)
    right = np.minimum(np.repeat(end, count), (row + 1) * across)
    return np.stack([left, right], axis=1)


def runs_of(bounds: NDArray[np.int64], total: int) -> NDArray[np.int64]:
    """Turn places where pieces begin and end, by turns, into run lengths; pieces may touch."""
    meet = np.flatnonzero(bounds[1:-1:2] == bounds[2::2]) * 2 + 1
    if meet.size:
        bounds = np.delete(bounds, np.concatenate([meet, meet + 1]))
    runs = np.diff(bounds, prepend=0, append=total)
    return runs if runs[-1] else runs[:-1]


def drawn(shape: tuple[int, int], row: NDArray[np.int64], columns: Pieces) -> NDArray[np.bool_]:
    """Draw pieces of rows, of no row two that overlap, into a new (h, w) bool; empty ones go."""
    high, wide = shape
    first, stop = columns.clip(0, wide).T
    some = first < stop
    turns = np.zeros((high, wide + 1), np.int8)
    turns[row[some], first[some]] += 1
    turns[row[some], stop[some]] -= 1
    return np.cumsum(turns[:, :-1], axis=1, dtype=np.int8).view(np.bool_)
