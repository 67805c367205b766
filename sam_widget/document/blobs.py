"""Blobs: bytes by the hash of their content (pictures, run lengths). Knows no record."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sam_widget.lifetime import renews

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DIGITS = 32  # of the hash's 64: 128 bits, beyond any accident


def name_of(data: bytes) -> str:
    """Return the name of bytes: 32 hexadecimal digits of their SHA-256."""
    return hashlib.sha256(data).hexdigest()[:DIGITS]


class Blobs:
    """Bytes by content. Any thread may ask."""

    def __init__(self) -> None:
        self._bytes: dict[str, bytes] = {}
        self._nbytes = 0
        # how often put without being settled: a worker puts masks before it commits the answer
        self._fresh: Counter[str] = Counter()
        self.renew()
        renews(self)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._lock = threading.Lock()

    def put(self, data: bytes) -> str:
        """Keep bytes and return their name."""
        name = name_of(data)
        with self._lock:
            if name not in self._bytes:
                self._nbytes += len(data)
            self._bytes[name] = data
            self._fresh[name] += 1
        return name

    def get(self, name: str) -> bytes | None:
        """Return the bytes, or None when nothing of that name is kept."""
        return self._bytes.get(name)

    @contextmanager
    def lent(self, *given: bytes) -> Iterator[tuple[str, ...]]:
        """Keep bytes at least until the end of the ``with``, and longer where a document does."""
        names = tuple(map(self.put, given))
        try:
            yield names
        finally:
            self.settle(names)

    def settle(self, names: Iterable[str]) -> None:
        """Say of one ``put`` each that it has reached a document or never will."""
        with self._lock:
            self._fresh.subtract(names)
            self._fresh = +self._fresh

    def keep(self, names: Iterable[str]) -> None:
        """Let go of all that is neither named here nor fresh."""
        with self._lock:
            wanted = {*self._fresh, *names}
            self._bytes = {name: data for name, data in self._bytes.items() if name in wanted}
            self._nbytes = sum(map(len, self._bytes.values()))

    @property
    def nbytes(self) -> int:
        """Bytes of all."""
        return self._nbytes

    def names(self) -> set[str]:
        """Return the names of all that is kept."""
        with self._lock:
            return set(self._bytes)

    def __contains__(self, name: str) -> bool:
        return name in self._bytes

    def __len__(self) -> int:
        return len(self._bytes)
