"""Ahead: the next photo read and encoded before anybody asks. Knows no album, no session."""

from __future__ import annotations

import logging
import os
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import PIL.Image

from sam_widget.errors import SamError
from sam_widget.images import ImageError, Picture
from sam_widget.images.huge import open_picture
from sam_widget.lifetime import Ended, renews

from .answers.worker import Lane, WorkerError
from .loaded import embedded

if TYPE_CHECKING:
    from collections.abc import Callable

    from sam_widget.images.huge import AnyPicture

    from .answers.worker import Executor
    from .model import Model

LIMIT_BYTES = 256 * 2**20  # of a photo's pixels; a larger one is read when it is its turn

log = logging.getLogger(__name__)


@dataclass(eq=False)
class _Wish:
    """One photo that may come next, until another may."""

    name: str
    source: Any
    picture: AnyPicture | None = None
    read: threading.Event = field(default_factory=threading.Event)


class Ahead:
    """One photo ahead, in so many bytes; who moves elsewhere cancels what is not begun.

    Its embedding goes where all embeddings go, which is bounded too. Any thread may call.

    Parameters
    ----------
    load : callable
        Returns the Model; called where the model works.
    reader : Executor
        Where photos are read.
    executor : Executor
        Where the model works, when no click waits.
    limit_bytes : int
        The most that the photo's pixels may hold.
    """

    def __init__(
        self,
        load: Callable[[], Model[Any]],
        reader: Executor,
        executor: Executor,
        limit_bytes: int = LIMIT_BYTES,
    ) -> None:
        self.limit_bytes = limit_bytes
        self._load, self._reader, self._executor = load, reader, executor
        self._wish: _Wish | None = None
        self.renew()
        renews(self)

    def renew(self) -> None:
        """Be as new in a forked child: what another thread reads is not waited for."""
        self._wish = None

    @property
    def nbytes(self) -> int:
        """Bytes of pixels that are held."""
        wish = self._wish
        return 0 if wish is None or wish.picture is None else wish.picture.shown.nbytes

    def expect(self, name: str, source: Any) -> None:
        """Read and encode a photo when nothing else is to be done, in place of the one before."""
        wish = self._wish
        if wish is not None and wish.name == name:
            return
        self._wish = wish = _Wish(name, source)
        self._later(self._reader, lambda: self._read(wish))

    def take(self, name: str) -> AnyPicture | None:
        """Return the photo's pixels if they were read, and let go of them here."""
        wish, self._wish = self._wish, None
        return wish.picture if wish is not None and wish.name == name else None

    def drop(self) -> None:
        """Expect nothing any more."""
        self._wish = None

    def _later(self, executor: Executor, work: Callable[[], None]) -> None:
        try:
            executor.submit(work, Lane.AHEAD)
        except WorkerError:  # whoever waits for an answer is told
            log.debug("nobody looks ahead")

    def _read(self, wish: _Wish) -> None:
        if wish is not self._wish or _weight(wish.source) > self.limit_bytes:
            return
        try:
            picture = open_picture(wish.source)
        except ImageError:
            return  # who goes there is told
        if picture.shown.nbytes > self.limit_bytes or wish is not self._wish:
            return
        wish.picture = picture
        if isinstance(picture, Picture):  # of others the model sees windows, as it is asked
            self._later(self._executor, lambda: self._encode(wish, picture))

    def _encode(self, wish: _Wish, picture: Picture) -> None:
        if wish is not self._wish:
            return
        try:
            model = self._load()
            embedded(model, picture.pixels)
        except Ended:
            raise
        except SamError as error:  # of the model's failures who asks it is told
            log.debug("not encoded ahead: %s", error)
        except Exception:
            log.info("a photo could not be encoded ahead", exc_info=True)


def _weight(source: Any) -> int:
    """Return about the bytes of a photo's pixels, where that can be told without reading them."""
    if not isinstance(source, str | os.PathLike):
        return 0
    try:
        with PIL.Image.open(source) as image:
            return image.width * image.height * 3
    except Exception:  # noqa: BLE001  whatever it is, who reads it says so
        return 0
