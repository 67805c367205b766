"""One mask as a person sees it: smooth, and without specks. Knows no model, and no screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sam_widget.components import drop_islands, fill_holes

from .enlarge import Enlarged, smooth

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sam_widget.geometry import Frame
    from sam_widget.masks import Mask

SPECK = 4
"""Samples of the decoder's grid: islands and holes of fewer are its noise, not things."""


def drawn(logits: NDArray[np.float32], frame: Frame) -> Mask:
    """Return one candidate's mask at the image's size.

    The largest island stays, however small: it is what was clicked.

    Parameters
    ----------
    logits : ndarray
        (h, w) float32 on the model's grid; 0 is the mask's border.
    frame : Frame
        Between image pixels and the model's.
    """
    height, width = logits.shape
    across, down = frame.scale
    speck = SPECK * (frame.side / width / across) * (frame.side / height / down)
    mask = Enlarged.of(logits, frame, way=smooth).mask()
    return drop_islands(fill_holes(mask, speck), speck)
