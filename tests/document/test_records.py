"""Records: JSON there and back, scopes, ids, the blobs that they mention."""

import json

import pytest

from sam_widget.document.plain import MalformedError
from sam_widget.document.records import (
    Answer,
    Box,
    Candidate,
    Image,
    Object,
    Point,
    blobs_of,
    new_id,
    record_from_json,
    record_to_json,
)

ANSWER = Answer(
    "a",
    "o",
    ("p", "q"),
    (Candidate("whole", "x", 0.9, 0.8, 5), Candidate("part", "y", 0, 1, 2)),
    1,
    0.2,
)
ALL = [
    Image("i", "blob", 3, 4),
    Object("o", "i", "cat", 2, 1, True, 7),
    Point("p", "o", 1.5, 2.5, False),
    Box("b", "o", 0, 0, 1, 1.25),
    ANSWER,
]


@pytest.mark.parametrize("record", ALL, ids=lambda record: record.tag)
def test_there_and_back(record):
    plain = record_to_json(record)
    assert plain["type"] == type(record).__name__.lower()
    assert record_from_json(json.loads(json.dumps(plain))) == record


def test_only_answers_are_derived():
    assert [record.scope for record in ALL] == ["undoable"] * 4 + ["derived"]


def test_blobs():
    assert [blobs_of(record) for record in ALL] == [("blob",), (), (), (), ("x", "y")]


def test_ids_are_short_and_new():
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(len(name) == 12 for name in ids)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({"type": "scribble"}, "record has the unknown type 'scribble'; known are image, object,"),
        ({**record_to_json(ALL[0]), "width": 3.5}, "record.width must be a whole number, not 3.5."),
        (
            {**record_to_json(ALL[1]), "choice": "1"},
            "record.choice must be a whole number, not '1'",
        ),
        (
            {**record_to_json(ANSWER), "of": "p"},
            "record.of must be a list of at most 10000, not 'p'",
        ),
        (
            {**record_to_json(ANSWER), "candidates": [{}]},
            "record.candidates.0 lacks the field name.",
        ),
    ],
)
def test_malformed(value, sentence):
    with pytest.raises(MalformedError) as caught:
        record_from_json(value)
    assert str(caught.value).startswith(sentence)
