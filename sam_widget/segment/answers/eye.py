"""Eye: a model before one picture: sees it once, answers prompts. Knows no document, no thread."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sam_widget.document.records import Window
from sam_widget.errors import SamError
from sam_widget.images import content_hash
from sam_widget.lifetime import foreign
from sam_widget.models.thresholds import Thresholds
from sam_widget.segment import closer
from sam_widget.segment.kinds import Sight, asked, parts, refusal
from sam_widget.segment.loaded import segmenter_of
from sam_widget.segment.model import has_all
from sam_widget.segment.posing import posed

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sam_widget.document.blobs import Blobs
    from sam_widget.document.records import Prompt
    from sam_widget.geometry import Box
    from sam_widget.segment.embeddings.cache import EmbeddingCache
    from sam_widget.segment.embeddings.tiers import Key
    from sam_widget.segment.model import Model
    from sam_widget.segment.overheard import Overheard
    from sam_widget.segment.prompts import Prediction, Prompts


LATE = 4  # questions of late that are known
ALONE = "A window only says where to look: add a point or a box, or undo takes the window back."


class AnswerError(SamError, RuntimeError):
    """The model could not answer, and why, in one sentence."""


class Eye:
    """What a model sees and says of one picture; on the model's own thread alone.

    Parameters
    ----------
    model : Model
    pixels : ndarray
        (H, W, 3) uint8 RGB.
    name : str
        The model's, for people.
    cache : EmbeddingCache
        Where what it sees is kept.
    blobs : Blobs
        What prompts mention; whoever asks may change it.
    """

    def __init__(
        self,
        model: Model[Any],
        pixels: NDArray[np.uint8],
        *,
        name: str,
        cache: EmbeddingCache[Any],
        blobs: Blobs,
    ) -> None:
        self._model, self._pixels, self._name = model, pixels, name
        self._cache, self.blobs = cache, blobs
        self._hash = content_hash(pixels)
        self._last: deque[tuple[Prompts, Prediction]] = deque(maxlen=LATE)
        self._nearer: tuple[Box, Any] | None = None  # the window that it looked into last

    @property
    def seen(self) -> bool:
        """Whether it has seen the picture: a question needs no encoder."""
        return self._key in self._cache

    def knows(self, prompts: tuple[Prompt, ...]) -> bool:
        """Whether these can be answered without the encoder, which takes long."""
        windows = [each for each in prompts if isinstance(each, Window)]
        if not windows or not self.seen:
            return self.seen
        height, width = self._pixels.shape[:2]
        window = closer.whole_pixels(windows[-1], (width, height))
        return self._nearer is not None and self._nearer[0] == window

    def at_large(self, prompts: tuple[Prompt, ...]) -> tuple[Prompt, ...]:
        """Return prompts as those of somebody who sees the whole picture: as they are."""
        return prompts

    def expect(self, window: Window) -> Callable[[], None]:
        """Return what looks ahead, there being nothing that is not seen with the picture."""
        del window
        return lambda: None

    @property
    def thresholds(self) -> Thresholds:
        """What of its masks everything mode leaves out; the published ones where it says none."""
        model: Any = self._model
        return model.thresholds if has_all(model, ("thresholds",)) else Thresholds()

    @property
    def model_key(self) -> str:
        """The model's fingerprint."""
        return self._model.key

    @property
    def _key(self) -> Key:
        return self._hash, self._model.key  # another one once a full GPU was left for the CPU

    def see(self, looking: Callable[[], None]) -> Any:
        """Return the picture's embedding, made if need be, ``looking`` being called before."""

        def encode() -> Any:
            looking()  # a file in the cache may have been no good
            with foreign():
                return self._model.embed(self._pixels)

        if not self.seen:
            looking()
        return self._cache.get(self._key, encode, self._model.device)

    def predict(
        self,
        embedding: Any,
        prompts: tuple[Prompt, ...],
        before: NDArray[np.float32] | None = None,
        led: int | None = None,
    ) -> Prediction:
        """Answer an object's prompts; questions that were asked last are not asked again.

        Parameters
        ----------
        embedding : Kept
            What ``see`` returned.
        prompts : tuple of Prompt
        before : ndarray, optional
            (h, w) float32, logits of an earlier answer, to go in where the model takes masks.
        led : int, optional
            The candidate of the first look that a closer one makes finer, where no logits go in;
            by default the best.

        Raises
        ------
        AnswerError
            The model does not take a kind of these, or they are only a window.
        """
        windows = [each for each in prompts if isinstance(each, Window)]
        if windows:
            plain = closer.plain(prompts)
            return self._closer(embedding, plain, windows[-1], before, led)
        takes = self._model.takes
        refused = refusal(prompts, takes, self._name)
        if refused is not None:
            raise AnswerError(refused)
        fed = before if takes("mask") else None

        def ask(question: Prompts) -> Prediction:
            known = next((said for late, said in self._last if same(late, question)), None)
            if known is None:
                with foreign():
                    known = self._model.predict(embedding, question)
                self._last.append((question, known))
            return known

        sight = Sight(self.blobs, embedding)
        return posed(ask, prompts, sight, fed, feeds=takes("mask"))

    def overhear(
        self,
        embedding: Any,
        prompts: tuple[Prompt, ...],
        before: NDArray[np.float32] | None = None,
        off: frozenset[str] = frozenset(),
    ) -> Overheard:
        """Answer once more, and return what goes on inside the model meanwhile.

        Parameters
        ----------
        embedding, prompts, before
            As ``predict`` takes them; of a closer look it is the first.
        off : frozenset of str
            Steps of the mask decoder that are switched off (``segment/switches.py``).

        Raises
        ------
        SamError
            The model is no SAM of this package.
        """
        from sam_widget.segment.overheard import Overheard, listened  # noqa: PLC0415  brings torch

        def ask() -> Prediction:
            self._last.clear()  # it is to be asked
            return self.predict(embedding, closer.plain(prompts), before)

        segmenter = segmenter_of(self._model)
        heard = listened(segmenter, ask, off)
        return Overheard(self._pixels, segmenter, embedding, prompts, *heard, off)

    def _closer(
        self,
        embedding: Any,
        prompts: tuple[Prompt, ...],
        here: Window,
        before: NDArray[np.float32] | None,
        led: int | None,
    ) -> Prediction:
        """Answer twice: of the whole, then of a window, asked with what the first look found."""
        if not prompts:
            raise AnswerError(ALONE)
        first = self.predict(embedding, prompts, before)
        fed = before is not None and self._model.takes("mask")  # what was chosen is in the question
        known = not fed and led is not None and led < len(first.logits)
        found = first.mask(led if known and led is not None else first.best)
        if not found.area:
            return first
        window = closer.whole_pixels(here, found.size)
        if self._nearer is None or self._nearer[0] != window:
            with foreign():
                self._nearer = window, closer.look(self._model, self._pixels, window)
        seen = self._nearer[1]
        said = asked(prompts, Sight(self.blobs, embedding))
        if len(parts(prompts)) > 1:
            said = replace(said, box=None)  # of several boxes none is the thing's: the mask's is
        question = closer.taken(closer.question(said, found, window, seen), self._model.takes)
        if not closer.says(question):
            return first
        with foreign():
            near = self._model.predict(seen, question)
        return closer.joined(near, window, first)


def same(one: Prompts, other: Prompts) -> bool:
    """Whether a model is asked the same by both."""
    pairs: tuple[tuple[Any, Any], ...] = (
        (one.points, other.points),
        (one.labels, other.labels),
        (one.box, other.box),
        (one.logits, other.logits),
    )
    return all(a is b or np.array_equal(a, b) for a, b in pairs)
