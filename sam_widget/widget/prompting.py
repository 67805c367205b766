"""Prompting: what Python says of the open object: points, boxes, strokes, masks. No logic of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sam_widget.segment.mask_prompt import GivenMask

from . import acts
from .looking import Looking

if TYPE_CHECKING:
    from collections.abc import Callable

    from sam_widget.document.edits import Document, Edit

    from .desk import Desk


class Prompting(Looking):
    """A widget whose model can be asked."""

    @property
    def document(self) -> Document:
        """All records as they are now, by id: Image, Object, prompts, Answer. Never changes."""
        return self.outcome.document

    def add_point(self, x: float, y: float, positive: bool = True) -> None:
        """Click, and wait for the answer.

        Parameters
        ----------
        x, y : float
            Image pixels, 0..width and 0..height; pixel centres at .5.
        positive : bool
            Whether the pixel belongs to the object.

        Raises
        ------
        EditError
            The point lies outside the image or is no number, or there is no image; nothing changed.
        CheckpointError, AnswerError
            The model cannot be had, or failed. The point is kept; the next one tries again.
        """
        self._say(lambda document: acts.add_point(document, x, y, positive))

    def add_box(self, x0: float, y0: float, x1: float, y1: float, *, another: bool = False) -> None:
        """Draw a box round the open object, in the place of earlier ones; wait for the answer.

        Parameters
        ----------
        x0, y0, x1, y1 : float
            Left, top, right, bottom in image pixels; x0 < x1, y0 < y1, inside the image.
        another : bool
            Keep the boxes that are there: each is asked for by itself, with the clicks in it, and
            the masks are joined, for a thing in pieces or several things as one; 32 at the most.

        Raises
        ------
        EditError, CheckpointError, AnswerError
            As ``add_point``; or the box has no area.
        """
        corners = {"x0": x0, "y0": y0, "x1": x1, "y1": y1}
        self._say(lambda document: acts.add_box(document, corners, another))

    def add_stroke(self, points: Any, width: float, positive: bool = True) -> None:
        """Draw a free line over the open object, as a prompt, and wait for the answer.

        The model is asked with its middle first, then with three points along it. To draw the mask
        itself, pixel by pixel, ``paint`` and ``erase``.

        Parameters
        ----------
        points : array_like
            (N, 2) float, x y in image pixels, pixel centres at .5, inside the image; 1 to 2,000
            points of a line, or (2,), one dot.
        width : float
            How broad it was drawn, in image pixels, over 0, at most 1,024: of a stroke off the
            object, what is taken from the mask so far.
        positive : bool
            Whether it lies on the object.

        Raises
        ------
        EditError, CheckpointError, AnswerError
            As ``add_point``.
        """
        self._say(lambda document: acts.add_stroke(document, points, width, positive))

    def add_mask(self, mask: Any) -> None:
        """Say what of the open object is known, and wait for the answer, which refines it.

        It takes the place of an earlier mask; clicks and a box before or after it say what is wrong
        with it. Without a box, the model is also told the mask's own.

        Parameters
        ----------
        mask : Mask, ndarray or tensor
            (H, W) of the image's size: bool, 0 and 1, 0 and 255, or float logits, 0 being the
            border. Or (n, n) float logits on a model's grid, such as a row of a Prediction's
            ``logits``.

        Raises
        ------
        MaskError
            It is none of these, of another size, holds NaN or is empty; nothing changed.
        EditError, CheckpointError, AnswerError
            As ``add_point``; or the model takes no masks, which ``undo`` takes back.
        """
        desk = self._check_open()
        image = acts.image_of(self.document)
        given = GivenMask.of(mask, (image.width, image.height))
        with desk.session.blobs.lent(*given.data) as names:
            self._say(lambda document: acts.add_mask(document, given.prompt(*names)))

    def _say(self, act: Callable[[Document], Edit]) -> None:
        """Do it, and accept at once what it opens where that is asked for (``turbo``)."""

        def at_once(document: Document) -> Edit:
            edit = act(document)
            return acts.at_once(document, edit) if self.turbo else edit

        self._do(at_once)

    def _check_open(self) -> Desk:
        raise NotImplementedError
