"""Where a model works: one thread for each, the newest wish first. Knows no model, no session."""

from __future__ import annotations

import logging
import threading
from functools import cache
from typing import TYPE_CHECKING, Protocol

from sam_widget.errors import SamError
from sam_widget.lifetime import Ended, busy, renews

if TYPE_CHECKING:
    from collections.abc import Callable

FAILED = "work that should have answered for its own errors"

log = logging.getLogger(__name__)


class WorkerError(SamError, RuntimeError):
    """No thread can be had for the work, in one sentence."""


class Executor(Protocol):
    """Something that does work later."""

    def submit(self, work: Callable[[], None]) -> None:
        """Note work to be done; return at once."""
        ...

    def help(self) -> None:
        """Do what waits, if the calling thread is the one to do it; else return at once."""
        ...

    def here(self) -> bool:
        """Whether the caller is work that this executor is doing: it must not wait for more."""
        ...


class Worker:
    """One thread that does the newest work first: what a person just did is what counts.

    It starts with the first work. The process ends, or forks, between two pieces of work; what
    waits when it ends is dropped, and a forked child begins the piece at hand again.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._waiting: list[Callable[[], None]] = []
        self._at: Callable[[], None] | None = None
        self.renew()
        renews(self)

    def renew(self) -> None:
        """Be as new in a forked child, where the thread is not."""
        self._news = threading.Condition()
        self._thread: threading.Thread | None = None
        if self._at is not None:
            self._waiting.append(self._at)
            self._at = None

    def submit(self, work: Callable[[], None]) -> None:
        """Note work to be done; return at once."""
        with self._news:
            self._waiting.append(work)
            self._news.notify()
        try:
            self.help()
        except WorkerError as error:
            log.warning(error)  # whoever waits for the work is told, and tries again

    def help(self) -> None:
        """See to it that the thread is there to do it.

        Raises
        ------
        WorkerError
            The system gives no thread.
        """
        with self._news:
            if not self._waiting or (self._thread is not None and self._thread.is_alive()):
                return
            name = f"sam_widget {self._name}"
            thread = threading.Thread(target=self._run, name=name, daemon=True)
            try:
                thread.start()
            except RuntimeError as error:
                raise WorkerError(
                    "The system gives this process no more threads: close what is not needed, and"
                    " try again."
                ) from error
            self._thread = thread

    def here(self) -> bool:
        """Whether this is the thread."""
        return threading.current_thread() is self._thread

    def _run(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._waiting)
            try:
                with busy():
                    with self._news:
                        self._at = self._waiting.pop()
                    _do(self._at)
                    self._at = None
            except Ended:
                return


class Inline:
    """Work done by whoever waits for it, on their thread: for tests and scripts without threads."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], None]] = []
        self._at_it = False

    def submit(self, work: Callable[[], None]) -> None:
        """Note work to be done; return at once."""
        self._waiting.append(work)

    def help(self) -> None:
        """Do all that waits, the newest first, and what comes of it."""
        if self._at_it:
            return
        self._at_it = True
        try:
            while self._waiting:
                try:
                    self._waiting.pop()()
                except Exception:
                    log.exception(FAILED)
        finally:
            self._at_it = False

    def here(self) -> bool:
        """Whether work is being done."""
        return self._at_it


@cache
def worker_for(model: str) -> Worker:
    """Return the one worker of a model's name in this process."""
    return Worker(model)


def _do(work: Callable[[], None]) -> None:
    """Do a piece of work; nothing that it raises ends the thread, but the interpreter's end."""
    try:
        work()
    except Ended:
        raise
    except BaseException:
        log.exception(FAILED)
