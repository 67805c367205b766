"""Lesson 6: losses and their gradients beside differences taken by hand; who is taught."""

import numpy as np
import pytest
import torch

from sam_widget.lessons import check
from sam_widget.lessons.views.heads import SIDE, SIZES, squares, teach, winners_of
from sam_widget.lessons.views.losses import focal_curves, gradients, gradients_on, pulled
from sam_widget.training.lesson.losses import dice_loss, focal_loss


def dice(p, t):
    return 2 * (p * t).sum() / ((p * p).sum() + (t * t).sum())


@pytest.mark.parametrize("answer", [dice, lambda p, t: dice(torch.tensor(p), torch.tensor(t))])
def test_dice(language, answer):
    assert check("6.1", answer)


@pytest.mark.parametrize(
    "answer",
    [
        lambda p, t: 1 - dice(p, t),
        lambda p, t: 2 * (p * t).sum() / (p.sum() + t.sum()),
        lambda p, t: (p * t).sum() / ((p * p).sum() + (t * t).sum()),
        lambda p, t: (p * t).sum(),
        lambda p, t: None,
        0.5,
    ],
    ids=["the loss", "without squares", "once", "product", "nothing", "a number"],
)
def test_what_is_no_dice_gets_a_hint(hinted, answer):
    assert hinted(check("6.1", answer))


@pytest.mark.parametrize("answer", [100, 0.01, "100", 100.0])
def test_a_factor(language, answer):
    assert check("6.2", answer)


@pytest.mark.parametrize("answer", [10, 0.81, 2, 0.1, "much"])
def test_what_is_no_factor_gets_a_hint(hinted, answer):
    assert hinted(check("6.2", answer))


@pytest.mark.parametrize("answer", [[2], 2, (2,), np.array([2])], ids=str)
def test_who_is_taught(language, answer):
    assert check("6.3", answer)


@pytest.mark.parametrize("answer", [[1], [1, 2, 3], [2, 3], [], "the best"], ids=str)
def test_who_is_not(hinted, answer):
    assert hinted(check("6.3", answer))


@pytest.mark.parametrize("gamma", [0.0, 2.0])
def test_gradients_are_differences(gamma):
    dice_ = np.random.default_rng(2)
    logits, target = dice_.normal(0, 2, (5, 6)).astype(np.float32), dice_.random((5, 6)) < 0.5
    truth = torch.from_numpy(target).double()
    pulls = gradients(logits, target, gamma)
    for name, loss in {"focal": lambda x: focal_loss(x, truth, gamma=gamma),
                       "dice": lambda x: dice_loss(x, truth)}.items():  # fmt: skip
        for row, column in [(0, 0), (4, 5), (2, 3)]:
            more, less = (torch.from_numpy(logits).double() for _ in range(2))
            more[row, column] += 1e-4
            less[row, column] -= 1e-4
            by_hand = -(loss(more) - loss(less)) / 2e-4
            assert pulls[name][row, column] == pytest.approx(float(by_hand), rel=1e-3, abs=1e-7)


def test_pulls_are_green_and_red_and_silence_is_clear():
    pixels = pulled(np.array([[1.0, -1.0, 0.0]], np.float32), (0, 0, 3, 1)).pixels[0]
    assert pixels[0, 1] > pixels[0, 0]
    assert pixels[1, 0] > pixels[1, 1]
    assert pixels[:, 3].tolist() == [230, 230, 0]


def test_what_is_wrong_then_who_pulls(study):
    logits = study.cropped(study.ask((290, 150)).logits[1])
    stage = gradients_on(study, logits, logits > 1, gamma=3)
    assert len(stage.frames) == 3
    assert "gamma 3" in stage.frames[1].caption
    assert len(focal_curves((0.0, 2.0)).axes[0].lines) == 2


def test_one_head_is_a_mean_and_three_find_their_sizes():
    inside = [int(each.sum()) for each in squares()]
    assert inside == [(2 * size) ** 2 for size in SIZES]
    three = teach(heads=3)
    areas = sorted(int((each > 0).sum()) for each in three.logits)
    assert areas == pytest.approx(inside, rel=0.2)
    assert set(three.winners[-60:]) == {0, 1, 2}
    assert len(set(teach(heads=3, seed=0).winners[-60:])) == 2  # who never wins never learns
    one = torch.sigmoid(teach(heads=1).logits[0])
    middle, edge = one[SIDE // 2, SIDE // 2], one[SIDE // 2, SIDE // 2 - SIZES[2] + 1]
    assert middle > 0.9
    assert 0.05 < edge < 0.95  # neither inside nor outside
    assert len(winners_of(three).axes) == 3
