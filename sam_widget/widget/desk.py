"""Desk: a photo at work: session, place that it is kept in, model that answers. Knows no screen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from numbers import Real
from typing import TYPE_CHECKING, Any

from sam_widget.document.blobs import name_of
from sam_widget.document.edits import EditError
from sam_widget.document.patch import Origin
from sam_widget.document.plain import carried
from sam_widget.document.records import Answer, Image, Window
from sam_widget.errors import SamError, shown
from sam_widget.images import Picture
from sam_widget.images.huge import HugePicture
from sam_widget.models.names import called, is_name
from sam_widget.segment.answers import peeks
from sam_widget.segment.answers.answerer import Answerer
from sam_widget.segment.answers.eye import Eye
from sam_widget.segment.answers.status import Status
from sam_widget.segment.answers.wide_eye import WideEye
from sam_widget.segment.everything.sieve import Sieve
from sam_widget.segment.loaded import loaded, model_of

from . import wholes
from .alike import Alike, sought_of
from .arranging import Arrange
from .bringing import push
from .everything import MOST_SIDE, SIDE, Everything, suited
from .finished import Masks
from .lending import lend, suggest
from .maker import Maker
from .outcome import Outcome
from .overlaps import Overlaps
from .proposing import Lack, Leave, Liken, Refuse
from .protocol import (
    AskLogits,
    AskNext,
    More,
    Peek,
    Peeked,
    Retry,
    Seek,
    Sift,
    Stop,
)
from .seen_through import seen_through
from .standing import Annotate, Assumed
from .teacher import Teacher
from .tiler import Tiler
from .tiling import AskTiles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sam_widget.document.edits import Document, Edit
    from sam_widget.document.patch import Patch
    from sam_widget.document.records import Prompt
    from sam_widget.document.session import Session
    from sam_widget.images.huge import AnyPicture
    from sam_widget.masks import Mask
    from sam_widget.models.names import Name
    from sam_widget.models.sam import Sam
    from sam_widget.segment.answers.asking import Wish
    from sam_widget.segment.answers.peeks import Glimpse
    from sam_widget.segment.answers.worker import Executor
    from sam_widget.segment.model import Model
    from sam_widget.segment.prompts import Prediction
    from sam_widget.segment.similar.proposal import Proposals

    from .keeping import Keeping
    from .protocol import Aside
    from .voice import Voice
    from .wholes import Brought


NO_EXAMPLE = "Mark one first: there is no object with a mask that others could be like."

# What a model looks at, and how.
LOOKS: Mapping[type[AnyPicture], Callable[[Any], tuple[Any, type[Eye | WideEye]]]] = {
    Picture: lambda picture: (picture.pixels, Eye),
    HugePicture: lambda picture: (picture, WideEye),
}


class ModelError(SamError):
    """Something that names no model."""


@dataclass(frozen=True)
class NamedModel:
    """A model that was asked for: its name, and what loads it, telling how far a download is."""

    name: str
    load: Callable[[Callable[[float], None]], Model[Any]]

    @classmethod
    def of(cls, given: Name | Model[Any] | Sam) -> NamedModel:
        """Return what is meant by a name, a path, a Model or a Sam; else ModelError."""
        if is_name(given):
            return cls(called(given), partial(loaded, given))
        try:
            model = model_of(given)
        except ValueError as error:
            raise ModelError(str(error)) from None
        return cls(str(model.name), lambda _: model)


class Desk:
    """What is done on a photo, by whoever does it, and answered.

    Parameters
    ----------
    session : Session
    keeping : Keeping
        Of that session.
    model : NamedModel
    executor : Executor
        Where the model works.
    link : Voice
        The same session's, which says on side roads what no document holds.
    """

    def __init__(
        self,
        session: Session,
        keeping: Keeping,
        model: NamedModel,
        executor: Executor,
        link: Voice,
    ) -> None:
        self.session = session
        self.keeping = keeping
        self.model = model
        self.answerer: Answerer | None = None
        self._feed_back = True
        self.looks: Window | None = None  # what of a huge picture Python looks at
        self.tiler: Tiler | None = None  # of a huge picture
        self.executor, self._link = executor, link
        self._masks = Masks(session.blobs)
        self.stage = ""  # of the data engine, that the work here is for
        self._outcome = self.seen(session.document)
        self.overlaps = Overlaps(session, self.seen, link.say)
        self.everything = Everything(session.blobs, executor, link)
        self.alike = Alike(session, executor, link)
        self.teacher = Teacher(session, lambda: self.outcome, executor, link)

    @property
    def outcome(self) -> Outcome:
        """What the document says now, in numpy."""
        if self._outcome.document is not self.session.document:
            self._outcome = self.seen(self.session.document)
        return self._outcome

    def seen(self, document: Document) -> Outcome:
        """Return what a document of this session says in numpy."""
        spent = self.session.chronicle.spent()
        return Outcome(document, self._masks, Maker(self.model.name, spent, self.stage))

    def ask(self, prompts: tuple[Prompt, ...]) -> Prediction:
        """Ask the model beside the document, on its own thread; EditError without a photo."""
        if self.answerer is None:
            raise EditError("There is no image yet: set one with w.image = ...")
        return self.answerer.ask(prompts)

    def arrange(self, make: Callable[[Outcome], Brought | None]) -> Patch | None:
        """Push what ``make`` makes of objects as wholes, with the masks that it brings."""
        return push(self.session, lambda document: make(self.seen(document)))

    def begin(self) -> None:
        """Have the photo's prompts answered from now on; without one, say what is missing."""
        if self.keeping.picture is not None:
            self._answer(self.keeping.picture)
        else:
            self._link.tell(Status("ready", None, "Set w.image to begin.", self.model.name))

    def show(self, picture: AnyPicture) -> None:
        """Work on this photo; JournalError, and nothing has changed, where that cannot be."""
        self.keeping.open(picture)
        self.session.remark(act="feed_back", on=self._feed_back)
        self._answer(picture)

    def do(self, act: Callable[[Document], Edit | None]) -> None:
        """Push what ``act`` makes of the document, and wait for the answer."""
        self._wait_for(self.session.act(lambda now: seen_through(now, act(now), self.looks)))

    def undo(self) -> bool:
        """Undo the last step, and wait for the answer; False when there is none."""
        return self._wait_for(self.session.undo())

    def redo(self) -> bool:
        """Do the last undone step again, and wait for the answer; False when there is none."""
        return self._wait_for(self.session.redo())

    def feed(self, back: bool) -> None:
        """Say whether answers are fed back from now on, and ask so about the open object anew."""
        self.turn(back)
        document, answerer = self.session.document, self.answerer
        thing = document.open_object()
        if answerer and thing and len(document.prompts_of(thing.id)) > 1:
            answerer.again(thing.id)

    def turn(self, back: bool) -> None:
        """Say whether answers are fed back from now on; those that are there stand."""
        self._feed_back = back
        self.session.remark(act="feed_back", on=back)
        if self.answerer is not None:
            self.answerer.feed_back = back

    def lend(self, object_id: str, wish: Wish) -> None:
        """Show what the model says about an object, not cut, in time."""
        if self.answerer is not None:
            self.answerer.lend(object_id, wish)

    def wait(self, timeout: Any) -> None:
        """Wait until the model is ready and every prompt is answered, as ``Answerer.wait``."""
        if timeout is not None and not isinstance(timeout, Real):
            raise SamError(f"timeout is a number of seconds or None, not {shown(timeout)}.")
        if self.answerer is not None:
            self.answerer.wait(None if timeout is None else float(timeout))

    def hear(self, message: Aside) -> None:
        """Do what a page asks on a side road."""
        roads: dict[type[Aside], Callable[[Any], None]] = {
            Retry: lambda _: self.retry(),
            Peek: self._peek,
            AskLogits: lambda asked: lend(self, self._link.say, asked),
            AskNext: lambda asked: suggest(self, self._link.say, asked),
            Annotate: lambda _: self.teacher.annotate(),
            Seek: self._seek,
            Stop: lambda stop: self._stop(stop.close),
            Sift: lambda sift: self.everything.sift(sift.sieve, Origin(sift.client, sift.seq)),
            Arrange: self._arrange,
            AskTiles: self._tiles,
            More: lambda more: self.everything.more(more.client, more.survey, more.have),
            Liken: lambda liken: self.liken(*filter(None, [liken.object])),
            Refuse: lambda refuse: self.alike.refuse_in(refuse.hunt, refuse.index),
            Lack: lambda lack: self.alike.more(lack.client, lack.hunt),
            Leave: lambda leave: self.alike.close() if leave.close else self.alike.stop(),
        }
        roads[type(message)](message)

    def _tiles(self, asked: AskTiles) -> None:
        if self.tiler is None:
            return
        self.tiler.ask(asked)
        if self.answerer is not None and len(asked.seen) == 4:
            self.answerer.expect(Window("", "", *asked.seen))

    def teach(self, truth: Mask) -> None:
        """Take a true mask of the photo."""
        image = self.session.document.image()
        if image is not None and self.answerer is not None:
            self.teacher.teach(truth, image.id, self.answerer)

    def retry(self) -> None:
        """Have the model try again what failed."""
        if self.answerer is not None:
            self.answerer.retry()

    def _peek(self, peek: Peek) -> None:
        def tell(seen: Glimpse | None) -> None:
            score, data = (seen.score, (seen.mask.to_bytes(),)) if seen else (0.0, ())
            self._link.say(Peeked(peek.client, peek.seq, score, tuple(map(name_of, data))), *data)

        if self.answerer is None:
            tell(None)
        else:
            self.answerer.peek(peeks.Peek(peek.edit, peek.version, tell))

    def _arrange(self, asked: Arrange) -> None:
        def make(seen: Outcome) -> Brought | None:
            first, *others = asked.objects or ("",)
            ways: dict[str, Callable[[], Brought | None]] = {
                "merge": lambda: wholes.merge(seen, asked.objects),
                "subtract": lambda: wholes.subtract(seen, first, others),
                "intersect": lambda: wholes.intersect(seen, asked.objects),
                "parts": lambda: wholes.keep_parts(seen),
            }
            return ways[asked.how]()

        try:
            done = self.arrange(make)
        except SamError as error:
            self._link.refuse(str(error))
        else:
            if done is None:
                self._link.refuse("That changes no pixel: the masks stay as they are.")

    def _seek(self, seek: Seek) -> None:
        self.seek(SIDE if seek.side is None else min(MOST_SIDE, max(1, seek.side)))

    @property
    def suited(self) -> Sieve:
        """The filters of everything mode by the model's own thresholds."""
        return Sieve() if self.answerer is None else suited(self.answerer)

    def seek(self, side: int, sieve: Sieve | None = None) -> None:
        """Begin to look for everything, on a grid of so many spots a side."""
        picture = self.keeping.picture
        if picture is not None and self.answerer is not None:
            self.everything.begin(self.answerer, picture.size, side, sieve)

    def liken(self, *object_ids: str) -> None:
        """Begin to look for things like these objects; without one like those that are known."""
        answerer, outcome = self.answerer, self.outcome
        sought = sought_of(outcome.document, outcome.objects, object_ids)
        if answerer is not None and (sought.examples or self.alike.remembers):
            self.alike.begin(answerer, sought)

    def find_in(
        self, object_ids: tuple[str, ...], images: Any, progress: bool
    ) -> tuple[Proposals, ...]:
        """Look on other pictures for what is like these objects, and what was accepted here."""
        picture, outcome = self.keeping.picture, self.outcome
        sought = sought_of(outcome.document, outcome.objects, object_ids)
        accepted, refused = self.alike.judged
        if not isinstance(picture, Picture) or not sought.examples:
            raise EditError(NO_EXAMPLE)
        from sam_widget.segment.similar.find import find_alike  # noqa: PLC0415  brings torch

        ones = dict.fromkeys((*sought.examples, *accepted))
        examples = [(picture.pixels, tuple(ones))]
        none = [(picture.pixels, refused)] if refused else []
        model = self.model.load(lambda _: None)
        return find_alike(examples, images, model, refused=none, progress=progress)

    def _recall(self, document: Document, name: str) -> Answer | None:
        return self.everything.recall(document, name) or self.alike.recall(document, name)

    def _stop(self, close: bool) -> None:
        if close:
            self.everything.close()
        else:
            self.everything.stop()

    def close(self) -> Outcome:
        """Let go of all but what was made, and return that."""
        outcome = self.outcome
        self.leave()
        # a page's copy of the photo may go; objects, and masks that were given, stay readable
        kept = (each for each in outcome.document.values() if not isinstance(each, Image))
        self.session.blobs.keep(blob for record in kept for blob in record.blobs())
        return outcome

    def leave(self) -> None:
        """Let go of all but the session."""
        self.overlaps.close()
        self.everything.close()
        self.alike.close()
        self.teacher.close()
        if self.tiler is not None:
            self.tiler.close()
        if self.answerer is not None:
            self.answerer.close()
        self.keeping.close()

    def _answer(self, picture: AnyPicture) -> None:
        self.everything.close()
        self.alike.close()
        if self.answerer is not None:
            self.answerer.close()
        if (image := self.session.document.image()) is not None:
            self.teacher.drop(image.id)
            self._link.stand(Assumed(image.id, tuple(map(carried, picture.assumed))))
            self._tile(picture, image.id)
        seen, eye = LOOKS[type(picture)](picture)
        self.answerer = Answerer(
            self.session,
            self.model.load,
            seen,
            self._link.tell,
            self.executor,
            model=self.model.name,
            eye=eye,
            recall=self._recall,
        )
        self.answerer.feed_back = self._feed_back

    def _tile(self, picture: AnyPicture, image: str) -> None:
        """Cut this picture's tiles from now on, where it has some."""
        if self.tiler is not None:
            self.tiler.close()
        self.looks = self.tiler = None
        if isinstance(picture, HugePicture):
            self.tiler = Tiler(picture, image, self._link.say, self._link.refuse)

    def _wait_for(self, patch: Patch | None) -> bool:
        thing, answerer = self.outcome.current, self.answerer
        if patch is not None and thing is not None and answerer is not None:
            answerer.wait(object_id=thing.id)
        self.overlaps.settle()  # what the answer has made due
        return patch is not None
