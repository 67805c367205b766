"""Run: what has been done on a folder until now, read from beside its results. Does no photo."""

from __future__ import annotations

import hashlib
import heapq
import json
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from sam_widget.errors import SamError, shown
from sam_widget.formats import sa1b
from sam_widget.formats.files import parsed
from sam_widget.segment.everything.funnel import Funnel

from .job import Done, result_of
from .ledger import Sitting, lines, sittings
from .places import Photos, Place

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from sam_widget.formats.annotated import Annotated
    from sam_widget.reports import Report

    from .automatic import Settings
    from .cost import Cost

MOST_FAILURES = 100  # sentences that are kept
SAMPLES = 6  # photos that a report shows


@dataclass(frozen=True, repr=False)
class Run:
    """What has been done on a folder until now, over all calls of ``annotate`` on one output.

    Attributes
    ----------
    output : str
        The address of the results.
    sittings : tuple of Sitting
        The calls, in order: when, with which model and settings, by whom, how long.
    photos : int
        How many there are, as the last call found them.
    done : int
        How many of them have a result.
    recorded : int
        Of how many results it is recorded what they took: all, unless a call was killed.
    now : int
        How many the last call did.
    masks : int
        In all recorded results.
    funnel : Funnel
        How many masks each filter dropped, of all recorded photos.
    pixels, written : int
        Of all recorded photos; bytes of their results.
    reading, looking, writing : float
        Seconds that workers spent on them, added up: until the pixels were there, of the model,
        until the result was written.
    keys, devices, workers : mapping of str to int
        How many photos were done by which fingerprint of the model, on which device, by which
        process.
    failures : tuple of str
        Why a photo has no result, a sentence each, a hundred at the most; of the last call.
    failed : int
        How many there were.
    samples : tuple of Done
        A few of the photos, drawn by chance, the same ones each time.
    """

    output: str
    sittings: tuple[Sitting, ...]
    photos: int
    done: int
    recorded: int
    now: int
    masks: int
    funnel: Funnel
    pixels: int
    written: int
    reading: float
    looking: float
    writing: float
    keys: dict[str, int]
    devices: dict[str, int]
    workers: dict[str, int]
    failures: tuple[str, ...]
    failed: int
    samples: tuple[Done, ...]

    @classmethod
    def read(cls, output: str | os.PathLike[str] | Place) -> Run:
        """Read what ``annotate`` has left in an output; also while it is at work there.

        Raises
        ------
        PlaceError
            It cannot be reached.
        SamError
            ``annotate`` has not been there.
        """
        place = output if isinstance(output, Place) else Place.of(output)
        sat = sittings(place)
        if not sat:
            raise SamError(f"annotate has not written to {shown(str(place))} yet.")
        last = sat[-1]
        ends: dict[str, int] = {"now": 0, "failed": 0}
        failures: list[str] = []
        sums = _Sums()
        for sitting in sat:
            for each in lines(place, sitting):
                if not each.failed:
                    sums.add(each)
                    ends["now"] += sitting is last
                elif sitting is last:
                    ends["failed"] += 1
                    failures += [each.failed] if len(failures) < MOST_FAILURES else []
        return cls(
            output=str(place),
            sittings=sat,
            photos=last.total,
            done=last.known + ends["now"],
            recorded=sums.photos,
            now=ends["now"],
            masks=sums.funnel.kept,
            funnel=sums.funnel,
            pixels=sums.pixels,
            written=sums.written,
            reading=round(sums.reading, 3),
            looking=round(sums.looking, 3),
            writing=round(sums.writing, 3),
            keys=sums.keys,
            devices=sums.devices,
            workers=sums.workers,
            failures=tuple(failures),
            failed=ends["failed"],
            samples=tuple(sums.samples()),
        )

    @property
    def seconds(self) -> float:
        """What a worker spends on a photo, in the mean, in seconds; NaN before the first."""
        spent = self.reading + self.looking + self.writing
        return spent / self.recorded if self.recorded else float("nan")

    @property
    def elapsed(self) -> float:
        """Seconds by the clock on the wall, over all calls."""
        return sum(each.elapsed for each in self.sittings)

    def annotated(self) -> Iterator[Annotated]:
        """Yield the photos' annotations as they are written, folder by folder, one at a time.

        Raises
        ------
        DataError
            A result has been damaged since.
        """
        place, source = Place(self.output), Photos(Place(self.sittings[-1].photos))
        for folder, names in source.folders():
            there = set(place.names(folder))
            for name in names:
                if result_of(name) in there:
                    yield self.annotations(str(PurePosixPath(folder, name)))

    def annotations(self, name: str) -> Annotated:
        """Return what was found on one photo, by its name; DataError where that is damaged."""
        result = result_of(name)
        data = Place(self.output).read(result)
        return sa1b.from_json(parsed(data, result, sa1b.WANTED), name, result)

    def cost(self, images: int, **choices: Any) -> Cost:
        """Return what so many photos would cost, as this run measured it: see ``Cost``."""
        from .cost import Cost  # noqa: PLC0415  it stands on this room

        return Cost.of(self, images, **choices)

    def report(self, path: str | os.PathLike[str] | None = None) -> Report:
        """Report what was done: by which model, with which settings, in which order, how long.

        Parameters
        ----------
        path : str or Path, optional
            Where to write it, as ``report.html`` or ``report.md``; the same in JSON goes beside it.

        Returns
        -------
        Report
            It shows itself in a notebook; ``save(path)`` writes it.

        Raises
        ------
        SamError
            The path ends otherwise, or cannot be written.
        """
        from .report import report_of  # noqa: PLC0415  it stands on this room

        made = report_of(self)
        if path is not None:
            made.save(path)
        return made

    def __repr__(self) -> str:
        masks = self.masks / self.recorded if self.recorded else 0
        failed = f", {self.failed} failed" if self.failed else ""
        return (
            f"<Run: {self.done} of {self.photos} photos in {self.output}{failed}, {self.now} of"
            f" them now; {masks:.1f} masks and {self.seconds:.2f} s a photo>"
        )


class _Sums:
    """What adds up over photos."""

    def __init__(self) -> None:
        self.photos = self.pixels = self.written = 0
        self.reading = self.looking = self.writing = 0.0
        self.funnel = Funnel()
        self.keys: dict[str, int] = {}
        self.devices: dict[str, int] = {}
        self.workers: dict[str, int] = {}
        self._drawn: list[tuple[int, str, Done]] = []

    def add(self, done: Done) -> None:
        """Add one photo."""
        self.photos += 1
        self.pixels += done.width * done.height
        self.written += done.written
        self.reading += done.reading
        self.looking += done.looking
        self.writing += done.writing
        self.funnel += done.funnel
        for counts, name in (
            (self.keys, done.key),
            (self.devices, done.device),
            (self.workers, done.worker),
        ):
            counts[name] = counts.get(name, 0) + 1
        # the largest of numbers made of the names: by chance, and the same each time
        number = int.from_bytes(hashlib.blake2b(done.name.encode(), digest_size=8).digest())
        drawn = (number, done.name, done)
        if (number, done.name) not in [each[:2] for each in self._drawn]:
            heapq.heappush(self._drawn, drawn)
        if len(self._drawn) > SAMPLES:
            heapq.heappop(self._drawn)

    def samples(self) -> Iterable[Done]:
        """Return a few photos, by name."""
        return sorted((each for _, _, each in self._drawn), key=lambda each: each.name)


def told_settings(settings: Settings) -> str:
    """Return settings as the record has them: a text of JSON."""
    return json.dumps(settings.to_json(), separators=(", ", ": "))
