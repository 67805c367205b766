"""A slow tier's writing done by a thread of its own, so that no click waits for it."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Generic

from sam_widget.lifetime import Ended, busy, finishes, renews
from sam_widget.segment.model import E

if TYPE_CHECKING:
    from .tiers import Key, Spilled, Tier

QUEUE_BYTES = 64 * 2**20  # sixteen embeddings of a SAM: more than a person's clicks bring at once

log = logging.getLogger(__name__)


class WriteBehind(Generic[E]):
    """A tier behind a queue: putting returns at once, and what waits is found already.

    The thread lives for as long as something waits. What was put is written though the process
    ends; what waits when it forks, the parent writes. What finds no room in the queue is not kept.

    Parameters
    ----------
    tier : Tier
        Where the thread puts the values.
    limit_bytes : int
        Upper bound of what waits, by the values' own ``nbytes``.
    """

    def __init__(self, tier: Tier[E], limit_bytes: int = QUEUE_BYTES) -> None:
        self.limit_bytes = limit_bytes
        self._tier = tier
        self.renew()
        renews(self)
        finishes(self)

    def renew(self) -> None:
        """Be as new in a forked child: the parent's thread writes what waits."""
        self._news = threading.Condition()
        self._waiting: dict[Key, E] = {}
        self._thread: threading.Thread | None = None

    def get(self, key: Key) -> E | None:
        """Return what waits or is kept under this key, None where there is nothing."""
        with self._news:
            value = self._waiting.get(key)
        return self._tier.get(key) if value is None else value

    def put(self, key: Key, value: E) -> Spilled[E]:
        """Note a value to be kept; return it if the queue is full."""
        with self._news:
            others = sum(v.nbytes for k, v in self._waiting.items() if k != key)
            if others + value.nbytes > self.limit_bytes:
                log.debug("too much waits to be written: an embedding stays in memory alone")
                return [(key, value)]
            self._waiting[key] = value
            if not self._at_it():
                self._start()
            return []

    def __contains__(self, key: Key) -> bool:
        with self._news:
            waits = key in self._waiting
        return waits or key in self._tier

    @property
    def nbytes(self) -> int:
        """Bytes kept now; what still waits counts once it is written."""
        return self._tier.nbytes

    def flush(self) -> None:
        """Return when nothing waits any more."""
        with self._news:
            self._news.wait_for(lambda: not self._at_it())

    def clear(self) -> None:
        """Give up everything that waits or is kept."""
        with self._news:
            self._waiting.clear()
            self._news.wait_for(lambda: not self._at_it())
        self._tier.clear()

    def finish(self) -> None:
        """Write what waits, on this thread: the interpreter ends, and the other is out of work."""
        while self._waiting:
            key, value = self._waiting.popitem()
            self._tier.put(key, value)

    def _at_it(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _start(self) -> None:
        thread = threading.Thread(target=self._run, name="sam_widget cache", daemon=True)
        try:
            thread.start()
        except (RuntimeError, MemoryError):  # none can be had: the next one, or the end, writes it
            log.debug("no thread to write embeddings")
        else:
            self._thread = thread

    def _run(self) -> None:
        while True:
            with self._news:
                if not self._waiting:
                    self._thread = None
                    self._news.notify_all()
                    return
                key, value = next(iter(self._waiting.items()))
            try:
                with busy():
                    self._tier.put(key, value)
            except Ended:
                return
            except BaseException:
                log.exception("an embedding could not be written")
            with self._news:
                if self._waiting.get(key) is value:
                    del self._waiting[key]
            del value
