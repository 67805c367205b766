"""Who does the photos' work: this process, or a Dask cluster. Decides no photo, keeps no record.

A crew takes names as they come, never more than a few ahead of what is done, and gives what came
of each, once, in the order in which it was done.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from sam_widget.errors import SamError, in_short, shown
from sam_widget.lifetime import handing_over
from sam_widget.models.names import is_name
from sam_widget.segment.model import has_all

from .job import Done

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from .job import Job

AHEAD = 2  # photos under way for each of a cluster's threads: one at work, one waiting
A_LOOK = 5.0  # seconds between two looks at how many threads there are
TRIES = 2  # more, where a task itself failed; a lost worker's go to another in any case
CLIENT = ("submit", "scheduler_info", "cancel")
"""By what a Dask client is known."""


class Crew(Protocol):
    """Who does the work."""

    @property
    def said(self) -> str:
        """Who it is, in words."""
        ...

    def done(self, job: Job, names: Iterable[str]) -> Generator[Done]:
        """Do all photos; yield what came of each. Closed, it stops: what is written stays.

        Raises
        ------
        SamError
            None of them can be done: there is no such model, or results cannot be written.
        """
        ...


@dataclass(frozen=True)
class Here:
    """The process that asks: one photo after the other, the next one read meanwhile."""

    said: str = "this process"

    def done(self, job: Job, names: Iterable[str]) -> Generator[Done]:
        """Do all photos in their order."""
        with ThreadPoolExecutor(1, "sam_widget reader") as reader:
            ahead = None
            for name in names:
                with handing_over():
                    coming = reader.submit(job.read, name)
                if ahead is not None:
                    yield job.finish(ahead.result())
                ahead = coming
            if ahead is not None:
                yield job.finish(ahead.result())


@dataclass(frozen=True)
class Cluster:
    """The workers of a Dask client: each loads the model once, and does a photo a thread.

    Attributes
    ----------
    client : distributed.Client
    """

    client: Any

    @property
    def said(self) -> str:
        """Which scheduler, and what stands behind it."""
        threads = self.client.nthreads()
        return (
            f"Dask at {self.client.scheduler_info()['address']}, {len(threads)} workers with"
            f" {sum(threads.values())} threads"
        )

    def done(self, job: Job, names: Iterable[str]) -> Generator[Done]:
        """Do all photos, in whatever order they come.

        A photo whose worker is lost goes to another. That its result is written whole, under its
        own name, makes doing it twice no harm.
        """
        from distributed import as_completed  # noqa: PLC0415  an extra

        waiting = iter(names)
        under_way: dict[Any, str] = {}
        finished = as_completed(with_results=True, raise_errors=False)
        looked, room = 0.0, 0
        try:
            while True:
                if (now := time.monotonic()) > looked + A_LOOK or not looked:
                    looked, room = now, AHEAD * max(1, sum(self.client.nthreads().values()))
                for name in islice(waiting, max(0, room - len(under_way))):
                    future = self.client.submit(job, name, pure=False, retries=TRIES)
                    under_way[future] = name
                    finished.add(future)
                if not under_way:
                    return
                future, result = next(finished)
                name = under_way.pop(future)
                yield _outcome(name, result)
                future.release()
        finally:
            if under_way:
                self.client.cancel(list(under_way), force=True)


def _outcome(name: str, result: Any) -> Done:
    """Return what came of a photo; raise what stops all of them."""
    if isinstance(result, Done):
        return result
    error = result[1] if isinstance(result, tuple) else result  # as Dask tells of one
    if isinstance(error, SamError):
        raise error
    what = type(error).__name__
    said = {"KilledWorker": "its workers died, one after the other"}
    if "Cancelled" in what:
        return Done(name, f"{name}: the cluster let go of it; the same call does it again.")
    return Done(name, f"{name}: {said.get(what, in_short(error))}.")


def crew_of(client: Any, model: Any) -> Crew:
    """Return who works for a client; this process where there is none.

    Raises
    ------
    SamError
        It is no Dask client, or the model is no name that its workers could load.
    """
    if client is None:
        return Here()
    if not has_all(client, CLIENT):
        raise SamError(f"client is a Client of dask.distributed, not {shown(client)}.")
    try:
        import distributed  # noqa: F401, PLC0415  an extra
    except ImportError as error:
        raise SamError(
            "A cluster needs Dask: pip install 'sam_widget[cluster]', here and on its workers."
        ) from error
    if getattr(client, "asynchronous", False):
        raise SamError("The client is asynchronous: make one with Client(..., asynchronous=False).")
    if not is_name(model):
        raise SamError(
            "On a cluster the model is a name or a path, which each worker loads once, not"
            f" {shown(model)}: save it with save_sam where all of them can read it."
        )
    return Cluster(client)
