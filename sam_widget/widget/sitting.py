"""Sitting: one photo of an album at work: opened, written as it is done, put away. Shows none."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sam_widget.document.journal import CHANGES
from sam_widget.document.records import Image, Object
from sam_widget.document.session import Session
from sam_widget.errors import SamError
from sam_widget.folders import at_work
from sam_widget.folders.entries import Entry
from sam_widget.folders.written import Written
from sam_widget.formats.annotated import Annotated
from sam_widget.lifetime import renews

from . import acts
from .finished import Finished
from .keeping import BesidePhoto, InFolder, InMemory

if TYPE_CHECKING:
    from collections.abc import Callable

    from sam_widget.document.patch import Patch
    from sam_widget.folders.entries import Verdict
    from sam_widget.folders.photos import Photo
    from sam_widget.folders.places import Place
    from sam_widget.images.huge import AnyPicture

    from .desk import Desk
    from .keeping import Keeping
    from .voice import Voice


@dataclass(frozen=True)
class Before:
    """What there is of a photo: the place of its work, or what memory has of it.

    Attributes
    ----------
    place : Place or None
        None: there is no file of it.
    session : Session or None
        Of a photo without a place, if it was at work before.
    entry : Entry
    """

    place: Place | None
    session: Session | None
    entry: Entry


class Sitting:
    """One photo, from its opening until all that was done on it is written.

    Any thread may call.

    Parameters
    ----------
    photo : Photo
    picture : Picture or HugePicture
    before : Before
        What there is of it.
    voice : Voice
        To pages.
    make : callable
        Returns the desk of a session, what keeps it, and a voice.
    noted : callable
        Called when the entry has changed, and when the photo is put away.
    later : callable
        Has something done soon, on another thread.

    Raises
    ------
    JournalError
        The folder is somebody's at this moment (InUseError), is damaged, cannot be written to, or
        is of a photo with other pixels.
    """

    def __init__(
        self,
        photo: Photo,
        picture: AnyPicture,
        before: Before,
        voice: Voice,
        *,
        make: Callable[[Session, Keeping, Voice], Desk],
        noted: Callable[[Sitting], None],
        later: Callable[[Callable[[], None]], None],
    ) -> None:
        self.photo, self.voice = photo, voice
        self.session = before.session or Session()
        self.closed = False
        self._picture, self._place = picture, before.place
        self._entry = before.entry
        self._noted, self._later = noted, later
        self._leaving = self._begun = False
        self.renew()
        renews(self)
        keeping = self._open(before.place)
        self.desk = make(self.session, keeping, voice)
        read = self._import()
        self._accepted = self.desk.outcome.accepted
        begun = bool(self.session.document.of_type(Object) or self.entry.file)
        self._dirty = begun and not read  # a killed process may have come to no writing
        self._end = self.session.subscribe(_unheard, self._changed)

    def renew(self) -> None:
        """Be as new in a forked child, which writes nothing: the photo is the parent's."""
        self._turn = threading.RLock()
        self._written: Written | None = None

    @property
    def entry(self) -> Entry:
        """What the album notes of the photo."""
        return self._entry if self._written is None else self._written.entry

    @property
    def settled(self) -> bool:
        """Whether every accepted object has its mask."""
        document = self.session.document
        locked = (each for each in document.of_type(Object) if each.locked)
        return all(Finished.of(document, each) for each in locked if document.marks_of(each.id))

    def begin(self) -> None:
        """Have prompts answered from now on, and annotations written that are behind."""
        if not self._begun:
            self._begun = True
            self.desk.begin()
        if self._dirty:
            self._later(self.write)

    def judge(self, verdict: Verdict | None, note: str | None) -> None:
        """Note a verdict, a note, or both; SamError where they cannot be written."""
        with self._turn:
            entry = self.entry
            entry = replace(entry, verdict=entry.verdict if verdict is None else verdict)
            entry = replace(entry, note=entry.note if note is None else note)
            if self._written is None:
                self._entry = entry
            else:
                self._written.judge(entry)
                self._dirty = True  # a photo that is judged has a file, were it without objects
                self._later(self.write)
        self._noted(self)

    def write(self) -> None:
        """Write the accepted objects, if they are others than were written."""
        with self._turn:
            if not self._dirty:
                return
            self._dirty = False
            try:
                said = self._write()
            except (SamError, LookupError) as error:  # a full disk; the next change tries again
                self._dirty = True
                said = str(error)
        if said:
            self.voice.refuse(said)
        self._noted(self)

    def leave(self) -> None:
        """Put the photo away: another one is shown. What waits for its mask is waited for.

        So is a journal that cannot be written: who comes back finds all that was done.
        """
        self.voice.fall()
        self.desk.everything.close()
        image = self.session.document.image()
        if image is not None:
            self.desk.teacher.drop(image.id)
        with self._turn:
            self._leaving = True
            if self._may_close():
                self.close()
            else:
                self.begin()

    def again(self) -> bool:
        """Come back to a photo that is being put away; False where it is away."""
        with self._turn:
            self._leaving = False
            return not self.closed

    def close(self) -> None:
        """Write what is to be written and leave the photo to others."""
        with self._turn:
            if self.closed:
                return
            self.closed = True
            self._end()
            self.write()
            self.desk.leave()
            if self._place is not None and self.settled and not self._dirty:
                at_work.end(self._place.journal)
            elif self._place is None:
                self._let_go()
        self._noted(self)

    def _open(self, place: Place | None) -> Keeping:
        session, picture = self.session, self._picture
        if place is None:
            known = session.document.image() is not None
            return InMemory.again(session, picture) if known else InMemory(session, picture)
        entry = Entry.load(place.journal)
        if not (place.journal / CHANGES).exists():  # its journal has gone: the file alone has it
            entry = replace(entry, file="", seals=(), means="")
        kind = InFolder if self.photo.path is None else BesidePhoto
        keeping = kind(place.journal, session, picture, self.voice.refuse)
        self._written = Written(place, entry)
        try:
            at_work.begin(place.journal)
        except BaseException:
            keeping.close()
            raise
        return keeping

    def _import(self) -> bool:
        """Take in what others have annotated, where nobody has worked on the photo here.

        Where that cannot be, their file stays as it is.
        """
        written = self._written
        if written is None or self.session.document.of_type(Object):
            return False
        found = written.read(self._picture.size)
        if found is None:
            return False
        regions = [each for each in found.regions if each.area]
        try:
            with self.session.blobs.lent(*(each.mask.to_bytes() for each in regions)):
                self.session.act(lambda document: acts.add_regions(document, regions))
            written.took(self._annotated())
        except SamError as error:
            self.voice.refuse(f"What others have annotated was not taken: {error}")
            return False
        return True

    def _annotated(self) -> Annotated:
        regions = tuple(each for each in self.desk.outcome.objects if each.locked)
        return Annotated(self.photo.name, self._picture.size, regions)

    def _write(self) -> str | None:
        annotated, entry = self._annotated(), self.entry
        if self._written is None:
            self._entry = replace(entry, objects=len(annotated.regions))
            return None
        if not (annotated.regions or entry.file or entry.verdict):
            return None
        return self._written.write(annotated)

    def _changed(self) -> None:
        accepted = self.desk.outcome.accepted
        if accepted != self._accepted:
            self._accepted = accepted
            self._dirty = True
            self._later(self.write)
        if self._leaving and self.settled:
            with self._turn:
                if self._leaving and self._may_close():
                    self.close()

    def _may_close(self) -> bool:
        return self.settled and self.desk.keeping.kept()

    def _let_go(self) -> None:
        """Keep of a session in memory all but the photo's copy for pages, which is made again."""
        image = self.session.document.image()
        names = self.session.blobs.names() - set(image.blobs() if isinstance(image, Image) else ())
        self.session.blobs.keep(names)


def _unheard(patch: Patch) -> None:
    """Note nothing: the document itself tells what is new."""
