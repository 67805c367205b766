"""The page's store and link in Python: optimistic, held to the same store.json as the TypeScript.

No screen and no wire: what it would send piles up in ``outbox``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sam_widget.document.blobs import name_of
from sam_widget.document.edits import Document, Edit, apply
from sam_widget.segment.answers.status import Status
from sam_widget.widget.protocol import (
    PROTOCOL,
    Blobs,
    FromPage,
    Hello,
    Need,
    Patch,
    Push,
    Redo,
    Reject,
    Snapshot,
    Undo,
    message_to_json,
    read_kernel_message,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


class Page:
    """What one page knows: the confirmed document, its own steps under way, the blobs it holds."""

    def __init__(self, client: str) -> None:
        self.client = client
        self.version = -1  # none yet
        self.confirmed = Document()
        self.pending: list[Push | Undo | Redo] = []
        self.blobs: dict[str, bytes] = {}
        self.can_undo = self.can_redo = False
        self.status: Status | None = None
        self.error: str | None = None
        self.outbox: list[dict[str, Any]] = []
        self._seq = 0
        self._call = 0
        self._asking = False

    @property
    def shown(self) -> Document:
        """The confirmed document with the page's own edits on top."""
        document = self.confirmed
        for step in self.pending:
            if isinstance(step, Push):
                document = apply(document, step.edit)
        return document

    @property
    def missing(self) -> tuple[str, ...]:
        """Blobs that the shown document mentions and the page lacks, each once, in order."""
        wanted = dict.fromkeys(blob for each in self.shown.values() for blob in each.blobs())
        return tuple(blob for blob in wanted if blob not in self.blobs)

    @property
    def waits(self) -> bool:
        """Whether something is unanswered, so that ``later`` would ask again."""
        return self._asking or bool(self.pending) or bool(self.missing)

    def awaits(self, content: dict[str, Any]) -> bool:
        """Whether this is the snapshot that the page has asked for."""
        return self._asking and (content.get("to"), content.get("call")) == (
            self.client,
            self._call,
        )

    def start(self) -> None:
        self._ask()

    def push(self, edit: Edit, *data: bytes) -> None:
        brought = {name_of(each): each for each in data}
        self.blobs.update(brought)
        self._step(Push(self.client, self._next(), edit, self.version, tuple(brought)))

    def buffers_of(self, content: dict[str, Any]) -> list[bytes]:
        """Return the bytes that ride with one of its messages."""
        return [self.blobs[name] for name in content["blobs"]] if content["type"] == "push" else []

    def undo(self) -> None:
        self._step(Undo(self.client, self._next()))

    def redo(self) -> None:
        self._step(Redo(self.client, self._next()))

    def later(self) -> None:
        """Two seconds without an answer: ask how things stand."""
        if self._asking or self.pending:
            self._ask()
        elif self.missing:
            self._send(Need(self.client, self.missing))

    def receive(self, content: Any, buffers: Sequence[bytes] = ()) -> None:
        message = read_kernel_message(content, buffers)
        if getattr(message, "to", None) not in (None, self.client):
            return
        if isinstance(message, Snapshot | Patch | Blobs):
            # a patch that cannot be applied may still carry the bytes that a later one mentions
            self.blobs.update(zip(message.blobs, buffers, strict=True))
        if isinstance(message, Snapshot):
            self._take_snapshot(message)
        elif isinstance(message, Patch):
            self._take_patch(message)
        elif isinstance(message, Reject):
            self.pending = [step for step in self.pending if step.seq != message.seq]
            self.error = message.why
        elif isinstance(message, Status):
            self.status = message

    def _take_snapshot(self, snapshot: Snapshot) -> None:
        # one for an earlier call is late or doubled, and would turn the page back
        if not self._asking or snapshot.call != self._call:
            return
        self._asking = False
        self.version = snapshot.version
        self.confirmed = Document(snapshot.document)
        self.can_undo, self.can_redo = snapshot.can_undo, snapshot.can_redo
        self.status = snapshot.status
        self.pending = [step for step in self.pending if step.seq > snapshot.seq]
        self._let_go()
        for step in self.pending:
            self._send(step)
        self._want()

    def _take_patch(self, patch: Patch) -> None:
        if self.version < 0 or patch.version <= self.version:
            return
        if patch.version > self.version + 1:
            if not self._asking:
                self._ask()
            return
        self.version = patch.version
        self.confirmed = apply(self.confirmed, patch.edit)
        self.can_undo, self.can_redo = patch.can_undo, patch.can_redo
        if patch.by is not None and patch.by.client == self.client:
            # the kernel settles a page's steps in order, so what came before is settled too
            settled = patch.by.seq
            self.pending = [step for step in self.pending if step.seq > settled]
        self._let_go()
        self._want()

    def _let_go(self) -> None:
        """Keep the bytes of what the document mentions and of what is still to be sent."""
        records = (*self.confirmed.values(), *self.shown.values())
        wanted = {blob for each in records for blob in each.blobs()}
        for step in self.pending:
            wanted.update(step.blobs if isinstance(step, Push) else ())
        for content in self.outbox:
            wanted.update(content["blobs"] if content["type"] == "push" else ())
        self.blobs = {name: data for name, data in self.blobs.items() if name in wanted}

    def _want(self) -> None:
        if self.missing and not self._asking:
            self._send(Need(self.client, self.missing))

    def _ask(self) -> None:
        self._asking = True
        self._call += 1
        settled = self.pending[0].seq - 1 if self.pending else self._seq
        self._send(Hello(self.client, self._call, settled, self.version, PROTOCOL))

    def _next(self) -> int:
        self._seq += 1
        return self._seq

    def _step(self, step: Push | Undo | Redo) -> None:
        self.pending.append(step)
        self.error = None
        if not self._asking:  # else the snapshot sends all that is pending, in order
            self._send(step)

    def _send(self, message: FromPage) -> None:
        self.outbox.append(message_to_json(message))
