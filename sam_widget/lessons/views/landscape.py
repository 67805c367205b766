"""The click landscape: for every place of a photo, what a click there would select.

Places whose clicks select the same thing have one colour, as what drains to one lake has on a map
of watersheds, and the surer the model is, the stronger: ambiguity made visible.
"""

from __future__ import annotations

import colorsys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sam_widget.errors import SamError, shown
from sam_widget.lessons.marks import Picture, tint
from sam_widget.lessons.speech import say
from sam_widget.lessons.stage import Frame, Stage
from sam_widget.segment.choice import leading
from sam_widget.segment.prompts import stability

from .candidates import iou

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from torch import Tensor

    from sam_widget.lessons.study import Study

AT_ONCE = 32  # clicks that the mask decoder answers together
NOBODY = -1
LEADING = "best"
BY_SIZE = ("whole", "part", "subpart")  # the three of a click, the largest first
FAINT, STRONG = 70, 200  # opacity of the least sure place and of the surest, of 255


@dataclass(frozen=True, eq=False)
class Landscape:
    """What clicks select, as far as it is known.

    Attributes
    ----------
    basins : ndarray
        (rows, columns) int32: the number of the mask that a click there selects; -1: not known yet.
    masks : ndarray
        (K, h, w) bool, on the model's grid: what is selected, each found by one click first.
    scores : ndarray
        (rows, columns) float32: predicted IoU of what a click there selects, 0..1.
    nearest : ndarray
        (rows, columns) int32: which click told of this place; -1: none yet.
    answers : tuple of ndarray
        What each click selected, bits packed along the rows of the model's grid.
    """

    basins: NDArray[np.int32]
    masks: NDArray[np.bool_]
    scores: NDArray[np.float32]
    nearest: NDArray[np.int32]
    answers: tuple[NDArray[np.uint8], ...]

    @property
    def clicks(self) -> int:
        """How many were made."""
        return len(self.answers)

    @property
    def share_known(self) -> float:
        """How much of it is known, 0..1."""
        return float((self.basins != NOBODY).mean())

    def mask_at(self, row: int, column: int) -> NDArray[np.bool_] | None:
        """Return (h, w) bool on the model's grid: what a click there selects; None: not known."""
        click = int(self.nearest[row, column])
        if click == NOBODY:
            return None
        return np.unpackbits(self.answers[click], axis=1).astype(np.bool_)


def selected(
    study: Study, points: NDArray[np.float32], candidate: str = LEADING
) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
    """Ask what each of N clicks selects, made alone.

    Parameters
    ----------
    study : Study
    points : ndarray
        (N, 2) float32, x y in the photo, px.
    candidate : str
        "best": the one that leads in the widget, by predicted IoU, and by stability where the
        model's weights say that it counts. "whole", "part", "subpart": by size, the largest first.

    Returns
    -------
    tuple of ndarray
        Masks (N, h, w) bool on the model's grid, and their predicted IoU (N,) float32, 0..1.

    Raises
    ------
    SamError
        There is no such candidate.
    """
    if candidate not in (LEADING, *BY_SIZE):
        raise SamError(
            f'A candidate is "best", "whole", "part" or "subpart", not {shown(candidate)}.'
        )
    labels = np.ones((len(points), 1), np.int64)
    logits, predicted = study.segmenter.decode_batch(
        study.embedding, points[:, None], labels, multimask=True
    )
    which = _chosen(study, logits, predicted, candidate)
    each = range(len(points))
    masks: NDArray[np.bool_] = (logits[each, which] > 0).cpu().numpy()
    return masks, predicted[each, which].clamp(0, 1).cpu().numpy()


def _chosen(study: Study, logits: Tensor, predicted: Tensor, candidate: str) -> Tensor:
    """Return (N,): the number of the candidate for each of N clicks."""
    if candidate == LEADING:
        return leading(predicted, stability(logits), study.segmenter.thresholds.stability_counts)
    areas = (logits > 0).sum((-2, -1))
    ordered: Tensor = areas.argsort(stable=True, dim=-1, descending=True)
    return ordered[:, BY_SIZE.index(candidate)]


def landscape(
    study: Study, spacing: float = 16.0, same: float = 0.7, candidate: str = LEADING
) -> Iterator[Landscape]:
    """Click everywhere, coarsely at first, then finer; yield what is known after each few clicks.

    Parameters
    ----------
    study : Study
    spacing : float
        Between clicks at the end, on the stage, px.
    same : float
        IoU from which on two masks are the same thing, 0..1.
    candidate : str
        Which of the three counts, as ``selected`` takes it.
    """
    wide, high = (max(1, round(side / spacing)) for side in study.size)
    columns, rows = (np.arange(n) for n in (wide, high))
    xs = (columns + 0.5) / wide * study.pixels.shape[1]
    ys = (rows + 0.5) / high * study.pixels.shape[0]
    basins, nearest = (np.full((high, wide), NOBODY, np.int32) for _ in range(2))
    scores = np.zeros((high, wide), np.float32)
    asked = np.zeros((high, wide), np.bool_)
    known: list[NDArray[np.bool_]] = []
    answers: list[NDArray[np.uint8]] = []
    for coarse in (4, 2, 1):
        todo = np.zeros_like(asked)
        todo[coarse // 2 :: coarse, coarse // 2 :: coarse] = True
        places = np.argwhere(todo & ~asked)
        for start in range(0, len(places), AT_ONCE):
            some = places[start : start + AT_ONCE]
            points = np.stack([xs[some[:, 1]], ys[some[:, 0]]], 1).astype(np.float32)
            told = zip(some, *selected(study, points, candidate), strict=True)
            for (row, column), mask, score in told:
                asked[row, column] = True
                top, left = row - coarse // 2, column - coarse // 2
                around = slice(top, top + coarse), slice(left, left + coarse)
                unsure = ~asked[around]
                unsure[row - top, column - left] = True
                basins[around][unsure] = _known(mask, known, same)
                nearest[around][unsure] = len(answers)
                scores[around][unsure] = score
                answers.append(np.packbits(mask, axis=1))
            yield Landscape(
                basins.copy(), np.array(known), scores.copy(), nearest.copy(), tuple(answers)
            )


def landscape_on(
    study: Study, spacing: float = 16.0, same: float = 0.7, candidate: str = LEADING
) -> ClickStage:
    """Draw the landscape while it is found: show the stage first, then let it be filled.

    Pointing at a place shows what a click there selects. Takes what ``landscape`` takes.

    Returns
    -------
    ClickStage
        With ``fill()``, which clicks everywhere; interrupted, it keeps what it has.
    """
    return ClickStage(study, spacing, same, candidate)


class ClickStage(Stage):
    """The landscape on a stage.

    Parameters
    ----------
    study : Study
    spacing, same, candidate
        As ``landscape`` takes them.
    """

    def __init__(self, study: Study, spacing: float, same: float, candidate: str) -> None:
        super().__init__([Frame((study.picture,))], study.size)
        self.study, self.settings = study, (spacing, same, candidate)
        self.found: Landscape | None = None
        self.on_point(self._pointed)

    def fill(self) -> ClickStage:
        """Click everywhere, and draw meanwhile."""
        with suppress(KeyboardInterrupt):
            for each in landscape(self.study, *self.settings):
                self.found = each
                said = say("{} clicks select {} different things", "클릭 {}번이 고르는 것은 {}가지")
                caption = said.format(each.clicks, len(each.masks))
                self.show(Frame((self.study.picture,), (painted(each, self.study),), caption))
        return self

    def _pointed(self, x: float, y: float) -> None:
        if self.found is None:
            return
        high, wide = self.found.basins.shape
        row = min(int(y / self.size[1] * high), high - 1)
        column = min(int(x / self.size[0] * wide), wide - 1)
        mask = self.found.mask_at(row, column)
        if mask is None:
            return
        share = float((self.found.basins == self.found.basins[row, column]).mean())
        said = say(
            "a click here: predicted IoU {:.2f}; {:.1%} of places give the same",
            "여기를 클릭하면: 예측 IoU {:.2f}, 같은 것을 고르는 자리 {:.1%}",
        )
        white = tint(self.study.cropped(mask), "#ffffff", self.study.box, 0.75)
        click = self.study.dot(*self.study.in_photo(x, y))
        caption = said.format(self.found.scores[row, column], share)
        self.show(Frame((self.study.picture,), (white, *click), caption))


def painted(found: Landscape, study: Study) -> Picture:
    """Return a landscape as a picture: one colour a basin, stronger where surer, borders dark."""
    colors = np.array([_color(number) for number in range(len(found.masks))] or [(0, 0, 0)])
    pixels = np.zeros((*found.basins.shape, 4), np.uint8)
    known = found.basins != NOBODY
    pixels[known, :3] = colors[found.basins[known]]
    sure = found.scores[known]
    span = float(np.ptp(sure)) if sure.size else 0.0
    shares = (sure - sure.min()) / span if span else np.ones_like(sure)
    pixels[known, 3] = (FAINT + (STRONG - FAINT) * shares).astype(np.uint8)
    large = pixels.repeat(6, 0).repeat(6, 1)
    numbers = found.basins.repeat(6, 0).repeat(6, 1)
    border = np.zeros(numbers.shape, np.bool_)
    border[1:] |= numbers[1:] != numbers[:-1]
    border[:, 1:] |= numbers[:, 1:] != numbers[:, :-1]
    large[border] = (15, 23, 42, 220)
    return Picture(large, study.box, smooth=False)


def _color(number: int) -> tuple[int, ...]:
    """Return a colour far from those of the numbers before: hues a golden turn apart."""
    shade = colorsys.hls_to_rgb(number * 0.618034 % 1, (0.5, 0.65, 0.4)[number % 3], 0.8)
    return tuple(round(255 * each) for each in shade)


def _known(mask: NDArray[np.bool_], known: list[NDArray[np.bool_]], same: float) -> int:
    """Return the number of the mask that this one is like, a new one where none is."""
    agreed = [iou(mask, each) for each in known]
    if agreed and max(agreed) >= same:
        return int(np.argmax(agreed))
    known.append(mask)
    return len(known) - 1
