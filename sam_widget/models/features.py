"""What an image encoder says of an image: a value. Nothing learns here."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import torch
from torch import Tensor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class Features:
    """An embedding, and finer maps that a decoder may add while it upscales.

    Attributes
    ----------
    embedding : Tensor
        (B, 256, H, W) float, one pixel for ``stride`` x ``stride`` of the model's input.
    skips : tuple of Tensor
        Empty, or (B, 64, 2H, 2W) and (B, 32, 4H, 4W) float.
    """

    embedding: Tensor
    skips: tuple[Tensor, ...] = ()

    def __getitem__(self, images: int | slice) -> Features:
        """Return the features of one image of the batch, B = 1, or of several."""
        chosen = slice(images, images + 1) if isinstance(images, int) else images
        return self.map(lambda t: t[chosen])

    def map(self, change: Callable[[Tensor], Tensor]) -> Features:
        """Return the features with each tensor changed: sliced, moved, cast."""
        return Features(change(self.embedding), tuple(change(t) for t in self.skips))

    @classmethod
    def of(cls, said: Features | Tensor) -> Features:
        """Return what an encoder said as features: one that is not ours says a tensor."""
        if isinstance(said, Encoded):
            return said.features
        return said if isinstance(said, Features) else cls(said)

    @classmethod
    def joined(cls, parts: Sequence[Features]) -> Features:
        """Return the features of several batches of images as those of one."""
        skips = zip(*(part.skips for part in parts), strict=True)
        return cls(torch.cat([part.embedding for part in parts]), tuple(map(torch.cat, skips)))

    @property
    def nbytes(self) -> int:
        """Bytes that the tensors hold."""
        return sum(t.element_size() * t.nelement() for t in (self.embedding, *self.skips))


class Encoded(Tensor):
    """What an image encoder returns: the embedding, (B, 256, H, W), with its features at hand.

    A tensor to whoever takes it for one: what is computed with it, or read back from a file, is
    the embedding alone.
    """

    features: Features

    # As nn.Parameter has it: what is computed with one is a plain tensor.
    __torch_function__ = torch._C._disabled_torch_function_impl  # type: ignore[assignment]  # noqa: SLF001

    def __new__(cls, features: Features) -> Self:
        """Return the features' embedding, and them beside it."""
        encoded = features.embedding.as_subclass(cls)
        encoded.features = features
        return encoded

    def __init__(self, features: Features) -> None:
        """Do nothing: it is made."""

    def __reduce_ex__(self, protocol: Any) -> Any:
        return self.embedding.__reduce_ex__(protocol)  # type: ignore[no-untyped-call]

    def __deepcopy__(self, memo: Any) -> Tensor:
        copied: Tensor = copy.deepcopy(self.embedding, memo)
        return copied

    @property
    def embedding(self) -> Tensor:
        """The same as a plain tensor."""
        return self.features.embedding

    @property
    def skips(self) -> tuple[Tensor, ...]:
        """As ``Features`` has them."""
        return self.features.skips

    def map(self, change: Callable[[Tensor], Tensor]) -> Features:
        """Return the features with each tensor changed."""
        return self.features.map(change)
