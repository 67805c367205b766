"""Lesson 3, the prompt encoder: the code by one's own hand, tokens counted, signs compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sam_widget.lessons.checks import Verdict, hint, right
from sam_widget.segment.loaded import segmenter_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


def exercise_3_1(answer: Any) -> Verdict:
    if not callable(answer):
        return hint("Give the function itself.", "함수를 그대로 넣으세요.")
    dice = np.random.default_rng(3)
    matrix = dice.normal(size=(2, 16))
    for xy in dice.random((4, 2)):
        said = answer(xy, matrix)
        if said is None or said is ...:
            return hint(
                "The function returns nothing yet.", "함수가 아직 아무것도 돌려주지 않습니다."
            )
        wrong = _wrong(np.asarray(said, float).ravel(), xy, matrix)
        if wrong is not None:
            return wrong
    return right("Yes: two numbers have become waves.", "맞습니다. 수 두 개가 물결이 되었습니다.")


def _wrong(
    code: NDArray[np.float64], xy: NDArray[np.float64], matrix: NDArray[np.float64]
) -> Verdict | None:
    """Return what is wrong with a code; None where it is right."""
    angle = 2 * np.pi * (2 * xy - 1) @ matrix
    sine, cosine = np.sin(angle), np.cos(angle)
    if code.shape != (32,):
        return hint(
            f"It returns {code.size} numbers of 32: sines and cosines, side by side.",
            f"수 {code.size}개를 돌려줍니다. 32개여야 합니다. 사인과 코사인을 나란히 두세요.",
        )
    if np.allclose(code, np.concatenate([cosine, sine])):
        return hint("Sines come first.", "사인이 먼저입니다.")
    if np.allclose(code[:16], np.sin(2 * np.pi * xy @ matrix)):
        return hint(
            "The place goes from -1 to 1 first: 2 xy - 1.",
            "먼저 자리를 -1에서 1 사이로 옮깁니다. 2 xy - 1입니다.",
        )
    if not np.allclose(code, np.concatenate([sine, cosine])):
        return hint(
            "Not yet: the angle is 2 pi times (2 xy - 1) @ matrix.",
            "아직 아닙니다. 각은 2 pi 곱하기 (2 xy - 1) @ matrix입니다.",
        )
    return None


def exercise_3_2(answer: Any) -> Verdict:
    if int(answer) == 5:
        return right(
            "Yes: three points, and two corners of the box.",
            "맞습니다. 점 셋과 상자의 모서리 둘입니다.",
        )
    if int(answer) == 4:
        return hint("A box is more than one token.", "상자는 토큰 하나보다 많습니다.")
    if int(answer) == 6:
        return hint(
            "With a box there is no token for 'no point'.",
            "상자가 있으면 '점 없음' 토큰은 없습니다.",
        )
    return hint("One for each point; and how many for a box?", "점마다 하나씩, 상자는 몇 개일까요?")


def exercise_3_3(answer: Any) -> Verdict:
    encoder = segmenter_of("mini").sam.prompt_encoder
    off, on = (each.detach().numpy() for each in [*encoder.point_embeddings.parameters()][:2])
    everywhere = encoder.get_dense_pe()[0].flatten(1).T.numpy()
    here, not_here = everywhere + on, everywhere + off
    lengths = np.linalg.norm(here, axis=1) * np.linalg.norm(not_here, axis=1)
    cosines = (here * not_here).sum(1) / lengths
    if cosines.min() - 0.02 <= float(answer) <= cosines.max() + 0.02:
        return right(
            "Yes: the place is most of a token, and the meaning a small part, which is enough.",
            "맞습니다. 토큰의 대부분은 자리이고, 뜻은 작은 부분이지만 그것으로 충분합니다.",
        )
    return hint(
        "Not that: here @ not_here, over the lengths of both (np.linalg.norm).",
        "그 값이 아닙니다. here @ not_here를 두 길이(np.linalg.norm)로 나누세요.",
    )
