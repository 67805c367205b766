"""A world to be driven: one session, its links, two pages, a slow model, a bad wire."""

import contextlib
import json
import logging
from dataclasses import replace
from functools import partial

import hypothesis.strategies as st
import numpy as np
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sam_widget.document import session
from sam_widget.document.blobs import name_of
from sam_widget.document.corrections import Brush, CleanUp
from sam_widget.document.edits import Document, Edit, EditError
from sam_widget.document.records import (
    Answer,
    Box,
    Candidate,
    Image,
    MaskPrompt,
    Object,
    Point,
    Prompt,
    Stroke,
)
from sam_widget.document.session import Session
from sam_widget.masks import Mask
from sam_widget.segment.answers.status import Status
from sam_widget.widget.link import Link

from .page import Page

WHO = st.integers(0, 1)
X, Y = (st.integers(0, side).map(float) for side in (100, 80))
ANYWHERE = st.integers(0, 5)
IN_ORDER_OR_NOT = st.just(0) | ANYWHERE
SELDOM = st.integers(0, 3)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=4,
)


class Loud(logging.Handler):
    """Keeps what the link and the session log: in this world nothing may go wrong unseen."""

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(self.format(record))


class World(RuleBasedStateMachine):
    @initialize(apart=st.booleans())
    def begin(self, apart):
        self.names = 0
        self.slack, session.SLACK = session.SLACK, -1_000_000  # tidy blobs at every change
        self.loud = Loud(logging.ERROR)
        self.loud.heard = []
        logging.getLogger("sam_widget").addHandler(self.loud)
        self.apart = apart  # each page on a link of its own, as two widgets of one session
        self.to_kernel: list[list[tuple[dict, list[bytes]]]] = [[], []]
        self.to_page: list[list[tuple[dict, list[bytes]]]] = [[], []]
        self.boot()
        self.old_versions = [-1, -1]  # what the pages had of a kernel that is no more
        self.reached = [("", -1), ("", -1)]
        self.prompts: list[Prompt] = []
        self.pages = [self.born(0), self.born(1)]
        for who in (0, 1, 0, 1):
            self.flow(who, 2)

    def teardown(self):
        if not hasattr(self, "session"):
            return
        try:
            self.settle()
            self.there_and_back()
            self.settle()
        finally:
            session.SLACK = self.slack
            logging.getLogger("sam_widget").removeHandler(self.loud)

    # the two ends

    def boot(self):
        self.session = Session()
        source = self.session.blobs.put(b"the picture")
        self.session.open(Image("photo", source, 100, 80))
        self.start = undoable(self.session.document)
        self.jobs: list[Answer] = []
        self.heard = self.session.version
        self.taken: dict[str, int] = {}
        self.session.subscribe(self.hear)
        if self.apart:
            self.links = [Link(self.session, self.sender([who])) for who in (0, 1)]
        else:
            self.links = [Link(self.session, self.sender([0, 1]))] * 2

    def sender(self, audience):
        def send(content, buffers):
            text = json.dumps(content, allow_nan=False)  # as the wire would
            for who in audience:
                self.to_page[who].append((json.loads(text), list(buffers)))

        return send

    def born(self, who):
        page = Page(self.fresh(f"page{who}-"))
        page.start()
        self.post(who, page)
        self.old_versions[who] = -1
        self.reached[who] = (page.client, -1)
        return page

    def fresh(self, kind):
        self.names += 1
        return f"{kind}{self.names}"

    def post(self, who, page):
        self.to_kernel[who] += [
            (json.loads(json.dumps(content)), page.buffers_of(content)) for content in page.outbox
        ]
        page.outbox.clear()

    # what people do

    def act(self, who, edit, *data):
        """An edit by a page, or by Python, with the bytes that it brings."""
        if who is None:
            with contextlib.suppress(EditError), self.session.blobs.lent(*data):
                self.session.push(edit)
        else:
            self.pages[who].push(edit, *data)
            self.post(who, self.pages[who])

    def seen(self, who):
        return self.session.document if who is None else self.pages[who].shown

    ANYONE = st.sampled_from([0, 1, None])

    @rule(who=ANYONE, x=X, y=Y, positive=st.booleans())
    def click(self, who, x, y, positive):
        opened = self.seen(who).open_object()
        thing = opened or Object(self.fresh("o"), "photo")
        point = Point(self.fresh("p"), thing.id, x, y, positive)
        self.prompts.append(point)
        self.act(who, Edit.of(point) if opened else Edit.of(thing, point))

    @rule(who=ANYONE, x=X, y=Y)
    def drag_a_box(self, who, x, y):
        opened = self.seen(who).open_object()
        if opened:
            self.act(who, Edit.of(Box(self.fresh("b"), opened.id, x, y, 60.0, 90 - y)))

    @rule(who=ANYONE, wide=st.integers(1, 100))
    def give_a_mask(self, who, wide):
        opened = self.seen(who).open_object()
        if not opened:
            return
        pixels = np.zeros((80, 100), np.bool_)
        pixels[40, :wide] = True
        data = Mask.from_array(pixels).to_bytes()
        common = (name_of(data), None, 100, 80, len(data))
        mask = MaskPrompt(self.fresh("m"), opened.id, *common)
        before = tuple(each.id for each in self.seen(who).kind_of(opened.id, "mask"))
        self.prompts.append(mask)
        self.act(who, Edit.of(mask, drop=before), data)

    @rule(who=ANYONE, x=X, y=Y, width=st.sampled_from([0.0, 1.0, 9.0]), positive=st.booleans())
    def draw_by_hand(self, who, x, y, width, positive):
        opened = self.seen(who).open_object()
        thing = opened or Object(self.fresh("o"), "photo")
        brush = Brush(self.fresh("s"), thing.id, (x, y, 50.0, 40.0), width, positive)
        self.act(who, Edit.of(brush) if opened else Edit.of(thing, brush))

    @rule(who=ANYONE, x=X, y=Y, positive=st.booleans())
    def draw_a_line(self, who, x, y, positive):
        opened = self.seen(who).open_object()
        if opened:
            line = Stroke(self.fresh("l"), opened.id, (x, y, 50.0, 40.0), 3.0, positive)
            self.act(who, Edit.of(line))

    @rule(who=ANYONE, islands=st.integers(-1, 9))
    def clean_up(self, who, islands):
        opened = self.seen(who).open_object()
        if opened:
            self.act(who, Edit.of(CleanUp(self.fresh("k"), opened.id, islands, 3)))

    @rule(who=ANYONE, choice=st.integers(0, 3), lock=st.booleans())
    def choose_or_accept(self, who, choice, lock):
        opened = self.seen(who).open_object()
        if opened:
            kept = Object(opened.id, "photo", opened.label, choice=choice, locked=lock)
            self.act(who, Edit.of(kept))

    @rule(who=ANYONE, threshold=st.sampled_from([-1.0, 0.0, 0.5]))
    def cut(self, who, threshold):
        opened = self.seen(who).open_object()
        if opened:
            self.act(who, Edit.of(replace(opened, threshold=threshold)))

    @rule(who=ANYONE, label=st.sampled_from("xyz"))
    def name_it_letter_by_letter(self, who, label):
        opened = self.seen(who).open_object()
        if opened:
            named = Object(opened.id, "photo", opened.label[-3:] + label, choice=opened.choice)
            self.act(who, Edit({opened.id: named}, group=f"label of {opened.id}"))

    @rule(who=ANYONE)
    def clear(self, who):
        opened = self.seen(who).open_object()
        if opened:
            prompts = self.seen(who).prompts_of(opened.id)
            self.act(who, Edit(drop=tuple(prompt.id for prompt in prompts)))

    @rule(who=ANYONE, which=st.integers(0, 9))
    def drop_something(self, who, which):
        names = list(self.seen(who))  # the photo and answers too: those are refused
        if names:
            self.act(who, Edit(drop=(names[which % len(names)],)))

    @rule(who=ANYONE, which=st.integers(0, 99), x=st.sampled_from([None, -1.0, 50.0]))
    def put_an_old_one(self, who, which, x):
        if not self.prompts:
            return
        old = self.prompts[which % len(self.prompts)]
        changed = {} if x is None else {"x": x} if old.tag == "point" else {"nbytes": int(x)}
        self.act(who, Edit.of(replace(old, **changed)))

    @rule(who=ANYONE, back=st.booleans())
    def undo_or_redo(self, who, back):
        if who is None:
            (self.session.undo if back else self.session.redo)()
        else:
            (self.pages[who].undo if back else self.pages[who].redo)()
            self.post(who, self.pages[who])

    # the model

    @rule()
    def the_model_starts(self):
        for each in self.session.document.of_type(Object):
            prompts = self.session.document.prompts_of(each.id)
            if prompts and not self.session.document.answer_of(each.id):
                masks = [self.session.blobs.put(said(prompts, i)) for i in range(3)]
                candidates = tuple(Candidate("other", mask, 0.5, 0.5, 1) for mask in masks)
                asked = tuple(prompt.id for prompt in prompts)
                rest = candidates, 0, 0.1, each.threshold
                self.jobs.append(Answer(self.fresh("a"), each.id, asked, *rest))

    @rule(which=ANYWHERE)
    def the_model_answers(self, which):
        if not self.jobs:
            return
        self.session.commit(Edit.of(self.jobs.pop(which % len(self.jobs))))

    @rule(what=st.sampled_from(["loading", "ready", "error"]))
    def the_model_tells(self, what):
        for link in set(self.links):
            link.tell(Status(what, None, "words", "mini"))

    # the wire

    @rule(who=WHO, which=IN_ORDER_OR_NOT, twice=st.booleans())
    def reach_the_kernel(self, who, which, twice):
        waiting = self.to_kernel[who]
        if waiting:
            place = which % len(waiting)
            content, buffers = waiting.pop(place)
            if twice:
                waiting.append((content, buffers))
            self.links[who].receive(content, buffers)

    @rule(who=WHO, which=IN_ORDER_OR_NOT, twice=st.booleans())
    def reach_the_page(self, who, which, twice):
        waiting = self.to_page[who]
        if waiting:
            place = which % len(waiting)
            content, buffers = waiting.pop(place)
            if twice:
                waiting.append((content, buffers))
            page = self.pages[who]
            if page.awaits(content):
                # patches may have overtaken the answer to its question: the next one mends that
                self.reached[who] = (page.client, -1)
            page.receive(content, buffers)
            self.post(who, page)

    @rule(who=WHO, n=st.integers(1, 8))
    def flow(self, who, n):
        for _ in range(n):
            self.reach_the_kernel(who, 0, False)
            self.reach_the_page(who, 0, False)

    @rule(who=WHO, which=ANYWHERE, upward=st.booleans())
    def lose(self, who, which, upward):
        waiting = (self.to_kernel if upward else self.to_page)[who]
        if waiting:
            waiting.pop(which % len(waiting))

    @rule(who=WHO, which=ANYWHERE, junk=JUNK, field=st.sampled_from(["edit", "type", "protocol"]))
    def spoil(self, who, which, junk, field):
        waiting = self.to_kernel[who]
        if waiting:
            waiting[which % len(waiting)][0][field] = junk

    @rule(who=WHO, which=ANYWHERE, cut=st.booleans())
    def spoil_the_bytes(self, who, which, cut):
        _, buffers = (self.to_kernel[who] or [({}, [])])[which % (len(self.to_kernel[who]) or 1)]
        if buffers:
            buffers[:] = [buffers[0][:-1]] if cut else []

    @rule(who=WHO, junk=JUNK)
    def babble(self, who, junk):
        self.links[who].receive(junk)

    @rule(who=WHO)
    def time_passes(self, who):
        self.pages[who].later()
        self.post(who, self.pages[who])

    @rule(who=WHO, seldom=SELDOM)
    def reload(self, who, seldom):
        if seldom:
            return
        self.to_page[who].clear()
        self.pages[who] = self.born(who)

    @rule(seldom=SELDOM)
    def restart(self, seldom):
        if seldom:
            return
        for link in self.links:
            link.close()
        self.to_kernel, self.to_page = [[], []], [[], []]
        self.boot()
        for who, page in enumerate(self.pages):
            self.old_versions[who] = page.version
            self.reached[who] = (page.client, -1)
            page.start()
            self.post(who, page)

    def a_while(self, dice, n):
        """Take many steps, thrown by dice."""
        for _ in range(n):
            self.all_is_well()
            who, anyone, place = dice.randrange(2), dice.choice([0, 1, None]), dice.randrange(6)
            x, y = float(dice.randrange(101)), float(dice.randrange(81))
            twice, seldom = dice.random() < 0.3, dice.randrange(8)
            flow = partial(self.flow, who, dice.randint(1, 8))
            click = partial(self.click, anyone, x, y, place > 1)
            turn = partial(self.undo_or_redo, anyone, dice.random() < 0.6)
            deeds = [
                *(flow, flow, flow, click, click, click, turn, turn, self.the_model_starts),
                partial(self.the_model_answers, place),
                partial(self.drag_a_box, anyone, x, y),
                partial(self.give_a_mask, anyone, dice.randint(1, 100)),
                partial(self.choose_or_accept, anyone, dice.randrange(4), dice.random() < 0.5),
                partial(self.cut, anyone, dice.choice([-1.0, 0.0, 0.5])),
                partial(self.name_it_letter_by_letter, anyone, dice.choice("xyz")),
                partial(self.clear, anyone),
                partial(self.drop_something, anyone, place),
                partial(self.put_an_old_one, anyone, dice.randrange(100), dice.choice([None, x])),
                partial(self.reach_the_kernel, who, place, twice),
                partial(self.reach_the_page, who, place, twice),
                partial(self.lose, who, place, dice.random() < 0.5),
                partial(self.time_passes, who),
                partial(self.reload, who, seldom // 4),
                partial(self.restart, seldom),
                partial(self.settle, seldom),
            ]
            dice.choice(deeds)()

    # what must hold

    @invariant()
    def all_is_well(self):
        if not hasattr(self, "session"):
            return
        assert not self.loud.heard
        document = self.session.document
        things = document.of_type(Object)
        assert sum(not each.locked for each in things) <= 1
        for record in document.values():
            assert isinstance(record, Image) or getattr(record, "object", "photo") in document
            assert all(blob in self.session.blobs for blob in record.blobs())
        for each in things:
            assert len(document.answers_of(each.id)) <= 1
            answer = document.answer_of(each.id)
            if answer:
                prompts = document.prompts_of(each.id)
                meant = [self.session.blobs.get(blob) for blob in answer.blobs()]
                assert meant == [said(prompts, i) for i in range(3)]
        self.no_page_went_back()

    def hear(self, patch):
        """Versions one by one; each page's steps once and in order. What fails here is logged."""
        assert patch.version == self.heard + 1
        self.heard = patch.version
        if patch.by is not None:
            assert self.taken.get(patch.by.client, 0) < patch.by.seq
            self.taken[patch.by.client] = patch.by.seq

    def no_page_went_back(self):
        for who, page in enumerate(self.pages):
            assert page.version <= self.session.version or page.version == self.old_versions[who]
            if page.client == self.reached[who][0] and page.version != self.old_versions[who]:
                assert page.version >= self.reached[who][1]
                self.reached[who] = (page.client, page.version)

    @rule(seldom=SELDOM)
    def settle(self, seldom=0):
        """The wire heals and the model is done; one more change shows a page what it has missed."""
        if seldom:
            return
        self.session.push(Edit())
        for _ in range(20):
            while any(self.to_kernel) or any(self.to_page) or self.jobs:
                for who in (0, 1):
                    self.flow(who, 1)
                if self.jobs:
                    self.the_model_answers(0)
            self.the_model_starts()
            for who in (0, 1):
                self.time_passes(who)
            if not any(page.waits for page in self.pages) and not self.jobs:
                break
        for page in self.pages:
            assert not page.pending
            assert page.version == self.session.version
            assert page.confirmed == page.shown == self.session.document
            assert list(page.confirmed) == list(self.session.document)
            assert (page.can_undo, page.can_redo) == (self.session.can_undo, self.session.can_redo)
            for record in page.shown.values():
                for blob in record.blobs():
                    assert page.blobs[blob] == self.session.blobs.get(blob)
        for each in self.session.document.of_type(Object):
            if self.session.document.prompts_of(each.id):
                assert self.session.document.answer_of(each.id)

    def there_and_back(self):
        """Undo everything, redo everything: all that people made is there, and answers too."""
        mine = self.session
        before = mine.document
        steps = 0
        while mine.undo():
            steps += 1
            self.all_is_well()
        assert undoable(mine.document) == self.start
        for _ in range(steps):
            assert mine.redo()
            self.all_is_well()
        assert undoable(mine.document) == undoable(before)
        for each in before.of_type(Object):
            was, now = before.answer_of(each.id), mine.document.answer_of(each.id)
            assert (was and (was.id, was.candidates)) == (now and (now.id, now.candidates))


def said(prompts, i):
    """What the pretended model says: the same for the same prompts in any order, else not."""
    return repr((i, sorted(map(repr, prompts)))).encode()


def undoable(document):
    return Document({n: record for n, record in document.items() if record.scope == "undoable"})
