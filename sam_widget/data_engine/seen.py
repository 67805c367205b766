"""Seen: an image before a model, asked as a widget asks. Decides nothing, knows no stage."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from sam_widget.document.blobs import Blobs
from sam_widget.segment.answers.eye import Eye
from sam_widget.segment.embeddings.cache import shared_cache

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sam_widget.document.records import Prompt
    from sam_widget.segment.model import Model
    from sam_widget.segment.prompts import Prediction


class Seen:
    """One image and one model; the image is encoded when the first question comes.

    Parameters
    ----------
    model : Model
    pixels : ndarray
        (H, W, 3) uint8, RGB.
    """

    def __init__(self, model: Model[Any], pixels: NDArray[np.uint8]) -> None:
        self._model = model
        self._eye = Eye(model, pixels, name=model.name, cache=shared_cache(), blobs=Blobs())

    @property
    def model_name(self) -> str:
        """What people call the model."""
        return self._model.name

    @property
    def model_key(self) -> str:
        """The model's fingerprint."""
        return self._model.key

    def ask(
        self, prompts: tuple[Prompt, ...], before: NDArray[np.float32] | None = None
    ) -> Prediction:
        """Answer prompts; ``before`` are (h, w) logits of the answer to those before, fed back.

        Raises
        ------
        SamError
            The model takes no such prompts, or the bytes of one are not there.
        """
        return self._eye.predict(self._embedding, prompts, before)

    @cached_property
    def _embedding(self) -> Any:
        return self._eye.see(lambda: None)
