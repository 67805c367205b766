"""Cut at another logit, asked once more, lent: what the model said is enough for all of it."""

from dataclasses import replace

import numpy as np
import pytest

from sam_widget.document.edits import Document, Edit, EditError
from sam_widget.document.records import Image, Object, Point
from sam_widget.document.session import Session
from sam_widget.masks import Mask
from sam_widget.segment.answers.answerer import Answerer
from sam_widget.segment.answers.eye import AnswerError
from sam_widget.segment.answers.worker import Inline
from sam_widget.segment.embeddings.cache import EmbeddingCache
from tests.segment.fake import FakeEmbedding
from tests.segment.hills import GRID, Hills

WIDTH, HEIGHT = 64, 48
SEEN = FakeEmbedding(0.0, (WIDTH, HEIGHT))


class Desk:
    def __init__(self):
        self.session = Session(Document({"i": Image("i", "blob", WIDTH, HEIGHT)}))
        self.model = Hills()
        self.answerer = Answerer(
            self.session,
            lambda _: self.model,
            np.zeros((HEIGHT, WIDTH, 3), np.uint8),
            lambda _: None,
            Inline(),
            cache=EmbeddingCache(10_000),
        )
        self.session.push(Edit.of(Object("a", "i"), Point("p", "a", 30.0, 20.0)))
        self.answerer.wait()

    def cut(self, threshold):
        thing = self.session.document["a"]
        self.session.push(Edit.of(replace(thing, threshold=threshold)))
        self.answerer.wait()

    def lend(self, name, lent):
        self.answerer.lend(name, lent.append)
        self.answerer.wait()

    def areas(self):
        return [each.area for each in self.answer.candidates]

    @property
    def answer(self):
        return self.session.document.answer_of("a")


def test_a_cut_needs_no_model_and_is_the_kernels_own():
    desk = Desk()
    before = desk.areas()
    desk.cut(2.0)
    assert len(desk.model.asked) == 1
    assert desk.answer.threshold == 2.0
    assert all(now < then for now, then in zip(desk.areas(), before, strict=True))
    said = desk.model.predict(SEEN, desk.model.asked[0])
    for candidate, logits in zip(desk.answer.candidates, said.logits, strict=True):
        mask = Mask.from_bytes(desk.session.blobs.get(candidate.blob))
        assert mask == replace(said, logits=(logits - np.float32(2.0))[None]).masks()[0]
    desk.session.undo()
    assert desk.areas() == before
    assert desk.session.redo() is not None
    assert desk.answer.threshold == 2.0
    assert len(desk.model.asked) == 2  # the one above


def test_it_may_be_emptied_and_come_back():
    desk = Desk()
    desk.cut(30.0)
    assert desk.areas() == [0, 0, 0]
    assert {each.name for each in desk.answer.candidates} == {"other"}
    desk.cut(0.0)
    assert [each.name for each in desk.answer.candidates] == ["whole", "part", "subpart"]


def test_what_is_fed_back_is_the_mask_that_was_seen():
    desk = Desk()
    desk.cut(2.0)
    desk.session.push(Edit.of(Point("q", "a", 31.0, 20.0)))
    desk.answerer.wait()
    first, second = desk.model.asked
    assert second.logits == pytest.approx(desk.model.predict(SEEN, first).logits[0] - 2)
    assert desk.answer.threshold == 2.0


def test_without_feeding_back_the_same_clicks_are_asked_again():
    desk = Desk()
    desk.session.push(Edit.of(Point("q", "a", 31.0, 20.0)))
    desk.answerer.wait()
    fed = desk.answer
    desk.answerer.feed_back = False
    desk.answerer.again("a")
    desk.answerer.wait()
    assert desk.answer.id != fed.id
    assert desk.model.asked[-2].logits is not None
    assert desk.model.asked[-1].logits is None
    assert len(desk.model.asked) == 3
    assert desk.answer.of == fed.of


def test_what_failed_is_asked_anew_when_it_is_tried_again(monkeypatch):
    desk = Desk()
    desk.session.push(Edit.of(Point("q", "a", 31.0, 20.0)))
    desk.answerer.wait()
    before = desk.answer
    works = desk.model.predict
    monkeypatch.setattr(desk.model, "predict", None)
    desk.answerer.feed_back = False
    desk.answerer.again("a")
    with pytest.raises(AnswerError):
        desk.answerer.wait()
    assert desk.answer == before
    monkeypatch.setattr(desk.model, "predict", works)
    desk.answerer.retry()
    desk.answerer.wait()
    assert desk.answer != before
    assert desk.model.asked[-1].logits is None


def test_what_was_said_is_lent_and_asked_for_where_it_is_forgotten():
    desk = Desk()
    lent = []
    desk.lend("a", lent)
    assert lent[0].logits.shape == (3, GRID, GRID)
    assert len(desk.model.asked) == 1
    desk.answerer._asking.logits.clear()
    desk.lend("a", lent)
    assert np.array_equal(lent[1].logits, lent[0].logits)
    desk.lend("nobody", lent)
    assert len(lent) == 2


@pytest.mark.parametrize("threshold", [33.0, -32.5])
def test_no_mask_is_cut_so_far_out(threshold):
    desk = Desk()
    with pytest.raises(EditError, match=f"from -32 to 32, not {threshold:g}"):
        desk.session.push(Edit.of(Object("a", "i", threshold=threshold)))
