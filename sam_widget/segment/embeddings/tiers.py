"""Where embeddings are kept: on the GPU, in memory, several places in a row. Reads no files."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, Protocol

from sam_widget.lifetime import renews
from sam_widget.segment.model import E

if TYPE_CHECKING:
    from collections.abc import Callable

Key = tuple[str, str]  # (the image's content hash, Model.key)

Spilled = list[tuple[Key, E]]


class Tier(Protocol[E]):
    """A place for embeddings, bounded in bytes, the least recently used given up first.

    Safe to use from several threads. A tier that cannot do its work keeps nothing; it never raises.
    """

    def get(self, key: Key) -> E | None:
        """Return what is kept under this key, None where there is nothing."""
        ...

    def put(self, key: Key, value: E) -> Spilled[E]:
        """Keep a value; return what found no room, which may be the value itself.

        One key's values are as good as each other: a tier may keep the one that it has.
        """
        ...

    def __contains__(self, key: Key) -> bool:
        """Whether something is kept under this key. This does not count as a use."""
        ...

    @property
    def nbytes(self) -> int:
        """Bytes kept now."""
        ...

    def flush(self) -> None:
        """Return when all that was put lies where it shall."""
        ...

    def clear(self) -> None:
        """Give up everything that is kept."""
        ...


class Held(Generic[E]):
    """A tier of values at hand.

    Parameters
    ----------
    limit_bytes : int
        Upper bound of what is kept, by the values' own ``nbytes``.
    admit : callable
        Returns a value in the form in which it is kept here, None if it is not for this tier:
        ``in_memory`` or ``on_accelerator``.
    """

    def __init__(self, limit_bytes: int, admit: Callable[[E], E | None]) -> None:
        self.limit_bytes = limit_bytes
        self._admit = admit
        self._kept: OrderedDict[Key, E] = OrderedDict()
        self._nbytes = 0
        self.renew()
        renews(self)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._lock = threading.Lock()

    def get(self, key: Key) -> E | None:
        """Return what is kept under this key, None where there is nothing."""
        with self._lock:
            value = self._kept.get(key)
            if value is not None:
                self._kept.move_to_end(key)
            return value

    def put(self, key: Key, value: E) -> Spilled[E]:
        """Keep a value in place of what is there; return what found no room, which may be it."""
        admitted = self._admit(value)
        with self._lock:
            old = self._kept.pop(key, None)
            if old is not None:
                self._nbytes -= old.nbytes
            if admitted is None or admitted.nbytes > self.limit_bytes:
                return [(key, value)]
            self._kept[key] = admitted
            self._nbytes += admitted.nbytes
            spilled: Spilled[E] = []
            while self._nbytes > self.limit_bytes:
                spilled.append(self._kept.popitem(last=False))
                self._nbytes -= spilled[-1][1].nbytes
            return spilled

    def __contains__(self, key: Key) -> bool:
        with self._lock:
            return key in self._kept

    @property
    def nbytes(self) -> int:
        """Bytes kept now."""
        with self._lock:
            return self._nbytes

    def flush(self) -> None:
        """Return: it lies there already."""

    def clear(self) -> None:
        """Give up everything that is kept."""
        with self._lock:
            self._kept.clear()
            self._nbytes = 0


class Row(Generic[E]):
    """Tiers in a row, the quickest first; what finds no room in one goes to the next.

    Parameters
    ----------
    quick : Tier
        One or more, which end with the process.
    lasting : Tier
        The last: it is given everything at once, since it is there for the next process.
    """

    def __init__(self, *quick: Tier[E], lasting: Tier[E]) -> None:
        self._quick, self._lasting = quick, lasting
        self._tiers = (*quick, lasting)

    def get(self, key: Key) -> E | None:
        """Return what is kept under this key, and have it at hand the next time."""
        for tier in self._quick:
            value = tier.get(key)
            if value is not None:
                return value
        value = self._lasting.get(key)
        if value is not None:
            self._hold(key, value)
        return value

    def put(self, key: Key, value: E) -> Spilled[E]:
        """Keep a value in place of what is there; return what found no room anywhere."""
        lost = self._lasting.put(key, value)
        self._hold(key, value)
        return [(k, v) for k, v in lost if k not in self]

    def __contains__(self, key: Key) -> bool:
        return any(key in tier for tier in self._tiers)

    @property
    def nbytes(self) -> int:
        """Bytes kept now; what lies in two tiers counts twice."""
        return sum(tier.nbytes for tier in self._tiers)

    def flush(self) -> None:
        """Return when all that was put lies where it shall."""
        for tier in self._tiers:
            tier.flush()

    def clear(self) -> None:
        """Give up everything that is kept."""
        for tier in self._tiers:
            tier.clear()

    def _hold(self, key: Key, value: E) -> None:
        """Put a value that the last tier has into the quick ones."""
        spilled = [(key, value)]
        for tier in self._quick:
            spilled = [each for k, v in spilled for each in tier.put(k, v)]
        for k, v in spilled:
            if k != key and k not in self._lasting:
                self._lasting.put(k, v)


def in_memory(value: E) -> E:
    """Return a value as the memory tier keeps it: its tensors on the CPU."""
    return value.to("cpu")


def on_accelerator(value: E) -> E | None:
    """Return a value whose tensors lie on a GPU as it is, None for others."""
    return None if str(value.device) == "cpu" else value
