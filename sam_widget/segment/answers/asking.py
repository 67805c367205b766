"""What a model is asked about an object, and what it said: kept to be fed back, cut anew, lent.

Knows no thread and no screen; whoever has the model calls.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from sam_widget.document.records import Candidate, Object, Prompt
from sam_widget.segment import closer

from .eye import AnswerError
from .logits import Logits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from sam_widget.document.edits import Document
    from sam_widget.masks import Mask
    from sam_widget.segment.overheard import Overheard
    from sam_widget.segment.prompts import Prediction

    from .eye import Eye
    from .wide_eye import WideEye

    Wish: TypeAlias = Callable[[tuple[str, ...], Prediction], None]

LOGITS_BYTES = 16 * 2**20  # of low-resolution logits kept for feeding back; 0.2 MB an answer


class Asking:
    """One picture's questions.

    Parameters
    ----------
    model : str
        The model's name, for people.

    Attributes
    ----------
    feed_back : bool
        Whether the logits of the answer before go in with the next prompt (paper, appendix A).
    only : frozenset of str or None
        The objects that may be asked about; None: all.
    """

    def __init__(self, model: str) -> None:
        self.feed_back = True
        self.only: frozenset[str] | None = None
        self.logits = Logits(LOGITS_BYTES)
        self._model = model
        self._anew: dict[str, object] = {}  # objects to ask about once more, a token each time
        self._renewed: dict[str, object] = {}  # the token that was met last
        self._wishes: deque[tuple[str, Wish]] = deque()

    def anew(self, object_id: str) -> None:
        """Ask about an object once more, though it has an answer."""
        self._anew[object_id] = object()

    def turn(self, object_id: str) -> object:
        """Return what ``renewed`` takes once an answer that is begun now is in the document."""
        return self._anew.get(object_id)

    def renewed(self, object_id: str, turn: object) -> None:
        """Count an object as asked about; who has wanted it anew since ``turn`` still waits."""
        self._renewed[object_id] = turn

    def wish(self, object_id: str, wish: Wish) -> None:
        """Note who wants to see what is said about an object, and to prompts of which ids."""
        self._wishes.append((object_id, wish))

    def wanted(self, document: Document, image: str) -> list[str]:
        """Return the ids of the image's objects to ask about, or once more, in order."""
        owed = unanswered(document, image)
        anew = [n for n in tuple(self._anew) if self._is_anew(n) and document.prompts_of(n)]
        wanted, only = [*owed, *(name for name in anew if name not in owed)], self.only
        return wanted if only is None else [name for name in wanted if name in only]

    def grant(self, eye: Eye | WideEye, embedding: Any, document: Document) -> bool:
        """Show one who wished what is said, where it still can be; say whether more wait."""
        if self._wishes:
            name, wish = self._wishes.popleft()
            of = _ids(document.prompts_of(name))
            if of:
                wish(of, self.said(eye, embedding, document, name))
        return bool(self._wishes)

    def said(self, eye: Eye | WideEye, embedding: Any, document: Document, name: str) -> Prediction:
        """Return what the model says about an object, not cut; it is asked where that is not known.

        Raises
        ------
        AnswerError
            It does not take such prompts, or answers what is no number.
        """
        of = _ids(document.prompts_of(name))
        said = None if self._is_anew(name) else self.logits.said(of)
        if said is None:
            said = self.tried(eye, embedding, document, name)
            if not (np.isfinite(said.scores).all() and np.isfinite(said.logits).all()):
                raise AnswerError(f"The model {self._model} answers NaN: its weights are broken.")
            self.logits.put(of, said)
        return said

    def tried(
        self, eye: Eye | WideEye, embedding: Any, document: Document, name: str
    ) -> Prediction:
        """Return what the model says about an object of any document, not cut, and keep nothing."""
        prompts = document.prompts_of(name)
        led = self.logits.chosen(_ids(closer.plain(prompts)))
        return eye.predict(embedding, prompts, self._before(document, name), led)

    def overheard(
        self,
        eye: Eye | WideEye,
        embedding: Any,
        document: Document,
        name: str,
        off: frozenset[str],
    ) -> Overheard:
        """Return what goes on inside the model when it is asked so, as ``Eye.overhear``."""
        prompts, before = document.prompts_of(name), self._before(document, name)
        return eye.overhear(embedding, prompts, before, off)

    def clear(self) -> None:
        """Forget all."""
        self.logits.clear()
        self._wishes.clear()
        self._anew.clear()
        self._renewed.clear()

    def _is_anew(self, name: str) -> bool:
        return self._anew.get(name) is not self._renewed.get(name)

    def _before(self, document: Document, name: str) -> NDArray[np.float32] | None:
        """Return what of an answer before goes in: the logits of the mask that was seen."""
        of = _ids(document.prompts_of(name))
        before = self.logits.below(of) if self.feed_back else None
        cut = np.float32(cut_of(document, name))
        return before if before is None or cut == 0 else before - cut


def _ids(prompts: tuple[Prompt, ...]) -> tuple[str, ...]:
    return tuple(prompt.id for prompt in prompts)


def candidates_of(
    said: Prediction, masks: Sequence[Mask], keep: Callable[[bytes], str]
) -> tuple[Candidate, ...]:
    """Return a prediction's candidates; ``keep`` takes a mask's bytes and returns their name."""
    return tuple(
        Candidate(name, keep(mask.to_bytes()), score, stable, mask.area)
        for name, mask, score, stable in zip(
            said.names, masks, said.scores.tolist(), said.stability.tolist(), strict=True
        )
    )


def cut_of(document: Document, name: str) -> float:
    """Return the logit that an object's masks are cut at."""
    thing = document.get(name)
    return thing.threshold if isinstance(thing, Object) else 0.0


def unanswered(document: Document, image: str) -> list[str]:
    """Return the ids of an image's objects whose answer is not true, the newest prompt's first."""
    newest: dict[str, None] = {}
    for record in reversed(tuple(document.values())):
        if isinstance(record, Prompt):
            newest.setdefault(record.object)
    return [
        name
        for name in newest
        if isinstance(thing := document.get(name), Object)
        and thing.image == image
        and document.answer_of(name) is None
    ]
