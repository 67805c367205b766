"""Journal: a session's changes in a folder, as they are published, and back. Decides none of them.

The folder holds ``changes.jsonl``, whose first line says the format and every other one a change
(what was done, the edit that came of it), and ``blobs/``, bytes by the hash of their content. A
line is written after the blobs that it mentions, so a process that is killed leaves at most a part
of its last line, which is cut off when the folder is opened again.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from filelock import FileLock, Timeout

from sam_widget.errors import SamError, reason
from sam_widget.lifetime import renews

from .blobs import Blobs, name_of
from .edits import Edit, EditError, edit_from_json, edit_to_json
from .patch import Act
from .plain import MalformedError, from_plain
from .records import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from .patch import Patch
    from .session import Session

FORMAT = 1
HEADER = {"sam_widget": "journal", "format": FORMAT}
CHANGES, BLOBS, LOCK = "changes.jsonl", "blobs", "in_use.lock"

log = logging.getLogger(__name__)


class JournalError(SamError):
    """A folder that cannot be a session's journal, and why, in one sentence."""


class InUseError(JournalError):
    """Somebody else is at work in the folder."""


@dataclass(frozen=True)
class Change:
    """One line of the journal."""

    act: Act
    edit: Edit
    at: float = 0.0  # seconds since the photo was opened; journals of before have none

    def line(self) -> bytes:
        """Return the line, with its end."""
        told = {"act": self.act, "edit": edit_to_json(self.edit), "at": self.at}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Journal:
    """A folder that one session writes its changes to. Any thread may call.

    Parameters
    ----------
    folder : Path
        Made where it is not there yet.
    tell : callable, optional
        Takes a sentence each time that a change could not be written, on the thread that made it.

    Attributes
    ----------
    trouble : str or None
        Why the last changes are not written yet, in one sentence; each further change tries again.

    Raises
    ------
    JournalError
        The folder cannot be written to, holds something else, or another process, or another
        journal of this one, is at work in it.
    """

    def __init__(self, folder: Path, tell: Callable[[str], None] = lambda _: None) -> None:
        self.folder = folder
        self._tell = tell
        self.trouble: str | None = None
        self._lock = _locked(folder)
        self._waiting: deque[Patch] = deque()
        self._writing = threading.Lock()
        renews(self)
        self._blobs = Blobs()
        self._end: Callable[[], None] = lambda: None
        try:
            self._whole = _whole(folder)
        except BaseException:
            self._lock.release()
            raise

    def renew(self) -> None:
        """Write nothing in a forked child: the folder is the parent's, which goes on writing."""
        self._waiting = deque(maxlen=0)
        self._writing = threading.Lock()

    def replay(self, session: Session) -> None:
        """Make all changes again in a session that has none, with the blobs that they mention.

        An Answer whose masks are gone or damaged is left out: the model gives it again. A prompt
        whose bytes are gone stays, for what came after it; who asks for it anew is told.

        Raises
        ------
        JournalError
            A line is no change, or none that can follow on those before.
        """
        blobs = session.blobs
        for number, change in self._changes():
            records = change.edit.put
            named = {blob for record in records.values() for blob in record.blobs()}
            read = [self._blob(name) for name in named if name not in blobs]
            put = [blobs.put(data) for data in read if data is not None]
            there = {
                name: record
                for name, record in records.items()
                if not isinstance(record, Answer) or all(blob in blobs for blob in record.blobs())
            }
            try:
                edit = Edit(there, change.edit.drop, change.edit.group)
                session.replay(change.act, edit, change.at)
            except EditError as error:
                raise JournalError(_damaged(self.folder, number, str(error))) from error
            blobs.settle(put)

    def follow(self, session: Session) -> None:
        """Write every change of a session from now on, after its verb and before the next one's."""
        self._blobs = session.blobs
        self._end = session.subscribe(self._note, self.write)

    def write(self) -> None:
        """Write what waits, in order; on trouble it goes on waiting."""
        with self._writing:
            trouble, self.trouble = self.trouble, self._written()
        if self.trouble is not None:
            if self.trouble != trouble:
                log.warning(self.trouble)
            self._tell(self.trouble)

    def _written(self) -> str | None:
        """Write what waits; return why something still does."""
        while self._waiting:
            try:
                self._append(self._waiting[0])
            except OSError as error:
                return (
                    f"The journal {self.folder} cannot be written: {reason(error)}; what you do is"
                    " kept in memory until it can."
                )
            self._waiting.popleft()
        return None

    def close(self) -> None:
        """Write what waits and leave the folder to others."""
        self._end()
        self.write()
        self._lock.release()

    def _note(self, patch: Patch) -> None:
        self._waiting.append(patch)

    def _append(self, patch: Patch) -> None:
        for record in patch.edit.put.values():
            for name in record.blobs():
                data = self._blobs.get(name)
                place = self._place(name)
                if data is not None and not place.exists():
                    write_whole(place, data)
        line = Change(patch.act, patch.edit, patch.at).line()
        with (self.folder / CHANGES).open("r+b") as file:
            file.seek(self._whole)
            file.truncate()  # of a line that was begun and could not be ended
            file.write(line)
        self._whole += len(line)

    def _changes(self) -> Iterator[tuple[int, Change]]:
        with (self.folder / CHANGES).open("rb") as file:
            lines = file.read(self._whole).splitlines()
        for number, line in enumerate(lines[1:], 2):
            yield number, _change(self.folder, number, line)

    def _place(self, name: str) -> Path:
        return self.folder / BLOBS / name[:2] / name

    def _blob(self, name: str) -> bytes | None:
        try:
            data = self._place(name).read_bytes()
        except OSError:
            return None
        return data if name_of(data) == name else None


def _locked(folder: Path) -> FileLock:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # of no thread: whoever closes the journal lets go of it
        lock = FileLock(folder / LOCK, blocking=False, is_singleton=False, thread_local=False)
        lock.acquire()
    except Timeout:
        raise InUseError(
            f"Somebody is at work in {folder}: close the other widget, or name another folder."
        ) from None
    except (OSError, ValueError) as error:  # a NUL in its name
        raise JournalError(f"{folder} cannot hold a journal: {reason(error)}.") from error
    return lock


def _whole(folder: Path) -> int:
    """Return how many bytes of the changes are whole lines; begin the file where there is none."""
    path = folder / CHANGES
    head = json.dumps(HEADER).encode() + b"\n"
    try:
        data = path.read_bytes() if path.exists() else b""
        if head.startswith(data):  # nothing, or a beginning that was killed
            write_whole(path, head)
            return len(head)
    except OSError as error:
        raise JournalError(f"{folder} cannot hold a journal: {reason(error)}.") from error
    first = _json(data.split(b"\n", 1)[0])
    if not isinstance(first, dict) or first.get("sam_widget") != HEADER["sam_widget"]:
        raise JournalError(f"{path} is no journal of a SamWidget: name another folder.")
    if first.get("format") != FORMAT:
        raise JournalError(
            f"{path} is of format {first.get('format')!r}, and this version reads {FORMAT}:"
            " update sam_widget."
        )
    return data.rfind(b"\n") + 1


def _change(folder: Path, number: int, line: bytes) -> Change:
    told = _json(line)
    if not isinstance(told, dict) or told.get("act") not in get_args(Act):
        raise JournalError(_damaged(folder, number, "it says no change"))
    try:
        at = from_plain(float, told.get("at", 0.0), "at")
        return Change(told["act"], edit_from_json(told.get("edit")), at)
    except (EditError, MalformedError) as error:
        raise JournalError(_damaged(folder, number, str(error))) from error


def _damaged(folder: Path, number: int, why: str) -> str:
    return (
        f"Line {number} of {folder / CHANGES} is damaged ({why.rstrip('.')}): copy the folder and"
        " cut the file off there, to have what was done before."
    )


def _json(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; of two who write at once, the last one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    who = f"{os.getpid():x}-{threading.get_ident():x}"  # or one would move the other's part away
    part = path.with_name(f".{path.name}.{who}.part")
    part.write_bytes(data)
    os.replace(part, path)  # noqa: PTH105
