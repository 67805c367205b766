"""Cut at another logit, asked once more, lent: what the model said is enough for all of it."""

from dataclasses import replace

import numpy as np
import pytest

from sam_widget.document.edits import Document, Edit, EditError
from sam_widget.document.records import Image, Object, Point, Window
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
        self.answerer.lend(name, lambda of, said: lent.append((of, said)))
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


@pytest.mark.parametrize("ask", [lambda _: None, lambda desk: desk.answerer.again("a")])
def test_who_waits_while_it_is_asked_anew_gets_the_new_answer(monkeypatch, ask):
    desk = Desk()
    desk.session.push(Edit.of(Point("q", "a", 31.0, 20.0)))
    desk.answerer.wait()
    works, settled = desk.model.predict, []

    def predict(*asked):
        settled.append(desk.answerer._settled(None) or desk.answerer._settled("a"))
        if len(settled) == 1:
            ask(desk)  # the switch is turned once more while the model is at it
        return works(*asked)

    monkeypatch.setattr(desk.model, "predict", predict)
    desk.answerer.feed_back = False
    desk.answerer.again("a")
    desk.answerer.wait()
    assert settled == [False]  # the eye knows the second question
    assert desk.answerer._settled("a")


def test_a_choice_that_was_undone_is_not_fed_back():
    desk = Desk()
    best = desk.answer.best
    desk.session.push(Edit.of(replace(desk.session.document["a"], choice=2)))
    desk.session.undo()
    desk.session.push(Edit.of(Point("q", "a", 31.0, 20.0)))
    desk.answerer.wait()
    first, second = desk.model.asked
    assert best != 2
    assert second.logits == pytest.approx(desk.model.predict(SEEN, first).logits[best])


@pytest.mark.parametrize("feeds", [True, False])
def test_a_closer_look_goes_on_from_what_was_chosen(feeds):
    """Also where nothing is fed back, or nothing is known: a mask that everything mode found."""
    desk = Desk()
    desk.answerer.feed_back = feeds
    chosen = Mask.from_bytes(desk.session.blobs.get(desk.answer.candidates[2].blob))
    desk.session.push(Edit.of(replace(desk.session.document["a"], choice=2)))
    desk.answerer._asking.logits._kept.clear()
    plain = replace(desk.session.document["a"], choice=None)
    desk.session.push(Edit.of(plain, Window("w", "a", 14.0, 8.0, 46.0, 32.0)))
    desk.answerer.wait()
    x0, y0, x1, y1 = chosen.box
    assert desk.model.asked[-1].box.tolist() == [x0 - 14, y0 - 8, x1 - 14, y1 - 8]


def test_a_window_alone_is_refused_in_words():
    desk = Desk()
    window = Window("w", "a", 14.0, 8.0, 46.0, 32.0)
    desk.session.push(Edit.of(window))
    desk.answerer.wait()
    desk.session.push(Edit(drop=("p",)))
    with pytest.raises(AnswerError, match="A window only says where to look"):
        desk.answerer.wait()
    desk.session.undo()
    desk.answerer.wait()
    assert desk.answer is not None


def test_what_was_said_is_lent_and_asked_for_where_it_is_forgotten():
    desk = Desk()
    lent = []
    desk.lend("a", lent)
    assert lent[0][0] == ("p",)
    assert lent[0][1].logits.shape == (3, GRID, GRID)
    assert len(desk.model.asked) == 1
    desk.answerer._asking.logits.clear()
    desk.lend("a", lent)
    assert np.array_equal(lent[1][1].logits, lent[0][1].logits)
    desk.lend("nobody", lent)
    assert len(lent) == 2


@pytest.mark.parametrize("threshold", [33.0, -32.5])
def test_no_mask_is_cut_so_far_out(threshold):
    desk = Desk()
    with pytest.raises(EditError, match=f"from -32 to 32, not {threshold:g}"):
        desk.session.push(Edit.of(Object("a", "i", threshold=threshold)))
