"""Whatever ends a piece of work becomes words, and the worker does the next; no thread: a word."""

import asyncio
import ctypes
import logging
import threading

import pytest

from sam_widget import lifetime
from sam_widget.document.edits import Edit
from sam_widget.segment.answers.answerer import AnswerError
from sam_widget.segment.answers.worker import Inline, Lane, Worker, WorkerError
from sam_widget.segment.embeddings.behind import WriteBehind
from sam_widget.widget import SamWidget
from tests.segment.answers.test_answerer import Desk, point
from tests.segment.fake import FakeSegmenter
from tests.segment.places import Lump, key
from tests.widget.page import PHOTO


class GreenletExit(BaseException):
    """As greenlets end."""


ENDS = (
    asyncio.CancelledError(),
    KeyboardInterrupt(),
    SystemExit(3),
    GeneratorExit(),
    GreenletExit("over"),
    MemoryError(),
    RecursionError("too deep"),
    StopIteration(),
    BaseExceptionGroup("both", [KeyboardInterrupt(), ValueError("odd")]),
)
KINDS = [type(error).__name__ for error in ENDS]


@pytest.fixture
def worker():
    return Worker("fake")


@pytest.fixture
def no_threads(monkeypatch):
    """The system gives none, until what is returned is called."""

    def refuse(thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    return monkeypatch.undo


class TestWhatEndsAPieceOfWork:
    @pytest.mark.parametrize("error", ENDS, ids=KINDS)
    def test_in_a_prediction(self, worker, error):
        desk = Desk(worker)
        desk.answerer.wait(20)
        desk.segmenter.fail = error
        desk.open("a", point("p"))
        with pytest.raises(AnswerError, match=f"failed \\({type(error).__name__}\\)"):
            desk.answerer.wait(20)
        assert desk.says()[-1] == "error"
        assert type(error).__name__ in desk.told[-1].text
        desk.segmenter.fail = None
        desk.session.push(Edit.of(point("q")))
        desk.answerer.wait(20)
        assert desk.says()[-1] == "ready"
        assert desk.answer().of == ("p", "q")
        other = Desk(worker)  # a second widget of the model
        other.open("a", point("p"))
        other.answerer.wait(20)
        assert other.answer().of == ("p",)

    @pytest.mark.parametrize("error", ENDS, ids=KINDS)
    def test_in_the_encoder_and_all_who_wait_for_it(self, worker, error):
        segmenter = FakeSegmenter()
        segmenter.fail = error
        desk = Desk(worker, segmenter)
        with pytest.raises(AnswerError, match=type(error).__name__):
            desk.answerer.wait(20)
        segmenter.fail = None
        desk.answerer.retry()
        desk.answerer.wait(20)
        assert desk.says()[-1] == "ready"

    @pytest.mark.parametrize("error", ENDS, ids=KINDS)
    def test_in_loading(self, worker, error):
        broken = [error]

        def load(tell):
            if broken:
                raise broken[0]
            return FakeSegmenter()

        desk = Desk(worker, load=load)
        with pytest.raises(AnswerError, match=type(error).__name__):
            desk.answerer.wait(20)
        broken.clear()
        desk.open("a", point("p"))
        desk.answerer.wait(20)
        assert desk.answer().of == ("p",)

    @pytest.mark.parametrize("error", ENDS, ids=KINDS)
    def test_in_the_widget(self, worker, error):
        class Threaded(SamWidget):
            _executor = staticmethod(lambda name: worker)

        model = FakeSegmenter()
        widget = Threaded(PHOTO, model)
        widget.wait(20)
        model.fail = error
        with pytest.raises(AnswerError, match=type(error).__name__):
            widget.add_point(30, 20)
        model.fail = None
        widget.add_point(31, 21)
        assert widget.mask[20, 30]
        other = Threaded(PHOTO, model)
        other.add_point(30, 20)
        assert other.mask[20, 30]
        widget.close()
        other.close()

    def test_raised_from_outside_into_the_idle_thread(self, worker, caplog):
        desk = Desk(worker)
        desk.open("a", point("p"))
        desk.answerer.wait(20)
        thread = next(each for each in threading.enumerate() if worker._thread is each)
        raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
        with caplog.at_level(logging.CRITICAL):
            assert raise_in(ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit)) == 1
            for name in "qr":
                desk.session.push(Edit.of(point(name)))
                desk.answerer.wait(20)
        assert desk.answer().of == ("p", "q", "r")


class TestLanes:
    @pytest.mark.parametrize("make", [Inline, lambda: Worker("fake")], ids=["inline", "worker"])
    def test_clicks_come_before_peeks_and_these_before_long_work_which_takes_turns(self, make):
        executor, order = make(), []
        begun, go, done = threading.Event(), threading.Event(), threading.Event()

        def first():
            begun.set()
            assert go.wait(20)
            order.append("first")

        executor.submit(first)
        if isinstance(executor, Worker):
            assert begun.wait(20)  # what follows has to wait its turn
        executor.submit(done.set, Lane.AHEAD)  # of that lane, too, the newest comes first
        for i in range(2):
            for lane in reversed(Lane):
                executor.submit(lambda said=f"{lane.name} {i}": order.append(said), lane)
        go.set()
        executor.help()
        assert done.wait(20)
        assert [each for each in order if each != "first"] == [
            *("CLICKS 1", "CLICKS 0", "PEEKS 1", "PEEKS 0", "LONG 0", "LONG 1"),
            *("AHEAD 1", "AHEAD 0"),
        ]

    def test_two_that_come_again_and_again_go_on_together(self):
        executor, order = Inline(), []

        def step(who, number):
            order.append(f"{who}{number}")
            if number < 3:
                executor.submit(lambda: step(who, number + 1), Lane.LONG)

        for who in "ab":
            executor.submit(lambda who=who: step(who, 1), Lane.LONG)
        executor.help()
        assert order == ["a1", "b1", "a2", "b2", "a3", "b3"]

    def test_a_step_of_long_work_lets_a_click_by(self):
        executor, order = Inline(), []

        def step(number):
            order.append(number)
            if number == 1:
                executor.submit(lambda: order.append("click"))
            if number < 3:
                executor.submit(lambda: step(number + 1), Lane.LONG)

        executor.submit(lambda: step(1), Lane.LONG)
        executor.help()
        assert order == [1, "click", 2, 3]


class TestNobodyToDoIt:
    def test_no_thread_is_one_sentence_and_later_it_works(self, worker, no_threads):
        desk = Desk(worker)
        assert desk.says()[-1] == "error"
        assert "no more threads" in desk.told[-1].text
        desk.open("a", point("p"))
        with pytest.raises(WorkerError, match="no more threads"):
            desk.answerer.wait(20)
        no_threads()
        desk.session.push(Edit.of(point("q")))
        desk.answerer.wait(20)
        assert desk.answer().of == ("p", "q")
        assert desk.says()[-1] == "ready"

    def test_no_thread_for_a_widget(self, worker, no_threads):
        class Threaded(SamWidget):
            _executor = staticmethod(lambda name: worker)

        widget = Threaded(PHOTO, FakeSegmenter())
        with pytest.raises(WorkerError, match="no more threads"):
            widget.add_point(30, 20)
        no_threads()
        widget.add_point(31, 21)
        assert widget.mask[20, 30]
        widget.close()

    def test_at_the_interpreters_end(self, worker, monkeypatch):
        desk = Desk(worker)
        desk.answerer.wait(20)
        ended = threading.Event()
        ended.set()
        monkeypatch.setattr(lifetime, "_ending", ended)
        desk.open("a", point("p"))
        with pytest.raises(WorkerError, match="Python is ending"):
            desk.answerer.wait(20)


class TestWriting:
    @pytest.mark.parametrize("error", ENDS, ids=KINDS)
    def test_what_ends_a_write_ends_no_other(self, error, caplog):
        kept, broken = {}, [error]

        class Tier:
            def put(self, name, value):
                if broken:
                    raise broken.pop()
                kept[name] = value
                return []

            def get(self, name):
                return kept.get(name)

        tier = WriteBehind(Tier())
        tier.put(key("a"), Lump(1))
        tier.flush()
        tier.put(key("b"), Lump(1))
        tier.flush()
        assert set(kept) == {key("b")}
        assert "could not be written" in caplog.text
