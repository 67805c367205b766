"""A survey: what a click would give, on a grid over the whole photo, asked below clicks and peeks.

Everything mode of the widget is this and a sieve: each of its masks is one that a click gives, with
the numbers that a card shows, so whoever picks one has a click's prompt and a click's answer. (The
search in ``everything/find.py`` is segment_anything's, to the pixel; it draws masks otherwise, and
only those that its thresholds leave.) Knows no session and no screen; changes nothing.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from threading import Condition, current_thread, main_thread
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from sam_widget.document.blobs import name_of
from sam_widget.document.plain import carried
from sam_widget.document.records import Candidate, Point
from sam_widget.lifetime import Ended, renews
from sam_widget.masks import Mask
from sam_widget.segment.everything.search import coarse_to_fine
from sam_widget.segment.everything.sieve import Measures

from .asking import candidates_of
from .worker import Lane, WorkerError, weakly

if TYPE_CHECKING:
    from collections.abc import Callable

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


class Survey:
    """Asks about a grid of spots on one photo, the coarse first; one at a time, each a step.

    Parameters
    ----------
    size : tuple of int
        (width, height) of the photo, in pixels.
    side : int
        Spots along each side.
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
        size: tuple[int, int],
        side: int,
        ask: Callable[[tuple[Prompt, ...]], Prediction],
        executor: Executor,
        *,
        tell: Callable[[], None],
        word: Callable[[BaseException], str],
    ) -> None:
        self.spots: list[Spot] = []  # only ever appended to
        self.boxes: list[Box] = []  # of all candidates, in order
        self.data: dict[str, bytes] = {}  # run lengths by the names that candidates have
        self._points = coarse_to_fine(side) * size
        self._ask, self._executor, self._tell, self._word = ask, executor, tell, word
        self._at: dict[tuple[float, float], Spot] = {}
        self._bytes = 0
        self._told = -PACE
        self.error: BaseException | None = None
        self.reach = Reach(0, len(self._points))
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

    def at(self, x: float, y: float) -> Spot | None:
        """Return what was found at exactly this place."""
        return self._at.get((x, y))

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

    def wait(self, heard: Callable[[Reach], None]) -> None:
        """Wait until it has ended, calling ``heard`` as it goes."""
        while True:
            self._executor.help()
            with self._news:
                reach = self.reach
                if reach.what == "running":
                    self._news.wait(PACE)
                    reach = self.reach
            heard(reach)
            if reach.what != "running":
                return

    def _go_on(self) -> None:
        try:
            self._executor.submit(self._step, Lane.LONG)
        except WorkerError as error:
            self._end("failed", str(error), error)

    def _work(self) -> None:
        """Ask about one spot; come again while there are more."""
        if self.reach.what != "running":
            return
        x, y = self._points[self.reach.done].tolist()
        try:
            self._take(x, y, self._ask((Point("", "", x, y),)))
        except Ended:
            raise
        except BaseException as error:  # whatever a model raises becomes words
            log.info("a survey failed", exc_info=True)
            self._end("failed", self._word(error), error)
            if not isinstance(error, Exception) and main_thread() is current_thread():
                raise  # the user's own Ctrl+C, where the work is done by who waits for it
            return
        self._went_on()

    def _went_on(self) -> None:
        if self.reach.what != "running":
            return
        if self.reach.done == self.reach.total:
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
