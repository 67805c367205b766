"""What must be over before the interpreter ends or forks, and what a forked child begins anew.

A thread that is killed inside native code takes the process down with it, and one that is there
while another forks leaves its locks shut in the child for ever. So who goes into native code says
so, and the end and the fork wait until all have come out. Starts no thread, knows no work.
"""

from __future__ import annotations

import atexit
import concurrent.futures.thread  # noqa: F401  torch asks for it, and it must not come first late
import os
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakSet

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 30.0  # seconds that a fork waits for who is at work; the end waits until all are out


class Ended(SystemExit):
    """Raised where a thread would go on while the interpreter ends."""


class Renewable(Protocol):
    """What owns a lock or a thread."""

    def renew(self) -> None:
        """Be as new in a forked child: no lock is held, no thread is there."""
        ...


class Finishing(Protocol):
    """What has promised something that is not done yet."""

    def finish(self) -> None:
        """Do it now, on the calling thread: no other one works any more."""
        ...


class _Gate:
    """How many threads are inside; nobody comes in once it is shut."""

    def __init__(self) -> None:
        self.news = threading.Condition()
        self.inside = 0
        self.shut = False
        self.own = threading.local()

    def depth(self) -> int:
        """How many times the calling thread has come in."""
        return getattr(self.own, "depth", 0)

    def enter(self) -> None:
        """Come in; Ended where the interpreter is ending, unless by the main thread itself."""
        main = threading.current_thread() is threading.main_thread()
        with self.news:
            self.news.wait_for(lambda: not self.shut)
            if _ending.is_set() and not main:
                raise Ended
            self.inside += 1

    def leave(self) -> None:
        """Go out."""
        with self.news:
            self.inside -= 1
            self.news.notify_all()

    def empty(self, patience: float) -> None:
        """Let nobody in, and wait until all others are out."""
        self.news.acquire()
        self.shut = True
        mine = 1 if self.depth() else 0
        self.news.wait_for(lambda: self.inside <= mine, patience)

    def open(self) -> None:
        """Let them in again; by the thread that called ``empty``."""
        self.shut = False
        self.news.notify_all()
        self.news.release()


_ending = threading.Event()
_gate = _Gate()
_owners: WeakSet[Any] = WeakSet()
_finishing: WeakSet[Any] = WeakSet()


def ending() -> bool:
    """Whether the interpreter is ending: who works in the background stops at its next step."""
    return _ending.is_set()


@contextmanager
def busy() -> Iterator[None]:
    """Be in native code, maybe: the interpreter's end and a fork wait until this is over.

    Raises
    ------
    Ended
        The interpreter is ending already.
    """
    gate = _gate
    if gate.depth():
        yield
        return
    gate.enter()
    gate.own.depth = 1
    try:
        yield
    finally:
        gate.own.depth = 0
        gate.leave()


@contextmanager
def idle() -> Iterator[None]:
    """Wait for others within ``busy``, in no native code of weight: nobody waits for this.

    Raises
    ------
    Ended
        The interpreter began to end meanwhile.
    """
    gate = _gate
    if not gate.depth():
        yield
        return
    gate.own.depth = 0
    gate.leave()
    try:
        yield
    finally:
        gate.enter()
        gate.own.depth = 1


def renews(owner: Renewable) -> None:
    """Have ``owner.renew`` called in every forked child in which it still is."""
    _owners.add(owner)


def finishes(owner: Finishing) -> None:
    """Have ``owner.finish`` called once all work is over, before the interpreter ends."""
    _finishing.add(owner)


def _end() -> None:
    _ending.set()
    while _gate.inside:  # an impatient Ctrl+C must not kill a thread inside
        with suppress(KeyboardInterrupt), _gate.news:
            _gate.news.wait_for(lambda: not _gate.inside)
    for owner in list(_finishing):
        owner.finish()


def _before_fork() -> None:
    _gate.empty(PATIENCE)


def _in_parent() -> None:
    _gate.open()


def _in_child() -> None:
    global _gate  # noqa: PLW0603  one of the few things that change: other threads are gone
    inside = _gate.depth()
    _gate = _Gate()
    if inside:
        _gate.own.depth = _gate.inside = 1
    torch = sys.modules.get("torch")
    if torch is not None:
        # The threads of OpenMP's pool are not in the child, and it would wait for them for ever.
        torch.set_num_threads(1)
    for owner in list(_owners):
        owner.renew()


atexit.register(_end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork, after_in_parent=_in_parent, after_in_child=_in_child)
