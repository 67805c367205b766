"""Peeks: what an edit would give; newest wins, clicks first, and nothing of it is kept."""

import threading

import numpy as np
import pytest

from sam_widget.document.edits import Edit
from sam_widget.document.records import Box, MaskPrompt, Object, Window, new_id
from sam_widget.document.rules import MOST_PROMPTS
from sam_widget.segment.answers.peeks import Peek
from sam_widget.segment.answers.worker import Worker, WorkerError
from tests.segment.answers.test_answerer import HEIGHT, WIDTH, Desk, point


class Table(Desk):
    """A desk whose model is ready, and a hand that moves over it."""

    def __init__(self, **given):
        super().__init__(**given)
        self.answerer.wait(20)
        self.seen = {}

    def peek(self, name, *records, drop=(), version=None):
        """Ask; what is told comes to lie under the name."""
        version = self.session.version if version is None else version
        self.answerer.peek(Peek(Edit.of(*records, drop=drop), version, self.heard(name)))

    def heard(self, name):
        def tell(glimpse):
            assert name not in self.seen, "told twice"
            self.seen[name] = glimpse

        return tell

    def hover(self, name, x, y, *, thing="a", positive=True):
        """As the page does: the click that would be made, with an object where none is open."""
        opened = self.session.document.open_object()
        more = () if opened else (Object(thing, "i"),)
        self.peek(name, *more, point(new_id(), opened.id if opened else thing, x, y, positive))


@pytest.fixture
def table():
    return Table()


def test_it_is_the_mask_that_the_click_gives_and_changes_nothing(table):
    before = table.session.state, len(table.session.blobs)
    table.hover("h", 12, 9)
    table.executor.help()
    glimpse = table.seen["h"]
    assert (table.session.state, len(table.session.blobs)) == before
    table.open("a", point("p", x=12, y=9))
    table.answerer.wait()
    best = table.answer().candidates[table.answer().best]
    assert table.session.blobs.get(best.blob) == glimpse.mask.to_bytes()
    assert (best.score, best.area) == (glimpse.score, glimpse.mask.area)


def test_a_click_at_the_same_place_is_not_asked_again(table):
    table.hover("h", 12, 9)
    table.executor.help()
    table.open("a", point("p", x=12, y=9))
    table.answerer.wait()
    assert len(table.segmenter.asked) == 1
    table.hover("off", 30, 20, positive=False)
    table.executor.help()
    assert table.segmenter.asked[-1].logits is not None  # fed back, as the click's are
    table.session.push(Edit.of(point("q", x=30, y=20, positive=False)))
    table.answerer.wait()
    assert len(table.segmenter.asked) == 2
    assert table.answer().of == ("p", "q")


@pytest.mark.parametrize("change", ["place", "sign", "choice"])
def test_a_click_that_is_another_one_is_asked(table, change):
    table.open("a", point("p"))
    table.answerer.wait()
    table.hover("h", 12, 9)
    table.executor.help()
    if change == "choice":
        table.session.push(Edit.of(Object("a", "i", choice=2)))
    x, positive = 12 + (change == "place"), change != "sign"
    table.session.push(Edit.of(point("q", x=x, y=9, positive=positive)))
    table.answerer.wait()
    assert len(table.segmenter.asked) == 3


def test_a_prompt_left_out_and_one_that_is_moved(table):
    table.open("a", point("p", x=8, y=8), point("q", x=30, y=20))
    table.answerer.wait()
    table.peek("without", drop=("q",))
    table.executor.help()
    table.peek("moved", point("r", x=20, y=15), drop=("q",))
    table.executor.help()
    assert not table.seen["without"].mask.to_array()[20, 30]
    assert table.seen["moved"].mask.to_array()[15, 20]
    np.testing.assert_array_equal(table.segmenter.asked[-1].points, [[8, 8], [20, 15]])


def test_the_newest_of_those_that_wait_is_asked_and_every_one_is_told(table):
    for i in range(5):
        table.hover(f"h{i}", 3 + i, 9)
    assert table.seen == dict.fromkeys(["h0", "h1", "h2", "h3"])
    table.executor.help()
    assert table.seen["h4"].mask.to_array()[9, 7]
    assert len(table.segmenter.asked) == 1


def test_a_click_goes_before_a_peek_that_waits_and_makes_it_moot():
    table = Table(executor=Worker("fake"))
    table.segmenter.gate.clear()
    table.open("a", point("p"))
    assert table.segmenter.at_gate.acquire(timeout=20)  # the model is at it
    told = threading.Event()
    version = table.session.version
    edit = Edit.of(point("h", x=1, y=1))
    table.answerer.peek(Peek(edit, version, lambda seen: (table.heard("h")(seen), told.set())))
    table.session.push(Edit.of(point("q", x=2, y=2)))
    table.segmenter.gate.set()
    table.answerer.wait(20)
    assert table.answer().of == ("p", "q")
    assert told.wait(20)
    assert table.seen["h"] is None
    assert [len(asked.points) for asked in table.segmenter.asked] == [1, 2]


LATE = [
    ("another version", {"version": -1}, [point("h")]),
    ("outside", {}, [point("h", x=1000)]),
    ("no such object", {}, [point("h", thing="none")]),
    ("a box without area", {}, [Box("h", "a", 5, 5, 5, 9)]),
    ("bytes that are not there", {}, [MaskPrompt("h", "a", "x", None, WIDTH, HEIGHT, 4)]),
    ("too many", {}, [point(f"h{i}") for i in range(MOST_PROMPTS)]),
    ("a flood", {}, [Object(f"o{i}", "i", locked=True) for i in range(3000)]),
    ("two open objects", {}, [Object("b", "i")]),
    ("a prompt altered", {}, [point("p", x=30)]),
    ("nothing left", {"drop": ("p",)}, []),
]


@pytest.mark.parametrize(
    ("given", "records"), [each[1:] for each in LATE], ids=[n for n, *_ in LATE]
)
def test_what_cannot_be_is_told_as_nothing_and_makes_no_noise(table, caplog, given, records):
    table.open("a", point("p"))
    table.answerer.wait()
    before = table.session.state
    table.peek("h", *records, **given)
    table.executor.help()
    assert table.seen == {"h": None}
    assert table.session.state is before
    assert len(table.segmenter.asked) == 1
    assert not caplog.records
    assert table.says()[-1] == "ready"


@pytest.mark.parametrize(
    "error", [RuntimeError("out of memory"), KeyboardInterrupt(), SystemExit()]
)
def test_a_model_that_fails_says_so_to_who_clicks(error, caplog):
    worker = Worker("fake")
    table = Table(executor=worker)
    table.segmenter.fail = error
    table.hover("h", 12, 9)
    done = threading.Event()
    worker.submit(done.set)
    assert done.wait(20)
    table.answerer.wait(20)
    table.segmenter.fail = None
    table.open("a", point("p"))
    table.answerer.wait(20)
    assert table.seen == {"h": None}
    assert table.says()[-1] == "ready"
    assert not caplog.records


def test_nan_shows_nothing(table):
    answer = table.segmenter.predict

    def broken(*given):
        prediction = answer(*given)
        prediction.scores[0] = np.nan
        return prediction

    table.segmenter.predict = broken
    table.hover("h", 12, 9)
    table.executor.help()
    assert table.seen == {"h": None}


def test_before_the_model_has_seen_the_picture_nothing_is_asked_of_it():
    desk = Desk()
    told = []
    desk.answerer.peek(Peek(Edit.of(Object("a", "i"), point("h")), 0, told.append))
    desk.executor._waiting._lanes[0].clear()  # the encoder's turn has not come
    desk.executor.help()
    assert told == [None]
    assert desk.segmenter.embedded == 0


def test_a_window_is_not_looked_into_for_a_hand_that_moves(table):
    window = Window("w", "a", 2.0, 2.0, 30.0, 20.0)
    table.open("a", point("p"))
    table.answerer.wait()
    table.peek("before", window)
    table.executor.help()
    assert table.seen == {"before": None}
    assert table.segmenter.embedded == 1
    table.session.push(Edit.of(window))
    table.answerer.wait()
    assert table.segmenter.embedded == 2
    table.hover("after", 12, 9)
    table.executor.help()
    assert table.seen["after"] is not None
    assert table.segmenter.embedded == 2


def test_nobody_to_do_it(monkeypatch, table):
    def refuse(work, lane):
        raise WorkerError("no more threads")

    monkeypatch.setattr(table.executor, "submit", refuse)
    table.hover("h", 12, 9)
    assert table.seen == {"h": None}
    monkeypatch.undo()
    table.hover("i", 12, 9)
    table.executor.help()
    assert table.seen["i"] is not None


def test_closed_tells_those_who_wait_and_those_who_come(table):
    table.hover("h", 12, 9)
    table.answerer.close()
    assert table.seen == {"h": None}
    table.hover("i", 12, 9)
    table.executor.help()
    assert table.seen == {"h": None, "i": None}
    assert table.segmenter.asked == []
