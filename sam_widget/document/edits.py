"""Document and Edit: the only language of change, and its algebra. No rules, no history, no owner.

An edit drops first and puts then; a record put under an id that is there keeps its place, a new one
comes last. ``js/src/document.ts`` does the same, held to it by ``tests/golden/edits.json``.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from sam_widget.errors import SamError

from .corrections import Correction
from .plain import MalformedError, from_plain, to_plain
from .records import Answer, Image, Mark, Object, Prompt, Record, chosen

HEAD, RECORD, NAME, LETTER = 500, 700, 100, 4  # bytes, in CPython, with what is round them

Kind = TypeVar("Kind", bound=Record)


class EditError(SamError):
    """An edit that cannot be, and why, in one sentence. The document stays as it is."""


class Document(Mapping[str, Record]):
    """Records by id, in the order in which they came. Never changes."""

    def __init__(self, records: Mapping[str, Record] | None = None) -> None:
        self._records: dict[str, Record] = dict(records or {})

    def __getitem__(self, name: str) -> Record:
        return self._records[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    # Mapping's own way asks for each record by name: too slow for thousands, at every click
    def items(self) -> ItemsView[str, Record]:
        """Return ids and records, in order."""
        return self._records.items()

    def values(self) -> ValuesView[Record]:
        """Return the records, in order."""
        return self._records.values()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Document):
            return self._records == other._records
        return super().__eq__(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        image = self.image()
        picture = f"{image.width} x {image.height} px" if image else "no image"
        things, answers = len(self.of_type(Object)), len(self.of_type(Answer))
        prompts = sum(isinstance(each, Prompt) for each in self.values())
        return f"<Document: {picture}, objects {things}, prompts {prompts}, answers {answers}>"

    def of_type(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Return the records of one class, in order."""
        return tuple(record for record in self._records.values() if isinstance(record, kind))

    def image(self) -> Image | None:
        """Return the picture, if there is one."""
        return next(iter(self.of_type(Image)), None)

    def open_object(self) -> Object | None:
        """Return the object that clicks go to, if one is open."""
        return next((each for each in self.of_type(Object) if not each.locked), None)

    def marks_of(self, object_id: str) -> tuple[Mark, ...]:
        """Return all that a person said of an object, prompts and corrections, in order."""
        return self._marks.get(object_id, ())

    def prompts_of(self, object_id: str) -> tuple[Prompt, ...]:
        """Return an object's prompts, in order."""
        return tuple(each for each in self.marks_of(object_id) if isinstance(each, Prompt))

    def corrections_of(self, object_id: str) -> tuple[Correction, ...]:
        """Return what was done to an object's mask by hand, in order."""
        return tuple(each for each in self.marks_of(object_id) if isinstance(each, Correction))

    def kind_of(self, object_id: str, tag: str) -> tuple[Prompt, ...]:
        """Return an object's prompts of one kind, in order."""
        return tuple(each for each in self.prompts_of(object_id) if each.tag == tag)

    def answers_of(self, object_id: str) -> tuple[Answer, ...]:
        """Return all that the model has said about an object and that still stands here."""
        return self._answers.get(object_id, ())

    def answer_of(self, object_id: str) -> Answer | None:
        """Return the answer to exactly the prompts that the object has now, if it is here."""
        return next((each for each in self.answers_of(object_id) if self.bears(each)), None)

    def bears(self, answer: Answer) -> bool:
        """Whether an answer, here or to come, is true: to its object's prompts and threshold."""
        thing = self._records.get(answer.object)
        asked = tuple(prompt.id for prompt in self.prompts_of(answer.object))
        cut = thing.threshold if isinstance(thing, Object) else 0.0
        return answer.of == asked and answer.threshold == cut

    # made once for each document, so that walking all objects stays linear
    @cached_property
    def _marks(self) -> dict[str, tuple[Mark, ...]]:
        found: dict[str, list[Mark]] = {}
        for record in self._records.values():
            if isinstance(record, Mark):
                found.setdefault(record.object, []).append(record)
        return {name: tuple(marks) for name, marks in found.items()}

    @cached_property
    def _answers(self) -> dict[str, tuple[Answer, ...]]:
        found: dict[str, list[Answer]] = {}
        for answer in self.of_type(Answer):
            found.setdefault(answer.object, []).append(answer)
        return {name: tuple(answers) for name, answers in found.items()}


def _nothing() -> Mapping[str, Record]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Edit:
    """A change of a document.

    Attributes
    ----------
    put : mapping of str to Record
        Records that shall be there, by their ids.
    drop : tuple of str
        Ids of records that shall go; one that is not there is no fault.
    group : str, optional
        Adjacent edits of one group (a drag, a slider) are undone as one.
    """

    put: Mapping[str, Record] = field(default_factory=_nothing)
    drop: tuple[str, ...] = ()
    group: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "put", MappingProxyType(dict(self.put)))
        object.__setattr__(self, "drop", tuple(self.drop))

    @cached_property
    def weight(self) -> int:
        """About the bytes that it holds, those of its prompts' blobs too: what bounds count."""
        named = sum(len(each.of) for each in self.put.values() if isinstance(each, Answer))
        letters = sum(map(len, (*self.put, *self.drop, self.group or "")))
        letters += sum(len(each.label) for each in self.put.values() if isinstance(each, Object))
        held = sum(each.bulk() for each in self.put.values() if isinstance(each, Mark))
        names = NAME * (len(self.drop) + named)
        return HEAD + RECORD * len(self.put) + names + LETTER * letters + held

    @classmethod
    def of(cls, *records: Record, drop: tuple[str, ...] = (), group: str | None = None) -> Edit:
        """Put records under their own ids."""
        return cls({record.id: record for record in records}, drop, group)


def edit_to_json(edit: Edit) -> dict[str, Any]:
    """Write an edit as a JSON object: ``{"put": {id: record}, "drop": [id], "group": null}``."""
    plain: dict[str, Any] = to_plain(edit)
    return plain


def edit_from_json(value: Any, where: str = "edit") -> Edit:
    """Read what ``edit_to_json`` wrote.

    Raises
    ------
    EditError
        The value is no edit; the sentence calls it ``where``.
    """
    try:
        edit: Edit = from_plain(Edit, value, where)
    except MalformedError as error:
        raise EditError(str(error)) from None
    return edit


def apply(document: Document, edit: Edit) -> Document:
    """Return the document after the edit."""
    records = dict(document.items())
    for name in edit.drop:
        records.pop(name, None)
    records.update(edit.put)
    return Document(records)


def invert(document: Document, edit: Edit) -> Edit:
    """Return the edit that leads from ``apply(document, edit)`` back to ``document``.

    Records that were dropped come back last, in the order that they had among themselves, and so do
    those that the edit moved to the end.
    """
    touched = {*edit.drop, *edit.put}
    back = {name: record for name, record in document.items() if name in touched}
    moved = {*edit.drop}
    gone = (name for name in edit.put if name not in document or name in moved)
    return Edit(back, tuple(gone), edit.group)


def squash(first: Edit, second: Edit) -> Edit:
    """Return one edit that does what the first and then the second do."""
    gone = set(second.drop)
    put = {name: record for name, record in first.put.items() if name not in gone}
    drop = dict.fromkeys([*first.drop, *second.drop])
    group = first.group if first.group == second.group else None
    return Edit(put | dict(second.put), tuple(drop), group)


def accepted(thing: str) -> str:
    """Return the group of an object's acceptance: what it does to others is undone with it."""
    return f"accept {thing}"


def put_away(document: Document) -> Edit:
    """Return the edit that leaves no object open: it is accepted as it is shown; an empty one goes.

    Where its answer is not there yet, its choice holds for the one to come. What is accepted comes
    last in the document: so the last is always what was accepted last.
    """
    thing = document.open_object()
    if thing is None:
        return Edit()
    if not document.marks_of(thing.id):
        return Edit(drop=(thing.id,))
    answer = document.answer_of(thing.id)
    choice = chosen(thing, answer) if answer else thing.choice
    return Edit.of(replace(thing, choice=choice, locked=True), drop=(thing.id,))


def cascade(document: Document, edit: Edit) -> Edit:
    """Return the edit with what must go along: an object's marks and answers, an image's objects.

    An answer whose object has lost its prompts stays, as its object does.
    """
    gone = {name for name in edit.drop if name in document and name not in edit.put}
    if not gone:
        return edit
    along: list[str] = []
    for kind, owner in ((Object, "image"), (Mark, "object"), (Answer, "object")):
        for name, record in document.items():
            orphan = isinstance(record, kind) and getattr(record, owner) in gone
            if orphan and name not in gone and name not in edit.put:
                along.append(name)
                gone.add(name)
    return Edit(edit.put, (*edit.drop, *along), edit.group) if along else edit


def undoable(document: Document, edit: Edit) -> Edit:
    """Leave out of an edit what the model said: what is left is what people did."""
    put = {name: record for name, record in edit.put.items() if record.scope == "undoable"}
    drop = (n for n in edit.drop if n in document and document[n].scope == "undoable")
    return Edit(put, tuple(drop), edit.group)
