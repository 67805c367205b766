"""Lesson 8, words: which phrase is nearest, what it becomes, how sure is sure enough."""

from __future__ import annotations

from typing import Any

import numpy as np

from sam_widget.lessons.checks import Verdict, hint, right
from sam_widget.lessons.views.words import nearness
from sam_widget.segment.text.found import Found
from sam_widget.segment.text.phrase_tokens import TOKENS

KNOWN = ("cat", "tiger", "dog", "grass")


def exercise_8_1(answer: Any) -> Verdict:
    nearest = KNOWN[int(np.argmax(nearness(["kitten"], KNOWN)))]
    said = str(answer).strip().strip("\"'.").lower()
    if said == nearest:
        return right(
            "Yes: the text encoder has learnt from sentences that the two are used alike. It has"
            " never seen either.",
            "맞습니다. 텍스트 인코더는 두 낱말이 비슷하게 쓰인다는 것을 문장에서 배웠습니다."
            " 둘 다 본 적은 없습니다.",
        )
    if said not in KNOWN:
        return hint(
            f"Choose one of {', '.join(KNOWN)}, as a text.",
            f"{', '.join(KNOWN)} 가운데 하나를 문자열로 고르세요.",
        )
    return hint(
        "Another is nearer: look for the largest number in the row of kitten.",
        "더 가까운 낱말이 있습니다. kitten의 행에서 가장 큰 수를 찾아보세요.",
    )


def exercise_8_2(answer: Any) -> Verdict:
    numbers = tuple(int(each) for each in np.ravel(np.asarray(answer)))
    if numbers in ((TOKENS, 256), (1, TOKENS, 256)):
        return right(
            f"Yes: {TOKENS} tokens of 256 numbers. A click is one such token, a box is two.",
            f"맞습니다. 256개의 수로 된 토큰 {TOKENS}개입니다. 클릭은 토큰 하나, 상자는 둘입니다.",
        )
    if 384 in numbers:
        return hint(
            "384 is the length of the phrase's vector, before the layer: print tokens.shape.",
            "384는 층을 지나기 전 문구 벡터의 길이입니다. tokens.shape를 출력해 보세요.",
        )
    return hint(
        "Two numbers: how many tokens one phrase becomes, and how many numbers each has.",
        "두 수를 쓰세요. 문구 하나가 되는 토큰의 개수, 그리고 토큰 하나의 길이입니다.",
    )


def exercise_8_3(answer: Any) -> Verdict:
    if not isinstance(answer, Found):
        return hint(
            "Give what found.at(...) returns: the same findings, at another confidence.",
            "found.at(...)이 돌려주는 값을 넣으세요. 같은 결과를 다른 신뢰도로 본 것입니다.",
        )
    if len(answer) == 1:
        return right(
            "Yes: one is left, and nothing ran again; the scores were there all the time.",
            "맞습니다. 하나만 남았고, 다시 계산한 것은 없습니다. 점수는 처음부터 있었습니다.",
        )
    if not len(answer):
        return hint(
            "Nothing is left: a lower confidence lets more through.",
            "하나도 남지 않았습니다. 신뢰도를 낮추면 더 많이 통과합니다.",
        )
    return hint(
        f"{len(answer)} are left: a higher confidence lets fewer through.",
        f"{len(answer)}개가 남았습니다. 신뢰도를 높이면 더 적게 통과합니다.",
    )
