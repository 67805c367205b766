"""What a person's edit may do: one row for each edit that is refused, and those that are not."""

import math
import re
from dataclasses import replace

import pytest

from sam_widget.document.corrections import Brush, CleanUp
from sam_widget.document.edits import Document, Edit, EditError, apply
from sam_widget.document.records import Answer, Box, Candidate, Image, MaskPrompt, Object, Point
from sam_widget.document.rules import check

PHOTO = Image("photo", "blob", 64, 48)
CAT, DOG = Object("cat", "photo"), Object("dog", "photo", locked=True)
C1, D1 = Point("c1", "cat", 10, 20), Point("d1", "dog", 1, 1)
THREE = tuple(Candidate(name, "m", 0.9, 0.9, 5) for name in ("whole", "part", "subpart"))
ANSWER = Answer("a", "cat", ("c1",), THREE, 0, 0.1)
HERE = Document({each.id: each for each in (PHOTO, DOG, D1, CAT, C1, ANSWER)})
EMPTY = Document({"photo": PHOTO})

REFUSED = {
    "a point left of the image": (
        Edit.of(Point("p", "cat", -0.5, 3)),
        "The point at x -0.5, y 3 lies outside the image of 64 x 48 px.",
    ),
    "a point below the image": (
        Edit.of(Point("p", "cat", 3, 48.01)),
        "The point at x 3, y 48.01 lies outside the image of 64 x 48 px.",
    ),
    "a point that is no number": (
        Edit.of(Point("p", "cat", math.nan, 3)),
        "point.x must be a finite number, not NaN.",
    ),
    "a point at infinity": (
        Edit.of(Point("p", "cat", 1, math.inf)),
        "point.y must be a finite number, not infinity.",
    ),
    "a point in words": (
        Edit.of(Point("p", "cat", "left", 3)),
        "point.x must be a finite number, not 'left'.",
    ),
    "a box without width": (
        Edit.of(Box("b", "cat", 5, 5, 5, 9)),
        "A box needs x0 < x1 and y0 < y1, not x 5 to 5, y 5 to 9.",
    ),
    "a box upside down": (
        Edit.of(Box("b", "cat", 5, 9, 6, 5)),
        "A box needs x0 < x1 and y0 < y1, not x 5 to 6, y 9 to 5.",
    ),
    "a box over the edge": (
        Edit.of(Box("b", "cat", 5, 5, 70, 9)),
        "The box's corner at x 70, y 9 lies outside the image of 64 x 48 px.",
    ),
    "a mask of another size": (
        Edit.of(MaskPrompt("m", "cat", "b", None, 48, 64, 10)),
        "The mask is of 48 x 64 px, the image of 64 x 48 px: give one of its size.",
    ),
    "a mask that is too large": (
        Edit.of(MaskPrompt("m", "cat", "b", None, 64, 48, 2**23)),
        "The mask takes over 4 MiB as run lengths: smooth it, or drop its specks.",
    ),
    "a mask of fewer bytes than none": (
        Edit.of(MaskPrompt("m", "cat", "b", None, 64, 48, -1)),
        "The mask takes over 4 MiB as run lengths: smooth it, or drop its specks.",
    ),
    "a prompt of nothing": (
        Edit.of(Point("p", "cow", 1, 1)),
        "The point is of an object that is not here any more.",
    ),
    "a prompt of a prompt": (
        Edit.of(Point("p", "c1", 1, 1)),
        "The point is of an object that is not here any more.",
    ),
    "a prompt of what goes": (
        Edit.of(Point("p", "cat", 1, 1), drop=("cat",)),
        "The point is of an object that is not here any more.",
    ),
    "an object of another image": (
        Edit.of(Object("cow", "elsewhere", locked=True)),
        "The object is of a picture that is not here any more.",
    ),
    "an altered prompt": (
        Edit.of(Point("c1", "cat", 11, 20)),
        "A prompt cannot be altered; put another under a new id.",
    ),
    "an object under a prompt's id": (
        Edit.of(Object("c1", "photo")),
        "A prompt cannot be altered; put another under a new id.",
    ),
    "a prompt under an object's id": (
        Edit.of(Point("cat", "dog", 1, 1)),
        "What is the object cannot become another kind, point.",
    ),
    "a second open object": (
        Edit.of(Object("cow", "photo")),
        "Only one object can be open: accept the one that is, first.",
    ),
    "an accepted object opened beside the open one": (
        Edit.of(Object("dog", "photo")),
        "Only one object can be open: accept the one that is, first.",
    ),
    "a new prompt of an accepted object": (
        Edit.of(Point("p", "dog", 1, 1)),
        "An accepted object's prompts stay as they are; open it again first.",
    ),
    "a prompt of an accepted object dropped": (
        Edit(drop=("d1",)),
        "An accepted object's prompts stay as they are; open it again first.",
    ),
    "a choice beyond the candidates": (
        Edit.of(Object("cat", "photo", choice=3)),
        "The choice must be one of the 3 candidates, 0 to 2, not 3.",
    ),
    "a choice below them": (
        Edit.of(Object("cat", "photo", choice=-1)),
        "The choice must be one of the 3 candidates, 0 to 2, not -1.",
    ),
    "a choice of nothing": (
        Edit.of(CAT, DOG, Object("cow", "photo", choice=0, locked=True)),
        "An object without a prompt has nothing to choose from.",
    ),
    "a choice of what no answer will hold": (
        Edit.of(Point("c2", "cat", 2, 2), Object("dog", "photo", choice=3, locked=True)),
        "The choice must be one of the 3 candidates, 0 to 2, not 3.",
    ),
    "an answer": (
        Edit.of(ANSWER),
        "An edit cannot put an answer; only the model writes answers.",
    ),
    "an answer dropped": (
        Edit(drop=("a",)),
        "Only the model writes answers; an edit cannot drop one.",
    ),
    "an image": (
        Edit.of(Image("photo", "other", 9, 9)),
        "An edit cannot put an image; opening one does that.",
    ),
    "the image dropped": (
        Edit(drop=("photo",)),
        "The image cannot be dropped; opening another one replaces it.",
    ),
    "something else": (
        Edit({"x": "a string"}),
        "An edit puts objects, prompts and corrections, not str.",
    ),
    "another id than its own": (
        Edit({"x": Point("p", "cat", 1, 1)}),
        "The point is put under another id than its own.",
    ),
    "an empty id": (
        Edit.of(Point("", "cat", 1, 1)),
        "An id has 1 to 64 letters, not 0.",
    ),
    "an endless id": (
        Edit.of(Point("p" * 65, "cat", 1, 1)),
        "An id has 1 to 64 letters, not 65.",
    ),
    "a number for an id": (
        Edit({7: Point(7, "cat", 1, 1)}),
        "point.id must be a string of at most 10000 letters, not 7.",
    ),
    "a color that is none": (
        Edit.of(Object("cat", "photo", color=-1)),
        "A color is a place in the palette, 0 or more, not -1.",
    ),
    "a label like a book": (
        Edit.of(Object("cat", "photo", label="x" * 1001)),
        "A label has at most 1000 letters, not 1001.",
    ),
    "a flag that is none": (
        Edit.of(Object("cat", "photo", locked=1)),
        "object.locked must be true or false, not 1.",
    ),
    "too much at once": (
        Edit(drop=tuple(map(str, range(10_001)))),
        "The edit changes 10001 records; 10000 are the most at once.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    edit, sentence = REFUSED[name]
    with pytest.raises(EditError) as caught:
        check(HERE, edit)
    assert str(caught.value) == sentence


IDS = {"photo", "cat", "dog", "cow", "c1", "d1", "a", "p", "b", "elsewhere", "x"}


@pytest.mark.parametrize("name", REFUSED)
def test_no_sentence_names_an_id(name):
    words = set(re.findall(r"[a-z0-9]+", REFUSED[name][1])) - {"a", "x", "b"}
    assert not words & IDS


ALLOWED = {
    "nothing": (HERE, Edit()),
    "a first click": (EMPTY, Edit.of(Object("cow", "photo"), Point("p", "cow", 1, 1))),
    "a first click, the prompt named first": (
        EMPTY,
        Edit.of(Point("p", "cow", 1, 1), Object("cow", "photo")),
    ),
    "a point in the image's corner": (HERE, Edit.of(Point("p", "cat", 64, 48))),
    "the whole image as a box": (HERE, Edit.of(Box("b", "cat", 0, 0, 64, 48))),
    "what is there already": (HERE, Edit.of(C1, CAT, DOG, D1)),
    "dropping what is gone": (HERE, Edit(drop=("nobody",))),
    "clearing": (HERE, Edit(drop=("c1",))),
    "a choice": (HERE, Edit.of(Object("cat", "photo", choice=2))),
    "a choice before the answer is there": (HERE, Edit.of(replace(DOG, choice=2))),
    "accepting with a choice": (HERE, Edit.of(Object("cat", "photo", choice=0, locked=True))),
    "an accepted object dropped with its prompts": (HERE, Edit(drop=("dog", "d1"))),
    "accepting and opening the next": (
        HERE,
        Edit.of(Object("cat", "photo", locked=True), Object("cow", "photo")),
    ),
    "opening an accepted one again, with a prompt": (
        HERE,
        Edit.of(
            Object("cat", "photo", locked=True),
            Object("dog", "photo"),
            Point("p", "dog", 1, 1),
        ),
    ),
    "accepting with a last prompt": (
        HERE,
        Edit.of(Object("cat", "photo", locked=True), Point("p", "cat", 1, 1)),
    ),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_allowed(name):
    check(*ALLOWED[name])


def test_a_choice_outlives_its_answer():
    chosen = Object("cat", "photo", choice=2)
    without = Document({"photo": PHOTO, "cat": chosen, "c1": C1})
    check(without, Edit.of(Object("cat", "photo", choice=2, locked=True)))


def test_an_objects_corrections_have_a_bound_of_points_in_all():
    long = (1.0, 2.0) * 2000
    most = [Brush(f"b{i}", "cat", long, 4.0) for i in range(10)]
    document = apply(HERE, check(HERE, Edit.of(*most)))
    check(document, Edit.of(CleanUp("c", "cat", 3, 3)))
    check(document, Edit(drop=("b0",)))
    with pytest.raises(
        EditError, match="at most 20000 points in all; accept it, and give"
    ) as caught:
        check(document, Edit.of(Brush("more", "cat", (1.0, 2.0), 4.0)))
    assert str(caught.value).endswith("w.add_mask(w.mask).")
