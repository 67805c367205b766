"""Brush, eraser and clean-up: what they make of w.mask, what they ask, what brings them back."""

import numpy as np
import pytest

from sam_widget.document.edits import EditError
from tests.widget.page import PHOTO, Quiet


def test_a_stroke_is_added_and_one_taken_away_exactly(w):
    w.add_point(30, 20)
    before, scores = w.mask, w.scores
    w.paint([(2.5, 2.5), (8.5, 2.5)], 1)
    added = w.mask & ~before
    assert np.argwhere(added | before).tolist() == np.argwhere(w.mask).tolist()
    assert w.mask[2, 2:9].all()
    w.erase((5.5, 2.5), 1)
    assert not w.mask[2, 5]
    assert w.mask.sum() == (before | added).sum() - 1
    np.testing.assert_array_equal(w.scores, scores)
    assert w.undo()
    assert w.undo()
    np.testing.assert_array_equal(w.mask, before)
    assert w.redo()
    np.testing.assert_array_equal(w.mask, before | added)


def test_the_model_is_not_asked(w, model):
    w.add_point(30, 20)
    asked = len(model.asked)
    w.paint((2.5, 2.5), 3)
    w.erase((2.5, 2.5), 1)
    w.clean_up(islands=3)
    w.undo()
    assert len(model.asked) == asked


def test_corrections_stay_on_top_of_another_answer_and_another_candidate(w):
    w.add_point(30, 20)
    w.paint((2.5, 2.5), 1)
    w.erase((30.5, 20.5), 3)
    w.add_point(25, 20)
    assert w.mask[2, 2]
    assert not w.mask[20, 30]
    w.choose(1)
    assert w.mask[2, 2]
    assert not w.mask[20, 30]
    assert not w.masks[:, 2, 2].any(), "candidates are as the model drew them"


def test_painting_alone_opens_an_object_that_no_model_drew(w, model):
    w.paint([(2.5, 2.5), (8.5, 2.5)], 1)
    assert len(model.asked) == 0
    assert (w.mask.sum(), w.scores, w.masks) == (7, None, None)
    w.accept()
    (only,) = w.objects
    assert (only.predicted_iou, only.stability_score, only.prompts) == (None, None, ())
    assert len(only.corrections) == 1
    assert only.locked
    w.reopen(only.id)
    w.add_point(30, 20)
    assert w.mask[2, 2]
    assert w.mask.sum() > 7
    w.clear()
    assert w.mask is None


def test_a_clean_up_is_one_step(w):
    w.paint([(10.5, 10.5), (20.5, 10.5)], 7)
    w.erase((15.5, 10.5), 1)
    w.paint((40.5, 30.5), 1)
    ragged = w.mask
    w.clean_up(islands=5, holes=5)
    assert not w.mask[30, 40]
    assert w.mask[10, 15]
    assert w.mask.sum() == ragged.sum()
    w.undo()
    np.testing.assert_array_equal(w.mask, ragged)
    version = len(w.document)
    w.clean_up()
    assert len(w.document) == version


def test_observers_hear_of_each(w):
    heard = []
    w.add_point(30, 20)
    w.on_change(lambda w: heard.append(w.mask.sum()))
    w.paint((2.5, 2.5), 1)
    w.erase((2.5, 2.5), 1)
    assert heard[0] == heard[1] + 1


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda w: w.erase((2, 2), 3), "nothing to erase yet"),
        (lambda w: w.clean_up(islands=3), "nothing to clean up yet"),
        (lambda w: w.paint([], 3), "(N, 2) finite numbers"),
        (lambda w: w.paint("here", 3), "not 'here'"),
        (lambda w: w.paint([(1, 2, 3)], 3), "(N, 2) finite numbers"),
        (lambda w: w.paint([(1, np.nan)], 3), "(N, 2) finite numbers"),
        (lambda w: w.paint(np.zeros((10**6, 2)), 3), "1 to 2000 points, not 1000000"),
        (lambda w: w.paint((2, 2), 10**9), "at most 1024 px wide"),
        (lambda w: w.paint((2, 2), None), "width must be a finite number"),
        (lambda w: w.paint((500, 2), 3), "must not leave the image"),
    ],
    ids=range(10),
)
def test_what_cannot_be_is_said_and_changes_nothing(w, act, says):
    before = w.document
    with pytest.raises(EditError, match=r"\.$") as caught:
        act(w)
    assert says in str(caught.value)
    assert w.document == before


@pytest.mark.parametrize("area", [-1, 1.5, "much", None, float("nan")], ids=str)
def test_an_area_is_a_whole_number_of_pixels(w, area):
    w.paint((2, 2), 3)
    with pytest.raises(EditError, match="holes"):
        w.clean_up(holes=area)


def test_a_journal_keeps_them(model, tmp_path):
    w = Quiet(PHOTO, model, journal=tmp_path)
    w.add_point(30, 20)
    w.erase((30.5, 20.5), 3)
    w.accept()
    w.paint((2.5, 2.5), 3)
    w.clean_up(islands=2, holes=2)
    left = w.objects
    w.close()
    asked = len(model.asked)
    again = Quiet.restore(tmp_path, model)
    assert again.objects == left
    assert len(model.asked) == asked
    again.undo()
    again.undo()
    assert again.objects == left[:1]
    again.close()


def test_what_was_made_can_be_read_once_it_is_closed(model):
    w = Quiet(PHOTO, model)
    w.paint((2.5, 2.5), 3)
    w.close()
    assert w.mask.any()


def test_a_mask_that_was_given_is_painted_clicked_and_erased_on(w):
    given = np.zeros(w.image.shape[:2], bool)
    given[5:15, 5:15] = True
    w.add_mask(given)
    w.paint((40.5, 30.5), 3)
    w.erase((10.5, 10.5), 3)
    w.add_point(30, 20)
    assert w.mask[30, 40]
    assert not w.mask[10, 10]
    assert [each.tag for each in w.prompts] == ["mask", "point"]
