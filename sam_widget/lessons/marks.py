"""Marks: what a frame is drawn of. Each knows how it lies on a screen and on paper; moves nothing.

Coordinates are the stage's own pixels, x right, y down, floats; colours as CSS writes them
("#3b82f6", "white"); opacity 0..1.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, pi, sin
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from PIL import Image, ImageColor

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .paper import Paper
    from .screen import Screen

Points = tuple[tuple[float, float], ...]
Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 on the stage."""


class Mark(Protocol):
    """One thing that is drawn."""

    def on_screen(self, screen: Screen) -> None:
        """Draw it with ipycanvas."""

    def on_paper(self, paper: Paper) -> None:
        """Draw it with Pillow."""


@dataclass(frozen=True, eq=False)
class Picture:
    """Pixels, stretched to a box.

    Attributes
    ----------
    pixels : uint8 array
        H, W, 3 (RGB) or H, W, 4 (RGBA, as it is not premultiplied).
    box : tuple of 4 floats
        Where on the stage.
    smooth : bool
        Whether what lies between the pixels is blended; a map of patches is better without.
    """

    pixels: NDArray[np.uint8]
    box: Box
    smooth: bool = True

    def on_screen(self, screen: Screen) -> None:
        x0, y0, x1, y1 = self.box
        screen.canvas.image_smoothing_enabled = self.smooth
        screen.canvas.draw_image(screen.held(self), x0, y0, x1 - x0, y1 - y0)

    def on_paper(self, paper: Paper) -> None:
        how = Image.Resampling.BILINEAR if self.smooth else Image.Resampling.NEAREST
        paper.paste(Image.fromarray(self.pixels).convert("RGBA"), self.box, how)


@dataclass(frozen=True)
class Rect:
    """A rectangle: filled, or its edge alone where ``width`` is given."""

    box: Box
    color: str = "white"
    width: float = 0.0
    opacity: float = 1.0

    def on_screen(self, screen: Screen) -> None:
        x0, y0, x1, y1 = self.box
        canvas = screen.colored(self)
        draw = canvas.stroke_rect if self.width else canvas.fill_rect
        draw(x0, y0, x1 - x0, y1 - y0)

    def on_paper(self, paper: Paper) -> None:
        how = paper.edge(self) if self.width else paper.fill(self)
        paper.pen.rectangle(paper.at(*self.box), **how)


@dataclass(frozen=True)
class Disc:
    """A filled circle, or its edge alone where ``width`` is given."""

    x: float
    y: float
    radius: float
    color: str = "white"
    width: float = 0.0
    opacity: float = 1.0

    def on_screen(self, screen: Screen) -> None:
        canvas = screen.colored(self)
        draw = canvas.stroke_circle if self.width else canvas.fill_circle
        draw(self.x, self.y, self.radius)

    def on_paper(self, paper: Paper) -> None:
        x, y, r = self.x, self.y, self.radius
        how = paper.edge(self) if self.width else paper.fill(self)
        paper.pen.ellipse(paper.at(x - r, y - r, x + r, y + r), **how)


@dataclass(frozen=True)
class Line:
    """A line through points; with an arrow's head at its end where ``arrow`` is its length."""

    points: Points
    color: str = "white"
    width: float = 2.0
    opacity: float = 1.0
    arrow: float = 0.0

    def on_screen(self, screen: Screen) -> None:
        canvas = screen.colored(self)
        canvas.stroke_lines(_array(self.points))
        if self.arrow:
            canvas.fill_polygon(_array(self._head()))

    def on_paper(self, paper: Paper) -> None:
        ink = paper.fill(self)["fill"]
        flat = paper.at(*(each for point in self.points for each in point))
        paper.pen.line(flat, fill=ink, width=paper.length(self.width), joint="curve")
        if self.arrow:
            paper.pen.polygon(paper.at(*(v for p in self._head() for v in p)), fill=ink)

    def _head(self) -> Points:
        (x0, y0), (x, y) = self.points[-2:]
        way = atan2(y - y0, x - x0)
        back = [(way + pi + turn) for turn in (-0.45, 0.45)]
        return ((x, y), *((x + self.arrow * cos(a), y + self.arrow * sin(a)) for a in back))


@dataclass(frozen=True)
class Shape:
    """A filled polygon."""

    points: Points
    color: str = "white"
    opacity: float = 1.0
    width: float = 0.0

    def on_screen(self, screen: Screen) -> None:
        canvas = screen.colored(self)
        (canvas.stroke_polygon if self.width else canvas.fill_polygon)(_array(self.points))

    def on_paper(self, paper: Paper) -> None:
        flat = paper.at(*(each for point in self.points for each in point))
        if self.width:
            ink = paper.fill(self)["fill"]
            paper.pen.line([*flat, *flat[:2]], fill=ink, width=paper.length(self.width))
        else:
            paper.pen.polygon(flat, **paper.fill(self))


@dataclass(frozen=True)
class Words:
    """A line of text: ``x, y`` is where its baseline begins, ends or has its middle (``align``)."""

    text: str
    x: float
    y: float
    size: float = 14.0
    color: str = "black"
    align: str = "left"
    opacity: float = 1.0
    width: float = 0.0

    def on_screen(self, screen: Screen) -> None:
        canvas = screen.colored(self)
        canvas.font = f"{self.size:g}px system-ui, sans-serif"
        canvas.text_align = self.align
        canvas.fill_text(self.text, self.x, self.y)

    def on_paper(self, paper: Paper) -> None:
        anchor = {"left": "ls", "center": "ms", "right": "rs"}[self.align]
        at, font = paper.at(self.x, self.y), paper.font(self.size)
        paper.pen.text(tuple(at), self.text, font=font, anchor=anchor, **paper.fill(self))


def tint(mask: NDArray[np.bool_], color: str, box: Box, opacity: float = 0.5) -> Picture:
    """Return a mask (H, W, bool) as a picture of one colour, see-through where it is false."""
    pixels = np.zeros((*mask.shape, 4), np.uint8)
    pixels[mask] = (*ImageColor.getrgb(color)[:3], round(255 * opacity))
    return Picture(pixels, box, smooth=False)


def heat(
    values: NDArray[np.floating[Any]], box: Box, colors: str = "viridis", opacity: float = 1.0
) -> Picture:
    """Return numbers (H, W), from their least to their greatest, in a colour map of matplotlib."""
    from matplotlib import colormaps  # noqa: PLC0415  an extra, heavy

    low, high = float(np.min(values)), float(np.max(values))
    shares = (values - low) / (high - low) if high > low else np.zeros_like(values)
    pixels = colormaps[colors](shares, bytes=True)
    pixels[..., 3] = round(255 * opacity)
    return Picture(pixels, box, smooth=False)


def _array(points: Points) -> NDArray[np.float32]:
    """Return points as ipycanvas takes them; at tuples its page stops drawing for good."""
    return np.array(points, np.float32)
