"""Teacher: a true mask beside the document, what is made of it, and the simulated annotator.

The truth is the teacher's, not the annotator's: no step puts it, no journal keeps it, and another
photo drops it. Judging and racing are long work, a step at a time, below clicks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from sam_widget.agreement import Agreement
from sam_widget.document.blobs import name_of
from sam_widget.document.records import Point, new_id
from sam_widget.errors import SamError
from sam_widget.lifetime import renews
from sam_widget.masks import Mask
from sam_widget.segment.answers.worker import Lane, WorkerError, weakly
from sam_widget.segment.clicks import correction

from . import acts
from .standing import Judged, Truth

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike

    from sam_widget.document.records import Object
    from sam_widget.document.session import Session
    from sam_widget.segment.answers.answerer import Answerer
    from sam_widget.segment.answers.worker import Executor
    from sam_widget.segment.prompts import Prediction

    from .outcome import Outcome
    from .voice import Voice

MOST_CLICKS = 20  # of the annotator's race, as papers count them
NOTHING = Judged("", None, None, (), (), ())


@dataclass
class Lesson:
    """One truth: what has been made of it so far."""

    truth: Mask
    image: str
    answerer: Answerer
    courses: dict[str, dict[int, float]] = field(default_factory=dict)  # object -> clicks -> IoU
    race: list[float] = field(default_factory=list)
    clicks: list[Point] = field(default_factory=list)  # of the race
    last: Prediction | None = None
    over: bool = False  # nothing is wrong any more, or it cannot go on

    def __post_init__(self) -> None:
        self.agreement = lru_cache(64)(lambda mask: Agreement.of(mask, self.truth))

    def next_click(self, shown: ArrayLike | None) -> tuple[float, float, bool] | None:
        """Return x, y and sign of the annotator's next click; None where nothing is wrong."""
        truth = self.truth.to_array()
        found = correction(np.zeros_like(truth) if shown is None else np.asarray(shown), truth)
        if found is None:
            return None
        (x, y), positive = found
        return x + 0.5, y + 0.5, positive

    def run(self) -> None:
        """Make one click of the race, asking the model beside the document."""
        last = self.last
        shown = None if last is None else last.masks()[last.best].to_array()
        try:
            click = self.next_click(shown)
        except SamError:  # without scipy there is no race
            click = None
        if click is None:
            self.over = True
            return
        self.clicks.append(Point(new_id(), "race", *click))
        before = None if last is None else np.asarray(last.logits[last.best], np.float32)
        self.last = self.answerer.ask(tuple(self.clicks), before)
        self.race.append(self.agreement(self.last.masks()[self.last.best]).iou)
        self.over = len(self.race) >= MOST_CLICKS


class Teacher:
    """The truth of one widget. Any thread may call.

    Parameters
    ----------
    session : Session
    outcome : callable
        Returns what its document says now.
    executor : Executor
        Where the model works.
    link : Voice
        To the pages of now and later.
    """

    def __init__(
        self,
        session: Session,
        outcome: Callable[[], Outcome],
        executor: Executor,
        link: Voice,
    ) -> None:
        self._session, self._outcome = session, outcome
        self._executor, self._link = executor, link
        self._lesson: Lesson | None = None
        self._said: Judged | None = None
        self._waits = False  # a step, for its turn
        self._clicks = False  # the annotator, on the open object, in that step
        self._step = weakly(self, Teacher._work)
        self.renew()
        renews(self)
        self._end = session.subscribe(lambda _: None, self._wake)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._lock = Lock()

    @property
    def truth(self) -> Mask | None:
        """The true mask."""
        return None if self._lesson is None else self._lesson.truth

    def teach(self, truth: Mask, image: str, answerer: Answerer) -> None:
        """Take a true mask of the photo that the answerer answers."""
        data, lesson = truth.to_bytes(), Lesson(truth, image, answerer)
        with self._lock:
            self._lesson, self._said, self._clicks = lesson, None, False
            self._link.keep(Truth(image, (name_of(data),)), data)
        self._judge(lesson)
        self._link.drain()
        self._wake()

    def drop(self, image: str) -> None:
        """Know no truth any more."""
        with self._lock:
            if self._lesson is not None:
                self._lesson = self._said = None
                self._link.keep(Truth(image, ()))
                self._link.keep(NOTHING)
        self._link.drain()

    def close(self) -> None:
        """Judge nothing any more."""
        self._end()
        with self._lock:
            self._lesson = None

    def candidates(self) -> tuple[Agreement, ...]:
        """Return how each of the open object's candidates agrees with the truth."""
        outcome, lesson = self._outcome(), self._lesson
        if lesson is None or outcome.document.open_object() is None or outcome.masks is None:
            return ()
        return tuple(lesson.agreement(Mask.of(mask)) for mask in outcome.masks)

    def shown(self) -> Agreement | None:
        """Return how the open object's mask, as it is seen, agrees with the truth."""
        outcome, lesson = self._outcome(), self._lesson
        mask = outcome.mask if outcome.document.open_object() is not None else None
        if lesson is None or mask is None:
            return None
        return lesson.agreement(Mask.of(mask))

    def next_click(self) -> tuple[float, float, bool] | None:
        """Return x, y and sign of the annotator's next click; None where nothing is wrong.

        Raises
        ------
        SamError
            There is no truth, or no scipy.
        """
        lesson, outcome = self._lesson, self._outcome()
        if lesson is None:
            raise SamError("There is no ground truth yet: set one with w.ground_truth = mask.")
        return lesson.next_click(outcome.mask if outcome.document.open_object() else None)

    def annotate(self) -> None:
        """Have the annotator make its next click on the open object, if one is due, in time."""
        self._clicks = self._lesson is not None
        self._wake()

    def _annotate(self) -> None:
        outcome = self._outcome()
        if outcome.pending:
            return
        try:
            click = self.next_click()
            if click is not None and self._session.document is outcome.document:
                self._session.act(lambda document: acts.add_point(document, *click))
        except SamError as error:
            self._link.refuse(str(error))

    def _wake(self) -> None:
        """Have one step wait for its turn, if none does."""
        with self._lock:
            if self._lesson is None or self._waits:
                return
            self._waits = True
        try:
            self._executor.submit(self._step, Lane.LONG)
        except WorkerError:  # which the answerer says
            self._waits = False

    def _work(self) -> None:
        """Say how things stand, and let the annotator make one click where it is behind."""
        self._waits = False  # what changes from now on is for the next
        lesson = self._lesson
        if lesson is None:
            return
        if self._clicks:
            self._clicks = False
            self._annotate()
        clicks = self._judge(lesson)
        if lesson.over or len(lesson.race) >= clicks:
            return
        try:
            lesson.run()
        except Exception:  # noqa: BLE001  of the model's own failures the answerer speaks
            lesson.over = True
        self._judge(lesson)
        self._wake()

    def _judge(self, lesson: Lesson) -> int:
        """Say how the open object stands; return how many clicks it has."""
        outcome = self._outcome()
        thing = outcome.document.open_object()
        clicks = 0 if thing is None else len(outcome.document.prompts_of(thing.id))
        said = NOTHING if thing is None else self._judged(lesson, outcome, thing, clicks)
        with self._lock:
            if lesson is self._lesson and said not in (self._said, None):
                self._said = said
                self._link.keep(said)
        self._link.drain()
        return clicks

    def _judged(
        self, lesson: Lesson, outcome: Outcome, thing: Object, clicks: int
    ) -> Judged | None:
        shown = self.shown()
        if shown is None and clicks:
            return None  # the answer is on its way: what was said stands until then
        course = lesson.courses.setdefault(thing.id, {})
        if shown is not None:
            course[clicks] = shown.iou
        answer = outcome.document.answer_of(thing.id)
        return Judged(
            thing.id,
            answer.id if answer else None,
            shown,
            self.candidates(),
            tuple(course.get(count) for count in range(1, clicks + 1)),
            tuple(lesson.race),
        )
