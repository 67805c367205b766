"""An edit made on an older document: what comes of it on the one of now, one case each."""

from dataclasses import replace

import pytest

from sam_widget.document.edits import Document, Edit, EditError, apply
from sam_widget.document.rebase import ACCEPTED, GONE, OTHER_PICTURE, Sight
from sam_widget.document.records import Answer, Box, Candidate, Image, Object, Point
from sam_widget.document.rules import check

PHOTO = Image("photo", "blob", 64, 48)
CAT, DOG = Object("cat", "photo"), Object("dog", "photo")
C1, C2, D1 = Point("c1", "cat", 1, 1), Point("c2", "cat", 2, 2), Point("d1", "dog", 5, 5)
CB, DB = Box("cb", "cat", 1, 1, 9, 9), Box("db", "dog", 2, 2, 9, 9)
THREE = tuple(Candidate("other", "m", 0.9, 0.9, 5) for _ in range(3))
ANSWER = Answer("a", "cat", ("c1",), THREE, 1, 0.1)
LOCKED = replace(CAT, locked=True)


def doc(*records):
    return Document({each.id: each for each in records})


START = doc(PHOTO)
OPEN = doc(PHOTO, CAT, C1)
DONE = doc(PHOTO, LOCKED, C1)

MORE = replace(DOG, order=1)
BOTH = doc(PHOTO, LOCKED, C1, MORE, D1)
AGAIN = Edit.of(replace(MORE, locked=True), CAT)

CASES = {
    "opening again what another has named meanwhile": (
        *(BOTH, doc(PHOTO, replace(LOCKED, label="Tom"), C1, MORE, D1), AGAIN),
        Edit.of(replace(MORE, locked=True), replace(CAT, label="Tom")),
    ),
    "opening again puts away what came open meanwhile": (
        *(DONE, doc(PHOTO, LOCKED, C1, MORE, D1), Edit.of(CAT)),
        Edit.of(CAT, replace(MORE, locked=True)),
    ),
    "and what came open and was cleared": (
        *(DONE, doc(PHOTO, LOCKED, C1, MORE), Edit.of(CAT)),
        Edit.of(CAT, drop=("dog",)),
    ),
    "what was empty and gave way is kept when it has a prompt by now": (
        *(doc(PHOTO, LOCKED, C1, MORE), BOTH, Edit.of(CAT, drop=("dog",))),
        Edit.of(CAT, replace(MORE, locked=True)),
    ),
    "deleting takes what others have prompted since": (
        *(OPEN, doc(PHOTO, CAT, C1, C2), Edit(drop=("cat",))),
        Edit(drop=("cat",)),
    ),
    "both open an object: the second joins": (
        *(START, OPEN, Edit.of(DOG, D1)),
        Edit.of(replace(D1, object="cat")),
    ),
    "it joins an object of which a candidate was chosen": (
        *(START, doc(PHOTO, replace(CAT, choice=2), C1), Edit.of(DOG, D1)),
        Edit.of(CAT, replace(D1, object="cat")),
    ),
    "a box that joins takes the place of the other": (
        *(START, doc(PHOTO, CAT, CB), Edit.of(DOG, DB)),
        Edit.of(replace(DB, object="cat"), drop=("cb",)),
    ),
    "another was accepted meanwhile: the new one comes after it": (
        *(START, DONE, Edit.of(DOG, D1)),
        Edit.of(replace(DOG, order=1, color=1), D1),
    ),
    "a click on what was taken back opens it again": (
        *(OPEN, START, Edit.of(C2)),
        Edit.of(CAT, C2),
    ),
    "a click on what was taken back joins what is open": (
        *(OPEN, doc(PHOTO, DOG, D1), Edit.of(C2)),
        Edit.of(replace(C2, object="dog")),
    ),
    "accepting what has another prompt by now takes its answer": (
        *(doc(PHOTO, CAT, C1, ANSWER), doc(PHOTO, CAT, C1, C2)),
        Edit.of(replace(CAT, choice=1, locked=True)),
        Edit.of(LOCKED),
    ),
    "choosing of what was accepted meanwhile leaves it accepted": (
        *(OPEN, DONE, Edit.of(replace(CAT, choice=2))),
        Edit.of(replace(LOCKED, choice=2)),
    ),
    "a name and a choice meet": (
        *(OPEN, doc(PHOTO, replace(CAT, label="tom"), C1), Edit.of(replace(CAT, choice=2))),
        Edit.of(replace(CAT, label="tom", choice=2)),
    ),
    "clearing drops what was seen and leaves what came since": (
        *(OPEN, doc(PHOTO, CAT, C1, C2), Edit(drop=("c1",))),
        Edit(drop=("c1",)),
    ),
    "what has not changed is done as it was said": (OPEN, OPEN, Edit.of(C2), Edit.of(C2)),
}


@pytest.mark.parametrize("name", CASES)
def test_made_again(name):
    base, now, edit, wanted = CASES[name]
    made = Sight().again(base, now, edit)
    check(now, made)
    assert apply(now, made) == apply(now, wanted)


def test_a_click_on_what_was_accepted_opens_another():
    made = Sight().again(OPEN, DONE, Edit.of(replace(CAT, choice=None), C2))
    check(DONE, made)
    after = apply(DONE, made)
    assert after["cat"].locked
    assert [each.id for each in after.prompts_of(after.open_object().id)] == ["c2"]
    assert after.open_object().order == 1


@pytest.mark.parametrize(
    ("base", "now", "edit", "why"),
    [
        (START, doc(replace(PHOTO, id="other")), Edit.of(CAT, C1), OTHER_PICTURE),
        (OPEN, doc(replace(PHOTO, id="other")), Edit.of(C2), OTHER_PICTURE),
        (OPEN, START, Edit.of(replace(CAT, choice=2)), GONE),
        (OPEN, START, Edit.of(LOCKED), GONE),
        (OPEN, DONE, Edit(drop=("c1",)), ACCEPTED),
    ],
)
def test_what_nothing_is_left_of_is_refused(base, now, edit, why):
    with pytest.raises(EditError) as caught:
        Sight().again(base, now, edit)
    assert str(caught.value) == why


def test_the_next_steps_of_a_page_follow_the_first():
    """Click, Enter, click at once, while another page has opened an object."""
    sight, now = Sight(), OPEN
    steps = [
        Edit.of(DOG, D1),
        Edit.of(replace(DOG, locked=True)),
        Edit.of(Object("cow", "photo", order=1), Point("w", "cow", 7, 7)),
    ]
    for version, step in enumerate(steps, 5):
        sight.look(4)
        made = sight.again(START, now, step)
        check(now, made)
        now = apply(now, made)
        sight.did(version, step)
    assert [each.id for each in now.prompts_of("cat")] == ["c1", "d1"]
    assert now["cat"].locked
    assert [each.id for each in now.prompts_of("cow")] == ["w"]
    sight.look(7)
    assert sight.again(now, now, steps[0]) is steps[0]


def test_what_a_page_has_not_seen_is_bounded():
    sight = Sight()
    for version in range(5000):
        sight.did(version, Edit.of(C2))
    assert len(sight._own) < 1200
