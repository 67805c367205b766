"""Lesson 7, everything: masks counted, stability by one's own hand, what SA-1B has not."""

from __future__ import annotations

from typing import Any

import numpy as np

from sam_widget.lessons.checks import Verdict, hint, right
from sam_widget.segment.prompts import stability

NAMES = (
    "label",
    "name",
    "class",
    "categor",
    "이름",
    "라벨",
    "레이블",
    "클래스",
    "범주",
    "종류",
    "분류",
)


def exercise_7_1(answer: Any) -> Verdict:
    number = int(answer)
    if number == 3 * 32 * 32:
        return right("Yes: three for each click.", "맞습니다. 클릭마다 셋입니다.")
    if number == 32 * 32:
        return hint("That is how many clicks.", "그것은 클릭의 수입니다.")
    return hint(
        "32 x 32 clicks; and answers to each?", "클릭은 32 x 32번, 클릭마다 답은 몇 개일까요?"
    )


def exercise_7_2(answer: Any) -> Verdict:
    if not callable(answer):
        return hint("Give the function itself.", "함수를 그대로 넣으세요.")
    dice = np.random.default_rng(7)
    maps = [dice.normal(0, spread, (9, 8)).astype(np.float32) for spread in (0.5, 2.0, 6.0)]
    said = [answer(each) for each in maps]
    if any(each is None or each is ... for each in said):
        return hint("The function returns nothing yet.", "함수가 아직 아무것도 돌려주지 않습니다.")
    wanted = [float(stability(each[None])[0]) for each in maps]
    numbers = [float(each) for each in said]
    if np.allclose(numbers, wanted, atol=1e-6):
        return right("Yes.", "맞습니다.")
    if np.allclose(numbers, [1 / each for each in wanted], atol=1e-6):
        return hint(
            "Upside down: it is 1 at most.", "분자와 분모가 바뀌었습니다. 1을 넘지 않습니다."
        )
    return hint(
        "The pixels over +1, divided by the pixels over -1.",
        "+1보다 큰 픽셀의 수를 -1보다 큰 픽셀의 수로 나눕니다.",
    )


def exercise_7_3(answer: Any) -> Verdict:
    if any(each in str(answer).lower() for each in NAMES):
        return right(
            "Yes: 1.1 billion masks, and not one says what it is of.",
            "맞습니다. 마스크가 11억 개인데, 무엇의 마스크인지 말하는 것은 하나도 없습니다.",
        )
    return hint(
        "Look at what stands with a mask above. What would you ask first: where, or what?",
        "위에서 마스크와 함께 적힌 것을 보세요. 어디인지 말고 또 무엇을 묻고 싶은가요?",
    )
