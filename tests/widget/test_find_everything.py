"""Everything mode: told to pages as it comes, sifted on both sides, picked as clicks; stopped."""

import threading
import warnings
from dataclasses import replace

import numpy as np
import pytest

from sam_widget.document.edits import EditError
from sam_widget.document.records import Object, Point, new_id
from sam_widget.errors import SamError
from sam_widget.masks import Mask
from sam_widget.segment.answers import survey as survey_module
from sam_widget.segment.answers.eye import AnswerError
from sam_widget.segment.answers.worker import Worker
from sam_widget.segment.everything.sieve import Measures, Sieve
from sam_widget.widget import SamWidget
from tests.segment.fake import FakeSegmenter
from tests.widget.page import HEIGHT, PHOTO, WIDTH, Page

OPEN = {"predicted_iou": 0.0, "stability": 0.0, "overlap": 1.0}
SIEVE = {"predicted_iou": 0.6, "stability": 0.0, "area": 1, "overlap": 0.7}


@pytest.fixture
def page(w):
    one = Page(w)
    one.hello()
    return one


def spots(page, survey=None):
    """What a page has of a survey, by default of the last; batches come without a gap."""
    told = [each for each in page.all("surveyed") if each["survey"]]
    name = survey or told[-1]["survey"]
    found = []
    for each in told:
        if each["survey"] == name:
            assert each["first"] == len(found)
            found += each["spots"]
    return found


def find(w, side=4, **how):
    return w.find_everything(side, progress=False, **(OPEN | how))


class Threaded(SamWidget):
    """A widget whose model works on a thread of its own."""

    def _executor(self, name):
        return Worker(name)


@pytest.fixture
def threaded():
    model = FakeSegmenter(new_id())
    widget = Threaded(PHOTO, model)
    widget.wait(20)
    yield widget, model
    model.gate.set()
    widget.close()


def test_each_mask_is_what_a_click_gives_there(w, model):
    found = find(w)
    assert len(found) == 3 * 16
    assert [each.predicted_iou for each in found] == sorted(
        (each.predicted_iou for each in found), reverse=True
    )
    best = found[0]
    place = best.prompts[0]
    w.add_point(place.x, place.y)
    np.testing.assert_array_equal(w.mask, best.array())
    assert len(model.asked) == 16, "the model was asked again for what it has said"


def test_pages_hear_of_it_as_it_goes_and_have_the_masks(w, page):
    find(w)
    have = spots(page)
    assert len(have) == 16
    assert page.last("surveyed")["reach"] == {"done": 16, "total": 16, "what": "done", "why": ""}
    for content, buffers in page.heard:
        if content["type"] == "surveyed":
            masks = dict(zip(content["blobs"], map(bytes, buffers), strict=True))
            for spot in content["spots"]:
                for one in spot["candidates"]:
                    mask = Mask.from_bytes(masks[one["blob"]])
                    assert mask.area == one["area"]
                    assert mask.size == (WIDTH, HEIGHT)


def test_a_page_that_comes_later_asks_for_what_it_lacks(w, page):
    find(w)
    late = Page(w, client="late")
    late.hello()
    late.says({"type": "more", "client": "late", "survey": "", "have": 0})
    assert spots(late) == spots(page)
    name = page.last("surveyed")["survey"]
    late.says({"type": "more", "client": "late", "survey": name, "have": 12})
    assert [len(late.last("surveyed")["spots"]), late.last("surveyed")["first"]] == [4, 12]
    late.says({"type": "more", "client": "late", "survey": "another", "have": 12})
    assert late.last("surveyed")["first"] == 0


def test_python_returns_what_the_pages_filters_show(w, page):
    find(w)
    page.says({"type": "sift", "client": "page", "seq": 7, "sieve": SIEVE})
    told = page.last("surveyed")
    assert (told["sieve"], told["by"]) == (SIEVE, {"client": "page", "seq": 7})
    assert told["spots"] == []
    each = [one for spot in spots(page) for one in spot["candidates"]]
    masks = {
        name: Mask.from_bytes(bytes(data))
        for content, buffers in page.heard
        if content["type"] == "surveyed"
        for name, data in zip(content["blobs"], buffers, strict=True)
    }
    measures = [
        Measures(one["score"], one["stability"], one["area"], masks[one["blob"]].box)
        for one in each
    ]
    fates = Sieve(**SIEVE).fates(measures)
    shown = [masks[one["blob"]] for one, fate in zip(each, fates, strict=True) if not fate.dropped]
    assert 0 < len(shown) < len(each)
    assert {hash(one.mask) for one in w.everything} == {hash(mask) for mask in shown}
    assert len(w.everything) == len(shown)


def test_by_default_the_models_own_filters(w, model, page):
    model.thresholds = type("Own", (), {"predicted_iou": 0.6, "stability_score": 0.8})()
    found = w.find_everything(3, progress=False)
    assert all(each.predicted_iou > 0.6 for each in found)
    assert page.last("surveyed")["sieve"]["stability"] == 0.8
    w.find_everything(3, predicted_iou=0.3, smallest_area=4.0, progress=False)
    assert page.last("surveyed")["sieve"] == {
        "predicted_iou": 0.3,
        "stability": 0.8,
        "area": 4,
        "overlap": 0.7,
    }


def test_the_published_filters_leave_nothing_of_the_fake_and_say_so(w):
    with pytest.warns(UserWarning, match=r"highest predicted IoU was 0\.900"):
        assert w.find_everything(2, progress=False) == ()


def test_picked_ones_are_objects_in_one_step(w, model):
    found = find(w)
    w.pick(*found[:5])
    assert [each.locked for each in w.objects] == [True] * 5
    for each, one in zip(w.objects, found, strict=False):
        np.testing.assert_array_equal(each.array(), one.array())
        assert each.predicted_iou == one.predicted_iou
    assert len(model.asked) == 16
    w.undo()
    assert w.objects == ()
    w.redo()
    assert len(w.objects) == 5
    w.reopen(w.objects[0].id)
    w.add_point(1, 1, positive=False)
    assert len(model.asked) == 17, "it is refined as any other"
    with pytest.raises(SamError, match=r"Regions of w\.everything"):
        w.pick(replace(found[0], mask=Mask.from_array(np.zeros((HEIGHT, WIDTH), bool))))
    with pytest.raises(SamError, match=r"Regions of w\.everything"):
        w.pick("all")


def test_a_page_picks_by_a_click_on_the_spot(w, model, page):
    find(w)
    spot = spots(page)[3]
    thing = Object("cup", w.document.image().id, choice=2, locked=True)
    page.push(thing, Point("p", "cup", spot["x"], spot["y"]))
    w.wait()
    assert w.objects[0].predicted_iou == spot["candidates"][2]["score"]
    assert len(model.asked) == 16


def test_a_picked_object_outlives_what_was_found(w, model, page):
    w.pick(*find(w)[:2])
    page.says({"type": "stop", "client": "page", "close": True})
    told = page.last("surveyed")
    assert (told["survey"], told["spots"]) == ("", [])
    assert w.everything == ()
    assert len(w.objects) == 2
    w.undo()
    w.redo()
    assert len(w.objects) == 2


def test_a_click_is_answered_before_the_grid_goes_on(threaded):
    w, model = threaded
    model.gate.clear()
    while model.at_gate.acquire(blocking=False):
        pass
    page = Page(w)
    page.hello()
    page.says({"type": "seek", "client": "page", "side": 8})
    assert model.at_gate.acquire(timeout=20)  # it is at the first spot
    page.push(Object("cup", w.document.image().id), Point("p", "cup", 7.25, 9.25))
    model.gate.set()
    w.wait(20)
    asked = [tuple(each.points[0].tolist()) for each in model.asked]
    assert asked.index((7.25, 9.25)) == 1
    assert w.mask is not None


def test_a_page_stops_it_and_what_was_found_stays(threaded):
    w, model = threaded
    page = Page(w)
    page.hello()
    model.gate.clear()
    while model.at_gate.acquire(blocking=False):
        pass
    page.says({"type": "seek", "client": "page", "side": 8})
    assert model.at_gate.acquire(timeout=20)
    page.says({"type": "stop", "client": "page", "close": False})
    assert page.last("surveyed")["reach"]["what"] == "stopped"
    model.gate.set()
    w.add_point(3, 3)
    assert len(model.asked) <= 2, "it went on"
    page.says({"type": "sift", "client": "page", "seq": 1, "sieve": SIEVE})
    assert len(w.everything) <= 3


def test_python_waits_while_a_page_stops_it(threaded):
    w, model = threaded
    page = Page(w)
    page.hello()
    model.gate.clear()
    while model.at_gate.acquire(blocking=False):
        pass

    def stop():
        assert model.at_gate.acquire(timeout=20)
        page.says({"type": "stop", "client": "page", "close": True})
        model.gate.set()

    hand = threading.Thread(target=stop)
    hand.start()
    with pytest.warns(
        UserWarning, match=r"^Stopped in the page after \d of 64 points\.$"
    ) as caught:
        assert w.find_everything(8, progress=False, **OPEN) == ()
    assert [each.filename for each in caught] == [__file__]
    hand.join()


def test_a_model_that_fails_midway_is_said_and_what_was_found_stays(w, model, page):
    predict = model.predict

    def fail(embedding, prompts):
        if len(model.asked) == 5:
            raise ValueError("the tensors ran away")
        return predict(embedding, prompts)

    model.predict = fail
    with pytest.raises(AnswerError, match=r"The model failed \(ValueError\): the tensors ran away"):
        find(w)
    reach = page.last("surveyed")["reach"]
    assert (reach["done"], reach["what"]) == (5, "failed")
    assert "ran away" in reach["why"]
    assert len(w.everything) == 15
    model.predict = predict
    assert page.last("status")["what"] == "ready"
    w.add_point(3, 3)
    assert len(find(w)) == 48


def test_a_model_that_takes_no_points_is_said(w, model):
    model.kinds = ("box",)
    with pytest.raises(AnswerError, match="no point"):
        find(w)


def test_another_photo_forgets_it(w, page):
    found = find(w)
    w.image = PHOTO[:20]
    assert page.last("surveyed")["survey"] == ""
    assert w.everything == ()
    with pytest.raises(SamError):
        w.pick(found[0])


def test_it_ends_where_the_masks_hold_too_much(w, page, monkeypatch):
    monkeypatch.setattr(survey_module, "MOST_BYTES", 3000)
    with pytest.warns(UserWarning, match="the most that is kept"):
        found = find(w, 8)
    assert 0 < len(found) < 3 * 64
    reach = page.last("surveyed")["reach"]
    assert reach["what"] == "stopped"
    assert "the most that is kept" in reach["why"]


@pytest.mark.parametrize(
    "side", [0, -3, 2**40, None], ids=["none", "negative", "huge", "the usual"]
)
def test_a_page_may_ask_for_any_grid(w, page, side):
    page.says({"type": "seek", "client": "page", "side": side})
    total = page.last("surveyed")["reach"]["total"]
    assert total in (1, 16**2, 64**2)
    page.says({"type": "stop", "client": "page", "close": True})


@pytest.mark.parametrize(
    "content",
    [
        {"type": "seek", "side": "many"},
        {"type": "seek"},
        {"type": "stop", "close": 1},
        {"type": "sift", "seq": 1, "sieve": {**SIEVE, "overlap": float("nan")}},
        {"type": "sift", "seq": 1, "sieve": {"predicted_iou": 0.5}},
        {"type": "sift", "seq": 1, "sieve": SIEVE | {"more": 1}},
        {"type": "more", "survey": None, "have": 0},
    ],
    ids=["side", "no side", "close", "nan", "lacking", "unknown", "survey"],
)
def test_what_is_no_message_changes_nothing(w, page, content):
    find(w)
    before = len(w.everything), len(page.all("surveyed"))
    page.says({"client": "page", **content})
    assert page.last("reject")["why"].endswith(".")
    assert (len(w.everything), len(page.all("surveyed"))) == before


def test_filters_of_any_numbers_are_filters(w, page):
    find(w)
    for seq, wild in enumerate((-1e15, 1e15)):
        sieve = {"predicted_iou": wild, "stability": wild, "area": int(wild), "overlap": wild}
        page.says({"type": "sift", "client": "page", "seq": seq, "sieve": sieve})
        assert isinstance(w.everything, tuple)
    page.says({"type": "more", "client": "page", "survey": "x" * 9000, "have": -5})
    assert page.last("surveyed")["first"] == 0


@pytest.mark.parametrize(
    "given",
    [
        {"points_per_side": 0},
        {"points_per_side": 65},
        {"points_per_side": "16"},
        {"predicted_iou": float("nan")},
        {"stability": -1},
        {"smallest_area": "big"},
        {"overlap": None},
    ],
    ids=["none", "many", "text", "nan", "negative", "words", "nothing"],
)
def test_what_python_cannot_ask_is_refused_in_a_sentence(w, given):
    with pytest.raises(SamError, match=f"{next(iter(given))} is a .*number"):
        w.find_everything(progress=False, **given)


def test_without_a_photo_or_a_widget_there_is_nothing_to_find(w):
    w.close()
    with pytest.raises(EditError, match="closed"):
        w.find_everything()
    empty = type(w)(None, FakeSegmenter(new_id()))
    with pytest.raises(EditError, match="no image yet"):
        empty.find_everything()
    empty.close()


def test_an_interrupt_stops_it(w, model, page):
    predict = model.predict

    def interrupted(embedding, prompts):
        if len(model.asked) == 3:
            raise KeyboardInterrupt
        return predict(embedding, prompts)

    model.predict = interrupted
    with pytest.raises(KeyboardInterrupt):
        find(w)
    assert page.last("surveyed")["reach"]["what"] in ("stopped", "failed")
    assert len(w.everything) == 9


def test_a_bar_shows_how_far_it_is(w, capsys):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # without a notebook tqdm draws text, and says so
        w.find_everything(3, **OPEN)
    assert "Everything" in capsys.readouterr().err
