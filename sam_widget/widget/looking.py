"""Looking: what Python sees of a picture that is read in windows, and looks at. No logic of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sam_widget.document.edits import EditError
from sam_widget.document.records import Window
from sam_widget.errors import shown

from .by_hand import ByHand

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sam_widget.document.edits import Document

    from .desk import Desk


class Looking(ByHand):
    """A widget whose picture may be too large to be taken whole."""

    def pixels(
        self, x0: int, y0: int, x1: int, y1: int, *, shrink: int = 1
    ) -> NDArray[np.uint8] | None:
        """Return a window of the photo; of a huge one no more than that is read.

        Parameters
        ----------
        x0, y0, x1, y1 : int
            Left, top, right, bottom in image pixels, half open, inside the image.
        shrink : int
            How many pixels become one along each side: their mean.

        Returns
        -------
        ndarray or None
            (h, w, 3) uint8 RGB, sides of the window over `shrink`, rounded up; None while there is
            no photo.

        Raises
        ------
        ImageError
            There is no such window, or the file cannot be read any more.
        """
        desk = self._check_open()
        picture = desk.keeping.picture
        return None if picture is None else picture.window((x0, y0, x1, y1), shrink)

    def look(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Look at a part of a huge picture: what is said from now on, the model answers in it.

        It is what zooming is in the page. The model sees a window that holds this part, 1024 px
        wide, as fine as it is then; without it the picture's own pixels about what is said. Of a
        picture that is read whole, ``sharpen`` has the model look from nearer.

        Parameters
        ----------
        x0, y0, x1, y1 : float
            Left, top, right, bottom in image pixels, inside the image.

        Raises
        ------
        EditError
            The picture is not read in windows, or the part lies outside of it.
        """
        desk = self._check_open()
        image = self.document.image()
        if image is None or image.depth == 0:
            raise EditError("The photo is seen whole: w.sharpen() looks at a mask from nearer.")
        try:
            window = Window("", "", *map(float, (x0, y0, x1, y1)))
            fault = window.fault(image.width, image.height)
        except (TypeError, ValueError):
            fault = f"A window is four numbers, not {shown((x0, y0, x1, y1))}."
        if fault is not None:
            raise EditError(fault)
        desk.looks = window

    @property
    def document(self) -> Document:
        """All records as they are now."""
        raise NotImplementedError

    def _check_open(self) -> Desk:
        raise NotImplementedError
