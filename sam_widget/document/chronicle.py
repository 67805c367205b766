"""Chronicle: what was done on a photo, step by step and when, as JSON. Makes no change itself.

It keeps what a person did (push, undo, redo), the moments at which answers came, and the bytes of
prompts; what the model said it leaves out, which a model says again.
"""

from __future__ import annotations

import json
import time
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from .edits import Edit, accepted, edit_from_json, edit_to_json, undoable
from .records import Answer, Mark, Object

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .blobs import Blobs
    from .edits import Document
    from .patch import Act
    from .records import Record

FORMAT = 1
MOST_STEPS = 10_000
MOST_BYTES = 16 * 2**20  # of the steps, and as many again of their prompts' bytes
NOTHING = Edit()

Line: TypeAlias = "tuple[bytes, tuple[str, ...]]"  # a step as JSON, the blobs that it names


class Chronicle:
    """One photo's steps. Not thread-safe: its session holds the lock.

    Beyond 10,000 steps, or 16 MiB, the older half becomes one step: what is on the photo by then,
    which has the bounds of a document and is counted no more.

    Parameters
    ----------
    blobs : Blobs
        Where the bytes of prompts are when a step mentions them.
    """

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self.begin()

    def begin(self) -> None:
        """Begin anew, at second 0."""
        self._began = time.monotonic()
        self._base: dict[str, Record] = {}  # what the steps that were folded have made
        self._fed: dict[str, Any] | None = None  # how the last of them fed answers back
        self._lines: list[Line] = []
        self._bytes: dict[str, bytes] = {}
        self._named: set[str] = set()  # of these what lines name, and not the base alone
        self._size = self._held = 0
        self._since: dict[str, float] = {}  # of what is being said and not accepted
        self._spent: dict[str, float] = {}  # by objects, until each was accepted

    def now(self) -> float:
        """Seconds since the beginning, to the millisecond."""
        return round(time.monotonic() - self._began, 3)

    def resume(self, at: float) -> None:
        """Go on at so many seconds, as after a pause that does not count."""
        self._began = time.monotonic() - at

    def note(self, act: Act, edit: Edit, before: Document, at: float) -> None:
        """Note a whole change of the document before it, made at so many seconds."""
        if act == "open":
            self.begin()
        elif act == "commit":
            for record in edit.put.values():
                if isinstance(record, Answer):
                    self._add({"at": at, "act": "answer", "object": record.object})
        else:
            own = undoable(before, edit)
            self._time(own, before, at, counts=act == "push")
            if own.put or own.drop:
                self._add({"at": at, "act": act, "edit": edit_to_json(own)}, own)

    def spent(self) -> dict[str, float]:
        """Return the seconds from objects' first marks until they were accepted, by their ids.

        Where one was opened again, the seconds until it was accepted again come on top. What one
        click made and accepted took none between the two: 0.0.
        """
        return dict(self._spent)

    def _time(self, edit: Edit, before: Document, at: float, *, counts: bool) -> None:
        """Note when an object is begun, opened again, accepted."""
        for record in edit.put.values():
            if isinstance(record, Mark):
                owner = edit.put.get(record.object) or before.get(record.object)
                at_once = edit.group == accepted(record.object) and record.object not in before
                if isinstance(owner, Object) and (at_once or not owner.locked):
                    self._since.setdefault(owner.id, at)
        for record in edit.put.values():
            if not isinstance(record, Object):
                continue
            old = before.get(record.id)
            was = isinstance(old, Object) and old.locked
            since = self._since.pop(record.id, None) if record.locked else None
            if since is not None and counts:
                self._spent[record.id] = round(self._spent.get(record.id, 0.0) + at - since, 3)
            elif was and not record.locked:
                self._since[record.id] = at

    def remark(self, **said: Any) -> None:
        """Note what changes no document, and what answers come of."""
        self._add({"at": self.now(), **said})

    def steps(self) -> list[dict[str, Any]]:
        """Return the steps as JSON objects: ``at``, ``act``, and what was done."""
        return self.copy().steps()

    def bytes(self) -> dict[str, str]:
        """Return the bytes that the steps' prompts mention, in base64, by their names."""
        return self.copy().bytes()

    def copy(self) -> Copied:
        """Return the steps and the bytes of now, to be written where no lock is held."""
        return Copied(tuple(self._base.values()), self._fed, tuple(self._lines), {**self._bytes})

    def _add(self, step: dict[str, Any], edit: Edit = NOTHING) -> None:
        line = json.dumps(step, ensure_ascii=False, separators=(",", ":")).encode()
        names = tuple(name for record in edit.put.values() for name in record.blobs())
        for name in names:
            data = self._bytes.get(name) or self._blobs.get(name)
            if data is not None and name not in self._named:
                self._bytes[name] = data
                self._named.add(name)
                self._held += len(data)
        self._lines.append((line, names))
        self._size += len(line)
        while self._lines and (
            len(self._lines) > MOST_STEPS or max(self._size, self._held) > MOST_BYTES
        ):
            self._fold()

    def _fold(self) -> None:
        """Make the older half a part of the base. What this names is as much as is on the photo."""
        half = (len(self._lines) + 1) // 2
        for line, _ in self._lines[:half]:
            step = json.loads(line)
            if step["act"] == "feed_back":
                self._fed = step
            elif "edit" in step:
                edit = edit_from_json(step["edit"])
                for name in edit.drop:
                    self._base.pop(name, None)
                self._base.update(edit.put)
        self._lines = self._lines[half:]
        self._named = {name for _, names in self._lines for name in names if name in self._bytes}
        named = self._named.union(*(record.blobs() for record in self._base.values()))
        self._bytes = {name: data for name, data in self._bytes.items() if name in named}
        self._size = sum(len(line) for line, _ in self._lines)
        self._held = sum(len(self._bytes[name]) for name in self._named)


@dataclass(frozen=True)
class Copied:
    """A chronicle as it was at one moment."""

    base: tuple[Record, ...]
    fed: dict[str, Any] | None
    lines: tuple[Line, ...]
    data: Mapping[str, bytes]

    def steps(self) -> list[dict[str, Any]]:
        """Return the steps as JSON objects, what was folded as the first."""
        first: list[dict[str, Any]] = []
        if self.base:
            whole = edit_to_json(Edit.of(*self.base))
            first.append({"at": 0.0, "act": "push", "edit": whole})
        if self.fed is not None:
            first.append({**self.fed, "at": 0.0})
        return first + [json.loads(line) for line, _ in self.lines]

    def bytes(self) -> dict[str, str]:
        """Return the bytes that the steps' prompts mention, in base64, by their names."""
        return {name: b64encode(data).decode("ascii") for name, data in self.data.items()}
