"""Image, Object, Prompt, Answer: what a document holds. Frozen values; no rules, no change.

A kind of prompt is a class here, a member of ``Prompt``, and answers for itself what others ask of
prompts: ``places``, ``blobs``, ``fault``. What a model is asked for it ``segment/kinds.py`` says,
how a page shows it ``js/src/kinds.ts``.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, TypeAlias

from .corrections import NUMBER, Correction, mask_fault, path_fault
from .plain import LATER, from_plain, to_plain

Scope: TypeAlias = Literal["undoable", "derived"]

CANDIDATES = 3  # masks of an answer: as many can be chosen from before it is there
MOST_LOGIT = 32.0  # how far from 0 a mask may be cut: no model is so sure


@dataclass(frozen=True)
class Image:
    """The picture that the objects lie in; ``source`` is the blob that shows it.

    Of one that is too large to be shown so, more can be had in tiles: of ``depth`` levels, each
    half as fine as the one before, the first in the picture's own pixels. 0: the source is all.
    """

    tag: ClassVar[str] = "image"
    scope: ClassVar[Scope] = "undoable"
    id: str
    source: str
    width: int
    height: int
    depth: int = field(default=0, metadata=LATER)

    def blobs(self) -> tuple[str, ...]:
        """List the hashes of the blobs that it mentions."""
        return (self.source,)


@dataclass(frozen=True)
class Object:
    """One thing in the image.

    ``color`` is its place in the palette, ``choice`` the candidate that a person picked (null: the
    model's best). ``locked`` says that it is accepted; the one object that is not is open, and
    clicks go to it. Both may be said before the answer is there, and hold when it comes.
    ``threshold`` is the logit that its masks are cut at, 0 being the model's own border; lower
    makes them larger. While it is ``protected`` nothing of it changes but its place in the list.
    ``parent`` is the object that it is a part of; one that is gone counts as null.
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
    threshold: float = field(default=0.0, metadata=LATER)
    protected: bool = field(default=False, metadata=LATER)
    parent: str | None = field(default=None, metadata=LATER)

    def blobs(self) -> tuple[str, ...]:
        """List the hashes of the blobs that it mentions: none."""
        return ()


class Asking:
    """What every kind of prompt answers; each says itself what of this is not so for it."""

    tag: ClassVar[str]
    scope: ClassVar[Scope] = "undoable"
    single: ClassVar[bool] = False  # another takes its place, where nothing else is said
    most: ClassVar[int] = 256  # of an object
    place: ClassVar[str] = "A place"  # what ``places`` lists, for a sentence

    def places(self) -> tuple[tuple[float, float], ...]:
        """List what must lie on the image: x y in its pixels."""
        return ()

    def affirms(self) -> bool:
        """Whether it says what is wanted, and not only what is not."""
        return True

    def adds(self) -> bool:
        """Whether a mask can come of it where there was none."""
        return True

    def blobs(self) -> tuple[str, ...]:
        """List the hashes of the blobs that it mentions."""
        return ()

    def held(self) -> int:
        """Return the bytes of these blobs."""
        return 0

    def bulk(self) -> int:
        """Return about the bytes that it holds beyond those of a small record."""
        return self.held()

    def fault(self, width: int, height: int) -> str | None:
        """Say in one sentence why it cannot be on an image of this size, in pixels; else None."""
        for x, y in self.places():
            if not (0 <= x <= width and 0 <= y <= height):
                size = f"{width} x {height} px"
                return f"{self.place} at x {x:g}, y {y:g} lies outside the image of {size}."
        return None


@dataclass(frozen=True)
class Point(Asking):
    """A prompt: x y in image pixels, pixel centres at .5; ``positive`` on the thing or off it."""

    tag: ClassVar[str] = "point"
    place: ClassVar[str] = "The point"
    id: str
    object: str
    x: float
    y: float
    positive: bool = True

    def places(self) -> tuple[tuple[float, float], ...]:
        """List where it is."""
        return ((self.x, self.y),)

    def affirms(self) -> bool:
        """Whether it lies on the thing."""
        return self.positive


@dataclass(frozen=True)
class Corners(Asking):
    """What the kinds with two corners share: image pixels, x0 < x1 and y0 < y1."""

    id: str
    object: str
    x0: float
    y0: float
    x1: float
    y1: float

    def places(self) -> tuple[tuple[float, float], ...]:
        """List two corners."""
        return (self.x0, self.y0), (self.x1, self.y1)

    @property
    def spans(self) -> str:
        """From where to where, for a sentence."""
        return f"x {self.x0:g} to {self.x1:g}, y {self.y0:g} to {self.y1:g}"


@dataclass(frozen=True)
class Box(Corners):
    """A prompt: a box around the thing or a piece of it, image pixels, x0 < x1 and y0 < y1.

    Of several each is asked for, and what comes of them is one mask.
    """

    tag: ClassVar[str] = "box"
    single: ClassVar[bool] = True
    most: ClassVar[int] = 32  # each is a question of its own
    place: ClassVar[str] = "The box's corner"

    def holds(self, x: float, y: float) -> bool:
        """Whether a place is in it."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def fault(self, width: int, height: int) -> str | None:
        """Say why it cannot be: it has no area, or lies outside."""
        if not (self.x0 < self.x1 and self.y0 < self.y1):
            return f"A box needs x0 < x1 and y0 < y1, not {self.spans}."
        return super().fault(width, height)


@dataclass(frozen=True)
class Stroke(Asking):
    """A prompt: a free line drawn over the thing, or with ``positive`` false over what is not it.

    ``path`` is x, y, x, y, ... of its points in image pixels, pixel centres at .5, ``width`` how
    broad it was drawn, in pixels.
    """

    tag: ClassVar[str] = "stroke"
    place: ClassVar[str] = "The stroke's point"
    id: str
    object: str
    path: tuple[float, ...]
    width: float
    positive: bool = True

    def places(self) -> tuple[tuple[float, float], ...]:
        """List its points."""
        return tuple(zip(self.path[::2], self.path[1::2], strict=False))

    def affirms(self) -> bool:
        """Whether it lies on the thing."""
        return self.positive

    def bulk(self) -> int:
        """Return about the bytes of its path."""
        return NUMBER * len(self.path)

    def fault(self, width: int, height: int) -> str | None:
        """Say why it cannot be: too long, too wide, or outside."""
        wrong = path_fault(self.path, self.width, (width, height))
        return wrong or super().fault(width, height)


@dataclass(frozen=True)
class Window(Corners):
    """A prompt: look here from nearer. Image pixels, x0 < x1 and y0 < y1.

    The model sees this part of the image at its own resolution, and the mask becomes finer there.
    """

    tag: ClassVar[str] = "window"
    single: ClassVar[bool] = True
    place: ClassVar[str] = "The window's corner"

    def affirms(self) -> bool:
        """Whether it says what is wanted: no, only where to look."""
        return False

    def fault(self, width: int, height: int) -> str | None:
        """Say why it cannot be: it is no larger than a pixel, or lies outside."""
        if not (self.x0 + 1 <= self.x1 and self.y0 + 1 <= self.y1):
            return f"A window is at least 1 px wide and high, not {self.spans}."
        return super().fault(width, height)


@dataclass(frozen=True)
class MaskPrompt(Asking):
    """A prompt: a mask of the thing, as far as it is known.

    ``blob`` holds its run lengths, ``width`` and ``height`` are the image's, in pixels. ``logits``
    is null, or the blob of the logits that were given: float16 on a square grid that the image's
    longer side spans, the image in its upper left corner. ``nbytes`` counts the bytes of both.
    """

    tag: ClassVar[str] = "mask"
    single: ClassVar[bool] = True
    id: str
    object: str
    blob: str
    logits: str | None
    width: int
    height: int
    nbytes: int

    def blobs(self) -> tuple[str, ...]:
        """List the hashes of its blobs."""
        return (self.blob,) if self.logits is None else (self.blob, self.logits)

    def held(self) -> int:
        """Return the bytes of its blobs."""
        return self.nbytes

    def fault(self, width: int, height: int) -> str | None:
        """Say why it cannot be: it is of another size, or too large to be kept and sent."""
        return mask_fault((self.width, self.height), self.nbytes, (width, height))


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

    It is true exactly while ``of`` equals the ids of the object's prompts, in the document's order,
    and ``threshold`` the object's. ``best`` is the candidate that leads until a person picks one,
    ``seconds`` what it took, ``model`` the fingerprint of who said it, empty where unknown.
    """

    tag: ClassVar[str] = "answer"
    scope: ClassVar[Scope] = "derived"
    id: str
    object: str
    of: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    best: int
    seconds: float
    threshold: float = field(default=0.0, metadata=LATER)
    model: str = field(default="", metadata=LATER)

    def blobs(self) -> tuple[str, ...]:
        """List the hashes of the blobs that it mentions: its masks."""
        return tuple(candidate.blob for candidate in self.candidates)


def chosen(thing: Object, answer: Answer) -> int:
    """Return which candidate counts: the person's choice, else the model's best."""
    choice = answer.best if thing.choice is None else thing.choice
    return min(max(0, choice), len(answer.candidates) - 1)


Prompt: TypeAlias = Point | Box | Stroke | MaskPrompt | Window
Mark: TypeAlias = Prompt | Correction  # all that a person says of an object
Record: TypeAlias = Image | Object | Prompt | Correction | Answer


def new_id() -> str:
    """Make a fresh id: 12 hexadecimal digits."""
    return secrets.token_hex(6)


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
