"""Watched: what of a widget can be observed: mask, scores, objects, a count of their changes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from .announcer import Announcer, notify
from .knobs import Derived
from .observers import Observers
from .seen import Seen

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from sam_widget.document.session import Session


class Watched(Seen):
    """A widget whose observers hear of each change once."""

    mask = Derived()
    scores = Derived()
    objects = Derived()

    _announcer: Announcer | None = None  # once the widget is closed, none again
    _observers: Observers | None = None

    def on_change(self, function: Callable[[Self], object], remove: bool = False) -> None:
        """Have a function called with this widget after each change of mask, scores or objects.

        It is called on the thread that made the change. What it prints is seen under the cell that
        gave it; so are its errors, which the widget says too. A cell that runs again gives its
        functions anew.

        Parameters
        ----------
        function : callable
            Takes the widget.
        remove : bool
            Call it no more.

        Raises
        ------
        ObserverError
            It is no function.
        """
        if self._observers is not None:
            (self._observers.remove if remove else self._observers.add)(function)

    def close(self) -> None:
        """Tell nobody any more, and leave the page."""
        if self._announcer is not None:
            self._announcer.close()
        self._announcer = self._observers = None
        super().close()

    def _watch(self, session: Session, refuse: Callable[[str], None]) -> None:
        """Tell a session's changes from now on."""
        self._observers = Observers(refuse)
        tell = partial(notify, self)
        self._announcer = Announcer(session, lambda: self.outcome, tell, self._count)

    def _watch_now(self, session: Session) -> None:
        """Tell another session's changes from now on."""
        if self._announcer is not None:
            self._announcer.follow(session)

    def _count(self) -> None:
        """Say once for all that has changed, when each has been told."""
        self.set_trait("changes", self.changes + 1)
        if (observers := self._observers) is not None:
            observers.tell(self)
