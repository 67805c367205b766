"""A survey: what clicks would give all over the photo, one after the other, below clicks and peeks.

Everything mode of the widget is this, on a grid, and a sieve: each of its masks is one that a click
gives, with the numbers that a card shows, so whoever picks one has a click's prompt and a click's
answer. (The search in ``everything/find.py`` is segment_anything's, to the pixel; it draws masks
otherwise, and only those that its thresholds leave.) Knows no session, no screen; changes nothing.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from threading import Condition, current_thread, main_thread
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

import numpy as np

from sam_widget.document.blobs import name_of
from sam_widget.document.plain import carried
from sam_widget.document.records import Answer, Candidate, Point, new_id
from sam_widget.errors import SamError
from sam_widget.lifetime import Ended, renews
from sam_widget.masks import Mask
from sam_widget.segment.everything.search import coarse_to_fine
from sam_widget.segment.everything.sieve import Measures

from .asking import candidates_of, cut_of
from .failing import for_who_waits
from .worker import Lane, WorkerError, weakly

if TYPE_CHECKING:
    from collections.abc import Callable

    from sam_widget.document.edits import Document
    from sam_widget.document.records import Prompt
    from sam_widget.geometry import Box
    from sam_widget.segment.prompts import Prediction

    from .worker import Executor

What: TypeAlias = Literal["running", "done", "stopped", "failed"]

MOST_BYTES = 64 * 2**20  # of masks, which the kernel and each page keep until it is closed
PACE = 0.1  # seconds between two tellings of what has been found
FULL = "The masks take {mib} MiB, the most that is kept: the finest of the grid is left out."

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Spot:
    """A place that was asked about, x y in image pixels, and what a click there gives.

    ``best`` is the candidate that leads.
    """

    x: float
    y: float
    candidates: tuple[Candidate, ...]
    best: int


@dataclass(frozen=True)
class Reach:
    """How far a survey is: spots asked about, of all; ``why`` says in a sentence why no further."""

    done: int
    total: int
    what: What = "running"
    why: str = ""


class Course(Protocol):
    """Where a survey asks, and who hears what came of it; on the executor's thread alone."""

    @property
    def total(self) -> int:
        """How many places there are at most."""
        ...

    def place(self) -> tuple[float, float] | None:
        """Return where to ask next, x y in image pixels; None where nothing is left to be asked."""
        ...

    def heard(self, prediction: Prediction) -> None:
        """Hear what was said of that place, before anybody else does."""
        ...


class Grid:
    """Places on a grid over a photo of (width, height), so many along each side, the coarse first.

    What is said of one has no say in which is the next.
    """

    def __init__(self, size: tuple[int, int], side: int) -> None:
        self.total = side**2
        self._left = iter((coarse_to_fine(side) * size).tolist())

    def place(self) -> tuple[float, float] | None:
        """Return the next."""
        return next(((x, y) for x, y in self._left), None)

    def heard(self, prediction: Prediction) -> None:
        """Do nothing."""


class Survey:
    """Asks about places on one photo; one at a time, each a step.

    Parameters
    ----------
    course : Course
        Which places, in which order.
    ask : callable
        Returns the model's Prediction for an object's prompts; called on the executor's thread.
    executor : Executor
        It holds the survey weakly, as it does an Answerer.
    tell : callable
        Called on whatever thread after some spots, and when it ends; quickly done.
    word : callable
        Puts an error of the model into a sentence.
    """

    def __init__(
        self,
        course: Course,
        ask: Callable[[tuple[Prompt, ...]], Prediction],
        executor: Executor,
        *,
        tell: Callable[[], None],
        word: Callable[[BaseException], str],
    ) -> None:
        self.spots: list[Spot] = []  # only ever appended to
        self.boxes: list[Box] = []  # of all candidates, in order
        self.data: dict[str, bytes] = {}  # run lengths by the names that candidates have
        self._course = course
        self._ask, self._executor, self._tell, self._word = ask, executor, tell, word
        self._at: dict[tuple[float, float], Spot] = {}
        self._bytes = 0
        self._told = -PACE
        self.error: BaseException | None = None
        self.reach = Reach(0, course.total)
        self._step = weakly(self, Survey._work)
        self.renew()
        renews(self)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._news = Condition()

    def begin(self) -> None:
        """Have the first step done as soon as nothing else waits."""
        self._go_on()

    def stop(self) -> None:
        """Ask no more; what was found stays."""
        self._end("stopped")

    def resume(self) -> None:
        """Ask on where nothing was left to be asked: by now there may be."""
        with self._news:
            done, total = self.reach.done, self.reach.total
            if self.reach.what != "done" or done == total:
                return
            self.reach = Reach(done, total)
        self._go_on()

    def at(self, x: float, y: float) -> Spot | None:
        """Return what was found at exactly this place."""
        return self._at.get((x, y))

    def found(self) -> list[tuple[Spot, int]]:
        """Return every mask that came up, in order: a spot, and which of its candidates it is."""
        return [(spot, i) for spot in tuple(self.spots) for i in range(len(spot.candidates))]

    def recall(
        self, document: Document, name: str, keep: Callable[[bytes], object], by: str
    ) -> Answer | None:
        """Return the answer to an object that is one click on a spot, not cut by hand, else None.

        Parameters
        ----------
        document : Document
        name : str
            The object's id.
        keep : callable
            Takes the bytes of each candidate's mask.
        by : str
            The model's fingerprint.
        """
        prompts = document.prompts_of(name)
        one = prompts[0] if len(prompts) == 1 else None
        if not isinstance(one, Point) or not one.positive or cut_of(document, name):
            return None
        spot = self.at(one.x, one.y)
        if spot is None:
            return None
        for each in spot.candidates:
            keep(self.data[each.blob])
        return Answer(new_id(), name, (one.id,), spot.candidates, spot.best, 0.0, model=by)

    def measures(self) -> tuple[Measures, ...]:
        """Return what a sieve asks of each candidate, in order."""
        each = [candidate for spot in self.spots for candidate in spot.candidates]
        return tuple(
            Measures(one.score, one.stability, one.area, box)
            for one, box in zip(each, self.boxes, strict=False)
        )

    def mask(self, candidate: Candidate) -> Mask:
        """Return a candidate's mask."""
        return Mask.from_bytes(self.data[candidate.blob])

    def wait(self, heard: Callable[[Reach], None], what: str) -> Reach:
        """Wait until it has ended, calling ``heard`` as it goes; return how far it came.

        Raises
        ------
        SamError
            Called by what the model is at: ``what`` says what to do in a cell.
        AnswerError
            The model failed, or cannot be had.
        """
        if self._executor.here():
            raise SamError(f"What the model is at cannot wait for it: {what} in a cell.")
        while True:
            self._executor.help()
            with self._news:
                reach = self.reach
                if reach.what == "running":
                    self._news.wait(PACE)
                    reach = self.reach
            heard(reach)
            if reach.what != "running":
                break
        if self.error is not None:
            raise for_who_waits(self.error)
        return self.reach

    def _go_on(self) -> None:
        try:
            self._executor.submit(self._step, Lane.LONG)
        except WorkerError as error:
            self._end("failed", str(error), error)

    def _work(self) -> None:
        """Ask about one spot; come again while there are more."""
        if self.reach.what != "running":
            return
        try:
            place = self._course.place()
            if place is not None:
                self._take(*place, self._ask((Point("", "", *place),)))
        except Ended:
            raise
        except BaseException as error:  # whatever a model raises becomes words
            log.info("a survey failed", exc_info=True)
            self._end("failed", self._word(error), error)
            if not isinstance(error, Exception) and main_thread() is current_thread():
                raise  # the user's own Ctrl+C, where the work is done by who waits for it
            return
        self._went_on(there_is_more=place is not None)

    def _went_on(self, *, there_is_more: bool) -> None:
        if self.reach.what != "running":
            return
        if not there_is_more or self.reach.done == self.reach.total:
            self._end("done")
        elif self._bytes >= MOST_BYTES:
            self._end("stopped", FULL.format(mib=MOST_BYTES // 2**20))
        else:
            if time.monotonic() - self._told >= PACE:
                self._said()
            self._go_on()

    def _take(self, x: float, y: float, prediction: Prediction) -> None:
        if not (np.isfinite(prediction.scores).all() and np.isfinite(prediction.logits).all()):
            raise ArithmeticError("it answers NaN: its weights are broken.")
        masks = prediction.masks()
        candidates = candidates_of(prediction, masks, self._keep)
        spot = Spot(x, y, candidates, int(prediction.best))
        with self._news:
            if self.reach.what != "running":
                return
            self._at[x, y] = spot
            self._course.heard(prediction)
            self.boxes += [mask.box for mask in masks]
            self.spots.append(spot)
            self.reach = Reach(len(self.spots), self.reach.total)

    def _keep(self, data: bytes) -> str:
        blob = name_of(data)
        self._bytes += len(data) * (blob not in self.data)
        self.data[blob] = data
        return blob

    def _end(self, what: What, why: str = "", error: BaseException | None = None) -> None:
        with self._news:
            if self.reach.what != "running":
                return
            self.reach = Reach(len(self.spots), self.reach.total, what, carried(why))
            self.error = error
        self._said()

    def _said(self) -> None:
        self._told = time.monotonic()
        with self._news:
            self._news.notify_all()
        self._tell()
