"""Numbers of a file to RGB bytes, by the rules of `read_image`, the same in every window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sam_widget.images.picture import ImageError
from sam_widget.images.values import range_of, scaled

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Tones:
    """How values become bytes.

    Attributes
    ----------
    black, white : float
        The values that are shown so.
    inverted : bool
        Whether the smallest value is white.
    """

    black: float
    white: float
    inverted: bool

    @classmethod
    def of(cls, small: NDArray[Any], inverted: bool, assumed: list[str]) -> Tones:
        """Find them by the whole picture made small, (h, w[, 3]); say what was found.

        Raises
        ------
        ImageError
            It holds no real numbers.
        """
        if small.dtype.kind not in "biuf":
            raise ImageError(f"The picture holds {small.dtype}: real numbers were expected.")
        if inverted:
            assumed.append("The smallest value is white, as the source says.")
        finite = small if small.dtype.kind != "f" else small[np.isfinite(small)]
        if not finite.size:
            raise ImageError("The picture has no value that is a number.")
        return cls(*range_of(finite, assumed), inverted)

    def rgb(self, values: NDArray[Any]) -> NDArray[np.uint8]:
        """Return (h, w, 3) uint8 of (h, w) or (h, w, 3); what is no number is black."""
        if values.dtype.kind == "f":
            values = np.nan_to_num(values, nan=self.black, posinf=self.white, neginf=self.black)
        shown = scaled(values, self.black, self.white)
        rgb = np.empty((*values.shape[:2], 3), np.uint8)
        rgb[...] = shown if shown.ndim == 3 else shown[..., None]
        return np.subtract(255, rgb, out=rgb) if self.inverted else rgb
