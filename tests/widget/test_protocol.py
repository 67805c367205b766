"""Messages: round trips, one sentence for each fault, and the page's types are fresh."""

import contextlib
import json
import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sam_widget.document.blobs import name_of
from sam_widget.document.corrections import LARGEST_BLOBS
from sam_widget.document.edits import Document, Edit
from sam_widget.document.patch import Origin
from sam_widget.document.records import (
    Answer,
    Box,
    Candidate,
    Image,
    MaskPrompt,
    Object,
    Point,
)
from sam_widget.segment.answers.status import Status
from sam_widget.segment.answers.survey import Reach, Spot
from sam_widget.segment.everything.sieve import Sieve
from sam_widget.widget.protocol import (
    PROTOCOL,
    Blobs,
    Hello,
    MessageError,
    More,
    Need,
    Patch,
    Peek,
    Peeked,
    Push,
    Redo,
    Reject,
    Retry,
    Seek,
    Sift,
    Snapshot,
    Stop,
    Surveyed,
    Undo,
    message_to_json,
    read_kernel_message,
    read_page_message,
)

JS = Path(__file__).parents[2] / "js"

LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
IDS = st.text(LETTERS, min_size=1, max_size=12)
COUNTS = st.integers(1, 2**53 - 1)
NUMBERS = st.floats(-1e6, 1e6)
CANDIDATES = st.builds(Candidate, IDS, IDS, NUMBERS, NUMBERS, COUNTS)
RECORDS = st.one_of(
    st.builds(Image, IDS, IDS, COUNTS, COUNTS),
    st.builds(Object, IDS, IDS, IDS, COUNTS, st.none() | COUNTS, st.booleans(), COUNTS),
    st.builds(Point, IDS, IDS, NUMBERS, NUMBERS, st.booleans()),
    st.builds(Box, IDS, IDS, NUMBERS, NUMBERS, NUMBERS, NUMBERS),
    st.builds(MaskPrompt, IDS, IDS, IDS, st.none() | IDS, COUNTS, COUNTS, COUNTS),
    st.builds(
        Answer,
        IDS,
        IDS,
        st.lists(IDS, max_size=2).map(tuple),
        st.lists(CANDIDATES, max_size=2).map(tuple),
        COUNTS,
        NUMBERS,
    ),
)
PUTS = st.lists(RECORDS, max_size=3).map(lambda records: {each.id: each for each in records})
SOME_IDS = st.lists(IDS, max_size=3).map(tuple)
EDITS = st.builds(Edit, PUTS, SOME_IDS, st.none() | IDS)
STATUSES = st.builds(
    Status, st.sampled_from(["loading", "ready", "error"]), st.none() | NUMBERS, IDS, IDS
)
SIEVES = st.builds(Sieve, NUMBERS, NUMBERS, COUNTS, NUMBERS)
SPOTS = st.builds(Spot, NUMBERS, NUMBERS, st.lists(CANDIDATES, max_size=2).map(tuple), COUNTS)
REACHES = st.builds(Reach, COUNTS, COUNTS, st.sampled_from(["running", "failed"]), IDS)
FROM_PAGE = st.one_of(
    st.builds(Hello, IDS, COUNTS, COUNTS, st.just(-1) | COUNTS, st.just(PROTOCOL)),
    st.builds(Push, IDS, COUNTS, EDITS),
    st.builds(Undo, IDS, COUNTS),
    st.builds(Redo, IDS, COUNTS),
    st.builds(Need, IDS, SOME_IDS),
    st.builds(Retry, IDS),
    st.builds(Peek, IDS, COUNTS, COUNTS, EDITS),
    st.builds(Seek, IDS, st.none() | COUNTS),
    st.builds(Stop, IDS, st.booleans()),
    st.builds(Sift, IDS, COUNTS, SIEVES),
    st.builds(More, IDS, IDS, COUNTS),
)
BOOLS = st.booleans()
FROM_KERNEL = st.one_of(
    st.builds(
        Snapshot,
        IDS,
        COUNTS,
        COUNTS,
        COUNTS,
        PUTS.map(Document),
        SOME_IDS,
        BOOLS,
        BOOLS,
        STATUSES,
    ),
    st.builds(
        Patch, COUNTS, EDITS, st.none() | st.builds(Origin, IDS, COUNTS), SOME_IDS, BOOLS, BOOLS
    ),
    st.builds(Reject, st.none() | IDS, st.none() | COUNTS, IDS),
    STATUSES,
    st.builds(Blobs, IDS, SOME_IDS),
    st.builds(Peeked, IDS, COUNTS, NUMBERS, SOME_IDS),
    st.builds(
        Surveyed,
        *(st.none() | IDS, IDS, COUNTS, st.lists(SPOTS, max_size=2).map(tuple), REACHES, SIEVES),
        *(st.none() | st.builds(Origin, IDS, COUNTS), SOME_IDS),
    ),
)


@given(FROM_PAGE)
def test_what_a_page_says_comes_back(message):
    assert read_page_message(json.loads(json.dumps(message_to_json(message)))) == message


@given(FROM_KERNEL)
def test_what_the_kernel_says_comes_back(message):
    content = json.loads(json.dumps(message_to_json(message), allow_nan=False))
    assert read_kernel_message(content, [b""] * len(getattr(message, "blobs", ()))) == message


PUSH = {
    "type": "push",
    "version": 3,
    "blobs": [],
    "client": "page",
    "seq": 1,
    "edit": {
        "put": {
            "p": {"type": "point", "id": "p", "object": "o", "x": 1, "y": 2.5, "positive": True}
        },
        "drop": [],
        "group": None,
    },
}
LINES = {  # of as many objects
    f"b{i}": {
        "type": "brush",
        "id": f"b{i}",
        "object": f"o{i}",
        "path": [1] * 4000,
        "width": 3,
        "positive": True,
    }
    for i in range(11)
}
HELLO = {
    "type": "hello",
    "client": "page",
    "call": 1,
    "seq": 0,
    "version": -1,
    "protocol": PROTOCOL,
}


def bent(message, path, value):
    """A copy of the message with one value replaced, or a field taken out."""
    copy = json.loads(json.dumps(message))
    *way, last = path.split(".")
    place = copy
    for name in way:
        place = place[name]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return copy


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "The message must be an object with named fields, not null."),
        ([], "The message must be an object with named fields, not a list of 0."),
        ("push", "The message must be an object with named fields, not 'push'."),
        ({1: 2}, "The message must be an object with named fields, not a mapping of 1."),
        (
            {},
            "The message has the unknown type null; known are hello, push, undo, redo, need, ",
        ),
        ({"type": "snapshot"}, "The message has the unknown type 'snapshot'; known are hello, "),
        (bent(PUSH, "type", ["push"]), "The message has the unknown type a list of 1; "),
        (bent(PUSH, "client", ""), "A client's name has 1 to 64 letters."),
        (bent(PUSH, "client", "x" * 65), "A client's name has 1 to 64 letters."),
        (bent(PUSH, "edit.drop", ["x"] * 10000), "An edit changes at most 10000 records."),
        (bent(PUSH, "edit.put", LINES), "An edit draws at most 20000 points."),
        (bent(HELLO, "protocol", ...), "hello lacks the field protocol."),
        (bent(HELLO, "protocol", "1"), "hello.protocol must be a whole number, not '1'."),
        (
            bent(HELLO, "protocol", 1),
            f"The page speaks protocol 1, the kernel {PROTOCOL}: save, then reload",
        ),
        (bent(HELLO, "seq", -1), "hello.seq must be at least 0, not -1."),
    ],
)
def test_each_fault_has_its_sentence(content, sentence):
    assert_refused(content, sentence)


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("seq", ..., " lacks the field seq."),
        ("extra", 1, " has an unknown field 'extra'."),
        ("seq", "1", ".seq must be a whole number, not '1'."),
        ("seq", 1.5, ".seq must be a whole number, not 1.5."),
        ("seq", True, ".seq must be a whole number, not True."),
        ("seq", 2**60, ".seq must be a number of at most 9007199254740991"),
        ("seq", 0, ".seq must be at least 1, not 0."),
        ("client", 7, ".client must be a string of at most 10000 letters, not 7."),
        ("edit", None, ".edit must be an object with named fields, not null."),
        ("edit.put.p.x", float("nan"), ".edit.put.*.x must be a finite number, not NaN."),
        ("edit.put.p.x", float("-inf"), ".edit.put.*.x must be a finite number, not -infinity."),
        ("edit.put.p.y", 1e300, ".edit.put.*.y must be a number of at most 9007199254740991, "),
        ("edit.put.p.y", None, ".edit.put.*.y must be a finite number, not null."),
        ("edit.put.p.positive", 1, ".edit.put.*.positive must be true or false, not 1."),
        ("edit.put.p.id", ["p"], ".edit.put.*.id must be a string of at most 10000 letters, not a"),
        ("edit.put.p.type", "poin", ".edit.put.* has the unknown type 'poin'; known are image, "),
        ("edit.put.p.object", "o" * 10001, ".edit.put.*.object must be a string of at most 10000"),
        ("edit.drop", ["x"] * 10001, ".edit.drop must be a list of at most 10000, not a list of"),
        ("edit.put", dict.fromkeys(map(str, range(10001))), ".edit.put holds 10001 entries; 10000"),
    ],
)
def test_each_fault_of_a_field_has_its_sentence(path, value, sentence):
    assert_refused(bent(PUSH, path, value), "push" + sentence)


def assert_refused(content, sentence):
    with pytest.raises(MessageError) as caught:
        read_page_message(content)
    assert str(caught.value).startswith(sentence)
    assert str(caught.value).endswith(".")
    assert len(str(caught.value)) < 300


RUNS = bytes(range(24))


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_a_push_brings_blobs(kind):
    message = read_page_message(bent(PUSH, "blobs", [name_of(RUNS)]), [kind(RUNS)])
    assert message.blobs == (name_of(RUNS),)


@pytest.mark.parametrize(
    ("content", "buffers", "sentence"),
    [
        (PUSH, [b"x"], "The push brings 0 blobs and carries 1 buffers."),
        (bent(PUSH, "blobs", ["a", "b"]), [b"x"], "The push brings 2 blobs and carries 1 buffers."),
        (HELLO, [b"x"], "The hello brings 0 blobs and carries 1 buffers."),
        (
            {"type": "need", "client": "page", "blobs": ["a"]},
            [b"x"],
            "The need brings 0 blobs and carries 1 buffers.",
        ),
        (
            bent(PUSH, "blobs", [name_of(RUNS)]),
            [RUNS[:-1]],
            "The bytes of a blob are not those that its name says: send it again.",
        ),
        (
            bent(PUSH, "blobs", ["a", "b"]),
            [bytes(LARGEST_BLOBS), b"x"],
            f"A push carries at most {LARGEST_BLOBS} bytes, not {LARGEST_BLOBS + 1}.",
        ),
    ],
)
def test_the_bytes_of_a_page_are_bounded_and_what_they_are_called(content, buffers, sentence):
    with pytest.raises(MessageError) as caught:
        read_page_message(content, buffers)
    assert str(caught.value) == sentence


def test_buffers_match_the_blobs():
    content = message_to_json(Blobs("page", ("a", "b")))
    with pytest.raises(MessageError, match="names 2 blobs and carries 1"):
        read_kernel_message(content, [b"x"])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
)


PATHS = ["type", "client", "seq", "edit", "edit.put", "edit.put.p.x", "edit.drop"]


@given(JSON, st.sampled_from(PATHS))
def test_no_other_error_gets_out(value, path):
    peek = {name: each for name, each in PUSH.items() if name != "blobs"} | {"type": "peek"}
    for content in (value, bent(PUSH, path, value), bent(peek, path, value)):
        with contextlib.suppress(MessageError):
            read_page_message(content)


def test_the_pages_types_are_fresh():
    for name, made in runpy.run_path(str(JS / "typegen.py"))["generate"]().items():
        written = (JS / "src" / name).read_text("utf-8")
        assert made == written, f"js/src/{name} is stale: run `python js/typegen.py`."
