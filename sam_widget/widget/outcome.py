"""What a session's document comes to in numpy: masks, scores, objects, a still. No wire."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from sam_widget.document.records import Answer, Candidate, Object, chosen
from sam_widget.masks import Mask
from sam_widget.regions import Region, formerly
from sam_widget.segment.next_click import NextClick, next_click

from .palette import PALETTE
from .stills import still_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sam_widget.document.blobs import Blobs
    from sam_widget.document.edits import Document

T = TypeVar("T", bound=np.generic)


class Outcome:
    """What one document says. Arrays are decoded when they are first asked for.

    Parameters
    ----------
    document : Document
    blobs : Blobs
        Of the document's session.
    """

    def __init__(self, document: Document, blobs: Blobs) -> None:
        self.document = document
        self._blobs = blobs

    @property
    def pending(self) -> bool:
        """Whether the current object's prompts wait for their answer."""
        thing = self.current
        return bool(thing and self.document.prompts_of(thing.id) and self._current is None)

    @cached_property
    def current(self) -> Object | None:
        """The open object; while none is open, the one that was accepted last."""
        things = reversed(self.document.of_type(Object))
        asked = (each for each in things if self.document.prompts_of(each.id))
        return self.document.open_object() or next(asked, None)

    @cached_property
    def mask(self) -> NDArray[np.bool_] | None:
        """(H, W) bool: the current object's chosen mask; None without an answer."""
        if self._current is None:
            return None
        thing, answer = self._current
        return self._array(answer.candidates[chosen(thing, answer)])

    @cached_property
    def masks(self) -> NDArray[np.bool_] | None:
        """(3, H, W) bool: the current object's candidates, in the page's order."""
        if self._current is None:
            return None
        return _fixed(np.stack([self._array(each) for each in self._current[1].candidates]))

    @cached_property
    def scores(self) -> NDArray[np.float32] | None:
        """(3,) float32: the candidates' predicted IoU."""
        if self._current is None:
            return None
        return _fixed(np.array([each.score for each in self._current[1].candidates], np.float32))

    @cached_property
    def next_click(self) -> NextClick | None:
        """The click that would settle most of what the open object's candidates dispute."""
        thing = self.document.open_object()
        if thing is None or self.masks is None or self.scores is None:
            return None
        places = [place for each in self.document.prompts_of(thing.id) for place in each.places()]
        return next_click(self.masks, self.scores, places)

    @cached_property
    def objects(self) -> tuple[Region, ...]:
        """All objects that have an answer, in the order of their numbers."""
        return tuple(
            Region(
                self._decoded(one := answer.candidates[chosen(thing, answer)]),
                thing.label,
                one.score,
                one.stability,
                self.document.prompts_of(thing.id),
                id=thing.id,
                locked=thing.locked,
            )
            for thing, answer in self._pairs
        )

    def __str__(self) -> str:
        image, count = self.document.image(), len(self._pairs)
        size = f"{image.width} x {image.height} px" if image else "no image"
        return f"{size}, {count} object{'s' * (count != 1)}"

    def marks(self) -> dict[str, object]:
        """Return what stands for each trait: equal marks mean equal values."""
        chosen_of = [
            (thing, answer.candidates[chosen(thing, answer)]) for thing, answer in self._pairs
        ]
        scores = self._current and tuple(each.score for each in self._current[1].candidates)
        mask = self._current and self._current[1].candidates[chosen(*self._current)].blob
        return {"mask": mask, "scores": scores, "objects": tuple(chosen_of)}

    @cached_property
    def accepted(self) -> tuple[object, ...]:
        """What stands for the photo and the accepted objects: equal ones look the same."""
        image = self.document.image()
        locked = [(thing, answer) for thing, answer in self._pairs if thing.locked]
        masks = [(thing, answer.candidates[chosen(thing, answer)].blob) for thing, answer in locked]
        return (image and image.source, *masks)

    def still(self, pixels: NDArray[np.uint8], opacity: float) -> bytes:
        """Return a WebP of the photo with its masks, small, for a page without a kernel."""
        colors = (PALETTE[thing.color % len(PALETTE)] for thing, _ in self._pairs)
        return still_of(pixels, zip(self.objects, colors, strict=True), opacity)

    @cached_property
    def _pairs(self) -> tuple[tuple[Object, Answer], ...]:
        things = sorted(self.document.of_type(Object), key=lambda each: each.order)
        pairs = ((thing, self.document.answer_of(thing.id)) for thing in things)
        return tuple((thing, answer) for thing, answer in pairs if answer and answer.of)

    @cached_property
    def _current(self) -> tuple[Object, Answer] | None:
        """The current object and its answer, when both are there."""
        return next((pair for pair in self._pairs if pair[0] is self.current), None)

    def _decoded(self, candidate: Candidate) -> Mask:
        data = self._blobs.get(candidate.blob)
        if data is None:  # the session keeps every blob that its document mentions
            raise LookupError("A mask that the document mentions is not there.")
        return Mask.from_bytes(data)

    def _array(self, candidate: Candidate) -> NDArray[np.bool_]:
        return _fixed(self._decoded(candidate).to_array())


def _fixed(array: NDArray[T]) -> NDArray[T]:
    array.flags.writeable = False
    return array


def __getattr__(name: str) -> Any:
    return formerly(__name__, "Segment", name)
