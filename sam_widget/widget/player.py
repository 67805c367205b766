"""Plays a photo's history on a desk: the same steps, answered when they were. Knows no widget."""

from __future__ import annotations

import warnings
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

from sam_widget.document.edits import Edit, EditError, apply, undoable
from sam_widget.document.recorded import Answered, Fed, HistoryError, Made, Photo
from sam_widget.document.records import Object
from sam_widget.document.steps import whole_step
from sam_widget.errors import in_short
from sam_widget.segment.kinds import check_bytes

if TYPE_CHECKING:
    from sam_widget.document.edits import Document
    from sam_widget.document.history import History
    from sam_widget.document.patch import Patch
    from sam_widget.document.recorded import Recorded, Step
    from sam_widget.document.records import Record
    from sam_widget.images.huge import AnyPicture
    from sam_widget.segment.answers.answerer import Answerer

    from .desk import Desk

PAUSE = 2.0  # seconds, the most between two steps


class Player:
    """One history, once, on a desk whose photo it is of.

    Parameters
    ----------
    desk : Desk
    recorded : Recorded

    Raises
    ------
    HistoryError
        It is of another photo.
    """

    def __init__(self, desk: Desk, recorded: Recorded) -> None:
        self._desk, self._recorded = desk, recorded
        _same_photo(photo_of(desk.keeping.picture), recorded.photo)
        image = desk.session.document.image()
        self._image = image.id if image else ""
        self._interrupted = Event()

    def play(self, speed: float | None) -> bool:
        """Make all steps, with the pauses that were between them divided by ``speed``.

        What is on the photo goes with the first step, and comes back when that is undone.

        Returns
        -------
        bool
            Whether all were made: a page's own step ends it.

        Raises
        ------
        HistoryError
            A step cannot be made; those before it are.
        """
        session, answerer = self._desk.session, self._desk.answerer
        if answerer is None:
            raise HistoryError("There is no image yet: set one with w.image = ...")
        answerer.wait()
        if self._recorded.key not in (None, answerer.key):
            warnings.warn(
                f"The history was made with {self._recorded.model}, and other weights are at work"
                f" here ({self._desk.model.name}): its masks may differ.",
                stacklevel=3,
            )
        end = session.subscribe(self._heard)
        try:
            answerer.only(frozenset())  # answers come when they came
            session.act(_cleared)
            with self._desk.overlaps.at_rest():
                if not self._steps(speed, answerer):
                    return False
        finally:
            end()
            answerer.only(None)
        answerer.wait()
        return True

    def _steps(self, speed: float | None, answerer: Answerer) -> bool:
        last = 0.0
        for number, step in enumerate(self._recorded.steps, 1):
            if speed is not None:
                self._interrupted.wait(min(PAUSE, (step.at - last) / speed))
            last = step.at
            if self._interrupted.is_set():
                return False
            try:
                self._make(step, self._recorded.steps[number:], answerer)
            except EditError as error:
                why = in_short(error)
                raise HistoryError(f"Step {number} of the history cannot be made: {why}.") from None
        return True

    def _make(self, step: Step, later: tuple[Step, ...], answerer: Answerer) -> None:
        if isinstance(step, Answered):
            answerer.only(frozenset({step.object}))
            answerer.wait(object_id=step.object)
            answerer.only(frozenset())
        elif isinstance(step, Fed):
            anew = _answered_next(self._desk.session.document.open_object(), later)
            (self._desk.feed if anew else self._desk.turn)(step.on)
        else:
            self._do(step)

    def _do(self, made: Made) -> None:
        """Undo and redo where that does what it did; what it did in any case."""
        session, edit = self._desk.session, self._here(made.edit)
        step = {"undo": session.undo, "redo": session.redo}.get(made.act)
        would = step and _would(made.act, session.state.history, session.document)
        if step and would and (would.put, {*would.drop}) == (edit.put, {*edit.drop}):
            step()
            return
        named = {name for record in edit.put.values() for name in record.blobs()}
        data = [self._recorded.blobs[name] for name in named if name in self._recorded.blobs]
        with session.blobs.lent(*data):
            check_bytes(edit.put.values(), session.blobs)
            session.act(lambda document: _choosable(document, edit))

    def _here(self, edit: Edit) -> Edit:
        """Have its objects lie on the photo of here."""

        def moved(record: Record) -> Record:
            return replace(record, image=self._image) if isinstance(record, Object) else record

        return Edit({name: moved(each) for name, each in edit.put.items()}, edit.drop, edit.group)

    def _heard(self, patch: Patch) -> None:
        if patch.by is not None:
            self._interrupted.set()


def _answered_next(thing: Object | None, later: tuple[Step, ...]) -> bool:
    """Whether an object is answered before anything else is done."""
    for step in later:
        if not isinstance(step, Answered):
            return False
        if thing is not None and step.object == thing.id:
            return True
    return False


def _choosable(document: Document, edit: Edit) -> Edit:
    """Choose nothing for an object whose prompts had gone before its first steps were folded."""
    after = apply(document, edit)

    def can(record: Record) -> Record:
        if not isinstance(record, Object) or after.prompts_of(record.id):
            return record
        before = document.get(record.id)
        kept = before.choice if isinstance(before, Object) else None
        return record if record.choice == kept else replace(record, choice=None)

    return Edit({name: can(each) for name, each in edit.put.items()}, edit.drop, edit.group)


def photo_of(picture: AnyPicture | None) -> Photo:
    """Return what a history says of a photo.

    Raises
    ------
    HistoryError
        There is none.
    """
    if picture is None:
        raise HistoryError("There is no image yet: set one with w.image = ...")
    return Photo(*picture.size, picture.content)


def _same_photo(here: Photo, wanted: Photo) -> None:
    if (here.width, here.height) != (wanted.width, wanted.height):
        raise HistoryError(
            f"The history is of a photo of {wanted.width} x {wanted.height} px, this one has"
            f" {here.width} x {here.height} px: give the widget the same photo."
        )
    if here.pixels != wanted.pixels:
        raise HistoryError(
            "The history is of another photo of this size: give the widget the same one."
        )


def _cleared(document: Document) -> Edit | None:
    things = tuple(each.id for each in document.of_type(Object))
    return Edit(drop=things) if things else None


def _would(act: str, history: History, document: Document) -> Edit | None:
    """Return what an undo or redo would make of what people did; None where there is none."""
    made = whole_step(history.undo if act == "undo" else history.redo, document)
    return None if made is None else undoable(document, made)
