"""A photo with its masks as one small picture, painted as the page paints it. Knows no document."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import PIL.Image

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from sam_widget.regions import Region

    Painted = tuple[Region, tuple[int, int, int]]  # with its color

STILL_BYTES = 22_000  # of a still; a saved notebook may hold it twice, beside the page's code
# The largest side in px and the quality of a still; the first that is small enough is taken.
STILLS = ((1024, 50), (1024, 30), (768, 30), (512, 30), (384, 20), (256, 10))
LIGHT = np.array((0.3, 0.59, 0.11), np.float32)  # of red, green, blue: as CSS's blend modes weigh


def still_of(pixels: NDArray[np.uint8], regions: Iterable[Painted], opacity: float) -> bytes:
    """Return a WebP of a photo with masks, small, for a page without a kernel.

    Parameters
    ----------
    pixels : ndarray
        (H, W, 3) uint8 RGB; of a huge picture all of it made small.
    regions : iterable of (Region, tuple)
        From the lowest up, with their colors, RGB in 0..255.
    opacity : float
        Of the masks' fill, 0..1.
    """
    photo = _painted(pixels, regions, opacity)
    data = b""
    for side, quality in STILLS:
        small = photo.copy()
        small.thumbnail((side, side))
        out = io.BytesIO()
        small.save(out, "WEBP", quality=quality, method=2)
        data = out.getvalue()
        if len(data) <= STILL_BYTES:
            break
    return data


def _painted(
    pixels: NDArray[np.uint8], regions: Iterable[Painted], opacity: float
) -> PIL.Image.Image:
    """Paint the masks on a photo of about a still's size."""
    shrink = max(1, max(pixels.shape[:2]) // STILLS[0][0])
    small = np.array(PIL.Image.fromarray(pixels).reduce(shrink), np.float32)
    for region, color in regions:
        finer = round(region.size[0] / pixels.shape[1])  # of a huge picture the pixels are fewer
        mask = region.mask.sampled(shrink * finer)[: small.shape[0], : small.shape[1]]
        part = small[: mask.shape[0], : mask.shape[1]]
        part[mask] = filled(part[mask], color, opacity)
    return PIL.Image.fromarray(small.round().astype(np.uint8))


def filled(
    pixels: NDArray[np.float32], color: tuple[int, int, int], opacity: float
) -> NDArray[np.float32]:
    """Lay a fill on pixels: most of it changes the hue and leaves the light, a thin veil covers.

    So fur stays readable on a black cat as on a white one; ``js/src/blend.ts`` does the same.

    Parameters
    ----------
    pixels : ndarray
        (N, 3) float32 RGB, 0..255.
    color : tuple of int
        RGB, 0..255.
    opacity : float
        0..1; 1 covers all.
    """
    hue, veil = min(1.0, 1.6 * opacity), opacity**2.5
    pure = np.array(color, np.float32)
    light = pixels @ LIGHT
    tinted = pure + (light - pure @ LIGHT)[:, None]
    # what leaves the range comes back towards its light, as CSS's ClipColor says
    low, high = tinted.min(1), tinted.max(1)
    under = light / np.maximum(light - low, 1e-6)
    over = (255 - light) / np.maximum(high - light, 1e-6)
    reach = np.minimum(np.where(low < 0, under, 1), np.where(high > 255, over, 1))
    tinted = light[:, None] + (tinted - light[:, None]) * reach[:, None]
    mixed = pixels + (tinted - pixels) * hue
    laid: NDArray[np.float32] = mixed + (pure - mixed) * veil
    return laid.clip(0, 255)
