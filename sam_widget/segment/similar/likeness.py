"""How like the examples a mask is, in closed form: the same after each answer, and at once. numpy.

Kernel ridge regression (Saunders and others, 1998; as a Gaussian process: Rasmussen and Williams,
2006, equation 2.25) of "is one" (1) and "is none" (0) on rows of numbers. A mask far from all that
was judged is none; near an example it is one, less so near a refused one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]

DOUBT = 0.1  # how far one answer is trusted: the ridge


@dataclass(frozen=True, eq=False)
class Likeness:
    """What the answers so far say of any mask.

    Attributes
    ----------
    judged : ndarray
        (M, D) float32: rows of the examples, and of what was refused.
    weights : ndarray
        (M,) float32: what each adds.
    """

    judged: Rows
    weights: Rows

    @classmethod
    def learnt(cls, examples: Rows, refused: Rows) -> Likeness:
        """Learn from rows, (N, D) each, of what is one and what is none."""
        judged = np.concatenate([examples, refused])
        target = np.repeat([1.0, 0.0], [len(examples), len(refused)])
        ridge = kernel(judged, judged).astype(np.float64) + DOUBT * np.eye(len(judged))
        return cls(judged, np.linalg.solve(ridge, target).astype(np.float32))

    def of(self, rows: Rows) -> Rows:
        """Return how like the examples each row is, (N,) float32 in 0..1."""
        said: Rows = kernel(rows, self.judged) @ self.weights
        return said.clip(0, 1)


def kernel(one: Rows, other: Rows) -> Rows:
    """Return the likeness of all pairs, (N, M): 1 where equal, towards 0 with their distance."""
    squared = (one**2).sum(1)[:, None] + (other**2).sum(1)[None] - 2 * one @ other.T
    alike: Rows = np.exp(-squared.clip(0))
    return alike
