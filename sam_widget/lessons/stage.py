"""The stage: frames that are played, stepped through, pointed at and saved. Computes no view."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from sam_widget.errors import SamError, shown

from .marks import Words
from .paper import SHARP, Paper

try:
    from ipycanvas import MultiCanvas, hold_canvas
    from ipywidgets import HBox, IntSlider, Layout, Play, VBox, jslink

    from .screen import Screen
except ImportError as error:
    raise SamError(
        "The lessons draw with ipycanvas: pip install 'sam_widget[lessons]' brings it."
    ) from error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .marks import Mark

CAPTION = 26  # px under the drawing
_DRAWING = RLock()  # ipycanvas holds what is drawn for the whole process, whichever thread draws


@dataclass(frozen=True)
class Frame:
    """One moment of a stage: two layers of marks, and a caption below.

    Attributes
    ----------
    back : tuple of marks
        What seldom changes, undermost: the photo. It is sent again only where it differs.
    front : tuple of marks
        What does.
    caption : str
        One line.
    """

    back: tuple[Mark, ...] = ()
    front: tuple[Mark, ...] = ()
    caption: str = ""


class Stage(VBox):  # type: ignore[misc]
    """A drawing in a cell that plays, and that can be pointed at.

    Parameters
    ----------
    frames : iterable of Frame
        One or more. With several, play, step and a slider stand below.
    size : tuple of 2 ints
        Width and height of the drawing, px; the caption comes below it.
    seconds : float
        Each frame is seen so long.
    """

    def __init__(
        self,
        frames: Iterable[Frame] = (),
        size: tuple[int, int] = (640, 400),
        seconds: float = 1.0,
    ) -> None:
        self.size, self.seconds = size, seconds
        self._frames: tuple[Frame, ...] = (Frame(),)
        width, height = size[0] * SHARP, (size[1] + CAPTION) * SHARP
        self.canvas = MultiCanvas(3, width=width, height=height)
        self.canvas.layout = Layout(width=f"{size[0]}px", max_width="100%", height="auto")
        self._screens = [Screen(self.canvas[number]) for number in range(3)]
        self._play = Play(interval=round(1000 * seconds), min=0, max=0)
        self._slider = IntSlider(min=0, max=0, readout=False, layout=Layout(flex="1 1 auto"))
        jslink((self._play, "value"), (self._slider, "value"))
        self._controls = HBox(
            [self._play, self._slider], layout=Layout(width=f"{size[0]}px", max_width="100%")
        )
        super().__init__([self.canvas, self._controls])
        self._slider.observe(lambda _: self._draw(), "value")
        self.canvas.on_client_ready(self._draw_anew)
        self.show(frames)

    @property
    def frames(self) -> tuple[Frame, ...]:
        """All of them."""
        return self._frames

    @property
    def step(self) -> int:
        """The number of the one that is seen, from 0; may be set."""
        return int(self._slider.value)

    @step.setter
    def step(self, number: int) -> None:
        self._slider.value = number
        self._play.value = number

    def show(self, *frames: Iterable[Frame] | Frame) -> None:
        """Show other frames: a few, or an iterable of them; the step is kept where there is one."""
        each = [(one,) if isinstance(one, Frame) else one for one in frames]
        self._frames = tuple(frame for several in each for frame in several) or (Frame(),)
        last = len(self._frames) - 1
        self._slider.max = self._play.max = last
        self._controls.layout.display = None if last else "none"
        self._draw()

    def on_point(self, function: Callable[[float, float], object]) -> None:
        """Call it with x, y on the stage, px, wherever the mouse or a finger is on the drawing."""

        def moved(x: float, y: float) -> None:
            if y / SHARP < self.size[1]:
                function(x / SHARP, y / SHARP)

        self.canvas.on_mouse_move(moved)
        self.canvas.on_mouse_down(moved)
        self.canvas.on_touch_move(lambda touches: moved(*touches[0]))

    def image(self, step: int | None = None) -> Any:
        """Return a frame as a PIL image (RGB), twice the stage's size; by default what is seen."""
        paper = Paper((self.size[0], self.size[1] + CAPTION))
        frame = self._frames[self.step if step is None else step]
        for marks in self._layers(frame):
            paper.draw(marks)
        return paper.image

    def save(self, path: str | Path, step: int | None = None) -> Path:
        """Write a frame as .png, or all of them as a .gif that plays.

        Raises
        ------
        SamError
            It is neither, or cannot be written.
        """
        path = Path(path)
        if path.suffix.lower() not in (".png", ".gif"):
            raise SamError(f"A stage is saved as .png or .gif, not {shown(path.name)}.")
        images, how = [self.image(step)], {}
        if path.suffix.lower() == ".gif":
            images = [self.image(number) for number in range(len(self._frames))]
            shown_for = round(1000 * self.seconds)
            how = {"save_all": True, "append_images": images[1:], "loop": 0, "duration": shown_for}
        try:
            images[0].save(path, **how)
        except OSError as error:
            raise SamError(f"{path} cannot be written: {error.strerror}.") from error
        return path

    def _repr_mimebundle_(self, **asked: Any) -> Any:
        """Return the widget, and a PNG that a saved notebook shows where no kernel is."""
        bundle = super()._repr_mimebundle_(**asked)
        held = BytesIO()
        self.image().save(held, "png")
        if isinstance(bundle, dict):
            bundle["image/png"] = b64encode(held.getvalue()).decode()
        return bundle

    def _layers(self, frame: Frame) -> tuple[tuple[Mark, ...], ...]:
        caption = Words(frame.caption, 2, self.size[1] + 18, color="#6b7280")
        return frame.back, frame.front, (caption,)

    def _draw(self) -> None:
        frame = self._frames[min(self.step, len(self._frames) - 1)]
        with _DRAWING, hold_canvas():
            for screen, marks in zip(self._screens, self._layers(frame), strict=True):
                screen.draw(marks)

    def _draw_anew(self) -> None:
        with _DRAWING, hold_canvas():
            for screen in self._screens:
                screen.anew()
