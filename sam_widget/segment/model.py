"""What a model is to those who use it, and its embedding to those who keep it. No network here.

The suite that every model passes, ours and others', is ``tests/segment/test_model.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy as np
    import torch
    from numpy.typing import NDArray
    from torch import Tensor

    from .prompts import Prediction, Prompts


class Kept(Protocol):
    """What a model makes of a picture, as a cache sees it."""

    @property
    def nbytes(self) -> int:
        """Bytes that it holds, wherever they lie."""
        ...

    @property
    def device(self) -> torch.device | str:
        """Where its tensors lie; "cpu" where there are none."""
        ...

    def to(self, device: torch.device | str) -> Self:
        """Return it with its tensors there; itself where they are, or where there are none."""
        ...

    def tensors(self) -> Mapping[str, Tensor]:
        """Return what a file of it holds, by name; none where it ends with the process."""
        ...


E = TypeVar("E", bound=Kept)


class Model(Protocol[E]):
    """What looks at a picture once and then answers prompts about it.

    Safe to call from several threads.
    """

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    @property
    def key(self) -> str:
        """Whatever embeddings depend on but the picture: of one key they are equal."""
        ...

    @property
    def device(self) -> torch.device | str:
        """Where its embeddings must lie to be asked about."""
        ...

    def takes(self, kind: str) -> bool:
        """Whether it takes a kind of prompt: "point", "box", "mask"; no other kind is known.

        What takes masks is also given the logits of its own last answer, to be refined.
        """
        ...

    def embed(self, pixels: NDArray[np.uint8]) -> E:
        """Look at a picture, (H, W, 3) uint8, RGB."""
        ...

    def predict(self, embedding: E, prompts: Prompts) -> Prediction:
        """Answer one prompt; SamError where it is of a kind that it does not take."""
        ...


MODEL = ("takes", "embed", "predict")
"""By what a model is known that a user gives."""


def has_all(given: object, names: Iterable[str]) -> bool:
    """Whether something that a user gave has all of these: asked at the door, and nowhere else."""
    return all(hasattr(given, name) for name in names)
