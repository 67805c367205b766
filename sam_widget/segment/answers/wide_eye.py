"""WideEye: a model before a huge picture: sees windows of it. Knows no document, no thread."""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sam_widget.document.blobs import Blobs
from sam_widget.document.records import Window
from sam_widget.lifetime import Ended
from sam_widget.segment.closer import Near, plain
from sam_widget.segment.windows import Look, looked_at, moved, windowed

from .eye import ALONE, AnswerError, Eye

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sam_widget.document.records import Prompt
    from sam_widget.images.huge import HugePicture
    from sam_widget.models.thresholds import Thresholds
    from sam_widget.segment.embeddings.cache import EmbeddingCache
    from sam_widget.segment.model import Model
    from sam_widget.segment.overheard import Overheard
    from sam_widget.segment.prompts import Prediction
    from sam_widget.segment.windows import Windowed

EYES = 6  # windows of late whose pixels are kept, 3 MB each; their embeddings are in the cache
THROUGH_WINDOWS = (
    "A huge picture is looked at through several windows: open a part of it, w.pixels(...), as a"
    " photo of its own to see what the model does inside."
)
log = logging.getLogger(__name__)

WIDER = 2  # how often a mask that leaves its window is looked at in one twice as large


class WideEye:
    """What a model sees and says of a huge picture; an Eye that looks through windows.

    A mask that ends at its window's border is looked at in a larger one: inside the first window
    it stays as it is, outside it is what the model says there.

    Parameters
    ----------
    model : Model
    picture : HugePicture
    name, cache, blobs
        As an Eye takes them.
    """

    def __init__(
        self,
        model: Model[Any],
        picture: HugePicture,
        *,
        name: str,
        cache: EmbeddingCache[Any],
        blobs: Blobs,
    ) -> None:
        self._model, self._picture, self._name = model, picture, name
        self._cache, self._blobs = cache, blobs
        self._eyes: OrderedDict[Look, Eye] = OrderedDict()
        self._expected: Window | None = None
        width, height = picture.size
        self._whole = Look((0, 0, width, height), 2**picture.depth)

    @property
    def seen(self) -> bool:
        """Whether it has seen the whole picture, made small."""
        return self._whole in self._eyes and self._eyes[self._whole].seen

    def overhear(self, *_: Any, **__: Any) -> Overheard:
        """Refuse: it answers by several windows, none of which has the whole click."""
        raise AnswerError(THROUGH_WINDOWS)

    def knows(self, prompts: tuple[Prompt, ...]) -> bool:
        """Whether these can be answered without the encoder, which takes long."""
        if not plain(prompts):
            return False
        look = self._look(prompts)
        return look in self._eyes and self._eyes[look].seen

    def expect(self, window: Window) -> Callable[[], None]:
        """Return what looks at the part of the picture that is seen, unless it is another by then.

        Whoever clicks there need not wait for the encoder. It raises nothing: a click says why.
        """
        self._expected = window

        def look() -> None:
            if self._expected is not window:
                return
            try:
                self._eye(self._look((window,))).see(_unsaid)
            except Ended:
                raise
            except Exception:
                log.info("a window could not be looked at ahead", exc_info=True)

        return look

    @property
    def thresholds(self) -> Thresholds:
        """As an Eye's."""
        return self._eye(self._whole).thresholds

    @property
    def model_key(self) -> str:
        """The model's fingerprint."""
        return self._model.key

    def see(self, looking: Callable[[], None]) -> Any:
        """Return the whole picture's embedding, made if need be; ``looking`` is called first."""
        return self._eye(self._whole).see(looking)

    def at_large(self, prompts: tuple[Prompt, ...]) -> tuple[Prompt, ...]:
        """Return prompts as those of somebody who sees the whole picture."""
        x0, y0, x1, y1 = self._whole.box
        return Window("", "", x0, y0, x1, y1), *prompts

    def predict(
        self,
        embedding: Any,
        prompts: tuple[Prompt, ...],
        before: NDArray[np.float32] | None = None,
        led: int | None = None,
    ) -> Prediction:
        """Answer an object's prompts, as ``Eye.predict``.

        Parameters
        ----------
        embedding : Kept
            Of the whole picture: not asked here.
        prompts : tuple of Prompt
            A Window among them says what was seen when they were made.
        before : ndarray, optional
            (h, w) float32, logits of an earlier answer, in whatever window that was given.
        led : int, optional
            Not asked here.

        Raises
        ------
        AnswerError
            The model does not take a kind of these, or they are only a window.
        """
        del embedding, led
        if not plain(prompts):
            raise AnswerError(ALONE)
        size, look = self._picture.size, self._look(prompts)
        said = [self._said(look, prompts, before)]
        for _ in range(WIDER):
            best = said[-1]
            if not look.leaves(best.mask(best.best).box, size):
                break
            look = self._capped(look.wider(size))
            said.append(self._said(look, prompts, None))
        outer: Prediction = said.pop()
        while said:
            outer = _set_in(said.pop(), outer)
        return outer

    def _said(
        self, look: Look, prompts: tuple[Prompt, ...], before: NDArray[np.float32] | None
    ) -> Windowed:
        """Ask about a window; of an answer before what that window's would have been goes in."""
        eye, blobs = self._eye(look), Blobs()
        for name in (blob for each in prompts for blob in each.blobs()):
            if (data := self._blobs.get(name)) is not None:
                blobs.put(data)
        eye.blobs = blobs
        here = moved(prompts, look, blobs)
        embedding = eye.see(_unsaid)
        fed = None
        if before is not None and len(here) > 1:
            earlier = eye.predict(embedding, here[:-1])
            same = any(np.array_equal(before, row) for row in earlier.logits)
            fed = before if same else earlier.logits[earlier.best]
        return windowed(eye.predict(embedding, here, fed), look, self._picture.size)

    def _look(self, prompts: tuple[Prompt, ...]) -> Look:
        return self._capped(looked_at(prompts, self._picture.size, self._blobs))

    def _capped(self, look: Look) -> Look:
        """Return the whole picture where a window is as coarse as that."""
        return self._whole if look.shrink >= self._whole.shrink else look

    def _eye(self, look: Look) -> Eye:
        """Return the eye before a window."""
        eye = self._eyes.get(look)
        if eye is None:
            pixels = self._picture.window(look.box, look.shrink)
            eye = Eye(self._model, pixels, name=self._name, cache=self._cache, blobs=self._blobs)
            self._eyes[look] = eye
        self._eyes.move_to_end(look)
        while len(self._eyes) > EYES:
            self._eyes.popitem(last=False)
        return eye


def _set_in(near: Windowed, around: Prediction) -> Prediction:
    """Return what was said of a window set into what was said of a larger one."""
    alone = replace(near, size=(near.frame.width, near.frame.height), corner=(0, 0))
    told = near.logits, near.scores, near.stability, near.names, near.best
    return Near(*told, near.frame.at(*near.corner), alone, around)


def _unsaid() -> None:
    """Say nothing: who clicks sees that an answer is on its way."""
