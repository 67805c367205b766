"""What an engine says of a phrase: boxes, a heat map or masks. Values; a pen draws them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from sam_widget.errors import SamError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from sam_widget.masks import Mask
    from sam_widget.regions import Region

    from .pen import Pen

    Floats = NDArray[np.float32]

FLOOR = 0.02  # scores under it are not kept: an engine has thousands of them
MOST = 50  # instances of one phrase
WITHIN = 0.8  # of the smaller of two masks: they are of one thing, or one is a part of the other
PEAKS = 24  # samples of a heat map along its longer side in which peaks are told apart
DEEPER = 0.01  # of the heat all around, where places are equally hot
LEVEL = 0.5  # of a peak: what is as hot as this around it is what it stands for


@dataclass(frozen=True)
class Scored:
    """One instance: its mask, and how sure the engine is that the phrase means it, 0..1."""

    region: Region
    score: float


class Proposals(Protocol):
    """What an engine has said; it knows itself how masks come of it."""

    def drawn(self, pen: Pen) -> Iterator[Scored]:
        """Yield each instance with its mask, the surest first."""
        ...


@dataclass(frozen=True, eq=False)
class Boxes:
    """Boxes with scores; each becomes what SAM draws in it.

    Attributes
    ----------
    boxes : ndarray
        (N, 4) float32: x0, y0, x1, y1 in image pixels, where the first pixel begins at 0.
    scores : ndarray
        (N,) float32, 0..1.
    """

    boxes: Floats
    scores: Floats

    def __post_init__(self) -> None:
        _hold(self, "boxes", "scores")
        _check(self.boxes.ndim == 2 and self.boxes.shape[1:] == (4,), "boxes are (N, 4)")
        _check(self.scores.shape == self.boxes.shape[:1], "there is a score for each box")

    def drawn(self, pen: Pen) -> Iterator[Scored]:
        """Yield a mask for each box that has some of the image in it."""
        for i in _best(self.scores):
            region = pen.box(self.boxes[i])
            if region is not None:
                yield Scored(region, float(self.scores[i]))


@dataclass(frozen=True, eq=False)
class Heat:
    """How likely each place of the image is the thing; its peaks become clicks.

    Of a click's three candidates the one is taken that agrees best with the heat around the peak.
    An instance's score is the mean heat under its mask.

    Attributes
    ----------
    heat : ndarray
        (h, w) float32, 0..1, spread evenly over the whole image.
    """

    heat: Floats

    def __post_init__(self) -> None:
        _hold(self, "heat")
        _check(self.heat.ndim == 2 and self.heat.size > 0, "a heat map is (h, w)")

    def drawn(self, pen: Pen) -> Iterator[Scored]:
        """Yield a mask for each peak; of a thing and its parts that of the hottest."""
        wide, high = pen.size
        around = np.asarray(
            Image.fromarray(self.heat.astype(np.float32)).resize(
                (wide, high), Image.Resampling.BILINEAR
            )
        )
        found: list[Scored] = []
        for x, y, peak in self.peaks():
            at = ((x + 0.5) * wide / self.heat.shape[1], (y + 0.5) * high / self.heat.shape[0])
            region = pen.point(at, partial(_agreement, around >= LEVEL * peak))
            if region is None or any(_same(region, each.region) for each in found):
                continue
            score = float(around[region.array()].mean())
            if score >= FLOOR:
                found.append(Scored(region, score))
        yield from sorted(found, key=lambda each: -each.score)

    def peaks(self) -> tuple[tuple[int, int, float], ...]:
        """Return where the heat is higher than around: x, y in samples, and the heat there."""
        heat = torch.from_numpy(np.ascontiguousarray(self.heat, np.float32))[None, None]
        reach = max(1, round(max(self.heat.shape) / PEAKS))
        calm = F.avg_pool2d(heat, 3, 1, 1, count_include_pad=False)  # one sample is no place
        half = max(self.heat.shape) // 4
        deep = calm + DEEPER * F.avg_pool2d(heat, 2 * half + 1, 1, half)  # the middle of a plateau
        top = F.max_pool2d(deep, 2 * reach + 1, 1, reach)
        rows, columns = torch.nonzero((deep == top)[0, 0], as_tuple=True)
        values = calm[0, 0, rows, columns].numpy()
        places = np.stack([columns.numpy(), rows.numpy()], 1)
        kept: list[int] = []
        for i in np.argsort(-values, kind="stable").tolist():
            if values[i] < FLOOR or len(kept) == MOST:
                break
            if (
                not kept or np.abs(places[kept] - places[i]).max(1).min() > reach
            ):  # of a plateau one
                kept.append(i)
        return tuple((int(places[i, 0]), int(places[i, 1]), float(values[i])) for i in kept)


@dataclass(frozen=True, eq=False)
class Masks:
    """Masks with scores, which need no SAM.

    Attributes
    ----------
    masks : tuple of Mask
        Of the image's size.
    scores : ndarray
        (N,) float32, 0..1.
    """

    masks: tuple[Mask, ...]
    scores: Floats

    def __post_init__(self) -> None:
        _hold(self, "scores")
        _check(self.scores.shape == (len(self.masks),), "there is a score for each mask")

    def drawn(self, pen: Pen) -> Iterator[Scored]:
        """Yield each that is not empty."""
        for i in _best(self.scores):
            _check(self.masks[i].size == pen.size, "masks are of the image's size")
            if self.masks[i].area:
                yield Scored(pen.given(self.masks[i]), float(self.scores[i]))


def _best(scores: Floats) -> list[int]:
    """Return the places of the highest scores, the highest first."""
    order = np.argsort(-scores, kind="stable")[:MOST]
    return [i for i in order.tolist() if scores[i] >= FLOOR]


def _agreement(hot: NDArray[np.bool_], mask: Mask) -> float:
    array = mask.to_array()
    either = np.count_nonzero(array | hot)
    return float(np.count_nonzero(array & hot) / either) if either else 0.0


def _same(one: Region, other: Region) -> bool:
    shared = one.mask.intersection(other.mask)
    return shared > WITHIN * min(one.area, other.area)


def _hold(said: object, *names: str) -> None:
    """Make arrays of what an engine gave, or say that it is none of finite numbers."""
    for name in names:
        try:
            numbers = np.asarray(getattr(said, name), np.float32)
        except (TypeError, ValueError):
            numbers = np.array(np.nan, np.float32)
        _check(bool(np.isfinite(numbers).all()), f"{name} are finite numbers")
        object.__setattr__(said, name, numbers)


def _check(right: bool, wanted: str) -> None:
    if not right:
        raise SamError(f"A text engine's answer has another shape: {wanted}.")
