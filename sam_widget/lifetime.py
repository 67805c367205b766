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
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn, Protocol
from weakref import WeakSet, finalize

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 30.0  # seconds that a fork waits for who is at work; the end waits until all are out
REST = 10.0  # seconds; a script that has come to its end is gone long before
GRACE = 5.0  # seconds that the end waits for what is not ours: it may be at work, or wait for ever


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
        self.abroad = 0  # threads within somebody else's code
        self.shut = False
        self.own = threading.local()

    def depth(self) -> int:
        """How many times the calling thread has come in."""
        return getattr(self.own, "depth", 0)

    def enter(self) -> None:
        """Come in; nobody does who comes while the interpreter ends, but for the main thread."""
        main = threading.current_thread() is threading.main_thread()
        with self.news:
            self.news.wait_for(lambda: not self.shut)
            late = _ending.is_set() and not main
            self.inside += not late
        if late:
            _rest()
        self.own.depth = 1

    def go_abroad(self, step: int) -> None:
        """Note that the calling thread goes into somebody else's code, 1, or comes back, -1."""
        with self.news:
            self.abroad += step
            self.news.notify_all()

    def leave(self) -> None:
        """Go out."""
        self.own.depth = 0
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

    A daemon thread that comes out while the interpreter ends goes no further: Python's own end
    would kill it, and whatever it executed until then would take a Ctrl+C's status away.

    Raises
    ------
    Ended
        The interpreter is ending already. A daemon thread just stops here for good.
    """
    if _gate.depth():
        yield
        return
    _gate.enter()
    try:
        yield
    finally:
        if _gate.depth():  # else it was late to come in again
            _gate.leave()
            rest_if_late()


@contextmanager
def idle() -> Iterator[None]:
    """Wait for others within ``busy``, in no native code of weight: nobody waits for this.

    Raises
    ------
    Ended
        The interpreter began to end meanwhile. A daemon thread just stops here for good.
    """
    if not _gate.depth():
        yield
        return
    _gate.leave()
    try:
        yield
    finally:
        _gate.enter()


@contextmanager
def foreign() -> Iterator[None]:
    """Call what is not ours within ``busy``, an observer, a model: the end waits a little for it.

    Raises
    ------
    Ended
        The interpreter began to end meanwhile. A daemon thread just stops here for good.
    """
    if not _gate.depth():
        yield
        return
    with idle():
        _gate.go_abroad(1)
        try:
            yield
        finally:
            _gate.go_abroad(-1)


@contextmanager
def handing_over() -> Iterator[None]:
    """Hand work to a pool of threads: none takes any once the main thread has come to its end.

    Raises
    ------
    Ended
        It has. A daemon thread just stops here for good.
    """
    try:
        yield
    except RuntimeError as error:
        if "shutdown" not in str(error):  # but no thread can be had, say
            raise
        if _gate.depth():
            _gate.leave()  # nobody waits for who rests
        _rest()


def rest_if_late() -> None:
    """End a daemon thread that comes while the interpreter ends: what it raised would be printed.

    Nothing happens to any other. Not to be called with a lock in the hand.
    """
    if ending() and threading.current_thread().daemon:
        time.sleep(REST)


def _rest() -> NoReturn:
    """End the calling thread, which comes too late for what it is about to do."""
    if threading.current_thread().daemon:
        time.sleep(REST)  # unwinding would free tensors, in native code
    raise Ended  # the process may still be there, and wait for this very thread


def renews(owner: Renewable) -> None:
    """Have ``owner.renew`` called in every forked child in which it still is."""
    _owners.add(owner)


def finishes(owner: Finishing) -> None:
    """Have ``owner.finish`` called once all work is over, before the interpreter ends."""
    _finishing.add(owner)


def _end() -> None:
    with _gate.news:  # or one might come in between two looks
        _ending.set()
        with suppress(KeyboardInterrupt):
            _gate.news.wait_for(lambda: _gate.abroad <= 0, GRACE)
        while _gate.inside:  # an impatient Ctrl+C must not kill a thread inside
            with suppress(KeyboardInterrupt):
                _gate.news.wait_for(lambda: not _gate.inside)
    for owner in list(_finishing):
        owner.finish()
    if _interrupted():
        # Python dies of the signal by a mark that any exec puts out: an import under way has some.
        with suppress(KeyboardInterrupt):
            exec("raise KeyboardInterrupt")  # noqa: S102  sets it again


def _interrupted() -> bool:
    """Whether the program ends by a Ctrl+C that nobody caught; a cell of a notebook is none."""
    trace = getattr(sys, "last_traceback", None)
    if trace is None or getattr(sys, "last_type", None) is not KeyboardInterrupt:
        return False
    # The trace begins where the error stopped: at the program's own bottom, or in IPython.
    return trace.tb_frame.f_globals.get("__name__") in {"__main__", "runpy"}


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


# Whatever torch leaves to its finalizers comes after us, also where it is imported while we end.
finalize(_gate, int).atexit = False
atexit.register(_end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork, after_in_parent=_in_parent, after_in_child=_in_child)
