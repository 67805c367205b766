"""SamWidget: a few knobs as traits, Python's verbs, the parts joined. None of their logic."""

from __future__ import annotations

import logging
import os
import threading
from functools import partial
from numbers import Real
from typing import TYPE_CHECKING, Any

import traitlets as t
from anywidget import AnyWidget, WidgetTrait

from sam_widget.document.edits import Document, Edit, EditError
from sam_widget.document.records import Answer, Image, Prompt, blobs_of, new_id
from sam_widget.document.session import Patch, Session
from sam_widget.errors import SamError, in_short, shown
from sam_widget.images import encode_for_display, read_image
from sam_widget.lifetime import foreign
from sam_widget.models.names import called, is_name
from sam_widget.models.packaged import DEFAULT
from sam_widget.segment.answers.answerer import Answerer
from sam_widget.segment.answers.worker import Executor, worker_for
from sam_widget.segment.loaded import loaded, model_of

from . import acts, cells
from .channel import Channel, outside, static
from .knobs import OWN, Between, Derived, OneOf, dom_traits, refuse_own, tooltip
from .link import Link
from .outcome import Outcome
from .protocol import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from sam_widget.images import Picture
    from sam_widget.models.names import Name
    from sam_widget.models.sam import Sam
    from sam_widget.segment.answers.answerer import Status as Progress
    from sam_widget.segment.model import Model


KNOBS = ("height", "theme", "opacity", "tool")  # traits that a person turns, here or in the page

log = logging.getLogger(__name__)


class ModelError(SamError):
    """Something that names no model."""


class SamWidget(AnyWidget):
    """Segment Anything in a notebook cell: click, see three masks, take a numpy array.

    Parameters
    ----------
    image : path, bytes, file object, PIL image, ndarray or tensor, optional
        See ``read_image`` for all kinds and for what is assumed of them.
    model : str, Path or Model
        ``"small"`` or ``"mini"``, which come with the package, the path of a SAM's weights, a name
        that ``Segmenter.load`` knows, or a model that is loaded. ``small`` draws the better masks;
        ``mini`` answers sooner on a slow machine.
    height : int
        The most that the photo may take of the cell, in CSS pixels, 50 to 10,000.
    theme : {"auto", "light", "dark"}
        "auto" follows the notebook.
    opacity : float
        Of the masks' fill, 0..1.
    tool : {"point", "box"}
        What the mouse does at first.
    keep_preview : bool
        Whether the saved notebook keeps a small picture of photo and masks (at most 400 px), which
        a page without a kernel shows. With False it holds no pixel of the photo.
    layout, tooltip, tabbable
        As of every ipywidget: ``layout={"width": "50%"}``.

    Attributes
    ----------
    tool : {"point", "box"}
        What the mouse does; synced with the page, as are height, theme and opacity.
    mask : ndarray or None
        (H, W) bool, read-only: the chosen mask of the open object, or, until the next one is
        opened, of the last accepted; None while there is none.
    scores : ndarray or None
        (3,) float32, read-only: predicted IoU of its three candidates, 0..1. Until you choose, the
        mask is after one click that of the highest score, or of the highest score times stability
        (``mini``, and weights that say nothing); after more clicks or a box it is the first.
    objects : tuple of Segment
        Every object that has a mask, accepted ones first to last: ``mask``, ``score``, ``box``...

    ``mask``, ``scores`` and ``objects`` can be observed; observers are called on the thread that
    made the change, for an answer of the model on the model's.

    Coordinates are image pixels, x right, y down; the first pixel's centre is (0.5, 0.5), so that
    ``mask[row, column]`` lies at x = column + 0.5, y = row + 0.5.

    Raises
    ------
    ImageError
        The image cannot be taken as one.
    TraitError
        A knob has a value that it cannot have.
    KeywordError
        A keyword that is none of these.
    ModelError
        `model` is no name, path, Model or Sam. A name that is not known, or a file that is
        broken, is said in the widget, and raised by the first method that waits for an answer: the
        photo shows before torch is imported.
    """

    _esm = static("widget.js")
    _css = static("widget.css")

    height = Between(480, 50, 10_000, "CSS pixels").tag(sync=True)
    theme = OneOf("auto", "light", "dark").tag(sync=True)
    opacity = Between(0.5, 0.0, 1.0).tag(sync=True)
    tool = OneOf("point", "box").tag(sync=True)
    channel = WidgetTrait().tag(sync=True)

    _made = False  # until then ipywidgets may set what nobody else may

    mask = Derived()
    scores = Derived()
    objects = Derived()

    def __init__(
        self,
        image: Any = None,
        model: Name | Model[Any] | Sam = DEFAULT,
        *,
        height: int = 480,
        theme: str = "auto",
        opacity: float = 0.5,
        tool: str = "point",
        keep_preview: bool = True,
        **dom: Any,
    ) -> None:
        picture = None if image is None else read_image(image)
        self.height, self.theme, self.opacity, self.tool = height, theme, opacity, tool
        self._keep_preview = acts.truth(keep_preview, "keep_preview")
        self._model, self._load = _model(model)
        self._session = Session()
        self._outcome = Outcome(self._session.document, self._session.blobs)
        self._announced = self._outcome.marks()
        self._announcing, self._late = threading.RLock(), threading.Event()
        self._answerer: Answerer | None = None
        self._picture: Picture | None = None
        self._in_use: dict[int, AnyWidget] = {}
        self._link = Link(self._session, self._publish, self._retry)
        self._unsubscribe = self._session.subscribe(_unheard, self._announce)
        dom = dom_traits(dom, ("image", "model", *KNOBS, "keep_preview"))
        channel = outside(Channel)
        super().__init__(channel=channel, **dom)
        self._made = True
        for each in (channel, self):
            each.on_msg(self._received)
        if picture is None:
            self._link.tell(Status("ready", None, "Set w.image to begin.", self._model))
        else:
            self._show(picture)
        cells.made(self)

    # What Python reads

    @property
    def outcome(self) -> Outcome:
        """What the document says now, in numpy."""
        session = self.__dict__.get("_session")  # a closed widget keeps its last outcome
        if session is not None and self._outcome.document is not session.document:
            self._outcome = Outcome(session.document, session.blobs)
        return self._outcome

    @property
    def image(self) -> NDArray[np.uint8] | None:
        """(H, W, 3) uint8 RGB, read-only: the pixels that the masks are of.

        Setting it to whatever ``read_image`` takes begins anew, with nothing to undo. A bad image
        raises ImageError and changes nothing.
        """
        return None if self._picture is None else self._picture.pixels

    @image.setter
    def image(self, source: Any) -> None:
        self._check_open()
        self._show(read_image(source))

    @property
    def assumed(self) -> tuple[str, ...]:
        """What was assumed when the image was read, in sentences."""
        return () if self._picture is None else self._picture.assumed

    @property
    def masks(self) -> NDArray[np.bool_] | None:
        """(3, H, W) bool, read-only: the candidates of the object that ``mask`` is of, or None."""
        return self.outcome.masks

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """The open object's points and boxes, in order, in image pixels."""
        thing = self.document.open_object()
        return self.document.prompts_of(thing.id) if thing else ()

    @property
    def document(self) -> Document:
        """All records as they are now: Image, Object, Point, Box, Answer by id. Never changes."""
        return self.outcome.document

    @property
    def model(self) -> str:
        """The model's name."""
        return self._model

    # What Python does

    def add_point(self, x: float, y: float, positive: bool = True) -> None:
        """Click, and wait for the answer.

        Parameters
        ----------
        x, y : float
            Image pixels, 0..width and 0..height; pixel centres at .5.
        positive : bool
            Whether the pixel belongs to the object.

        Raises
        ------
        EditError
            The point lies outside the image or is no number, or there is no image; nothing changed.
        CheckpointError, AnswerError
            The model cannot be had, or failed. The point is kept; the next one tries again.
        """
        self._do(lambda document: acts.add_point(document, x, y, positive))

    def add_box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a box round the open object, in the place of an earlier one; wait for the answer.

        Parameters
        ----------
        x0, y0, x1, y1 : float
            Left, top, right, bottom in image pixels; x0 < x1, y0 < y1, inside the image.

        Raises
        ------
        EditError, CheckpointError, AnswerError
            As ``add_point``; or the box has no area.
        """
        self._do(lambda document: acts.add_box(document, x0, y0, x1, y1))

    def choose(self, index: int) -> None:
        """Prefer candidate 0, 1 or 2 of the open object; EditError when there is none.

        While the answer is on its way, this waits for it, and the choice is of what it brings.
        """
        self._do(lambda document: acts.choose(document, index))

    def accept(self) -> None:
        """Lock the open object as it is shown; the next click opens another.

        While its answer is on its way, the object is locked at once, and this waits for the mask.

        Raises
        ------
        EditError
            There is nothing to accept.
        CheckpointError, AnswerError
            The model cannot be had, or failed. The object is kept, and answered when that works.
        """
        self._do(acts.accept)

    def clear(self) -> None:
        """Drop all prompts of the open object, if it has any; ``undo`` brings them back."""
        self._do(acts.clear)

    def undo(self) -> bool:
        """Undo the last step, whoever made it; False when there is none."""
        self._check_open()
        return self._after(self._session.undo())

    def redo(self) -> bool:
        """Do the last undone step again; False when there is none."""
        self._check_open()
        return self._after(self._session.redo())

    def wait(self, timeout: float | None = None) -> None:
        """Wait until the model is ready and every prompt, the page's too, is answered.

        Parameters
        ----------
        timeout : float, optional
            Seconds; for ever without it. Interrupting the kernel ends the waiting only.

        Raises
        ------
        CheckpointError, AnswerError
            The model cannot be had, or failed.
        TimeoutError
            It took longer.
        """
        answerer = self._answerer
        if answerer is not None:
            given: Any = timeout
            if given is not None and not isinstance(given, Real):
                raise SamError(f"timeout is a number of seconds or None, not {shown(timeout)}.")
            answerer.wait(None if timeout is None else float(timeout))

    def close(self) -> None:
        """Leave the page and let go of the picture, the model's work and the comms.

        What was made stays readable: ``mask``, ``masks``, ``scores``, ``objects``, ``document``.
        Running a cell again does this to the widgets that its last run made.
        """
        if not self._closed:
            outcome = self.outcome
            self._unsubscribe()
            if self._answerer is not None:
                self._answerer.close()
            self._link.close()
            self._in_use.clear()
            self._picture = self._answerer = None
            answers = outcome.document.of_type(Answer)
            self._session.blobs.keep(blob for answer in answers for blob in blobs_of(answer))
            del self._session, self._link, self._load, self._unsubscribe
            if self.channel is not None:
                self.channel.close()
        super().close()

    # The parts, joined

    @property
    def _closed(self) -> bool:
        return "_unsubscribe" not in self.__dict__

    @staticmethod
    def _executor(model: str) -> Executor:
        return worker_for(model)

    def _show(self, picture: Picture) -> None:
        if self._answerer is not None:
            self._answerer.close()
        self._picture = picture
        source = self._session.blobs.put(encode_for_display(picture.pixels))
        self._session.open(Image(new_id(), source, *picture.size))
        self._answerer = Answerer(
            self._session,
            self._load,
            picture.pixels,
            partial(_tell, self._link),
            self._executor(self._model),
            model=self._model,
        )

    def _do(self, act: Callable[[Document], Edit | None]) -> None:
        self._check_open()
        self._after(self._session.act(act))

    def _after(self, patch: Patch | None) -> bool:
        thing, answerer = self.outcome.current, self._answerer
        if patch is not None and thing is not None and answerer is not None:
            answerer.wait(object_id=thing.id)
        return patch is not None

    def _retry(self) -> None:
        if self._answerer is not None:
            self._answerer.retry()

    def _check_open(self) -> None:
        if self._closed:
            raise EditError("This widget is closed, or its cell ran again: make another.")

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse what would leave the next view empty."""
        developing = os.environ.get("ANYWIDGET_HMR") == "1"
        if name in OWN and self._made and not developing:
            raise t.TraitError(f"w.{name} joins the widget to its pages; it cannot be set.")
        super().__setattr__(name, value)

    @t.validate("tooltip")
    def _text(self, proposal: t.Bunch) -> Any:
        return tooltip(proposal["value"])

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take what a page has set; where one value is refused none is taken, and pages see why.

        ipywidgets calls this.
        """
        try:
            refuse_own(sync_data)
            super().set_state(sync_data)
        except Exception as error:
            log.info("a page's traits were refused", exc_info=True)
            if isinstance(error, t.TraitError):
                why = f"{in_short(error)}."
            else:
                why = "What the page has set cannot be taken; nothing has changed."
            self.send_state([name for name in self.keys if name in {*KNOBS, *sync_data}])
            if not self._closed:
                self._link.refuse(why)

    def _received(self, source: AnyWidget, content: Any, buffers: list[bytes]) -> None:
        self._in_use[id(source)] = source
        if not self._closed:
            self._link.receive(content, buffers)

    def _publish(self, content: dict[str, Any], buffers: list[bytes]) -> None:
        for each in tuple(self._in_use.values()):
            outside(partial(each.send, content, buffers))

    def _announce(self) -> None:
        """Tell observers what has changed, one thread at a time; reading never waits for this."""
        self._late.set()
        while self._late.is_set() and self._announcing.acquire(blocking=False):
            try:
                self._late.clear()
                self._announce_all(self.outcome)
            finally:
                self._announcing.release()

    def _announce_all(self, outcome: Outcome) -> None:
        if outcome.pending:
            return  # the answer is on its way: not worth a None between two masks
        for name, mark in outcome.marks().items():
            if outcome.document is not self.document:
                return  # an observer has changed something, and others have heard of that
            if mark != self._announced[name]:
                self._announced[name] = mark
                new = getattr(outcome, name)
                change = {"name": name, "old": t.Undefined, "new": new, "owner": self}
                with foreign():
                    self.notify_change(t.Bunch(change, type="change"))

    def __repr__(self) -> str:
        image = self.document.image()
        size = f"{image.width} x {image.height} px" if image else "no image"
        count = len(self.objects)
        made = f"{count} object{'s' * (count != 1)}"
        return f"<SamWidget: {size}, {made}, model {self._model!r}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is not None and self._picture is not None and self._keep_preview:
            bundle[0]["image/png"] = self.outcome.still(self._picture.pixels, self.opacity)
        return bundle


def _model(given: Any) -> tuple[str, Callable[[Callable[[float], None]], Model[Any]]]:
    """Return a model's name and what loads it, of a name, a path, a Model or a Sam."""
    if is_name(given):
        return called(given), partial(loaded, given)
    try:
        model = model_of(given)
    except ValueError as error:
        raise ModelError(str(error)) from None
    return str(model.name), lambda _: model


def _unheard(patch: Patch) -> None:
    """Note nothing: the document itself tells what is new."""


def _tell(link: Link, progress: Progress) -> None:
    link.tell(Status(progress.what, progress.progress, progress.text, progress.model))
