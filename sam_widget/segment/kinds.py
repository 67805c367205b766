"""Kinds of prompts to what a model is asked. The one place that knows them all; runs no model.

A kind has an entry in ``WORDS`` and ``MANY``, and in ``BYTES`` where it brings blobs; what it is,
its record says (``document/records.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np

from sam_widget.document.edits import EditError
from sam_widget.document.records import Box, MaskPrompt, Point, Prompt
from sam_widget.errors import SamError

from .mask_prompt import GivenMask
from .prompts import Prompts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from sam_widget.document.blobs import Blobs
    from sam_widget.document.records import Record
    from sam_widget.geometry import Frame

    Said: TypeAlias = dict[str, Any]  # some of the fields of Prompts


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
            said |= words(kin, sight)
    return Prompts(**said)


def refusal(prompts: Iterable[Prompt], takes: Callable[[str], bool], model: str) -> str | None:
    """Say in one sentence which kind of these a model does not take; None where it takes all."""
    for each in prompts:
        if not takes(each.tag):
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


def _mask(masks: Sequence[MaskPrompt], sight: Sight) -> Said:
    """Say its logits, and the box around it: alone, it is answered badly (README)."""
    given = GivenMask.read(masks[-1], sight.blobs)
    seen = sight.embedding
    return {"logits": given.on(seen.frame, SAMPLES * seen.grid), "box": given.mask.box}


def _points(points: Sequence[Point], _: Sight) -> Said:
    return {
        "points": np.array([(p.x, p.y) for p in points], np.float32),
        "labels": np.array([p.positive for p in points], np.int64),
    }


def _box(boxes: Sequence[Box], _: Sight) -> Said:
    box = boxes[-1]
    return {"box": np.array((box.x0, box.y0, box.x1, box.y1), np.float32)}


# In this order: what a later kind says stands in the place of what an earlier one has.
WORDS: Mapping[str, Callable[[Any, Sight], Said]] = {
    MaskPrompt.tag: _mask,
    Point.tag: _points,
    Box.tag: _box,
}

MANY = {Point.tag: "points", Box.tag: "boxes", MaskPrompt.tag: "masks"}

BYTES: Mapping[str, Callable[[Any, Blobs], object]] = {MaskPrompt.tag: GivenMask.read}
