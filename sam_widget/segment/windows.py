"""Windows of a huge picture: which of them a model looks into, and what is said there. No model.

Windows of one size overlap by three quarters, on a grid: whoever looks at one part of a picture
and clicks here and there in it stays in one window, which is encoded once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import numpy as np

from sam_widget.document.records import Box, MaskPrompt, Point, Stroke, Window
from sam_widget.geometry import Frame
from sam_widget.masks import Mask

from .mask_prompt import GivenMask
from .prompts import Prediction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sam_widget.document.blobs import Blobs
    from sam_widget.document.records import Prompt
    from sam_widget.geometry import Box as Area

    Size: TypeAlias = tuple[int, int]

SIDE = 1024  # px of a window as a model is given it: what a SAM sees
STEP = 4  # windows begin every so manieth of their side
HELD = 1 - 1 / STEP  # of its side: what is no longer lies in one of them, wherever it is
ROOM = 2.0  # sides of what is looked at where nobody says: of those of what was drawn


@dataclass(frozen=True)
class Look:
    """A window of a picture, and how it is given to a model.

    Attributes
    ----------
    box : tuple of int
        x0, y0, x1, y1, half open, in image pixels.
    shrink : int
        Image pixels, along each side, of one that the model is given.
    """

    box: Area
    shrink: int

    def wider(self, size: Size) -> Look:
        """Return the window that holds this one with room about it; itself where it is all."""
        return holding(self.box, size)

    def leaves(self, box: Area, size: Size) -> bool:
        """Whether a mask with this box, in image pixels, ends where the window does, no sooner.

        The borders of the picture end all.
        """
        sides = zip(box, self.box, (0, 0, *size), strict=True)
        return box[0] < box[2] and any(at == end != edge for at, end, edge in sides)


def holding(area: tuple[float, float, float, float], size: Size) -> Look:
    """Return the window of the grid that holds an area, no larger than it must be.

    Parameters
    ----------
    area : tuple of float
        x0, y0, x1, y1 in image pixels, inside the picture.
    size : tuple of int
        The picture's (width, height), in pixels.
    """
    x0, y0, x1, y1 = area
    shrink = 1
    while max(x1 - x0, y1 - y0) > HELD * SIDE * shrink:
        shrink *= 2
    side = SIDE * shrink
    left, right = _along(x0, side, size[0])
    top, bottom = _along(y0, side, size[1])
    return Look((left, top, right, bottom), shrink)


def _along(start: float, side: int, most: int) -> tuple[int, int]:
    step = side // STEP
    begin = max(0, min(int(start // step) * step, most - side))
    return begin, min(begin + side, most)


def looked_at(prompts: Iterable[Prompt], size: Size, blobs: Blobs) -> Look:
    """Return the window that a model answers an object's prompts in.

    It holds all of them and what was seen when the last was made, which a Window says. Where none
    says it, the picture is looked at in its own pixels, as far as the prompts leave it.
    """
    given = tuple(prompts)
    seen = [each for each in given if isinstance(each, Window)]
    places = [place for each in given for place in _places(each, blobs)]
    if seen:
        places += seen[-1].places()
    xs, ys = zip(*places, strict=True)
    area = min(xs), min(ys), max(xs), max(ys)
    if not seen:
        area = _roomy(area, size)
    return holding(area, size)


def _places(prompt: Prompt, blobs: Blobs) -> list[tuple[float, float]]:
    if isinstance(prompt, Window):
        return []
    if isinstance(prompt, MaskPrompt):
        x0, y0, x1, y1 = GivenMask.read(prompt, blobs).mask.box
        return [(x0, y0), (x1, y1)]
    return list(prompt.places())


def _roomy(
    area: tuple[float, float, float, float], size: Size
) -> tuple[float, float, float, float]:
    """Return an area with room about it, in the middle of whose window it lies."""
    x0, y0, x1, y1 = area
    half = max(ROOM * max(x1 - x0, y1 - y0), HELD * SIDE) / 2
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return max(0, x - half), max(0, y - half), min(size[0], x + half), min(size[1], y + half)


def moved(prompts: Iterable[Prompt], look: Look, blobs: Blobs) -> tuple[Prompt, ...]:
    """Return what is said in a window, in the pixels that the model is given; no Window is left.

    Parameters
    ----------
    blobs : Blobs
        What the prompts mention; of masks it takes the parts in the window.
    """
    given = (each for each in prompts if not isinstance(each, Window))
    return tuple(MOVED[each.tag](each, look, blobs) for each in given)


def _point(point: Point, look: Look, _: Blobs) -> Point:
    x, y = _inside(look, point.x, point.y)
    return replace(point, x=x, y=y)


def _box(box: Box, look: Look, _: Blobs) -> Box:
    (x0, y0), (x1, y1) = _inside(look, box.x0, box.y0), _inside(look, box.x1, box.y1)
    return replace(box, x0=x0, y0=y0, x1=x1, y1=y1)


def _stroke(stroke: Stroke, look: Look, _: Blobs) -> Stroke:
    path = tuple(n for x, y in stroke.places() for n in _inside(look, x, y))
    return replace(stroke, path=path, width=stroke.width / look.shrink)


def _mask(prompt: MaskPrompt, look: Look, blobs: Blobs) -> MaskPrompt:
    given = GivenMask.read(prompt, blobs)
    left, top, right, bottom = look.box
    if look.shrink == 1:
        part = given.mask.window(*look.box)
    else:  # windows begin at multiples of their shrink, but those at the picture's far sides
        high, wide = (-(-side // look.shrink) for side in (bottom - top, right - left))
        x, y = left // look.shrink, top // look.shrink
        part = np.zeros((high, wide), np.bool_)
        seen = given.mask.sampled(look.shrink)[y : y + high, x : x + wide]
        part[: seen.shape[0], : seen.shape[1]] = seen
    here = Mask.from_array(part)
    return replace(
        GivenMask(here).prompt(blobs.put(here.to_bytes())), id=prompt.id, object=prompt.object
    )


def _inside(look: Look, x: float, y: float) -> tuple[float, float]:
    return (x - look.box[0]) / look.shrink, (y - look.box[1]) / look.shrink


MOVED: Mapping[str, Callable[[Any, Look, Blobs], Prompt]] = {
    Point.tag: _point,
    Box.tag: _box,
    Stroke.tag: _stroke,
    MaskPrompt.tag: _mask,
}


@dataclass(frozen=True, repr=False)
class Windowed(Prediction):
    """What a model says of a window: its masks are the whole picture's, and lie in the window.

    Attributes
    ----------
    size : tuple of int
        The picture's (width, height), in pixels.
    corner : tuple of int
        x, y of the window in it. ``frame`` is of the window by itself, in image pixels.
    """

    size: Size
    corner: tuple[int, int]

    of_all: ClassVar[bool] = False

    def mask(self, index: int) -> Mask:
        """Return one of the candidates at the picture's own size."""
        here = super().mask(index)
        return Mask(self.size, self.frame.at(*self.corner).placed(here.box), here.runs)


def windowed(said: Prediction, look: Look, size: Size) -> Windowed:
    """Return what was said of a window's pixels as said of the picture."""
    left, top, right, bottom = look.box
    frame = Frame(right - left, bottom - top, said.frame.side, stretched=said.frame.stretched)
    told = said.logits, said.scores, said.stability, said.names, said.best
    return Windowed(*told, frame, size, (left, top))
