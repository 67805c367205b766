"""A ground truth beside the document: what is judged, said, raced; nothing of it is a step."""

import gc
import json
import sys
import threading
import weakref

import numpy as np
import pytest

from sam_widget.agreement import Agreement
from sam_widget.document import rules
from sam_widget.document.blobs import name_of
from sam_widget.document.edits import Edit, EditError
from sam_widget.document.records import Object, Point, new_id
from sam_widget.errors import SamError
from sam_widget.masks import Mask, MaskError
from sam_widget.segment import clicks
from sam_widget.segment.answers.worker import worker_for
from sam_widget.widget import SamWidget, teacher
from sam_widget.widget.link import Link
from sam_widget.widget.teacher import Teacher
from tests.segment.fake import FakeSegmenter
from tests.widget.page import HEIGHT, PHOTO, WIDTH, Page, Quiet


def disc(x, y, radius):
    ys, xs = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    return (xs - x) ** 2 + (ys - y) ** 2 <= radius**2


TRUTH = disc(30, 20, 12)  # what the fake's second answer gives for a click in its middle


def judged(page):
    page.widget._desk.executor.help()
    return page.last("judged")


@pytest.fixture
def page(w):
    w.wait()
    page = Page(w)
    page.hello()
    return page


@pytest.mark.parametrize(
    "given",
    [TRUTH, TRUTH.astype(np.uint8) * 255, TRUTH.astype(float), Mask.from_array(TRUTH)],
    ids=["bool", "0 and 255", "float", "Mask"],
)
def test_what_means_a_mask_is_a_truth(w, given):
    w.ground_truth = given
    assert w.ground_truth == Mask.from_array(TRUTH)
    w.add_point(30, 20)
    assert w.agreement[1] == Agreement(1.0, 1.0, 1.0)
    shown = Mask.from_array(w.masks[0])
    assert w.agreement[0] == Agreement.of(shown, Mask.from_array(TRUTH))
    assert len(w.agreement) == 3
    w.ground_truth = None
    assert w.ground_truth is None
    assert w.agreement == ()


@pytest.mark.parametrize("bad", [TRUTH[:-1], np.zeros((HEIGHT, WIDTH), bool), "mask", PHOTO, 3])
def test_what_means_none_is_refused_and_changes_nothing(w, bad):
    w.ground_truth = TRUTH
    with pytest.raises(MaskError):
        w.ground_truth = bad
    assert w.ground_truth == Mask.from_array(TRUTH)


def test_without_a_photo_there_is_no_truth(model):
    w = Quiet(None, model)
    with pytest.raises(EditError, match="no image yet"):
        w.ground_truth = TRUTH
    with pytest.raises(SamError, match="no ground truth yet"):
        w.annotate()
    w.close()


def test_it_is_no_part_of_the_document(w, tmp_path):
    before, steps = w.document, w.history["steps"]
    w.ground_truth = TRUTH
    w.wait()
    assert w.document is before
    assert w.history["steps"] == steps
    assert not w.undo()


def test_pages_hear_it_and_those_that_come_late(w, page):
    w.ground_truth = TRUTH
    content, (data,) = next(each for each in page.heard if each[0]["type"] == "truth")
    assert content == {"type": "truth", "image": next(iter(w.document)), "blobs": [name_of(data)]}
    assert Mask.from_bytes(data) == Mask.from_array(TRUTH)
    w.add_point(30, 20)
    said = judged(page)
    assert [each["iou"] for each in said["candidates"]] == [each.iou for each in w.agreement]
    assert said["shown"] == {"iou": 1.0, "dice": 1.0, "boundary": 1.0}
    assert said["answer"] == next(r.id for r in w.document.values() if r.tag == "answer")
    late = Page(w, client="late")
    late.hello()
    assert late.last("truth") == content
    assert late.last("judged") == said
    w.ground_truth = None
    assert late.last("truth")["blobs"] == []
    assert late.last("judged")["object"] == ""


def test_another_photo_drops_it(w, page):
    w.ground_truth = TRUTH
    w.image = PHOTO[::-1]
    assert w.ground_truth is None
    assert page.last("truth") == {"type": "truth", "image": next(iter(w.document)), "blobs": []}


def test_the_course_has_the_iou_after_each_click_and_the_race_as_many(w, page):
    w.ground_truth = disc(30.5, 20.5, 12)
    w.add_point(25, 15)
    first = w.agreement[1].iou
    assert judged(page)["course"] == [pytest.approx(first)]
    w.add_point(33, 24)
    second = w.agreement[1].iou
    said = judged(page)
    assert said["course"] == pytest.approx([first, second])
    assert said["race"][0] == pytest.approx(1.0)  # its first click is in the middle
    assert len(said["race"]) == 1  # and nothing is wrong then
    w.choose(0)
    assert judged(page)["course"] == pytest.approx([first, w.agreement[0].iou])
    w.undo()
    w.undo()
    assert judged(page)["course"] == pytest.approx([first])
    w.accept()
    assert judged(page)["object"] == ""


def test_the_race_asks_beside_the_document_and_goes_no_further_than_the_person(w, page, model):
    star = disc(15, 20, 9) | disc(45, 20, 9)
    w.ground_truth = star
    judged(page)
    assert model.asked == []
    for count in (1, 2, 3):
        w.add_point(15 + count, 20)
        said = judged(page)
        assert len(said["race"]) == count
        assert len([r for r in w.document.values() if r.tag == "point"]) == count
    own = [each for each in model.asked if len(each.points) and each.points[0][0] != 16]
    assert own[1].logits is not None  # it is fed back, as to the person


def test_what_is_corrected_by_hand_counts(w, page):
    w.ground_truth = TRUTH
    w.add_point(30, 20)
    w.erase([(30, 20)], 12)
    said = judged(page)
    assert said["shown"]["iou"] < 0.9
    assert said["candidates"][1]["iou"] == 1.0  # as the model drew it
    assert said["course"] == [said["shown"]["iou"]]


def test_the_annotator_clicks_as_papers_do(w):
    two = disc(12, 20, 8) | disc(48, 20, 5)
    w.ground_truth = two
    ious = w.annotate(clicks=3)
    points = [r for r in w.document.values() if isinstance(r, Point)]
    assert len(points) == len(ious) == 3
    (x, y), positive = clicks.correction(np.zeros_like(two), two)
    assert (points[0].x, points[0].y, points[0].positive) == (x + 0.5, y + 0.5, positive)
    assert ious[-1] == w.agreement[1].iou
    for _ in range(3):
        assert w.undo()
    assert not w.undo()
    assert two[int(points[0].y), int(points[0].x)]


def test_it_stops_when_nothing_is_wrong(w):
    w.ground_truth = disc(30.5, 20.5, 12)
    assert w.annotate(5) == (1.0,)
    assert w.annotate(5) == ()


@pytest.mark.parametrize("count", [0, -1, 1.5, True, "3", None, 10**6])
def test_no_number_of_clicks(w, count):
    w.ground_truth = TRUTH
    with pytest.raises(EditError, match="clicks is a whole number from 1 to 1000"):
        w.annotate(count)


def test_the_pages_button_is_one_step(w, page):
    def press():
        page.says({"type": "annotate", "client": "page"})

    press()  # there is no truth yet
    assert len(w.document) == 1
    w.ground_truth = TRUTH
    press()
    assert len(w.document) == 1  # what takes seconds on a large photo is not done while it hears
    w.wait()
    assert len(w.document.of_type(Point)) == 1
    w.wait()
    assert w.agreement
    w.undo()
    assert len(w.document) == 1


def test_a_hundred_presses_are_one_click(w, page, monkeypatch):
    w.ground_truth = TRUTH
    judged(page)
    looked = []
    look = clicks.correction
    monkeypatch.setattr(teacher, "correction", lambda *masks: looked.append(1) or look(*masks))
    for _ in range(100):
        page.says({"type": "annotate", "client": "page"})
    assert looked == []
    w.wait()
    assert len(w.document.of_type(Point)) == 1
    assert len(looked) < 5


def test_the_annotator_stops_where_the_object_takes_no_more(w, monkeypatch):
    monkeypatch.setattr(rules, "MOST_PROMPTS", 3)
    w.ground_truth = disc(15, 20, 9) | disc(45, 20, 9)
    w._session.push(  # a click of the page, not answered yet
        Edit.of(Object("o", w.document.image().id), Point("p", "o", 15.0, 20.0))
    )
    assert len(w.annotate(9)) == 2
    with pytest.raises(EditError, match="at most 3 prompts"):
        w.annotate()


def test_without_scipy_it_says_so(w, page, monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy", None)
    w.ground_truth = TRUTH
    w.add_point(26, 20)
    assert judged(page)["shown"]["iou"] > 0.5
    assert judged(page)["race"] == []
    with pytest.raises(SamError, match="pip install scipy"):
        w.annotate()
    page.says({"type": "annotate", "client": "page"})
    w.wait()
    assert "pip install scipy" in page.last("reject")["why"]


def test_a_model_that_fails_ends_the_race_alone(w, page):
    w.ground_truth = TRUTH

    def ask(*_):
        raise RuntimeError("late")

    w._desk.answerer.ask = ask
    for x in (28, 30):
        w.add_point(x, 20)
        assert judged(page)["race"] == []
        assert judged(page)["shown"]
    assert page.all("status") == []


def test_on_a_models_own_thread_all_is_said_in_time():
    w = SamWidget(PHOTO, FakeSegmenter(new_id()))
    page = Page(w)
    page.hello()
    w.ground_truth = TRUTH
    w.annotate(1)
    w.wait()
    done = threading.Event()
    worker_for(w.model).submit(done.set, 2)
    assert done.wait(20)
    for content, _ in page.heard:
        json.dumps(content, allow_nan=False)
    assert page.last("judged")["course"]
    w.close()


class Later:
    """An executor that only counts what is submitted."""

    def __init__(self):
        self.waiting = []

    def submit(self, work, lane=None):
        self.waiting.append(work)

    def help(self):
        pass

    def here(self):
        return False


def test_of_its_steps_one_waits_and_keeps_no_widget_alive(w):
    w.wait()
    executor = Later()
    one = Teacher(w._session, lambda: w.outcome, executor, Link(w._session, print))
    one.teach(Mask.from_array(TRUTH), next(iter(w.document)), w._desk.answerer)
    for _ in range(5):
        w.add_point(30, 20)
    assert len(executor.waiting) == 1
    executor.waiting.pop()()
    assert len(executor.waiting) == 1  # the annotator is behind
    one.close()
    held = weakref.ref(one)
    del one
    gc.collect()
    assert held() is None
    executor.waiting.pop()()


def test_judging_and_sending_hold_no_lock(w, page, monkeypatch):
    taught, free = w._desk.teacher, []
    judged_as = Agreement.of

    def judging(*masks):
        free.append(not taught._lock.locked())
        return judged_as(*masks)

    sent = w._link._send

    def send(*message):
        free.append(not (taught._lock.locked() or w._desk.everything._lock.locked()))
        sent(*message)

    monkeypatch.setattr(Agreement, "of", judging)
    monkeypatch.setattr(w._link, "_send", send)
    w.ground_truth = TRUTH
    w.add_point(25, 20)
    judged(page)
    w.find_everything(4, progress=False, predicted_iou=0, stability=0)
    assert len(free) > 10
    assert all(free)
