"""Chronicle: what was done on a photo, step by step and when, as JSON. Makes no change itself.

It keeps what a person did (push, undo, redo), the moments at which answers came, and the bytes of
prompts; what the model said it leaves out, which a model says again.
"""

from __future__ import annotations

import json
import time
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from .edits import Document, Edit, apply, edit_from_json, edit_to_json, undoable
from .records import Answer

if TYPE_CHECKING:
    from .blobs import Blobs
    from .patch import Act

FORMAT = 1
MOST_STEPS = 10_000
MOST_BYTES = 16 * 2**20  # of the steps, and as many again of their prompts' bytes


class Chronicle:
    """One photo's steps. Not thread-safe: its session holds the lock.

    Beyond 10,000 steps, or 16 MiB, the older half becomes one step.

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
        self._base = Document()  # what the steps that were folded have made
        self._lines: list[bytes] = []
        self._bytes: dict[str, bytes] = {}
        self._size = self._held = 0

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
            if own.put or own.drop:
                self._keep(own)
                self._add({"at": at, "act": act, "edit": edit_to_json(own)})
        self._fold()

    def remark(self, **said: Any) -> None:
        """Note what changes no document, and what answers come of."""
        self._add({"at": self.now(), **said})

    def steps(self) -> list[dict[str, Any]]:
        """Return the steps as JSON objects: ``at``, ``act``, and what was done."""
        first = [{"at": 0.0, "act": "push", "edit": edit_to_json(Edit.of(*self._base.values()))}]
        return (first if self._base else []) + [json.loads(line) for line in self._lines]

    def bytes(self) -> dict[str, str]:
        """Return the bytes that the steps' prompts mention, in base64, by their names."""
        return {name: b64encode(data).decode("ascii") for name, data in self._bytes.items()}

    def _add(self, step: dict[str, Any]) -> None:
        line = json.dumps(step, ensure_ascii=False, separators=(",", ":")).encode()
        self._lines.append(line)
        self._size += len(line)

    def _keep(self, edit: Edit) -> None:
        for record in edit.put.values():
            for name in record.blobs():
                data = self._blobs.get(name)
                if data is not None and name not in self._bytes:
                    self._bytes[name] = data
                    self._held += len(data)

    def _fold(self) -> None:
        """Make one step of the older half where there is too much."""
        while self._lines and (
            len(self._lines) > MOST_STEPS or max(self._size, self._held) > MOST_BYTES
        ):
            half = (len(self._lines) + 1) // 2
            for line in self._lines[:half]:
                step = json.loads(line)
                if "edit" in step:
                    self._base = apply(self._base, edit_from_json(step["edit"]))
            self._lines = self._lines[half:]
            edits = [edit_from_json(step["edit"]) for step in self.steps() if "edit" in step]
            put = (record for edit in edits for record in edit.put.values())
            named = {name for record in put for name in record.blobs()}
            self._bytes = {name: data for name, data in self._bytes.items() if name in named}
            self._size = sum(map(len, self._lines))
            self._held = sum(map(len, self._bytes.values()))
