"""ByHand: what a person does in Python to a mask itself: paint, erase, clean up. Asks no model."""

from __future__ import annotations

from typing import Any

from . import acts
from .choosing import Choosing


class ByHand(Choosing):
    """A widget whose masks can be corrected, pixel by pixel.

    Corrections lie on the model's answer in the order in which they were made. They stay when a
    click brings another answer, or another candidate is chosen; ``undo`` takes back one at a time.
    """

    def paint(self, points: Any, width: float) -> None:
        """Add a stroke to the open object's mask; where none is open, begin one by hand alone.

        Such an object has no ``scores``: no model is asked, or needed.

        Parameters
        ----------
        points : array_like
            (N, 2) float, x y in image pixels, pixel centres at .5; 1 to 2,000 points of a line, or
            (2,), one dot. The line may leave the image by the stroke's width.
        width : float
            In image pixels, over 0, at most 1,024. A pixel is painted when its centre is at most
            half of it from the line, or when a point of the line lies in it.

        Raises
        ------
        EditError
            They are no such numbers, or there is no image; nothing changed.
        """
        self._do(lambda document: acts.paint(document, points, width))

    def erase(self, points: Any, width: float) -> None:
        """Take a stroke from the open object's mask.

        Parameters
        ----------
        points, width
            As ``paint`` takes them.

        Raises
        ------
        EditError
            As ``paint``; or there is nothing yet to take it from.
        """
        self._do(lambda document: acts.paint(document, points, width, positive=False))

    def clean_up(self, *, islands: int = 0, holes: int = 0) -> None:
        """Drop small pieces of the open object's mask, and fill small holes in it, in one step.

        Parameters
        ----------
        islands : int
            Pieces of fewer pixels go; where all are smaller, the largest stays.
        holes : int
            Pieces of the background of fewer pixels are filled. Pixels that touch at a side or a
            corner are of one piece, here as there.

        Raises
        ------
        EditError
            They are no areas, or there is no mask yet to clean.
        """
        self._do(lambda document: acts.clean_up(document, islands, holes))
