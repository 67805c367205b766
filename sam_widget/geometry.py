"""Frame: image pixels to a model's pixels, and back. No prompts, no pictures, no screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sam_widget.errors import SamError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


Box = tuple[int, int, int, int]  # x0, y0, x1, y1, half open, px


@dataclass(frozen=True)
class Frame:
    """How one image, or the window of it that a model saw, lies in the model's square input.

    As a rule the window's longest side is scaled to the square's, the window sits in the upper left
    corner, the rest is padding; of a model that knows no padding each side is scaled to the
    square's. Places are the image's own, whichever window it is.

    Attributes
    ----------
    width, height : int
        Of the window, in image pixels, at least 1; by default it is the whole image.
    side : int
        Of the model's square input, in pixels, at least 1.
    left, top : int
        Where the window's upper left corner lies in the image, in image pixels, at least 0.
    stretched : bool
        Whether the window fills the square: x and y are scaled apart, and nothing is padding.
    """

    width: int
    height: int
    side: int
    left: int = 0
    top: int = 0
    stretched: bool = False

    def __post_init__(self) -> None:
        if min(self.width, self.height, self.side) < 1:
            given = f"{self.width} x {self.height} px in a square of {self.side} px"
            raise SamError(f"A frame needs sides of at least 1 px, not {given}.")
        if min(self.left, self.top) < 0:
            given = f"{self.left}, {self.top}"
            raise SamError(f"A frame begins on the image, at 0 or beyond, not at {given}.")

    def at(self, left: int, top: int) -> Frame:
        """Return the frame of a window of the same size whose corner lies there."""
        return replace(self, left=left, top=top)

    @property
    def window(self) -> Box:
        """What of the image the model saw: x0, y0, x1, y1, half open, in image pixels."""
        return self.placed((0, 0, self.width, self.height))

    def placed(self, box: Box) -> Box:
        """Turn a box of the window's pixels into one of the image's; an empty one stays zeros.

        Parameters
        ----------
        box : tuple of int
            x0, y0, x1, y1, half open, counted from the window's corner.
        """
        x0, y0, x1, y1 = box
        if x0 == x1:
            return box
        return x0 + self.left, y0 + self.top, x1 + self.left, y1 + self.top

    @property
    def resized(self) -> tuple[int, int]:
        """(width, height) of the picture inside the square, in the model's pixels."""
        if self.stretched:
            return self.side, self.side
        scale = self.side / max(self.width, self.height)
        # halves go up, as in SAM; a very flat image still keeps one row
        return (
            max(1, int(self.width * scale + 0.5)),
            max(1, int(self.height * scale + 0.5)),
        )

    @property
    def scale(self) -> tuple[float, float]:
        """Model pixels per image pixel, (x, y): they differ by what rounding did, or stretching."""
        width, height = self.resized
        return width / self.width, height / self.height

    def on_the_way(self, samples: int) -> tuple[int, tuple[int, int]]:
        """Return by which square the decoder's grid comes to the image, and how much is picture.

        Of a padded picture that is the model's input, whose padding is cut off. Where there is none
        the grid itself is all picture, and goes to the image at once.

        Parameters
        ----------
        samples : int
            Of the decoder's grid, along each side.

        Returns
        -------
        int, tuple of int
            The square's side, and the picture's (width, height) in it.
        """
        return (samples, (samples, samples)) if self.stretched else (self.side, self.resized)

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
        inside = np.asarray(xy, np.float64) - (self.left, self.top)
        model = inside * self.scale - 0.5
        return np.asarray(model, np.float32)

    def to_image(self, xy: ArrayLike) -> NDArray[np.float32]:
        """Undo ``to_model``: (..., 2) float32, x y in image pixels, pixel centres at .5."""
        inside = (np.asarray(xy, np.float64) + 0.5) / self.scale
        image = np.add(inside, (self.left, self.top))
        return np.asarray(image, np.float32)
