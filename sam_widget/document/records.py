"""Image, Object, Prompt, Answer: what a document holds. Frozen values; no rules, no change."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeAlias

from .plain import from_plain, to_plain

Scope: TypeAlias = Literal["undoable", "derived"]

CANDIDATES = 3  # masks of an answer: as many can be chosen from before it is there


@dataclass(frozen=True)
class Image:
    """The picture that the objects lie in; ``source`` is the blob that shows it."""

    tag: ClassVar[str] = "image"
    scope: ClassVar[Scope] = "undoable"
    id: str
    source: str
    width: int
    height: int


@dataclass(frozen=True)
class Object:
    """One thing in the image.

    ``color`` is its place in the palette, ``choice`` the candidate that a person picked (null: the
    model's best). ``locked`` says that it is accepted; the one object that is not is open, and
    clicks go to it. Both may be said before the answer is there, and hold when it comes.
    """

    tag: ClassVar[str] = "object"
    scope: ClassVar[Scope] = "undoable"
    id: str
    image: str
    label: str = ""
    color: int = 0
    choice: int | None = None
    locked: bool = False
    order: int = 0


@dataclass(frozen=True)
class Point:
    """A prompt: x y in image pixels, pixel centres at .5; ``positive`` on the thing or off it."""

    tag: ClassVar[str] = "point"
    scope: ClassVar[Scope] = "undoable"
    id: str
    object: str
    x: float
    y: float
    positive: bool = True


@dataclass(frozen=True)
class Box:
    """A prompt: a box around the thing, image pixels, x0 < x1 and y0 < y1."""

    tag: ClassVar[str] = "box"
    scope: ClassVar[Scope] = "undoable"
    id: str
    object: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class Candidate:
    """One of an Answer's masks.

    ``blob`` holds its run lengths, ``score`` is the predicted IoU and ``stability`` the stability
    score (0..1 both), ``area`` counts pixels of the image.
    """

    name: str
    blob: str
    score: float
    stability: float
    area: int


@dataclass(frozen=True)
class Answer:
    """What the model said about an object.

    It is true exactly while ``of`` equals the ids of the object's prompts, in the document's order.
    ``best`` is the candidate that leads until a person picks one, ``seconds`` what it took.
    """

    tag: ClassVar[str] = "answer"
    scope: ClassVar[Scope] = "derived"
    id: str
    object: str
    of: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    best: int
    seconds: float


Prompt: TypeAlias = Point | Box
Record: TypeAlias = Image | Object | Point | Box | Answer


def new_id() -> str:
    """Make a fresh id: 12 hexadecimal digits."""
    return secrets.token_hex(6)


def blobs_of(record: Record) -> tuple[str, ...]:
    """List the hashes of the blobs that a record mentions."""
    if isinstance(record, Image):
        return (record.source,)
    if isinstance(record, Answer):
        return tuple(candidate.blob for candidate in record.candidates)
    return ()


def record_to_json(record: Record) -> dict[str, Any]:
    """Write a record as a JSON object whose ``type`` is the class's name in lower case."""
    plain: dict[str, Any] = to_plain(record)
    return plain


def record_from_json(value: Any, where: str = "record") -> Record:
    """Read what ``record_to_json`` wrote.

    Raises
    ------
    MalformedError
        The value is no record; the sentence calls it ``where``.
    """
    record: Record = from_plain(Record, value, where)
    return record
