"""The click landscape: for every place of a photo, what a click there would select.

Places whose clicks select the same thing have one colour, as what drains to one lake has on a map
of watersheds: ambiguity made visible.
"""

from __future__ import annotations

import colorsys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sam_widget.lessons.marks import Picture, tint
from sam_widget.lessons.speech import say
from sam_widget.lessons.stage import Frame, Stage
from sam_widget.segment.choice import leading
from sam_widget.segment.prompts import stability

from .candidates import iou

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from sam_widget.lessons.marks import Mark
    from sam_widget.lessons.study import Study

AT_ONCE = 32  # clicks that the mask decoder answers together
NOBODY = -1


@dataclass(frozen=True, eq=False)
class Landscape:
    """What clicks select, as far as it is known.

    Attributes
    ----------
    basins : ndarray
        (rows, columns) int32: the number of the mask that a click there selects; -1: not known yet.
    masks : ndarray
        (K, h, w) bool, on the model's grid: what is selected, each found by one click first.
    clicks : int
        How many were made.
    """

    basins: NDArray[np.int32]
    masks: NDArray[np.bool_]
    clicks: int

    @property
    def share_known(self) -> float:
        """How much of it is known, 0..1."""
        return float((self.basins != NOBODY).mean())


def selected(study: Study, points: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return (N, h, w) bool on the model's grid: what each of N clicks (N, 2) alone selects.

    It is the candidate that leads in the widget: by predicted IoU, and by stability where the
    model's weights say that it counts.
    """
    segmenter = study.segmenter
    labels = np.ones((len(points), 1), np.int64)
    logits, predicted = segmenter.decode_batch(
        study.embedding, points[:, None], labels, multimask=True
    )
    counts = segmenter.thresholds.stability_counts
    best = leading(predicted, stability(logits), counts)
    chosen: NDArray[np.bool_] = (logits[range(len(points)), best] > 0).cpu().numpy()
    return chosen


def landscape(study: Study, spacing: float = 16.0, same: float = 0.7) -> Iterator[Landscape]:
    """Click everywhere, coarsely at first, then finer; yield what is known after each few clicks.

    Parameters
    ----------
    study : Study
    spacing : float
        Between clicks at the end, on the stage, px.
    same : float
        IoU from which on two masks are the same thing, 0..1.
    """
    wide, high = (max(1, round(side / spacing)) for side in study.size)
    columns, rows = (np.arange(n) for n in (wide, high))
    xs = (columns + 0.5) / wide * study.pixels.shape[1]
    ys = (rows + 0.5) / high * study.pixels.shape[0]
    basins = np.full((high, wide), NOBODY, np.int32)
    asked = np.zeros((high, wide), np.bool_)
    known: list[NDArray[np.bool_]] = []
    for coarse in (4, 2, 1):
        todo = np.zeros_like(asked)
        todo[coarse // 2 :: coarse, coarse // 2 :: coarse] = True
        places = np.argwhere(todo & ~asked)
        for start in range(0, len(places), AT_ONCE):
            some = places[start : start + AT_ONCE]
            points = np.stack([xs[some[:, 1]], ys[some[:, 0]]], 1).astype(np.float32)
            for (row, column), mask in zip(some, selected(study, points), strict=True):
                asked[row, column] = True
                number = _known(mask, known, same)
                around = slice(row - coarse // 2, row - coarse // 2 + coarse)
                beside = slice(column - coarse // 2, column - coarse // 2 + coarse)
                unsure = ~asked[around, beside]
                basins[around, beside][unsure] = number
                basins[row, column] = number
            yield Landscape(basins.copy(), np.array(known), int(asked.sum()))


def landscape_on(study: Study, spacing: float = 16.0, same: float = 0.7) -> Stage:
    """Draw the landscape while it is found: show the stage first, then let it be filled.

    Pointing at a place shows what a click there selects.

    Returns
    -------
    Stage
        With ``fill()``, which clicks everywhere; interrupted, it keeps what it has.
    """
    return ClickStage(study, spacing, same)


class ClickStage(Stage):
    """The landscape on a stage.

    Parameters
    ----------
    study : Study
    spacing, same : float
        As ``landscape`` takes them.
    """

    def __init__(self, study: Study, spacing: float, same: float) -> None:
        super().__init__([Frame((study.picture,))], study.size)
        self.study, self.settings = study, (spacing, same)
        self.found: Landscape | None = None
        self.on_point(self._pointed)

    def fill(self) -> ClickStage:
        """Click everywhere, and draw meanwhile."""
        with suppress(KeyboardInterrupt):
            for each in landscape(self.study, *self.settings):
                self.found = each
                self.show(Frame((self.study.picture,), (painted(each, self.study),), self._said()))
        return self

    def _said(self) -> str:
        found = self.found
        if found is None:
            return ""
        return say("{} clicks select {} different things", "클릭 {}번이 고르는 것은 {}가지").format(
            found.clicks, len(found.masks)
        )

    def _pointed(self, x: float, y: float) -> None:
        if self.found is None:
            return
        high, wide = self.found.basins.shape
        row, column = int(y / self.size[1] * high), int(x / self.size[0] * wide)
        number = int(self.found.basins[min(row, high - 1), min(column, wide - 1)])
        marks: tuple[Mark, ...] = (painted(self.found, self.study),)
        if number != NOBODY:
            mask = self.study.cropped(self.found.masks[number])
            marks = (
                tint(mask, "#ffffff", self.study.box, 0.75),
                *self.study.dot(*self.study.in_photo(x, y)),
            )
        self.show(Frame((self.study.picture,), marks, self._said()))


def painted(found: Landscape, study: Study) -> Picture:
    """Return a landscape as a picture: one colour a basin, borders dark."""
    colors = np.array([_color(number) for number in range(len(found.masks))] or [(0, 0, 0)])
    pixels = np.zeros((*found.basins.shape, 4), np.uint8)
    known = found.basins != NOBODY
    pixels[known, :3] = colors[found.basins[known]]
    pixels[known, 3] = 150
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
