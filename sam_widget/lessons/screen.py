"""The screen: one layer of a stage, drawn by ipycanvas. Knows of the page that it forgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipycanvas import Canvas

from .paper import SHARP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .marks import Mark, Picture

HELD = 24  # pictures that a page keeps of a layer beside those drawn, so that a photo is sent once


class Screen:
    """A layer that marks are drawn on.

    Parameters
    ----------
    canvas : ipycanvas.Canvas
        Its pixels are ``SHARP`` to one of the stage's.
    """

    def __init__(self, canvas: Any) -> None:
        self.canvas = canvas
        self._held: dict[Picture, Canvas] = {}  # the one not used for longest first
        self._unsent: set[Picture] = set()  # of these, those that a page may not have
        self._drawn: tuple[Mark, ...] = ()
        canvas.scale(SHARP, SHARP)

    def draw(self, marks: Iterable[Mark]) -> None:
        """Draw them in place of what is there, where they differ from it."""
        marks = tuple(marks)
        if marks == self._drawn:
            return
        self._drawn = marks
        self.canvas.clear()
        for mark in marks:
            mark.on_screen(self)

    def anew(self) -> None:
        """Draw again for a page that comes late: a canvas knows nothing of what was drawn."""
        marks, self._drawn = self._drawn, ()
        self._unsent = set(self._held)
        self.canvas.reset_transform()
        self.canvas.scale(SHARP, SHARP)
        self.draw(marks)

    def colored(self, mark: Any) -> Any:
        """Return the canvas, which draws in the mark's colour from here on."""
        canvas = self.canvas
        canvas.fill_style = canvas.stroke_style = mark.color
        canvas.global_alpha = mark.opacity
        if mark.width:
            canvas.line_width = mark.width
        return canvas

    def held(self, picture: Picture) -> Canvas:
        """Return a small canvas with the picture's pixels: sent once, drawn at any size."""
        self.canvas.global_alpha = 1.0
        held = self._held.pop(picture, None)
        if held is None:
            height, width = picture.pixels.shape[:2]
            held = self._spare(width, height) or Canvas(width=width, height=height)
            self._unsent.add(picture)
        if picture in self._unsent:
            held.put_image_data(picture.pixels)
            self._unsent.discard(picture)
        self._held[picture] = held
        return held

    def _spare(self, width: int, height: int) -> Canvas | None:
        """Take a canvas of the size from a picture that is not drawn, where many are kept.

        None is ever closed before the page has drawn what it was told: it may be at it still.
        """
        if len(self._held) < HELD:
            return None
        drawn = set(map(id, self._drawn))
        for old, canvas in self._held.items():
            if id(old) not in drawn and (canvas.width, canvas.height) == (width, height):
                self._unsent.discard(old)
                return self._held.pop(old)
        return None
