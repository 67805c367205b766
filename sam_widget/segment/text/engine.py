"""What a text engine is to those who use one: a protocol. Knows none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .proposals import Proposals


class TextEngine(Protocol):
    """Says where on an image a phrase is, whatever it knows that by."""

    @property
    def name(self) -> str:
        """What it is called, to whoever sees what it found."""
        ...

    @property
    def confidence(self) -> float:
        """The score from which on its proposals are shown where nobody says otherwise, 0..1."""
        ...

    def propose(self, image: NDArray[np.uint8], phrase: str) -> Proposals:
        """Say where a phrase is.

        Parameters
        ----------
        image : ndarray
            (H, W, 3) uint8, RGB.
        phrase : str
            One thing, "a red cup" say; never empty.

        Returns
        -------
        Boxes, Heat or Masks
            With raw scores, the low ones too.

        Raises
        ------
        SamError
            It cannot: a package or its weights are missing, or the phrase is none that it reads.
        """
        ...
