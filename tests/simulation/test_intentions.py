"""Two pages at once on a slow wire: whatever a hand did is there, and no sentence names an id."""

import json
import random
import re

import pytest

from sam_widget.document.edits import Edit
from sam_widget.document.records import Answer, Box, Candidate, Image, Object, Point
from sam_widget.document.session import Session
from sam_widget.widget import acts
from sam_widget.widget.link import Link

from .page import Page

SIZE = 100, 80


class Two:
    """Two pages that act as the front end's tools do; messages wait until they are let through."""

    def __init__(self):
        self.session = Session()
        self.session.open(Image("photo", self.session.blobs.put(b"the picture"), *SIZE))
        self.up, self.down = ([], []), ([], [])
        self.link = Link(self.session, self._send)
        self.pages = [Page("ida"), Page("ivo")]
        self.refused = []
        self.points, self.count = set(), 0
        for page in self.pages:
            page.start()
        self.rest()

    def _send(self, content, buffers):
        text = json.dumps(content, allow_nan=False)
        if content["type"] == "reject":
            self.refused.append(content["why"])
        for waiting in self.down:
            waiting.append((json.loads(text), list(buffers)))

    def name(self, kind):
        self.count += 1
        return f"{kind}{self.count:06x}"

    def act(self, who, what):
        page = self.pages[who]
        edit = getattr(self, what)(page.shown, page.shown.open_object())
        if edit is not None:
            page.push(edit)

    def add(self, opened, shown, make, drop=()):
        if opened is None:
            last = max((each.order for each in shown.of_type(Object)), default=-1)
            thing = Object(self.name("0b"), "photo", color=last + 1, order=last + 1)
            return Edit.of(thing, make(thing.id), drop=drop)
        again = [] if opened.choice is None else [Object(**{**vars(opened), "choice": None})]
        return Edit.of(*again, make(opened.id), drop=drop)

    def click(self, shown, opened):
        name = self.name("9a")
        self.points.add(name)
        return self.add(opened, shown, lambda thing: Point(name, thing, self.count % 100, 5))

    def box(self, shown, opened):
        prompts = shown.prompts_of(opened.id) if opened else ()
        old = tuple(each.id for each in prompts if isinstance(each, Box))
        name = self.name("b0")
        return self.add(opened, shown, lambda thing: Box(name, thing, 1, 1, 9, 9), old)

    def accept(self, shown, opened):
        if opened is None or not shown.prompts_of(opened.id):
            return None
        answer = shown.answer_of(opened.id)
        choice = answer.best if answer and opened.choice is None else opened.choice
        return Edit.of(Object(**{**vars(opened), "choice": choice, "locked": True}))

    def choose(self, shown, opened):
        if opened is None or not shown.prompts_of(opened.id):
            return None
        return Edit.of(Object(**{**vars(opened), "choice": self.count % 3}))

    def name_it(self, shown, opened):
        return opened and Edit.of(Object(**{**vars(opened), "label": f"n{self.count}"}))

    def reopen(self, shown, opened):
        accepted = [each for each in shown.of_type(Object) if each.locked]
        if not accepted:
            return None
        return acts.reopen(shown, accepted[self.count % len(accepted)].id)

    def delete(self, shown, opened):
        things = shown.of_type(Object)
        return acts.delete(shown, things[self.count % len(things)].id) if things else None

    def clear(self, shown, opened):
        prompts = shown.prompts_of(opened.id) if opened else ()
        return Edit(drop=tuple(each.id for each in prompts)) if prompts else None

    def last(self, shown, opened):
        prompts = shown.prompts_of(opened.id) if opened else ()
        return Edit(drop=(prompts[-1].id,)) if prompts else None

    def undo(self, who):
        self.pages[who].undo()

    def reach(self, who, upward):
        page = self.pages[who]
        self.up[who].extend(page.outbox)
        page.outbox.clear()
        if upward and self.up[who]:
            self.link.receive(json.loads(json.dumps(self.up[who].pop(0))))
        elif not upward and self.down[who]:
            page.receive(*self.down[who].pop(0))

    def answer(self):
        document = self.session.document
        for thing in document.of_type(Object):
            asked = tuple(each.id for each in document.prompts_of(thing.id))
            if asked and document.answer_of(thing.id) is None:
                masks = [self.session.blobs.put(f"{asked}{i}".encode()) for i in range(3)]
                three = tuple(Candidate("other", mask, 0.5, 0.5, 1) for mask in masks)
                self.session.commit(Edit.of(Answer(self.name("aa"), thing.id, asked, three, 1, 0)))

    def rest(self):
        while any(self.up) or any(self.down) or any(page.outbox for page in self.pages):
            for who in (0, 1):
                self.reach(who, True)
                self.reach(who, False)

    def all_is_well(self):
        self.rest()
        document = self.session.document
        for page in self.pages:
            assert not page.pending
            assert page.confirmed == document
        assert sum(not each.locked for each in document.of_type(Object)) <= 1
        orders = [each.order for each in document.of_type(Object)]
        assert len(set(orders)) == len(orders)
        for why in self.refused:
            assert not re.search(r"[0-9a-f]{2}[0-9a-f]{6}", why), why


def play(dice, hands, steps=60):
    two = Two()
    for _ in range(steps):
        who = dice.randrange(2)
        for _ in range(dice.randrange(4)):
            two.reach(dice.randrange(2), dice.random() < 0.5)
        if dice.random() < 0.2:
            two.answer()
        what = dice.choice(hands)
        if what == "undo":
            two.undo(who)
        else:
            two.act(who, what)
    two.all_is_well()
    return two


@pytest.mark.parametrize("seed", range(30))
def test_no_click_is_lost(seed):
    two = play(random.Random(seed), ["click", "click", "accept", "choose", "name_it"])
    assert two.refused == []
    assert two.points <= set(two.session.document)


@pytest.mark.parametrize("seed", range(30))
def test_whatever_they_do_they_agree(seed):
    hands = ["click", "click", "accept", "choose", "box", "clear", "last", "name_it", "undo"]
    play(random.Random(seed), hands)


@pytest.mark.parametrize("seed", range(30))
def test_no_click_is_lost_where_objects_are_opened_again(seed):
    two = play(random.Random(seed), ["click", "click", "accept", "reopen", "choose", "name_it"])
    assert two.refused == []
    assert two.points <= set(two.session.document)


@pytest.mark.parametrize("seed", range(30))
def test_they_agree_whatever_is_opened_again_and_deleted(seed):
    play(random.Random(seed), ["click", "click", "accept", "reopen", "delete", "clear", "undo"])


@pytest.mark.parametrize("seed", range(4))
def test_a_refusal_tells_who_was_quicker(seed):
    dice = random.Random(f"refused {seed}")
    said = set()
    for _ in range(15):
        hands = ["click", "accept", "clear", "last", "undo", "choose"]
        said.update(play(dice, hands, 30).refused)
    assert said <= {
        "There is nothing to undo.",
        "That object is gone meanwhile; undo or redo brings it again.",
        "That object was accepted meanwhile; undo opens it again.",
        "An object without a prompt has nothing to choose from.",
    }
