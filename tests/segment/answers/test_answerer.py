"""Answers stay true to prompts; errors become words; nothing is held that was let go."""

import gc
import threading
import weakref

import numpy as np
import pytest

from sam_widget.document.edits import Document, Edit
from sam_widget.document.records import Box, Image, Object, Point
from sam_widget.document.session import Session
from sam_widget.geometry import Frame
from sam_widget.masks import Mask
from sam_widget.models.checkpoints import CheckpointError
from sam_widget.segment.answers.answerer import Answerer
from sam_widget.segment.answers.asking import AnswerError, unanswered
from sam_widget.segment.answers.logits import Logits
from sam_widget.segment.answers.worker import Inline, Worker, worker_for
from sam_widget.segment.embeddings.cache import EmbeddingCache
from sam_widget.segment.prompts import Prediction
from tests.segment.fake import FakeSegmenter

WIDTH, HEIGHT = 40, 30


class Desk:
    """A session and its answerer, with a fake model."""

    def __init__(self, executor=None, segmenter=None, load=None, cache=None, pixels=None):
        self.session = Session(Document({"i": Image("i", "blob", WIDTH, HEIGHT)}))
        self.segmenter = segmenter or FakeSegmenter()
        self.executor = executor or Inline()
        self.told = []
        self.answerer = Answerer(
            self.session,
            load or (lambda _: self.segmenter),
            np.zeros((HEIGHT, WIDTH, 3), np.uint8) if pixels is None else pixels,
            self.told.append,
            self.executor,
            model="fake",
            cache=EmbeddingCache(10_000) if cache is None else cache,
        )

    def open(self, name, *prompts, locked=False):
        thing = Object(name, "i", locked=locked)
        return self.session.push(Edit.of(thing, *prompts))

    def answer(self, name="a"):
        return self.session.document.answer_of(name)

    def says(self):
        return [status.what for status in self.told]


def point(name, thing="a", x=10.0, y=10.0, positive=True):
    return Point(name, thing, x, y, positive)


class TestAnswers:
    def test_three_masks_with_scores_in_blobs(self):
        desk = Desk()
        desk.open("a", point("p"))
        desk.answerer.wait()
        answer = desk.answer()
        assert answer.of == ("p",)
        assert answer.best == 1
        assert [c.name for c in answer.candidates] == ["whole", "part", "subpart"]
        assert [round(c.score, 3) for c in answer.candidates] == [0.7, 0.9, 0.5]
        masks = [Mask.from_bytes(desk.session.blobs.get(c.blob)) for c in answer.candidates]
        assert [c.area for c in answer.candidates] == [mask.area for mask in masks]
        assert masks[0].size == (WIDTH, HEIGHT)
        assert masks[0].to_array()[10, 10]
        assert answer.seconds > 0

    def test_prompts_arrive_as_the_segmenter_wants_them(self):
        desk = Desk()
        desk.open("a", point("p", x=1.5, y=2.5), Box("b", "a", 1, 2, 30, 20))
        desk.session.push(Edit.of(point("q", x=3.5, y=4.5, positive=False)))
        desk.answerer.wait()
        asked = desk.segmenter.asked[-1]
        assert (asked.points.dtype, asked.labels.dtype) == (np.float32, np.int64)
        np.testing.assert_array_equal(asked.points, [[1.5, 2.5], [3.5, 4.5]])
        np.testing.assert_array_equal(asked.labels, [1, 0])
        np.testing.assert_array_equal(asked.box, [1, 2, 30, 20])

    def test_a_box_alone(self):
        desk = Desk()
        desk.open("a", Box("b", "a", 1, 2, 30, 20))
        desk.answerer.wait()
        assert desk.segmenter.asked[0].points.shape == (0, 2)
        assert desk.answer().candidates[0].area == 29 * 18

    def test_a_prompt_before_the_model_is_ready_is_kept(self):
        desk = Desk()
        desk.open("a", point("p"))
        assert desk.says() == ["loading"]
        assert desk.answer() is None
        desk.executor.help()
        assert desk.answer().of == ("p",)
        assert desk.says() == ["loading", "encoding", "ready"]

    def test_only_the_last_of_quick_changes_is_asked(self):
        desk = Desk()
        desk.answerer.wait()
        desk.open("a", point("p"))
        for name in "qrs":
            desk.session.push(Edit.of(point(name)))
        desk.answerer.wait()
        assert len(desk.segmenter.asked) == 1
        assert desk.answer().of == ("p", "q", "r", "s")

    def test_the_newest_object_first(self):
        desk = Desk()
        for name in "abc":
            desk.open(name, point("p" + name, name))
            desk.session.push(Edit.of(Object(name, "i", locked=True)))
        assert unanswered(desk.session.document, "i") == ["c", "b", "a"]
        order = []
        desk.session.subscribe(
            lambda patch: order.extend(r.object for r in patch.edit.put.values())
        )
        desk.answerer.wait()
        assert order == ["c", "b", "a"]

    def test_no_prompts_no_question(self):
        desk = Desk()
        desk.open("a", point("p"))
        desk.session.push(Edit(drop=("p",)))
        desk.answerer.wait()
        assert desk.segmenter.asked == []

    def test_undo_needs_no_model(self):
        desk = Desk()
        desk.open("a", point("p"))
        desk.answerer.wait()
        first = desk.answer()
        desk.session.push(Edit.of(point("q")))
        desk.answerer.wait()
        desk.session.undo()
        assert desk.answer().candidates == first.candidates
        desk.answerer.wait()
        assert len(desk.segmenter.asked) == 2

    def test_one_encoding_for_equal_pictures(self):
        cache, segmenter = EmbeddingCache(10_000), FakeSegmenter()
        for _ in range(3):
            pixels = np.full((HEIGHT, WIDTH, 3), 7, np.uint8)
            Desk(segmenter=segmenter, cache=cache, pixels=pixels).answerer.wait()
        assert segmenter.embedded == 1
        Desk(segmenter=segmenter, cache=cache).answerer.wait()
        assert segmenter.embedded == 2

    def test_a_known_picture_is_not_said_to_be_encoded(self):
        cache = EmbeddingCache(10_000)
        Desk(cache=cache).answerer.wait()
        desk = Desk(cache=cache)
        desk.answerer.wait()
        assert desk.says() == ["loading", "ready"]


class TestFeedingBack:
    def test_the_last_answers_logits_go_in_with_what_extends_it(self):
        desk = Desk()
        desk.open("a", point("p"))
        desk.answerer.wait()
        assert desk.segmenter.asked[0].logits is None
        desk.session.push(Edit.of(point("q")))
        desk.answerer.wait()
        assert desk.segmenter.asked[1].logits[0, 0] == 11  # first answer, best = 1

    def test_the_chosen_candidate_counts(self):
        desk = Desk()
        desk.open("a", point("p"))
        desk.answerer.wait()
        desk.session.push(Edit.of(Object("a", "i", choice=2)))
        desk.session.push(Edit.of(Object("a", "i"), point("q")))
        desk.answerer.wait()
        assert desk.segmenter.asked[1].logits[0, 0] == 12

    def test_after_an_undo_the_part_that_is_left_counts(self):
        desk = Desk()
        desk.open("a", point("p"))
        for name in "qr":
            desk.session.push(Edit.of(point(name)))
            desk.answerer.wait()
        desk.session.undo()
        desk.session.undo()
        desk.answerer.wait()
        desk.session.push(Edit.of(point("s")))
        desk.answerer.wait()
        asked = len(desk.segmenter.asked)
        assert desk.segmenter.asked[-1].logits[0, 0] == (asked - 1) * 10 + 1

    def test_another_object_starts_afresh(self):
        desk = Desk()
        desk.open("a", point("p"))
        desk.answerer.wait()
        desk.session.push(Edit.of(Object("a", "i", locked=True)))
        desk.open("b", point("q", "b"))
        desk.answerer.wait()
        assert desk.segmenter.asked[-1].logits is None

    def test_not_where_the_model_takes_no_mask(self):
        desk = Desk()
        desk.segmenter.kinds = ("point", "box")
        desk.open("a", point("p"))
        desk.answerer.wait()
        desk.session.push(Edit.of(point("q")))
        desk.answerer.wait()
        assert desk.segmenter.asked[-1].logits is None

    def test_the_memory_is_bounded(self):
        frame, zeros = Frame(4, 4, 4), np.zeros(3, np.float32)

        def said(grid):
            return Prediction(grid, zeros, zeros, ("other",) * 3, 0, frame)

        logits = Logits(limit_bytes=3 * 3 * 4 * 4 * 4)
        for i in range(10):
            logits.put((f"p{i}",), said(np.zeros((3, 4, 4), np.float32)))
        assert logits.below(("p0", "x")) is None
        assert logits.below(("p9", "x")) is not None
        assert logits.below(("p9",)) is None


class TestLoading:
    def test_a_download_is_told_with_its_share(self):
        def load(fetched):
            for share in (0.0, 0.25, 1.0):
                fetched(share)
            return FakeSegmenter()

        desk = Desk(load=load)
        desk.answerer.wait()
        told = [(status.text, status.progress) for status in desk.told if status.what == "loading"]
        assert told == [
            ("Loading the model fake...", None),
            ("Downloading the model fake...", 0.0),
            ("Downloading the model fake...", 0.25),
            ("Loading the model fake...", None),
        ]


class TestErrors:
    def test_a_broken_model_is_said_and_the_next_click_tries_again(self):
        tries, good = [], FakeSegmenter()

        def load(_):
            tries.append(1)
            if len(tries) == 1:
                raise CheckpointError("mini.safetensors is broken.")
            return good

        desk = Desk(load=load)
        with pytest.raises(CheckpointError, match=r"^mini.safetensors is broken\.$"):
            desk.answerer.wait()
        assert (desk.told[-1].what, desk.told[-1].text) == ("error", "mini.safetensors is broken.")
        desk.open("a", point("p"))
        desk.answerer.wait()
        assert desk.answer().of == ("p",)
        assert desk.told[-1].what == "ready"

    def test_an_error_while_predicting_loses_nothing(self):
        desk = Desk()
        desk.segmenter.fail = RuntimeError("out of memory:\n tried to allocate 1 GB")
        desk.open("a", point("p"))
        with pytest.raises(AnswerError, match="out of memory: tried") as caught:
            desk.answerer.wait()
        assert "\n" not in str(caught.value)
        assert desk.session.document.prompts_of("a")
        desk.segmenter.fail = None
        desk.session.push(Edit.of(point("q")))
        desk.answerer.wait()
        assert desk.answer().of == ("p", "q")

    def test_trying_again_is_for_what_failed(self):
        desk = Desk()
        desk.segmenter.fail = RuntimeError("once")
        desk.open("a", point("p"))
        with pytest.raises(AnswerError, match="once"):
            desk.answerer.wait()
        desk.answerer.retry()
        with pytest.raises(AnswerError, match="once"):  # it does fail again
            desk.answerer.wait()
        desk.segmenter.fail = None
        desk.answerer.retry()
        desk.answerer.wait()
        assert desk.answer().of == ("p",)
        told = desk.says()
        desk.answerer.retry()
        desk.executor.help()
        assert desk.says() == told

    def test_nan_is_an_error_and_no_answer(self):
        class Broken(FakeSegmenter):
            def predict(self, embedding, prompts):
                prediction = super().predict(embedding, prompts)
                prediction.scores[0] = np.nan
                return prediction

        desk = Desk(segmenter=Broken())
        desk.open("a", point("p"))
        with pytest.raises(AnswerError, match="weights are broken"):
            desk.answerer.wait()
        assert desk.answer() is None

    def test_an_older_error_is_not_raised_for_a_new_question(self):
        desk = Desk()
        desk.segmenter.fail = RuntimeError("once")
        desk.open("a", point("p"))
        desk.executor.help()
        desk.segmenter.fail = None
        desk.session.push(Edit.of(point("q")))
        desk.answerer.wait()
        assert desk.answer().of == ("p", "q")


class TestThreads:
    def test_the_model_runs_on_its_own_thread_only(self):
        desk = Desk(executor=Worker("fake"))
        desk.open("a", point("p"))
        desk.answerer.wait(20)
        assert desk.segmenter.threads == {"sam_widget fake"}

    def test_an_answer_that_came_too_late_is_dropped(self):
        desk = Desk(executor=Worker("fake"))
        desk.answerer.wait(20)
        desk.segmenter.gate.clear()
        desk.open("a", point("p"))
        assert desk.segmenter.at_gate.acquire(timeout=20)
        desk.session.undo()
        desk.open("b", point("q", "b"))
        desk.segmenter.gate.set()
        desk.answerer.wait(20)
        assert "a" not in desk.session.document
        assert desk.answer("b").of == ("q",)

    def test_an_undo_drops_the_answer_on_its_way(self):
        """Who waits for it is free at once, not when the model is done; nothing of it stays."""
        desk = Desk(executor=Worker("fake"))
        desk.open("a", point("p"))
        desk.answerer.wait(20)
        first, kept = desk.answer(), desk.session.blobs.names()
        desk.segmenter.gate.clear()
        desk.session.push(Edit.of(point("q", x=30.0)))
        assert desk.segmenter.at_gate.acquire(timeout=20)
        assert desk.segmenter.at_gate.acquire(timeout=20)
        freed, waits = threading.Event(), threading.Event()

        def settled(object_id):
            waits.set()
            return Answerer._settled(desk.answerer, object_id)

        desk.answerer._settled = settled
        waiter = threading.Thread(
            target=lambda: (desk.answerer.wait(20, "a"), freed.set()), daemon=True
        )
        waiter.start()
        assert waits.wait(20)
        desk.session.undo()
        assert freed.wait(20)
        assert desk.answer().candidates == first.candidates
        desk.segmenter.gate.set()
        desk.answerer.wait(20)
        assert desk.answer().candidates == first.candidates
        assert desk.told[-1].what == "ready"
        desk.session.push(Edit.of(point("r", x=31.0)))
        desk.answerer.wait(20)
        assert (
            desk.segmenter.asked[-1].logits[0, 0] == 11
        )  # of what was seen, not of what came late
        desk.session.blobs.keep(blob for each in (desk.answer(), first) for blob in each.blobs())
        masks = {blob for each in (desk.answer(), first) for blob in each.blobs()}
        assert desk.session.blobs.names() == kept | masks

    def test_a_failure_that_comes_after_the_undo_is_nobodys(self):
        desk = Desk(executor=Worker("fake"))
        desk.answerer.wait(20)
        desk.segmenter.gate.clear()
        desk.open("a", point("p"))
        assert desk.segmenter.at_gate.acquire(timeout=20)
        desk.segmenter.fail = RuntimeError("late")
        desk.session.undo()
        desk.segmenter.gate.set()
        desk.answerer.wait(20)
        assert desk.told[-1].what == "ready"

    def test_waiting_ends_in_time_or_not_at_all_on_the_worker(self):
        desk = Desk(executor=Worker("fake"))
        desk.answerer.wait(20)
        desk.segmenter.gate.clear()
        desk.open("a", point("p"))
        with pytest.raises(TimeoutError, match=r"longer than 0\.05 s"):
            desk.answerer.wait(0.05)
        waited = threading.Event()
        desk.session.subscribe(lambda patch: None, lambda: (desk.answerer.wait(), waited.set()))
        desk.segmenter.gate.set()
        assert waited.wait(20)

    def test_closing_ends_the_waiting(self):
        desk = Desk(executor=Worker("fake"))
        desk.answerer.wait(20)
        desk.segmenter.gate.clear()
        desk.open("a", point("p"))
        thread = threading.Thread(target=desk.answerer.wait)
        thread.start()
        assert desk.segmenter.at_gate.acquire(timeout=20)
        desk.answerer.close()
        thread.join(20)
        assert not thread.is_alive()
        desk.segmenter.gate.set()

    def test_two_widgets_of_one_model_share_its_thread(self):
        assert worker_for("x") is worker_for("x")
        assert worker_for("x") is not worker_for("y")


class TestLettingGo:
    def test_closed_does_nothing_more(self):
        desk = Desk()
        desk.open("a", point("p"))
        desk.answerer.close()
        desk.executor.help()
        assert desk.segmenter.embedded == 0
        assert desk.says() == ["loading"]

    @pytest.mark.parametrize("executor", [Inline, lambda: Worker("fake")])
    def test_lost_is_freed_though_the_worker_lives(self, executor):
        executor = executor()
        desk = Desk(executor=executor)
        desk.open("a", point("p"))
        desk.answerer.wait(20)
        held = weakref.ref(desk.answerer), weakref.ref(desk.session)
        del desk
        gc.collect()
        done = threading.Event()
        executor.submit(done.set)
        executor.help()
        assert done.wait(20)
        gc.collect()
        assert [each() for each in held] == [None, None]
