"""A long session: nothing that is kept grows with what was done; each bound is in bytes."""

import pytest

from sam_widget.document import history, memory, session
from sam_widget.document.edits import Edit, EditError
from sam_widget.document.history import History
from sam_widget.document.records import Answer, Candidate, Image, Object, Point
from sam_widget.document.rules import MOST_PROMPTS, MOST_RECORDS
from sam_widget.document.session import Session
from sam_widget.widget import link as link_module
from sam_widget.widget.link import Link
from sam_widget.widget.protocol import PROTOCOL, Hello, Push, message_to_json


@pytest.fixture
def small(monkeypatch):
    """The bounds made small, so that a session need not be long to reach them."""
    monkeypatch.setattr(session, "LATE", 50)
    monkeypatch.setattr(history, "DEPTH", 50)
    monkeypatch.setattr(memory, "REMEMBERED", 20)


def opened():
    one = Session()
    one.open(Image("photo", one.blobs.put(b"the picture"), 100, 80))
    return one


def answered(one, name, size=1000):
    blobs = [one.blobs.put(f"{name} {i}".encode().ljust(size)) for i in range(3)]
    asked = tuple(each.id for each in one.document.prompts_of("cat"))
    three = tuple(Candidate("other", blob, 0.9, 0.9, 5) for blob in blobs)
    one.commit(Edit.of(Answer(name, "cat", asked, three, 0, 0.1)))


def counters(one, link):
    past = one.state.history.past
    return {
        "blobs": len(one.blobs),
        "bytes": one.blobs.nbytes,
        "prompts": len(one._marks),
        "history": sum(each.weight for each in past),
        "back": sum(each.weight for each in one._back),
        "pages": len(link._inboxes),
        "own": sum(len(each.sight._own) for each in link._inboxes.values()),
        "outbox": len(link._outbox),
    }


def test_thousands_of_edits_leave_no_more_than_hundreds(small):
    one = opened()
    link = Link(one, lambda *_: None)
    one.push(Edit.of(Object("cat", "photo")))

    def work(begin, end):
        for i in range(begin, end):
            client = f"page {i // 100}"  # one goes, another comes
            if i % 100 == 0:
                link.receive(message_to_json(Hello(client, 1, 0, -1, PROTOCOL)))
            old = tuple(each.id for each in one.document.prompts_of("cat"))
            edit = Edit.of(Point(f"p{i}", "cat", i % 100, 5), drop=old)
            push = Push(client, i % 100 + 1, edit, one.version)
            link.receive(message_to_json(push))
            answered(one, f"a{i}")
            if i % 7 == 0:
                one.undo()
        return counters(one, link)

    early, late = work(0, 500), work(500, 2000)
    for name, count in late.items():
        assert count <= 2 * early[name] + 100, name


def test_of_fifty_pictures_in_turn_the_last_is_kept():
    one = Session()
    link = Link(one, lambda *_: None)
    for i in range(50):
        one.open(Image(f"photo {i}", one.blobs.put(b"%d" % i * 100_000), 100, 80))
        one.push(Edit.of(Object("cat", f"photo {i}"), Point(f"p{i}", "cat", i, 5)))
        answered(one, f"a{i}")
    assert one.blobs.names() == {b for each in one.document.values() for b in each.blobs()}
    assert len(one.blobs) == 4
    assert list(one._marks) == ["p49"]
    assert [answer.id for answer in one._memory.answers()] == ["a49"]
    named = {name for edit in one._back for name in edit.put}
    assert named <= {"photo 48", "cat", "p49", "a49"}
    assert not link._outbox


def test_whoever_is_late_learns_that_the_picture_is_another():
    one = opened()
    for i in range(3):
        one.push(Edit.of(Object(f"cat {i}", "photo", locked=True)))
    late = one.version
    one.open(Image("other", one.blobs.put(b"another picture"), 100, 80))
    one.push(Edit.of(Object("dog", "other")))
    assert one.at(late - 1).image().id == one.at(late).image().id == "photo"
    assert one.at(late + 1).image().id == "other"
    assert "dog" not in one.at(late + 1)


def test_a_history_holds_so_many_bytes(monkeypatch):
    monkeypatch.setattr(history, "BYTES", 100_000)
    past = History()
    for i in range(200):
        past = past.record(Edit(drop=(f"{i} {'x' * 5000}",)))
    assert 1 <= sum(each.weight for each in past.past) <= 100_000
    heavy = past.record(Edit(drop=("x" * 200_000,)))
    assert len(heavy.past) == 1  # the last step can always be undone


def test_answers_are_remembered_for_so_many_bytes(monkeypatch):
    monkeypatch.setattr(memory, "REMEMBERED_BYTES", 100_000)
    monkeypatch.setattr(session, "SLACK", -1000)
    one = opened()
    one.push(Edit.of(Object("cat", "photo")))
    for i in range(20):
        one.push(Edit.of(Point(f"p{i}", "cat", i, 5)))
        answered(one, f"a{i}", 10_000)
    assert one.blobs.nbytes < 200_000
    assert one.document.answer_of("cat").id == "a19"


@pytest.mark.slow
def test_steps_ahead_of_their_turn_hold_so_many_bytes():
    one = opened()
    link = Link(one, lambda *_: None)
    big = Edit(drop=tuple(f"{i:064}" for i in range(9000)))
    for page in range(5):
        for seq in range(2, 60):
            link.receive(message_to_json(Push(f"page {page}", seq, big)))
    held = [come for inbox in link._inboxes.values() for come in inbox.held.values()]
    assert held
    assert sum(come.weight for come in held) <= link_module.HELD_BYTES
    link.receive(message_to_json(Push("page 4", 1, Edit())))  # who comes in turn is always heard
    assert link._inboxes["page 4"].settled >= 1


def test_an_object_takes_so_many_prompts_and_says_so():
    one = opened()
    points = [Point(f"p{i}", "cat", i % 100, 5) for i in range(MOST_PROMPTS)]
    one.push(Edit.of(Object("cat", "photo"), *points))
    before = one.document
    with pytest.raises(EditError, match=f"at most {MOST_PROMPTS} prompts; accept it"):
        one.push(Edit.of(Point("one more", "cat", 1, 1)))
    assert one.document is before
    one.push(Edit.of(Point("instead", "cat", 1, 1), drop=("p0",)))


def test_a_picture_takes_so_many_objects():
    one = opened()
    many = [Object(f"o{i}", "photo", locked=True) for i in range(MOST_RECORDS)]
    one.push(Edit.of(*many))
    with pytest.raises(EditError, match="go on in another widget"):
        one.push(Edit.of(Object("one more", "photo")))
    one.push(Edit(drop=("o0",)))
    one.push(Edit.of(Object("one more", "photo")))
