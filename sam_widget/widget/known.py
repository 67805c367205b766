"""Known: what is known of a region, as a document holds it with the mask, and back.

Also the correction that carries a mask (``Combine``).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sam_widget.document.blobs import name_of
from sam_widget.document.corrections import Asked, Combine, Known
from sam_widget.document.records import Box, Corners, Point, Stroke, Window, new_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Literal, TypeAlias

    from sam_widget.document.records import Prompt
    from sam_widget.masks import Mask
    from sam_widget.regions import Region

    How: TypeAlias = Literal["unite", "subtract", "intersect"]

MOST_ASKED = 256  # prompts that go along


def together(thing: str, how: How, mask: Mask, known: Known | None = None) -> Combine:
    """Return the correction that puts a mask together with an object's."""
    data = mask.to_bytes()
    return Combine(new_id(), thing, how, name_of(data), *mask.size, len(data), known)


def known_of(region: Region) -> Known | None:
    """Return what of a region goes along with its mask; None where nothing is known."""
    asked = (ASKED[each.tag](each) for each in region.prompts[:MOST_ASKED] if each.tag in ASKED)
    known = Known(
        _finite(region.predicted_iou), _finite(region.stability_score), region.made, tuple(asked)
    )
    return None if known == Known() else known


def prompts_of(combine: Combine) -> tuple[Prompt, ...]:
    """Return the prompts that a mask came of elsewhere."""
    asked = combine.known.asked if combine.known else ()
    return tuple(
        SAID[each.kind](f"{combine.id}-{i}", combine.object, each) for i, each in enumerate(asked)
    )


def _finite(score: float | None) -> float | None:
    return None if score is None or not math.isfinite(score) else float(score)


def _corners(prompt: Corners) -> tuple[float, ...]:
    return prompt.x0, prompt.y0, prompt.x1, prompt.y1


# a mask among prompts stays behind: its bytes are the other widget's
ASKED: Mapping[str, Callable[[Any], Asked]] = {
    Point.tag: lambda each: Asked("point", (each.x, each.y), positive=each.positive),
    Box.tag: lambda each: Asked("box", _corners(each)),
    Window.tag: lambda each: Asked("window", _corners(each)),
    Stroke.tag: lambda each: Asked("stroke", each.path, each.width, each.positive),
}

SAID: Mapping[str, Callable[[str, str, Asked], Prompt]] = {
    "point": lambda name, thing, each: Point(
        name, thing, each.places[0], each.places[1], each.positive
    ),
    "box": lambda name, thing, each: Box(name, thing, *each.places[:4]),
    "window": lambda name, thing, each: Window(name, thing, *each.places[:4]),
    "stroke": lambda name, thing, each: Stroke(name, thing, each.places, each.width, each.positive),
}
