"""Overlaps: what becomes of an object that is accepted and lies on others. Knows no screen.

The rule is applied when the object's mask is there, in the step that accepted it, or in one of its
own where something else was done meanwhile; and it is said.
"""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sam_widget.document.edits import EditError
from sam_widget.document.records import Object, Prompt
from sam_widget.lifetime import renews

from . import bringing, wholes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sam_widget.document.edits import Document
    from sam_widget.document.patch import Patch
    from sam_widget.document.session import Session

    from .arranging import Overlapped
    from .outcome import Outcome
    from .wholes import Brought

log = logging.getLogger(__name__)


class Overlaps:
    """One session's accepted objects. Any thread may call.

    Parameters
    ----------
    session : Session
    read : callable
        Returns the Outcome of a document.
    say : callable
        Takes what the rule did.

    Attributes
    ----------
    rule : str
        "keep", "cut" or "replace".
    last : Overlapped or None
        What it did to the object that was accepted last.
    """

    def __init__(
        self,
        session: Session,
        read: Callable[[Document], Outcome],
        say: Callable[[Overlapped], None],
    ) -> None:
        self.rule = "keep"
        self.last: Overlapped | None = None
        self._session, self._read, self._say = session, read, say
        things = session.document.of_type(Object)
        self._locked = {each.id: each.locked for each in things}
        self._due: dict[str, str] = {}  # rules by the ids of what was accepted
        self._resting = False
        self.renew()
        renews(self)
        self.close = session.subscribe(self._note, self.settle)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._turn = threading.Lock()

    @contextmanager
    def at_rest(self) -> Iterator[None]:
        """Have no rule for what is done again meanwhile: a history has what the rule did then.

        What a page does meanwhile is new, and has its rule.
        """
        self._resting = True
        try:
            yield
        finally:
            self._resting = False

    def settle(self) -> None:
        """Apply what is due, as far as masks are there."""
        for name in tuple(self._due):
            with self._turn:  # who comes second waits until it is done
                self._apply(name)

    def _note(self, patch: Patch) -> None:
        """Note who was accepted just now: the session calls this under its lock."""
        put = patch.edit.put
        asked = {each.object for each in put.values() if isinstance(each, Prompt)}
        for name in patch.edit.drop:
            if name not in put:
                self._locked.pop(name, None)
                self._due.pop(name, None)
        for name, record in put.items():
            if not isinstance(record, Object):
                continue
            before = self._locked.get(name)
            self._locked[name] = record.locked
            again = patch.act != "push" or (self._resting and patch.by is None)
            if not record.locked or again:
                self._due.pop(name, None)
            elif before is False or (before is None and name in asked):
                self._due[name] = self.rule

    def _apply(self, name: str) -> None:
        told: list[Overlapped] = []

        def make(document: Document) -> Brought | None:
            rule = self._due.get(name)
            thing = document.get(name)
            seen = self._read(document)
            if rule is None or not isinstance(thing, Object):
                return None
            if seen.found(thing) is None:
                return None  # its answer is on its way
            del self._due[name]
            said, brought = wholes.keep_apart(seen, name, rule)
            told.append(said)
            return brought

        try:
            bringing.push(self._session, make)
        except EditError:
            log.exception("An overlap stays as it is")
        for each in told:
            self.last = each
            if each.others:
                self._say(each)
