"""Paper: frames drawn by Pillow, without a screen: PNG and GIF for slides and saved notebooks."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageColor, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .marks import Box, Mark

SHARP = 2  # pixels of paper, and of canvases, to one of the stage

HANGUL = (
    *("NanumGothic", "Noto Sans CJK KR", "NotoSansCJK-Regular", "Noto Sans KR"),
    *("Malgun Gothic", "malgun", "Apple SD Gothic Neo", "AppleSDGothicNeo"),
)
"""Fonts that have Korean, the first that is installed is taken; English needs none of them."""


class Paper:
    """A sheet that marks are drawn on.

    Parameters
    ----------
    size : tuple of 2 ints
        Width and height, in the stage's pixels.
    color : str
        What is under everything.
    """

    def __init__(self, size: tuple[int, int], color: str = "white") -> None:
        self.image = Image.new("RGB", (size[0] * SHARP, size[1] * SHARP), color)
        self.pen: Any = ImageDraw.Draw(self.image, "RGBA")

    def draw(self, marks: Iterable[Mark]) -> None:
        """Draw them, the first undermost."""
        for mark in marks:
            mark.on_paper(self)

    def at(self, *numbers: float) -> list[float]:
        """Return the stage's numbers as the paper's."""
        return [each * SHARP for each in numbers]

    def length(self, length: float) -> int:
        """Return a length as whole pixels, one at least."""
        return max(1, round(length * SHARP))

    def fill(self, mark: Any) -> dict[str, Any]:
        """Return Pillow's words for a mark that is filled."""
        return {"fill": (*ImageColor.getrgb(mark.color)[:3], round(255 * mark.opacity))}

    def edge(self, mark: Any) -> dict[str, Any]:
        """Return Pillow's words for a mark's edge alone."""
        return {"outline": self.fill(mark)["fill"], "width": self.length(mark.width)}

    def paste(self, picture: Image.Image, box: Box, how: Image.Resampling) -> None:
        """Lay a picture (RGBA) over a box."""
        x0, y0, x1, y1 = (round(each) for each in self.at(*box))
        fitted = picture.resize((max(1, x1 - x0), max(1, y1 - y0)), how)
        self.image.paste(fitted, (x0, y0), fitted)

    def font(self, size: float) -> Any:
        """Return a font of the size in the stage's pixels."""
        return _font(round(size * SHARP))


@cache
def _font(size: int) -> Any:
    file = _file()
    return ImageFont.truetype(file, size) if file else ImageFont.load_default(size)


@cache
def _file() -> str | None:
    """Return the file of a font that has Korean, of one that has not where there is none."""
    from matplotlib.font_manager import findSystemFonts, fontManager  # noqa: PLC0415  heavy

    # What matplotlib remembers may be older than a font.
    by_name = {Path(each).stem: each for each in findSystemFonts()}
    by_name |= {each.name: each.fname for each in fontManager.ttflist}
    return next((by_name[name] for name in (*HANGUL, "DejaVu Sans") if name in by_name), None)
