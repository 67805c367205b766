"""A closer look: a window of the picture at its own resolution, set into the answer of the whole.

Windows and what becomes of two predictions. No model is loaded here, and nothing is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np

from sam_widget.document.records import Window
from sam_widget.masks import Mask
from sam_widget.strokes import less, painted

from .kinds import SAMPLES
from .mask_prompt import GivenMask
from .prompts import Prediction

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sam_widget.document.records import Prompt
    from sam_widget.geometry import Box

    from .kinds import Seen
    from .model import Model
    from .prompts import Prompts

ROOM = 3.0  # sides of a window, of those of the mask that it is round: measured, see window_round
LEAST = 64  # px of a window's shorter side: of fewer a model sees no thing, but a blur


def window_round(mask: Mask, room: float = ROOM) -> Box:
    """Return the window to look at a mask from nearer: x0, y0, x1, y1, half open, image pixels.

    It is square where the picture has the place, with the mask in its middle.

    Parameters
    ----------
    mask : Mask
        Not empty.
    room : float
        Its side, in longer sides of the mask's box. What 2, 3
        and 4 give, ``tests/benchmarks/closer.py`` tells: about the same.
    """
    width, height = mask.size
    x0, y0, x1, y1 = mask.box
    side = max(LEAST, round(room * max(x1 - x0, y1 - y0)))
    left, right = _within(x0 + x1, side, width)
    top, bottom = _within(y0 + y1, side, height)
    return left, top, right, bottom


def _within(twice_middle: int, side: int, most: int) -> tuple[int, int]:
    side = min(side, most)
    start = min(max(0, (twice_middle - side) // 2), most - side)
    return start, start + side


def inside(prompts: Prompts, window: Box) -> Prompts:
    """Return what of a question lies in a window, in the window's pixels; logits are left out.

    Points beyond it go, a box is cut at its borders, and goes where none of it is inside.
    """
    corner = np.array(window[:2], np.float32)
    size = np.array(window[2:], np.float32) - corner
    points = prompts.points - corner
    here = ((points >= 0) & (points <= size)).all(axis=1)
    box = prompts.box
    if box is not None:
        low, high = np.clip(np.ravel(box).reshape(2, 2) - corner, 0, size)
        box = np.concatenate([low, high]) if (high > low).all() else None
    return replace(prompts, points=points[here], labels=prompts.labels[here], box=box, logits=None)


def question(prompts: Prompts, first: Mask, window: Box, seen: Seen) -> Prompts:
    """Return what is asked about a window: the prompts in it, and what the first look has found.

    A click alone means less in a window: there the thing's parts are as large as things.

    Parameters
    ----------
    prompts : Prompts
        In image pixels.
    first : Mask
        Of the whole picture: the candidate that is to become finer.
    window : tuple of int
        x0, y0, x1, y1, half open, in image pixels.
    seen : Embedding
        Of the window, its frame in the window's pixels.
    """
    box = first.box if prompts.box is None else prompts.box
    here = Mask.from_array(first.window(*window))
    logits = GivenMask(here).on(seen.frame, SAMPLES * seen.grid) if here.area else None
    return replace(inside(replace(prompts, box=np.array(box)), window), logits=logits)


def look(model: Model[Any], pixels: NDArray[np.uint8], window: Box) -> Any:
    """Return the embedding of a window of a picture, (H, W, 3) uint8 RGB."""
    left, top, right, bottom = window
    return model.embed(np.ascontiguousarray(pixels[top:bottom, left:right]))


def whole_pixels(here: Window, size: tuple[int, int]) -> Box:
    """Return the pixels that a window touches, of an image of (width, height), half open."""
    (left, right), (top, bottom) = (
        (max(0, int(low)), min(most, -int(-high // 1)))
        for low, high, most in ((here.x0, here.x1, size[0]), (here.y0, here.y1, size[1]))
    )
    return left, top, right, bottom


def taken(asked: Prompts, takes: Callable[[str], bool]) -> Prompts:
    """Return what of a question a model takes; of the first look's findings the rest goes."""
    return replace(
        asked,
        box=asked.box if takes("box") else None,
        logits=asked.logits if takes("mask") else None,
    )


def says(asked: Prompts) -> bool:
    """Whether a question says what is wanted, and not only what is not."""
    return asked.box is not None or asked.logits is not None or bool(asked.labels.any())


def plain(prompts: tuple[Prompt, ...]) -> tuple[Prompt, ...]:
    """Return what the first look is asked: all but the windows."""
    return tuple(each for each in prompts if not isinstance(each, Window))


def joined(near: Prediction, window: Box, first: Prediction) -> Near:
    """Return what a model says of a window, set into what it said of the whole."""
    return Near(
        near.logits,
        near.scores,
        near.stability,
        near.names,
        near.best,
        near.frame.at(*window[:2]),
        near,
        first,
    )


@dataclass(frozen=True)
class Near(Prediction):
    """A closer look: inside the window the masks are its own, outside those of the first look.

    Attributes
    ----------
    near : Prediction
        Of the window, its frame in the window's pixels.
    first : Prediction
        Of the whole picture. Of its candidates that one goes on outside the window which agrees
        best with what is inside.
    """

    near: Prediction
    first: Prediction

    of_all: ClassVar[bool] = False

    def mask(self, index: int) -> Mask:
        """Return one of the candidates at the picture's own size."""
        near = self.near.mask(index)
        here = self._placed(near)
        beyond = self._whole[self._beyond(here)]
        left, top, right, bottom = self.frame.window
        x0, y0, x1, y1 = beyond.box
        if left <= x0 and top <= y0 and x1 <= right and y1 <= bottom:
            return here
        rows = np.arange(top, bottom) * beyond.size[0]
        around = less(beyond.size, beyond.spans(), np.stack([rows + left, rows + right], axis=1))
        return painted(Mask.from_spans(beyond.size, around), here.spans())

    def fed(self, index: int) -> NDArray[np.float32]:
        """Return logits of the whole image: the first look's that go on outside the window."""
        return self.first.fed(self._beyond(self._placed(self.near.mask(index))))

    def cut(self, threshold: float) -> Self:
        """Return it cut at another logit, inside the window and outside."""
        near, first = self.near.cut(threshold), self.first.cut(threshold)
        return replace(super().cut(threshold), near=near, first=first)

    def _placed(self, near: Mask) -> Mask:
        return Mask(self._whole[0].size, self.frame.placed(near.box), near.runs)

    def _beyond(self, here: Mask) -> int:
        """Return the first look's candidate that agrees best; where none does, its best."""
        return max(
            range(len(self._whole)), key=lambda i: (here.iou(self._whole[i]), i == self.first.best)
        )

    @cached_property
    def _whole(self) -> tuple[Mask, ...]:
        return self.first.masks()
