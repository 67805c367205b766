"""Ledger: what was done on a folder, sitting by sitting, beside its results. Does none of it.

``OUTPUT/.sam_widget/annotate/NAME/`` is one sitting: ``sitting.jsonl`` says how it was set up, and
``00001.jsonl``, ... hold a line a photo, a thousand each. Every file is written whole, since most
places cannot be appended to: the last one anew every few seconds, and at the end. What a killed
process had not written yet is a few seconds of statistics; the results themselves are there.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sam_widget.document.plain import from_plain, to_plain

from .job import Done
from .places import OWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .places import Place

FOLDER = f"{OWN}/annotate"
A_FILE = 1000  # lines
PAUSE = 5.0  # seconds between two writings
FORMAT = 1


@dataclass(frozen=True)
class Sitting:
    """One call of ``annotate``: how it was set up, and how long it took.

    Attributes
    ----------
    name : str
        Of its folder; sittings of one output sort by it.
    photos : str
        The address of the photos.
    model, key : str
        The model's name; its fingerprint, empty until the first photo is done.
    settings : str
        What ``Settings.to_json`` gave, as a text.
    workers : str
        Who worked, in words.
    version : str
        Of this package.
    began : float
        Seconds since 1970.
    total, known : int
        Photos at the address then, and those of them that had a result already.
    elapsed : float
        Seconds by the clock on the wall, until it was last written.
    whole : bool
        Whether it came to its end.
    format : int
    """

    name: str
    photos: str
    model: str
    settings: str
    workers: str
    version: str
    began: float
    total: int
    known: int
    key: str = ""
    elapsed: float = 0.0
    whole: bool = False
    format: int = FORMAT


def sitting_name() -> str:
    """Return a name for a sitting that begins now."""
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")


class Ledger:
    """One sitting as it is written. Not thread-safe.

    Parameters
    ----------
    output : Place
    sitting : Sitting
    """

    def __init__(self, output: Place, sitting: Sitting) -> None:
        self._output, self.sitting = output, sitting
        self._start = self._written = time.monotonic()
        self._file, self._lines = 1, list[str]()
        self._tell()

    def note(self, done: Done) -> None:
        """Note one photo."""
        self._lines.append(_line(to_plain(done)))
        if done.key and not self.sitting.key:
            self.sitting = replace(self.sitting, key=done.key)
        full = len(self._lines) >= A_FILE
        if full or time.monotonic() - self._written > PAUSE:
            self.write()
        if full:
            self._file, self._lines = self._file + 1, []

    def write(self, whole: bool = False) -> None:
        """Write what is noted; ``whole`` says that this is the end, and no interruption."""
        elapsed = round(time.monotonic() - self._start, 3)
        self.sitting = replace(self.sitting, elapsed=elapsed, whole=whole)
        if self._lines:
            self._put(f"{self._file:05}.jsonl", "".join(self._lines))
        self._tell()
        self._written = time.monotonic()

    def _tell(self) -> None:
        self._put("sitting.jsonl", _line(to_plain(self.sitting)))

    def _put(self, file: str, text: str) -> None:
        name = f"{FOLDER}/{self.sitting.name}/{file}"
        self._output.write(name, text.encode(), f"parts-{self.sitting.name}")


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")) + "\n"


def sittings(output: Place) -> tuple[Sitting, ...]:
    """Return the sittings of an output, in order; what is no sitting is left out."""
    found = []
    for name in _folders(output):
        try:
            told = json.loads(output.read(f"{FOLDER}/{name}/sitting.jsonl"))
            found.append(from_plain(Sitting, told, "sitting"))
        except ValueError:
            continue
    return tuple(found)


def lines(output: Place, sitting: Sitting) -> Iterator[Done]:
    """Yield what came of each photo of a sitting, a file at a time."""
    folder = f"{FOLDER}/{sitting.name}"
    for file in output.names(folder):
        if file == "sitting.jsonl":
            continue
        for line in output.read(f"{folder}/{file}").splitlines():
            try:
                yield from_plain(Done, json.loads(line), "line")
            except ValueError:
                continue


def forget(output: Place) -> None:
    """Remove all sittings of an output, not its results."""
    output.remove(FOLDER)


def _folders(output: Place) -> list[str]:
    path = output.path(FOLDER)
    if not output.files.exists(path):
        return []
    found = output.files.ls(path, detail=True)
    names = (each["name"] for each in found if each["type"] == "directory")
    return sorted(name.rstrip("/").rpartition("/")[2] for name in names)
