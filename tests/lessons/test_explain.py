"""``w.explain()``: the current click overheard, live, in sentences where there is none."""

import sys

import numpy as np
import pytest

from sam_widget import SamError, read_huge, read_image
from sam_widget.document.edits import Edit
from sam_widget.document.records import Point, new_id
from sam_widget.lessons.views.kernels import leading_row
from sam_widget.segment.answers.peeks import Peek
from sam_widget.segment.switches import steps
from tests.segment.fake import FakeSegmenter
from tests.slides import disc_at, write
from tests.widget.page import PHOTO, Quiet

CUP, SAUCER = (290.0, 170.0), (150.0, 290.0)


@pytest.fixture(scope="module")
def photo(request):
    return read_image(request.config.rootpath / "examples" / "photos" / "coffee.jpg").pixels


@pytest.fixture
def w(photo):
    widget = Quiet(photo, "mini")
    yield widget
    widget.close()


def test_it_asks_for_a_click_follows_it_and_says_what_the_widget_says(w):
    panel = w.explain()
    assert "Click the photo first" in panel.said
    w.add_point(*CUP)
    w.wait()
    assert not panel.said
    np.testing.assert_array_equal(panel.heard.said.scores, w.scores)
    for mask, other in zip(panel.heard.said.masks(), w.masks, strict=True):
        np.testing.assert_array_equal(mask.to_array(), other)
    first = panel.heard
    w.add_point(*SAUCER, positive=False)
    w.wait()
    assert len(panel.heard.prompts) == 2
    np.testing.assert_array_equal(panel.heard.said.scores, w.scores)
    w.undo()
    w.wait()
    assert panel.heard.prompts == first.prompts
    w.clear()
    w.wait()
    assert "Click the photo first" in panel.said
    assert panel.heard is None


def test_every_view_is_drawn_and_a_step_off_changes_the_mask_there_alone(w):
    panel = w.explain()
    w.add_point(*CUP)
    w.wait()
    for number, view in enumerate(panel._views):
        panel._tabs.selected_index = number
        panel._draw()
        assert all(stage.frames[-1].caption for stage in view._stages)
        assert view._stages
    scores = w.scores
    step = steps(panel.heard.segmenter.sam)[1]
    button = next(each for each in panel._attention._switches.children if each.step == step)
    button.value = False
    w.wait()
    assert panel.heard.off == {step}
    np.testing.assert_array_equal(panel.heard.said.scores, scores)
    assert not np.array_equal(panel.heard.without.logits, panel.heard.said.logits)
    assert leading_row(panel.heard) in range(3)
    np.testing.assert_array_equal(w.scores, scores)
    panel._tabs.selected_index = 1
    panel._draw()
    assert "without 1 read" in panel._attention._stages[1].frames[0].caption


def test_a_drag_is_followed_before_the_point_is_let_go_and_hovering_is_not(w):
    panel = w.explain()
    w.add_point(*CUP)
    w.wait()
    desk, point = w._desk, w.prompts[0]

    def peeked(edit):
        desk.answerer.peek(Peek(edit, desk.session.version, lambda _: None))
        desk.executor.help()

    there = Point(new_id(), point.object, *SAUCER)
    peeked(Edit.of(there, drop=[point.id]))
    assert [each.id for each in panel.heard.prompts] == [there.id]
    assert w.prompts == (point,)
    peeked(Edit.of(Point(new_id(), point.object, 40.0, 40.0)))  # it only hovers: as it was
    assert panel.heard.prompts == (point,)


def test_closing_either_ends_it(w):
    first = w.explain()
    second = w.explain()
    w.add_point(*CUP)
    w.wait()
    assert first.heard is None
    assert second.heard is not None
    heard = second.heard
    second.close()
    w.add_point(*SAUCER)
    w.wait()
    assert second.heard is heard
    assert w._desk.answerer.peeks.foreseen.__name__ == "unforeseen"
    third = w.explain()
    w.close()
    assert "closed" in third.said
    with pytest.raises(SamError, match="closed"):
        w.explain()


def test_another_s_model_and_a_missing_photo_are_said():
    other = Quiet(PHOTO, FakeSegmenter(new_id()))
    panel = other.explain()
    other.add_point(5, 5)
    other.wait()
    assert "one prompt at a time" in panel.said
    other.close()
    none = Quiet(None, "mini")
    assert "There is no photo yet" in none.explain().said
    none.close()


def test_a_huge_picture_is_said(tmp_path):
    huge = Quiet(read_huge(write(tmp_path / "slide.tif", 2048)), "mini")
    panel = huge.explain()
    huge.add_point(*disc_at(1100, 1700))
    huge.wait()
    assert "A huge picture is looked at through several windows" in panel.said
    huge.close()


def test_without_ipycanvas_it_is_said_and_the_widget_goes_on(w, monkeypatch):
    for name in [each for each in sys.modules if each.startswith("sam_widget.lessons")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "ipycanvas", None)
    monkeypatch.delitem(vars(sys.modules["sam_widget"]), "explain", raising=False)
    monkeypatch.delattr("sam_widget.lessons", raising=False)
    with pytest.raises(SamError, match=r"sam_widget\[lessons\]"):
        w.explain()
    w.add_point(*CUP)
    assert w.mask.any()
