"""Kinds of prompts: each is asked as a model wants it, or refused in a sentence."""

from typing import get_args

import numpy as np
import pytest

from sam_widget.document.blobs import Blobs
from sam_widget.document.edits import EditError
from sam_widget.document.records import Box, MaskPrompt, Object, Point, Prompt, Stroke
from sam_widget.errors import SamError
from sam_widget.masks import Mask
from sam_widget.segment.kinds import (
    MANY,
    WORDS,
    Sight,
    asked,
    check_bytes,
    lead,
    parts,
    refusal,
)
from tests.segment.fake import FakeEmbedding

SIZE = (60, 40)
ON = np.zeros((40, 60), bool)
ON[10:20, 15:30] = True
P, N = Point("p", "o", 1.5, 2.5), Point("n", "o", 3, 4, positive=False)
B, C = Box("b", "o", 1, 2, 30, 20), Box("c", "o", 0, 0, 9, 9)


def kept(*data):
    blobs = Blobs()
    return blobs, [blobs.put(each) for each in data]


@pytest.fixture
def sight():
    return Sight(Blobs(), FakeEmbedding(0.0, SIZE))


def mask(sight, pixels=ON):
    data = Mask.from_array(pixels).to_bytes()
    return MaskPrompt("m", "o", sight.blobs.put(data), None, *SIZE, len(data))


def test_every_kind_of_record_has_its_words():
    assert set(WORDS) == set(MANY) == {kind.tag for kind in get_args(Prompt)}


def test_points_and_boxes(sight):
    said = asked((P, B, N, C), sight)
    assert (said.points.dtype, said.labels.dtype) == (np.float32, np.int64)
    np.testing.assert_array_equal(said.points, [[1.5, 2.5], [3, 4]])
    np.testing.assert_array_equal(said.labels, [1, 0])
    np.testing.assert_array_equal(said.box, [0, 0, 9, 9])  # the last counts
    assert said.logits is None
    assert asked((P,), sight).ambiguous


def test_a_mask_comes_soft_and_with_its_box(sight):
    said = asked((mask(sight),), sight)
    np.testing.assert_array_equal(said.box, [15, 10, 30, 20])
    assert said.logits.shape == (16, 16)
    assert (said.logits[3:5, 4:7] > 0).all()
    assert said.logits[0, 0] == said.logits[-1, -1] == said.logits.min() < 0


def test_a_box_that_was_drawn_counts_before_the_masks_own(sight):
    for prompts in ((B, mask(sight)), (mask(sight), B)):
        said = asked((P, *prompts), sight)
        np.testing.assert_array_equal(said.box, [1, 2, 30, 20])
        assert len(said.points) == 1


def test_a_given_mask_stands_in_the_place_of_an_earlier_answer(sight):
    before = np.full((16, 16), 9, np.float32)
    np.testing.assert_array_equal(asked((P,), sight, before).logits, before)
    assert asked((P, mask(sight)), sight, before).logits.max() < 9


def test_a_mask_whose_bytes_are_gone_is_said(sight):
    lost = MaskPrompt("m", "o", "nowhere", None, *SIZE, 40)
    with pytest.raises(SamError, match="bytes are gone: undo it, and give the mask again"):
        asked((P, lost), sight)


def test_what_a_model_does_not_take_is_said(sight):
    takes = ("point", "box").__contains__
    assert refusal((P, B), takes, "old") is None
    said = refusal((P, mask(sight)), takes, "old")
    assert said == (
        "The model old takes points and boxes, no mask: undo takes the mask back, and nothing else"
        " is lost."
    )
    assert "takes no prompts, no point" in refusal((P,), ().__contains__, "mute")


RUNS = Mask.from_array(ON).to_bytes()
EMPTY = Mask.from_array(ON & ~ON).to_bytes()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ((b"no mask",), "7 bytes are no mask"),
        ((RUNS[:-4],), "The mask's runs count"),
        ((Mask.from_array(ON.T).to_bytes(),), "The mask is of 40 x 60 px, the image of 60 x 40"),
        ((EMPTY,), "The mask is empty"),
        ((RUNS, b"few"), "3 bytes are no square of logits."),
        ((RUNS, bytes(2 * 63 * 63)), "7938 bytes are no square of logits."),
        ((RUNS, b"\xff\x7f" * 64 * 64), "The mask's logits hold NaN or infinity."),
    ],
)
def test_bytes_that_say_nothing_are_refused(data, sentence):
    blobs, names = kept(*data)
    runs, logits = (*names, None)[:2]
    prompt = MaskPrompt("m", "o", runs, logits, *SIZE, sum(map(len, data)))
    with pytest.raises(EditError) as caught:
        check_bytes((Object("o", "i"), P, prompt), blobs)
    assert str(caught.value).startswith(sentence)


def test_bytes_that_are_good_or_not_here_pass(sight):
    check_bytes((P, B, mask(sight)), sight.blobs)
    check_bytes((MaskPrompt("m", "o", "nowhere", None, *SIZE, 4),), sight.blobs)
    assert len(sight.blobs) == 1


S = Stroke("s", "o", (10, 10, 20, 10, 40, 10), 3)
OFF = Stroke("t", "o", (30.5, 20.5, 50.5, 20.5), 6, positive=False)


def test_a_stroke_is_few_points_along_it(sight):
    said = asked((P, S), sight)
    np.testing.assert_array_equal(said.points, [[1.5, 2.5], [10, 10], [25, 10], [40, 10]])
    np.testing.assert_array_equal(said.labels, [1, 1, 1, 1])
    dot = asked((Stroke("s", "o", (3, 4), 3),), sight)
    np.testing.assert_array_equal(dot.points, [[3, 4]])


def test_a_stroke_off_the_thing_is_taken_from_the_logits_or_is_its_middle(sight):
    before = np.full((16, 16), 2, np.float32)
    said = asked((P, OFF), sight, before)
    assert len(said.points) == 1
    assert said.logits[5, 10] < 0 < said.logits[0, 0] == 2
    alone = asked((P, OFF), sight)
    np.testing.assert_array_equal(alone.points, [[1.5, 2.5], [40.5, 20.5]])
    np.testing.assert_array_equal(alone.labels, [1, 0])


def test_the_middle_of_a_stroke_is_asked_first():
    assert [(p.x, p.y) for p in lead((S, N))] == [(25, 10)]
    assert lead((B, S)) == lead((P, S)) == ()
    assert lead((N, OFF)) == ()


def test_several_boxes_are_asked_one_by_one_with_what_lies_in_each(sight):
    far = Box("d", "o", 40, 25, 55, 38)
    inside, outside = Point("i", "o", 45, 30), Point("j", "o", 58, 2)
    off = Point("k", "o", 50, 2, positive=False)
    assert parts((B, P, N)) == ((B, P, N),)
    assert parts((B, far, inside, N)) == ((B, N), (far, inside))
    given = mask(sight)
    assert parts((B, far, given, off)) == ((B, given, off), (far, given, off))
    assert parts((B, far, outside, off)) == ((B, off), (far, off), (outside, off))
