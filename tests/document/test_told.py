"""A history in words: what was done, to which object, in order."""

from __future__ import annotations

from dataclasses import replace

from sam_widget.document.corrections import Brush, CleanUp
from sam_widget.document.edits import Edit
from sam_widget.document.recorded import Answered, Fed, Made
from sam_widget.document.records import Box, Object, Point, Stroke
from sam_widget.document.told import Told, told

THING = Object("o", "i")
OTHER = Object("p", "i", order=1)
CLICK = Point("c", "o", 3.5, 4.5)


def pushed(at: float, *records, drop=(), group=None) -> Made:
    edit = Edit.of(*records)
    return Made(at, "push", Edit(edit.put, frozenset(drop), group))


def words(*steps) -> list[str]:
    return [each.what for each in told(steps)]


def test_the_way_of_an_object():
    steps = (
        Fed(0.0, on=True),
        pushed(1.0, THING, CLICK),
        Answered(1.2, "o"),
        pushed(2.0, replace(THING, choice=2, label="cup")),
        pushed(3.0, replace(THING, choice=2, label="cup", locked=True)),
        pushed(4.0, OTHER, Box("b", "p", 1, 2, 3, 4)),
        Made(5.0, "undo", Edit(drop=frozenset({"p", "b"}))),
        pushed(6.0, drop=("o", "c")),
    )
    assert told(steps) == (
        Told(0.0, "answers are fed back", ()),
        Told(1.0, "click on it at 3.5, 4.5", (1,)),
        Told(1.2, "the model answered", (1,)),
        Told(2.0, "called it 'cup'", (1,)),
        Told(2.0, "chose candidate 3", (1,)),
        Told(3.0, "accepted", (1,)),
        Told(4.0, "box 1.0, 2.0 to 3.0, 4.0", (2,)),
        Told(5.0, "undo", (2,)),
        Told(6.0, "deleted", (1,)),
    )


def test_corrections_and_strokes_have_their_words():
    path = (1.0, 2.0, 3.0, 4.0)
    assert words(
        pushed(0, THING),
        pushed(1, Stroke("s", "o", path, 5.0, positive=False)),
        pushed(2, Brush("u", "o", path, 7.5)),
        pushed(3, Brush("v", "o", path, 2.0, positive=False)),
        pushed(4, CleanUp("w", "o", 10, 20)),
    ) == [
        "began",
        "scribble beside it, 2 points, 5 px wide",
        "painted by hand, 2 points, 7.5 px wide",
        "erased by hand, 2 points, 2 px wide",
        "cleaned up: islands below 10 px, holes below 20 px",
    ]


def test_a_drag_is_one_step_and_ends_where_it_ended():
    start = pushed(1.0, THING, CLICK)
    drag = [
        pushed(2.0 + n, Point(f"c{n}", "o", n, n), drop=(f"c{n - 1}" if n else "c",), group="g")
        for n in range(5)
    ]
    found = told((start, *drag))
    assert [each.what for each in found] == ["click on it at 3.5, 4.5", "click on it at 4.0, 4.0"]


def test_what_is_taken_back_is_said():
    steps = (pushed(1, THING, CLICK), pushed(2, drop=("c",)))
    assert words(*steps)[1] == "took back: click on it at 3.5, 4.5"


def test_every_change_of_an_object_is_told():
    changed = replace(
        THING, color=3, threshold=0.5, order=4, protected=True, parent="p", locked=True
    )
    assert words(pushed(0, THING), pushed(1, changed))[1:] == [
        "cut its masks at logit 0.5",
        "accepted",
        "gave it another color",
        "moved it in the list",
        "protected",
        "made it a part of another",
    ]


def test_nothing_is_told_of_nothing():
    assert told(()) == ()
