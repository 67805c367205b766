"""Judging: a true mask, how the masks agree with it, and an annotator who knows it. No numbers."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from sam_widget.document.edits import EditError
from sam_widget.errors import shown
from sam_widget.segment.mask_prompt import GivenMask

from . import acts
from .choosing import Choosing

if TYPE_CHECKING:
    from sam_widget.agreement import Agreement
    from sam_widget.masks import Mask

    from .desk import Desk

MOST_CLICKS = 1000


class Judging(Choosing):
    """A widget that can be told the truth."""

    @property
    def ground_truth(self) -> Mask | None:
        """The true mask of a thing on the photo; None, as long as nobody has told it.

        Set it to a ``Mask`` or an array (H, W) of the image's size: bool, 0 and 1, 0 and 255; to
        None to take it away. The page shows how each candidate agrees with it, what is missed and
        what is wrong, and a curve of the IoU against clicks beside a simulated annotator's. It is
        no part of the document: it is not undone, not kept, and another photo drops it.

        Raises
        ------
        MaskError
            It is no mask, of another size, or empty; nothing changed.
        EditError
            There is no image.
        """
        return self._check_open().teacher.truth

    @ground_truth.setter
    def ground_truth(self, mask: Any) -> None:
        desk = self._check_open()
        image = acts.image_of(self.document)
        if mask is None:
            desk.teacher.drop(image.id)
        else:
            desk.teach(GivenMask.of(mask, (image.width, image.height)).mask)

    @property
    def agreement(self) -> tuple[Agreement, ...]:
        """How each candidate of the open object agrees with ``ground_truth``, as the model drew it.

        ``iou``, ``dice`` and ``boundary``, 0..1; none where there is no truth, or nothing open.
        """
        return self._check_open().teacher.candidates()

    def annotate(self, clicks: int = 1) -> tuple[float, ...]:
        """Let a simulated annotator, who knows the ground truth, click on the open object.

        It clicks as papers' evaluations do: in the middle of the larger error, what is missed or
        what is too much; at first in the middle of the true mask. Each click is a step as yours.

        Parameters
        ----------
        clicks : int
            As many at the most, 1 to 1,000; it stops when nothing is wrong.

        Returns
        -------
        tuple of float
            The IoU after each click that was made, 0..1; fewer where the object takes no more.

        Raises
        ------
        SamError
            There is no ground truth, or no scipy, which measures where the middle is.
        EditError
            `clicks` is no such number, or the object takes not even one more.
        CheckpointError, AnswerError
            The model cannot be had, or failed.
        """
        desk, count = self._check_open(), _count(clicks)
        made: list[float] = []
        desk.wait(None)  # a click of the page may be on its way
        for _ in range(count):
            click = desk.teacher.next_click()
            if click is None:
                break
            x, y, positive = click
            try:
                self._do(lambda document: acts.add_point(document, x, y, positive))  # noqa: B023
            except EditError:  # the object, or the picture, takes no more
                if made:
                    break
                raise
            now = desk.teacher.shown()
            made.append(now.iou if now else 0.0)
        return tuple(made)

    def _check_open(self) -> Desk:
        raise NotImplementedError


def _count(clicks: Any) -> int:
    try:
        found = 0 if isinstance(clicks, bool) else operator.index(clicks)
    except TypeError:
        found = 0
    if not 1 <= found <= MOST_CLICKS:
        raise EditError(f"clicks is a whole number from 1 to {MOST_CLICKS}, not {shown(clicks)}.")
    return found
