"""TinySamCanvas: a whole SAM widget in pure Python, on ipycanvas. Lesson 9 builds it, step by step.

It knows nothing of ``SamWidget`` and shares none of its code but the model: the same clicks must
give the same masks in both, and a test says that they do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageColor

from sam_widget.errors import SamError, shown
from sam_widget.images import read_image
from sam_widget.segment.loaded import segmenter_of
from sam_widget.segment.prompts import Prompts

from .speech import say

try:
    from ipycanvas import MultiCanvas, hold_canvas
    from ipywidgets import Button, HBox, Label, Layout, ToggleButtons, VBox
except ImportError as error:
    raise SamError(
        "TinySamCanvas draws with ipycanvas: pip install 'sam_widget[lessons]' brings it."
    ) from error

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sam_widget.segment.loaded import AnyModel
    from sam_widget.segment.prompts import Prediction

ON, OFF, MASK = "#22c55e", "#ef4444", "#3b82f6"


def to_photo(x: float, y: float, scale: float) -> tuple[float, float]:
    """Return where a place of the canvas is in the photo; scale is canvas px to one of photo."""
    return x / scale, y / scale


def painted(mask: NDArray[np.bool_], color: str = MASK, opacity: float = 0.5) -> NDArray[np.uint8]:
    """Return (H, W, 4) uint8 RGBA: a colour where the mask is, nothing elsewhere."""
    pixels = np.zeros((*mask.shape, 4), np.uint8)
    pixels[mask] = (*ImageColor.getrgb(color)[:3], round(255 * opacity))
    return pixels


class TinySamCanvas(VBox):  # type: ignore[misc]
    """Click a photo, see the mask: three layers, a model, and a toggle for what a click means.

    An ipycanvas knows no right button, so a toggle says whether a click is on the thing or off it.

    Parameters
    ----------
    photo : object
        Whatever ``read_image`` takes.
    model : str or Segmenter
        As ``SamWidget`` takes it.
    width : int
        Of the canvas, px; its height follows.

    Attributes
    ----------
    points : list of (float, float)
        The clicks, x y in image pixels, pixel centres at .5.
    labels : list of bool
        Of each: on the thing, or off it.
    answer : Prediction or None
        What the model said last.
    """

    def __init__(self, photo: Any, model: AnyModel = "mini", width: int = 640) -> None:
        self.pixels = read_image(photo).pixels
        self.segmenter = segmenter_of(model)
        self.embedding = self.segmenter.embed(self.pixels)  # slow, and once
        self.scale = width / self.pixels.shape[1]
        self.size = width, max(1, round(self.pixels.shape[0] * self.scale))
        self.points: list[tuple[float, float]] = []
        self.labels: list[bool] = []
        self.answer: Prediction | None = None

        self.canvas = MultiCanvas(3, width=self.size[0], height=self.size[1])
        self.canvas.layout = Layout(width=f"{width}px", max_width="100%", height="auto")
        self._photo, self._mask, self._clicks = (self.canvas[layer] for layer in range(3))
        self.sign = ToggleButtons(
            options=[(say("this", "이것"), True), (say("not this", "이것 말고"), False)]
        )
        self._clear = Button(description=say("clear", "지우기"))
        self._said = Label()
        super().__init__([self.canvas, HBox([self.sign, self._clear]), self._said])

        self.canvas.on_mouse_down(self._pressed)
        self.canvas.on_client_ready(self._draw)  # a page that comes late sees it all
        self._clear.on_click(lambda _: self.clear())
        self._draw()

    @property
    def mask(self) -> NDArray[np.bool_] | None:
        """(H, W) bool: the mask that is seen; None before the first click."""
        return None if self.answer is None else self.answer.mask(self.answer.best).to_array()

    def click(self, x: float, y: float, positive: bool = True) -> None:
        """Click: x y in image pixels, ``positive`` where it is on the thing.

        Raises
        ------
        SamError
            The place lies outside the photo; nothing changed.
        """
        height, width = self.pixels.shape[:2]
        if not (0 <= x <= width and 0 <= y <= height):
            raise SamError(f"{shown(x)}, {shown(y)} lies outside the photo of {width} x {height}.")
        said = self.answer  # its logits go in with the next click: the mask so far is a prompt
        points, labels = [*self.points, (x, y)], [*self.labels, positive]
        self.answer = self.segmenter.predict(
            self.embedding,
            Prompts(
                np.array(points, np.float32),
                np.array(labels, np.int64),
                logits=None if said is None else said.logits[said.best],
            ),
        )
        self.points, self.labels = points, labels
        self._draw()

    def clear(self) -> None:
        """Begin anew."""
        self.points, self.labels, self.answer = [], [], None
        self._draw()

    def _pressed(self, x: float, y: float) -> None:
        height, width = self.pixels.shape[:2]
        at_x, at_y = to_photo(x, y, self.scale)
        self.click(min(at_x, width), min(at_y, height), self.sign.value)  # the last row is rounded

    def _draw(self) -> None:
        mask, answer = self.mask, self.answer
        with hold_canvas():
            self._photo.put_image_data(np.asarray(Image.fromarray(self.pixels).resize(self.size)))
            self._mask.clear()
            if mask is not None:
                small = np.asarray(
                    Image.fromarray(mask).resize(self.size, Image.Resampling.NEAREST)
                )
                self._mask.put_image_data(painted(small))
            self._clicks.clear()
            for (x, y), positive in zip(self.points, self.labels, strict=True):
                self._clicks.fill_style = "white"
                self._clicks.fill_circle(x * self.scale, y * self.scale, 7)
                self._clicks.fill_style = ON if positive else OFF
                self._clicks.fill_circle(x * self.scale, y * self.scale, 5)
        self._said.value = (
            say("Click something.", "무엇이든 클릭해 보세요.")
            if answer is None
            else say("predicted IoU {:.2f}", "예측 IoU {:.2f}").format(answer.scores[answer.best])
        )
