"""Lesson 9, one's own widget: places, paint, and a click that fails."""

from __future__ import annotations

from typing import Any

import numpy as np

from sam_widget.lessons.checks import Verdict, hint, right

POOR = 0.4
PLACES = ((0.0, 0.0, 480, 600), (240.0, 120.0, 480, 600), (10.0, 30.0, 900, 300))


def exercise_9_1(answer: Any) -> Verdict:
    if not callable(answer):
        return hint("Give the function itself.", "함수를 그대로 넣으세요.")
    for x, y, canvas, photo in PLACES:
        said = answer(x, y, canvas, photo)
        if said is None or said is ...:
            return hint(
                "The function returns nothing yet.", "함수가 아직 아무것도 돌려주지 않습니다."
            )
        place = [float(each) for each in said]
        if np.allclose(place, [x * canvas / photo, y * canvas / photo]) and x:
            return hint(
                "The other way round: that leads from the photo to the canvas.",
                "거꾸로입니다. 그것은 사진에서 캔버스로 갑니다.",
            )
        if not np.allclose(place, [x * photo / canvas, y * photo / canvas]):
            return hint(
                "One scale for both: photo pixels to one of the canvas.",
                "둘 다 같은 배율입니다. 캔버스 픽셀 하나가 사진 픽셀 몇 개인지입니다.",
            )
    return right(
        "Yes, and no rounding: a click is between pixels.", "맞습니다. 반올림하지 않습니다."
    )


def exercise_9_2(answer: Any) -> Verdict:
    if not callable(answer):
        return hint("Give the function itself.", "함수를 그대로 넣으세요.")
    mask = np.zeros((4, 6), bool)
    mask[1:3, 2:5] = True
    pixels = np.asarray(answer(mask))
    if pixels.shape != (4, 6, 4) or pixels.dtype != np.uint8:
        return hint(
            "An array of (H, W, 4), uint8: red, green, blue, opacity.",
            "(H, W, 4)의 uint8 배열입니다. 빨강, 초록, 파랑, 불투명도.",
        )
    if pixels[~mask].any():
        return hint("Elsewhere all four are 0.", "나머지는 네 값이 모두 0입니다.")
    if not ((pixels[mask][:, 3] > 60) & (pixels[mask][:, 3] < 200)).all():
        return hint(
            "An opacity of about a half is 128 of 255: who sees nothing else cannot judge.",
            "불투명도 절반은 255 가운데 128쯤입니다. 사진이 가려지면 판단할 수 없습니다.",
        )
    return right("Yes.", "맞습니다.")


def exercise_9_3(answer: Any) -> Verdict:
    scores = getattr(answer, "scores", None)
    if scores is None:
        return hint(
            "Give what cat.ask((x, y)) returns.", "cat.ask((x, y))가 돌려주는 값을 넣으세요."
        )
    if float(max(scores)) < POOR:
        return right(
            "Yes: it knows that it does not know. Is it always so?",
            "맞습니다. 모른다는 것을 압니다. 언제나 그럴까요?",
        )
    return hint(
        f"One of them still expects {float(max(scores)):.2f}: try fur, wood grain, a dark corner.",
        f"아직 {float(max(scores)):.2f}을 기대하는 것이 있습니다. 털이나 어두운 구석을 해 보세요.",
    )
