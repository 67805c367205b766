"""Lesson 4, the image encoder: patches counted, looks compared, two places that are alike."""

from __future__ import annotations

from math import hypot
from typing import Any

from sam_widget.lessons.checks import Verdict, hint, right

ALIKE, APART = 0.8, 100.0
PATCHES, WINDOW = 64 * 64, 14 * 14


def exercise_4_1(answer: Any) -> Verdict:
    number = int(answer)
    if number == PATCHES:
        return right("Yes: 64 x 64.", "맞습니다. 64 x 64입니다.")
    if number == 64:
        return hint("That is along one side.", "그것은 한 변에 놓인 수입니다.")
    return hint("How often does 16 go into 1024?", "1024에 16이 몇 번 들어갈까요?")


def exercise_4_2(answer: Any) -> Verdict:
    ratio = float(answer)
    if abs(ratio - PATCHES / WINDOW) < 0.5:
        return right(
            "Yes: 4096 / 196. So most layers have windows, and a few look everywhere.",
            "맞습니다. 4096 / 196입니다. 그래서 대부분의 층에는 창이 있고, 몇 층만 어디든 봅니다.",
        )
    if abs(ratio - WINDOW / PATCHES) < 0.005:
        return hint("The other way round.", "거꾸로입니다.")
    return hint(
        "Each patch looks at 4096, or at 14 x 14 of its window.",
        "패치마다 4096개를 보거나, 제 창의 14 x 14개를 봅니다.",
    )


def exercise_4_3(answer: Any) -> Verdict:
    looks, (height, width), places = answer
    cells = []
    for x, y in places:
        if not (0 <= x < width and 0 <= y < height):
            return hint("Both places lie on the photo.", "두 곳 모두 사진 위에 있어야 합니다.")
        rows, columns = looks.grid
        cells.append(looks.vectors[int(y / height * rows), int(x / width * columns)])
    (x0, y0), (x1, y1) = places
    if hypot(x1 - x0, y1 - y0) < APART:
        return hint("They are too near to each other.", "둘이 너무 가깝습니다.")
    cosine = float(cells[0] @ cells[1])
    if cosine >= ALIKE:
        return right(
            f"Yes, {cosine:.2f}: far apart on the photo, and near for the model.",
            f"맞습니다, {cosine:.2f}입니다. 사진에서는 멀고 모델에게는 가깝습니다.",
        )
    return hint(
        f"Only {cosine:.2f}: try two places of one colour in the embedding.",
        f"{cosine:.2f}밖에 안 됩니다. 임베딩에서 같은 색인 두 곳을 해 보세요.",
    )
