"""Choosing: what Python reads of the open object's candidates, and turns. None of its logic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets as t

from . import acts
from .watched import Watched

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from sam_widget.document.edits import Document, Edit
    from sam_widget.segment.next_click import NextClick

    from .desk import Desk


class Choosing(Watched):
    """A widget whose open object has three candidates."""

    _desk: Desk | None

    @property
    def masks(self) -> NDArray[np.bool_] | None:
        """(3, H, W) bool, read-only: the candidates of the object that ``mask`` is of, or None."""
        return self.outcome.masks

    @property
    def next_click(self) -> NextClick | None:
        """Where the candidates of the open object dispute most, and which click would settle it.

        None where they agree, and while no object is open. ``w.add_point(n.x, n.y, n.positive)``
        makes it; ``n.keeps`` tells which candidates would agree.
        """
        return self.outcome.next_click

    @property
    def threshold(self) -> float:
        """The logit that the open object's masks are cut at, -32 to 32; 0 is the model's own.

        Higher keeps what the model is surer of, lower takes more in. Setting it cuts all three
        candidates anew, as one step that can be undone; it stays with the object, for its next
        clicks too. Without an open object it is that of the one accepted last.

        Raises
        ------
        EditError
            It is no such number, or nothing is open that has a mask to come; nothing changed.
        """
        thing = self.outcome.current
        return thing.threshold if thing else 0.0

    @threshold.setter
    def threshold(self, at: Any) -> None:
        self._do(lambda document: acts.cut(document, at))

    def choose(self, index: int) -> None:
        """Prefer candidate 0, 1 or 2 of the open object; EditError when there is none.

        While the answer is on its way, this waits for it, and the choice is of what it brings.
        """
        self._do(lambda document: acts.choose(document, index))

    def _do(self, act: Callable[[Document], Edit | None]) -> None:
        raise NotImplementedError

    @t.observe("feed_back")
    def _feeds(self, change: t.Bunch) -> None:
        if self._desk is not None:
            self._desk.feed(change["new"])
