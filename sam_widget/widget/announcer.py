"""Announcer: tells observers which of the values read from the document have changed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from traitlets import Bunch, HasTraits, Undefined

from sam_widget.lifetime import foreign

if TYPE_CHECKING:
    from collections.abc import Callable

    from sam_widget.document.patch import Patch
    from sam_widget.document.session import Session

    from .outcome import Outcome


class Announcer:
    """One widget's observers, told by one thread at a time; reading never waits for them.

    Parameters
    ----------
    session : Session
    read : callable
        Returns the Outcome of now.
    tell : callable
        Takes the name of what has changed, and its new value. It may change the document.
    told : callable
        Called when all that has changed at once has been told.
    """

    def __init__(
        self,
        session: Session,
        read: Callable[[], Outcome],
        tell: Callable[[str, object], None],
        told: Callable[[], None],
    ) -> None:
        self._read, self._tell, self._done = read, tell, told
        self._told = read().marks()
        self._telling, self._late = threading.RLock(), threading.Event()
        self.close = session.subscribe(_unheard, self._announce)

    def follow(self, session: Session) -> None:
        """Tell another session's changes from now on; what differs from what was told, at once."""
        self.close()
        self.close = session.subscribe(_unheard, self._announce)
        self._announce()

    def _announce(self) -> None:
        self._late.set()
        while self._late.is_set() and self._telling.acquire(blocking=False):
            try:
                self._late.clear()
                self._tell_all(self._read())
            finally:
                self._telling.release()

    def _tell_all(self, outcome: Outcome) -> None:
        if outcome.pending:
            return  # the answer is on its way: not worth a None between two masks
        before = dict(self._told)
        for name, mark in outcome.marks().items():
            if outcome.document is not self._read().document:
                return  # an observer has changed something, and others have heard of that
            if mark != self._told[name]:
                try:
                    value = getattr(outcome, name)
                except LookupError:
                    return  # another picture has come, and its masks with it
                self._told[name] = mark
                self._tell(name, value)
        if self._told != before:
            self._done()


def notify(owner: HasTraits, name: str, value: object) -> None:
    """Tell a trait's observers its new value."""
    change = {"name": name, "old": Undefined, "new": value, "owner": owner, "type": "change"}
    with foreign():
        owner.notify_change(Bunch(change))


def _unheard(patch: Patch) -> None:
    """Note nothing: the document itself tells what is new."""
