"""Link: every message answered, each step once and in order, the outbox in version order."""

import json
import logging
import threading

import numpy as np
import pytest

from sam_widget.document.blobs import name_of
from sam_widget.document.edits import Document, Edit
from sam_widget.document.records import Answer, Candidate, Image, MaskPrompt, Object, Point
from sam_widget.document.session import Session
from sam_widget.masks import Mask
from sam_widget.segment.answers.status import Status
from sam_widget.widget import link as link_module
from sam_widget.widget.link import NOT_YET, Link
from sam_widget.widget.protocol import (
    PROTOCOL,
    Hello,
    Need,
    Push,
    Redo,
    Retry,
    Undo,
    message_to_json,
    read_kernel_message,
)
from sam_widget.widget.standing import Assumed

CAT = Object("cat", "photo")
READY = Status("ready", 1.0, "mini is ready.", "mini")


def click(number):
    return Edit.of(Point(f"p{number}", "cat", number, number))


class Wire:
    """A session with one object open, its link, and what was sent."""

    def __init__(self):
        self.session = Session()
        source = self.session.blobs.put(b"the picture")
        self.session.open(Image("photo", source, 64, 48))
        self.session.push(Edit.of(CAT))
        self.sent = []
        self.link = Link(self.session, self.send)

    def send(self, content, buffers):
        json.dumps(content, allow_nan=False)
        self.sent.append((read_kernel_message(content, buffers), buffers))

    def say(self, *messages):
        for message in messages:
            self.link.receive(message_to_json(message))

    def take(self):
        sent, self.sent = [message for message, _ in self.sent], []
        return sent

    def answer(self, name="a1"):
        blobs = [self.session.blobs.put(f"{name} {i}".encode()) for i in range(3)]
        candidates = tuple(Candidate("other", blob, 0.9, 0.9, 5) for blob in blobs)
        asked = tuple(prompt.id for prompt in self.session.document.prompts_of("cat"))
        self.session.commit(Edit.of(Answer(name, "cat", asked, candidates, 0, 0.1)))
        return tuple(blobs)


@pytest.fixture
def wire():
    return Wire()


def hello(client="page", call=1, seq=0, protocol=PROTOCOL):
    return Hello(client, call, seq, -1, protocol)


def test_hello_is_answered_by_everything(wire):
    blobs = wire.session.push(click(1)) and wire.answer()
    wire.take()
    wire.say(hello(call=5))
    ((snapshot, buffers),) = wire.sent
    assert (snapshot.to, snapshot.call, snapshot.seq) == ("page", 5, 0)
    assert Document(snapshot.document) == wire.session.document
    assert list(snapshot.document) == list(wire.session.document)
    assert snapshot.version == wire.session.version
    assert (snapshot.can_undo, snapshot.can_redo) == (True, False)
    assert snapshot.status == NOT_YET
    assert snapshot.blobs == (wire.session.document["photo"].source, *blobs)
    assert buffers == [wire.session.blobs.get(name) for name in snapshot.blobs]


def test_a_push_is_answered_by_its_patch(wire):
    wire.say(Push("page", 1, click(1)))
    (patch,) = wire.take()
    assert (patch.by.client, patch.by.seq) == ("page", 1)
    assert patch.version == wire.session.version
    assert patch.edit == click(1)


def test_undo_and_redo(wire):
    wire.say(Push("page", 1, click(1)), Undo("page", 2), Redo("page", 3), Redo("page", 4))
    *patches, reject = wire.take()
    assert [(patch.by.seq, patch.can_undo, patch.can_redo) for patch in patches] == [
        (1, True, False),
        (2, True, True),
        (3, True, False),
    ]
    assert (reject.to, reject.seq, reject.why) == ("page", 4, "There is nothing to redo.")
    wire.say(Undo("page", 5), Undo("page", 6), Undo("page", 7))
    assert wire.take()[-1].why == "There is nothing to undo."


def test_a_doubled_step_is_taken_once(wire):
    wire.say(Push("page", 1, click(1)), Undo("page", 2), Undo("page", 2), Push("page", 1, click(1)))
    assert [patch.by.seq for patch in wire.take()] == [1, 2]


def test_steps_out_of_order_wait_for_their_turn(wire):
    wire.say(Push("page", 3, click(3)), Push("page", 2, click(2)), Push("other", 1, click(9)))
    assert [patch.by.client for patch in wire.take()] == ["other"]
    wire.say(Push("page", 1, click(1)))
    assert [patch.by.seq for patch in wire.take()] == [1, 2, 3]
    assert list(wire.session.document)[-3:] == ["p1", "p2", "p3"]


def test_bytes_wait_with_their_step_and_are_let_go_with_it(wire):
    data = Mask.from_array(np.ones((48, 64), bool)).to_bytes()
    mask = MaskPrompt("m", "cat", name_of(data), None, 64, 48, len(data))
    push = message_to_json(Push("page", 2, Edit.of(mask), -1, (name_of(data),)))
    wire.link.receive(push, [memoryview(data)])
    assert name_of(data) not in wire.session.blobs  # nothing is kept of what may never come in turn
    assert wire.take() == []
    wire.say(Push("page", 1, click(1)))
    wire.link.receive(push, [data])
    assert [(patch.by.seq, patch.blobs) for patch in wire.take()] == [
        (1, ()),
        (2, (name_of(data),)),
    ]
    assert wire.session.blobs.get(name_of(data)) == data
    wire.link.receive(message_to_json(Push("page", 3, Edit(), -1, ("x",))), [b"y"])
    assert wire.take()[0].why.startswith("The bytes of a blob are not those that its name says")


def test_a_lost_step_is_sent_again_after_hello(wire):
    wire.say(Push("page", 2, click(2)), hello(call=2, seq=0))
    (snapshot,) = wire.take()
    assert snapshot.seq == 0
    wire.say(Push("page", 1, click(1)), Push("page", 2, click(2)))
    assert [patch.by.seq for patch in wire.take()] == [1, 2]
    wire.say(hello(call=3, seq=1))
    assert wire.take()[0].seq == 2


def test_a_fresh_kernel_learns_from_hello_where_the_page_stands(wire):
    wire.say(Push("page", 18, click(2)), hello(seq=16))
    assert wire.take()[0].seq == 16
    wire.say(Push("page", 17, click(1)))
    assert [patch.by.seq for patch in wire.take()] == [17, 18]


def test_hello_lets_waiting_steps_go_ahead_of_its_answer(wire):
    wire.say(Push("page", 3, click(3)), hello(call=2, seq=2))
    patch, snapshot = wire.take()
    assert patch.by.seq == 3
    assert snapshot.seq == 3
    assert snapshot.version == patch.version


def test_a_refused_step_is_settled(wire):
    outside = Edit.of(Point("p1", "cat", 100, 1))
    wire.say(Push("page", 1, outside), Push("page", 2, click(2)))
    reject, patch = wire.take()
    assert (reject.to, reject.seq) == ("page", 1)
    assert reject.why == "The point at x 100, y 1 lies outside the image of 64 x 48 px."
    assert patch.by.seq == 2


@pytest.mark.parametrize(
    ("content", "to", "seq", "why"),
    [
        (None, None, None, "The message must be an object with named fields, not null."),
        (
            {"type": "pusch", "client": "page", "seq": 1},
            "page",
            None,
            "The message has the unknown",
        ),
        ({"type": "push", "client": "page", "seq": 1}, "page", 1, "push lacks the field edit."),
        (
            {"type": "push", "client": "page", "seq": "1"},
            "page",
            None,
            "push lacks the field edit.",
        ),
        ({"type": "push", "client": "page", "seq": True}, "page", None, "push lacks the field"),
        ({"type": "undo", "client": ["x"], "seq": 1}, None, None, "undo.client must be a string"),
        ({"type": "hello", "client": "page"}, "page", None, "hello lacks the field call."),
        (message_to_json(hello(protocol=9)), "page", None, "The page speaks protocol 9, the"),
    ],
)
def test_what_cannot_be_read_is_answered_in_words(wire, content, to, seq, why):
    wire.link.receive(content)
    (reject,) = wire.take()
    assert (reject.to, reject.seq) == (to, seq)
    assert reject.why.startswith(why)


def test_an_unreadable_step_is_settled_in_its_turn(wire):
    wire.link.receive({"type": "push", "client": "page", "seq": 2, "edit": "?"})
    assert wire.take() == []
    wire.say(Push("page", 1, click(1)), Push("page", 3, click(3)))
    first, second, third = wire.take()
    assert (first.by.seq, second.seq, third.by.seq) == (1, 2, 3)


def test_a_step_that_fails_unforeseen_is_refused_and_logged(wire, monkeypatch, caplog):
    monkeypatch.setattr(wire.session, "act", lambda *_: 1 / 0)
    wire.say(Push("page", 1, click(1)))
    (reject,) = wire.take()
    assert reject.seq == 1
    assert reject.why == "Something went wrong in the kernel; its log says what."
    assert "ZeroDivisionError" in caplog.text
    monkeypatch.setattr(wire.session, "between", lambda *_: 1 / 0)
    wire.say(hello())
    assert wire.take()[0].seq is None


def test_a_blob_rides_with_every_patch_that_puts_what_mentions_it(wire):
    wire.session.push(click(1))
    wire.take()
    blobs = wire.answer()
    ((patch, buffers),) = wire.sent
    assert patch.blobs == blobs
    assert buffers == [f"a1 {i}".encode() for i in range(3)]
    wire.session.push(click(2))
    other = wire.answer("a2")
    wire.take()
    wire.session.push(Edit.of(CAT))  # nothing of the answer is put
    wire.session.undo()
    wire.session.redo()
    assert [patch.blobs for patch in wire.take()] == [(), blobs, other]


def test_a_page_gets_the_blobs_that_it_needs_and_that_are_there(wire):
    wire.session.push(click(1))
    blobs = wire.answer()
    wire.take()
    wire.say(Need("page", (blobs[1], "nothing", blobs[0])))
    ((message, buffers),) = wire.sent
    assert (message.to, message.blobs) == ("page", (blobs[1], blobs[0]))
    assert buffers == [b"a1 1", b"a1 0"]


def test_a_page_may_ask_that_the_model_try_again(wire):
    tries = []
    link = Link(wire.session, wire.send, tries.append)
    link.receive(message_to_json(Retry("page")))
    assert tries == [Retry("page")]
    wire.say(Retry("page"))  # a link that nobody has told how
    assert wire.take() == []
    link.close()
    link.receive(message_to_json(Retry("page")))
    assert tries == [Retry("page")]


def test_what_is_said_on_a_side_road_keeps_its_place_in_the_order(wire):
    wire.link.say(READY)
    wire.say(Push("page", 1, click(1)))
    wire.link.say(READY)
    assert [type(message).__name__ for message in wire.take()] == ["Status", "Patch", "Status"]
    wire.link.close()
    wire.link.say(READY)
    assert wire.take() == []


def test_status_goes_to_all_and_into_later_snapshots(wire):
    wire.link.tell(READY)
    assert wire.take() == [READY]
    wire.say(hello())
    assert wire.take()[0].status == READY


def test_two_links_of_one_session_hear_the_same(wire):
    heard = []
    Link(wire.session, lambda content, _: heard.append(content["version"]))
    wire.say(Push("page", 1, click(1)))
    wire.session.undo()
    assert heard == [patch.version for patch in wire.take()] == [3, 4]


def test_a_closed_link_is_silent(wire):
    wire.link.close()
    wire.say(hello(), Push("page", 1, click(1)))
    wire.session.push(click(2))
    wire.link.tell(READY)
    assert wire.take() == []
    assert "p1" not in wire.session.document
    wire.link.close()


def test_a_wire_that_breaks_harms_nobody(wire, caplog):
    def broken(_content, _buffers):
        raise OSError("the comm is closed")

    Link(wire.session, broken)
    with caplog.at_level(logging.ERROR):
        wire.say(Push("page", 1, click(1)))
    assert len(wire.take()) == 1
    assert "the comm is closed" in caplog.text


def test_a_wire_that_answers_at_once_does_not_wait_for_itself(wire):
    """As in tests, where page and kernel share a thread."""
    said = []

    def loop(content, _buffers):
        said.append(content["type"])
        if content["type"] == "snapshot":
            link.receive(message_to_json(Push("loop", 1, click(1))))
        elif content["version"] < 5:
            link.receive(message_to_json(Undo("loop", 2)))

    link = Link(wire.session, loop)
    link.receive(message_to_json(hello("loop")))
    assert said[:3] == ["snapshot", "patch", "patch"]


def test_memory_of_pages_and_of_waiting_steps_is_bounded(wire, monkeypatch):
    monkeypatch.setattr(link_module, "MOST_CLIENTS", 2)
    monkeypatch.setattr(link_module, "MOST_HELD", 3)
    for seq in range(9, 1, -1):
        wire.say(Push("page", seq, click(seq)))
    wire.say(Push("page", 1, click(1)))
    assert [patch.by.seq for patch in wire.take()] == [1, 2, 3]
    for client in ("b", "c"):
        wire.say(hello(client))
    wire.take()
    wire.say(hello("page", 2, 3))
    assert wire.take()[0].seq == 3
    assert len(wire.link._inboxes) == 2


def test_many_threads_send_in_version_order():
    wire = Wire()
    begin = threading.Barrier(6)

    def speak(client):
        begin.wait()
        for seq in range(1, 41):
            name = f"{client}{seq}"
            message = Undo(client, seq) if seq % 4 == 0 else Push(client, seq, name_it(name))
            wire.say(message)

    def name_it(name):
        return Edit.of(Object("cat", "photo", label=name))

    def decide():
        begin.wait()
        for _ in range(40):
            wire.session.push(name_it("python"))
            wire.link.tell(READY)

    threads = [threading.Thread(target=speak, args=(client,)) for client in "abcd"]
    threads += [threading.Thread(target=decide) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sent = wire.take()
    patches = [message for message in sent if message.tag == "patch"]
    assert [patch.version for patch in patches] == list(range(3, wire.session.version + 1))
    assert sum(message.tag == "status" for message in sent) == 80
    for client in "abcd":
        settled = [patch.by.seq for patch in patches if patch.by and patch.by.client == client]
        rejected = [each.seq for each in sent if each.tag == "reject" and each.to == client]
        assert sorted(settled + rejected) == list(range(1, 41))
        assert settled == sorted(settled)


def test_what_stands_is_said_to_each_page_that_comes():
    wire = Wire()
    old, new = Assumed("photo", ("It was turned.",)), Assumed("photo", ())
    for said in (old, new):
        wire.link.stand(said)
        assert wire.take() == [said]
    for call in (1, 2):
        wire.say(Hello("page", call, 0, -1, PROTOCOL))
        said, snapshot = wire.take()
        assert (snapshot.tag, said) == ("snapshot", new)


class Another(Wire):
    """The same pages, before whom a session of another photo comes."""

    def __init__(self):
        super().__init__()
        self.other = Session()
        source = self.other.blobs.put(b"another picture")
        self.other.open(Image("second", source, 64, 48))
        self.other.push(Edit.of(Object("dog", "second")))

    def turn(self):
        self.link.between(lambda: self.link.show(self.other))


@pytest.fixture
def another():
    return Another()


def test_another_session_is_one_more_change_to_pages(another):
    another.say(hello())
    version = another.session.version
    another.sent.clear()
    another.turn()
    ((patch, buffers),) = another.sent
    assert (patch.version, patch.by, buffers) == (version + 1, None, [b"another picture"])
    assert (set(patch.edit.put), set(patch.edit.drop)) == ({"second", "dog"}, {"photo", "cat"})
    assert (patch.can_undo, patch.can_redo) == (True, False)
    another.sent.clear()
    another.other.undo()
    assert [each.version for each in another.take()] == [version + 2]
    another.session.push(click(7))
    assert another.take() == []  # nobody sees that photo


def test_a_page_that_comes_late_sees_the_session_that_is_shown(another):
    another.turn()
    another.say(hello())
    assert set(another.take()[-1].document) == {"second", "dog"}


@pytest.mark.parametrize("late", [0, 1, 2])
def test_what_was_meant_for_the_photo_before_is_refused(another, late):
    another.say(hello())
    base = another.session.version
    for number in range(late):
        another.session.push(click(number + 20))
    another.turn()
    another.sent.clear()
    another.say(Push("page", 1, click(1), base))
    (reject,) = another.take()
    assert "meant for the one before" in reject.why
    assert set(another.other.document) == {"second", "dog"}
    assert set(another.session.document) >= {"photo", "cat"}
    another.say(Push("page", 2, Edit.of(Point("p9", "dog", 3, 3)), another.other.version))
    assert another.take()[0].by.seq == 2


def test_what_is_done_between_pages_messages_may_be_done_within_one(another):
    heard = []
    link = another.link
    link.between(lambda: link.between(lambda: heard.append("inner")))
    assert heard == ["inner"]
    with pytest.raises(ZeroDivisionError):
        link.between(lambda: 1 / 0)
    another.say(hello())
    assert another.take()  # it goes on
