"""Several boxes and free lines, as Python asks with them."""

import numpy as np
import pytest

from sam_widget.document.edits import EditError
from tests.widget.page import Quiet


def test_a_second_box_replaces_the_first_unless_it_is_another(w, model):
    w.add_box(1, 1, 16, 16)
    w.add_box(30, 20, 50, 38)
    assert [each.x0 for each in w.prompts] == [30]
    w.add_box(1, 1, 16, 16, another=True)
    assert [each.x0 for each in w.prompts] == [30, 1]
    assert [tuple(each.box) for each in model.asked[-2:]] == [(30, 20, 50, 38), (1, 1, 16, 16)]
    w.undo()
    assert [each.x0 for each in w.prompts] == [30]
    w.redo()
    w.add_box(1, 1, 16, 16)
    assert len(w.prompts) == 1, "it takes the place of all"


def test_another_box_for_nothing_is_the_first(w):
    w.add_box(1, 1, 5, 5, another=True)
    assert len(w.prompts) == 1


def test_boxes_have_an_end(w):
    for i in range(32):
        w.add_box(i, 1, i + 2, 5, another=True)
    with pytest.raises(EditError, match=r"at most 32 prompts of the kind box"):
        w.add_box(1, 1, 5, 5, another=True)


def test_a_stroke_is_a_prompt(w, model):
    w.add_stroke([(10, 10), (30, 10)], 4)
    assert w.prompts[0].path == (10, 10, 30, 10)
    assert len(model.asked) == 2, "its middle, then all of it"
    assert w.mask[10, 20]
    before = w.mask
    w.add_stroke((20, 10), 4, positive=False)
    assert model.asked[-1].logits is not None
    w.undo()
    np.testing.assert_array_equal(w.mask, before)


@pytest.mark.parametrize(
    ("points", "width", "says"),
    [
        ([], 3, "(N, 2) finite numbers"),
        (np.zeros((10**6, 2)), 3, "1 to 2000 points, not 1000000"),
        ((2, 2), 10**9, "at most 1024 px wide"),
        ((2, 2), None, "width must be a finite number"),
        ((-1, 2), 3, "The stroke's point at x -1, y 2 lies outside the image"),
    ],
    ids=range(5),
)
def test_what_is_no_stroke_is_said(w, points, width, says):
    with pytest.raises(EditError, match=r"\.$") as caught:
        w.add_stroke(points, width)
    assert says in str(caught.value)
    assert not w.prompts


def test_a_journal_keeps_them(model, tmp_path):
    from tests.widget.page import PHOTO

    w = Quiet(PHOTO, model, journal=tmp_path)
    w.add_box(1, 1, 5, 5)
    w.add_box(10, 10, 15, 15, another=True)
    w.accept()
    w.add_stroke([(10, 10), (30, 10)], 4)
    left = w.objects, w.prompts
    w.close()
    again = Quiet.restore(tmp_path, model)
    assert (again.objects, again.prompts) == left
    again.close()
