"""Tiler: cuts a huge picture's tiles for pages, on a thread of its own. Knows no document."""

from __future__ import annotations

import io
import logging
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

import PIL.Image

from sam_widget.document.blobs import name_of
from sam_widget.images import ImageError
from sam_widget.lifetime import Ended, busy, renews

from .tiling import TILE, Tile

if TYPE_CHECKING:
    from collections.abc import Callable

    from sam_widget.images.huge import HugePicture

    from .tiling import AskTiles

    Place = tuple[int, int, int]  # level, column, row

MOST = 256  # tiles that one page waits for
KEPT_BYTES = 24 * 2**20  # of tiles of late, as they are sent: some three hundred
QUALITY = 88

log = logging.getLogger(__name__)


class Tiler:
    """The tiles of one picture. What a page asks for takes the place of what it asked before.

    The thread starts with the first wish and ends when none is left.

    Parameters
    ----------
    picture : HugePicture
    image : str
        Its id in the document.
    say : callable
        Takes a Tile, and the bytes of its blob.
    refuse : callable
        Takes a sentence for all pages; the same is said once.
    """

    def __init__(
        self,
        picture: HugePicture,
        image: str,
        say: Callable[..., None],
        refuse: Callable[[str], None],
    ) -> None:
        self._picture, self._image = picture, image
        self._say, self._refuse = say, refuse
        self._wanted: dict[str, list[Place]] = {}  # by page, the most wanted last
        self._kept: OrderedDict[Place, bytes] = OrderedDict()
        self._nbytes = 0
        self._refused = ""
        self.renew()
        renews(self)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def ask(self, asked: AskTiles) -> None:
        """Take a page's wishes; those that cannot be are left out."""
        if asked.image != self._image:
            return
        pairs = zip(asked.at[::2], asked.at[1::2], strict=False)
        places = [(asked.level, column, row) for column, row in pairs]
        wanted = [each for each in places[:MOST] if self._is(each)]
        with self._lock:
            self._wanted[asked.client] = wanted[::-1]
            if wanted and self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name="sam_widget tiles", daemon=True
                )
                self._thread.start()

    def close(self) -> None:
        """Cut no more."""
        with self._lock:
            self._wanted.clear()
            self._image = ""

    def _is(self, place: Place) -> bool:
        level, column, row = place
        if not 0 <= level < self._picture.depth:
            return False
        across, down = (-(-side // (TILE << level)) for side in self._picture.size)
        return 0 <= column < across and 0 <= row < down

    def _run(self) -> None:
        while True:
            with self._lock:
                waiting = next((page for page, some in self._wanted.items() if some), None)
                if waiting is None:
                    self._thread = None
                    return
                place = self._wanted[waiting].pop()
                self._wanted[waiting] = self._wanted.pop(waiting)  # pages take turns
                image = self._image
            try:
                with busy():
                    data = self._cut(place)
                self._say(Tile(waiting, image, *place, tuple(map(name_of, data))), *data)
            except Ended:
                return
            except Exception:
                log.exception("a tile could not be cut")

    def _cut(self, place: Place) -> tuple[bytes, ...]:
        kept = self._kept.get(place)
        if kept is not None:
            self._kept.move_to_end(place)
            return (kept,)
        level, column, row = place
        side = TILE << level
        x, y = column * side, row * side
        width, height = self._picture.size
        box = x, y, min(x + side, width), min(y + side, height)
        try:
            pixels = self._picture.window(box, 1 << level)
        except ImageError as error:
            if str(error) != self._refused:
                self._refused = str(error)
                self._refuse(self._refused)
            return ()
        out = io.BytesIO()
        PIL.Image.fromarray(pixels).save(out, "JPEG", quality=QUALITY, subsampling=0)
        data = self._kept[place] = out.getvalue()
        self._nbytes += len(data)
        while self._nbytes > KEPT_BYTES:
            self._nbytes -= len(self._kept.popitem(last=False)[1])
        return (data,)
