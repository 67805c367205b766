"""Explaining: a panel beside the widget that shows how the current click becomes a mask."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .borrowing import Borrowing
from .following import CLOSED, Follower

if TYPE_CHECKING:
    from .desk import Desk


class Explaining(Borrowing):
    """A widget whose clicks can be explained."""

    _desk: Desk | None
    _explained: Any = None  # the panel and what it follows; of several the last

    def explain(self) -> Any:
        """Show, beside the widget, how the current click becomes a mask, inside the model; live.

        The prompt's tokens, who looks at what in the mask decoder, with any step switched off,
        the kernels that make the mask of the upscaled features, the three candidates. Drag the
        point, and all of it follows; clicks go first. It ends with its button, with ``close()`` of
        what is returned, with the widget, and when this is called again.

        Returns
        -------
        ipywidgets.HBox
            A view of this widget, and the panel.

        Raises
        ------
        SamError
            ipycanvas is not installed (``sam_widget[lessons]``), or the widget is closed.
        """
        self._check_open()
        # by the package's face: the lessons stand above, and know widgets
        panel = import_module("sam_widget").explain(self)
        self._unexplain("")
        follower = Follower(lambda: self._desk, panel.show)
        self._explained = panel, follower
        panel.begin(follower.switch, lambda: self._unexplain("", panel))
        self.observe(follower.follow, "changes")
        follower.follow()
        return panel

    def close(self) -> None:
        """Say so in the panel, and leave the page."""
        self._unexplain(CLOSED)
        super().close()

    def _unexplain(self, why: str, only: Any = None) -> None:
        if self._explained is None or (only is not None and self._explained[0] is not only):
            return
        (panel, follower), self._explained = self._explained, None
        self.unobserve(follower.follow, "changes")
        follower.close(why)
        panel.end()

    def _check_open(self) -> Desk:
        raise NotImplementedError
