"""The SAM that draws what a text engine has proposed, on one image. Knows no text."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from sam_widget.document.records import Box, Point
from sam_widget.made import Made
from sam_widget.regions import Region
from sam_widget.segment.loaded import embedded, model_of
from sam_widget.segment.prompts import Prompts

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sam_widget.document.records import Prompt
    from sam_widget.masks import Mask
    from sam_widget.segment.loaded import AnyModel
    from sam_widget.segment.model import Model
    from sam_widget.segment.prompts import Prediction


class Pen:
    """Draws on one image; its model is loaded, and the image seen, when the first is drawn.

    Parameters
    ----------
    pixels : ndarray
        (H, W, 3) uint8, RGB.
    model : str, Path, Model or Sam
    engine : str
        Whose proposals it draws: what is drawn says so.
    label : str
        Of what is drawn.
    """

    def __init__(self, pixels: NDArray[np.uint8], model: AnyModel, engine: str, label: str) -> None:
        self._pixels, self._model, self._engine, self._label = pixels, model, engine, label

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the image, in pixels."""
        height, width = self._pixels.shape[:2]
        return width, height

    @cached_property
    def _drawer(self) -> Model[Any]:
        return model_of(self._model)

    @cached_property
    def _embedding(self) -> Any:
        return embedded(self._drawer, self._pixels)

    def box(self, corners: NDArray[np.float32]) -> Region | None:
        """Draw what is in a box, x0 y0 x1 y1 in image pixels; None where nothing is."""
        wide, high = self.size
        x0, x1 = (float(x) for x in np.clip(corners[[0, 2]], 0, wide))
        y0, y1 = (float(y) for y in np.clip(corners[[1, 3]], 0, high))
        if x1 - x0 < 1 or y1 - y0 < 1:
            return None
        asked = Prompts(box=np.array((x0, y0, x1, y1), np.float32))
        said = self._drawer.predict(self._embedding, asked)
        return self._drawn(said, said.best, Box("", "", x0, y0, x1, y1))

    def point(self, at: tuple[float, float], agrees: Callable[[Mask], float]) -> Region | None:
        """Draw what a click is on: the candidate that agrees best; None where all are empty."""
        asked = Prompts(np.array([at], np.float32), np.ones(1, np.int64))
        said = self._drawer.predict(self._embedding, asked)
        best = int(np.argmax([agrees(mask) for mask in said.masks()]))
        return self._drawn(said, best, Point("", "", float(at[0]), float(at[1])))

    def given(self, mask: Mask) -> Region:
        """Take a mask that the engine itself has drawn."""
        return Region(mask, self._label, made=Made(model=self._engine))

    def _drawn(self, said: Prediction, index: int, asked: Prompt) -> Region | None:
        mask = said.mask(index)
        if not mask.area:
            return None
        made = Made(
            model=f"{self._engine} + {self._drawer.name}",
            fingerprint=self._drawer.key.partition("-")[0],
            candidate=index,
        )
        return Region(
            *(mask, self._label, float(said.scores[index]), float(said.stability[index])),
            prompts=(asked,),
            made=made,
        )
