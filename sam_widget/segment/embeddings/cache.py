"""Embeddings, each made once, and the cache that a process shares. Knows no model, no session."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from functools import cache
from typing import TYPE_CHECKING, Any, Generic

from sam_widget.lifetime import renews
from sam_widget.segment.model import E

from .behind import WriteBehind
from .disk import Disk, cache_folder, limit_from_environment
from .tiers import Held, Key, Row, in_memory, on_accelerator

if TYPE_CHECKING:
    from collections.abc import Callable

    import torch

    from .tiers import Tier

MEMORY_BYTES = 256 * 2**20  # some sixty images of a SAM; a small machine has 2 GB in all
GPU_BYTES = 512 * 2**20  # a small GPU has 8 GB in all


class EmbeddingCache(Generic[E]):
    """Embeddings by (image content, model), in a tier or several.

    Safe to use from several threads.

    Parameters
    ----------
    kept : Tier or int
        Where they are kept; a number of bytes stands for as much memory and nothing else.
    """

    def __init__(self, kept: Tier[E] | int) -> None:
        self._kept = Held(kept, in_memory) if isinstance(kept, int) else kept
        self.renew()
        renews(self)

    def renew(self) -> None:
        """Be as new in a forked child, in which nobody makes what the parent's threads do."""
        self._lock = threading.Lock()
        self._flights: dict[Key, Future[E]] = {}

    def get(self, key: Key, make: Callable[[], E], device: torch.device | str | None = None) -> E:
        """Return the embedding of this key; make it if need be, once however many ask.

        Parameters
        ----------
        key : (str, str)
            The image's content hash and the model's key.
        make : callable
            Called without a lock held, in the thread of the first that asks; others wait for it.
        device : torch.device or str, optional
            Where its tensors shall lie; by default where they happen to.

        Returns
        -------
        Embedding
            Kept for the next time if there is room.

        Raises
        ------
        Exception
            Whatever `make` raised, in every thread that waited for it. It is not remembered:
            the next call tries again.
        """
        value = self._once(key, make)
        if device is None:
            return value
        there = value.to(device)
        if there is not value:
            self._kept.put(key, there)  # the next click needs no move
        return there

    def put(self, key: Key, value: E) -> None:
        """Keep an embedding made elsewhere, if there is room."""
        self._kept.put(key, value)

    def __contains__(self, key: Key) -> bool:
        return key in self._kept

    @property
    def nbytes(self) -> int:
        """Bytes kept now; what lies in two tiers counts twice."""
        return self._kept.nbytes

    def flush(self) -> None:
        """Return when all that was put lies where it shall: on disk, if there is a disk tier."""
        self._kept.flush()

    def clear(self) -> None:
        """Give up everything that is kept, on disk too."""
        self._kept.clear()

    def _once(self, key: Key, make: Callable[[], E]) -> E:
        while True:
            with self._lock:
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

    def _fly(self, key: Key, flight: Future[E], make: Callable[[], E]) -> E:
        try:
            value = self._kept.get(key)
            if value is None:
                value = make()
                self._kept.put(key, value)
        except BaseException as error:
            with self._lock:
                del self._flights[key]
            shared = error if isinstance(error, Exception) else Interrupted()
            flight.set_exception(shared)
            raise
        with self._lock:
            del self._flights[key]
        flight.set_result(value)
        return value


class Interrupted(Exception):  # noqa: N818  no error of the making's
    """Told to waiters when the thread that made a value was interrupted."""


@cache
def shared_cache() -> EmbeddingCache[Any]:
    """Return the one cache of this process: GPU, memory and the user's disk in a row."""
    disk = Disk(cache_folder(), limit_from_environment())
    memory: Held[Any] = Held(MEMORY_BYTES, in_memory)
    return EmbeddingCache(Row(on_gpus(), memory, lasting=WriteBehind(disk)))


@cache
def on_gpus() -> Held[Any]:
    """Return what the shared cache keeps on GPUs; it may be cleared, as the disk has it too."""
    return Held(GPU_BYTES, on_accelerator)
