"""Document and Edit: the golden cases that TypeScript runs too, and the laws for any case."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sam_widget.document.edits import (
    Document,
    Edit,
    EditError,
    apply,
    cascade,
    edit_from_json,
    edit_to_json,
    invert,
    squash,
)
from sam_widget.document.plain import to_plain
from sam_widget.document.records import (
    Answer,
    Box,
    Candidate,
    Image,
    Object,
    Point,
    record_from_json,
)

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "edits.json").read_text("utf-8"))

NAMES = st.sampled_from(["a", "b", "c", "d", "e"])
RECORDS = st.one_of(
    st.builds(Object, NAMES, st.just("photo"), order=st.integers(0, 3)),
    st.builds(Point, NAMES, NAMES, st.floats(0, 9), st.floats(0, 9), st.booleans()),
)
PUTS = st.lists(RECORDS, max_size=4).map(lambda records: {each.id: each for each in records})
EDITS = st.builds(
    Edit, PUTS, st.lists(NAMES, max_size=3).map(tuple), st.sampled_from([None, "drag", "slide"])
)
DOCUMENTS = st.builds(Document, PUTS)


def document_of(plain):
    return Document({name: record_from_json(record) for name, record in plain.items()})


@pytest.mark.parametrize("case", GOLDEN["edits"], ids=lambda case: case["name"])
def test_golden_edits(case):
    before, edit = document_of(case["document"]), edit_from_json(case["edit"])
    after, back = apply(before, edit), invert(before, edit)
    assert to_plain(after) == case["applied"]
    assert list(after) == case["order"]
    assert edit_to_json(back) == case["inverse"]
    assert list(back.put) == list(case["inverse"]["put"])
    assert apply(after, back) == before


@pytest.mark.parametrize("case", GOLDEN["squashes"], ids=lambda case: case["name"])
def test_golden_squashes(case):
    first, second = edit_from_json(case["first"]), edit_from_json(case["second"])
    one = squash(first, second)
    after = apply(document_of(case["document"]), one)
    assert edit_to_json(one) == case["squashed"]
    assert list(one.put) == list(case["squashed"]["put"])
    assert to_plain(after) == case["applied"]
    assert list(after) == case["order"]


@given(DOCUMENTS, EDITS)
def test_an_edit_and_its_inverse_cancel(document, edit):
    assert apply(apply(document, edit), invert(document, edit)) == document


@given(DOCUMENTS, EDITS)
def test_inverting_twice_does_it_again(document, edit):
    after = apply(document, edit)
    again = invert(after, invert(document, edit))
    assert apply(document, again) == after


@given(DOCUMENTS, EDITS, EDITS)
def test_a_squashed_edit_does_what_both_do_in_the_same_order(document, first, second):
    apart = apply(apply(document, first), second)
    together = apply(document, squash(first, second))
    assert together == apart
    assert list(together) == list(apart)


@given(EDITS, EDITS, EDITS)
def test_squashing_is_associative(first, second, third):
    left = squash(squash(first, second), third)
    right = squash(first, squash(second, third))
    assert left.put == right.put
    assert list(left.put) == list(right.put)
    assert left.drop == right.drop


@given(EDITS)
def test_nothing_is_neutral(edit):
    same = (edit.put, tuple(dict.fromkeys(edit.drop)))
    # what an edit drops and puts again is put; a neutral edit keeps that
    assert (squash(edit, Edit()).put, squash(edit, Edit()).drop) == same
    assert (squash(Edit(), edit).put, squash(Edit(), edit).drop) == same


@given(EDITS)
def test_json_round_trip(edit):
    assert edit_from_json(json.loads(json.dumps(edit_to_json(edit)))) == edit


PHOTO, CAT, DOG = Image("photo", "blob", 64, 48), Object("cat", "photo"), Object("dog", "photo")
ANSWER = Answer("a1", "cat", ("p1",), (Candidate("whole", "m", 0.9, 0.8, 7),), 0, 0.1)
FULL = Document(
    {
        each.id: each
        for each in (
            PHOTO,
            CAT,
            Point("p1", "cat", 1, 2),
            ANSWER,
            DOG,
            Box("b1", "dog", 1, 2, 3, 4),
        )
    }
)


@pytest.mark.parametrize(
    ("drop", "gone"),
    [
        (("cat",), {"cat", "p1", "a1"}),
        (("photo",), set(FULL)),
        (("p1",), {"p1"}),  # the answer stays: undo makes it true again
        (("cat", "p1"), {"cat", "p1", "a1"}),
        (("nobody",), {"nobody"}),
    ],
)
def test_what_goes_along(drop, gone):
    full = cascade(FULL, Edit(drop=drop))
    assert set(full.drop) == gone
    assert len(full.drop) == len(gone)


def test_what_is_put_does_not_go_along():
    kept = Edit.of(Object("cat", "photo", order=2), drop=("cat",))
    assert cascade(FULL, kept) == kept


def test_a_document_reads_itself():
    assert FULL.image() == PHOTO
    assert FULL.open_object() == CAT
    assert FULL.prompts_of("cat") == (Point("p1", "cat", 1, 2),)
    assert FULL.answer_of("cat") == ANSWER
    assert FULL.answer_of("dog") is None
    assert FULL.of_type(Object) == (CAT, DOG)
    assert Document().image() is None
    assert Document().open_object() is None


def test_an_answer_is_true_to_exactly_its_prompts():
    more = apply(FULL, Edit.of(Point("p2", "cat", 3, 4)))
    assert more.answer_of("cat") is None
    assert more.answers_of("cat") == (ANSWER,)


def test_values_do_not_change():
    put = {"cat": CAT}
    edit = Edit(put)
    put["dog"] = DOG
    assert list(edit.put) == ["cat"]
    with pytest.raises(TypeError):
        edit.put["dog"] = DOG
    with pytest.raises(TypeError):
        FULL["dog"] = CAT


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (None, "edit must be an object with named fields, not null."),
        ({"put": {}, "drop": []}, "edit lacks the field group."),
        ({"put": {}, "drop": [], "group": 3}, "edit.group must be a string of at most 10000"),
        ({"put": [], "drop": [], "group": None}, "edit.put must be an object with named fields"),
        ({"put": {}, "drop": "p1", "group": None}, "edit.drop must be a list of at most 10000"),
        ({"put": {}, "drop": [1], "group": None}, "edit.drop.0 must be a string"),
        ({"put": {"x": {}}, "drop": [], "group": None}, "edit.put.* has the unknown type null; "),
    ],
)
def test_a_malformed_edit_is_told_in_a_sentence(value, sentence):
    with pytest.raises(EditError) as caught:
        edit_from_json(value)
    assert str(caught.value).startswith(sentence)
