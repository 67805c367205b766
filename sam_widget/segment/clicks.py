"""Simulated users: clicks in a mask or in an error, boxes drawn not quite right. No network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sam_widget.errors import SamError

if TYPE_CHECKING:
    from numpy.typing import NDArray


def innermost(inside: NDArray[np.bool_]) -> tuple[int, int]:
    """Return (x, y) of the pixel farthest from what is outside.

    The distance is Euclidean, and the image's border counts as outside, so that a mask cut by the
    border is clicked in its middle and not on the edge.

    Parameters
    ----------
    inside
        (H, W) bool with at least one pixel set.

    Raises
    ------
    ValueError
        Nothing is inside, or scipy is not there to measure distances.
    """
    try:
        from scipy import ndimage  # noqa: PLC0415  the widget needs it for this alone
    except ImportError as error:
        raise SamError(
            "The simulated annotator measures distances with scipy: pip install scipy."
        ) from error
    rows, columns = np.flatnonzero(inside.any(1)), np.flatnonzero(inside.any(0))
    if len(rows) == 0:
        raise SamError("an empty mask has no innermost point.")
    top, left = int(rows[0]), int(columns[0])
    # Outside the mask's own rectangle there is nothing inside: one row of padding stands for it.
    tight = np.pad(inside[top : rows[-1] + 1, left : columns[-1] + 1], 1)
    distance = ndimage.distance_transform_edt(tight)
    y, x = np.unravel_index(int(distance.argmax()), distance.shape)
    return int(x) - 1 + left, int(y) - 1 + top


def uniform(inside: NDArray[np.bool_], rng: np.random.Generator) -> tuple[int, int]:
    """Return (x, y) of a pixel inside, all with the same chance (Segment Anything, appendix A)."""
    chosen = int(rng.choice(np.flatnonzero(inside)))
    y, x = divmod(chosen, inside.shape[1])
    return x, y


def correction(
    predicted: NDArray[np.bool_],
    truth: NDArray[np.bool_],
    rng: np.random.Generator | None = None,
) -> tuple[tuple[int, int], bool] | None:
    """Return the next click, (x, y) and whether it is positive; None where nothing is wrong.

    The error is either missed (false negatives) or too much (false positives); the click goes to
    the larger of the two by area. With `rng`, to a random pixel of it half the time (the paper's
    way), else to its innermost point, which is also where it goes without `rng`.

    Parameters
    ----------
    predicted, truth
        (H, W) bool.
    """
    missed, excess = truth & ~predicted, predicted & ~truth
    positive = bool(missed.sum() >= excess.sum())
    region = missed if positive else excess
    if not region.any():
        return None
    if rng is not None and rng.random() < 0.5:
        return uniform(region, rng), positive
    return innermost(region), positive


def noised_box(
    box: NDArray[np.float32], limit: tuple[int, int], rng: np.random.Generator
) -> NDArray[np.float32]:
    """Move each edge by Gaussian noise of 10 % of the box's side, 20 px at most (appendix A).

    Parameters
    ----------
    box
        (4,) float32, x0 y0 x1 y1.
    limit
        (width, height) that the box stays inside.
    """
    sides = np.array([box[2] - box[0], box[3] - box[1]] * 2)
    noise = np.clip(rng.normal(0, 1, 4) * 0.1 * sides, -20, 20)
    moved = np.clip(box + noise, 0, np.array([*limit, *limit]))
    # Thin boxes can turn inside out; one pixel is left of them.
    moved[2:] = np.maximum(moved[2:], moved[:2] + 1)
    return np.asarray(moved, np.float32)
