"""Where a model works: one thread for each, the newest wish first. Knows no model, no session."""

from __future__ import annotations

import logging
import threading
from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)


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

    It starts with the first work and ends with the process.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._waiting: list[Callable[[], None]] = []
        self._news = threading.Condition()
        self._thread: threading.Thread | None = None

    def submit(self, work: Callable[[], None]) -> None:
        """Note work to be done; return at once."""
        with self._news:
            self._waiting.append(work)
            if self._thread is None:
                name = f"sam_widget {self._name}"
                self._thread = threading.Thread(target=self._run, name=name, daemon=True)
                self._thread.start()
            self._news.notify()

    def help(self) -> None:
        """Return: the thread does it."""

    def here(self) -> bool:
        """Whether this is the thread."""
        return threading.current_thread() is self._thread

    def _run(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._waiting)
                work = self._waiting.pop()
            _do(work)
            del work  # it may be the last that holds a widget


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
                _do(self._waiting.pop())
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
    try:
        work()
    except Exception:
        log.exception("work that should have answered for its own errors")
