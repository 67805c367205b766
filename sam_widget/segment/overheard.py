"""Overheard: a click's answer, and what went on inside the model while it was made. A value."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .switches import switched_off
from .trace import Trace, trace

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from sam_widget.document.records import Prompt

    from .prompts import Embedding, Prediction
    from .segmenter import Segmenter


@dataclass(frozen=True, eq=False)
class Overheard:
    """One question to a model.

    Attributes
    ----------
    pixels : ndarray
        (H, W, 3) uint8 RGB: the photo.
    segmenter : Segmenter
        Who was asked.
    embedding : Embedding
        What it made of the photo.
    prompts : tuple of Prompt
        What was asked; where that takes several questions, the trace is of the last.
    said : Prediction
        The answer, the same that who does not listen gets.
    trace : Trace
        What went on inside, the steps in ``off`` being switched off.
    without : Prediction
        The answer without those steps; ``said`` where there are none.
    off : frozenset of str
        Steps of the mask decoder.
    """

    pixels: NDArray[np.uint8]
    segmenter: Segmenter
    embedding: Embedding
    prompts: tuple[Prompt, ...]
    said: Prediction
    trace: Trace
    without: Prediction
    off: frozenset[str]


def listened(
    segmenter: Segmenter, ask: Callable[[], Prediction], off: frozenset[str]
) -> tuple[Prediction, Trace, Prediction]:
    """Ask with and without the steps in ``off``, on this thread, and listen to the latter.

    Returns
    -------
    tuple
        ``said``, ``trace`` and ``without`` of an Overheard.
    """
    with trace(segmenter, thread=threading.get_ident()) as heard:
        said = without = ask()
        if off:
            with switched_off(segmenter, off):
                without = ask()
    return said, heard, without
