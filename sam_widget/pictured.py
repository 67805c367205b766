"""Masks as one small picture, for a notebook's cell. Knows no mask but by its samples."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHOWN_SIDE = 400  # px, the most that a notebook shows of a mask


class Sampled(Protocol):
    """What has pixels of which every so manieth can be had."""

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        ...

    def sampled(self, step: int) -> NDArray[np.bool_]:
        """Return each pixel in the middle of so many by so many: (h, w) bool."""
        ...


def picture_of(*masks: Sampled) -> bytes:
    """Return a PNG of masks of one size side by side, white on black, for a notebook's cell."""
    import PIL.Image  # noqa: PLC0415  the ground floor loads without it

    step = max(1, -(-max(masks[0].size) // SHOWN_SIDE))
    small = [np.uint8(255) * mask.sampled(step) for mask in masks]
    gap = np.full((small[0].shape[0], max(2, small[0].shape[1] // 40)), 128, np.uint8)
    row = [piece for each in small for piece in (gap, each)][1:]
    out = io.BytesIO()
    PIL.Image.fromarray(np.hstack(row)).save(out, "PNG")
    return out.getvalue()
