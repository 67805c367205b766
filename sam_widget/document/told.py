"""Told: the steps of a history in words, for people. Changes nothing, plays nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .corrections import Brush, CleanUp, Combine
from .edits import Document, apply
from .recorded import Answered, Fed, Made
from .records import Box, MaskPrompt, Object, Point, Stroke, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .edits import Edit
    from .recorded import Step
    from .records import Record


@dataclass(frozen=True)
class Told:
    """One step: at which second, what was done, to which objects (by their numbers, from 1)."""

    at: float
    what: str
    objects: tuple[int, ...]


def told(steps: Iterable[Step]) -> tuple[Told, ...]:
    """Return a history's steps in words; a gesture of several steps, such as a drag, is one.

    Objects are numbered in the order of their beginnings.
    """
    teller = _Teller()
    found: list[Told] = []
    gesture = None
    for step in steps:
        for each in teller.tell(step):
            group = step.edit.group if isinstance(step, Made) else None
            if group is not None and group == gesture and found and found[-1].what == each.what:
                continue
            if group is not None and group == gesture and found and _same(found[-1], each):
                found[-1] = each
            else:
                found.append(each)
        gesture = step.edit.group if isinstance(step, Made) else None
    return tuple(found)


def _same(before: Told, now: Told) -> bool:
    """Whether two steps of one gesture are of one kind: the last one counts."""
    return before.objects == now.objects and before.what.split()[0] == now.what.split()[0]


class _Teller:
    """One walk through the steps."""

    def __init__(self) -> None:
        self._document = Document()
        self._numbers: dict[str, int] = {}

    def tell(self, step: Step) -> Iterator[Told]:
        """Yield what a step comes to."""
        if isinstance(step, Answered):
            yield Told(step.at, "the model answered", (self._number(step.object),))
        elif isinstance(step, Fed):
            yield Told(step.at, f"answers are {'' if step.on else 'not '}fed back", ())
        else:
            before, self._document = self._document, apply(self._document, step.edit)
            if step.act == "push":
                yield from self._edited(step.at, before, step.edit)
            else:
                yield Told(step.at, step.act, self._touched(before, step.edit))

    def _edited(self, at: float, before: Document, edit: Edit) -> Iterator[Told]:
        gone = [before[name] for name in edit.drop if name in before and name not in edit.put]
        deleted = {each.id for each in gone if isinstance(each, Object)}
        marks = [each for each in gone if not isinstance(each, Object)]
        kinds = {(_owner(each), each.tag) for each in edit.put.values()}
        for each in gone:
            if each.id in deleted:
                yield Told(at, "deleted", (self._number(each.id),))
        for each in marks:  # what another of its kind takes the place of was moved
            if _owner(each) not in deleted and (_owner(each), each.tag) not in kinds:
                yield Told(at, f"took back: {_said(each)}", (self._number(_owner(each)),))
        for record in edit.put.values():
            if isinstance(record, Object):
                known = before.get(record.id)
                words = tuple(_changed(known if isinstance(known, Object) else None, record))
                if known is None and not words and len(edit.put) == 1:
                    words = ("began",)  # else its first prompt says it
            else:
                words = (_said(record),)
            for what in words:
                yield Told(at, what, (self._number(_owner(record)),))

    def _touched(self, before: Document, edit: Edit) -> tuple[int, ...]:
        there = [before[name] for name in edit.drop if name in before]
        names = [_owner(each) for each in (*there, *edit.put.values())]
        return tuple(sorted({self._number(name) for name in names}))

    def _number(self, name: str) -> int:
        return self._numbers.setdefault(name, len(self._numbers) + 1)


def _owner(record: Record) -> str:
    """Return the id of the object that a record is, or is of."""
    return str(getattr(record, "object", record.id))


def _changed(before: Object | None, now: Object) -> Iterator[str]:
    """Yield what is new of an object."""
    old = before or Object(now.id, now.image, color=now.color, order=now.order)
    if now.label != old.label:
        yield f"called it {now.label!r}" if now.label else "took its name away"
    if now.choice != old.choice and now.choice is not None:
        yield f"chose candidate {now.choice + 1}"
    if now.threshold != old.threshold:
        yield f"cut its masks at logit {now.threshold:g}"
    if now.locked != old.locked:
        yield "accepted" if now.locked else "opened again"
    if now.color != old.color:
        yield "gave it another color"
    if now.order != old.order:
        yield "moved it in the list"
    if now.protected != old.protected:
        yield "protected" if now.protected else "protected no more"
    if now.parent != old.parent:
        yield "made it a part of another" if now.parent else "made it a whole"


def _said(record: Any) -> str:
    """Return a prompt or a correction in words; of a kind that is not known here, its tag."""
    words = _WORDS.get(type(record))
    return words(record) if words else str(record.tag)


def _stroke(what: str, record: Any) -> str:
    return f"{what}, {len(record.path) // 2} points, {record.width:g} px wide"


_COMBINED = {"unite": "united with", "subtract": "took away", "intersect": "kept only what is in"}
_WORDS: dict[type, Callable[[Any], str]] = {
    Point: lambda r: f"click {'on' if r.positive else 'off'} it at {r.x:.1f}, {r.y:.1f}",
    Box: lambda r: f"box {r.x0:.1f}, {r.y0:.1f} to {r.x1:.1f}, {r.y1:.1f}",
    Window: lambda r: f"looked from nearer: {r.x0:.0f}, {r.y0:.0f} to {r.x1:.0f}, {r.y1:.0f}",
    Stroke: lambda r: _stroke(f"scribble {'over' if r.positive else 'beside'} it", r),
    MaskPrompt: lambda _: "a mask as a prompt",
    Brush: lambda r: _stroke("painted by hand" if r.positive else "erased by hand", r),
    CleanUp: lambda r: f"cleaned up: islands below {r.islands} px, holes below {r.holes} px",
    Combine: lambda r: f"{_COMBINED[r.how]} another mask",
}
