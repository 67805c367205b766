"""A JPEG that is cut off: what is there of it, and how much, as every browser shows it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

END = b"\xff\xd9"
NOISE = b"\x5a\xa5" * 4096  # decodes to anything but what is filled in for missing data


def is_cut(data: bytes, error: Exception) -> bool:
    """Whether Pillow's error means a JPEG whose last part is missing."""
    return data.startswith(b"\xff\xd8\xff") and "truncated" in str(error).lower()


def what_is_there(data: bytes) -> tuple[Image.Image, str]:
    """Decode a JPEG that is cut off.

    Parameters
    ----------
    data : bytes
        The file, up to where it ends.

    Returns
    -------
    image : Image
        Loaded; what is missing is grey.
    said : str
        How much that is, in a sentence.

    Raises
    ------
    OSError
        Not one row is there.
    """
    data = data.rstrip(b"\xff")  # half a marker, which would make one of what follows
    image = _loaded(data + END)
    if image.info.get("progressive"):
        return image, "The JPEG is cut off: its finer detail, which comes last, is missing."
    rows = _rows_there(np.asarray(image), np.asarray(_loaded(data + NOISE + END)))
    if not rows:
        raise OSError("it is cut off before its first row of pixels")
    missing = 1 - rows / image.height
    if not missing:
        return image, "The JPEG lacks its last bytes; no row of pixels is missing."
    share = f"{missing:.0%}" if missing >= 0.01 else "less than 1%"
    return image, f"The JPEG is cut off: the lowest {share} of its rows are missing."


def _loaded(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def _rows_there(filled: NDArray[np.uint8], noisy: NDArray[np.uint8]) -> int:
    """Rows that do not hang on what follows the cut."""
    same = (filled == noisy).reshape(len(filled), -1).all(axis=1)
    return int(len(same) if same.all() else np.argmin(same))
