"""What to call three candidates: whole, part, subpart, where they lie in one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
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
        (M, H, W) bool, the largest first.

    Returns
    -------
    tuple of str
        For each mask "whole", "part" or "subpart", one rung below the last mask that it lies
        in; "other" for one that is empty, or that neither lies in the last nor equals it.
    """
    names: list[str] = []
    rung, last = -1, None
    for mask in masks:
        area = int(mask.sum())
        if area == 0:
            names.append("other")
            continue
        if last is None:
            rung = 0
        else:
            above = int(last.sum())
            if (last & mask).sum() < INSIDE * area:
                names.append("other")
                continue
            if area <= SMALLER * above:
                rung += 1
        names.append(LADDER[rung])
        last = mask
    return tuple(names)
