"""Lesson 2: IoU, candidates, their tree and the landscape, beside values found one by one."""

from types import SimpleNamespace

import numpy as np
import pytest

from sam_widget.errors import SamError
from sam_widget.lessons import check
from sam_widget.lessons.views.candidates import (
    candidates_on,
    iou,
    mean_probability,
    parents,
    tree_of,
)
from sam_widget.lessons.views.landscape import (
    landscape,
    landscape_on,
    painted,
    selected,
)


def by_sums(a, b):
    both, either = (a & b).sum(), (a | b).sum()
    return both / either if either else 1.0


def by_sets(a, b):
    first, second = set(zip(*np.where(a), strict=False)), set(zip(*np.where(b), strict=False))
    return len(first & second) / len(first | second) if first | second else 1


@pytest.mark.parametrize("answer", [by_sums, by_sets, iou])
def test_iou_in_several_hands(language, answer):
    assert check("2.1", answer)


@pytest.mark.parametrize(
    "answer",
    [
        lambda a, b: 2 * (a & b).sum() / (a.sum() + b.sum()),
        lambda a, b: (a & b).sum() / a.sum(),
        lambda a, b: (a & b).sum() / (a | b).sum(),  # nothing over nothing
        lambda a, b: (a & b).sum(),
        lambda a, b: ...,
        0.5,
    ],
    ids=["dice", "of the first", "empty", "intersection", "dots", "a number"],
)
@pytest.mark.filterwarnings("ignore:invalid value")
def test_what_is_no_iou_gets_a_hint(hinted, answer):
    assert hinted(check("2.1", answer))


def test_a_click_without_doubt(language, hinted, study):
    mask = np.zeros((3, 8, 8), np.float32) - 1
    mask[:, 2:6, 2:6] = 1
    assert check("2.2", SimpleNamespace(logits=mask))
    mask[0] = 1
    assert hinted(check("2.2", SimpleNamespace(logits=mask)))
    assert hinted(check("2.2", SimpleNamespace(logits=-np.ones((3, 8, 8)))))
    assert hinted(check("2.2", (290, 170)))
    assert hinted(check("2.2", study.ask((290, 170))))  # the cup and its saucer


@pytest.mark.parametrize("answer", ["several points", "a box", "Box", "점 여러 개", "상자"])
def test_which_prompt_is_clear(language, answer):
    assert check("2.3", answer)


@pytest.mark.parametrize("answer", ["a point", "one click", "text", 3, "점 하나"])
def test_which_is_not(hinted, answer):
    assert hinted(check("2.3", answer))


def test_iou_by_hand():
    a, b = np.zeros((4, 4), bool), np.zeros((4, 4), bool)
    a[:2], b[1:3] = True, True
    assert iou(a, b) == pytest.approx(4 / 12)
    assert iou(a & b & ~a, np.zeros((4, 4), bool)) == 1.0


def test_the_mean_is_of_probabilities():
    logits = np.array([[[0.0, 40.0]], [[0.0, 40.0]], [[0.0, -40.0]]], np.float32)
    assert mean_probability(logits)[0] == pytest.approx([0.5, 2 / 3])


def test_the_mean_of_three_that_nest_is_the_middle_one():
    """As the lesson says: cut at a half it is a majority vote, which whole and sub-part lose."""
    masks = np.zeros((3, 8, 8), bool)
    masks[0, :8], masks[1, :5], masks[2, :2] = True, True, True
    mean = mean_probability(np.where(masks, 9, -9).astype(np.float32)) > 0.5
    assert (mean == masks[1]).all()


def test_parents_are_the_smallest_that_contain():
    masks = np.zeros((4, 10, 10), bool)
    masks[0, :8], masks[1, :5], masks[2, :2], masks[3, 9:] = True, True, True, True
    assert parents(masks) == (None, 0, 1, None)
    assert parents([masks[1], masks[1]]) == (None, 0)  # equal ones: not each in the other


def test_candidates_and_their_tree_are_drawn(study):
    stage = candidates_on(study, 290, 170)
    said = study.ask((290, 170))
    assert len(stage.frames) == 4
    for frame, score in zip(stage.frames, said.scores, strict=False):
        assert f"{score:.2f}" in frame.caption
    tree = tree_of(study, 290, 170)
    lines = [each for each in tree.frames[0].front if hasattr(each, "arrow")]
    assert len(lines) == sum(p is not None for p in parents([each > 0 for each in said.logits]))


@pytest.mark.parametrize("candidate", ["best", "whole", "part", "subpart"])
def test_many_clicks_select_what_each_alone_does(study, candidate):
    points = np.array([[290, 170], [60, 60], [370, 280]], np.float32)
    masks, scores = selected(study, points, candidate)
    for point, mask, score in zip(points, masks, scores, strict=True):
        said = study.ask(tuple(point))
        alone = {"best": said.best, "whole": 0, "part": 1, "subpart": 2}[candidate]
        assert iou(mask, said.logits[alone] > 0) > 0.99
        assert score == pytest.approx(said.scores[alone], abs=1e-3)


def test_there_is_no_other_candidate(study):
    with pytest.raises(SamError, match="\"subpart\", not 'largest'"):
        selected(study, np.zeros((1, 2), np.float32), "largest")


def test_the_landscape_is_what_clicks_select_one_by_one(study):
    *_, found = landscape(study, spacing=60)
    rows, columns = found.basins.shape
    assert found.clicks == rows * columns
    assert found.share_known == 1.0
    height, width = study.pixels.shape[:2]
    for row, column in np.ndindex(rows, columns):
        said = study.ask(((column + 0.5) / columns * width, (row + 0.5) / rows * height))
        alone = said.logits[said.best] > 0
        assert iou(found.mask_at(row, column), alone) > 0.98
        assert found.scores[row, column] == pytest.approx(said.scores[said.best], abs=1e-3)
        assert iou(found.masks[found.basins[row, column]], alone) >= 0.68  # 0.7, but for rounding


def test_the_surer_a_place_the_stronger_its_colour(study):
    *_, found = landscape(study, spacing=60)
    inner = painted(found, study).pixels[3::6, 3::6, 3].astype(int)  # between the borders
    order = np.argsort(found.scores, axis=None)
    assert inner.min() == 70
    assert inner.max() == 200
    assert (np.diff(inner.ravel()[order]) >= 0).all()


def test_it_grows_from_coarse_to_fine(study):
    known = [each.share_known for each in landscape(study, spacing=40)]
    assert known == sorted(known)
    assert known[0] > 0.3  # the first few clicks stand for all around them


def test_pointing_shows_what_a_click_there_selects_and_a_stop_keeps_what_is_known(
    study, monkeypatch, language
):
    stage = landscape_on(study, spacing=60)
    stage._pointed(10, 10)  # before anything is known
    assert stage.frames[0].front == ()
    assert stage.fill() is stage
    stage._pointed(240, 150)
    high, wide = stage.found.basins.shape
    row, column = int(150 / stage.size[1] * high), int(240 / stage.size[0] * wide)
    mask = study.cropped(stage.found.mask_at(row, column))
    assert (stage.frames[0].front[0].pixels[..., 3].astype(bool) == mask).all()
    assert f"{stage.found.scores[row, column]:.2f}" in stage.frames[0].caption
    assert ("클릭" in stage.frames[0].caption) == (language == "ko")

    def interrupted(*_):
        yield from [next(landscape(study, spacing=60))]
        raise KeyboardInterrupt

    monkeypatch.setattr("sam_widget.lessons.views.landscape.landscape", interrupted)
    other = landscape_on(study, spacing=60).fill()
    assert other.found.clicks <= stage.found.clicks
