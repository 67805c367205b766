"""What Python's methods do to the document, each as an Edit; ``js/src/tools`` does the same.

Pure functions of the document: no session, no waiting, no screen.
"""

from __future__ import annotations

import math
import operator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sam_widget.document.edits import Document, Edit, EditError
from sam_widget.document.records import (
    CANDIDATES,
    Answer,
    Box,
    Image,
    MaskPrompt,
    Object,
    Point,
    Prompt,
    new_id,
)
from sam_widget.errors import shown

from .palette import PALETTE

if TYPE_CHECKING:
    from collections.abc import Callable


def add_point(document: Document, x: Any, y: Any, positive: Any) -> Edit:
    """Say that a pixel belongs to the open object, or does not."""
    given = number(x, "x"), number(y, "y")
    sign = truth(positive, "positive")
    return _add(document, lambda thing: Point(new_id(), thing, *given, sign))


def add_box(document: Document, x0: Any, y0: Any, x1: Any, y1: Any) -> Edit:
    """Draw a box round the open object; it takes the place of an earlier one."""
    named = zip(("x0", "y0", "x1", "y1"), (x0, y0, x1, y1), strict=True)
    corners = [number(value, name) for name, value in named]
    return _add(document, lambda thing: Box(new_id(), thing, *corners))


def add_mask(document: Document, mask: MaskPrompt) -> Edit:
    """Say what of the open object is known, as a prompt of no object yet; it stays the only one."""
    return _add(document, lambda thing: replace(mask, id=new_id(), object=thing))


def choose(document: Document, index: Any) -> Edit:
    """Prefer one of the candidates, of the answer that is to come where none is there yet."""
    thing, answer = _asked(document, "choose from")
    try:
        choice = operator.index(index)
    except TypeError:
        choice = -1
    count = len(answer.candidates) if answer else CANDIDATES
    if isinstance(index, bool) or not 0 <= choice < count:
        raise EditError(f"A choice is a whole number from 0 to {count - 1}, not {shown(index)}.")
    return Edit.of(replace(thing, choice=choice))


def accept(document: Document) -> Edit:
    """Lock the open object with the mask that is shown, or with the one that is to come."""
    thing, answer = _asked(document, "accept")
    if not any(each.affirms() for each in document.prompts_of(thing.id)):
        raise EditError("Nothing says yet what you want: add a point on it, or a box.")
    choice = chosen(thing, answer) if answer else thing.choice
    return Edit.of(replace(thing, choice=choice, locked=True))


def clear(document: Document) -> Edit | None:
    """Drop the open object's prompts; None when there are none."""
    thing = document.open_object()
    prompts = document.prompts_of(thing.id) if thing else ()
    return Edit(drop=tuple(each.id for each in prompts)) if prompts else None


def image_of(document: Document) -> Image:
    """Return the picture; EditError where there is none."""
    image = document.image()
    if image is None:
        raise EditError("There is no image yet: set one with w.image = ...")
    return image


def chosen(thing: Object, answer: Answer) -> int:
    """Which candidate counts: the person's choice, else the model's best."""
    choice = answer.best if thing.choice is None else thing.choice
    return min(max(0, choice), len(answer.candidates) - 1)


def number(value: Any, name: str) -> float:
    """Take any finite number, Python's, numpy's or a tensor's of one element."""
    plain = isinstance(value, (str, bytes, bool)) or getattr(value, "ndim", 0) > 0
    try:
        found = math.nan if plain else float(value)
    except (TypeError, ValueError, OverflowError, RuntimeError):
        found = math.nan
    if not math.isfinite(found):
        raise EditError(f"{name} must be a finite number of image pixels, not {shown(value)}.")
    return found


def truth(value: Any, name: str) -> bool:
    """Take True and False, numpy's and 1 and 0 among them."""
    for sign in (True, False):
        if type(value).__name__ in ("bool", "bool_", "int") and value == sign:
            return sign
    raise EditError(f"{name} must be True or False, not {shown(value)}.")


def _asked(document: Document, what: str) -> tuple[Object, Answer | None]:
    """Return the open object and its answer, if any; EditError where there is nothing to `what`."""
    thing = document.open_object()
    if thing is None or not document.prompts_of(thing.id):
        raise EditError(f"There is nothing to {what} yet: add a point or a box first.")
    return thing, document.answer_of(thing.id)


def _add(document: Document, make: Callable[[str], Prompt]) -> Edit:
    """Put a prompt into the open object, or into a new one; of a single kind it stays alone."""
    image = image_of(document)
    thing = document.open_object()
    if thing is None:
        others = document.of_type(Object)
        order = max((each.order for each in others), default=-1) + 1
        thing = Object(new_id(), image.id, color=len(others) % len(PALETTE), order=order)
        return Edit.of(thing, make(thing.id))
    prompt = make(thing.id)
    kin = document.kind_of(thing.id, prompt.tag) if prompt.single else ()
    # What was chosen goes into the next answer, whose own best is shown then.
    again = () if thing.choice is None else (replace(thing, choice=None),)
    return Edit.of(*again, prompt, drop=tuple(each.id for each in kin))
