"""Following: what goes on inside the model for the click of now, told as it changes. No screen."""

from __future__ import annotations

import logging
from threading import Lock
from typing import TYPE_CHECKING, Any

from sam_widget.document.records import Point
from sam_widget.lifetime import Ended, renews
from sam_widget.segment.answers.failing import sentence
from sam_widget.segment.answers.peeks import unforeseen
from sam_widget.segment.answers.worker import Lane, WorkerError, weakly

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from sam_widget.document.edits import Document
    from sam_widget.segment.answers.answerer import Answerer
    from sam_widget.segment.overheard import Overheard

    from .desk import Desk

    Question: TypeAlias = tuple[Answerer, Document, str]

CLICK_FIRST = "Click the photo first: here you will see how the click becomes a mask."
NO_PHOTO = "There is no photo yet: set one with w.image = ..., and click it."
CLOSED = "The widget is closed: there is nothing more to follow."

log = logging.getLogger(__name__)


class Follower:
    """Asks the model about the current click once more, with somebody listening, newest first.

    It works where the model does, after clicks and peeks; what it is about to ask when something
    newer comes is never asked.

    Parameters
    ----------
    desk : callable
        Returns the widget's Desk; None once the widget is closed.
    tell : callable
        Takes an Overheard, or a sentence where there is none; called on the model's thread.
    """

    def __init__(
        self, desk: Callable[[], Desk | None], tell: Callable[[Overheard | str], None]
    ) -> None:
        self._desk, self._tell = desk, tell
        self._off: frozenset[str] = frozenset()
        self._newest: Question | None = None
        self._at: Answerer | None = None
        self._ahead = False  # whether what was told last is only about to be done
        self._step = weakly(self, Follower._work)
        self.renew()
        renews(self)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._lock = Lock()

    def switch(self, off: frozenset[str]) -> None:
        """Ask from now on with these steps of the mask decoder switched off, too."""
        self._off = off
        self.follow()

    def follow(self, _: Any = None) -> None:
        """Tell of the current click: the document has changed."""
        desk = self._desk()
        if desk is None:
            return
        if desk.answerer is not self._at:  # another photo
            self._at = desk.answerer
            if self._at is not None:
                self._at.peeks.foreseen = self._foreseen
        document, thing = desk.session.document, desk.outcome.current
        self._ahead = False
        if self._at is None:
            self._tell(NO_PHOTO)
        elif thing is None or not document.prompts_of(thing.id):
            self._tell(CLICK_FIRST)
        else:
            self._ask(desk, (self._at, document, thing.id))

    def close(self, why: str = "") -> None:
        """Tell nothing more, but a reason."""
        if self._at is not None:
            self._at.peeks.foreseen = unforeseen
        with self._lock:
            self._newest = self._at = None
        self._desk = lambda: None
        if why:
            self._tell(why)

    def _foreseen(self, document: Document, name: str) -> None:
        """Follow a point under a hand that drags it; what only hovers is no click."""
        desk = self._desk()
        if desk is None or self._at is None:
            return
        now, then = (each.prompts_of(name) for each in (desk.session.document, document))
        if len(now) == len(then) and now != then and any(isinstance(each, Point) for each in then):
            self._ahead = True
            self._ask(desk, (self._at, document, name))
        elif self._ahead:
            self.follow()

    def _ask(self, desk: Desk, question: Question) -> None:
        with self._lock:
            waits, self._newest = self._newest is not None, question
        if not waits:
            try:
                desk.executor.submit(self._step, Lane.LONG)
            except WorkerError as error:
                self._tell(str(error))

    def _work(self) -> None:
        with self._lock:
            question, self._newest = self._newest, None
        if question is None:
            return
        answerer, document, name = question
        try:
            heard: Overheard | str = answerer.overhear(document, name, self._off)
        except Ended:
            raise
        except Exception as error:
            log.info("nothing was overheard", exc_info=True)
            heard = sentence(error)
        if self._at is answerer:
            self._tell(heard)
