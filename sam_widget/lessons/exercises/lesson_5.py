"""Lesson 5, the two-way decoder: shapes, a mask as a sum, the step that counts most."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from sam_widget.lessons.checks import Verdict, hint, right

CHANNELS, SIDE = 256, 32


def exercise_5_1(answer: Any) -> Verdict:
    shape = tuple(int(each) for each in np.ravel(np.asarray(answer)))
    if shape == (1, SIDE * SIDE, CHANNELS):
        return right(
            "Yes: one photo, 1024 places, 256 numbers each: image.flatten(2).mT.",
            "맞습니다. 사진 하나, 자리 1024개, 저마다 수 256개입니다: image.flatten(2).mT.",
        )
    if shape == (SIDE * SIDE, 1, CHANNELS):
        return hint(
            "So it is without batch_first: with it, the photos come before the places.",
            "batch_first가 없을 때의 모양입니다. 있으면 사진이 자리보다 앞에 옵니다.",
        )
    if sorted(shape) == [1, CHANNELS, SIDE * SIDE]:
        return hint(
            "The numbers are right, their order is not: a token's channels come last.",
            "수는 맞지만 순서가 다릅니다. 토큰의 채널이 마지막에 옵니다.",
        )
    return hint(
        "Three numbers: photos, places (the map made flat), channels.",
        "수 세 개입니다. 사진, 자리(지도를 한 줄로 편 것), 채널의 개수를 쓰세요.",
    )


def exercise_5_2(answer: Any) -> Verdict:
    if not callable(answer):
        return hint(
            "Give the function itself: answer = your_function, without brackets.",
            "함수 자체를 넣으세요. answer = 함수이름, 괄호 없이 씁니다.",
        )
    chance = np.random.default_rng(0)
    kernel, features = chance.normal(size=32), chance.normal(size=(32, 5, 7))
    said = np.asarray(answer(kernel.copy(), features.copy()), float)
    wanted = np.tensordot(kernel, features, 1)
    if said.shape != wanted.shape:
        return hint(
            f"It returns the shape {said.shape}: the 32 maps are summed, one map is left.",
            f"돌려준 모양이 {said.shape}입니다. 지도 32장을 더하면 한 장이 남습니다.",
        )
    if np.allclose(said, wanted, atol=1e-4):
        return right(
            "Yes: each map times its number, summed: a 1x1 convolution with the token's weights.",
            "맞습니다. 지도마다 제 수를 곱해 더합니다. 가중치를 토큰이 정하는 1x1 합성곱입니다.",
        )
    if np.allclose(said * 32, wanted, atol=1e-4):
        return hint(
            "That is the mean: the logits are the sum.",
            "그것은 평균입니다. 로짓은 합입니다.",
        )
    return hint(
        "Another number came out: multiply each map by its own number, then only add.",
        "다른 값이 나옵니다. 지도마다 제 수를 곱한 뒤 더하기만 하세요.",
    )


def exercise_5_3(answer: Any) -> Verdict:
    agreed = agreements()
    number = int(answer)
    if not 1 <= number <= len(agreed):
        return hint(
            f"A number from 1 to {len(agreed)}: that of a frame.",
            f"1부터 {len(agreed)}까지의 수, 곧 장면의 번호를 쓰세요.",
        )
    if agreed[number - 1] == min(agreed):
        return right(
            f"Yes: without it the IoU with the mask falls to {min(agreed):.2f}.",
            f"맞습니다. 이것이 없으면 원래 마스크와의 IoU가 {min(agreed):.2f}로 떨어집니다.",
        )
    return hint(
        f"There the IoU is {agreed[number - 1]:.2f} still: look for the smallest in the captions.",
        f"그 장면의 IoU는 아직 {agreed[number - 1]:.2f}입니다. 설명에서 가장 작은 수를 찾으세요.",
    )


@cache
def agreements() -> tuple[float, ...]:
    """Return the IoU with the whole mask without each step, of the lesson's photo and click."""
    from sam_widget.lessons.study import Study  # noqa: PLC0415  brings torch
    from sam_widget.lessons.views.attention import agreed_without  # noqa: PLC0415

    name = Path("examples/photos/coffee.jpg")
    found = (each / name for each in (Path.cwd(), *Path.cwd().parents) if (each / name).exists())
    return agreed_without(Study.of(next(found), "mini"), 290, 170)
