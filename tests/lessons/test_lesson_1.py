"""Lesson 1: its answers, right and wrong as students give them."""

import numpy as np
import pytest

from sam_widget.lessons import Study, check
from sam_widget.lessons.exercises.lesson_1 import EYE, SIZE
from sam_widget.segment.prompts import Prompts


def disc(radius, x=EYE[0], y=EYE[1]):
    rows, columns = np.mgrid[: SIZE[0], : SIZE[1]]
    return (columns + 0.5 - x) ** 2 + (rows + 0.5 - y) ** 2 < radius**2


@pytest.mark.parametrize("radius", [30, 37, 45])
def test_an_eye_is_right(language, radius):
    assert check("1.1", disc(radius))


def test_a_box_of_the_model_s_is_right(photos):
    study = Study.of(photos / "chelsea.jpg", "mini")
    box = np.array([145, 88, 219, 162], np.float32)
    said = study.segmenter.predict(study.embedding, Prompts(box=box))
    assert check("1.1", said.mask(said.best).to_array())


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (disc(130), "too much"),
        (disc(9), "missing"),
        (disc(35, x=330), "click its iris"),
        (np.zeros(SIZE, bool), "click its iris"),
        (np.zeros((9, 9), bool), "cat.mask"),
        (disc(37).astype(float), "cat.mask"),
        (None, "Nothing is filled in"),
    ],
    ids=["the whole face", "the iris alone", "the other eye", "none", "small", "floats", "nothing"],
)
def test_wrong_masks_get_a_hint(answer, said):
    assert said in check("1.1", answer).said


@pytest.mark.parametrize(
    "answer",
    [disc(130), disc(9), disc(35, x=330), None],
    ids=["large", "small", "elsewhere", "nothing"],
)
def test_a_wrong_mask_gets_its_hint_in_the_reader_s_language(hinted, answer):
    assert hinted(check("1.1", answer))


@pytest.mark.parametrize("answer", [(1, 20), [1, 20], np.array([1, 20])], ids=str)
def test_who_works_how_often(language, answer):
    assert check("1.2", answer)


@pytest.mark.parametrize("answer", [(20, 20), (20, 1), (1, 1), 20, "once", ...], ids=str)
def test_wrong_counts_get_a_hint(hinted, answer):
    assert hinted(check("1.2", answer))
