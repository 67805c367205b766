"""How to look for everything: the grid, the crops, and which boxes are one. numpy; no model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import ceil, inf, nan
from numbers import Integral, Real
from typing import TYPE_CHECKING

import numpy as np

from sam_widget.arrays import to_array
from sam_widget.errors import SamError, shown

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from sam_widget.geometry import Box
    from sam_widget.models.thresholds import Thresholds

NEAR = 20  # px from a crop's edge: a mask that ends there was probably cut off by it
COUNTS = {  # the least that each may be, and the most that can be meant
    "points_per_side": (1, 1024),
    "points_per_batch": (1, 2**20),
    "crop_n_layers": (0, 8),
    "crop_n_points_downscale_factor": (1, 1024),
}
MEASURES = (
    "pred_iou_thresh",
    "stability_score_thresh",
    "stability_score_offset",
    "box_nms_thresh",
    "crop_nms_thresh",
    "crop_overlap_ratio",
)


@dataclass(frozen=True)
class Search:
    """How fine to look and what to leave out, by the names and numbers of ``segment_anything``.

    Its thresholds are those published for SAM's ViTs. ``Search.suited(segmenter.thresholds)`` has
    a model's own.

    Attributes
    ----------
    points_per_side : int, optional
        Points along each side of the grid; None where `point_grids` says which.
    points_per_batch : int
        The most points decoded at once: a bound for memory, not a wish for speed.
    pred_iou_thresh : float
        Leave out masks of a predicted IoU up to this; 0 leaves out none.
    stability_score_thresh : float
        Leave out masks of a lower stability; 0 leaves out none.
    stability_score_offset : float
        Logits above and below the mask's border between which stability is measured.
    box_nms_thresh : float
        IoU of two boxes above which the surer mask drives out the other.
    crop_n_layers : int
        Look again in 4, 16, ... parts of the image, that many layers deep.
    crop_nms_thresh : float
        As `box_nms_thresh`, between crops.
    crop_overlap_ratio : float
        How far crops of the first layer overlap, as a share of the image's shorter side.
    crop_n_points_downscale_factor : int
        Divides the points along a side once for each layer.
    point_grids : sequence of ndarray, optional
        For each layer (N, 2) float, x y as shares of the crop, 0..1. Where N is 0, the crops of
        that layer are left out.
    """

    points_per_side: int | None = 32
    points_per_batch: int = 64
    pred_iou_thresh: float = 0.88
    stability_score_thresh: float = 0.95
    stability_score_offset: float = 1.0
    box_nms_thresh: float = 0.7
    crop_n_layers: int = 0
    crop_nms_thresh: float = 0.7
    crop_overlap_ratio: float = 512 / 1500
    crop_n_points_downscale_factor: int = 1
    point_grids: Sequence[NDArray[np.floating]] | None = None

    def __post_init__(self) -> None:
        if (self.points_per_side is None) == (self.point_grids is None):
            raise SamError("Give either points_per_side or point_grids, and not both.")
        for name, bounds in COUNTS.items():
            if name != "points_per_side" or self.point_grids is None:
                object.__setattr__(self, name, count(name, getattr(self, name), *bounds))
        for name in MEASURES:
            object.__setattr__(self, name, measure(name, getattr(self, name)))
        if not isinstance(self.point_grids, (Sequence, np.ndarray, type(None))):
            raise SamError(
                "point_grids is a list of (N, 2) arrays, one for each layer of crops, "
                f"not {shown(self.point_grids)}."
            )
        if self.point_grids is not None and len(self.point_grids) <= self.crop_n_layers:
            raise SamError(
                f"With crop_n_layers={self.crop_n_layers} point_grids needs "
                f"{self.crop_n_layers + 1} grids, not {len(self.point_grids)}."
            )
        self.grids()  # a grid that is none is refused here, not in the middle of a search

    @classmethod
    def suited(cls, thresholds: Thresholds, **settings: Any) -> Search:
        """Return a search by a model's own thresholds, where the settings say no others.

        Parameters
        ----------
        thresholds : Thresholds
            A ``Segmenter``'s or a ``Sam``'s.
        **settings
            As the class takes them, by name.
        """
        own = {
            "pred_iou_thresh": thresholds.predicted_iou,
            "stability_score_thresh": thresholds.stability_score,
        }
        return cls(**(own | settings))

    def crops(self, size: tuple[int, int]) -> list[tuple[Box, int]]:
        """Return the parts of an image of (width, height) to look at, and the layer of each."""
        return crop_boxes(size, self.crop_n_layers, self.crop_overlap_ratio)

    def points(self, size: tuple[int, int]) -> int:
        """Return how many points of an image of (width, height) are asked about."""
        grids = self.grids()
        return sum(len(grids[layer]) for _, layer in self.crops(size))

    def grids(self) -> list[NDArray[np.float64]]:
        """Return for each layer of crops (N, 2), x y as shares of the crop."""
        if self.point_grids is not None:
            grids = self.point_grids[: self.crop_n_layers + 1]
            return [_given(layer, points) for layer, points in enumerate(grids)]
        side = self.points_per_side or 0
        factor = self.crop_n_points_downscale_factor
        return [grid(int(side / factor**layer)) for layer in range(self.crop_n_layers + 1)]


def count(name: str, value: Any, least: int, most: int) -> int:
    """Return a whole number from `least` to `most`; SamError where what was given is none."""
    given = _plain(value)
    number = least - 1 if isinstance(given, bool) or not isinstance(given, Integral) else int(given)
    if not least <= number <= most:
        raise SamError(f"{name} is a whole number from {least} to {most}, not {shown(value)}.")
    return number


def measure(name: str, value: Any) -> float:
    """Return a finite number that is not negative; SamError where what was given is none."""
    given = _plain(value)
    number = nan if isinstance(given, bool) or not isinstance(given, Real) else float(given)
    if not 0 <= number < inf:
        raise SamError(f"{name} is a number of at least 0, not {shown(value)}.")
    return number


def _plain(value: Any) -> Any:
    """Return the number in an array or a tensor of no axes; anything else as it is."""
    return value.item() if getattr(value, "ndim", None) == 0 else value


def grid(side: int) -> NDArray[np.float64]:
    """Return the centres of side x side equal parts, (side^2, 2), row by row, shares of 0..1."""
    if side < 1:
        raise SamError(f"A grid of points has at least one along each side, not {side}.")
    places = np.linspace(0.5 / side, 1 - 0.5 / side, side)
    x, y = np.meshgrid(places, places)
    return np.stack([x, y], axis=-1).reshape(-1, 2)


def coarse_to_fine(side: int) -> NDArray[np.float64]:
    """Return ``grid(side)`` in an order that is spread over the image from the first points on."""
    bits = max(1, (side - 1).bit_length())
    rank = [int(f"{i:0{bits}b}"[::-1], 2) for i in range(side)]  # far apart come those nearby
    places = sorted(product(range(side), repeat=2), key=lambda at: _woven(rank[at[0]], rank[at[1]]))
    rows = [row * side + column for row, column in places]
    return grid(side)[rows]


def _woven(a: int, b: int) -> tuple[int, int, int]:
    """Order pairs so that both grow at the same pace."""
    return max(a, b).bit_length(), a ^ b, a


def _given(layer: int, points: Any) -> NDArray[np.float64]:
    """Return the grid that was given for a layer as (N, 2) float64; N may be 0."""
    wanted = f"point_grids[{layer}] is an (N, 2) array of finite numbers, x y as shares of the crop"
    try:
        array = to_array(points).astype(np.float64)
    except (TypeError, ValueError) as error:
        raise SamError(f"{wanted}; what was given cannot become one.") from error
    if array.shape == (0,):  # of an empty list
        return array.reshape(0, 2)
    if array.ndim != 2 or array.shape[1] != 2:
        raise SamError(f"{wanted}; what was given is of shape {array.shape}.")
    if not np.isfinite(array).all():
        raise SamError(f"{wanted}; what was given holds NaN or infinity.")
    return array


def crop_boxes(size: tuple[int, int], layers: int, overlap: float) -> list[tuple[Box, int]]:
    """Return the image and, for each further layer, its overlapping parts: boxes and layers.

    Parameters
    ----------
    size : tuple of int
        (width, height) of the image, px.
    layers : int
        Layer n has 2^n x 2^n parts.
    overlap : float
        Of the first layer's parts, as a share of the shorter side; halved from layer to layer.
    """
    crops: list[tuple[Box, int]] = [((0, 0, *size), 0)]
    for layer in range(1, layers + 1):
        parts = 2**layer
        shared = int(overlap * min(size) * (2 / parts))
        width, height = (ceil((side + shared * (parts - 1)) / parts) for side in size)
        for i, j in product(range(parts), repeat=2):
            x0, y0 = i * (width - shared), j * (height - shared)
            box = (x0, y0, min(x0 + width, size[0]), min(y0 + height, size[1]))
            if x0 < box[2] and y0 < box[3]:  # an image of one pixel has no parts
                crops.append((box, layer))
    return crops


def near_edge(box: Box, crop: Box, size: tuple[int, int]) -> bool:
    """Whether a box ends near an edge of its crop that is not near one of the image.

    Parameters
    ----------
    box : tuple of int
        In the crop's pixels.
    crop : tuple of int
        In the image's.
    size : tuple of int
        (width, height) of the image.
    """
    x0, y0, x1, y1 = _inclusive(np.array(box))
    placed = (x0 + crop[0], y0 + crop[1], x1 + crop[0], y1 + crop[1])
    return any(
        abs(here - edge) <= NEAR < abs(here - border)
        for here, edge, border in zip(placed, crop, (0, 0, *size), strict=True)
    )


def suppress(boxes: NDArray[np.float32], scores: NDArray[np.float32], overlap: float) -> list[int]:
    """Go from the best score down; drop each box that overlaps one kept before.

    Parameters
    ----------
    boxes : ndarray
        (N, 4) float32, x0 y0 x1 y1, half open, px.
    scores : ndarray
        (N,) float32; of equal ones the first counts as better.
    overlap : float
        IoU above which a box is dropped. As in ``segment_anything`` sides are counted from the
        first pixel's centre to the last one's, so a box one pixel wide overlaps nothing.

    Returns
    -------
    list of int
        The kept, best first.
    """
    return driven_out(boxes, scores, overlap)[0]


def driven_out(
    boxes: NDArray[np.float32], scores: NDArray[np.float32], overlap: float
) -> tuple[list[int], NDArray[np.intp], NDArray[np.float64]]:
    """Suppress, and say of each box which other drove it out: parameters as ``suppress``.

    Returns
    -------
    tuple
        The kept, best first; for each box (N,) the one that drove it out, -1 where it is kept; and
        (N,) the IoU of the two, 0 where it is kept.
    """
    order = np.argsort(-scores, kind="stable")
    x0, y0, x1, y1 = _inclusive(boxes[order].astype(np.float64)).T
    areas = (x1 - x0) * (y1 - y0)
    by, share = np.full(len(order), -1, np.intp), np.zeros(len(order))
    kept = []
    for i, name in enumerate(order.tolist()):
        if by[i] >= 0:
            continue
        kept.append(name)
        rest = slice(i + 1, None)
        width = np.minimum(x1[i], x1[rest]) - np.maximum(x0[i], x0[rest])
        height = np.minimum(y1[i], y1[rest]) - np.maximum(y0[i], y0[rest])
        shared = np.maximum(width, 0) * np.maximum(height, 0)
        both = areas[i] + areas[rest] - shared
        iou = np.divide(shared, both, out=np.zeros_like(both), where=both > 0)
        out = (iou > overlap) & (by[rest] < 0)
        by[rest][out], share[rest][out] = name, iou[out]
    back = np.argsort(order)
    return kept, by[back], share[back]


def _inclusive(boxes: NDArray[Any]) -> NDArray[Any]:
    """Turn half-open boxes (..., 4) to ones that name their last pixel; empty ones stay zeros."""
    some = (boxes[..., 2:] > boxes[..., :2]).all(axis=-1, keepdims=True)
    last: NDArray[Any] = boxes - some * np.array([0, 0, 1, 1])
    return last
