"""Album: many photos, one at a time before the pages; each written as it is done. Knows no widget.

The photo that is shown is at its `Sitting`; one that was left while a mask was on its way has its
own until that has come. What a killed process left behind is put in order by the next.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from sam_widget.document.journal import InUseError, JournalError
from sam_widget.errors import SamError, shown
from sam_widget.folders import at_work
from sam_widget.folders.entries import Entry, Progress
from sam_widget.folders.places import place_of
from sam_widget.images import ImageError
from sam_widget.images.huge import open_picture
from sam_widget.lifetime import finishes, renews
from sam_widget.segment.ahead import Ahead
from sam_widget.segment.answers.worker import Lane, WorkerError, weakly

from . import slides, walks
from .sitting import Before, Sitting
from .strip import Strip, leaves
from .voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sam_widget.document.session import Session
    from sam_widget.folders.entries import Verdict
    from sam_widget.folders.photos import Photo, Roll
    from sam_widget.folders.places import Place
    from sam_widget.segment.answers.worker import Executor
    from sam_widget.segment.model import Model

    from .desk import Desk
    from .keeping import Keeping
    from .link import Link
    from .slides import Only, ToAlbum

COUNTED = 100  # entries that are read in one step of counting
CLOSED = "This widget is closed: make another."
LATE = "That was meant for the photo before."
LAST = "That was the last photo."
FIRST = "That was the first photo."


class Album:
    """The photos of one widget. Any thread may call.

    Parameters
    ----------
    roll : Roll
    output : Path or None
        Where annotations and journals go; None: beside each photo.
    reviewing : bool
        Whether the photos are reviewed at first.
    link : Link
        To the pages.
    make : callable
        Returns the desk of a session, what keeps it, and a voice.
    show : callable
        Has the widget show a Sitting.
    load : callable
        Returns the Model, where it works.
    scribe, executor : Executor
        Where files are read and written, and where the model works.
    """

    def __init__(
        self,
        roll: Roll,
        output: Path | None,
        *,
        reviewing: bool,
        link: Link,
        make: Callable[[Session, Keeping, Voice], Desk],
        show: Callable[[Sitting], None],
        load: Callable[[], Model[Any]],
        scribe: Executor,
        executor: Executor,
    ) -> None:
        self.roll = roll
        self.now: Sitting | None = None
        self.only: Only = ""
        self.reviewing = reviewing
        self.place = -1  # of the photo that is shown
        self.output, self._link, self._make, self._seat = output, link, make, show
        self._scribe = scribe
        self._entries: dict[str, Entry] = {}
        self.sessions: dict[str, Session] = {}  # of photos without a place
        self._leaving: dict[str, Sitting] = {}
        self._ahead = Ahead(load, scribe, executor)
        self.strip = Strip(self, link, scribe)
        self._closed = False
        self._count, self._mend = weakly(self, Album._counted), weakly(self, Album._mended)
        self.renew()
        renews(self)
        finishes(self)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._turn = threading.RLock()

    def begin(self) -> None:
        """Show the photo that this person was at last, or the first that is to be done.

        Raises
        ------
        SamError
            None of the photos can be opened.
        """
        why: SamError | None = None
        for place in self._first():
            try:
                self.go(place)
            except (JournalError, ImageError) as error:
                why = why or error
                continue
            self._soon(self._count, Lane.LONG)
            return
        raise why or ImageError(self.roll.trouble or "There are no photos.")

    @property
    def progress(self) -> Progress:
        """How far the work has come, by the photos that were looked at."""
        entries = tuple(self._entries.values())
        return Progress.of(entries, len(self.roll), whole=self.roll.whole)

    def entry(self, photo: Photo) -> Entry:
        """Return what is noted of a photo; of one that others are at work on, as it was last."""
        if (known := self._entries.get(photo.name)) is None:
            place = place_of(photo, self.output)
            known = Entry() if place is None else Entry.load(place.journal)
            self._entries[photo.name] = known
        return known

    def go(self, place: int) -> None:
        """Show another photo; nothing has changed where that cannot be.

        Raises
        ------
        SamError
            There is none there; it cannot be read; somebody else is at work on it.
        """
        photo = self.roll.at(place)
        if photo is None:
            there = f"{len(self.roll)} photos, 0 to {len(self.roll) - 1}"
            raise SamError(f"There are {there}, and none at {place}.")
        if self.now is None or self.now.photo is not photo:
            self._link.between(lambda: self._go(place, photo))

    def leaf(self, by: int) -> bool:
        """Show the photo so many places further of those that the filter leaves.

        What cannot be opened is passed over, and said. False where there is none.
        """
        if self._closed:
            raise SamError(CLOSED)
        step, left, said = (1 if by > 0 else -1), abs(by), None
        for place in self._from(self.place, step):
            left -= 1
            if left > 0:
                continue
            try:
                self.go(place)
            except (JournalError, ImageError) as error:
                said = str(error)
                continue
            if said:
                self._link.refuse(said)
            return True
        self._link.refuse(said or self.roll.trouble or (LAST if step > 0 else FIRST))
        return False

    def judge(self, verdict: Verdict | None, note: str | None = None) -> None:
        """Note a verdict on the photo that is shown, a note, or both."""
        if self.now is not None:
            self.now.judge(verdict, note)

    def review(self, *, reviewing: bool, only: Only) -> None:
        """Say whether photos are reviewed, and which of them are shown."""
        self.reviewing, self.only = reviewing, only
        self.tell()
        self._look_ahead()

    def hear(self, message: ToAlbum) -> None:
        """Do what a page asks on a side road."""
        roads: dict[type[ToAlbum], Callable[[Any], object]] = {
            slides.AskSlides: self.strip.ask,
            slides.GoTo: lambda asked: self._go_to(asked.name),
            slides.Leaf: lambda asked: self.leaf(1 if asked.by > 0 else -1),
            slides.Review: lambda asked: self.review(reviewing=asked.reviewing, only=asked.only),
            slides.Judge: self._judged,
            slides.Remark: self._remarked,
        }
        try:
            roads[type(message)](message)
        except SamError as error:
            self._link.refuse(str(error))

    def tell(self) -> None:
        """Tell all pages how things stand."""
        now = self.now
        if now is None or self._closed:
            return
        name, entry, left = now.photo.name, now.entry, self.left()
        place = self.place if self.only == "" else _index(left, self.place)
        told = (name, place, len(left), self.only, self.reviewing, entry.verdict, entry.note)
        self._link.stand(slides.Album(*told, self.progress))

    def left(self) -> range | list[int]:
        """Return the places of the photos that the filter leaves, of those that are known."""
        if self.only == "":
            return range(len(self.roll))
        known = enumerate(self.roll.known)
        return [place for place, photo in known if leaves(self.only, self.entry(photo))]

    def look(self) -> None:
        """Look at every photo that is known."""
        for photo in self.roll.known:
            self.entry(photo)

    def wait(self, timeout: float | None) -> None:
        """Wait until all prompts are answered, those of photos before too, and write."""
        for each in self._sittings():
            each.desk.wait(timeout)
            each.write()

    def finish(self) -> None:
        """Write what waits: the interpreter ends, and who was to do it is out of work."""
        for each in self._sittings():
            each.write()

    def close(self) -> None:
        """Write all, and leave the photos to others."""
        with self._turn:
            self._closed = True
            self._ahead.drop()
            for each in self._sittings():
                each.close()
            self._leaving.clear()

    def _sittings(self) -> tuple[Sitting, ...]:
        now = () if self.now is None else (self.now,)
        return (*now, *self._leaving.values())

    def _first(self) -> Iterator[int]:
        home = self._home(self.roll.at(0))
        last = None if home is None else at_work.last_of(home)
        return walks.first(self.roll, last, lambda photo: self.entry(photo).done)

    def _home(self, photo: Photo | None) -> Path | None:
        place = None if photo is None else place_of(photo, self.output)
        return None if place is None else place.home

    def _from(self, place: int, step: int) -> Iterator[int]:
        """Yield the places from one on, those that the filter leaves."""
        only = self.only
        return walks.onward(
            self.roll, place, step, lambda photo: only == "" or leaves(only, self.entry(photo))
        )

    def _go_to(self, name: str) -> None:
        place = self.roll.place(name)
        if place is None:
            raise SamError(f"There is no photo {shown(name)} here.")
        self.go(place)

    def _go(self, place: int, photo: Photo) -> None:
        with self._turn:
            if self._closed:
                raise SamError(CLOSED)
            before, after = self.now, self._opened(photo)
            self._link.show(after.session)
            self.now, self.place = after, place
            after.voice.rise()
            after.begin()
            if before is not None:
                self._leaving[before.photo.name] = before
                before.leave()
            self._noted(after)
        if (home := self._home(self.roll.at(0))) is not None:
            at_work.turned_to(home, photo.name)
        self._seat(after)
        self.tell()
        self._look_ahead()

    def _opened(self, photo: Photo) -> Sitting:
        """Return a photo's sitting: the one that it still has, or a new one."""
        late = self._leaving.pop(photo.name, None)
        if late is not None and late.again():
            return late
        try:
            picture = self._ahead.take(photo.name) or open_picture(photo.source)
        except ImageError as error:
            self.strip.mark(photo.name, broken=True)
            if photo.path is not None:
                raise
            raise ImageError(f"Photo {photo.name}: {error}") from error
        place = place_of(photo, self.output)
        try:
            sitting = Sitting(
                photo,
                picture,
                Before(place, self.sessions.get(photo.name), self.entry(photo)),
                Voice(self._link, heard=False),
                make=self._make,
                noted=self._noted,
                later=lambda work: self._soon(work, Lane.CLICKS),
            )
        except InUseError as error:
            raise self._taken(photo, place) from error
        self.strip.mark(photo.name)
        if place is None:
            self.sessions[photo.name] = sitting.session
        return sitting

    def _taken(self, photo: Photo, place: Place | None) -> InUseError:
        who = "somebody" if place is None else at_work.who(place.journal)
        self.strip.mark(photo.name, busy=who)
        return InUseError(f"{photo.name} is open elsewhere ({who}): leave it there first.")

    def _noted(self, sitting: Sitting) -> None:
        name = sitting.photo.name
        self._entries[name] = sitting.entry
        if sitting.closed and self._leaving.get(name) is sitting:
            del self._leaving[name]
        self.tell()

    def _judged(self, asked: slides.Judge) -> None:
        self._meant(asked.name)
        self.judge(asked.verdict)
        if asked.verdict:
            self.leaf(1)

    def _remarked(self, asked: slides.Remark) -> None:
        self._meant(asked.name)
        self.judge(None, asked.note)

    def _meant(self, name: str) -> None:
        if self.now is None or self.now.photo.name != name:
            raise SamError(LATE)

    def _look_ahead(self) -> None:
        """Have the next photo read and encoded."""
        place = next(self._from(self.place, 1), None)
        photo = None if place is None else self.roll.at(place)
        if photo is None or photo.name in self._leaving:
            self._ahead.drop()
        else:
            self._ahead.expect(photo.name, photo.source)

    def _soon(self, work: Callable[[], None], lane: Lane) -> None:
        try:
            self._scribe.submit(work, lane)
        except WorkerError:  # the interpreter ends: `finish` does it
            return

    def _counted(self) -> None:
        """Look at some photos that were not looked at yet; come again while there are more."""
        photos = self.roll.known
        new = [each for each in photos if each.name not in self._entries][:COUNTED]
        for photo in new:
            self.entry(photo)
        self.tell()
        if new and not self._closed:
            self._soon(self._count, Lane.LONG)
        else:
            self._soon(self._mend, Lane.AHEAD)

    def _mended(self) -> None:
        """Put in order what a killed process left: what it was at may not be written yet."""
        for photo in self.roll.known:
            place = place_of(photo, self.output)
            if place is None or not at_work.left(place.journal):
                continue
            with self._turn:
                if self._closed or any(each.photo is photo for each in self._sittings()):
                    continue
                try:
                    sitting = self._opened(photo)
                except (
                    SamError
                ):  # somebody is at work on it now, or it is broken: who goes there is told
                    continue
                self._leaving[photo.name] = sitting
                sitting.leave()


def _index(left: range | list[int], place: int) -> int:
    return left.index(place) if place in left else -1
