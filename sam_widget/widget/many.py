"""Many: what Python does with a widget of many photos: next, go, review. None of its logic."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

from sam_widget.errors import SamError, shown
from sam_widget.folders.entries import note_of, verdict_of
from sam_widget.folders.photos import Roll, named, roll_of
from sam_widget.folders.places import output_of

from . import acts, cells
from .album import Album
from .slides import Only
from .watched import Watched

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sam_widget.document.session import Session
    from sam_widget.folders import Entry, Photo, Progress, Verdict
    from sam_widget.segment.answers.worker import Executor

    from .desk import Desk, NamedModel
    from .keeping import Keeping
    from .link import Link
    from .sitting import Sitting
    from .voice import Voice

FILTERS = get_args(Only)


@dataclass(frozen=True)
class Photos:
    """Photos to go through, as a user asks for it.

    Attributes
    ----------
    roll : Roll
    output : Path or None
        The folder for what is written; None: beside each photo.
    review : bool
        Whether to begin with a review.
    """

    roll: Roll
    output: Path | None
    review: bool

    @classmethod
    def of(cls, image: Any, output: Any, review: Any, journal: Any) -> Photos | None:
        """Return them; None where one photo is meant, and nothing that only many have.

        Raises
        ------
        SamError
            What is given cannot be, or not together.
        """
        folder, judged = output_of(output), acts.truth(review, "review")
        roll = None if image is None else roll_of(image)
        if roll is None and image is not None and (folder is not None or judged):
            roll = Roll(named([image]), whole=True)
        if roll is not None and journal is not None:
            raise SamError(
                "journal is one photo's; of many, each has its own: name output instead."
            )
        return None if roll is None else cls(roll, folder, judged)


class Many(Watched):
    """A widget that goes through photos, one after the other."""

    _executor: Callable[[str], Executor]
    _desk: Desk | None
    _album: Album | None = None  # of a widget of one photo, none

    def next(self) -> bool:
        """Show the next photo of those that the filter leaves; False where there is none.

        What was done on this one is kept, and its accepted objects are written.

        Raises
        ------
        SamError
            The widget has one photo, or is closed.
        """
        return self._photos().leaf(1)

    def previous(self) -> bool:
        """Show the photo before; False where there is none. As ``next``."""
        return self._photos().leaf(-1)

    def go(self, photo: int | str) -> None:
        """Show a photo by its name, as ``w.photos`` has it, or its place, the first being 0.

        Raises
        ------
        SamError
            There is no such photo, it cannot be read, or somebody else is at work on it.
        """
        album = self._photos()
        if isinstance(photo, str):
            place = album.roll.place(photo)
            if place is None:
                raise SamError(f"There is no photo {shown(photo)}: w.photos has their names.")
        else:
            place = _index(photo, album.roll)
        album.go(place)

    @property
    def photo(self) -> str | None:
        """The name of the photo that is shown, among many; None of a widget of one."""
        now = None if self._album is None else self._album.now
        return None if now is None else now.photo.name

    @property
    def photos(self) -> Mapping[str, Entry]:
        """What is noted of each photo, by its name, in order: objects, verdict, note, ``done``.

        Of a generator, those that have been taken so far; of a widget of one photo, none.
        """
        album = self._album
        known: tuple[Photo, ...] = () if album is None else album.roll.known
        return MappingProxyType({each.name: album.entry(each) for each in known if album})

    @property
    def progress(self) -> Progress:
        """How many photos there are, how many are done, and how they were judged."""
        album = self._photos()
        album.look()
        return album.progress

    @property
    def verdict(self) -> Verdict:
        """A reviewer's verdict on the photo: "accept", "fail", "defer", or "" for none yet.

        Setting it notes it at once; None takes it back. A photo with nothing to be marked in it is
        done once it is accepted.
        """
        now = self._photos().now
        return "" if now is None else now.entry.verdict

    @verdict.setter
    def verdict(self, verdict: Any) -> None:
        self._photos().judge(verdict_of(verdict))

    @property
    def note(self) -> str:
        """A reviewer's note on the photo, at most 1,000 letters. Setting it notes it at once."""
        now = self._photos().now
        return "" if now is None else now.entry.note

    @note.setter
    def note(self, note: Any) -> None:
        self._photos().judge(None, note_of(note))

    def review(self, on: bool = True, *, only: str = "") -> None:
        """Have the page review the photos: it judges each by one key, and goes on to the next.

        Parameters
        ----------
        on : bool
            False: annotate them.
        only : {"", "open", "done", "accept", "fail", "defer"}
            Which photos are gone through: all, those that are not done, those that are, or those of
            a verdict.

        Raises
        ------
        SamError
            `only` is none of these, or the widget has one photo.
        """
        if only not in FILTERS:
            named = ", ".join(each for each in FILTERS if each)
            raise SamError(f'only is one of {named}, or "" for all, not {shown(only)}.')
        filtered: Any = only
        self._photos().review(reviewing=acts.truth(on, "on"), only=filtered)

    def _go_through(self, many: Photos, link: Link, model: NamedModel) -> None:
        """Show the first of these photos that is to be done; SamError where none can be opened."""
        for each in cells.earlier():  # it has these very photos open, as a rule
            if isinstance(each, Many) and each.photo is not None:
                each.close()
        executor = self._executor(model.name)
        album = Album(
            many.roll,
            many.output,
            reviewing=many.review,
            link=link,
            make=lambda session, keeping, voice: self._laid(session, keeping, voice, model),
            show=self._seated,
            load=lambda: model.load(lambda _: None),
            scribe=self._executor("sam_widget files"),
            executor=executor,
        )
        self._album = album
        try:
            album.begin()
        except BaseException:
            self.close()
            raise

    def _laid(self, session: Session, keeping: Keeping, voice: Voice, model: NamedModel) -> Desk:
        """Return a desk for another photo."""
        raise NotImplementedError

    def _seated(self, sitting: Sitting) -> None:
        """Show another photo: its desk is the widget's."""
        if self._desk is not None:
            sitting.desk.alike.inherit(self._desk.alike)
        self._desk = sitting.desk
        self._watch_now(sitting.session)
        self._see_now(sitting.session)

    def _photos(self) -> Album:
        if self._album is None:
            raise SamError(
                "This widget has one photo: SamWidget([...]), or a folder, goes through many."
            )
        return self._album


def _index(given: Any, roll: Roll) -> int:
    """Take a whole number, from the end where it is below 0 and the end is known."""
    try:
        place = -1 if isinstance(given, bool) else operator.index(given)
    except TypeError:
        raise SamError(f"A photo's place is a whole number, not {shown(given)}.") from None
    return place + len(roll) if place < 0 and roll.whole else place
