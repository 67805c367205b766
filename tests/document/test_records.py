"""Records: JSON there and back, scopes, ids, the blobs that they mention."""

import json

import pytest

from sam_widget.document.corrections import Asked, Brush, CleanUp, Combine, Known
from sam_widget.document.plain import MalformedError
from sam_widget.document.records import (
    Answer,
    Box,
    Candidate,
    Image,
    MaskPrompt,
    Object,
    Point,
    Stroke,
    Window,
    new_id,
    record_from_json,
    record_to_json,
)
from sam_widget.made import Made

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
    MaskPrompt("m", "o", "runs", None, 3, 4, 40),
    MaskPrompt("n", "o", "runs", "logits", 3, 4, 400),
    Stroke("s", "o", (1.5, 2, 3, 4), 2.5, False),
    Brush("c", "o", (-1, 2.5), 2, False),
    CleanUp("k", "o", 5, 0),
    Combine("u", "o", "subtract", "runs", 3, 4, 40),
    Combine(
        "v",
        "o",
        "unite",
        "runs",
        3,
        4,
        40,
        Known(0.75, None, Made("mini", "f" * 8, 2, 3.5, 4, 10), (Asked("point", (1.5, 2)),)),
    ),
    Window("w", "o", 0, 0, 2, 3.5),
    ANSWER,
]


@pytest.mark.parametrize("record", ALL, ids=lambda record: record.id)
def test_there_and_back(record):
    plain = record_to_json(record)
    assert plain["type"] == type(record).__name__.lower().removesuffix("prompt")
    assert record_from_json(json.loads(json.dumps(plain))) == record


def test_only_answers_are_derived():
    assert [record.scope for record in ALL] == ["undoable"] * 12 + ["derived"]


def test_blobs():
    none, masks = ((),) * 3, (("runs",), ("runs", "logits"))
    assert [record.blobs() for record in ALL] == [
        ("blob",),
        *none,
        *masks,
        *none[:3],
        ("runs",),
        ("runs",),
        (),
        ("x", "y"),
    ]


def test_a_prompt_answers_for_itself():
    point, box, mask = ALL[2:5]
    assert point.places() == ((1.5, 2.5),)
    assert box.places() == ((0, 0), (1, 1.25))
    assert mask.places() == ()
    assert [each.single for each in (point, box, mask)] == [False, True, True]
    assert [each.held() for each in (point, box, mask)] == [0, 0, 40]
    assert [each.fault(3, 4) for each in (point, box, mask)] == [None] * 3
    assert all(each.fault(1, 1) for each in (point, box, mask))


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
