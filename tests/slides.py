"""Huge pictures for tests, made in a second: few kinds of tile are compressed, and written often.

Every tile of 512 px has one disc in its middle; a giant disc lies over a part of the picture.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np
import tifffile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

TILE = 512
RADIUS = 90  # of the small discs, px
GROUND, DISC, GIANT = (206, 186, 190), (112, 60, 132), (40, 90, 70)


def giant(side: int) -> tuple[float, float, float]:
    """x, y and radius of the giant disc."""
    return 0.62 * side, 0.4 * side, 0.13 * side


def disc_at(x: float, y: float) -> tuple[float, float]:
    """The middle of the small disc of the tile that a place is in."""
    return (x // TILE + 0.5) * TILE, (y // TILE + 0.5) * TILE


def tile(side: int, column: int, row: int) -> NDArray[np.uint8]:
    y, x = np.mgrid[:TILE, :TILE] + 0.5
    pixels = np.empty((TILE, TILE, 3), np.uint8)
    pixels[:] = GROUND
    pixels += ((x + y) // 128).astype(np.uint8)[..., None]  # a little light and shade
    pixels[np.hypot(x - TILE / 2, y - TILE / 2) < RADIUS] = DISC
    if _state(side, column, row) != "out":
        gx, gy, radius = giant(side)
        pixels[np.hypot(x + column * TILE - gx, y + row * TILE - gy) < radius] = GIANT
    return pixels


def _state(side: int, column: int, row: int) -> str:
    """Whether a tile lies in the giant disc, out of it, or on its border."""
    gx, gy, radius = giant(side)
    corners = [((column + i) * TILE - gx, (row + j) * TILE - gy) for i in (0, 1) for j in (0, 1)]
    far = [np.hypot(*corner) for corner in corners]
    if max(far) < radius:
        return "in"
    return "out" if min(far) > radius + TILE else f"{column} {row}"


def write(path: Path, side: int) -> Path:
    """Write a tiled TIFF of so many pixels a side, which holds no small version of itself."""
    count = -(-side // TILE)
    known: dict[str, bytes] = {}

    def tiles() -> Iterator[bytes]:
        for row in range(count):
            for column in range(count):
                state = _state(side, column, row)
                if state not in known:
                    known[state] = zlib.compress(tile(side, column, row).tobytes(), 1)
                yield known[state]

    tifffile.imwrite(
        path,
        tiles(),
        shape=(side, side, 3),
        dtype=np.uint8,
        tile=(TILE, TILE),
        photometric="rgb",
        compression="zlib",
    )
    return path
