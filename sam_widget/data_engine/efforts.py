"""Efforts: how many clicks and seconds a person spent on each object. Reads steps, changes none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sam_widget.document.corrections import Brush, CleanUp
from sam_widget.document.journal import Journal
from sam_widget.document.recorded import Made as Done
from sam_widget.document.recorded import Photo, Recorded, written
from sam_widget.document.records import Object, Prompt
from sam_widget.document.session import Session
from sam_widget.errors import SamError
from sam_widget.paths import as_path

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from sam_widget.document.edits import Edit
    from sam_widget.document.recorded import Step

LONGEST_PAUSE = 60.0  # seconds: who does nothing for longer has gone for a coffee


@dataclass(frozen=True)
class Effort:
    """What one object took a person.

    Attributes
    ----------
    object : str
        Its id.
    clicks : int
        Prompts that were given, those among them that were undone; a drag of a mark is one.
    strokes : int
        Corrections by brush, eraser and clean-up, counted alike; masks of elsewhere are none.
    seconds : float
        From the first prompt until it was accepted, and again from being reopened; a pause counts
        for a minute at the most.
    kept : bool
        Whether it was there, accepted, in the end.
    """

    object: str
    clicks: int = 0
    strokes: int = 0
    seconds: float = 0.0
    kept: bool = False


def efforts(history: dict[str, Any]) -> tuple[Effort, ...]:
    """Return what each object of a history took, in the order of their beginnings.

    Parameters
    ----------
    history : dict
        What ``w.history`` gave, perhaps by way of a JSON file.

    Raises
    ------
    HistoryError
        It is no history, or damaged.
    """
    return _efforts(Recorded.read(history).steps)


def efforts_in(journal: str | os.PathLike[str]) -> tuple[Effort, ...]:
    """Return the same of a journal's folder, in which nobody is at work. No model is asked.

    Raises
    ------
    JournalError
        It is no journal, is damaged, or somebody is at work in it.
    """
    folder = as_path(journal)
    if not folder.is_dir():
        raise SamError(f"{folder} is no folder: name one that a widget's journal is in.")
    session = Session()
    kept = Journal(folder)
    try:
        kept.replay(session)
    finally:
        kept.close()
    image = session.document.image()
    if image is None:
        return ()
    photo = Photo(image.width, image.height, image.source)
    return efforts(written(session.chronicle.copy(), photo, "", None))


@dataclass
class _Clock:
    """One walk through the steps."""

    now: float = 0.0  # seconds without the longer pauses
    last: float = 0.0
    of: dict[str, Effort] = field(default_factory=dict)
    since: dict[str, float] = field(default_factory=dict)  # of what is being worked on
    gesture: object = None

    def advance(self, at: float) -> None:
        self.now += min(max(0.0, at - self.last), LONGEST_PAUSE)
        self.last = at

    def do(self, done: Done) -> None:
        edit, same = done.edit, done.edit.group is not None and done.edit.group == self.gesture
        self.gesture = edit.group
        if done.act == "push" and not same:
            self._count(edit)
        for name in edit.drop:
            if name in self.of and name not in edit.put:  # what is put anew has not gone
                self.stop(name, kept=False)
        for record in edit.put.values():
            if isinstance(record, Object):
                self._turn(record)

    def _count(self, edit: Edit) -> None:
        """Count one gesture, however many marks it puts."""
        put = edit.put.values()
        for kind, what in ((Prompt, "clicks"), (Brush | CleanUp, "strokes")):
            for name in dict.fromkeys(r.object for r in put if isinstance(r, kind)):
                effort = self.of.setdefault(name, Effort(name))
                self.of[name] = replace(effort, **{what: getattr(effort, what) + 1})
                self.since.setdefault(name, self.now)

    def _turn(self, thing: Object) -> None:
        """Note that an object was accepted, or taken up again."""
        effort = self.of.get(thing.id)
        if effort is None:
            return
        if thing.locked:
            self.stop(thing.id, kept=True)
        elif effort.kept:
            self.of[thing.id] = replace(effort, kept=False)
            self.since[thing.id] = self.now

    def stop(self, name: str, *, kept: bool) -> None:
        effort, since = self.of[name], self.since.pop(name, self.now)
        seconds = round(effort.seconds + self.now - since, 3)  # as a chronicle counts them
        self.of[name] = replace(effort, seconds=seconds, kept=kept)


def _efforts(steps: Iterable[Step]) -> tuple[Effort, ...]:
    clock = _Clock()
    for step in steps:
        clock.advance(step.at)
        if isinstance(step, Done):
            clock.do(step)
    for name in tuple(clock.since):
        clock.stop(name, kept=False)
    return tuple(clock.of.values())
