"""Lesson 4: looks, colours and guesses beside values computed by hand from the model."""

import numpy as np
import pytest
import torch

from sam_widget.lessons import Study, check
from sam_widget.lessons.views.embedding import colors, components, embeddings_on
from sam_widget.lessons.views.masking import SIDE, crops, guesses_on, taught
from sam_widget.lessons.views.patches import Looks, looks_on

SHAPE = 300, 451


@pytest.fixture(scope="module")
def cat(photos):
    return Study.of(photos / "chelsea.jpg", "small")


@pytest.fixture(scope="module")
def looks(cat):
    return Looks.of(cat)


@pytest.mark.parametrize("answer", [4096, "4096", 64 * 64, 4096.0])
def test_patches_are_counted(language, answer):
    assert check("4.1", answer)


@pytest.mark.parametrize("answer", [64, 256, 65536, "64 x 64"])
def test_wrong_counts_get_a_hint(hinted, answer):
    assert hinted(check("4.1", answer))


@pytest.mark.parametrize("answer", [4096 / 196, 21, 20.9])
def test_looks_are_compared(language, answer):
    assert check("4.2", answer)


@pytest.mark.parametrize("answer", [196 / 4096, 4096, 14, 16, "more"])
def test_wrong_ratios_get_a_hint(hinted, answer):
    assert hinted(check("4.2", answer))


def test_places_that_are_alike(language, hinted, looks):
    rows, columns = looks.grid
    flat = looks.vectors.reshape(-1, looks.vectors.shape[-1])
    best = None
    for index in range(0, len(flat), 7):
        for other in np.argsort(-(flat @ flat[index]))[:60]:
            places = [((i % columns + 0.5) / columns * 451, (i // columns + 0.5) / rows * 300)
                      for i in (index, other)]  # fmt: skip
            if np.hypot(*np.subtract(*places)) > 100 and flat[index] @ flat[other] >= 0.8:
                best = best or places
    assert best, "no such places: the exercise cannot be solved"
    assert check("4.3", (looks, SHAPE, best))
    for wrong in [((10, 10), (12, 12)), ((182, 125), (440, 20)), ((10, 10), (600, 10)), 5]:
        assert hinted(check("4.3", (looks, SHAPE, wrong)))


def test_a_look_through_a_window_is_the_layer_s_own(looks):
    row, column, side = 20, 30, looks.window
    seen = looks.through_window(row, column)
    given, bias = looks.traced.given
    attention = looks.traced.module
    across = round(len(given) ** 0.5)
    window = given[row // side * across + column // side][None]
    q, k, _ = attention._split(window)
    place = row % side * side + column % side
    logits = (q[:, :, place, None] * q.shape[-1] ** -0.5 @ k.mT).squeeze(2) + bias[:, :, place]
    by_hand = logits.softmax(-1)[0].mean(0).view(side, side).numpy()
    top, left = row // side * side, column // side * side
    here = seen[top : top + side, left : left + side]
    assert here == pytest.approx(by_hand[: here.shape[0], : here.shape[1]], abs=1e-6)
    assert seen.sum() == pytest.approx(here.sum())  # nothing outside of the window


def test_a_look_everywhere_is_a_softmax_of_cosines(looks):
    shares = looks.everywhere(20, 30)
    assert shares.sum() == pytest.approx(1, abs=1e-5)
    assert np.unravel_index(shares.argmax(), shares.shape) == (20, 30)


def test_looks_follow_the_mouse(cat, looks):
    stage = looks_on(cat, looks, 182, 125)
    before = stage.frames
    stage.canvas[2]._handle_frontend_event(None, {"event": "mouse_move", "x": 40, "y": 40}, [])
    assert len(stage.frames) == 3
    assert stage.frames[1].front[0] != before[1].front[0]


def test_components_are_the_main_directions(cat):
    (along,) = components(cat)
    whole = cat.cropped(cat.embedding.features.embedding[0].numpy()).reshape(256, -1).T
    variances = np.sort(np.linalg.eigvalsh(np.cov(whole.T)))[::-1][:3]
    assert along.reshape(-1, 3).var(0, ddof=1) == pytest.approx(variances, rel=1e-3)
    assert abs(np.corrcoef(along.reshape(-1, 3).T) - np.eye(3)).max() < 1e-3
    pixels = colors(along)
    assert pixels.min() == 0
    assert pixels.max() == 255
    assert len(embeddings_on(cat).frames) == 2


def test_a_few_steps_teach_something_and_more_hidden_is_harder(cat):
    mae, losses = taught([cat.pixels], steps=40)
    assert np.mean(losses[-5:]) < 0.8 * np.mean(losses[:5])
    square = crops([cat.pixels], 1, 5)[0]
    assert square.shape == (3, SIDE, SIDE)
    assert square.dtype == torch.uint8
    captions = [each.caption for each in guesses_on(mae, square, (0.25, 0.9)).frames]
    few, many = (int(said.split(":")[1].split()[0]) for said in captions)
    assert few < many
