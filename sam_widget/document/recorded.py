"""Recorded: a photo's history as JSON, strictly read, and written. Plays none."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NoBase64Error
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from sam_widget.errors import SamError, shown

from .blobs import name_of
from .chronicle import FORMAT, MOST_STEPS
from .corrections import LARGEST_BLOBS
from .edits import Edit, EditError, edit_from_json
from .plain import MalformedError, from_plain
from .records import Answer, Image

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .chronicle import Copied

KIND = "history"
FIRST = 2  # steps that stand for those that were folded
FIELDS = ("sam_widget", "format", "image", "model", "steps", "blobs")


class HistoryError(SamError):
    """What is no history, or cannot be played here, and why, in one sentence."""


@dataclass(frozen=True)
class Photo:
    """The photo that a history is of; ``pixels`` is the hash of its content."""

    width: int
    height: int
    pixels: str


@dataclass(frozen=True)
class Made:
    """What a person did; ``act`` is push, undo or redo."""

    at: float
    act: str
    edit: Edit


@dataclass(frozen=True)
class Answered:
    """An object's answer came."""

    at: float
    object: str


@dataclass(frozen=True)
class Fed:
    """Answers were fed back from now on, or not."""

    at: float
    on: bool


Step: TypeAlias = Made | Answered | Fed


@dataclass(frozen=True)
class Recorded:
    """A photo's history.

    Attributes
    ----------
    photo : Photo
    model : str
        Its name.
    key : str or None
        Its fingerprint; None where no model had been loaded yet.
    steps : tuple of Step
        In order; ``at`` are seconds since the photo was opened.
    blobs : mapping of str to bytes
        What the steps' prompts mention.
    """

    photo: Photo
    model: str
    key: str | None
    steps: tuple[Step, ...]
    blobs: Mapping[str, bytes]

    @classmethod
    def read(cls, value: Any) -> Recorded:
        """Read what ``written`` wrote, and ``json.load`` gave back.

        Raises
        ------
        HistoryError
            It is something else, of another format, too long, or damaged.
        """
        if not isinstance(value, dict) or value.get("sam_widget") != KIND:
            raise HistoryError(f"A history is what w.history gave, as a dict, not {shown(value)}.")
        if value.get("format") != FORMAT:
            raise HistoryError(
                f"The history is of format {shown(value.get('format'))}, and this version reads"
                f" {FORMAT}: update sam_widget."
            )
        try:
            return cls._of(value)
        except (MalformedError, EditError) as error:
            raise HistoryError(f"The history is damaged: {error}") from None

    @classmethod
    def _of(cls, value: dict[str, Any]) -> Recorded:
        unknown = [name for name in value if name not in FIELDS]
        lacking = [name for name in FIELDS if name not in value]
        if unknown or lacking:
            what = f"it lacks {lacking[0]}" if lacking else f"{shown(unknown[0])} is unknown"
            raise MalformedError(f"{what}.")
        steps = value["steps"]
        if not isinstance(steps, list) or len(steps) > MOST_STEPS + FIRST:
            raise MalformedError(f"steps is a list of at most {MOST_STEPS}, not {shown(steps)}.")
        read = tuple(_step(step, f"step {i}") for i, step in enumerate(steps, 1))
        if any(after.at < before.at for before, after in pairwise(read)):
            raise MalformedError("its steps are not in the order of their times.")
        model = from_plain(_Model, value["model"], "model")
        return cls(
            from_plain(Photo, value["image"], "image"),
            model.name,
            model.key,
            read,
            _blobs(value["blobs"], read),
        )


@dataclass(frozen=True)
class _Model:
    name: str
    key: str | None


def written(chronicle: Copied, photo: Photo, model: str, key: str | None) -> dict[str, Any]:
    """Write a history: dicts, lists, texts and numbers that ``json.dumps`` takes."""
    return {
        "sam_widget": KIND,
        "format": FORMAT,
        "image": {"width": photo.width, "height": photo.height, "pixels": photo.pixels},
        "model": {"name": model, "key": key},
        "steps": chronicle.steps(),
        "blobs": chronicle.bytes(),
    }


def _step(value: Any, where: str) -> Step:
    act = value.get("act") if isinstance(value, dict) else None
    read = _STEPS.get(act) if isinstance(act, str) else None
    if read is None:
        known = ", ".join(_STEPS)
        raise MalformedError(f"{where} says {shown(act)}; known are {known}.")
    step = read(value, where)
    if step.at < 0:
        raise MalformedError(f"{where} was {shown(step.at)} seconds after the beginning.")
    return step


def _made(value: dict[str, Any], where: str) -> Made:
    edit = edit_from_json(value.get("edit"), where)
    wrong = [each.tag for each in edit.put.values() if isinstance(each, Answer | Image)]
    if wrong:
        raise MalformedError(f"{where} puts an {wrong[0]}, which nobody does by hand.")
    return Made(_at(value, where), value["act"], edit)


def _answered(value: dict[str, Any], where: str) -> Answered:
    return Answered(_at(value, where), from_plain(str, value.get("object"), f"{where}.object"))


def _fed(value: dict[str, Any], where: str) -> Fed:
    return Fed(_at(value, where), from_plain(bool, value.get("on"), f"{where}.on"))


_STEPS: dict[str, Callable[[dict[str, Any], str], Step]] = {
    "push": _made,
    "undo": _made,
    "redo": _made,
    "answer": _answered,
    "feed_back": _fed,
}


def _at(value: dict[str, Any], where: str) -> float:
    at: float = from_plain(float, value.get("at"), f"{where}.at")
    return at


def _blobs(value: Any, steps: tuple[Step, ...]) -> dict[str, bytes]:
    """Read as much as there can be: what the steps name, each no larger than a prompt's bytes."""
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise MalformedError("blobs is an object of texts in base64.")
    edits = [step.edit for step in steps if isinstance(step, Made)]
    named = {n for edit in edits for record in edit.put.values() for n in record.blobs()}
    if not named.issuperset(value):
        raise MalformedError("it brings bytes that no step names.")
    if max(map(len, value.values()), default=0) > 2 * LARGEST_BLOBS:
        raise MalformedError(f"a prompt's bytes are more than {LARGEST_BLOBS}.")
    try:
        data = {name: b64decode(text, validate=True) for name, text in value.items()}
    except (NoBase64Error, ValueError):
        raise MalformedError("its prompts' bytes are no base64.") from None
    if any(name_of(each) != name for name, each in data.items()):
        raise MalformedError("its prompts' bytes are not those that their names say.")
    return data
