"""Lesson 6, losses: dice by one's own hand, a factor, who is taught."""

from __future__ import annotations

from typing import Any

import numpy as np

from sam_widget.lessons.checks import Verdict, hint, right


def exercise_6_1(answer: Any) -> Verdict:
    if not callable(answer):
        return hint("Give the function itself.", "함수를 그대로 넣으세요.")
    dice = np.random.default_rng(6)
    pairs = [(dice.random((8, 8)), (dice.random((8, 8)) < 0.4).astype(float)) for _ in range(3)]
    said = [answer(p, t) for p, t in pairs]
    if any(each is None or each is ... for each in said):
        return hint("The function returns nothing yet.", "함수가 아직 아무것도 돌려주지 않습니다.")
    numbers = np.array([float(each) for each in said])
    both = np.array([2 * (p * t).sum() for p, t in pairs])
    squares = np.array([(p * p).sum() + (t * t).sum() for p, t in pairs])
    plain = np.array([p.sum() + t.sum() for p, t in pairs])
    if np.allclose(numbers, both / squares, atol=1e-3):
        return right("Yes.", "맞습니다.")
    slips = (
        (1 - both / squares, "That is the loss: dice itself is asked for.",
         "그것은 손실입니다. dice 자체를 쓰세요."),
        (both / plain, "Below stand the sums of the squares.", "분모는 제곱의 합입니다."),
        (both / 2 / squares, "Twice the product.", "곱의 두 배입니다."),
    )  # fmt: skip
    for slip, en, ko in slips:
        if np.allclose(numbers, slip, atol=1e-3):
            return hint(en, ko)
    return hint(
        "Not yet: 2 * (p * t).sum(), over (p * p).sum() + (t * t).sum().",
        "아직 아닙니다. 2 * (p * t).sum()을 (p * p).sum() + (t * t).sum()으로 나눕니다.",
    )


def exercise_6_2(answer: Any) -> Verdict:
    number = float(answer)
    if abs(number - 100) < 0.5 or abs(number - 0.01) < 5e-4:
        return right(
            "Yes: (1 - 0.9) squared is a hundredth. A hundred such pixels speak as one did.",
            "맞습니다. (1 - 0.9)의 제곱은 100분의 1입니다. 그런 픽셀 백 개가 하나처럼 말합니다.",
        )
    if abs(number - 10) < 0.5 or abs(number - 0.1) < 5e-3:
        return hint(
            "That is gamma 1; gamma 2 is its square.",
            "그것은 감마 1입니다. 감마 2는 그 제곱입니다.",
        )
    if abs(number - 0.81) < 0.01 or abs(number - 1 / 0.81) < 0.01:
        return hint(
            "It is (1 - p) that is squared: how wrong, not how right.",
            "제곱하는 것은 (1 - p)입니다. 맞은 정도가 아니라 틀린 정도입니다.",
        )
    return hint("The factor is (1 - p) to the power gamma.", "배수는 (1 - p)의 감마 제곱입니다.")


def exercise_6_3(answer: Any) -> Verdict:
    heads = [int(each) for each in np.ravel(np.asarray(answer))]
    if heads == [2]:
        return right(
            "Yes: only the best. The others are left free to be good at something else.",
            "맞습니다. 가장 좋은 것만입니다. 나머지는 다른 것을 잘하도록 남겨 둡니다.",
        )
    if heads == [1]:
        return hint(
            "Head 1 has counted from 0, or is the worst.",
            "0부터 센 것이거나, 가장 나쁜 헤드입니다.",
        )
    if sorted(heads) == [1, 2, 3]:
        return hint("Then all would become alike.", "그러면 모두 비슷해질 것입니다.")
    return hint("The lowest loss wins.", "손실이 가장 작은 것이 이깁니다.")
