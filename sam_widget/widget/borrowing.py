"""Borrowing: another widget's canvas over the photo, locked: a teacher's strokes, a heat map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sam_widget.document.edits import EditError
from sam_widget.errors import shown

from .acts import number
from .watched import Watched

if TYPE_CHECKING:
    from .desk import Desk

WITHOUT = "An overlay is an ipycanvas Canvas: pip install 'sam_widget[canvas]' brings it."


class Borrowing(Watched):
    """A widget over whose photo a canvas of ipycanvas can lie."""

    _lent: Any = None  # held, so that it lives as long as it is shown

    def overlay_from(self, canvas: Any, opacity: float = 0.6) -> None:
        """Show an ipycanvas Canvas as a locked layer over the photo, under the masks.

        It is stretched to the photo, zooms with it, and follows what is drawn on it later; nobody
        can draw on it here, and no mask hears of it. It need not be displayed itself. The page
        takes it from the notebook's widget manager: JupyterLab, Notebook 7 and voila have one,
        marimo has none, where the page says so. A saved notebook's still is without it.

        Parameters
        ----------
        canvas : ipycanvas.Canvas or None
            Of any size; best of the photo's proportions. None takes the layer away.
        opacity : float
            0..1.

        Raises
        ------
        EditError
            It is no Canvas, the opacity is none, or ipycanvas is not installed.
        """
        self._check_open()
        share = number(opacity, "opacity")
        if not 0 <= share <= 1:
            raise EditError(f"opacity must be a number from 0 to 1, not {shown(opacity)}.")
        if canvas is None:
            self._lend(None, None)
            return
        try:
            from ipycanvas import Canvas  # noqa: PLC0415  an extra, which draws in a page alone
        except ImportError as error:
            raise EditError(WITHOUT) from error
        if not isinstance(canvas, Canvas):
            wanted = "an ipycanvas Canvas, or None for no overlay"
            raise EditError(f"w.overlay_from takes {wanted}, not {shown(canvas)}.")
        self._lend(canvas, {"canvas": canvas.model_id, "opacity": share})

    def close(self) -> None:
        """Let go of the canvas, and leave the page."""
        self._lent = None
        super().close()

    def _lend(self, canvas: Any, said: dict[str, Any] | None) -> None:
        self._lent = canvas
        self.set_trait("overlay", said)

    def _check_open(self) -> Desk:
        raise EditError("This widget is not open yet.")
