"""Three candidates of one click: who contains whom, and whom their mean would serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sam_widget.lessons.marks import Line, Rect, Words, heat
from sam_widget.lessons.speech import say
from sam_widget.lessons.stage import Frame, Stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sam_widget.lessons.marks import Mark
    from sam_widget.lessons.study import Study
    from sam_widget.segment.prompts import Prediction

COLORS = ("#3b82f6", "#f59e0b", "#d946ef")
KOREAN = {"whole": "전체", "part": "부분", "subpart": "하위 부분", "other": "다른 것"}
INSIDE = 0.9  # of the smaller one's pixels, which the larger one has too


def iou(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> float:
    """Return the intersection over the union of two masks, 0..1; of two empty ones 1."""
    union = np.logical_or(first, second).sum()
    return float(np.logical_and(first, second).sum() / union) if union else 1.0


def mean_probability(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return (h, w) float32: the mean of the probabilities of (3, h, w) logits."""
    probabilities = 1 / (1 + np.exp(-logits.clip(-60, 60)))
    mean: NDArray[np.float32] = probabilities.mean(0)
    return mean


def parents(masks: Sequence[NDArray[np.bool_]]) -> tuple[int | None, ...]:
    """Return for each mask the smallest other one that contains it; None where none does."""
    areas = [int(mask.sum()) for mask in masks]
    found = []
    for number, mask in enumerate(masks):
        around = [
            other
            for other in range(len(masks))
            if (areas[other], -other) > (areas[number], -number)
            and (masks[other] & mask).sum() >= INSIDE * max(1, areas[number])
        ]
        found.append(min(around, key=lambda other: areas[other]) if around else None)
    return tuple(found)


def candidates_on(study: Study, x: float, y: float) -> Stage:
    """Draw the three candidates of a click, a frame each, and at last their mean.

    Parameters
    ----------
    study : Study
    x, y : float
        The click, in the photo, px.
    """
    said = study.ask((x, y))
    frames = [
        Frame(
            (study.picture,),
            (study.tinted(said.mask(i), COLORS[i]), *study.dot(x, y)),
            f"{i + 1}: {_name(said, i)}, {_share(said, i)}",
        )
        for i in range(3)
    ]
    mean = mean_probability(said.logits)
    agreed = [iou(mean > 0.5, logits > 0) for logits in said.logits]
    caption = say(
        "the mean of the three, cut at a half: IoU {:.2f}, {:.2f}, {:.2f} with them",
        "셋의 평균을 절반에서 자르면: 세 후보와의 IoU {:.2f}, {:.2f}, {:.2f}",
    ).format(*agreed)
    soft = heat(study.cropped(mean), study.box, "gray", 0.85)
    frames.append(Frame((study.picture,), (soft, *study.dot(x, y)), caption))
    return Stage(frames, study.size, seconds=1.5)


def tree_of(study: Study, x: float, y: float) -> Stage:
    """Draw who lies in whom: each candidate as a node, a line to the one that contains it."""
    said = study.ask((x, y))
    masks = [logits > 0 for logits in said.logits]
    above = parents(masks)
    depth = [0, 0, 0]
    for i in sorted(range(3), key=lambda each: -masks[each].sum()):
        over = above[i]
        depth[i] = 0 if over is None else depth[over] + 1
    places = [(95.0 + 190 * i, 40.0 + 70 * depth[i]) for i in range(3)]
    marks: list[Mark] = []
    for i, over in enumerate(above):
        if over is not None:
            (x0, y0), (x1, y1) = places[i], places[over]
            marks.append(Line(((x0, y0 - 13), (x1, y1 + 15)), "#94a3b8", 2, arrow=9))
    for i, (at_x, at_y) in enumerate(places):
        text = f"{_name(said, i)}  {_share(said, i)}"
        marks.append(Rect((at_x - 88, at_y - 13, at_x + 88, at_y + 13), "white"))
        marks.append(Rect((at_x - 88, at_y - 13, at_x + 88, at_y + 13), COLORS[i], width=1.5))
        marks.append(Words(text, at_x, at_y + 5, 13, COLORS[i], "center"))
    caption = say("an arrow leads to what contains it", "화살표는 자신을 품는 것으로 갑니다")
    return Stage([Frame(front=tuple(marks), caption=caption)], (570, 70 + 70 * max(depth)))


def _share(said: Prediction, i: int) -> str:
    return say("predicted IoU {:.2f}", "예측 IoU {:.2f}").format(said.scores[i])


def _name(said: Prediction, i: int) -> str:
    return say(said.names[i], KOREAN.get(said.names[i], said.names[i]))
