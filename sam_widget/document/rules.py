"""What a person's edit may do to a document, each rule with its sentence. Changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .corrections import Correction
from .edits import Document, Edit, EditError, apply, cascade
from .plain import MalformedError, from_plain
from .records import (
    CANDIDATES,
    MOST_LOGIT,
    Answer,
    Image,
    Mark,
    Object,
    Prompt,
    record_from_json,
    record_to_json,
)

if TYPE_CHECKING:
    from .records import Record

PROTECTED = "That object is locked against change: unlock it first."
LONGEST_ID = 64  # letters
LONGEST_LABEL = 1000  # letters
MOST = 10_000  # records that one edit may put and drop
MOST_PROMPTS = 256  # of one object: what a model answers in a moment, and others need not wait for
MOST_CORRECTIONS = 1000  # of one object
MOST_DRAWN = 20_000  # points of all its corrections: what is drawn anew in some seconds
MOST_RECORDS = 6000  # objects, prompts and corrections of one picture


def check(document: Document, edit: Edit) -> Edit:
    """Say whether a person (a page, or Python for them) may make this edit.

    Returns
    -------
    Edit
        The whole of it: with what has to go along.

    Raises
    ------
    EditError
        One sentence: what was given, what is wanted.
    """
    if len(edit.put) + len(edit.drop) > MOST:
        many = len(edit.put) + len(edit.drop)
        raise EditError(f"The edit changes {many} records; {MOST} are the most at once.")
    if edit.group is not None:
        _carried(edit.group, "group", LONGEST_LABEL)
    for name, record in edit.put.items():
        _well_formed(name, record)
        _same_kind(document.get(name), record)
    for name in edit.drop:
        _droppable(document, name)
    whole = cascade(document, edit)
    after = apply(document, whole)
    for record in edit.put.values():
        if isinstance(record, Object):
            _object(document, after, record)
        elif isinstance(record, Mark):
            _mark(after, record)
    _locks_hold(document, after, edit)
    _protected_stay(document, after, whole)
    _within_bounds(after, edit)
    if sum(not each.locked for each in after.of_type(Object)) > 1:
        raise EditError("Only one object can be open: accept the one that is, first.")
    return whole


def _droppable(document: Document, name: str) -> None:
    _carried(name, "id", LONGEST_ID)
    if isinstance(document.get(name), Image):
        raise EditError("The image cannot be dropped; opening another one replaces it.")
    if isinstance(document.get(name), Answer):
        raise EditError("Only the model writes answers; an edit cannot drop one.")


def _carried(given: object, what: str, longest: int) -> None:
    """Check a text that belongs to no record."""
    try:
        text = from_plain(str, given, f"edit.{what}")
    except MalformedError as error:
        raise EditError(str(error)) from None
    if len(text) > longest:
        raise EditError(f"The edit's {what} has at most {longest} letters, not {len(text)}.")


def _well_formed(name: str, record: Record) -> None:
    """Check what can be said of a record alone."""
    if isinstance(record, Image):
        raise EditError("An edit cannot put an image; opening one does that.")
    if isinstance(record, Answer):
        raise EditError("An edit cannot put an answer; only the model writes answers.")
    if not isinstance(record, Object | Mark):
        raise EditError(
            f"An edit puts objects, prompts and corrections, not {type(record).__name__}."
        )
    try:
        record_from_json(record_to_json(record), record.tag)
    except MalformedError as error:
        raise EditError(str(error)) from None
    if name != record.id:
        raise EditError(f"The {record.tag} is put under another id than its own.")
    if not 1 <= len(name) <= LONGEST_ID:
        raise EditError(f"An id has 1 to {LONGEST_ID} letters, not {len(name)}.")
    if isinstance(record, Object):
        _in_range(record)


def _in_range(record: Object) -> None:
    """Check the numbers and words of an object alone."""
    if record.color < 0:
        raise EditError(f"A color is a place in the palette, 0 or more, not {record.color}.")
    if len(record.label) > LONGEST_LABEL:
        long = len(record.label)
        raise EditError(f"A label has at most {LONGEST_LABEL} letters, not {long}.")
    if not abs(record.threshold) <= MOST_LOGIT:
        wanted = f"a logit from {-MOST_LOGIT:g} to {MOST_LOGIT:g}"
        raise EditError(f"A threshold is {wanted}, not {record.threshold:g}.")


def _same_kind(before: Record | None, record: Record) -> None:
    if before is None or before == record:
        return
    if isinstance(before, Mark):
        raise EditError(f"A {_called(before)} cannot be altered; put another under a new id.")
    if type(before) is not type(record):
        raise EditError(f"What is the {before.tag} cannot become another kind, {record.tag}.")


def _object(document: Document, after: Document, record: Object) -> None:
    if not isinstance(after.get(record.image), Image):
        raise EditError("The object is of a picture that is not here any more.")
    before = document.get(record.id)
    if record.parent != (before.parent if isinstance(before, Object) else None):
        _part(after, record)
    chosen = before.choice if isinstance(before, Object) else None
    if record.choice is None or record.choice == chosen:
        return
    answer = document.answer_of(record.id)
    if answer is None and not after.prompts_of(record.id):
        raise EditError("An object without a prompt has nothing to choose from.")
    count = len(answer.candidates) if answer else CANDIDATES
    if not 0 <= record.choice < count:
        wanted = f"one of the {count} candidates, 0 to {count - 1}"
        raise EditError(f"The choice must be {wanted}, not {record.choice}.")


def _late(mark: Mark) -> bool:
    """Whether it may come to an object that is accepted: a correction that says so."""
    return isinstance(mark, Correction) and mark.late


def _part(after: Document, record: Object) -> None:
    """Check what an object is a part of."""
    above: list[str] = [record.id]
    name = record.parent
    while name is not None:
        whole = after.get(name)
        if not isinstance(whole, Object):
            if len(above) > 1:
                return  # it has gone, and its parts are wholes
            raise EditError("The object is a part of one that is not here any more.")
        if name in above:
            raise EditError("An object cannot be a part of itself, or of one of its parts.")
        above.append(name)
        name = whole.parent


def _called(mark: Mark) -> str:
    return "prompt" if isinstance(mark, Prompt) else "correction"


def _mark(after: Document, mark: Mark) -> None:
    owner = after.get(mark.object)
    if not isinstance(owner, Object):
        raise EditError(f"The {mark.tag} is of an object that is not here any more.")
    image = after.get(owner.image)
    if not isinstance(image, Image):
        raise EditError("The object is of a picture that is not here any more.")
    fault = mark.fault(image.width, image.height)
    if fault is not None:
        raise EditError(fault)


def _locks_hold(document: Document, after: Document, edit: Edit) -> None:
    """Keep what was said of an accepted object as it is, as long as it stays accepted."""
    for name in (*edit.put, *edit.drop):
        before, now = document.get(name), after.get(name)
        if before == now:
            continue
        for mark in (before, now):
            if not isinstance(mark, Mark) or (before is None and _late(mark)):
                continue
            owners = document.get(mark.object), after.get(mark.object)
            if all(isinstance(owner, Object) and owner.locked for owner in owners):
                kind = _called(mark)
                raise EditError(
                    f"An accepted object's {kind}s stay as they are; open it again first."
                )


def _protected_stay(document: Document, after: Document, edit: Edit) -> None:
    """Keep a protected object as it is, but for its place, until its protection is taken away."""
    for name in (*edit.put, *edit.drop):
        before, now = document.get(name), after.get(name)
        if before == now:
            continue
        for record in (before, now):
            owner = document.get(record.object) if isinstance(record, Mark) else None
            if isinstance(owner, Object) and owner.protected:
                raise EditError(PROTECTED)
        if not isinstance(before, Object) or not before.protected:
            continue
        own = isinstance(now, Object) and replace(before, protected=now.protected, order=now.order)
        if own != now:
            raise EditError(PROTECTED)


def _within_bounds(after: Document, edit: Edit) -> None:
    """Keep a picture such that it can be answered, sent and undone at once."""
    owners = {each.object for each in edit.put.values() if isinstance(each, Mark)}
    if any(len(after.prompts_of(name)) > MOST_PROMPTS for name in owners):
        raise EditError(
            f"An object takes at most {MOST_PROMPTS} prompts; accept it, and go on with another."
        )
    if any(len(after.corrections_of(name)) > MOST_CORRECTIONS for name in owners):
        raise EditError(
            f"An object takes at most {MOST_CORRECTIONS} corrections; accept it, and give its mask"
            " to another with w.add_mask(w.mask)."
        )
    if any(
        sum(each.drawn() for each in after.corrections_of(name)) > MOST_DRAWN for name in owners
    ):
        raise EditError(
            f"An object's corrections have at most {MOST_DRAWN} points in all; accept it, and give"
            " its mask to another with w.add_mask(w.mask)."
        )
    for each in edit.put.values():
        if isinstance(each, Prompt) and len(after.kind_of(each.object, each.tag)) > each.most:
            raise EditError(
                f"An object takes at most {each.most} prompts of the kind {each.tag}; accept it,"
                " and go on with another."
            )
    many = sum(isinstance(each, Object | Mark) for each in after.values())
    if many > MOST_RECORDS and edit.put:
        raise EditError(
            f"A picture takes at most {MOST_RECORDS} objects and prompts; go on in another widget,"
            " with w.objects of this one kept."
        )
