"""Kinds of prompts to what a model is asked. The one place that knows them all; runs no model.

A kind has an entry in ``WORDS`` and ``MANY``, and in ``BYTES`` where it brings blobs; what it is,
its record says (``document/records.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np

from sam_widget.document.corrections import Combine
from sam_widget.document.edits import EditError
from sam_widget.document.records import Box, MaskPrompt, Point, Prompt, Stroke, Window
from sam_widget.errors import SamError
from sam_widget.masks import Mask
from sam_widget.strokes import stroke

from .mask_prompt import GivenMask
from .prompts import Prompts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from sam_widget.document.blobs import Blobs
    from sam_widget.document.records import Record
    from sam_widget.geometry import Frame

    Said: TypeAlias = dict[str, Any]  # some of the fields of Prompts


ALONG = 3  # points that a stroke is asked as; many of them invert masks (benchmarks/strokes.py)
SAMPLES = 4  # of a mask, along each side, for each pixel of an embedding


class Seen(Protocol):
    """A picture as a model that takes masks sees it."""

    @property
    def frame(self) -> Frame:
        """Between image pixels and the model's."""
        ...

    @property
    def grid(self) -> int:
        """How many pixels the embedding has along each side."""
        ...


@dataclass(frozen=True)
class Sight:
    """What stands between prompts and a model.

    Attributes
    ----------
    blobs : Blobs
        What the prompts mention.
    embedding : Seen
        Of the picture; a model that takes no masks need not say how it sees it.
    """

    blobs: Blobs
    embedding: Seen


def asked(
    prompts: Iterable[Prompt], sight: Sight, so_far: NDArray[np.float32] | None = None
) -> Prompts:
    """Turn an object's prompts into what a model is asked.

    Parameters
    ----------
    prompts : iterable of Prompt
        In order; of kinds of which an object has one, the last counts.
    sight : Sight
    so_far : ndarray, optional
        (h, w) float32, logits of an earlier answer; a mask that a person gave takes their place.

    Raises
    ------
    SamError
        A blob that a prompt mentions is not there any more.
    """
    given = tuple(prompts)
    said: Said = {"logits": so_far}
    for tag, words in WORDS.items():
        kin = [each for each in given if each.tag == tag]
        if kin:
            said |= words(kin, sight, said)
    return Prompts(**said)


def parts(prompts: Iterable[Prompt]) -> tuple[tuple[Prompt, ...], ...]:
    """Return what is asked one by one: all at once, or each of several boxes with what is in it.

    A model takes one box, and that round several things is another question: of two things that
    do not touch it gave an IoU of 0.28 where each box by itself, joined, gave 0.74
    (``tests/benchmarks/strokes.py``). What lies in no box is one question more, if it says what is
    wanted; else it is said with each.
    """
    given = tuple(prompts)
    boxes = [each for each in given if isinstance(each, Box)]
    if len(boxes) < 2:
        return (given,)
    asked: list[list[Prompt]] = [[box] for box in boxes]
    loose: list[Prompt] = []
    everywhere: list[Prompt] = []
    for each in given:
        if isinstance(each, Box):
            continue
        at = _along(each.places(), 1) if each.places() else []
        within = [part for part, box in zip(asked, boxes, strict=True) if at and box.holds(*at[0])]
        for part in within:
            part.append(each)
        if not within:
            (loose if each.affirms() and each.places() else everywhere).append(each)
    asked += [loose] if loose else []
    return tuple((*part, *everywhere) for part in asked)


def lead(prompts: Iterable[Prompt]) -> tuple[Prompt, ...]:
    """Return what is asked before the rest, whose answer goes in with it; nothing, as a rule.

    Of a stroke it is its middle: so asked, `small` draws it better (0.69 for 0.65, as there).
    """
    given = tuple(prompts)
    first = next((each for each in given if each.affirms()), None)
    if not isinstance(first, Stroke) or any(isinstance(each, MaskPrompt) for each in given):
        return ()
    at = _along(first.places(), 1)[0]
    return (Point(first.id, first.object, *at), *(e for e in given if isinstance(e, Box)))


def clicked(prompts: Iterable[Prompt]) -> list[tuple[float, float]]:
    """Return where a click has been: at each point, and for a stroke in its middle."""
    return [_along(each.places(), 1)[0] for each in prompts if isinstance(each, Point | Stroke)]


def refusal(prompts: Iterable[Prompt], takes: Callable[[str], bool], model: str) -> str | None:
    """Say in one sentence which kind of these a model does not take; None where it takes all."""
    for each in prompts:
        if not takes(NEEDS.get(each.tag, each.tag)):
            known = " and ".join(many for tag, many in MANY.items() if takes(tag))
            return (
                f"The model {model} takes {known or 'no prompts'}, no {each.tag}: undo takes the"
                f" {each.tag} back, and nothing else is lost."
            )
    return None


def check_bytes(records: Iterable[Record], blobs: Blobs) -> None:
    """Refuse prompts whose blobs cannot be read; of those that are not here others speak.

    Raises
    ------
    EditError
        What is wrong with one of them, in one sentence.
    """
    for record in records:
        check = BYTES.get(record.tag)
        if check is not None and all(name in blobs for name in record.blobs()):
            try:
                check(record, blobs)
            except SamError as error:
                raise EditError(str(error)) from None


def _mask(masks: Sequence[MaskPrompt], sight: Sight, _: Said) -> Said:
    """Say its logits, and the box around it: alone, it is answered badly (README)."""
    given = GivenMask.read(masks[-1], sight.blobs)
    seen = sight.embedding
    return {"logits": given.on(seen.frame, SAMPLES * seen.grid), "box": given.mask.box}


def _points(points: Sequence[Point], _: Sight, __: Said) -> Said:
    return {
        "points": np.array([(p.x, p.y) for p in points], np.float32),
        "labels": np.array([p.positive for p in points], np.int64),
    }


def _strokes(strokes: Sequence[Stroke], sight: Sight, said: Said) -> Said:
    """Say few points of each that lies on the thing, and take the others from the logits so far.

    Points off the thing, along a stroke, turn masks inside out: where there are logits to take it
    from, that is surer; else its middle is said.
    """
    logits = said["logits"]
    points, labels = [], []
    for each in strokes:
        if each.positive:
            places = _along(each.places(), ALONG)
        elif logits is None:
            places = _along(each.places(), 1)
        else:
            logits, places = _dented(logits, each, sight), []
        points += places
        labels += [each.positive] * len(places)
    before = said.get("points", np.zeros((0, 2), np.float32))
    known = said.get("labels", np.zeros(0, np.int64))
    return {
        "points": np.concatenate([before, np.array(points, np.float32).reshape(-1, 2)]),
        "labels": np.concatenate([known, np.array(labels, np.int64)]),
        "logits": logits,
    }


def _along(places: Sequence[tuple[float, float]], count: int) -> list[tuple[float, float]]:
    """Return so many points of a line, evenly by its length: its ends, or of one its middle."""
    line = np.array(places)
    at = np.concatenate([[0], np.hypot(*np.diff(line, axis=0).T).cumsum()])
    if not at[-1]:
        return [places[0]]
    wanted = np.linspace(0, at[-1], count) if count > 1 else at[-1:] / 2
    xy = [np.interp(wanted, at, line[:, axis]) for axis in (0, 1)]
    return [(float(x), float(y)) for x, y in zip(*xy, strict=True)]


def _dented(logits: NDArray[np.float32], off: Stroke, sight: Sight) -> NDArray[np.float32]:
    """Return logits with a stroke taken away: there they say surely that it is not the thing."""
    frame = sight.embedding.frame
    size = frame.width, frame.height
    line = np.array(off.places())
    gone = Mask.from_spans(size, stroke(size, line, off.width))
    away = GivenMask(gone).on(frame, SAMPLES * sight.embedding.grid)
    return np.minimum(logits, -away) if away.shape == logits.shape else logits


def _box(boxes: Sequence[Box], _: Sight, __: Said) -> Said:
    box = boxes[-1]
    return {"box": np.array((box.x0, box.y0, box.x1, box.y1), np.float32)}


def _window(_: Sequence[Window], __: Sight, ___: Said) -> Said:
    """Say nothing: it tells where to look (``answers/eye.py``), not what the thing is."""
    return {}


# In this order: what a later kind says stands in the place of what an earlier one has.
WORDS: Mapping[str, Callable[[Any, Sight, Said], Said]] = {
    MaskPrompt.tag: _mask,
    Point.tag: _points,
    Stroke.tag: _strokes,
    Box.tag: _box,
    Window.tag: _window,
}

NEEDS = {Stroke.tag: Point.tag}  # what a model must take, where that is called otherwise

MANY = {
    Point.tag: "points",
    Box.tag: "boxes",
    MaskPrompt.tag: "masks",
    Stroke.tag: "strokes",
    Window.tag: "windows",
}

BYTES: Mapping[str, Callable[[Any, Blobs], object]] = {
    MaskPrompt.tag: GivenMask.read,
    Combine.tag: GivenMask.read,
}
