"""Photos small, for a strip of them: as many as fit in so many bytes. Keeps no photo."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from contextlib import suppress
from typing import TYPE_CHECKING

import PIL.Image
import PIL.ImageOps

from sam_widget.images import ImageError
from sam_widget.images.huge import open_picture
from sam_widget.lifetime import renews

if TYPE_CHECKING:
    from .photos import Photo

SIDE = (192, 144)  # the most, in px: 96 x 72 CSS pixels on a fine screen
LIMIT_BYTES = 8 * 2**20  # two thousand of them
BROKEN = b""  # of a photo that cannot be read


class Thumbnails:
    """Small pictures by their photos' names; those asked for least lately go first.

    Any thread may call.

    Parameters
    ----------
    limit_bytes : int
        The most that all of them may hold.
    """

    def __init__(self, limit_bytes: int = LIMIT_BYTES) -> None:
        self.limit_bytes = limit_bytes
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self.renew()
        renews(self)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._lock = threading.Lock()

    @property
    def nbytes(self) -> int:
        """Bytes of all that are kept."""
        with self._lock:
            return sum(map(len, self._kept.values()))

    def get(self, name: str) -> bytes | None:
        """Return a photo's small WebP, BROKEN where it cannot be read; None where none is made."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def make(self, photo: Photo) -> bytes:
        """Make a photo's, and keep it for as long as there is room."""
        data = small(photo)
        with self._lock:
            self._kept[photo.name] = data
            self._kept.move_to_end(photo.name)
            total = sum(map(len, self._kept.values()))
            while total > self.limit_bytes and len(self._kept) > 1:
                total -= len(self._kept.popitem(last=False)[1])
        return data


def small(photo: Photo) -> bytes:
    """Return a photo as a small WebP; BROKEN where it cannot be read."""
    image = _quickly(photo)
    if image is None:
        try:
            pixels = open_picture(photo.source).shown
        except ImageError:
            return BROKEN
        step = max(1, min(pixels.shape[0] // SIDE[1], pixels.shape[1] // SIDE[0]) // 2)
        image = PIL.Image.fromarray(pixels[::step, ::step])
    image.thumbnail(SIDE)
    out = io.BytesIO()
    image.save(out, "WEBP", quality=60, method=2)
    return out.getvalue()


def _quickly(photo: Photo) -> PIL.Image.Image | None:
    """Return a JPEG read at an eighth, a quarter or half its size; None of all else."""
    if photo.path is None:
        return None
    with suppress(Exception), PIL.Image.open(photo.path) as image:
        if image.format != "JPEG" or image.mode not in ("RGB", "L"):
            return None
        image.draft("RGB", SIDE)
        image.load()
        turned = PIL.ImageOps.exif_transpose(image)
        return turned.convert("RGB")
    return None
