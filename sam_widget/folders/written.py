"""A photo's annotations on disk, never over what somebody else has written. Draws no mask."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import xxhash

from sam_widget.document.journal import write_whole
from sam_widget.errors import SamError, reason
from sam_widget.formats import sa1b
from sam_widget.formats.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

    from sam_widget.formats.annotated import Annotated

    from .entries import Entry
    from .places import Place


class Written:
    """The JSON of one photo, whose journal's lock the caller has. One thread at a time.

    A file that is not the one that was read or written here last is somebody else's: another
    program's, another format's, a colleague's through a shared drive. It stays as it is, and what
    is written goes to the next name: ``cat.json``, ``cat.jpg.json``, ``cat.jpg.2.json``.

    Parameters
    ----------
    place : Place
    entry : Entry
        What the journal says of the photo.
    """

    def __init__(self, place: Place, entry: Entry) -> None:
        self.entry = entry
        self._place = place
        self._read = ("", "")  # a file's name and seal

    def read(self, size: tuple[int, int]) -> Annotated | None:
        """Return what others have annotated; None where nothing is there, or nothing of this photo.

        A photo whose annotations were written here has them in its
        journal, and nothing is read.

        Parameters
        ----------
        size : tuple of int
            (width, height) of the photo; annotations of another are not its own.
        """
        if self.entry.file:
            return None
        for path in self._place.files():
            if not path.exists():
                return None
            try:
                found = sa1b.read_one(path)
                seal = _seal(path.read_bytes())
            except (DataError, OSError):
                continue  # another format's
            if found.size == size and found.name in self._names(path):
                self._read = path.name, seal
                return found
        return None

    def took(self, annotated: Annotated) -> None:
        """Note that what was read is in the journal, so; SamError where that cannot be written."""
        name, seal = self._read
        entry = replace(self.entry, file=name, seals=(seal,), means=_seal(_json(annotated)))
        self.judge(replace(entry, objects=len(annotated.regions)))

    def write(self, annotated: Annotated) -> str | None:
        """Write what is annotated, whole or not at all; nothing where it stands there already.

        Returns
        -------
        str or None
            A sentence, where it went to another file than before, or than it is used to.

        Raises
        ------
        SamError
            It cannot be written.
        """
        data = _json(annotated)
        seal, said = _seal(data), None
        path = self._place.json.with_name(self.entry.file) if self.entry.file else self._free()
        there = _seal_of(path)
        if there is not None and (there,) == self.entry.seals[-1:] and self.entry.means == seal:
            return None
        if there not in (None, seal, *self.entry.seals):
            path, strange = self._free(), path
            said, there = self._aside(strange, path), None
        elif not self.entry.file and path != self._place.json:
            said = self._aside(self._place.json, path)
        seals = (seal,) if there is None else (there, seal)
        try:
            # first what the file may be: a process killed between the two finds it its own
            self._save(replace(self.entry, file=path.name, seals=seals, means=seal), annotated)
            if there != seal:
                write_whole(path, data)
        except OSError as error:
            raise SamError(f"{path} cannot be written: {reason(error)}.") from error
        return said

    def judge(self, entry: Entry) -> None:
        """Note what was judged; SamError where it cannot be written."""
        try:
            entry.save(self._place.journal)
        except OSError as error:
            raise SamError(f"{self._place.journal} cannot be written: {reason(error)}.") from error
        self.entry = entry

    def _save(self, entry: Entry, annotated: Annotated) -> None:
        entry = replace(entry, objects=len(annotated.regions))
        if entry != self.entry:
            entry.save(self._place.journal)
            self.entry = entry

    def _names(self, path: Path) -> tuple[str, ...]:
        """Return by which names annotations there mean this photo: its own, and SA-1B's.

        Not SA-1B's where that is a photo of its own: cat.jpg beside cat.png.
        """
        own, other = self._place.full_name, f"{path.stem}.jpg"
        others = self._place.home / other, self._place.json.with_name(other)
        return (own,) if any(each.exists() for each in others) else (own, other)

    def _free(self) -> Path:
        """Return the first place that nobody has."""
        return next(each for each in self._place.files() if not each.exists())

    def _aside(self, strange: Path, path: Path) -> str:
        return (
            f"{strange.name} is somebody else's, or was changed by them: it stays as it is, and"
            f" what you do on {self._place.full_name} goes to {path.name}."
        )


def _json(annotated: Annotated) -> bytes:
    told = json.dumps(sa1b.to_json(annotated), ensure_ascii=False, allow_nan=False)
    return told.encode("utf-8", "backslashreplace")


def _seal(data: bytes) -> str:
    return xxhash.xxh3_128(data).hexdigest()


def _seal_of(path: Path) -> str | None:
    """Return what the file's bytes are known by; None where there is none."""
    try:
        return _seal(path.read_bytes())
    except OSError:
        return None
