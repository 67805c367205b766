"""What a page and the kernel say of a huge picture's tiles. Cuts none, sends none."""

from dataclasses import dataclass
from typing import ClassVar

TILE = 512  # px of a tile's sides, as it is sent


@dataclass(frozen=True)
class AskTiles:
    """A page looks at a part of a picture of which there are tiles, and lacks these.

    ``at`` is column, row, column, row, ... of tiles of one ``level``, the most wanted first; level
    0 has the picture's own pixels, each further one half as many along each side. They take the
    place of what the page asked for before. ``seen`` is what of the picture is seen: x0, y0, x1, y1
    in its pixels, where the model may look ahead; empty while it goes on moving.
    """

    tag: ClassVar[str] = "ask_tiles"
    client: str
    image: str
    level: int
    at: tuple[int, ...]
    seen: tuple[float, ...]


@dataclass(frozen=True)
class Tile:
    """One tile for the page ``to``, a JPEG; no blob where the file cannot be read there.

    A tile is 512 px wide and high, less at the picture's right and lower sides.
    """

    tag: ClassVar[str] = "tile"
    to: str
    image: str
    level: int
    column: int
    row: int
    blobs: tuple[str, ...]
