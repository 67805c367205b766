"""Keeps each object's Answer true to its prompts: newest first, stale dropped. Knows no screen."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from threading import Condition, current_thread, main_thread
from typing import TYPE_CHECKING, Any, Literal

from sam_widget.document.edits import Document, Edit
from sam_widget.document.records import Answer, Object, Prompt, chosen, new_id
from sam_widget.lifetime import Ended, renews, rest_if_late
from sam_widget.models.packaged import DEFAULT
from sam_widget.models.thresholds import Thresholds
from sam_widget.segment.embeddings.cache import EmbeddingCache, shared_cache

from .asking import Asking, candidates_of, cut_of
from .eye import AnswerError, Eye
from .failing import for_who_waits, sentence
from .peeks import Peeks
from .status import Status
from .worker import Lane, WorkerError, weakly

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
    from numpy.typing import NDArray

    from sam_widget.document.patch import Patch
    from sam_widget.document.records import Window
    from sam_widget.document.session import Session
    from sam_widget.images.huge import HugePicture
    from sam_widget.segment.model import Model
    from sam_widget.segment.overheard import Overheard
    from sam_widget.segment.prompts import Prediction

    from .asking import Wish
    from .peeks import Peek
    from .wide_eye import WideEye
    from .worker import Executor

LOOKING = "Looking at the picture..."

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Failure:
    """What went wrong, and the version of the session that it was tried for."""

    error: BaseException
    version: int


class Answerer:
    """Answers one image's prompts as they come, on the executor's thread.

    The executor holds it weakly: when the widget is lost, so is this, work under way ends at its
    next step, and nothing of the picture stays.

    Parameters
    ----------
    session : Session
        Its document holds the Image that `pixels` are of.
    load : callable
        Returns the Model; called on the executor's thread, again after an error, with a
        function that takes the share of a download, 0..1.
    pixels : ndarray or HugePicture
        (H, W, 3) uint8 RGB; or what gives them, window by window, to a WideEye.
    tell : callable
        Takes each Status; called on the executor's thread, the first time on the caller's.
    executor : Executor
        As a rule ``worker_for(model)``.
    model : str
        The model's name, for people.
    cache : EmbeddingCache, optional
        By default the one that the process shares.
    eye : type, optional
        Eye, or WideEye for a HugePicture.
    recall : callable, optional
        Returns the answer to an object of a document where the model need not be asked, or None.
    """

    def __init__(
        self,
        session: Session,
        load: Callable[[Callable[[float], None]], Model[Any]],
        pixels: NDArray[np.uint8] | HugePicture,
        tell: Callable[[Status], None],
        executor: Executor,
        *,
        model: str = DEFAULT,
        cache: EmbeddingCache[Any] | None = None,
        eye: type[Eye | WideEye] = Eye,
        recall: Callable[[Document, str], Answer | None] = lambda *_: None,
    ) -> None:
        image = session.document.image()
        self._image = image.id if image else ""
        self._session = session
        self._load = load
        self._pixels: Any = pixels  # None once it is closed
        self._tell = tell
        self._executor = executor
        self._model = model
        self._cache = shared_cache() if cache is None else cache
        self._recall = recall
        self._sight = eye
        self._eye: Eye | WideEye | None = None
        self._asking = Asking(model)
        self.renew()
        renews(self)
        self._status: Status | None = None
        self._failure: Failure | None = None
        self.peeks = Peeks(session)
        self._step = weakly(self, Answerer._work)
        self._glance = weakly(self, Answerer._peek)
        self._note(each.id for each in session.document.of_type(Object))
        self._say("loading", f"Loading the model {model}...")
        self._unsubscribe = session.subscribe(self._heard, self._wake)
        self._wake()

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._news = Condition()

    @property
    def status(self) -> Status | None:
        """What was told last."""
        return self._status

    def wait(self, timeout: float | None = None, object_id: str | None = None) -> None:
        """Wait until the model is ready and the prompts are answered.

        Returns at once on the executor's own thread, which would wait for itself.

        Parameters
        ----------
        timeout : float, optional
            Seconds.
        object_id : str, optional
            Wait for this object only.

        Raises
        ------
        CheckpointError, AnswerError
            What the model failed with, in one sentence.
        TimeoutError
            It took longer.
        """
        if self._executor.here():
            return
        since = self._session.version
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            self._executor.help()
            with self._news:
                if self._pixels is None or self._settled(object_id):
                    return
                failure = self._failure
                if failure and failure.version >= since:
                    break
                left = None if end is None else end - time.monotonic()
                if left is not None and left <= 0:
                    raise TimeoutError(f"The model {self._model} took longer than {timeout} s.")
                self._news.wait(left)
        rest_if_late()
        raise for_who_waits(failure.error)

    def retry(self) -> None:
        """Try again what failed last; do nothing where nothing has."""
        if self._status is not None and self._status.what == "error":
            self._failure = None  # who waits now waits for the new try
            self._wake()

    @property
    def feed_back(self) -> bool:
        """Whether the logits of the answer before go in with the next prompt (appendix A)."""
        return self._asking.feed_back

    @feed_back.setter
    def feed_back(self, does: bool) -> None:
        self._asking.feed_back = does

    def again(self, object_id: str) -> None:
        """Ask the model about an object once more; the answer that is there stands until then."""
        self._asking.anew(object_id)
        self._wake()

    @property
    def key(self) -> str | None:
        """The model's fingerprint; None before it is loaded."""
        return None if self._eye is None else self._eye.model_key

    def only(self, objects: frozenset[str] | None) -> None:
        """Answer these objects alone from now on; None: all, as ever."""
        self._asking.only = objects
        self._wake()

    def lend(self, object_id: str, wish: Wish) -> None:
        """Show what the model says to an object's prompts, not cut: on its own thread, in time.

        Nothing is shown where the object, or its prompts, are gone by then.
        """
        self._asking.wish(object_id, wish)
        self._wake()

    def peek(self, peek: Peek) -> None:
        """Have a peek answered when no click waits; of those that wait only the newest is."""
        if self._pixels is None:
            peek.tell(None)
        elif self.peeks.put(peek):
            try:
                self._executor.submit(self._glance, Lane.PEEKS)
            except WorkerError:
                self.peeks.close()

    def expect(self, window: Window) -> None:
        """Look at a part of a huge picture as soon as no click waits."""
        if (eye := self._eye) is not None:
            try:
                self._executor.submit(eye.expect(window), Lane.PEEKS)
            except WorkerError:
                log.info("nobody looks ahead")

    @property
    def thresholds(self) -> Thresholds:
        """The model's own for everything mode; the published ones until it is there."""
        return self._eye.thresholds if self._eye else Thresholds()

    def ask(
        self, prompts: tuple[Prompt, ...], before: NDArray[np.float32] | None = None
    ) -> Prediction:
        """Ask the model, on the executor's thread; AnswerError where it cannot be had."""
        eye = self._awake()
        blind = not eye.seen
        prediction = eye.predict(eye.see(self._looking), eye.at_large(prompts), before)
        if blind:
            self._say("ready", "Ready.")
        return prediction

    def overhear(self, document: Document, name: str, off: frozenset[str]) -> Overheard:
        """Ask about an object of any document, and listen inside; where and when as ``ask``."""
        return self._asking.overheard(self._awake(), self.look(), document, name, off)

    def look(self) -> Any:
        """Return the picture's embedding; where and when as ``ask``."""
        return self._awake().see(self._looking)

    def _awake(self) -> Eye | WideEye:
        if self._eye is None:
            error = self._failure.error if self._failure else None
            raise AnswerError(sentence(error) if error else "The picture is closed.") from error
        return self._eye

    def close(self) -> None:
        """Stop answering and let go of the picture. What is in the session stays."""
        self._unsubscribe()
        self.peeks.close()
        with self._news:
            self._pixels = None
            self._eye = None
            self._asking.clear()
            self._news.notify_all()

    def _heard(self, patch: Patch) -> None:
        # a choice may come before the answer that it is of
        put = patch.edit.put.values()
        self._note(each.object if isinstance(each, Answer) else each.id for each in put)

    def _note(self, names: Iterable[str]) -> None:
        document = self._session.document
        for name in names:
            thing, answer = document.get(name), document.answer_of(name)
            if answer and isinstance(thing, Object):
                self._asking.logits.choose(answer.of, chosen(thing, answer))

    def _wake(self) -> None:
        version = self._session.version
        with self._news:  # what somebody waits for may be undone: the model need not end first
            self._news.notify_all()
        try:
            self._executor.submit(self._step)
        except WorkerError as error:
            self._fail(error, version)

    def _fail(self, error: BaseException, version: int) -> None:
        with self._news:
            self._failure = Failure(error, version)
            self._news.notify_all()
        self._say("error", sentence(error))

    def _settled(self, object_id: str | None) -> bool:
        ready = self._status is not None and self._status.what == "ready"
        wanted = self._asking.wanted(self._session.document, self._image)
        if object_id is not None:
            return object_id not in wanted
        return ready and not wanted

    def _work(self) -> None:
        """Do one step: get ready if need be, answer one object; come again while there is more."""
        version, pixels = self._session.version, self._pixels
        if pixels is None:
            return
        try:
            more = self._advance(pixels)
        except Ended:
            raise
        except BaseException as error:  # whatever a model raises becomes words in the widget
            log.info("the model %s failed", self._model, exc_info=True)
            self._fail(error, version)
            if not isinstance(error, Exception) and main_thread() is current_thread():
                raise  # the user's own Ctrl+C, where the work is done by who waits for it
            more = False
        with self._news:
            self._news.notify_all()
        if more:
            self._wake()

    def _advance(self, pixels: Any) -> bool:
        eye = self._eye
        if eye is None:
            loading = f"Loading the model {self._model}..."
            self._say("loading", loading)

            def fetched(share: float) -> None:
                downloading = f"Downloading the model {self._model}..."
                self._say("loading", *((downloading, share) if share < 1 else (loading,)))

            eye = self._sight(
                self._load(fetched),
                pixels,
                name=self._model,
                cache=self._cache,
                blobs=self._session.blobs,
            )
            with self._news:
                if self._pixels is None:
                    return False
                self._eye = eye
        embedding = eye.see(self._looking)
        if self._pixels is None:
            return False
        document = self._session.document
        wanted = self._asking.wanted(document, self._image)
        more = len(wanted) > 0
        owed = [name for name in wanted if document.answer_of(name) is None]
        known = [each for each in (self._recall(document, name) for name in owed) if each]
        if known:
            self._session.commit(Edit.of(*known))
        elif more:
            self._answer(eye, embedding, document, wanted[0])
        else:
            more = self._asking.grant(eye, embedding, document)
        self._say("ready", "Ready.")
        return more

    def _peek(self) -> None:
        self.peeks.work(self._look)

    def _look(self, document: Document, name: str) -> Prediction | None:
        """Ask the model what a click would; what it has not seen yet is not looked at for that."""
        eye = self._eye
        if eye is None or not eye.knows(document.prompts_of(name)):
            return None
        said = self._asking.tried(eye, eye.see(self._looking), document, name)
        return said.cut(cut_of(document, name))

    def _looking(self) -> None:
        self._say("encoding", LOOKING)

    def _answer(self, eye: Eye | WideEye, embedding: Any, document: Document, name: str) -> None:
        began = time.perf_counter()
        of = tuple(prompt.id for prompt in document.prompts_of(name))
        cut, turn = cut_of(document, name), self._asking.turn(name)
        prediction = self._asking.said(eye, embedding, document, name).cut(cut)
        candidates = candidates_of(prediction, prediction.masks(), self._session.blobs.put)
        seconds = time.perf_counter() - began
        by = eye.model_key
        answer = Answer(new_id(), name, of, candidates, int(prediction.best), seconds, cut, by)
        taken = self._session.commit(Edit.of(answer))
        self._asking.renewed(name, turn)
        now = tuple(prompt.id for prompt in self._session.document.prompts_of(name))
        if taken is None and now != of:
            self._asking.logits.forget(of)  # nobody has seen it: the next does not go on from it
        if taken is None and self._session.document is document:
            raise AnswerError("The answer was not taken, though its prompts are still the same.")

    def _say(
        self,
        what: Literal["loading", "encoding", "ready", "error"],
        text: str,
        progress: float | None = None,
    ) -> None:
        status = Status(what, progress, text, self._model)
        if status != self._status and self._pixels is not None:
            self._status = status
            self._tell(status)
