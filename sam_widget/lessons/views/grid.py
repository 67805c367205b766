"""Everything mode, filter by filter: which clicks of a grid are left after each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sam_widget.lessons.marks import Disc, tint
from sam_widget.lessons.speech import say
from sam_widget.lessons.stage import Frame, Stage
from sam_widget.segment.everything.search import suppress
from sam_widget.segment.prompts import stability

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sam_widget.lessons.marks import Mark
    from sam_widget.lessons.study import Study

AT_ONCE = 32
COLORS = ("#3b82f6", "#f59e0b", "#d946ef", "#22c55e", "#ef4444", "#14b8a6", "#eab308", "#8b5cf6")


@dataclass(frozen=True, eq=False)
class Sieve:
    """The masks of a grid's clicks, three each, and which of them are left after each filter.

    Attributes
    ----------
    points : ndarray
        (N, 2) float32, x y in the photo, px.
    masks : ndarray
        (N, 3, h, w) bool on the model's grid.
    left : tuple of ndarray
        (N, 3) bool each: of all, after predicted IoU, after stability, after non-maximum
        suppression.
    """

    points: NDArray[np.float32]
    masks: NDArray[np.bool_]
    left: tuple[NDArray[np.bool_], ...]

    @classmethod
    def of(cls, study: Study, side: int = 12, overlap: float = 0.7) -> Sieve:
        """Click a photo on a grid of ``side`` x ``side``, and filter as everything mode does.

        The thresholds are the model's own; two boxes of an IoU over ``overlap`` are doubles.
        """
        height, width = study.pixels.shape[:2]
        along = (np.arange(side) + 0.5) / side
        points = np.stack(np.meshgrid(along * width, along * height), -1).reshape(-1, 2)
        points = points.astype(np.float32)
        logits, predicted = _asked(study, points)
        wanted = study.segmenter.thresholds
        sure = predicted >= wanted.predicted_iou
        steady = sure & (stability(logits) >= wanted.stability_score)
        masks = logits > 0
        steady &= masks.any((2, 3))
        kept = np.zeros_like(steady)
        numbers = np.argwhere(steady)
        boxes = np.array([_box(masks[i, j]) for i, j in numbers], np.float32).reshape(-1, 4)
        for number in suppress(boxes, predicted[steady], overlap):
            kept[tuple(numbers[number])] = True
        return cls(points, masks, (np.ones_like(sure), sure, steady, kept))

    @property
    def counts(self) -> tuple[int, ...]:
        """How many masks are left after each."""
        return tuple(int(each.sum()) for each in self.left)


def _asked(
    study: Study, points: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    said = []
    for start in range(0, len(points), AT_ONCE):
        some = points[start : start + AT_ONCE, None]
        labels = np.ones(some.shape[:2], np.int64)
        said.append(study.segmenter.decode_batch(study.embedding, some, labels, multimask=True))
    logits, predicted = (np.concatenate([each[i].cpu().numpy() for each in said]) for i in (0, 1))
    return study.cropped(logits), predicted


def _box(mask: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    rows, columns = np.nonzero(mask.any(1))[0], np.nonzero(mask.any(0))[0]
    return columns[0], rows[0], columns[-1] + 1, rows[-1] + 1


def sieve_on(study: Study, sieve: Sieve) -> Stage:
    """Draw the clicks, green while a mask of theirs is left, then the masks that are."""
    names = (
        say("all: {} masks of {} clicks", "전체: 마스크 {}개, 클릭 {}번"),
        say("predicted IoU: {} left, of {} clicks", "예측 IoU: {}개 남음, 클릭 {}번"),
        say("stability: {} left, of {} clicks", "안정성: {}개 남음, 클릭 {}번"),
        say("doubles gone: {} left, of {} clicks", "겹친 것 제거: {}개 남음, 클릭 {}번"),
    )
    frames = []
    for name, left in zip(names, sieve.left, strict=True):
        some: NDArray[np.bool_] = np.logical_or.reduce(left, axis=1)
        dots = tuple(
            Disc(*study.on_stage(float(x), float(y)), 4 if alive else 2,
                 "#22c55e" if alive else "#94a3b8")
            for (x, y), alive in zip(sieve.points, some, strict=True)
        )  # fmt: skip
        caption = name.format(int(left.sum()), int(some.sum()))
        frames.append(Frame((study.picture,), dots, caption))
    frames.append(Frame((study.picture,), _painted(study, sieve), frames[-1].caption))
    return Stage(frames, study.size, seconds=1.5)


def _painted(study: Study, sieve: Sieve) -> tuple[Mark, ...]:
    masks = sorted(sieve.masks[sieve.left[-1]], key=lambda each: -int(each.sum()))
    return tuple(
        tint(mask, COLORS[number % len(COLORS)], study.box, 0.45)
        for number, mask in enumerate(masks)
    )
