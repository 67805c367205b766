"""What to call three candidates: whole, part, subpart, where they lie in one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

INSIDE = 0.9  # share of the smaller that must lie in the larger
SMALLER = 0.85  # a part has at most this share of its whole
LADDER = ("whole", "part", "subpart")
CLEAR = ("best", "alternative 1", "alternative 2")  # of a prompt that leaves little to choose


def names_by_nesting(masks: NDArray[np.bool_]) -> tuple[str, ...]:
    """Name masks by how they nest (paper, section 3: "Resolving ambiguity").

    Parameters
    ----------
    masks : ndarray
        (M, H, W) bool.

    Returns
    -------
    tuple of str
        For each mask "whole", "part" or "subpart": the largest is the whole, and each other stands
        one rung below the smallest larger one that it lies in, or on the same where the two are
        about as large; "other" for one that is empty, or lies in no larger one.
    """
    areas = masks.sum((1, 2))
    rungs: dict[int, int] = {}  # mask -> rung, the largest first
    for i in np.argsort(-areas, kind="stable").tolist():
        if areas[i] == 0:
            continue
        around = [j for j in rungs if (masks[j] & masks[i]).sum() >= INSIDE * areas[i]]
        if not rungs:
            rungs[i] = 0
        elif around:
            nearest = around[-1]
            rungs[i] = rungs[nearest] + (areas[i] <= SMALLER * areas[nearest])
    return tuple(LADDER[rungs[i]] if i in rungs else "other" for i in range(len(masks)))
