"""SamWidget: what Python reads and does, the parts joined. None of their logic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sam_widget.document.edits import Document, Edit, EditError
from sam_widget.document.session import Session
from sam_widget.errors import SamError
from sam_widget.images.huge import open_picture
from sam_widget.models.packaged import DEFAULT
from sam_widget.segment.answers.worker import worker_for

from . import acts, cells
from .desk import Desk, NamedModel
from .explaining import Explaining
from .exporting import called
from .exports import Export
from .judging import Judging
from .keeping import begun, kept
from .knobs import dom_traits
from .likening import Likening
from .link import Link
from .many import Many, Photos
from .measuring import Measuring
from .phrases import Phrases
from .prompting import Prompting
from .reporting import Reporting
from .screen import KNOBS, TURNED
from .slides import ToAlbum
from .standalone import Standalone
from .voice import Voice

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import Self

    import numpy as np
    from numpy.typing import NDArray

    from sam_widget.document.records import Prompt
    from sam_widget.images.huge import AnyPicture
    from sam_widget.models.names import Name
    from sam_widget.models.sam import Sam
    from sam_widget.segment.model import Model

    from .keeping import Keeping
    from .outcome import Outcome
    from .protocol import Aside


class SamWidget(
    Prompting, Standalone, Phrases, Measuring, Judging, Reporting, Likening, Explaining, Many
):
    """Segment Anything in a notebook cell: click, see three masks, take a numpy array.

    Parameters
    ----------
    image : path, bytes, file object, PIL image, ndarray or tensor, optional
        See ``read_image`` for all kinds and for what is assumed of them; what is too large for it
        ``read_huge`` opens, in windows. Many photos: a list or a generator of these, a folder, a
        text such as ``"photos/*.jpg"``; see ``next`` and ``go``.
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
    tool : {"point", "box", "stroke", "brush"}
        What the mouse does at first.
    feed_back : bool
        Whether the logits of an answer go in with the next click (paper, appendix A), which makes
        most masks better. Turning it asks about the same clicks once more.
    shortcuts : dict, optional
        Other keys for what keys do, by their places on the keyboard (``KeyboardEvent.code``):
        ``{"accept": "Space", "undo": "Shift+KeyU"}``. The page's sheet of keys (?) shows them;
        ``sam_widget.widget.keymap.KEYS`` lists the commands.
    hover : bool
        Whether the mask that a click would give shows while the mouse moves; ``V`` in the page.
    keep_preview : bool
        Whether the saved notebook keeps a small picture of photo and masks (at most 1024 px, 22
        kB), which is seen without a kernel. With False it holds no pixel of the photo.
    journal : str or Path, optional
        A folder, made where there is none, that keeps photo and work as it happens. The same photo
        with it goes on where it stopped, also after the kernel was killed: undo, redo and answers.
    output : str or Path, optional
        Of many photos: the folder for their annotations (SA-1B JSON, one a photo) and journals. By
        default those of a file lie beside it, and other photos are in memory alone.
    review : bool
        Of many photos: whether the page judges them at first (``w.review``).
    turbo : bool
        One object a click: each is accepted as it is made, and the next begins another.
    overlap : {"keep", "cut", "replace"}
        What becomes of an object that is accepted and lies on others: nothing, it loses what they
        have, or they lose it. The page says what was done, and ``w.overlapped``; ``undo`` takes it
        back with the acceptance. What is a part of the other, or locked, loses nothing.
    color_by : {"object", "label"}
        Whether each object has a color of its own, or each label.
    labels : sequence of str
        What the page offers when an object is named, in this order; what is used joins them.
    layout, tooltip, tabbable
        As of every ipywidget: ``layout={"width": "50%"}``.

    Attributes
    ----------
    tool : {"point", "box", "stroke", "brush"}
        What the mouse does; it is synced, as are height, theme, opacity, feed_back, shortcuts,
        hover, turbo, overlap, color_by, labels and hidden, the ids of what ``hide`` has hidden.
    mask : ndarray or None
        (H, W) bool, read-only: the chosen mask of the open object, or, until the next one is
        opened, of the last accepted; None while there is none.
    scores : ndarray or None
        (3,) float32, read-only: predicted IoU of its three candidates, 0..1. Until you choose, the
        mask is after one click that of the highest score, or of the highest score times stability
        (``mini``, and weights that say nothing); after more clicks or a box it is the first.
    objects : tuple of Region
        Every object that has a mask, in the order of the page's numbers: ``id``, ``label``...
    changes : int
        How often mask, scores or objects have changed; synced, for hosts that follow traits.
    still : bytes or None
        A small WebP of photo and masks for a saved notebook, once something asked for it.

    ``mask``, ``scores`` and ``objects`` can be observed, most simply by ``on_change``; observers
    are called on the thread that made the change, for an answer of the model on the model's.

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
    JournalError
        The folder has another photo, somebody is at work in it, or it cannot be written to. Later
        on that is said in the page and the log, and what waits is written with the next change.
    ModelError
        `model` is no name, path, Model or Sam. A name that is not known, or a file that is
        broken, is said in the widget, and raised by the first method that waits for an answer: the
        photo shows before torch is imported.
    """

    _executor = staticmethod(worker_for)
    _desk: Desk | None = None  # once the widget is closed, none again: what was made is in _last

    def __init__(
        self,
        image: Any = None,
        model: Name | Model[Any] | Sam = DEFAULT,
        *,
        height: int = 480,
        theme: str = "auto",
        opacity: float = 0.5,
        tool: str = "point",
        feed_back: bool = True,
        shortcuts: Mapping[str, str] | None = None,
        hover: bool = True,
        keep_preview: bool = True,
        journal: str | os.PathLike[str] | None = None,
        output: str | os.PathLike[str] | None = None,
        review: bool = False,
        **dom: Any,
    ) -> None:
        many = Photos.of(image, output, review, journal)
        picture = None if image is None or many else open_picture(image)
        self._called = called(image)
        self.height, self.theme, self.opacity, self.tool = height, theme, opacity, tool
        self.feed_back, self.hover = feed_back, hover
        self.shortcuts = {} if shortcuts is None else shortcuts
        self._keep_preview = acts.truth(keep_preview, "keep_preview")
        asked = NamedModel.of(model)
        self._name = asked.name
        for name in set(TURNED) & set(dom):
            setattr(self, name, dom.pop(name))
        ours = ("image", "model", *KNOBS, "keep_preview", "journal", "output", "review")
        dom = dom_traits(dom, ours)
        session = Session()
        link = self._link = Link(session, self._publish, self._hear)
        keeping = kept(journal, session, picture, link.refuse)
        self._desk = self._laid(session, keeping, Voice(link), asked)
        super().__init__(**dom)
        self._watch(session, link.refuse)
        self._see(session)
        if many is None:
            self._desk.begin()
        else:
            self._go_through(many, link, asked)
        cells.holds(self)

    @classmethod
    def restore(
        cls,
        journal: str | os.PathLike[str],
        model: Name | Model[Any] | Sam = DEFAULT,
        **knobs: Any,
    ) -> Self:
        """Go on with what a widget has left in its folder: photo, objects, answers, undo and redo.

        Parameters
        ----------
        journal : str or Path
            The folder that was given as ``SamWidget(photo, journal=...)``.
        model, **knobs
            As SamWidget takes them. It may be another model than before; its answers stay.

        Raises
        ------
        JournalError
            There is no work in the folder, somebody is at it, or it is damaged.
        """
        return cls(None, model, journal=begun(journal), **knobs)

    # What Python reads

    @property
    def outcome(self) -> Outcome:
        """What the document says now, in numpy."""
        desk = self._desk
        return self._last if desk is None else desk.outcome

    @property
    def image(self) -> NDArray[np.uint8] | None:
        """(H, W, 3) uint8 RGB, read-only: the pixels that the masks are of.

        Of a picture that is read in windows, (h, w, 3), all of it made small; ``w.pixels`` has any
        part of it.

        Setting it to whatever ``read_image`` takes begins anew, with nothing to undo; a widget with
        a journal has its one photo, and takes no other. A bad image raises ImageError, another one
        JournalError, and changes nothing.
        """
        return None if self._picture is None else self._picture.shown

    @image.setter
    def image(self, source: Any) -> None:
        if self._album is not None:
            raise SamError("This widget goes through many photos: w.go(...) shows another of them.")
        self._check_open().show(open_picture(source))
        self._called = called(source)

    @property
    def assumed(self) -> tuple[str, ...]:
        """What was assumed when the image was read, in sentences."""
        return () if self._picture is None else self._picture.assumed

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """What was said of the open object, in order: points, boxes, strokes, masks, a window."""
        thing = self.document.open_object()
        return self.document.prompts_of(thing.id) if thing else ()

    @property
    def model(self) -> str:
        """The model's name."""
        return self._name

    @property
    def journal(self) -> Path | None:
        """The folder that the work is kept in; None without one, and once the widget is closed."""
        desk = self._desk
        return None if desk is None else desk.keeping.folder

    # What Python does

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
        """Drop all prompts and corrections of the open object; ``undo`` brings them back."""
        self._do(acts.clear)

    def reopen(self, object_id: str) -> None:
        """Open an accepted object again, with its prompts, choice and color; ``accept`` closes it.

        What is open is accepted first; where it has no prompt, it goes. The id is that of a Region
        in ``w.objects``; an EditError lists them where there is no such object, here as below.
        """
        self._do(lambda document: acts.reopen(document, object_id))

    def rename(self, object_id: str, label: str) -> None:
        """Say what an object is: its ``label`` from now on."""
        self._do(lambda document: acts.rename(document, object_id, label))

    def recolor(self, object_id: str, color: int) -> None:
        """Give an object another color, 0 to 6: orange, sky blue, green, ... as in the page."""
        self._do(lambda document: acts.recolor(document, object_id, color))

    def move(self, object_id: str, index: int) -> None:
        """Move an object to another place in ``w.objects``, 0 being the first."""
        self._do(lambda document: acts.move(document, object_id, index))

    def delete(self, object_id: str) -> None:
        """Delete an object, open or accepted; ``undo`` brings it back."""
        self._do(lambda document: acts.delete(document, object_id))

    def undo(self) -> bool:
        """Undo the last step, whoever made it; False when there is none."""
        return self._check_open().undo()

    def redo(self) -> bool:
        """Do the last undone step again; False when there is none."""
        return self._check_open().redo()

    def wait(self, timeout: float | None = None) -> None:
        """Wait until the model is ready and every prompt, the page's too, is answered.

        Of many photos: until what is accepted is written, too.

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
        if self._album is not None:
            self._album.wait(timeout)
        elif (desk := self._desk) is not None:
            desk.wait(timeout)

    def close(self) -> None:
        """Leave the page and let go of the picture, the model's work and the comms.

        What was made stays readable: ``mask``, ``masks``, ``scores``, ``objects``, ``document``.
        Its folder, where it has one, is free for another. Running a cell again does this to the
        widgets that its last run made, where no other cell shows them.
        """
        if self._desk is not None and self._link is not None:
            if self._album is not None:
                self._album.close()
            self._link.close()
            self._last = self._desk.close()
            self._desk = self._link = None
        super().close()

    # The parts, joined

    @property
    def _session(self) -> Session:
        return self._check_open().session

    @property
    def _picture(self) -> AnyPicture | None:
        desk = self._desk
        return None if desk is None else desk.keeping.picture

    def _do(self, act: Callable[[Document], Edit | None]) -> None:
        self._check_open().do(act)

    def _hear(self, message: Aside) -> None:
        if isinstance(message, ToAlbum) and self._album is not None:
            self._album.hear(message)
        elif isinstance(message, Export):
            self._export_for(message)
        elif (desk := self._desk) is not None:
            desk.hear(message)

    def _laid(self, session: Session, keeping: Keeping, voice: Voice, model: NamedModel) -> Desk:
        desk = Desk(session, keeping, model, self._executor(model.name), voice)
        desk.feed(self.feed_back)
        desk.overlaps.rule = self.overlap
        return desk

    def _check_open(self) -> Desk:
        if self._desk is None:
            raise EditError("This widget is closed, or its cell ran again: make another.")
        return self._desk
