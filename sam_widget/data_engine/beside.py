"""Masks before beside after, as pictures: a table for a notebook's cell, a figure. Judges none."""

from __future__ import annotations

import base64
import io
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import PIL.Image
import PIL.ImageDraw

from sam_widget.document.records import Point
from sam_widget.errors import SamError
from sam_widget.images import read_image
from sam_widget.widget.palette import PALETTE
from sam_widget.widget.stills import filled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sam_widget.geometry import Box
    from sam_widget.regions import Region

    from .reanswer import Change

    Shown = tuple[int, Change, str, Path]  # number, change, the image's name and place

SIDE = 220  # px of a picture's longer side
ROOM = 0.25  # round both masks, as a share of what holds them
COLORS = PALETTE[0], PALETTE[1]  # before, after
OPACITY = 0.6


def pictures(change: Change, pixels: NDArray[np.uint8]) -> tuple[PIL.Image.Image, PIL.Image.Image]:
    """Return the part of a photo that a change is in, with the mask of before, and of after.

    Parameters
    ----------
    change : Change
    pixels : ndarray
        (H, W, 3) uint8, RGB, of the whole photo.
    """
    window = _window(change)
    before, after = (
        _picture(region, pixels, window, color)
        for region, color in zip((change.before, change.after), COLORS, strict=True)
    )
    return before, after


def row(number: int, change: Change, name: str, place: Path) -> str:
    """Return a table's row in HTML: what it is, before, after."""
    region = change.before
    label = f" {region.label}" if region.label else ""
    said = f"<b>{number}</b>{escape(label)}<br>{escape(name)}<br>changed by {change.share:.0%}"
    cells = "".join(f"<td>{each}</td>" for each in _images(change, place))
    return f"<tr><td style='text-align:left'>{said}</td>{cells}</tr>"


def page(told: str, rows: Sequence[str], more: int) -> str:
    """Return the whole in HTML: a sentence, the rows, how many more there are."""
    table = ""
    if rows:
        head = "<tr><th></th><th>before</th><th>after</th></tr>"
        table = f"<table>{head}{''.join(rows)}</table>"
    rest = f"<p>and {more} more</p>" if more > 0 else ""
    return f"<p>{escape(told)}</p>{table}{rest}"


def figure(shown: Sequence[Shown]) -> Figure:
    """Draw changes, one a row, with matplotlib."""
    from matplotlib.figure import Figure  # noqa: PLC0415  an extra

    rows = max(1, len(shown))
    drawn = Figure(figsize=(5, 2.4 * rows), layout="constrained")
    axes = drawn.subplots(rows, 2, squeeze=False)
    for axis in axes.flat:
        axis.set_axis_off()
    for (number, change, name, place), (left, right) in zip(shown, axes, strict=False):
        before, after = pictures(change, read_image(place).pixels)
        left.imshow(before)
        right.imshow(after)
        left.set_title(f"{number}: {name}", fontsize=8)
        right.set_title(f"changed by {change.share:.0%}", fontsize=8)
    return drawn


def _images(change: Change, place: Path) -> list[str]:
    """Return both pictures as elements; a sentence in the place of what cannot be read."""
    try:
        drawn = pictures(change, read_image(place).pixels)
    except SamError as error:
        return [escape(str(error)), ""]
    return [f"<img src='data:image/webp;base64,{_encoded(each)}'>" for each in drawn]


def _encoded(picture: PIL.Image.Image) -> str:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=70)
    return base64.b64encode(out.getvalue()).decode("ascii")


def _window(change: Change) -> Box:
    """Return what holds both masks, with room: x0, y0, x1, y1, half open, image pixels."""
    boxes = [each.box for each in (change.before, change.after) if each.area]
    width, height = change.before.size
    if not boxes:
        return 0, 0, width, height
    x0, y0 = (min(box[i] for box in boxes) for i in (0, 1))
    x1, y1 = (max(box[i] for box in boxes) for i in (2, 3))
    edge = max(8, round(ROOM * max(x1 - x0, y1 - y0)))
    return max(0, x0 - edge), max(0, y0 - edge), min(width, x1 + edge), min(height, y1 + edge)


def _picture(
    region: Region, pixels: NDArray[np.uint8], window: Box, color: tuple[int, int, int]
) -> PIL.Image.Image:
    x0, y0, x1, y1 = window
    part = pixels[y0:y1, x0:x1].astype(np.float32)
    mask = region.array()[y0:y1, x0:x1]
    part[mask] = filled(part[mask], color, OPACITY)
    picture = PIL.Image.fromarray(part.round().astype(np.uint8))
    scale = SIDE / max(picture.size)
    small = picture.resize([max(1, round(side * scale)) for side in picture.size])
    pen = PIL.ImageDraw.Draw(small)
    for each in region.prompts:
        if isinstance(each, Point):
            x, y = (each.x - x0) * scale, (each.y - y0) * scale
            fill = (255, 255, 255) if each.positive else (0, 0, 0)
            pen.ellipse((x - 4, y - 4, x + 4, y + 4), fill, color, 2)
    return small
