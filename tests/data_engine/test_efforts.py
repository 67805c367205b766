"""Efforts: clicks and seconds of each object, from a history and from a journal."""

from __future__ import annotations

import json
from contextlib import closing

import pytest

from sam_widget.data_engine.efforts import LONGEST_PAUSE, efforts, efforts_in
from sam_widget.document.edits import Edit, edit_to_json
from sam_widget.document.journal import JournalError
from sam_widget.document.recorded import HistoryError
from sam_widget.document.records import Object, Point
from sam_widget.errors import SamError
from tests.segment.fake import FakeSegmenter
from tests.widget.page import PHOTO, Quiet


def history(*steps):
    """A history of pushes, or of other acts: (second, edit) or (second, act, edit)."""
    told = [
        {"at": float(step[0]), "act": step[1] if len(step) == 3 else "push",
         "edit": edit_to_json(step[-1])}
        for step in steps
    ]  # fmt: skip
    return {
        "sam_widget": "history",
        "format": 1,
        "image": {"width": 60, "height": 40, "pixels": "0"},
        "model": {"name": "fake", "key": None},
        "steps": told,
        "blobs": {},
    }


def opened(name="a"):
    return Object(name, "image")


def accepted(name="a"):
    return Object(name, "image", locked=True)


def point(name, thing="a", x=5.0):
    return Point(name, thing, x, 5.0)


def test_from_the_first_click_to_accepting():
    (effort,) = efforts(
        history(
            (10, Edit.of(opened(), point("p"))),
            (13, Edit.of(point("q"))),
            (17.5, Edit.of(accepted())),
        )
    )
    assert (effort.object, effort.clicks, effort.seconds, effort.kept) == ("a", 2, 7.5, True)


def test_a_pause_counts_for_a_minute():
    (effort,) = efforts(history((0, Edit.of(opened(), point("p"))), (4000, Edit.of(accepted()))))
    assert effort.seconds == LONGEST_PAUSE


def test_reopening_goes_on_counting_and_renaming_does_not():
    (effort,) = efforts(
        history(
            (0, Edit.of(opened(), point("p"))),
            (5, Edit.of(accepted())),
            (15, Edit.of(Object("a", "image", "mug", locked=True))),
            (20, Edit.of(opened())),
            (22, Edit.of(point("q"))),
            (23, Edit.of(accepted())),
        )
    )
    assert (effort.clicks, effort.seconds, effort.kept) == (2, 8.0, True)


def test_what_was_undone_was_clicked_and_a_drag_is_one_click():
    (effort,) = efforts(
        history(
            (0, Edit.of(opened(), point("p"))),
            (1, "undo", Edit(drop=("a", "p"))),
            (2, "redo", Edit.of(opened(), point("p"))),
            (3, Edit({"q": point("q", x=6.0)}, ("p",), "drag")),
            (4, Edit({"r": point("r", x=7.0)}, ("q",), "drag")),
            (5, Edit.of(accepted())),
        )
    )
    assert (effort.clicks, effort.kept) == (2, True)


def test_what_was_deleted_has_cost_and_is_not_kept():
    first, second = efforts(
        history(
            (0, Edit.of(opened(), point("p"))),
            (6, Edit.of(accepted())),
            (8, Edit(drop=("a", "p"))),
            (10, Edit.of(opened("b"), point("q", "b"))),
            (11, Edit.of(point("r", "b"))),
        )
    )
    assert (first.seconds, first.kept) == (6.0, False)
    assert (second.clicks, second.seconds, second.kept) == (2, 1.0, False)


def test_a_journal_tells_the_same(tmp_path):
    folder = tmp_path / "work"
    with closing(Quiet(PHOTO.copy(), FakeSegmenter(), journal=folder)) as w:
        w.add_point(10, 10)
        w.add_box(5, 5, 40, 30)
        w.accept()
        w.paint([(3, 3), (9, 9)], 3)
        w.accept()
        told = efforts(json.loads(json.dumps(w.history)))
        with pytest.raises(JournalError, match="Somebody is at work"):
            efforts_in(folder)
    assert [(each.clicks, each.strokes, each.kept) for each in told] == [(2, 0, True), (0, 1, True)]
    assert efforts_in(folder) == told


def test_what_is_no_history_is_refused(tmp_path):
    with pytest.raises(HistoryError):
        efforts({"steps": []})
    with pytest.raises(SamError, match="is no folder"):
        efforts_in(tmp_path / "nowhere")
