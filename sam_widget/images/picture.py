"""A picture as the package sees it, how the page gets it, and its name. Reads nothing."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import xxhash
from PIL import Image

from sam_widget.errors import SamError

if TYPE_CHECKING:
    from numpy.typing import NDArray

DISPLAY_SIDE = 2048  # px; more than a cell shows at device pixel ratio 2
LOSSLESS_PIXELS = 512 * 512  # below this a PNG costs little, and its pixels can be zoomed into


class ImageError(SamError):
    """Something that cannot be taken as an image, and why, in one sentence."""


@dataclass(frozen=True, eq=False)
class Picture:
    """An image as the rest of the package sees it.

    Attributes
    ----------
    pixels : ndarray
        (H, W, 3) uint8, red green blue, rows from the top; C-contiguous, read-only, its own copy.
    assumed : tuple of str
        One sentence for each thing that the source left open or that was changed: rotation,
        range of values, order of axes, transparency, frames, hidden values, missing parts.
    """

    pixels: NDArray[np.uint8]
    assumed: tuple[str, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return self.pixels.shape[1], self.pixels.shape[0]

    def window(self, box: tuple[int, int, int, int], shrink: int = 1) -> NDArray[np.uint8]:
        """Return a part of it, as ``HugePicture.window`` does."""
        x0, y0, x1, y1 = box
        width, height = self.size
        if min(x0, y0) < 0 or x0 >= x1 or x1 > width or y0 >= y1 or y1 > height or shrink < 1:
            raise ImageError(f"The window {box} does not lie in {width} x {height} px.")
        part = self.pixels[y0:y1, x0:x1]
        return part if shrink == 1 else np.asarray(Image.fromarray(part).reduce(shrink))

    @property
    def shown(self) -> NDArray[np.uint8]:
        """(h, w, 3) uint8 RGB: what stands for it where it is shown whole: its pixels."""
        return self.pixels

    @property
    def depth(self) -> int:
        """How many levels of tiles there are beside what is shown: none."""
        return 0

    @property
    def content(self) -> str:
        """32 hex digits: what stands for its pixels; see ``content_hash``."""
        return content_hash(self.pixels)

    def file(self) -> tuple[str, bytes]:
        """Return what a folder keeps of it, a suffix and bytes: a lossless PNG."""
        out = io.BytesIO()
        Image.fromarray(self.pixels).save(out, "PNG", compress_level=1)
        return ".png", out.getvalue()


def encode_for_display(pixels: NDArray[np.uint8]) -> bytes:
    """Encode a picture for the page.

    Parameters
    ----------
    pixels : ndarray
        (H, W, 3) uint8 RGB.

    Returns
    -------
    bytes
        A PNG up to 512 x 512 pixels in all, else a JPEG; at most 2048 px on the longer side.
    """
    image = Image.fromarray(pixels)
    longest = max(image.size)
    if longest > DISPLAY_SIDE:
        width, height = (max(1, round(side * DISPLAY_SIDE / longest)) for side in image.size)
        image = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    out = io.BytesIO()
    if image.width * image.height <= LOSSLESS_PIXELS:
        image.save(out, "PNG", compress_level=1)  # a third larger, in half the time
    else:
        image.save(out, "JPEG", quality=92, subsampling=0)
    return out.getvalue()


def content_hash(pixels: NDArray[np.uint8]) -> str:
    """Return a name for the picture's content: 128 bits of XXH3 over shape and pixels.

    It tells apart what differs by chance, not by malice. 0.1 ms for 1800 x 1200, where SHA-256
    takes 3 ms with the processor's help and 20 without, and BLAKE2b 9.

    Parameters
    ----------
    pixels : ndarray
        Any shape and type; how it lies in memory does not count.

    Returns
    -------
    str
        32 hex digits, the same in every process.
    """
    digest = xxhash.xxh3_128(repr((pixels.shape, pixels.dtype.str)).encode())
    digest.update(np.ascontiguousarray(pixels).data)
    return digest.hexdigest()
