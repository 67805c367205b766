"""What a session's document comes to in numpy: masks, scores, objects, a still. No wire."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from sam_widget.corrections import corrected
from sam_widget.document.edits import EditError
from sam_widget.document.records import Object, chosen
from sam_widget.errors import shown
from sam_widget.made import Made
from sam_widget.regions import Region, formerly
from sam_widget.segment.kinds import clicked
from sam_widget.segment.next_click import NextClick, next_click

from .coloring import colors
from .finished import Finished, Masks
from .maker import NOBODY, Maker
from .stills import still_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from sam_widget.document.edits import Document
    from sam_widget.masks import Mask

T = TypeVar("T", bound=np.generic)


class Outcome:
    """What one document says. Arrays are decoded when they are first asked for.

    Parameters
    ----------
    document : Document
    masks : Masks
        Of the document's session.
    maker : Maker
        Who draws there.
    """

    def __init__(self, document: Document, masks: Masks, maker: Maker = NOBODY) -> None:
        self.document = document
        self._masks = masks
        self._maker = maker

    @property
    def pending(self) -> bool:
        """Whether the current object's prompts wait for their answer."""
        thing = self.current
        return bool(thing and self.document.prompts_of(thing.id) and self._current is None)

    @cached_property
    def current(self) -> Object | None:
        """The open object; while none is open, the one that was accepted last."""
        things = reversed(self.document.of_type(Object))
        asked = (each for each in things if self.document.marks_of(each.id))
        return self.document.open_object() or next(asked, None)

    @cached_property
    def mask(self) -> NDArray[np.bool_] | Mask | None:
        """(H, W) bool: the current object's chosen mask, corrected; None where there is none."""
        return None if self._current is None else self._given(self._mask(self._current))

    @cached_property
    def masks(self) -> NDArray[np.bool_] | tuple[Mask, ...] | None:
        """(3, H, W) bool: the current object's candidates as the model drew them, in order."""
        if self._current is None or self._current.answer is None:
            return None
        drawn = [self._masks.decoded(each.blob) for each in self._current.answer.candidates]
        if self._is_huge:
            return tuple(drawn)
        return _fixed(np.stack([each.to_array() for each in drawn]))

    @cached_property
    def scores(self) -> NDArray[np.float32] | None:
        """(3,) float32: the candidates' predicted IoU."""
        if self._current is None or self._current.answer is None:
            return None
        said = [each.score for each in self._current.answer.candidates]
        return _fixed(np.array(said, np.float32))

    @cached_property
    def next_click(self) -> NextClick | None:
        """The click that would settle most of what the open object's candidates dispute."""
        thing = self.document.open_object()
        answer = self.document.answer_of(thing.id) if thing else None
        if thing is None or answer is None or self.scores is None:
            return None
        masks = [self._masks.decoded(each.blob) for each in answer.candidates]
        return next_click(masks, self.scores, clicked(self.document.prompts_of(thing.id)))

    def found(self, thing: Object) -> Mask | None:
        """Return an object's mask, corrected; None where it has none yet."""
        finished = Finished.of(self.document, thing)
        return None if finished is None else self._mask(finished)

    def mask_of(self, thing: Object) -> Mask:
        """Return an object's mask, corrected; EditError where it has none yet."""
        mask = self.found(thing)
        if mask is None:
            name = f"The object {shown(thing.label or thing.id)}"
            raise EditError(f"{name} has no mask yet: its answer is on its way.")
        return mask

    def corrected(self, mask: Mask, like: Finished) -> Mask:
        """Return a mask after what was done by hand to an object."""
        return corrected(mask, like.corrections, self._masks.decoded)

    def candidate(self, blob: str) -> Mask:
        """Return a candidate's mask as the model drew it."""
        return self._masks.decoded(blob)

    @cached_property
    def objects(self) -> tuple[Region, ...]:
        """All objects that have a mask, in the order of their numbers."""
        return tuple(
            Region(
                self._mask(each),
                each.thing.label,
                each.known.predicted_iou,
                each.known.stability_score,
                self.document.prompts_of(each.thing.id) or each.asked,
                id=each.thing.id,
                locked=each.thing.locked,
                corrections=each.corrections,
                made=self._made(each),
                parent=self._parent(each.thing),
                protected=each.thing.protected,
            )
            for each in self.finished
        )

    def __str__(self) -> str:
        image, count = self.document.image(), len(self.finished)
        size = f"{image.width} x {image.height} px" if image else "no image"
        return f"{size}, {count} object{'s' * (count != 1)}"

    def marks(self) -> dict[str, object]:
        """Return what stands for each trait: equal marks mean equal values."""
        answer = self._current and self._current.answer
        return {
            "mask": self._current and self._current.key,
            "scores": answer and tuple(each.score for each in answer.candidates),
            "objects": tuple((each.thing, each.candidate, each.key) for each in self.finished),
        }

    @cached_property
    def accepted(self) -> tuple[object, ...]:
        """What stands for the photo and the accepted objects: equal ones look the same."""
        image = self.document.image()
        locked = [(each.thing, each.key) for each in self.finished if each.thing.locked]
        return (image and image.source, *locked)

    def still(
        self,
        pixels: NDArray[np.uint8],
        opacity: float,
        by: str = "object",
        labels: Iterable[str] = (),
    ) -> bytes:
        """Return a WebP of the photo with its masks, small, for a page without a kernel."""
        dyes = colors([each.thing for each in self.finished], by, labels)
        return still_of(pixels, zip(self.objects, dyes, strict=True), opacity)

    @cached_property
    def finished(self) -> tuple[Finished, ...]:
        """The objects that have a mask, in the order of their numbers."""
        things = sorted(self.document.of_type(Object), key=lambda each: each.order)
        found = (Finished.of(self.document, thing) for thing in things)
        return tuple(each for each in found if each is not None)

    @cached_property
    def _current(self) -> Finished | None:
        """The current object, when it has a mask."""
        return next((each for each in self.finished if each.thing is self.current), None)

    def _made(self, each: Finished) -> Made:
        """Say how an object came to be: what a mask of elsewhere brought, or what was done here."""
        known, later = each.known.made, each.corrections
        if each.brought is not None:
            later = later[1:]
        begun = replace(each, corrections=each.corrections[: len(each.corrections) - len(later)])
        by_hand = self._changed(self._mask(begun), self._mask(each)) if later else 0
        if each.brought is not None:
            before = (known or Made()).pixels_by_hand
            pixels = by_hand + (before or 0) if by_hand or before is not None else None
            return replace(known or Made(), pixels_by_hand=pixels)
        asked = self.document.prompts_of(each.thing.id)
        drawn = each.answer is not None
        return Made(
            model=self._maker.model if drawn else "",
            fingerprint=each.answer.model if each.answer else "",
            candidate=chosen(each.thing, each.answer) if each.answer else None,
            seconds=self._maker.seconds.get(each.thing.id),
            clicks=len(asked),
            pixels_by_hand=by_hand,
            stage=self._maker.stage if drawn else "",
        )

    @staticmethod
    def _changed(before: Mask, after: Mask) -> int:
        """Count the pixels of one mask alone."""
        return before.area + after.area - 2 * before.intersection(after)

    def _parent(self, thing: Object) -> str:
        """Return the id of what an object is a part of; empty where that is gone."""
        here = thing.parent is not None and isinstance(self.document.get(thing.parent), Object)
        return thing.parent or "" if here else ""

    @property
    def _is_huge(self) -> bool:
        """Whether the picture is read in windows: its masks are too large for arrays."""
        image = self.document.image()
        return image is not None and image.depth > 0

    def _given(self, mask: Mask) -> NDArray[np.bool_] | Mask:
        return mask if self._is_huge else _fixed(mask.to_array())

    def _mask(self, finished: Finished) -> Mask:
        image = self.document.image()
        return self._masks.of(finished, (image.width, image.height) if image else (1, 1))


def _fixed(array: NDArray[T]) -> NDArray[T]:
    array.flags.writeable = False
    return array


def __getattr__(name: str) -> Any:
    return formerly(__name__, "Segment", name)
