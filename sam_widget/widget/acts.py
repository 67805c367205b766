"""What Python's methods do to the document, each as an Edit; ``js/src/tools`` does the same.

Pure functions of the document: no session, no waiting, no screen.
"""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sam_widget.arrays import NoArrayError, to_array
from sam_widget.document.corrections import MOST_POINTS, Brush, CleanUp
from sam_widget.document.edits import Document, Edit, EditError, accepted, apply, put_away
from sam_widget.document.plain import SAFE, carried
from sam_widget.document.records import (
    CANDIDATES,
    MOST_LOGIT,
    Box,
    Image,
    Mark,
    MaskPrompt,
    Object,
    Point,
    Prompt,
    Stroke,
    Window,
    new_id,
)
from sam_widget.errors import shown

from .known import known_of, together
from .palette import PALETTE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sam_widget.document.records import Record
    from sam_widget.regions import Region

CORNERS = "x0", "y0", "x1", "y1"
NAMED = 8  # objects that a sentence lists


@dataclass(frozen=True)
class Pick:
    """A mask that everything mode found: what a click at x y gives as its candidate ``choice``.

    ``color`` is the object's place in the palette; None for the next. ``label`` says what it is.
    """

    x: float
    y: float
    choice: int
    color: int | None = None
    label: str = ""


def add_point(document: Document, x: Any, y: Any, positive: Any) -> Edit:
    """Say that a pixel belongs to the open object, or does not."""
    given = number(x, "x"), number(y, "y")
    sign = truth(positive, "positive")
    return _add(document, lambda thing: Point(new_id(), thing, *given, sign))


def add_box(document: Document, corners: Mapping[str, Any], another: Any = False) -> Edit:
    """Draw a box round the open object; it takes the place of earlier ones, or is another."""
    given = [number(corners[name], name) for name in ("x0", "y0", "x1", "y1")]
    beside = truth(another, "another")
    return _add(document, lambda thing: Box(new_id(), thing, *given), beside=beside)


def add_stroke(document: Document, points: Any, width: Any, positive: Any) -> Edit:
    """Draw a free line over the open object, or over what is not it, as a prompt."""
    line, wide = path(points), number(width, "width")
    sign = truth(positive, "positive")
    return _add(document, lambda thing: Stroke(new_id(), thing, line, wide, sign))


def sharpen(document: Document, window: Any) -> Edit:
    """Have the open object looked at from nearer, in a window; it stays the only one."""
    _asked(document, "look at from nearer")
    try:
        given = tuple(to_array(window).ravel().tolist())
    except NoArrayError:
        given = ()
    if len(given) != 4:
        raise EditError(f"A window is x0, y0, x1, y1 in image pixels, not {shown(window)}.")
    corners = [number(value, name) for value, name in zip(given, CORNERS, strict=True)]
    return _add(document, lambda thing: Window(new_id(), thing, *corners))


def add_mask(document: Document, mask: MaskPrompt) -> Edit:
    """Say what of the open object is known, as a prompt of no object yet; it stays the only one."""
    return _add(document, lambda thing: replace(mask, id=new_id(), object=thing))


def paint(document: Document, points: Any, width: Any, positive: bool = True) -> Edit:
    """Add a stroke to the open object's mask by hand, or take one away; paint may open one."""
    line, wide = path(points), number(width, "width")
    if not positive:
        _begun(document, "erase")
    return _add(document, lambda thing: Brush(new_id(), thing, line, wide, positive))


def clean_up(document: Document, islands: Any, holes: Any) -> Edit | None:
    """Drop the open object's small islands, and fill its small holes; None where both are 0."""
    areas = _area(islands, "islands"), _area(holes, "holes")
    thing = _begun(document, "clean up")
    return Edit.of(CleanUp(new_id(), thing.id, *areas)) if any(areas) else None


def pick(document: Document, picks: Sequence[Pick]) -> Edit | None:
    """Make an accepted object of each, as if it had been clicked, chosen and accepted."""
    image, others = image_of(document), document.of_type(Object)
    order = max((each.order for each in others), default=-1) + 1
    records: list[Record] = []
    for i, one in enumerate(picks):
        color = (len(others) + i) % len(PALETTE) if one.color is None else one.color
        thing = Object(
            new_id(), image.id, one.label, color, one.choice, locked=True, order=order + i
        )
        records += [thing, Point(new_id(), thing.id, one.x, one.y)]
    return Edit.of(*records) if records else None


def add_regions(document: Document, regions: Sequence[Region]) -> Edit | None:
    """Make an accepted object of each, its mask exact; ``bring`` has the bytes go along.

    Parts stay parts of what they are parts of, where that comes along.
    """
    image, others = image_of(document), document.of_type(Object)
    order = max((each.order for each in others), default=-1) + 1
    names = [new_id() for _ in regions]
    known = {one.id: name for one, name in zip(regions, names, strict=True) if one.id}
    records: list[Record] = []
    for i, (name, one) in enumerate(zip(names, regions, strict=True)):
        if not one.area:
            raise EditError(f"Region {i} is empty: no pixel of it is on the image. Leave it out.")
        thing = Object(
            *(name, image.id, carried(one.label.strip())),
            color=(len(others) + i) % len(PALETTE),
            locked=True,
            order=order + i,
            protected=one.protected,
            parent=known.get(one.parent),
        )
        records += [thing, together(name, "unite", one.mask, known_of(one))]
    return Edit.of(*records) if records else None


def choose(document: Document, index: Any) -> Edit:
    """Prefer one of the candidates, of the answer that is to come where none is there yet."""
    thing = _asked(document, "choose from")
    answer = document.answer_of(thing.id)
    count = len(answer.candidates) if answer else CANDIDATES
    return Edit.of(replace(thing, choice=_below(count, index, "A choice")))


def cut(document: Document, threshold: Any) -> Edit | None:
    """Cut the open object's masks at another logit; None when they are cut there."""
    thing = _asked(document, "cut")
    at = float_of(threshold)
    if not abs(at) <= MOST_LOGIT:
        raise EditError(
            f"A threshold is a logit from {-MOST_LOGIT:g} to {MOST_LOGIT:g}, not"
            f" {shown(threshold)}; 0 is the model's own."
        )
    return _changed(thing, replace(thing, threshold=at))


def accept(document: Document) -> Edit:
    """Lock the open object with the mask that is shown, or with the one that is to come."""
    thing = _begun(document, "accept")
    if not any(each.affirms() for each in document.marks_of(thing.id)):
        raise EditError("Nothing says yet what you want: add a point on it, or a box.")
    return replace(put_away(document), group=accepted(thing.id))


def at_once(document: Document, edit: Edit) -> Edit:
    """Accept what an edit opens in the same step, if it says what is wanted (``w.turbo``)."""
    after = apply(document, edit)
    thing = after.open_object()
    if thing is None or thing.id in document:
        return edit
    if not any(each.affirms() for each in after.marks_of(thing.id)):
        return edit
    put = {**edit.put, thing.id: replace(thing, locked=True)}
    return Edit(put, edit.drop, accepted(thing.id))


def clear(document: Document) -> Edit | None:
    """Drop the open object's prompts and corrections; None when there are none."""
    thing = document.open_object()
    marks = document.marks_of(thing.id) if thing else ()
    return Edit(drop=tuple(each.id for each in marks)) if marks else None


def reopen(document: Document, object_id: Any) -> Edit | None:
    """Open an accepted object again, after what is open is put away; None when it is open."""
    thing = object_of(document, object_id)
    away = put_away(document)
    opened = replace(thing, locked=False)
    return Edit.of(*away.put.values(), opened, drop=away.drop) if thing.locked else None


def rename(document: Document, object_id: Any, label: Any) -> Edit | None:
    """Say what an object is; None when that is its label."""
    thing = object_of(document, object_id)
    if not isinstance(label, str):
        raise EditError(f"A label is a text, not {shown(label)}.")
    return _changed(thing, replace(thing, label=str(label).strip()))


def recolor(document: Document, object_id: Any, color: Any) -> Edit | None:
    """Give an object another place in the palette; None when it has it."""
    thing = object_of(document, object_id)
    return _changed(thing, replace(thing, color=_below(len(PALETTE), color, "A color")))


def move(document: Document, object_id: Any, index: Any) -> Edit | None:
    """Move an object among all others, open or accepted; None when it is there."""
    thing = object_of(document, object_id)
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
    return Edit(drop=(object_of(document, object_id).id,))


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


def path(points: Any) -> tuple[float, ...]:
    """Take the points of a line: (N, 2) numbers, or one point, as x, y, x, y, ..."""
    wanted = "points are (N, 2) finite numbers, x and y of each in image pixels"
    try:
        array = to_array(points)
    except NoArrayError:
        array = to_array(0)
    if array.dtype.kind not in "iuf" or array.shape[-1:] != (2,) or array.ndim > 2:
        raise EditError(f"{wanted}, not {shown(points)}.")
    line = array.reshape(-1, 2)
    if len(line) > MOST_POINTS:
        many = f"A stroke has 1 to {MOST_POINTS} points, not {len(line)}"
        raise EditError(f"{many}: draw several.")
    numbers: list[float] = line.astype(float).ravel().tolist()
    if not all(map(math.isfinite, numbers)):
        raise EditError(f"{wanted}, not {shown(points)}.")
    return tuple(numbers)


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


def object_of(document: Document, object_id: Any) -> Object:
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


def _area(value: Any, name: str) -> int:
    """Take a whole number of pixels from 0 on, a whole float among them."""
    plain = number(value, name)
    if plain != int(plain) or not 0 <= plain <= SAFE:
        raise EditError(
            f"{name} is an area, a whole number of pixels from 0 on, not {shown(value)}."
        )
    return int(plain)


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


def _asked(document: Document, what: str) -> Object:
    """Return the open object, of which a model was asked; EditError without one."""
    thing = document.open_object()
    if thing is None or not document.prompts_of(thing.id):
        raise EditError(f"There is nothing to {what} yet: add a point or a box first.")
    return thing


def _begun(document: Document, what: str) -> Object:
    """Return the open object, of which something is said or painted; EditError without one."""
    thing = document.open_object()
    return thing if thing and document.corrections_of(thing.id) else _asked(document, what)


def _add(document: Document, make: Callable[[str], Mark], beside: bool = False) -> Edit:
    """Put a mark into the open object, or a new one; a single kind stays alone, or goes beside."""
    image = image_of(document)
    thing = document.open_object()
    if thing is None:
        others = document.of_type(Object)
        order = max((each.order for each in others), default=-1) + 1
        thing = Object(new_id(), image.id, color=len(others) % len(PALETTE), order=order)
        return Edit.of(thing, make(thing.id))
    mark = make(thing.id)
    if not isinstance(mark, Prompt):
        return Edit.of(mark)
    kin = document.kind_of(thing.id, mark.tag) if mark.single and not beside else ()
    # What was chosen goes into the next answer, whose own best is shown then.
    again = () if thing.choice is None else (replace(thing, choice=None),)
    return Edit.of(*again, mark, drop=tuple(each.id for each in kin))
