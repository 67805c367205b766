"""What a file of a huge picture answers: its levels, and windows of them. Reads none itself."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from sam_widget.lifetime import renews

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from numpy.typing import NDArray

CACHE_BYTES = 48 * 2**20  # of decoded tiles that are kept: those round the windows of late


@dataclass(frozen=True)
class Level:
    """One size in which a file holds its picture.

    Attributes
    ----------
    width, height : int
        In pixels of this level.
    wide, tall : int
        Of a tile, in its pixels: so much is decoded at once.
    """

    width: int
    height: int
    wide: int
    tall: int


class Levels(Protocol):
    """A file that is open. Any thread may ask.

    Attributes
    ----------
    levels : tuple of Level
        From the largest, which is the picture's own size, to the smallest.
    inverted : bool
        Whether the smallest value is white.
    assumed : tuple of str
        A sentence for each thing that the file left open.
    stamp : str
        What tells this file's content from another's, as far as it is known without reading all.
    """

    levels: tuple[Level, ...]
    inverted: bool
    assumed: tuple[str, ...]
    stamp: str

    def read(self, level: int, box: tuple[int, int, int, int]) -> NDArray[Any]:
        """Return a window, x0, y0, x1, y1, half open, in the level's pixels and inside it.

        Returns
        -------
        ndarray
            (h, w) grey or (h, w, 3) RGB, in the file's own numbers.

        Raises
        ------
        ImageError
            A part of the file is broken or gone.
        """
        ...


class Tiles:
    """Decoded tiles of late, bounded in bytes. Any thread may ask."""

    def __init__(self, limit_bytes: int = CACHE_BYTES) -> None:
        self._limit = limit_bytes
        self._kept: OrderedDict[Hashable, NDArray[Any]] = OrderedDict()
        self._nbytes = 0
        self.renew()
        renews(self)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], NDArray[Any]]) -> NDArray[Any]:
        """Return a tile, made if need be; two that ask at once may both make it."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        made = make()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made
                self._nbytes += made.nbytes
            while self._nbytes > self._limit:
                self._nbytes -= self._kept.popitem(last=False)[1].nbytes
        return made
