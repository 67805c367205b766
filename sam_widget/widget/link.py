"""Link: one session on the wire of one widget. Reads, answers, orders; knows no widget, no model.

Inbox: each page's pushes, undos and redos are taken once and in the page's own order, whatever
the wire doubled or mixed up; what is missing, the page sends again after its next hello. Outbox:
filled under the session's lock, emptied by one thread at a time, so order is version order.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict, deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from sam_widget.document.edits import Edit, EditError
from sam_widget.document.patch import Origin
from sam_widget.document.plain import carried
from sam_widget.document.rebase import Sight
from sam_widget.document.rules import LONGEST_ID
from sam_widget.lifetime import renews
from sam_widget.segment.answers.status import Status
from sam_widget.segment.kinds import check_bytes

from .protocol import (
    Blobs,
    FromKernel,
    Hello,
    MessageError,
    Need,
    Patch,
    Push,
    Redo,
    Reject,
    Snapshot,
    Undo,
    message_to_json,
    read_page_message,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sam_widget.document.patch import Patch as Made
    from sam_widget.document.patch import State
    from sam_widget.document.records import Record
    from sam_widget.document.session import Session

    from .protocol import Aside, Bytes

    Send: TypeAlias = Callable[[dict[str, Any], list[bytes]], None]

T = TypeVar("T")
Step: TypeAlias = Push | Undo | Redo

MOST_CLIENTS = 256  # pages that one link remembers; a reload makes a new one
MOST_HELD = 1000  # how far a step may be ahead of its turn; the page sends it again
HELD_BYTES = 16 * 2**20  # that all pages' steps ahead of their turn may hold
BROKEN = "Something went wrong in the kernel; its log says what."
NOT_YET = Status("loading", None, "The model is loading.", "")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Come:
    """A step as it came, or why it cannot be read, with the bytes that it brings."""

    step: Step | MessageError
    data: tuple[bytes, ...] = ()

    @property
    def weight(self) -> int:
        """About the bytes that it holds while it waits."""
        told = self.step.edit.weight if isinstance(self.step, Push) else 1000
        return told + sum(map(len, self.data))


@dataclass
class _Inbox:
    """One page's steps: the last one settled, and those that came before their turn."""

    settled: int = 0
    held: dict[int, _Come] = field(default_factory=dict)
    sight: Sight = field(default_factory=Sight)


class Link:
    """A session's end of one widget's wire. Any thread may call; nothing here raises.

    Parameters
    ----------
    session : Session
        Whose document the pages show.
    send : callable
        Takes a message's JSON object and its buffers; called by one thread at a time.
    aside : callable, optional
        Takes what a page says on a side road; raises nothing.
    """

    def __init__(
        self, session: Session, send: Send, aside: Callable[[Aside], None] | None = None
    ) -> None:
        self._session = session
        self._send = send
        self._aside = aside
        self._status = NOT_YET
        self._inboxes: OrderedDict[str, _Inbox] = OrderedDict()
        self.renew()
        renews(self)
        self._in_turn: int | None = None  # the thread that holds it
        self._outbox: deque[tuple[FromKernel, tuple[bytes, ...]]] = deque()
        self._standing: dict[type[FromKernel], tuple[FromKernel, tuple[bytes, ...]]] = {}
        self._closed = False
        self._end = session.subscribe(self._publish, self.drain)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._turn, self._sending = threading.Lock(), threading.Lock()

    def receive(self, content: Any, buffers: Sequence[Bytes] = ()) -> None:
        """Take what a page sent; what cannot be done is answered by a reject."""
        if self._closed:
            return
        with self._turn:
            self._in_turn = threading.get_ident()
            try:
                self._take(content, buffers)
            except Exception:
                log.exception("A page's message failed")
                self.note(Reject(None, None, BROKEN))
            finally:
                self._in_turn = None
        self.drain()

    def between(self, work: Callable[[], T]) -> T:
        """Do something while no page's message is being taken, and send what comes of it."""
        if self._in_turn == threading.get_ident():
            return work()
        with self._turn:
            self._in_turn = threading.get_ident()
            try:
                done = work()
            finally:
                self._in_turn = None
        self.drain()
        return done

    def show(self, session: Session) -> None:
        """Have pages show another session's document from now on; within ``between``.

        To them it is one more change, as another photo in the same session is.
        """
        self._end()
        before, image = self._session.state, self._session.document.image()
        state = session.succeed(before.version, image)
        edit = Edit(dict(state.document.items()), tuple(before.document))
        can = state.history.can_undo, state.history.can_redo
        self._session = session
        self.note(Patch(state.version, edit, None, _mentioned(edit.put.values()), *can))
        self._end = session.subscribe(self._publish, self.drain)

    def say(self, message: FromKernel, *data: bytes) -> None:
        """Send a message of a side road, with the bytes of its blobs."""
        self.note(message, *data)
        self.drain()

    def stand(self, message: FromKernel, *data: bytes) -> None:
        """Say it, and again to each page that comes, until another of its kind takes its place."""
        self.keep(message, *data)
        self.drain()

    def keep(self, message: FromKernel, *data: bytes) -> None:
        """Have it stand, and sent by the next ``drain``."""
        self._standing[type(message)] = message, data
        self.note(message, *data)

    def tell(self, status: Status) -> None:
        """Send a status to all pages; those that come later see it in their snapshot."""
        self._status = status
        self.say(status)

    def refuse(self, why: str) -> None:
        """Tell all pages in one sentence why something that one of them did cannot be."""
        self.say(Reject(None, None, why))

    def close(self) -> None:
        """Say and hear nothing more."""
        self._closed = True
        self._end()

    def _take(self, content: Any, buffers: Sequence[Bytes]) -> None:
        try:
            message = read_page_message(content, buffers)
        except MessageError as error:
            client, seq = _sender(content)
            if client is None or seq is None:
                self.note(Reject(client, None, str(error)))
            else:
                self._step(client, seq, _Come(error))
            return
        if isinstance(message, Hello):
            self._greet(message)
        elif isinstance(message, Need):
            self.note(Blobs(message.client, message.blobs))
        elif isinstance(message, Push | Undo | Redo):
            self._step(message.client, message.seq, _Come(message, tuple(map(bytes, buffers))))
        elif self._aside is not None:
            self._aside(message)

    def _greet(self, hello: Hello) -> None:
        inbox = self._inbox(hello.client)
        # what the page no longer waits for will not come again: a fresh kernel learns it here
        inbox.settled = max(inbox.settled, hello.seq)
        self._catch_up(hello.client, inbox)

        def append(state: State) -> None:
            self.note(
                Snapshot(
                    hello.client,
                    hello.call,
                    inbox.settled,
                    state.version,
                    state.document,
                    _mentioned(state.document.values()),
                    state.history.can_undo,
                    state.history.can_redo,
                    self._status,
                )
            )

        for message, data in tuple(self._standing.values()):
            self.note(message, *data)
        self._session.between(append)

    def _step(self, client: str, seq: int, come: _Come) -> None:
        """Take a step in its page's order; one that was taken before is not taken again."""
        inbox = self._inbox(client)
        if seq == inbox.settled + 1 or (
            inbox.settled < seq <= inbox.settled + MOST_HELD and self._room_for(come)
        ):
            inbox.held[seq] = come
        self._catch_up(client, inbox)

    def _room_for(self, come: _Come) -> bool:
        held = (each.weight for one in self._inboxes.values() for each in one.held.values())
        return sum(held) + come.weight <= HELD_BYTES

    def _catch_up(self, client: str, inbox: _Inbox) -> None:
        inbox.held = {seq: come for seq, come in inbox.held.items() if seq > inbox.settled}
        while inbox.settled + 1 in inbox.held:
            inbox.settled += 1
            why = self._do(Origin(client, inbox.settled), inbox.held.pop(inbox.settled))
            if why is not None:
                self.note(Reject(client, inbox.settled, why))

    def _do(self, by: Origin, come: _Come) -> str | None:
        """Do one step; None when it is done (its patch answers), else why it is not."""
        step = come.step
        try:
            if isinstance(step, MessageError):
                return str(step)
            if isinstance(step, Undo):
                return None if self._session.undo(by) else "There is nothing to undo."
            if isinstance(step, Redo):
                return None if self._session.redo(by) else "There is nothing to redo."
            self._push(by, step, come.data)
        except EditError as error:
            return str(error)
        except Exception:
            log.exception("A page's step failed")
            return BROKEN
        return None

    def _push(self, by: Origin, step: Push, data: tuple[bytes, ...]) -> None:
        """Push what the page meant, on the document of this moment."""
        sight, session = self._inboxes[by.client].sight, self._session
        sight.look(step.version)
        patch = None
        try:
            with session.blobs.lent(*data):
                check_bytes(step.edit.put.values(), session.blobs)
                patch = session.act(
                    lambda now: sight.again(session.at(step.version), now, step.edit), by
                )
        finally:
            # a page shows a refused step too, until it hears
            sight.did(patch.version if patch else session.version + 1, step.edit)

    def _inbox(self, client: str) -> _Inbox:
        inbox = self._inboxes.setdefault(client, _Inbox())
        self._inboxes.move_to_end(client)
        if len(self._inboxes) > MOST_CLIENTS:
            self._inboxes.popitem(last=False)
        return inbox

    def note(self, message: FromKernel, *data: bytes) -> None:
        """Have it sent by the next ``drain``: what is noted under a lock keeps its order."""
        self._outbox.append((message, data))

    def _publish(self, made: Made) -> None:
        """Note a patch for all pages; the session calls this under its lock."""
        blobs = _mentioned(made.edit.put.values())  # a page keeps no others than its document's
        can = made.can_undo, made.can_redo
        self.note(Patch(made.version, made.edit, made.by, blobs, *can))

    def drain(self) -> None:
        """Send what was noted, unless another thread is doing it or this one is to go on."""
        if self._in_turn == threading.get_ident():
            return  # receive() drains when its turn is over, so that no wire can wait for itself
        # asked again after the release: something may have come when the other had just looked
        while self._outbox and self._sending.acquire(blocking=False):
            try:
                while self._outbox:
                    self._deliver(*self._outbox.popleft())
            finally:
                self._sending.release()

    def _deliver(self, message: FromKernel, data: tuple[bytes, ...]) -> None:
        if self._closed:
            return
        buffers = list(data)
        if isinstance(message, Snapshot | Patch | Blobs):
            found = {name: self._session.blobs.get(name) for name in message.blobs}
            # a mask may have been let go since; a page that still wants it asks
            here = {name: data for name, data in found.items() if data is not None}
            message, buffers = replace(message, blobs=tuple(here)), list(here.values())
        if isinstance(message, Reject):
            message = replace(message, why=carried(message.why))
        elif isinstance(message, Status):
            message = _carried(message)
        elif isinstance(message, Snapshot):
            message = replace(message, status=_carried(message.status))
        try:
            self._send(message_to_json(message), buffers)
        except Exception:
            log.exception("A message could not be sent; the page will ask")


def _carried(status: Status) -> Status:
    """Make sendable what a model says: its name may be any path, its errors anything."""
    return replace(status, text=carried(status.text), model=carried(status.model))


def _mentioned(records: Iterable[Record]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(blob for record in records for blob in record.blobs()))


def _sender(content: Any) -> tuple[str | None, int | None]:
    """Who sent a message that cannot be read, and which step of theirs it is, if that is clear."""
    if not isinstance(content, dict):
        return None, None
    client, seq = content.get("client"), content.get("seq")
    if not isinstance(client, str) or not 1 <= len(client) <= LONGEST_ID:
        return None, None
    if carried(client) != client:
        return None, None
    step = content.get("type") in (Push.tag, Undo.tag, Redo.tag)
    counted = isinstance(seq, int) and not isinstance(seq, bool) and seq >= 1
    return client, seq if step and counted else None
