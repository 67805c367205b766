"""Choosing: what Python reads of the open object's candidates, and turns. None of its logic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets as t

from sam_widget.document.edits import EditError
from sam_widget.masks import Mask
from sam_widget.segment.closer import window_round

from . import acts
from .watched import Watched

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from sam_widget.document.edits import Document, Edit
    from sam_widget.geometry import Box
    from sam_widget.segment.next_click import NextClick

    from .desk import Desk


class Choosing(Watched):
    """A widget whose open object has three candidates."""

    _desk: Desk | None

    @property
    def masks(self) -> NDArray[np.bool_] | tuple[Mask, ...] | None:
        """(3, H, W) bool, read-only: the candidates of the object that ``mask`` is of, or None.

        Of a picture that is read in windows, a tuple of three Masks.
        """
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

    def sharpen(self, window: Any = None) -> None:
        """Look at the open object from nearer, and wait for the answer, which is finer there.

        The model sees a window of the image at the window's own resolution, asked with the prompts
        and the mask so far; outside the window the mask stays. It is for things that are small in
        their photo: what it gives, ``tests/benchmarks/closer.py`` tells. It takes the place of an
        earlier window, and holds for the object's next clicks.

        Parameters
        ----------
        window : sequence of float, optional
            x0, y0, x1, y1 in image pixels; by default three times as large as the mask, round it.

        Raises
        ------
        EditError
            There is nothing open, or no mask to look at yet, or the window lies outside the image.
        CheckpointError, AnswerError
            As ``add_point``.
        """
        around = self._around() if window is None else window
        self._do(lambda document: acts.sharpen(document, around))

    def _do(self, act: Callable[[Document], Edit | None]) -> None:
        raise NotImplementedError

    @t.observe("feed_back")
    def _feeds(self, change: t.Bunch) -> None:
        if self._desk is not None:
            self._desk.feed(change["new"])

    def _around(self) -> Box:
        """Return the window round the open object's mask; EditError where there is none."""
        mask = self.mask if self.document.open_object() else None
        found = None if mask is None else Mask.of(mask)
        if found is None or not found.area:
            raise EditError("There is nothing to look at from nearer yet: add a point or a box.")
        return window_round(found)
