"""What is done while the answer is on its way is kept, in order, and holds when the mask comes."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from sam_widget.document.edits import EditError
from sam_widget.document.records import Object, Point
from sam_widget.segment.answers.answerer import AnswerError
from sam_widget.widget import SamWidget
from tests.widget.page import PHOTO, Page


@pytest.fixture
def slow(model):
    """A widget whose model waits for `model.gate`, on a thread of its own."""
    widget = SamWidget(PHOTO, model)
    widget.wait(20)
    model.gate.clear()
    yield widget
    model.gate.set()
    widget.close()


class Hand:
    """A page that acts on what it shows, as the front end's tools do, and waits for nobody."""

    def __init__(self, w):
        self.w, self.page = w, Page(w)
        self.image = next(iter(self.page.hello()["document"]))
        self.count = len(w.objects)
        self.open = None

    def click(self, x=30, y=20):
        self.count += 1
        fresh = self.open is None
        self.open = self.open or Object(f"o{self.count}", self.image, order=self.count)
        point = Point(f"p{self.count}", self.open.id, x, y)
        self.page.push(*([self.open] if fresh else []), point)
        return point.id

    def choose(self, choice):
        self.open = replace(self.open, choice=choice)
        self.page.push(self.open)

    def accept(self):
        self.page.push(replace(self.open, locked=True))
        self.open = None


def test_click_enter_click_gives_two_objects(slow, model):
    hand = Hand(slow)
    first = hand.click(30, 20)
    hand.accept()
    second = hand.click(10, 10)
    assert hand.page.all("reject") == []
    model.gate.set()
    slow.wait(20)
    one, two = slow.objects
    assert ([p.id for p in one.prompts], [p.id for p in two.prompts]) == ([first], [second])
    assert (one.locked, two.locked) == (True, False)
    assert one.mask[20, 30]
    assert two.mask[10, 10]


def test_a_choice_before_the_answer_is_of_the_answer(slow, model):
    hand = Hand(slow)
    hand.click()
    hand.choose(2)
    hand.accept()
    model.gate.set()
    slow.wait(20)
    np.testing.assert_array_equal(slow.mask, slow.masks[2])
    assert slow.objects[0].predicted_iou == pytest.approx(0.5)


def test_what_was_chosen_before_the_answer_goes_into_the_next(slow, model):
    hand = Hand(slow)
    hand.click()
    hand.choose(2)
    model.gate.set()
    slow.wait(20)
    slow.add_point(32, 20)
    assert model.asked[-1].logits[0, 0] == 12  # the third of the first answer's three


@pytest.mark.parametrize("undone", [1, 2, 3])
def test_undo_takes_back_what_has_no_answer_yet(slow, model, undone):
    hand = Hand(slow)
    hand.click(30, 20)
    hand.accept()
    hand.click(10, 10)
    for _ in range(undone):
        hand.page.undo()
    assert hand.page.all("reject") == []
    model.gate.set()
    slow.wait(20)
    assert [each.locked for each in slow.objects] == [[True], [False], []][undone - 1]


def test_clearing_before_the_answer_leaves_nothing(slow, model):
    hand = Hand(slow)
    point = hand.click()
    hand.page.push(drop=(point,))
    model.gate.set()
    slow.wait(20)
    assert slow.objects == ()
    assert slow.mask is None


def test_python_waits_for_what_the_page_has_asked(slow, model):
    hand = Hand(slow)
    hand.click()
    opener = threading.Timer(0.2, model.gate.set)
    opener.start()
    slow.choose(2)
    slow.accept()
    assert slow.objects[0].locked
    np.testing.assert_array_equal(slow.mask, slow.masks[2])
    opener.join()


def test_observers_hear_of_the_mask_that_was_accepted_and_no_other(slow, model):
    model.gate.set()
    slow.add_point(10, 10)
    slow.accept()
    seen = []
    slow.observe(lambda change: seen.append(change.new), "mask")
    model.gate.clear()
    hand = Hand(slow)
    hand.click(50, 30)
    hand.accept()
    assert slow.mask is None
    model.gate.set()
    slow.wait(20)
    assert len(seen) == 1
    assert seen[0][30, 50]


def test_what_is_accepted_while_the_model_fails_is_answered_later(w, model):
    model.fail = RuntimeError("out of memory")
    with pytest.raises(AnswerError, match="out of memory"):
        w.add_point(30, 20)
    with pytest.raises(AnswerError, match="out of memory"):
        w.accept()
    assert w.objects == ()
    model.fail = None
    w.add_point(10, 10)
    w.wait()
    assert [each.locked for each in w.objects] == [True, False]
    assert w.objects[0].mask[20, 30]


def test_two_widgets_of_one_model_each_keep_their_own(slow, model):
    other = SamWidget(PHOTO[::-1].copy(), model)
    hands = Hand(slow), Hand(other)
    for hand in hands:
        hand.click(30, 20)
        hand.accept()
        hand.click(10, 10)
    model.gate.set()
    for w in (slow, other):
        w.wait(20)
        assert [len(each.prompts) for each in w.objects] == [1, 1]
    other.close()


def test_there_is_nothing_to_accept_without_a_prompt(w):
    for act in (w.accept, lambda: w.choose(0)):
        with pytest.raises(EditError, match="add a point or a box first"):
            act()
