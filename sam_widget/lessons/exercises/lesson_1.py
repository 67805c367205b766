"""Lesson 1, point at it: an eye that is segmented, and who works how often."""

from __future__ import annotations

from typing import Any

import numpy as np

from sam_widget.lessons.checks import Verdict, hint, right
from sam_widget.lessons.views.candidates import iou

EYE = 182.0, 125.0, 37.0  # of chelsea.jpg, 451 x 300: middle and radius of the left eye, px
SIZE = 300, 451


def exercise_1_1(answer: Any) -> Verdict:
    mask = np.asarray(answer)
    if mask.shape != SIZE or mask.dtype != bool:
        return hint(
            "Give cat.mask: a bool array of the photo's size, (300, 451).",
            "cat.mask를 넣으세요. 사진 크기 (300, 451)의 bool 배열입니다.",
        )
    rows, columns = np.mgrid[: SIZE[0], : SIZE[1]]
    x, y, radius = EYE
    eye = (columns + 0.5 - x) ** 2 + (rows + 0.5 - y) ** 2 < radius**2
    if not mask[int(y), int(x)]:
        return hint(
            "The eye on the left of the photo is not in it: click its iris.",
            "사진 왼쪽에 있는 눈이 들어 있지 않습니다. 홍채를 클릭하세요.",
        )
    if iou(mask, eye) >= 0.5:
        return right(
            "Yes. Nobody told the model what an eye is: your click did.",
            "맞습니다. 눈이 무엇인지 모델에게 알려 준 사람은 없습니다. 클릭이 알려 주었습니다.",
        )
    if mask.sum() > eye.sum():
        return hint(
            "More than the eye: right click what is too much, or choose a smaller candidate.",
            "눈보다 큽니다. 넘치는 곳을 오른쪽 클릭하거나 더 작은 후보를 고르세요.",
        )
    return hint(
        "Less than the eye: click what is missing, or choose a larger candidate.",
        "눈보다 작습니다. 빠진 곳을 클릭하거나 더 큰 후보를 고르세요.",
    )


def exercise_1_2(answer: Any) -> Verdict:
    numbers = [int(each) for each in np.ravel(np.asarray(answer))]
    if numbers == [1, 20]:
        return right(
            "Yes: the photo is looked at once, and remembered.",
            "맞습니다. 사진은 한 번 보고 기억해 둡니다.",
        )
    if numbers == [20, 1]:
        return hint(
            "The other way round: who is slow, and who answers each click?",
            "거꾸로입니다. 느린 것은 누구이고, 클릭마다 답하는 것은 누구일까요?",
        )
    return hint(
        "Two numbers. Does the photo change between two clicks?",
        "수 두 개입니다. 클릭과 클릭 사이에 사진이 바뀌나요?",
    )
