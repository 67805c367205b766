"""Strip: the filmstrip as pages ask for it, a part at a time, with small pictures made lazily."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from sam_widget.document.blobs import name_of
from sam_widget.document.plain import carried
from sam_widget.folders.photos import Photo
from sam_widget.folders.thumbnails import BROKEN, Thumbnails
from sam_widget.lifetime import renews
from sam_widget.segment.answers.worker import Lane, WorkerError, weakly

from .slides import Slide, Slides

if TYPE_CHECKING:
    from sam_widget.folders.entries import Entry
    from sam_widget.segment.answers.worker import Executor

    from .album import Album
    from .link import Link
    from .slides import AskSlides, Only

AT_ONCE = 64  # photos in one answer
CLIENTS = 16  # pages whose wishes are known


class Strip:
    """An album's photos as a strip. Any thread may call.

    Parameters
    ----------
    album : Album
    link : Link
    scribe : Executor
        Where small pictures are made, one by one.
    """

    def __init__(self, album: Album, link: Link, scribe: Executor) -> None:
        self._album, self._link, self._scribe = album, link, scribe
        self.thumbnails = Thumbnails()
        self._busy: dict[str, str] = {}
        self._broken: set[str] = set()
        self._wanted: OrderedDict[str, list[Photo]] = OrderedDict()  # by page
        self._step = weakly(self, Strip._make)
        self.renew()
        renews(self)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._lock = threading.Lock()

    def mark(self, name: str, *, busy: str = "", broken: bool = False) -> None:
        """Note that somebody else is at work on a photo, that it is broken, or neither."""
        self._busy.pop(name, None)
        self._broken.discard(name)
        if busy:
            self._busy[name] = busy
        if broken:
            self._broken.add(name)

    def ask(self, asked: AskSlides) -> None:
        """Tell a page what it shows, with the small pictures that are there; make the others."""
        album = self._album
        left = album.left()
        first = min(max(0, asked.first), len(left))
        places = left[first : first + min(max(0, asked.count), AT_ONCE)]
        known = album.roll.known
        photos = [known[place] for place in places]
        lacks = set(asked.lacks)
        told, data, missing = list[Slide](), list[bytes](), list[Photo]()
        for index, photo in enumerate(photos, first):
            thumb = self.thumbnails.get(photo.name) if index in lacks else BROKEN
            if thumb is None:
                missing.append(photo)
            elif thumb:
                data.append(thumb)
            told.append(self._slide(photo, index, thumb or b""))
        with self._lock:
            idle = not any(self._wanted.values())
            self._wanted[asked.client] = missing
            self._wanted.move_to_end(asked.client)
            if len(self._wanted) > CLIENTS:
                self._wanted.popitem(last=False)
        self._say(asked.client, album.only, told, data)
        if idle and missing:
            self._later()

    def _make(self) -> None:
        """Make the next small picture that a page still wants."""
        with self._lock:
            client = next((each for each, wanted in self._wanted.items() if wanted), None)
            if client is None:
                return
            photo = self._wanted[client].pop(0)
        data = self.thumbnails.get(photo.name)
        data = self.thumbnails.make(photo) if data is None else data
        if data == BROKEN:
            self._broken.add(photo.name)
        album = self._album
        place, left = album.roll.place(photo.name), album.left()
        if place is not None and place in left:
            slide = self._slide(photo, left.index(place), data)
            self._say(client, album.only, [slide], [data] if data else [])
        self._later()

    def _slide(self, photo: Photo, index: int, thumb: bytes) -> Slide:
        entry = self._album.entry(photo)
        return Slide(
            carried(photo.name),
            index,
            entry.objects,
            entry.done,
            entry.verdict,
            entry.note,
            carried(self._busy.get(photo.name, "")),
            photo.name in self._broken,
            name_of(thumb) if thumb else "",
        )

    def _say(self, client: str, only: Only, told: list[Slide], data: list[bytes]) -> None:
        names = tuple(map(name_of, data))
        self._link.say(Slides(client, only, tuple(told), names), *data)

    def _later(self) -> None:
        try:
            self._scribe.submit(self._step, Lane.LONG)
        except WorkerError:
            return


def leaves(only: Only, entry: Entry) -> bool:
    """Whether a filter leaves a photo in the strip."""
    return {
        "": True,
        "open": not entry.done,
        "done": entry.done,
    }.get(only, entry.verdict == only)
