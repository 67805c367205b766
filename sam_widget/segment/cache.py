"""Embeddings kept for as long as there is room, each made once. Knows no model and no session."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future
from functools import cache
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED_BYTES = 256 * 2**20  # some sixty images of a SAM; a small machine has 2 GB in all

Key = tuple[str, str]  # (the image's content hash, Segmenter.key)


class Sized(Protocol):
    """What can be kept: it knows how many bytes it holds."""

    @property
    def nbytes(self) -> int:
        """Bytes that it holds, wherever they lie."""
        ...


E = TypeVar("E", bound=Sized)


class EmbeddingCache(Generic[E]):
    """Embeddings by (image content, model), the least recently used given up first.

    Values stay on the device where the model made them. Safe to use from several threads.

    Parameters
    ----------
    limit_bytes : int
        Upper bound of what is kept, in bytes, by the values' own ``nbytes``.
    """

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, E] = OrderedDict()
        self._nbytes = 0
        self._flights: dict[Key, Future[E]] = {}

    def get(self, key: Key, make: Callable[[], E]) -> E:
        """Return the embedding of this key; make it if need be, once however many ask.

        Parameters
        ----------
        key : (str, str)
            The image's content hash and the segmenter's key.
        make : callable
            Called without a lock held, in the thread of the first that asks; others wait for it.

        Returns
        -------
        Embedding
            Kept for the next time unless it alone is larger than the limit.

        Raises
        ------
        Exception
            Whatever `make` raised, in every thread that waited for it. It is not remembered:
            the next call tries again.
        """
        while True:
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
                    return self._kept[key]
                flight = self._flights.get(key)
                mine = flight is None
                if flight is None:
                    flight = self._flights[key] = Future()
            if mine:
                return self._fly(key, flight, make)
            try:
                return flight.result()
            except Interrupted:
                continue  # the maker was stopped, not the making wrong: make it here

    def __contains__(self, key: Key) -> bool:
        with self._lock:
            return key in self._kept

    def __len__(self) -> int:
        with self._lock:
            return len(self._kept)

    @property
    def nbytes(self) -> int:
        """Bytes kept now."""
        with self._lock:
            return self._nbytes

    def clear(self) -> None:
        """Give up everything that is kept."""
        with self._lock:
            self._kept.clear()
            self._nbytes = 0

    def _fly(self, key: Key, flight: Future[E], make: Callable[[], E]) -> E:
        try:
            value = make()
        except BaseException as error:
            with self._lock:
                del self._flights[key]
            shared = error if isinstance(error, Exception) else Interrupted()
            flight.set_exception(shared)
            raise
        with self._lock:
            del self._flights[key]
            self._keep(key, value)
        flight.set_result(value)
        return value

    def _keep(self, key: Key, value: E) -> None:
        size = value.nbytes
        if size > self.limit_bytes:
            return
        self._kept[key] = value
        self._nbytes += size
        while self._nbytes > self.limit_bytes:
            _, old = self._kept.popitem(last=False)
            self._nbytes -= old.nbytes


class Interrupted(Exception):  # noqa: N818  no error of the making's
    """Told to waiters when the thread that made a value was interrupted."""


@cache
def shared_cache() -> EmbeddingCache[Sized]:
    """Return the one cache of this process."""
    return EmbeddingCache(SHARED_BYTES)
