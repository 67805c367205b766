"""Phrases: what Python finds on the widget's photo by its name. The search is another room's."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from sam_widget.errors import SamError
from sam_widget.segment.text.engines import WORDS

from . import acts
from .objects_by_hand import ObjectsByHand

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sam_widget.segment.text.engine import TextEngine
    from sam_widget.segment.text.found import Found

    from .desk import Desk


class Phrases(ObjectsByHand):
    """A widget that finds what a phrase says."""

    _desk: Desk | None
    image: Any

    def find_text(
        self,
        phrase: str | Sequence[str],
        *,
        engine: str | TextEngine = WORDS,
        confidence: float | None = None,
    ) -> Found:
        """Find all that a phrase says on the photo, drawn by the widget's model, and wait.

        Nothing is added until you say so: ``w.add_objects(found)``, or some of them. Each is
        labelled with its phrase; after ``w.reopen(id)`` clicks add to one, ``w.erase`` takes away.

        Parameters
        ----------
        phrase : str or sequence of str
            "cup", or several by commas; some Korean nouns too.
        engine : str or TextEngine
            As ``sam_widget.find_text`` takes it: "words" is this package's own.
        confidence : float, optional
            Least score of what is returned, 0..1; by default the engine's own.
            ``found.at(0.2)`` changes it later, and nothing runs again.

        Returns
        -------
        Found
            A sequence of Regions, the surest first, with ``scores``; a warning says where nothing
            was found, and at which confidence something would be.

        Raises
        ------
        SamError
            The phrase is none, the engine cannot be had, or the picture is read in windows.
        EditError
            There is no photo, or the widget is closed.
        CheckpointError, AnswerError
            The model cannot be had, or failed.
        """
        from sam_widget.segment.text.find import find_text  # noqa: PLC0415  torch

        desk = self._check_open()
        image = acts.image_of(desk.session.document)
        pixels: NDArray[np.uint8] = self.image
        if pixels.shape[1::-1] != (image.width, image.height):
            raise SamError(
                "This picture is read in windows, and a phrase is looked for on a whole one: give"
                " find_text a part of w.pixels."
            )
        desk.wait(None)
        model = desk.model.load(lambda _: None)
        found = find_text(pixels, phrase, engine=engine, model=model, confidence=confidence)
        if not found:
            warnings.warn(found.told, stacklevel=2)
        return found
