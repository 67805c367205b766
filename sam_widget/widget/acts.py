"""What Python's methods do to the document, each as an Edit; ``js/src/tools`` does the same.

Pure functions of the document: no session, no waiting, no screen.
"""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sam_widget.document.edits import Document, Edit, EditError, put_away
from sam_widget.document.records import (
    CANDIDATES,
    MOST_LOGIT,
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
    from collections.abc import Callable, Sequence

    from sam_widget.document.records import Record

NAMED = 8  # objects that a sentence lists


@dataclass(frozen=True)
class Pick:
    """A mask that everything mode found: what a click at x y gives as its candidate ``choice``.

    ``color`` is the object's place in the palette; None for the next.
    """

    x: float
    y: float
    choice: int
    color: int | None = None


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


def pick(document: Document, picks: Sequence[Pick]) -> Edit | None:
    """Make an accepted object of each, as if it had been clicked, chosen and accepted."""
    image, others = image_of(document), document.of_type(Object)
    order = max((each.order for each in others), default=-1) + 1
    records: list[Record] = []
    for i, one in enumerate(picks):
        color = (len(others) + i) % len(PALETTE) if one.color is None else one.color
        thing = Object(new_id(), image.id, "", color, one.choice, locked=True, order=order + i)
        records += [thing, Point(new_id(), thing.id, one.x, one.y)]
    return Edit.of(*records) if records else None


def choose(document: Document, index: Any) -> Edit:
    """Prefer one of the candidates, of the answer that is to come where none is there yet."""
    thing, answer = _asked(document, "choose from")
    count = len(answer.candidates) if answer else CANDIDATES
    return Edit.of(replace(thing, choice=_below(count, index, "A choice")))


def cut(document: Document, threshold: Any) -> Edit | None:
    """Cut the open object's masks at another logit; None when they are cut there."""
    thing, _ = _asked(document, "cut")
    at = float_of(threshold)
    if not abs(at) <= MOST_LOGIT:
        raise EditError(
            f"A threshold is a logit from {-MOST_LOGIT:g} to {MOST_LOGIT:g}, not"
            f" {shown(threshold)}; 0 is the model's own."
        )
    return _changed(thing, replace(thing, threshold=at))


def accept(document: Document) -> Edit:
    """Lock the open object with the mask that is shown, or with the one that is to come."""
    thing, _ = _asked(document, "accept")
    if not any(each.affirms() for each in document.prompts_of(thing.id)):
        raise EditError("Nothing says yet what you want: add a point on it, or a box.")
    return put_away(document)


def clear(document: Document) -> Edit | None:
    """Drop the open object's prompts; None when there are none."""
    thing = document.open_object()
    prompts = document.prompts_of(thing.id) if thing else ()
    return Edit(drop=tuple(each.id for each in prompts)) if prompts else None


def reopen(document: Document, object_id: Any) -> Edit | None:
    """Open an accepted object again, after what is open is put away; None when it is open."""
    thing = _object(document, object_id)
    away = put_away(document)
    opened = replace(thing, locked=False)
    return Edit.of(*away.put.values(), opened, drop=away.drop) if thing.locked else None


def rename(document: Document, object_id: Any, label: Any) -> Edit | None:
    """Say what an object is; None when that is its label."""
    thing = _object(document, object_id)
    if not isinstance(label, str):
        raise EditError(f"A label is a text, not {shown(label)}.")
    return _changed(thing, replace(thing, label=str(label).strip()))


def recolor(document: Document, object_id: Any, color: Any) -> Edit | None:
    """Give an object another place in the palette; None when it has it."""
    thing = _object(document, object_id)
    return _changed(thing, replace(thing, color=_below(len(PALETTE), color, "A color")))


def move(document: Document, object_id: Any, index: Any) -> Edit | None:
    """Move an object among all others, open or accepted; None when it is there."""
    thing = _object(document, object_id)
    row = sorted(document.of_type(Object), key=lambda each: each.order)
    index = _below(len(row), index, "An index")
    orders = [each.order for each in row]
    for i in range(1, len(row)):  # two hands at once may have left equal ones
        orders[i] = max(orders[i], orders[i - 1] + 1)
    row.remove(thing)
    row.insert(index, thing)
    pairs = zip(row, orders, strict=True)
    moved = [replace(each, order=order) for each, order in pairs if each.order != order]
    return Edit.of(*moved) if moved else None


def delete(document: Document, object_id: Any) -> Edit:
    """Drop an object, open or accepted; what belongs to it goes along."""
    return Edit(drop=(_object(document, object_id).id,))


def image_of(document: Document) -> Image:
    """Return the picture; EditError where there is none."""
    image = document.image()
    if image is None:
        raise EditError("There is no image yet: set one with w.image = ...")
    return image


def number(value: Any, name: str) -> float:
    """Take any finite number, Python's, numpy's or a tensor's of one element."""
    found = float_of(value)
    if not math.isfinite(found):
        raise EditError(f"{name} must be a finite number of image pixels, not {shown(value)}.")
    return found


def float_of(value: Any) -> float:
    """Return a number, Python's, numpy's or a tensor's of one element; NaN for all else."""
    if isinstance(value, (str, bytes, bool)) or getattr(value, "ndim", 0) > 0:
        return math.nan
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError, RuntimeError):
        return math.nan


def truth(value: Any, name: str) -> bool:
    """Take True and False, numpy's and 1 and 0 among them."""
    for sign in (True, False):
        if type(value).__name__ in ("bool", "bool_", "int") and value == sign:
            return sign
    raise EditError(f"{name} must be True or False, not {shown(value)}.")


def _object(document: Document, object_id: Any) -> Object:
    """Return the object of this id; EditError, with those there are, where there is none."""
    things = document.of_type(Object)
    named = object_id if isinstance(object_id, str) else None
    found = next((each for each in things if each.id == named), None)
    if found is None:
        some = [each.id + f" ({shown(each.label)})" * bool(each.label) for each in things[:NAMED]]
        more = f" and {len(things) - NAMED} more" if len(things) > NAMED else ""
        there = f"there are {', '.join(some)}{more}" if things else "there is none yet"
        raise EditError(f"No object has the id {shown(object_id)}: {there}.")
    return found


def _below(count: int, value: Any, what: str) -> int:
    """Take a whole number from 0 on, Python's, numpy's or a tensor's."""
    try:
        found = -1 if isinstance(value, bool) else operator.index(value)
    except TypeError:
        found = -1
    if not 0 <= found < count:
        raise EditError(f"{what} is a whole number from 0 to {count - 1}, not {shown(value)}.")
    return found


def _changed(before: Object, after: Object) -> Edit | None:
    return None if after == before else Edit.of(after)


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
