"""Session: what becomes of edits, undo with its answers, late answers, blobs, threads."""

import logging
import random
import threading

import pytest

from sam_widget.document import memory, session
from sam_widget.document.edits import Document, Edit, EditError, apply
from sam_widget.document.patch import Origin
from sam_widget.document.records import Answer, Candidate, Image, Object, Point
from sam_widget.document.session import Session

PHOTO, CAT = Image("photo", "blob", 64, 48), Object("cat", "photo")
P1, P2, P3 = (Point(f"p{i}", "cat", i, i) for i in (1, 2, 3))


def fresh():
    return Session(Document({"photo": PHOTO}))


def asked(s, name="cat"):
    return tuple(prompt.id for prompt in s.document.prompts_of(name))


def answer(s, name="a1", of=None, thing="cat"):
    """What a model would commit; its masks are put as a worker does."""
    blobs = [s.blobs.put(f"{name} {i}".encode()) for i in range(3)]
    candidates = tuple(Candidate("other", blob, 0.9, 0.9, 5) for blob in blobs)
    return Answer(name, thing, asked(s, thing) if of is None else of, candidates, 0, 0.1)


def test_a_push_makes_a_version_and_a_patch():
    s = fresh()
    patch = s.push(Edit.of(CAT, P1), Origin("page", 7))
    assert (patch.version, s.version) == (1, 1)
    assert patch.by == Origin("page", 7)
    assert (patch.can_undo, patch.can_redo) == (s.can_undo, s.can_redo) == (True, False)
    assert list(s.document) == ["photo", "cat", "p1"]


def test_a_refused_edit_changes_nothing():
    s = fresh()
    s.push(Edit.of(CAT, P1))
    before = s.state
    with pytest.raises(EditError):
        s.push(Edit.of(P2, Point("p9", "cat", 1000, 1)))
    assert s.state is before


def test_dropping_an_object_takes_its_own_along_and_undo_brings_all_back():
    s = fresh()
    s.push(Edit.of(CAT, P1))
    s.commit(Edit.of(answer(s)))
    full = s.document
    patch = s.push(Edit(drop=("cat",)))
    assert set(patch.edit.drop) == {"cat", "p1", "a1"}
    s.undo()
    assert s.document == full


def test_undo_and_redo_restore_answers_without_a_model():
    s = fresh()
    s.push(Edit.of(CAT, P1))
    s.commit(Edit.of(answer(s, "a1")))
    s.push(Edit.of(P2))
    s.commit(Edit.of(answer(s, "a2")))
    patch = s.undo()
    assert s.document.answer_of("cat").id == "a1"
    assert s.document.answers_of("cat") == (patch.edit.put["a1"],)
    assert s.redo().edit.put["a2"] == s.document.answer_of("cat")


def test_an_answer_comes_back_though_its_prompts_changed_places():
    s = fresh()
    s.push(Edit.of(CAT, P1, P2))
    s.commit(Edit.of(answer(s)))
    s.push(Edit(drop=("p1",)))
    s.undo()
    assert asked(s) == ("p2", "p1")
    assert s.document.answer_of("cat").of == ("p2", "p1")


def test_a_push_that_leads_back_finds_the_answer_too():
    s = fresh()
    s.push(Edit.of(CAT, P1))
    s.commit(Edit.of(answer(s)))
    s.push(Edit.of(P2))
    patch = s.push(Edit(drop=("p2",)))
    assert s.document.answer_of("cat").id == "a1"
    assert "a1" not in patch.edit.put  # it had not gone: nobody had answered p2


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(memory, "REMEMBERED", 2)
    s = fresh()
    s.push(Edit.of(CAT, P1))
    s.commit(Edit.of(answer(s, "a1")))
    for i, point in ((2, P2), (3, P3)):
        s.push(Edit.of(point))
        s.commit(Edit.of(answer(s, f"a{i}")))
    s.undo()
    assert s.document.answer_of("cat").id == "a2"
    s.undo()
    assert s.document.answer_of("cat") is None


def test_an_edit_without_effect_is_a_patch_but_no_step():
    s = fresh()
    s.push(Edit.of(CAT, P1))
    s.push(Edit.of(P2))
    s.undo()
    patch = s.push(Edit.of(CAT, drop=("nobody",)), Origin("page", 1))
    assert patch.version == 4
    assert s.can_redo
    s.undo()
    assert list(s.document) == ["photo"]


def test_a_group_is_one_step():
    s = fresh()
    s.push(Edit.of(CAT, P1))
    for label in ("c", "ca", "cat"):
        s.push(Edit.of(Object("cat", "photo", label=label), group="label"))
    s.undo()
    assert s.document["cat"] == CAT
    s.redo()
    assert s.document["cat"].label == "cat"


def test_nothing_to_undo():
    s = fresh()
    assert s.undo() is None
    assert s.redo() is None
    assert s.version == 0


def test_an_id_means_one_prompt_for_ever():
    s = fresh()
    s.push(Edit.of(CAT, P1))
    s.push(Edit(drop=("p1",)))
    with pytest.raises(EditError, match="another one's; a new prompt needs a new id"):
        s.push(Edit.of(Point("p1", "cat", 9, 9)))
    s.push(Edit.of(P1))


def test_a_late_answer_is_left_out():
    s = fresh()
    s.push(Edit.of(CAT, P1))
    late = answer(s)
    s.push(Edit.of(P2))
    assert s.commit(Edit.of(late)) is None
    assert s.commit(Edit.of(answer(s, "a2", thing="cow"))) is None
    s.push(Edit(drop=("p1", "p2")))
    assert s.commit(Edit.of(answer(s, "a3"))) is None
    assert s.version == 3


def test_of_several_answers_the_true_ones_are_taken():
    s = fresh()
    s.push(Edit.of(CAT, P1))
    s.push(Edit.of(Object("cat", "photo", locked=True), Object("dog", "photo")))
    s.push(Edit.of(Point("d1", "dog", 1, 1)))
    stale = answer(s, "a2", ("d0",), "dog")
    patch = s.commit(Edit.of(answer(s, "a1"), stale))
    assert list(patch.edit.put) == ["a1"]


def test_an_answer_without_its_masks_is_left_out():
    s = fresh()
    s.push(Edit.of(CAT, P1))
    bare = Answer("a1", "cat", ("p1",), (Candidate("whole", "no such blob", 1, 1, 1),), 0, 0.1)
    assert s.commit(Edit.of(bare)) is None


def test_a_new_answer_takes_the_old_ones_place_and_makes_no_step():
    s = fresh()
    s.push(Edit.of(CAT, P1))
    s.commit(Edit.of(answer(s, "a1")))
    patch = s.commit(Edit.of(answer(s, "a2")))
    assert [each.id for each in s.document.answers_of("cat")] == ["a2"]
    assert patch.edit.drop == ("a1",)
    s.undo()
    assert list(s.document) == ["photo"]
    assert not s.can_undo


def test_history_holds_nothing_that_the_model_said():
    s = fresh()
    s.push(Edit.of(CAT, P1))
    s.commit(Edit.of(answer(s)))
    s.push(Edit(drop=("cat",)))
    assert set(s.state.history.past[-1].put) == {"cat", "p1"}


def test_an_answer_can_be_taken_back():
    s = fresh()
    s.push(Edit.of(CAT, P1))
    s.commit(Edit.of(answer(s)))
    assert s.commit(Edit(drop=("a1", "nobody"))).edit.drop == ("a1",)


@pytest.mark.parametrize("edit", [Edit.of(P2), Edit(drop=("p1",)), Edit.of(PHOTO)])
def test_a_commit_is_for_answers_only(edit):
    s = fresh()
    s.push(Edit.of(CAT, P1))
    with pytest.raises(EditError, match="answers only; what a person does is pushed"):
        s.commit(edit)
    assert s.version == 1


def test_opening_another_image_begins_anew():
    s = fresh()
    s.push(Edit.of(CAT, P1))
    s.commit(Edit.of(answer(s)))
    patch = s.open(Image("other", "blob2", 9, 9))
    assert list(s.document) == ["other"]
    assert set(patch.edit.drop) == {"photo", "cat", "p1", "a1"}
    assert not s.can_undo
    assert not s.can_redo
    same = s.open(Image("other", "blob3", 9, 9))
    assert s.document["other"] == same.edit.put["other"]


def test_a_session_starts_with_what_it_is_given():
    s = fresh()
    s.push(Edit.of(CAT, P1))
    s.commit(Edit.of(answer(s)))
    again = Session(s.document)
    again.push(Edit(drop=("p1",)))
    again.undo()
    assert again.document == s.document


def test_bytes_stay_as_long_as_somebody_may_want_them(monkeypatch):
    monkeypatch.setattr(session, "SLACK", -1000)
    monkeypatch.setattr(memory, "REMEMBERED", 1)
    s = fresh()
    s.push(Edit.of(CAT, P1))
    coming = answer(s, "a1")
    s.push(Edit.of(Object("cat", "photo", label="x")))  # tidies while the answer is under way
    s.commit(Edit.of(coming))
    s.push(Edit(drop=("p1",)))
    assert len(s.blobs) == 3  # for undo
    s.push(Edit.of(P2))
    s.commit(Edit.of(answer(s, "a2")))
    assert len(s.blobs) == 3  # the first answer is forgotten
    stale = answer(s, "a3", of=("p9",))
    s.commit(Edit.of(stale))
    s.push(Edit())
    assert len(s.blobs) == 3


def test_listeners_hear_everything_until_they_end():
    s = fresh()
    heard, after = [], []
    end = s.subscribe(lambda patch: heard.append(patch.version), lambda: after.append(s.version))
    s.push(Edit.of(CAT, P1))
    s.undo()
    end()
    end()
    s.redo()
    assert heard == after == [1, 2]


def test_a_listener_that_fails_keeps_nobody_from_hearing(caplog):
    s = fresh()
    heard = []
    s.subscribe(lambda _patch: 1 / 0, lambda: 1 / 0)
    s.subscribe(heard.append)
    with caplog.at_level(logging.ERROR):
        assert s.push(Edit.of(CAT)) == heard[0]
    assert len(caplog.records) == 2


def test_after_comes_without_the_lock():
    s = fresh()
    s.subscribe(lambda _patch: None, lambda: s.version < 3 and s.push(Edit()))
    s.push(Edit())
    assert s.version == 3


def test_between_sees_one_moment():
    s = fresh()
    s.push(Edit.of(CAT, P1))
    assert s.between(lambda state: state) is s.state


def test_many_threads():
    """Versions come strictly one by one, and the patches make up the document."""
    s = fresh()
    start = s.document
    heard = []
    s.subscribe(heard.append)
    begin = threading.Barrier(7)
    failed = []

    def work(number):
        dice = random.Random(number)
        begin.wait()
        try:
            for i in range(60):
                name = f"{number}-{i}"
                turn = dice.random()
                if turn < 0.5:
                    thing = Object(name, "photo", locked=True)
                    s.push(Edit.of(thing, Point(f"p{name}", name, 1, 1)), Origin(str(number), i))
                elif turn < 0.7:
                    s.undo()
                elif turn < 0.8:
                    s.redo()
                else:
                    for each in s.document.of_type(Object)[-3:]:
                        s.commit(Edit.of(answer(s, f"a{name}{each.id}", None, each.id)))
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    begin.wait()
    for thread in threads:
        thread.join()
    assert not failed
    assert [patch.version for patch in heard] == list(range(1, s.version + 1))
    document = start
    for patch in heard:
        document = apply(document, patch.edit)
    assert document == s.document
    assert list(document) == list(s.document)
    while s.undo():
        pass
    assert s.document == start
