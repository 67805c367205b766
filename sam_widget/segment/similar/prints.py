"""Prints: masks on a coarse grid, and how far any two overlap: which of many are one. No score."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Rows = NDArray[np.float32]

OVERLAP = 0.5  # IoU above which two are one
WITHIN = 0.8  # share of the smaller one in the larger above which two are one
SPARE = 192  # rows that are made at once


class Prints:
    """Masks as shares of samples, (n, samples) float32; overlaps are measured as they come.

    Parameters
    ----------
    samples : int
        Of the grid.
    """

    def __init__(self, samples: int) -> None:
        self._shares = np.zeros((0, samples), np.float32)
        self._shared = np.zeros((0, 0), np.float32)  # of each two, in samples
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, shares: Rows) -> None:
        """Take (N, samples) more."""
        begin, end = self._count, self._count + len(shares)
        while end > len(self._shares):
            self._shares = np.pad(self._shares, ((0, SPARE), (0, 0)))
            self._shared = np.pad(self._shared, ((0, SPARE), (0, SPARE)))
        self._shares[begin:end] = shares
        shared = shares @ self._shares[:end].T
        self._shared[begin:end, :end] = shared
        self._shared[:end, begin:end] = shared.T
        self._count = end

    def apart(self, order: Iterable[int], taken: Iterable[int]) -> list[int]:
        """Go through masks in order; leave out each that is one with one kept, or taken, before."""
        kept: list[int] = []
        against = list(taken)
        areas = self._shared.diagonal()
        for i in order:
            shared, others = self._shared[i, against], areas[against]
            least = np.minimum(others, areas[i])
            same = (shared > OVERLAP * (others + areas[i] - shared)) | (shared > WITHIN * least)
            if areas[i] > 0 and not same.any():
                kept.append(i)
                against.append(i)
        return kept
