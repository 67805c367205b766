"""The engine that ships: phrases as prompt tokens of ``small``, offline. Trains nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import torch

from sam_widget.errors import SamError
from sam_widget.lifetime import busy
from sam_widget.models.architectures import at_side
from sam_widget.models.checkpoints import load_model
from sam_widget.segment.loaded import embedded
from sam_widget.segment.segmenter import Segmenter

from .minilm import NAME, encoder
from .phrase_tokens import asked_with
from .proposals import Heat
from .taught import read

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor

    from .minilm import MiniLM
    from .taught import Taught

MODEL = "small"
SIDE = 512  # px: what it was taught at, the size of the photos that taught it


class Words:
    """A re-creation of the paper's text prompts, at a small size: it knows some nouns, roughly.

    A phrase's vector becomes prompt tokens by one linear layer, and ``small``, as it is, draws for
    them one map: all things of that name at once. What was measured stands in ``weights/words.md``.

    Parameters
    ----------
    segmenter : Segmenter
        Of the model that was taught.
    taught : Taught
        The layer.
    phrases : MiniLM
        The text encoder.

    Raises
    ------
    SamError
        The layer was taught to another model.
    """

    name = f"words (our re-creation: {NAME} + {MODEL})"
    confidence = 0.4

    def __init__(self, segmenter: Segmenter, taught: Taught, phrases: MiniLM) -> None:
        if segmenter.key.partition("-")[0] != taught.weights:
            raise SamError(f"These words were taught to another model than {segmenter.name}.")
        self._segmenter, self._taught, self._phrases = segmenter, taught, phrases

    @property
    def words(self) -> tuple[str, ...]:
        """The words that were taught, sorted; what it makes of others is a guess."""
        return self._taught.words

    @busy()
    def propose(self, image: NDArray[np.uint8], phrase: str) -> Heat:
        """Return how likely each place is what the phrase says."""
        return Heat((1 / (1 + np.exp(-self.logits(image, phrase)))).astype(np.float32))

    def tokens(self, phrase: str) -> Tensor:
        """Return (1, T, width) float32: the prompt tokens that a phrase becomes."""
        with torch.inference_mode():
            made: Tensor = self._taught.tokens(self._phrases([phrase.lower()]))
        return made

    def logits(self, image: NDArray[np.uint8], phrase: str) -> NDArray[np.float32]:
        """Return (h, w) float32 logits over the whole image, 0 being the border."""
        embedding = embedded(self._segmenter, image)
        with torch.inference_mode():
            said = asked_with(self._segmenter.sam, embedding.features, self.tokens(phrase))[0]
        return without_padding(said.float().numpy(), embedding.frame.resized, embedding.frame.side)


def without_padding(
    logits: NDArray[np.float32], resized: tuple[int, int], side: int
) -> NDArray[np.float32]:
    """Cut a square grid of logits to where the picture lies in it."""
    wide, high = (max(1, round(n * len(logits) / side)) for n in resized)
    return np.ascontiguousarray(logits[:high, :wide])


def own_segmenter() -> Segmenter:
    """Return the model that was taught, at the side that it was taught at, on the CPU."""
    return Segmenter(at_side(load_model(MODEL, "cpu", "float32"), SIDE), MODEL)


@cache
def words() -> Words:
    """Return the one of this process; SamError, in a sentence, where it cannot be had."""
    phrases = encoder()
    with busy():
        return Words(own_segmenter(), read(), phrases)
