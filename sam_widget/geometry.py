"""Frame: image pixels to a model's pixels, and back. No prompts, no pictures, no screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Frame:
    """How one image lies in a model's square input.

    The longest side is scaled to the square's, the picture sits in the upper left corner, the rest
    is padding.

    Attributes
    ----------
    width, height : int
        Of the image, in pixels, at least 1.
    side : int
        Of the model's square input, in pixels, at least 1.
    """

    width: int
    height: int
    side: int

    def __post_init__(self) -> None:
        if min(self.width, self.height, self.side) < 1:
            given = f"{self.width} x {self.height} px in a square of {self.side} px"
            raise ValueError(f"A frame needs sides of at least 1 px, not {given}.")

    @property
    def resized(self) -> tuple[int, int]:
        """(width, height) of the picture inside the square, in the model's pixels."""
        scale = self.side / max(self.width, self.height)
        # halves go up, as in SAM; a very flat image still keeps one row
        return (
            max(1, int(self.width * scale + 0.5)),
            max(1, int(self.height * scale + 0.5)),
        )

    @property
    def scale(self) -> tuple[float, float]:
        """Model pixels per image pixel, (x, y): they differ by what rounding did."""
        width, height = self.resized
        return width / self.width, height / self.height

    def to_model(self, xy: ArrayLike) -> NDArray[np.float32]:
        """Turn image coordinates into what the prompt encoder takes.

        Parameters
        ----------
        xy : array_like
            (..., 2) float, x y in image pixels, pixel centres at .5.

        Returns
        -------
        ndarray
            (..., 2) float32, x y in the model's pixels, pixel centres at whole numbers: SAM's
            prompt encoder adds the half pixel itself.
        """
        model = np.asarray(xy, np.float64) * self.scale - 0.5
        return np.asarray(model, np.float32)

    def to_image(self, xy: ArrayLike) -> NDArray[np.float32]:
        """Undo ``to_model``: (..., 2) float32, x y in image pixels, pixel centres at .5."""
        image = (np.asarray(xy, np.float64) + 0.5) / self.scale
        return np.asarray(image, np.float32)
