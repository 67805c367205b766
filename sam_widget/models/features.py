"""What an image encoder says of an image: a value. Nothing learns here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import Tensor


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
    def joined(cls, parts: Sequence[Features]) -> Features:
        """Return the features of several batches of images as those of one."""
        skips = zip(*(part.skips for part in parts), strict=True)
        return cls(torch.cat([part.embedding for part in parts]), tuple(map(torch.cat, skips)))

    @property
    def nbytes(self) -> int:
        """Bytes that the tensors hold."""
        return sum(t.element_size() * t.nelement() for t in (self.embedding, *self.skips))
