"""Finished: an object's mask as it is shown, the chosen candidate after corrections by hand."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from sam_widget.corrections import corrected, empty
from sam_widget.document.corrections import Combine, Known
from sam_widget.document.records import Answer, Candidate, Object, chosen
from sam_widget.lifetime import renews
from sam_widget.masks import Mask

from .known import prompts_of

if TYPE_CHECKING:
    from sam_widget.document.blobs import Blobs
    from sam_widget.document.corrections import Correction
    from sam_widget.document.edits import Document
    from sam_widget.document.records import Prompt

KEPT = 64  # masks; as a rule one takes some 20 kB


@dataclass(frozen=True)
class Finished:
    """An object that has a mask.

    Attributes
    ----------
    thing : Object
    answer : Answer or None
        True to its prompts; None where it was painted by hand alone, or given.
    corrections : tuple of Correction
        In order.
    """

    thing: Object
    answer: Answer | None
    corrections: tuple[Correction, ...]

    @classmethod
    def of(cls, document: Document, thing: Object) -> Finished | None:
        """Return what an object comes to; None where its answer is on its way, or nothing is."""
        corrections = document.corrections_of(thing.id)
        answer = document.answer_of(thing.id)
        if answer is not None and answer.of:
            return cls(thing, answer, corrections)
        alone = not document.prompts_of(thing.id) and any(each.adds() for each in corrections)
        return cls(thing, None, corrections) if alone else None

    @property
    def candidate(self) -> Candidate | None:
        """The candidate that counts; None where it was painted by hand alone."""
        if self.answer is None:
            return None
        return self.answer.candidates[chosen(self.thing, self.answer)]

    @property
    def brought(self) -> Combine | None:
        """The mask of elsewhere that it began with, where no model was asked."""
        first = self.corrections[0] if self.corrections and self.answer is None else None
        return first if isinstance(first, Combine) else None

    @property
    def known(self) -> Known:
        """What is known of its mask before it was changed by hand."""
        if self.candidate is not None:
            return Known(self.candidate.score, self.candidate.stability)
        return (self.brought and self.brought.known) or Known()

    @property
    def asked(self) -> tuple[Prompt, ...]:
        """What it came of elsewhere."""
        return prompts_of(self.brought) if self.brought else ()

    @property
    def key(self) -> tuple[str, ...]:
        """What stands for its mask: the candidate's blob, and the corrections' ids."""
        return self.candidate.blob if self.candidate else "", *(c.id for c in self.corrections)


class Masks:
    """The masks of finished objects; those of late are kept, so that a stroke is one's work.

    Any thread may call.

    Parameters
    ----------
    blobs : Blobs
        Where the candidates' masks lie.
    """

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._kept: OrderedDict[tuple[str, ...], Mask] = OrderedDict()
        self.renew()
        renews(self)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._lock = Lock()

    def of(self, finished: Finished, size: tuple[int, int]) -> Mask:
        """Return an object's mask; `size` is the image's (width, height), in pixels."""
        key, corrections = finished.key, finished.corrections
        with self._lock:
            done = next((n for n in range(len(key), 1, -1) if key[:n] in self._kept), 1)
            mask = self._kept.get(key[:done])
        if mask is None:
            mask = empty(*size) if finished.candidate is None else self.decoded(key[0])
        mask = corrected(mask, corrections[done - 1 :], self.decoded)
        if corrections:
            with self._lock:
                self._kept[key] = mask
                self._kept.move_to_end(key)
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return mask

    def decoded(self, blob: str) -> Mask:
        """Return the mask of a blob: a candidate as the model drew it, or one that was given."""
        data = self._blobs.get(blob)
        if data is None:  # the session keeps every blob that its document mentions
            raise LookupError("A mask that the document mentions is not there.")
        return Mask.from_bytes(data)
