"""Replaying: what was done on a photo, as JSON, and played again. None of the playing."""

from __future__ import annotations

import math
from numbers import Real
from typing import TYPE_CHECKING, Any

from sam_widget.document.recorded import HistoryError, Recorded, written
from sam_widget.errors import shown

from .choosing import Choosing
from .player import Player, photo_of

if TYPE_CHECKING:
    from .desk import Desk


class Replaying(Choosing):
    """A widget whose history can be taken away and played again."""

    @property
    def history(self) -> dict[str, Any]:
        """What was done on the photo since it was opened, and when, as ``json.dump`` takes it.

        Every step with its second (prompts, choices, accepts, names; undo and redo), the moments at
        which answers came, the model's fingerprint, the photo's hash and size; no pixel of it. It
        goes on where a journal is gone on with (which does not tell when ``feed_back`` was turned:
        answers of before are replayed as the knob is then). Of more than 10,000 steps, or 16 MiB,
        the older half is one.

        Raises
        ------
        HistoryError
            There is no image.
        """
        desk = self._check_open()
        key = None if desk.answerer is None else desk.answerer.key
        photo, done = desk.session.between(
            lambda _: (desk.keeping.picture, desk.session.chronicle.copy())
        )
        return written(done, photo_of(photo), desk.model.name, key)

    def replay(self, history: dict[str, Any], speed: Any = None) -> bool:
        """Do again what a history tells: on the same photo, with the same model, the same masks.

        What is on the photo goes first, in one step that ``undo`` brings back. A step in the page,
        or interrupting the kernel, ends it; what was done until then stays. ``feed_back`` is turned
        as it was then, and as it is now in the end. Where the model has other weights, a warning
        says so.

        Parameters
        ----------
        history : dict
            What ``w.history`` gave, perhaps by way of a JSON file.
        speed : float, optional
            Show each step with the pause that was before it, divided by this, 2 s at the most;
            without it there are none.

        Returns
        -------
        bool
            Whether all of it was done.

        Raises
        ------
        HistoryError
            It is no history, or another photo's, or a step cannot be made; those before it are.
        CheckpointError, AnswerError
            The model cannot be had, or failed.
        """
        number = isinstance(speed, Real) and not isinstance(speed, bool)
        if speed is not None and not (number and 0 < speed < math.inf):
            raise HistoryError(f"speed is a number above 0, or None, not {shown(speed)}.")
        desk = self._check_open()
        player = Player(desk, Recorded.read(history))
        try:
            return player.play(None if speed is None else float(speed))
        finally:
            desk.turn(self.feed_back)

    def _check_open(self) -> Desk:
        raise NotImplementedError
