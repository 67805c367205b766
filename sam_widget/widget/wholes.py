"""What is done to objects as wholes: put together, kept as parts, kept apart. Pure functions.

Each returns the edit, and the bytes of the masks that it brings (``bringing.push``). Exact to the
pixel: no model is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sam_widget.corrections import common, united, without
from sam_widget.document.corrections import Known
from sam_widget.document.edits import Edit, EditError, accepted, put_away
from sam_widget.document.records import Object, new_id
from sam_widget.errors import shown
from sam_widget.made import Made
from sam_widget.regions import Region

from .acts import object_of, truth
from .arranging import Overlapped
from .known import together
from .palette import PALETTE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sam_widget.document.edits import Document
    from sam_widget.document.records import Record
    from sam_widget.masks import Mask

    from .outcome import Outcome

ALIKE = 0.95  # IoU from which on two candidates are one
INSIDE = 0.9  # share of a part that lies in its whole


@dataclass(frozen=True)
class Brought:
    """An edit, and the bytes of the masks that it names."""

    edit: Edit
    data: tuple[bytes, ...] = ()


def ids_of(given: Any) -> tuple[str, ...]:
    """Take several objects by their ids, or by what ``w.objects`` has of them; each once."""
    try:
        some = () if isinstance(given, str | Region) else tuple(given)
    except TypeError:
        some = ()
    names = tuple(each.id if isinstance(each, Region) else each for each in some)
    if not names or not all(isinstance(each, str) for each in names):
        raise EditError(f"Several objects are a list of ids, not {shown(given)}.")
    return tuple(dict.fromkeys(names))


def merge(seen: Outcome, ids: Any, label: Any = None) -> Brought:
    """Make one object of several: the first takes in the pixels of the others, which go."""
    first, *others = _several(seen, ids, 2, "merge")
    if label is not None and not isinstance(label, str):
        raise EditError(f"A label is a text, not {shown(label)}.")
    labels = [first.label, *(each.label for each in others)] if label is None else [label.strip()]
    gone = {each.id for each in others}
    above = first.parent
    while gone & (over := _from(seen.document, above)):  # it is no part of what becomes its part
        above = next(each.parent for each in others if each.id in over)
    named = next((each for each in labels if each), "")
    records: list[Record] = [replace(first, label=named, parent=above)]
    parts = (each for each in seen.document.of_type(Object) if each.parent in gone)
    records += [
        replace(each, parent=first.id) for each in parts if each.id not in {first.id, *gone}
    ]
    more = united(*(seen.mask_of(each) for each in others))
    records.append(together(first.id, "unite", more))
    edit = Edit.of(*_changed(seen.document, records), drop=tuple(gone))
    return Brought(edit, (more.to_bytes(),))


def subtract(seen: Outcome, from_id: Any, ids: Any) -> Brought | None:
    """Take from an object what others have; these stay. None where it has nothing of theirs."""
    thing = object_of(seen.document, from_id)
    others = _several(seen, ids, 1, "subtract")
    if thing in others:
        raise EditError("An object cannot be taken from itself: nothing would be left.")
    return _less(seen, thing, without(seen.mask_of(thing), *map(seen.mask_of, others)))


def intersect(seen: Outcome, ids: Any) -> Brought | None:
    """Leave of the first what all have in common; the others stay. None where that is all of it."""
    first, *others = _several(seen, ids, 2, "intersect")
    return _less(seen, first, common(seen.mask_of(first), *map(seen.mask_of, others)))


def keep_parts(seen: Outcome) -> Brought:
    """Accept the open object's candidates as one object with parts: the largest, and what is in it.

    Of two that are nearly the same, one is kept.
    """
    document = seen.document
    thing = document.open_object()
    answer = document.answer_of(thing.id) if thing else None
    if thing is None or answer is None:
        raise EditError("There are no candidates to keep yet: click, and wait for the three.")
    masks = [seen.candidate(each.blob) for each in answer.candidates]
    order = sorted(range(len(masks)), key=lambda i: -masks[i].area)
    kept: list[tuple[int, str]] = []
    records: list[Record] = []
    data: list[bytes] = []
    last = max(each.order for each in document.of_type(Object))
    for i in order:
        mask, said = masks[i], answer.candidates[i]
        if not mask.area or any(mask.iou(masks[k]) >= ALIKE for k, _ in kept):
            continue
        if not kept:
            kept.append((i, thing.id))
            continue
        above = [n for k, n in kept if mask.intersection(masks[k]) >= INSIDE * mask.area]
        part = Object(
            *(new_id(), thing.image, thing.label),
            color=(thing.color + len(kept)) % len(PALETTE),
            locked=True,
            order=last + len(kept),
            parent=above[-1] if above else thing.id,
        )
        known = Known(said.score, said.stability, Made(candidate=i))
        records += [part, together(part.id, "unite", mask, known)]
        data.append(mask.to_bytes())
        kept.append((i, part.id))
    if not kept:
        raise EditError("The candidates are empty: click on the thing, or draw a box round it.")
    whole = replace(thing, choice=kept[0][0], locked=True)
    return Brought(Edit.of(whole, *records, drop=put_away(document).drop), tuple(data))


def protect(document: Document, ids: Any, on: Any) -> Edit | None:
    """Lock objects against change, or unlock them; None where they are."""
    sign = truth(on, "on")
    names = (ids,) if isinstance(ids, str) else ids_of(ids)
    things = [object_of(document, each) for each in names]
    put = [replace(each, protected=sign) for each in things if each.protected != sign]
    return Edit.of(*put) if put else None


def keep_apart(seen: Outcome, name: str, rule: str) -> tuple[Overlapped, Brought | None]:
    """Say whether an accepted object lies on others, and do what the rule says about it.

    With "cut" it loses what others have, with "replace" they lose it, and one that loses all goes;
    with "keep" nothing changes. What is protected loses nothing. Parts and their wholes may overlap
    always. What would leave nothing of it is not done.
    """
    thing = object_of(seen.document, name)
    mask = seen.mask_of(thing)
    over = [
        (each, other)
        for each, other in _others(seen, thing)
        if mask.intersection(other)  # of few pixels or many
    ]
    shared = common(mask, united(*(other for _, other in over))).area if over else 0
    told = Overlapped(name, rule, len(over), shared)
    if not over or rule == "keep":
        return told, None
    stays = [(each, other) for each, other in over if rule == "cut" or each.protected]
    cut = common(mask, united(*(other for _, other in stays))) if stays else None
    if cut is not None and cut.area == mask.area:
        return replace(told, whole=True), None
    records: list[Record] = []
    masks: list[Mask] = []
    drop: list[str] = []
    if cut is not None:
        records.append(together(name, "subtract", cut))
        masks.append(cut)
    for each, other in over:
        if any(each is one for one, _ in stays):
            continue
        loses = common(other, mask)
        if loses.area == other.area:
            drop.append(each.id)
        else:
            records.append(together(each.id, "subtract", loses))
            masks.append(loses)
    held = len(stays) if rule == "replace" else 0
    edit = Edit.of(*records, drop=tuple(drop), group=accepted(name))
    told = replace(told, held=held, gone=len(drop))
    return told, Brought(edit, tuple(each.to_bytes() for each in masks))


def _others(seen: Outcome, thing: Object) -> Iterable[tuple[Object, Mask]]:
    """Yield the other accepted objects that have a mask, but parts of it and wholes."""
    kin = {thing.id, *_above(seen.document, thing)}
    for each in seen.document.of_type(Object):
        if each.id in kin or not each.locked or thing.id in _above(seen.document, each):
            continue
        if (mask := seen.found(each)) is not None and mask.area:
            yield each, mask


def _above(document: Document, thing: Object) -> set[str]:
    """Ids of what an object is a part of, and that of, and so on."""
    return _from(document, thing.parent)


def _from(document: Document, name: str | None) -> set[str]:
    """Return that id, those of what it is a part of, and so on."""
    above: set[str] = set()
    while name is not None and name not in above:
        above.add(name)
        whole = document.get(name)
        name = whole.parent if isinstance(whole, Object) else None
    return above


def _several(seen: Outcome, ids: Any, least: int, what: str) -> list[Object]:
    names = ids_of(ids)
    if len(names) < least:
        raise EditError(f"To {what} takes {least} objects or more, not {len(names)}.")
    return [object_of(seen.document, each) for each in names]


def _less(seen: Outcome, thing: Object, left: Mask) -> Brought | None:
    mask = seen.mask_of(thing)
    if not left.area:
        raise EditError("Nothing would be left of the object: delete it instead.")
    if left.area == mask.area:
        return None
    gone = without(mask, left)
    return Brought(Edit.of(together(thing.id, "subtract", gone)), (gone.to_bytes(),))


def _changed(document: Document, records: list[Record]) -> list[Record]:
    return [each for each in records if document.get(each.id) != each]
