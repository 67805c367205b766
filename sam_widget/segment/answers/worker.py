"""Where a model works: one thread for each, lane by lane, the newest wish first, long work in turn.

Knows no model, no session.
"""

from __future__ import annotations

import logging
import threading
import weakref
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Protocol, TypeVar

from sam_widget.errors import SamError
from sam_widget.lifetime import Ended, busy, ending, renews

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

FAILED = "work that should have answered for its own errors"
NO_THREAD = (
    "The system gives this process no more threads: end some of those that run, or other"
    " programs, and try again."
)
ENDING = "Python is ending: ask the model before the script's last line is done."

log = logging.getLogger(__name__)


class WorkerError(SamError, RuntimeError):
    """Nobody can be had to do the work, in one sentence."""


class Lane(IntEnum):
    """What work is for: as long as any waits in a lane, none of those below it is begun."""

    CLICKS = 0
    PEEKS = 1  # what a click would give, as the hand moves
    LONG = 2  # work of seconds, in steps that each submit the next: by turns, so that none starves
    AHEAD = 3  # what nobody has asked for yet


class Executor(Protocol):
    """Something that does work later."""

    def submit(self, work: Callable[[], None], lane: Lane = Lane.CLICKS) -> None:
        """Note work to be done; return at once. WorkerError where nobody can do it."""
        ...

    def help(self) -> None:
        """Do what waits, if the calling thread is the one to do it; else return at once."""
        ...

    def here(self) -> bool:
        """Whether the caller is work that this executor is doing: it must not wait for more."""
        ...


class _Waiting:
    """Work that waits, in its lanes."""

    def __init__(self) -> None:
        self._lanes: dict[Lane, list[Callable[[], None]]] = {lane: [] for lane in Lane}

    def __bool__(self) -> bool:
        return any(self._lanes.values())

    def add(self, work: Callable[[], None], lane: Lane) -> None:
        self._lanes[lane].append(work)

    def next(self) -> tuple[Callable[[], None], Lane]:
        """Take out the newest of the uppermost lane that is not empty; of long work the oldest."""
        lane = next(lane for lane, waiting in self._lanes.items() if waiting)
        return self._lanes[lane].pop(0 if lane is Lane.LONG else -1), lane


class Worker:
    """One thread that does the newest click first: what a person just did is what counts.

    It starts with the first work, and nothing that a piece of work raises ends it. The process
    ends, or forks, between two pieces of work; what waits when it ends is dropped, and a forked
    child begins the piece at hand again.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._waiting = _Waiting()
        self._at: tuple[Callable[[], None], Lane] | None = None
        self.renew()
        renews(self)

    def renew(self) -> None:
        """Be as new in a forked child, where the thread is not."""
        self._news = threading.Condition()
        self._thread: threading.Thread | None = None
        if self._at is not None:
            self._waiting.add(*self._at)
            self._at = None

    def submit(self, work: Callable[[], None], lane: Lane = Lane.CLICKS) -> None:
        """Note work to be done; return at once.

        Raises
        ------
        WorkerError
            The system gives no thread, or the interpreter is ending. The work is not noted.
        """
        with self._news:
            if ending():
                raise WorkerError(ENDING)
            self._begin()
            self._waiting.add(work, lane)
            self._news.notify()

    def help(self) -> None:
        """See to it that the thread is there for what waits, as in a forked child it is not."""
        with self._news:
            if self._waiting:
                self._begin()

    def here(self) -> bool:
        """Whether this is the thread."""
        return threading.current_thread() is self._thread

    def _begin(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            return
        name = f"sam_widget {self._name}"
        thread = threading.Thread(target=self._run, name=name, daemon=True)
        try:
            thread.start()
        except (RuntimeError, MemoryError) as error:
            raise WorkerError(NO_THREAD) from error
        self._thread = thread

    def _run(self) -> None:
        while True:
            try:
                self._do_one()
            except Ended:
                return
            except BaseException:  # raised from outside, between two pieces of work or in one
                log.exception(FAILED)

    def _do_one(self) -> None:
        with self._news:
            self._news.wait_for(lambda: self._waiting)
        with busy():
            with self._news:
                self._at = self._waiting.next()
            try:
                self._at[0]()
            finally:
                self._at = None  # it may be the last that holds a widget


class Inline:
    """Work done by whoever waits for it, on their thread: for tests and scripts without threads."""

    def __init__(self) -> None:
        self._waiting = _Waiting()
        self._at_it = False

    def submit(self, work: Callable[[], None], lane: Lane = Lane.CLICKS) -> None:
        """Note work to be done; return at once."""
        self._waiting.add(work, lane)

    def help(self) -> None:
        """Do all that waits, in the order of a Worker, and what comes of it."""
        if self._at_it:
            return
        self._at_it = True
        try:
            while self._waiting:
                try:
                    self._waiting.next()[0]()
                except Exception:
                    log.exception(FAILED)
        finally:
            self._at_it = False

    def here(self) -> bool:
        """Whether work is being done."""
        return self._at_it


def weakly(owner: T, half: Callable[[T], object]) -> Callable[[], None]:
    """Return the executor's half of an owner's work, whose queue must not keep the owner alive."""
    held = weakref.ref(owner)

    def work() -> None:
        this = held()
        if this is not None:
            half(this)

    return work


@cache
def worker_for(model: str) -> Worker:
    """Return the one worker of a model's name in this process."""
    return Worker(model)
