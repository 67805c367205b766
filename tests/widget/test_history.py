"""A history is JSON, gives the same masks again, survives a journal, and refuses what it is not."""

import copy
import json
import threading
import warnings
from base64 import b64encode
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from sam_widget.document import chronicle
from sam_widget.document.blobs import name_of
from sam_widget.document.chronicle import Chronicle
from sam_widget.document.edits import Document, Edit
from sam_widget.document.recorded import HistoryError, Photo, Recorded, written
from sam_widget.document.records import Image, MaskPrompt, Object, Point, new_id
from sam_widget.document.session import Session
from sam_widget.errors import SamError
from sam_widget.images import picture
from sam_widget.widget import SamWidget, player
from tests.segment.fake import FakeSegmenter
from tests.widget.page import PHOTO, Page, Quiet


class Recalls(FakeSegmenter):
    """Discs that are the larger, the larger the logits that are fed back: each answer tells all."""

    def predict(self, embedding, prompts):
        prediction = super().predict(embedding, prompts)
        fed = 0.0 if prompts.logits is None else float(np.asarray(prompts.logits).mean())
        order = 1.0 + len(prompts.points) + fed / 2
        prediction.logits[:] = order * np.arange(1, 4)[:, None, None]
        for i, disc in enumerate(prediction.discs):
            disc[: int(order) % 40, : i + 1] ^= True
        return prediction


@pytest.fixture
def model():
    return Recalls(new_id())


def worked(w):
    """Everything that can be done, done; quick clicks, undone ones and late choices among it."""
    w.add_point(10, 10)
    w.add_point(14, 12, positive=False)
    w.choose(2)
    w.accept()
    w.rename(w.objects[0].id, "a mug")
    w.recolor(w.objects[0].id, 3)
    with_quick_clicks(w)
    w.accept()
    w.add_mask(w.masks[0])
    w.undo()
    w.redo()
    w.threshold = 1.5
    w.add_box(5, 5, 40, 30)
    w.feed_back = False
    w.add_point(20, 20)
    w.wait()
    w.move(w.objects[0].id, 1)
    w.reopen(w.objects[0].id)
    w.add_point(41, 21)
    w.undo()
    w.undo()
    w.delete(w.objects[0].id)
    w.undo()
    w.add_point(3, 3)
    w.clear()
    w.undo()
    return w


def with_quick_clicks(w):
    """Three clicks before the first is answered, as a quick hand in the page."""
    image = next(iter(w.document))
    session = w._session
    session.push(
        Edit.of(Object("quick", image, color=1, order=9), Point("q1", "quick", 40.0, 20.0))
    )
    session.push(Edit.of(Point("q2", "quick", 44.0, 24.0)))
    session.push(Edit.of(Point("q3", "quick", 30.0, 24.0, positive=False)))
    w.wait()


def seen(w):
    """All that was made, but for the ids of answers."""
    things = [(r.id, r.label, r.mask.to_array().tobytes(), r.predicted_iou) for r in w.objects]
    open_masks = None if w.masks is None else w.masks.tobytes()
    made = [r for r in w.document.values() if r.tag not in ("answer", "image")]
    made = [r for r in made if r.tag != "object"]  # whose photo has another id
    return things, open_masks, [str(each) for each in made]


def through_json(history):
    return json.loads(json.dumps(history, allow_nan=False))


def test_a_history_replays_pixel_by_pixel(w, model):
    history = through_json(worked(w).history)
    assert history["model"] == {"name": "fake", "key": model.key}
    assert [step["act"] for step in history["steps"]].count("undo") == 5
    with closing(Quiet(PHOTO.copy(), model)) as other:
        assert other.replay(history) is True
        assert seen(other) == seen(w)
        again = through_json(other.history)
        steps = [[{**step, "at": 0} for step in each["steps"]] for each in (history, again)]
        for step in (step for each in steps for step in each if "edit" in step):
            for record in step["edit"]["put"].values():
                record.pop("image", None)
        fed = [step for step in steps[1] if step != steps[0][0]]
        assert fed == [step for step in steps[0] if step != steps[0][0]]
        while other.undo():
            pass
        assert len(other.document) == 1


def test_the_knob_is_turned_for_the_playing_alone(w, model):
    w.feed_back = False
    w.add_point(10, 10)
    w.add_point(14, 12)
    history = through_json(w.history)
    with closing(Quiet(PHOTO, model)) as other, closing(Quiet(PHOTO, model)) as third:
        other.replay(history)
        assert other.feed_back is True
        np.testing.assert_array_equal(other.masks, w.masks)  # asked once, without
        third.replay(through_json(other.history))
        np.testing.assert_array_equal(third.masks, w.masks)
        w.feed_back = True
        w.add_point(30, 20)
        other.add_point(30, 20)
        np.testing.assert_array_equal(other.masks, w.masks)


def test_a_real_model_on_its_own_thread_draws_the_same_masks_again():
    photo = np.zeros((90, 120, 3), np.uint8)
    photo[20:70, 30:80] = (200, 90, 40)
    photo[35:50, 45:60] = (240, 240, 220)
    with closing(SamWidget(photo, "mini")) as w, closing(SamWidget(photo, "mini")) as other:
        with_quick_clicks(w)
        w.add_point(52, 42)
        w.choose(0)
        w.add_point(75, 65, positive=False)
        w.undo()
        w.accept()
        w.add_box(40, 30, 66, 56)
        w.add_stroke([(45, 40), (60, 44)], 4)
        w.sharpen((36, 26, 70, 60))
        w.paint([(66, 40), (70, 50)], 5)
        w.erase([(45, 35)], 4)
        w.clean_up(islands=20, holes=20)
        w.undo()
        w.threshold = 0.5
        assert other.replay(through_json(w.history))
        assert seen(other) == seen(w)
        assert w.mask.any()


def test_without_a_journal_it_is_the_photos_and_times_run_from_its_beginning(w):
    assert [step["act"] for step in w.history["steps"]] == ["feed_back"]
    worked(w)
    times = [step["at"] for step in w.history["steps"]]
    assert times == sorted(times)
    assert times[0] >= 0
    w.image = PHOTO[::-1]
    assert [step["act"] for step in w.history["steps"]] == ["feed_back"]
    assert w.history["blobs"] == {}


def test_own_work_gives_way_to_its_own_history_and_comes_back(w):
    worked(w)
    before, history = seen(w), through_json(w.history)
    w.replay(history)
    assert seen(w) == before
    while w.undo() and w.document.of_type(Point):
        pass
    w.redo()
    assert w.history["steps"][-1]["act"] == "redo"


def test_it_survives_a_journal(tmp_path, model):
    with closing(Quiet(PHOTO, model, journal=tmp_path)) as w:
        worked(w)
        before, steps = seen(w), [step["act"] for step in w.history["steps"]]
        last = w.history["steps"][-1]["at"]
    with closing(Quiet.restore(tmp_path, model)) as w:
        history = through_json(w.history)
        fed = [act for act in steps if act != "feed_back"]
        assert [step["act"] for step in history["steps"] if step["act"] != "feed_back"] == fed
        assert 0 <= w.history["steps"][-1]["at"] - last < 60
        w.add_point(30, 30)
        assert w.history["steps"][-1]["at"] >= last
    assert before[0]


def test_a_journal_of_before_has_no_times(tmp_path, model):
    with closing(Quiet(PHOTO, model, journal=tmp_path)) as w:
        w.add_point(10, 10)
    path = tmp_path / "changes.jsonl"
    head, *lines = path.read_text().splitlines()
    older = [json.loads(line) for line in lines]
    for line in older:
        del line["at"]
    path.write_text("\n".join([head, *map(json.dumps, older)]) + "\n")
    with closing(Quiet.restore(tmp_path, model)) as w:
        assert [step["at"] for step in w.history["steps"]][:2] == [0.0, 0.0]
        assert w.mask is not None


def test_another_photo_is_refused_in_one_sentence(w, model):
    w.add_point(10, 10)
    history = w.history
    for photo, said in ((PHOTO[:, ::-1], "another photo of this size"), (PHOTO[:-1], "60 x 39 px")):
        with closing(Quiet(photo, model)) as other:
            other.add_point(3, 3)
            before = other.document
            with pytest.raises(HistoryError, match=said) as caught:
                other.replay(history)
            assert str(caught.value).count(". ") == 0
            assert other.document is before
    with closing(Quiet(None, model)) as none:
        for ask in (lambda: none.history, lambda: none.replay(history)):
            with pytest.raises(HistoryError, match="no image yet"):
                ask()


def test_other_weights_are_said(w):
    worked(w)
    with closing(Quiet(PHOTO, Recalls(new_id()))) as other:
        with pytest.warns(UserWarning, match="other weights") as caught:
            assert other.replay(w.history)
        assert caught[0].filename == __file__
        assert seen(other)[0]
    history = w.history
    history["model"]["key"] = None  # nobody had loaded it yet
    with closing(Quiet(PHOTO, Recalls(new_id()))) as other, warnings.catch_warnings():
        warnings.simplefilter("error")
        other.replay(history)


def played(w, history, monkeypatch, speed, during=lambda number: None):
    """Replay without the waiting; returns the pauses."""
    pauses = []

    class NoWait(threading.Event().__class__):
        def wait(self, timeout=None):
            pauses.append(timeout)
            during(len(pauses))
            return self.is_set()

    monkeypatch.setattr(player, "Event", NoWait)
    return w.replay(history, speed=speed), pauses


def test_an_animation_has_the_pauses_that_there_were(w, monkeypatch):
    worked(w)
    history = through_json(w.history)
    for i, step in enumerate(history["steps"]):
        step["at"] = 0.5 * i + (1000 if i > 5 else 0)
    for speed in (1, 2, np.float64(0.5)):
        _, pauses = played(w, history, monkeypatch, speed)
        usual = min(2.0, 0.5 / float(speed))
        assert pauses[1:6] == [pytest.approx(usual)] * 5
        assert pauses[6] == 2.0
        assert pauses[7:] == [pytest.approx(usual)] * (len(pauses) - 7)


def test_a_click_in_the_page_ends_it_and_is_kept(w, monkeypatch):
    worked(w)
    history = w.history
    page = Page(w)
    page.hello()
    image = next(iter(w.document))

    def click(number):
        if number == 4:
            page.push(Object("new", image, locked=True, order=50), Point("n1", "new", 5, 5))

    whole, pauses = played(w, history, monkeypatch, 1, click)
    assert (whole, len(pauses)) == (False, 4)
    assert "new" in w.document
    w.wait()
    assert w.document.answer_of("new")


def test_interrupting_leaves_what_was_played(w, monkeypatch):
    worked(w)
    history = w.history

    def interrupt(number):
        if number == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        played(w, history, monkeypatch, 1, interrupt)
    made = len(w.document.of_type(Point))
    assert made
    w.add_point(50, 30)  # answers come again of their own accord
    assert len(w.document.of_type(Point)) == made + 1
    assert w.mask is not None


@pytest.mark.parametrize("speed", [0, -1, float("nan"), float("inf"), "fast", True, 1j])
def test_no_speed(w, speed):
    with pytest.raises(HistoryError, match="speed is a number above 0"):
        w.replay(w.history, speed=speed)


def hostile(w):
    good = through_json(worked(w).history)
    edit = next(i for i, step in enumerate(good["steps"]) if "edit" in step)

    def but(change):
        history = copy.deepcopy(good)
        change(history, history["steps"][edit])
        return history

    yield from (None, 3, [], "a history", {}, {"sam_widget": "journal"}, float("nan"), b"{}")
    yield but(lambda h, _: h.update(format=2))
    yield but(lambda h, _: h.update(format="1"))
    for name in ("image", "model", "steps", "blobs"):
        for value in (None, 1, "x", [1], {"a": 1}, [[]], {"a": "!"}, {"0" * 32: "AAAA"}):
            yield but(lambda h, _, name=name, value=value: h.update({name: value}))
        yield but(lambda h, _, name=name: h.pop(name))
    yield but(lambda h, _: h.update(more=1))
    yield but(lambda h, _: h.update(steps=h["steps"] * 10_000))
    yield but(lambda h, _: h["image"].update(width=10**400))
    yield but(lambda h, _: h["blobs"].update({"a" * 32: "A" * 50_000_000}))
    for value in (None, -1, float("nan"), float("inf"), "1", 1e300, True):
        yield but(lambda h, s, value=value: s.update(at=value))
    for value in (None, "commit", "open", 1, [], {}):
        yield but(lambda h, s, value=value: s.update(act=value))
    for value in (None, 1, [], {"put": 1}, {"put": {}, "drop": [[]], "group": None}):
        yield but(lambda h, s, value=value: s.update(edit=value))
    image = {"type": "image", "id": "i", "source": "", "width": 1, "height": 1}
    yield but(lambda h, s: s["edit"]["put"].update(i=image))
    yield but(lambda h, s: h["steps"].append({"at": 1e9, "act": "answer", "object": ["x"]}))
    yield but(lambda h, s: h["steps"].append({"at": 0, "act": "answer", "object": "x"}))


def test_a_hostile_history_gets_one_sentence(w):
    for history in hostile(w):
        before = w.document
        with pytest.raises(HistoryError) as caught:
            w.replay(history)
        assert w.document is before
        said = str(caught.value)
        assert said.endswith(".")
        assert len(said) < 300


def test_a_step_that_cannot_be_made_is_named_and_those_before_it_stay(w):
    w.add_point(10, 10)
    history = through_json(w.history)
    put = {"p": {"type": "point", "id": "p", "object": "nobody", "x": 1, "y": 1, "positive": True}}
    step = {"at": 1e6, "act": "undo", "edit": {"put": put, "drop": [], "group": None}}
    history["steps"] += [step]
    with pytest.raises(HistoryError, match=r"^Step 4 of the history cannot be made: "):
        w.replay(history)
    assert w.mask is not None
    w.add_point(12, 12)


def test_answers_of_nobody_and_undos_of_nothing_do_no_harm(w):
    w.add_point(10, 10)
    history = through_json(w.history)
    first = next(step for step in history["steps"] if "edit" in step)
    history["steps"] += [
        {"at": 1e6, "act": "answer", "object": "nobody"},
        {**first, "at": 1e6, "act": "redo"},
        {**first, "at": 1e6, "act": "undo"},
    ]
    assert w.replay(history)


def test_the_older_half_of_a_long_history_becomes_one_step(monkeypatch, model):
    monkeypatch.setattr(chronicle, "MOST_STEPS", 20)
    with closing(Quiet(PHOTO, model)) as w:
        for i in range(12):
            w.add_point(2 + 4 * i, 20)
            w.accept()
        w.undo()
        history = through_json(w.history)
        assert len(history["steps"]) <= 21
        assert len(history["steps"][0]["edit"]["put"]) > 4
        with closing(Quiet(PHOTO, model)) as other:
            other.replay(history)
            assert seen(other) == seen(w)


def test_prompts_bytes_are_bounded(monkeypatch):
    monkeypatch.setattr(chronicle, "MOST_BYTES", 2000)
    session = Session(Document({"i": Image("i", "blob", 60, 40)}))
    for i in range(100):
        session.push(Edit.of(Object("o", "i", label=f"a rather long name {i}")))
    assert session.chronicle._size <= 2000
    assert len(session.chronicle.steps()) > 1


def masked(session, i, size=400):
    """An accepted object by a mask prompt of so many bytes of its own."""
    data = (b"%09d" % i).ljust(size, b".")
    with session.blobs.lent(data) as (name,):
        mask = MaskPrompt(f"m{i}", f"o{i}", name, None, 60, 40, size)
        session.push(Edit.of(Object(f"o{i}", "i", locked=True, order=i), mask))


def test_bytes_that_the_photo_still_has_cost_no_later_steps(monkeypatch):
    monkeypatch.setattr(chronicle, "MOST_BYTES", 10_000)
    parsed = []
    read = chronicle.edit_from_json
    monkeypatch.setattr(chronicle, "edit_from_json", lambda e: (parsed.append(1), read(e))[1])
    session = Session(Document({"i": Image("i", "blob", 60, 40)}))
    for i in range(100):
        masked(session, i)
    for i in range(10):
        session.push(Edit.of(replace(session.document["o1"], label=f"a {i}")))
    steps = session.chronicle.steps()
    assert len(steps) > 10
    assert [step["edit"]["put"]["o1"]["label"] for step in steps[-10:]] == [
        f"a {i}" for i in range(10)
    ]
    assert len(parsed) <= 110  # each once
    assert len(session.chronicle.bytes()) == 100
    history = written(session.chronicle.copy(), Photo(60, 40, "x"), "fake", None)
    assert len(Recorded.read(through_json(history)).blobs) == 100


def test_bytes_that_no_step_names_are_no_history(w):
    w.add_mask(np.ones((40, 60), bool))
    history = through_json(w.history)
    history["blobs"][name_of(b"more")] = b64encode(b"more").decode()
    with pytest.raises(HistoryError, match="bytes that no step names"):
        Recorded.read(history)


def test_remarks_are_bounded_too_and_the_last_that_was_folded_holds(monkeypatch):
    monkeypatch.setattr(chronicle, "MOST_STEPS", 20)
    kept = Chronicle(Session().blobs)
    for i in range(99):
        kept.remark(act="feed_back", on=i % 2 == 0)
    assert len(kept.steps()) <= 21
    kept = Chronicle(Session().blobs)
    kept.remark(act="feed_back", on=False)
    for i in range(30):
        kept.note("push", Edit.of(Point(new_id(), "o", 10.0 + i, 20.0)), Document(), float(i))
    assert kept.steps()[1] == {"at": 0.0, "act": "feed_back", "on": False}


def test_a_choice_whose_prompts_are_gone_is_folded_into_what_can_be_put(monkeypatch, model):
    monkeypatch.setattr(chronicle, "MOST_STEPS", 8)
    with closing(Quiet(PHOTO, model)) as w, closing(Quiet(PHOTO, model)) as other:
        w.add_point(10, 10)
        w.choose(2)
        w.paint([(5, 5), (9, 9)], 4)
        w._session.push(Edit(drop=tuple(each.id for each in w.document.of_type(Point))))
        w.accept()
        for i in range(20):
            w.rename(w.objects[0].id, f"{i}")
        assert other.replay(through_json(w.history))
        assert other.objects[0].mask == w.objects[0].mask


def test_a_history_is_written_where_no_lock_is_held(w, monkeypatch):
    w.add_point(10, 10)
    free = []
    hashed = picture.content_hash

    def hashes(pixels):
        free.append(not w._session._lock.locked())
        return hashed(pixels)

    monkeypatch.setattr(picture, "content_hash", hashes)
    assert w.history["steps"]
    assert free == [True]


def test_a_step_costs_little_memory():
    kept = Chronicle(Session().blobs)
    document = Document()
    for i in range(1000):
        edit = Edit.of(Point(new_id(), "o", 10.0 + i, 20.0))
        kept.note("push", edit, document, float(i))
    assert kept._size / 1000 < 250


def test_every_refusal_is_the_houses():
    assert issubclass(HistoryError, SamError)
    with pytest.raises(HistoryError, match="is of format 2"):
        Recorded.read({"sam_widget": "history", "format": 2})
    assert SamWidget.replay.__doc__
