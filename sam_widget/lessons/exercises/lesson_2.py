"""Lesson 2, three answers: IoU by one's own hand, a click that leaves no doubt."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np

from sam_widget.lessons.checks import Verdict, hint, right
from sam_widget.lessons.views.candidates import iou

AGREED = 0.7
CLEAR = (
    "several",
    "many",
    "two",
    "more",
    "box",
    "second",
    "multiple",
    "여러",
    "둘",
    "상자",
    "박스",
)


def exercise_2_1(answer: Any) -> Verdict:
    if not callable(answer):
        return hint(
            'Give the function itself, without calling it: check("2.1", iou).',
            '함수를 부르지 말고 그대로 넣으세요. check("2.1", iou)처럼 쓰면 됩니다.',
        )
    dice = np.random.default_rng(0)
    pairs = [(dice.random((9, 7)) < share, dice.random((9, 7)) < 0.5) for share in (0.2, 0.5, 0.9)]
    said = [answer(a, b) for a, b in pairs]
    if any(each is None or each is ... for each in said):
        return hint("The function returns nothing yet.", "함수가 아직 아무것도 돌려주지 않습니다.")
    if not np.allclose([float(each) for each in said], [iou(a, b) for a, b in pairs], atol=1e-6):
        dices = [2 * (a & b).sum() / (a.sum() + b.sum()) for a, b in pairs]
        if np.allclose([float(each) for each in said], dices, atol=1e-6):
            return hint(
                "That is Dice: it divides by the sum of the areas. IoU divides by the union.",
                "그것은 Dice입니다. 넓이의 합으로 나눕니다. IoU는 합집합으로 나눕니다.",
            )
        return hint(
            "Not yet: & is in both, | is in either; divide their sums.",
            "아직 아닙니다. &는 둘 다, |는 어느 하나입니다. 그 합을 나누세요.",
        )
    nothing = np.zeros((3, 3), bool)
    with np.errstate(all="ignore"):
        empty = float(answer(nothing, nothing))
    if empty != 1.0:
        return hint(
            "Right, but for two empty masks: nothing over nothing. They agree, so it is 1.",
            "거의 맞습니다. 빈 마스크 둘에서는 0을 0으로 나누게 됩니다. 둘은 같으므로 1입니다.",
        )
    return right("Yes, that is IoU.", "맞습니다. 그것이 IoU입니다.")


def exercise_2_2(answer: Any) -> Verdict:
    logits = getattr(answer, "logits", None)
    if logits is None or len(logits) != 3:
        return hint(
            "Give what study.ask((x, y)) returns, of one click.",
            "클릭 하나에 대해 study.ask((x, y))가 돌려주는 값을 넣으세요.",
        )
    masks = logits > 0
    if not masks.any(axis=(1, 2)).all():
        return hint("One of the three is empty.", "셋 가운데 하나가 비어 있습니다.")
    least = min(iou(a, b) for a, b in combinations(masks, 2))
    if least >= AGREED:
        return right(
            f"Yes: each two of them agree at {least:.2f} or more. Little else can be meant.",
            f"맞습니다. 어느 둘이든 {least:.2f} 이상 같습니다. 달리 뜻할 것이 거의 없습니다.",
        )
    return hint(
        f"Two of them agree at {least:.2f} only: try the middle of a large calm basin.",
        f"어느 둘은 {least:.2f}밖에 같지 않습니다. 넓고 고요한 유역의 한가운데를 해 보세요.",
    )


def exercise_2_3(answer: Any) -> Verdict:
    said = str(answer).lower()
    if any(each in said for each in CLEAR):
        return right(
            "Yes: after several points, or with a box, there is little doubt left; then the single"
            " mask's own token answers.",
            "맞습니다. 점이 여럿이거나 상자가 있으면 의심이 거의 남지 않습니다. 그때는 단일 마스크"
            " 토큰이 답합니다.",
        )
    if any(each in said for each in ("point", "click", "one", "점", "클릭", "하나")):
        return hint(
            "One point is the most ambiguous prompt of all. What says more?",
            "점 하나는 가장 모호한 프롬프트입니다. 무엇이 더 많이 말해 줄까요?",
        )
    return hint(
        "Think of what you do in the widget when one click is not enough.",
        "클릭 한 번으로 모자랄 때 위젯에서 무엇을 하는지 생각해 보세요.",
    )
