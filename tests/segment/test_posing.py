"""Prompts are posed as one question or several, and one answer comes of it."""

import numpy as np
import pytest

from sam_widget.document.blobs import Blobs
from sam_widget.document.records import Box, Point, Stroke
from sam_widget.geometry import Frame
from sam_widget.segment.kinds import Sight
from sam_widget.segment.posing import joined, posed
from sam_widget.segment.prompts import Prediction
from tests.segment.fake import FakeEmbedding

SIZE = (64, 64)
LEFT, RIGHT = Box("b", "o", 0, 0, 16, 16), Box("c", "o", 32, 32, 64, 64)


def said(*rows, scores=(0.5, 0.6, 0.7), best=2):
    logits = np.full((3, 16, 16), -3, np.float32)
    for row, (x0, y0, x1, y1) in enumerate(rows):
        logits[row, y0:y1, x0:x1] = 3
    scores = np.array(scores, np.float32)
    return Prediction(logits, scores, scores, ("a", "b", "c"), best, Frame(*SIZE, 64))


@pytest.fixture
def asked():
    return []


@pytest.fixture
def pose(asked):
    def answer(question):
        asked.append(question)
        x = int(question.box[0] if question.box is not None else question.points[0][0]) // 4
        return said(*[(x, 0, x + 4, 4)] * 3)

    sight = Sight(Blobs(), FakeEmbedding(0.0, SIZE))

    def pose(*prompts, before=None, feeds=True):
        return posed(answer, prompts, sight, before, feeds=feeds)

    return pose


def test_one_question_is_one_answer(pose, asked):
    assert pose(LEFT).names == ("a", "b", "c")
    assert len(asked) == 1


def test_each_of_several_boxes_is_asked_and_the_answers_are_one(pose, asked):
    both = pose(LEFT, RIGHT)
    assert [tuple(each.box) for each in asked] == [(0, 0, 16, 16), (32, 32, 64, 64)]
    assert both.best == 0
    assert both.names == ("best", "alternative 1", "alternative 2")
    on = both.logits[0] > 0
    assert on[0, 0]
    assert on[0, 8]
    assert on.sum() == 32
    assert both.scores[0] == pytest.approx(0.7)
    assert both.stability[0] == 1


def test_what_leads_in_each_leads():
    one, other = said((0, 0, 1, 1), (0, 0, 8, 8), best=1), said((9, 9, 10, 10), best=0)
    on = joined([one, other]).logits[0] > 0
    assert on[7, 7]
    assert on[9, 9]


def test_an_earlier_answer_goes_in_with_the_box_that_it_is_in(pose, asked):
    before = np.full((16, 16), -3, np.float32)
    before[1:3, 1:3] = before[5, 5] = 2
    pose(LEFT, RIGHT, before=before)
    first, second = asked
    assert (first.logits > 0).sum() == 4
    assert second.logits is None


def test_a_strokes_middle_goes_first_and_its_answer_goes_in(pose, asked):
    line = Stroke("s", "o", (8, 8, 40, 8), 3)
    pose(line)
    first, second = asked
    np.testing.assert_array_equal(first.points, [[24, 8]])
    np.testing.assert_array_equal(second.points, [[8, 8], [24, 8], [40, 8]])
    assert (second.logits > 0).sum() == 16
    asked.clear()
    pose(line, feeds=False)
    pose(Point("p", "o", 1, 1), line)
    pose(line, before=np.zeros((16, 16), np.float32))
    assert len(asked) == 3
