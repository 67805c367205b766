"""Session: the one owner of a document. Every change passes here; no wire, no model, no screen."""

from __future__ import annotations

import logging
import threading
from collections import deque
from dataclasses import replace
from itertools import repeat
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from sam_widget.lifetime import renews

from .blobs import Blobs
from .chronicle import Chronicle
from .edits import Document, Edit, EditError, apply, invert
from .memory import Memory
from .patch import Act, Origin, Patch, State
from .plain import MalformedError
from .records import Answer, Image, Mark, Object, record_from_json, record_to_json
from .rules import check
from .steps import history_after, whole_step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .records import Record

    Listener: TypeAlias = Callable[[Patch], None]
    Change: TypeAlias = Callable[[State], Edit | None]

T = TypeVar("T")

LOOK_BACK = 256  # versions that a page may be behind, and its edits are still understood
BACK_BYTES = 8 * 2**20  # and what these may hold
SLACK, SLACK_BYTES = 64, 16 * 2**20  # blobs that may lie about before they are tidied
LATE = 1000  # marks whose ids are known though nothing remembers them
NOTHING = Edit()

log = logging.getLogger(__name__)


class Session:
    """One document, one history, one count of versions. Any thread may call.

    Parameters
    ----------
    document : Document, optional
        What to start with, as a rule an Image alone.

    Attributes
    ----------
    blobs : Blobs
        The bytes that the document's records mention.
    chronicle : Chronicle
        What was done since the photo was opened.
    """

    def __init__(self, document: Document | None = None) -> None:
        self.blobs = Blobs()
        self.chronicle = Chronicle(self.blobs)
        self._state = State(document or Document())
        self.renew()
        renews(self)
        self._listeners: dict[object, tuple[Listener, Callable[[], None]]] = {}
        self._memory = Memory()
        self._marks: dict[str, Mark] = {}
        self._back: deque[Edit] = deque(maxlen=LOOK_BACK)  # what leads back, the newest last
        self._kept = self._kept_bytes = 0  # blobs that the last tidying left
        self._known = 0  # prompts that the last forgetting left
        for answer in self.document.of_type(Answer):
            if self.document.answer_of(answer.object) == answer:
                self._memory.remember(self.document, answer, self._size(answer))
        self._learn(self.document.values())

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._lock = threading.Lock()

    @property
    def state(self) -> State:
        """Document, version and history of one moment."""
        return self._state

    @property
    def document(self) -> Document:
        """The document as it is now."""
        return self._state.document

    @property
    def version(self) -> int:
        """How many changes there have been."""
        return self._state.version

    @property
    def can_undo(self) -> bool:
        """Whether ``undo`` would do something."""
        return self._state.history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether ``redo`` would do something."""
        return self._state.history.can_redo

    def push(self, edit: Edit, by: Origin | None = None) -> Patch:
        """Make a person's edit.

        Returns
        -------
        Patch
            What became of it: with what had to go along, and answers that are true again.

        Raises
        ------
        EditError
            The edit cannot be; nothing has changed.
        """
        return self._make("push", lambda state: self._checked(state, edit), by)

    def act(
        self, make: Callable[[Document], Edit | None], by: Origin | None = None
    ) -> Patch | None:
        """Push what ``make`` makes of the document of that moment: nothing comes between.

        Returns
        -------
        Patch or None
            None when ``make`` returned None.

        Raises
        ------
        EditError
            ``make`` raised it, or the edit cannot be; nothing has changed.
        """

        def change(state: State) -> Edit | None:
            edit = make(state.document)
            return None if edit is None else self._checked(state, edit)

        return self._change("push", change, by)

    def _checked(self, state: State, edit: Edit) -> Edit:
        whole = check(state.document, edit)
        for name, record in edit.put.items():
            if isinstance(record, Mark) and self._marks.get(name, record) != record:
                raise EditError("A prompt's id was another one's; a new prompt needs a new id.")
            if isinstance(record, Mark):
                self._brought(record)
        return whole

    def _brought(self, mark: Mark) -> None:
        """Refuse a mark whose blobs are not here, or are of another length than it says."""
        found = [self.blobs.get(name) for name in mark.blobs()]
        if None in found:
            raise EditError(f"The {mark.tag}'s bytes are not here any more: give it again.")
        held = sum(len(data or b"") for data in found)
        if held != mark.held():
            raise EditError(f"The {mark.tag} says {mark.held()} bytes, and brings {held}.")

    def at(self, version: int) -> Document:
        """Return the document of a late version; that of now where it is none, or too long ago."""
        steps = self.version - version
        document = self.document
        if 0 < steps <= len(self._back):
            for inverse in tuple(self._back)[: -steps - 1 : -1]:
                document = apply(document, inverse)
        return document

    def undo(self, by: Origin | None = None) -> Patch | None:
        """Undo the last step; None when there is none."""
        return self._change(
            "undo", lambda state: whole_step(state.history.undo, state.document), by
        )

    def redo(self, by: Origin | None = None) -> Patch | None:
        """Do the last undone step again; None when there is none."""
        return self._change(
            "redo", lambda state: whole_step(state.history.redo, state.document), by
        )

    def commit(self, edit: Edit) -> Patch | None:
        """Take what the model said: Answers put, Answers dropped, no step for undo.

        An Answer whose object or prompts have changed meanwhile is left out; one that is taken
        replaces the object's older ones.

        Returns
        -------
        Patch or None
            None when nothing was left.

        Raises
        ------
        EditError
            The edit holds something else than Answers, or one that no page could read.
        """
        answers = [each for each in edit.put.values() if isinstance(each, Answer)]
        if len(answers) < len(edit.put):
            raise EditError("A commit puts answers only; what a person does is pushed.")
        try:
            for answer in answers:
                record_from_json(record_to_json(answer), "answer")
        except MalformedError as error:
            self.blobs.settle(blob for answer in answers for blob in answer.blobs())
            raise EditError(f"The model's answer cannot be shown: {error}") from None

        def change(state: State) -> Edit | None:
            document = state.document
            drop = [name for name in edit.drop if name in document]
            if not all(isinstance(document[name], Answer) for name in drop):
                raise EditError("A commit drops answers only; what a person does is pushed.")
            true = {each.object: each for each in answers if self._holds(document, each)}
            for answer in true.values():
                drop += [old.id for old in document.answers_of(answer.object)]
            self.blobs.settle(blob for answer in answers for blob in answer.blobs())
            if not true and not drop:
                return None
            return Edit.of(*true.values(), drop=tuple(dict.fromkeys(drop)))

        return self._change("commit", change, None)

    def open(self, image: Image) -> Patch:
        """Begin anew with another image: all else goes, and there is nothing to undo."""

        def change(state: State) -> Edit:
            self.blobs.settle(image.blobs())
            return Edit.of(image, drop=tuple(state.document))

        return self._make("open", change, None)

    def succeed(self, version: int, image: Image | None) -> State:
        """Count on from another session, whose ``image`` pages saw at its last ``version``.

        What they still mean for that one is refused, as after ``open``.
        """
        with self._lock:
            back = Edit({} if image is None else {image.id: image}, tuple(self.document))
            self._back = deque([*repeat(NOTHING, LOOK_BACK - 1), back], maxlen=LOOK_BACK)
            self._state = replace(self._state, version=version + 1)
            return self._state

    def replay(self, act: Act, edit: Edit, at: float = 0.0) -> None:
        """Make a change as a Patch told it; nobody who listens hears of it.

        The same changes in the same order give the same document, history and remembered answers,
        without a model. The blobs that they mention have been put before.

        Raises
        ------
        EditError
            The act cannot be here: there is nothing to undo, or to do again.
        """
        with self._lock:
            self._advance(act, edit, at)
            self.chronicle.resume(at)

    def remark(self, **said: Any) -> None:
        """Note in the chronicle what changes no document, and what answers come of."""
        with self._lock:
            self.chronicle.remark(**said)

    def subscribe(
        self, listener: Listener, after: Callable[[], None] = lambda: None
    ) -> Callable[[], None]:
        """Hear of every change.

        Parameters
        ----------
        listener : callable
            Takes each Patch, in the order of versions, under the session's lock: it must be quick
            and must not call the session's verbs.
        after : callable
            Called once the lock is free again, on the thread that made the change; here the work is
            done that ``listener`` noted down. Calls may come late, together or at the same time.

        Returns
        -------
        callable
            Ends the subscription.
        """
        key = object()

        def end() -> None:
            with self._lock:
                self._listeners.pop(key, None)

        with self._lock:
            self._listeners[key] = (listener, after)
        return end

    def between(self, function: Callable[[State], T]) -> T:
        """Call ``function`` with the state while no change can come between; it must be quick."""
        with self._lock:
            return function(self._state)

    def _make(self, act: Act, change: Change, by: Origin | None) -> Patch:
        patch = self._change(act, change, by)
        if patch is None:
            raise AssertionError  # only undo, redo and commit may find nothing to do
        return patch

    def _change(self, act: Act, change: Change, by: Origin | None) -> Patch | None:
        """Let ``change`` say all that becomes of the state, make it so and tell everybody."""
        with self._lock:
            state = self._state
            edit = change(state)
            if edit is None:
                return None
            edit = self._memory.make_true(state.document, edit)
            at = self.chronicle.now()
            self._advance(act, edit, at)
            patch = Patch(self.version, act, edit, by, self.can_undo, self.can_redo, at)
            listeners = tuple(self._listeners.values())
            for listener, _ in listeners:
                _guarded(listener, patch)
        for _, after in listeners:
            _guarded(after)
        return patch

    def _advance(self, act: Act, edit: Edit, at: float) -> None:
        """Make the state what it is after a whole edit: all that follows is told by the act."""
        state = self._state
        history = history_after(act, state, edit)
        self.chronicle.note(act, edit, state.document, at)
        document = apply(state.document, edit)
        back = invert(state.document, edit)
        self._state = State(document, state.version + 1, history)
        if act == "open":
            back = self._forget(back)
        self._back.append(back)
        while sum(each.weight for each in self._back) > BACK_BYTES:
            self._back.popleft()
        for record in edit.put.values():
            if isinstance(record, Answer) and document.answer_of(record.object) == record:
                self._memory.remember(document, record, self._size(record))
        self._learn(edit.put.values())
        self._tidy(document)

    def _forget(self, back: Edit) -> Edit:
        """Let go of the pictures before; return of ``back`` that they were others."""
        self._back = deque(repeat(NOTHING, len(self._back)), maxlen=LOOK_BACK)
        self._memory.clear()
        self._marks, self._known = {}, 0
        self._sweep(self.document)
        images = {name: each for name, each in back.put.items() if isinstance(each, Image)}
        return Edit(images, back.drop)

    def _holds(self, document: Document, answer: Answer) -> bool:
        """Whether an answer fits its object's prompts of now, and its masks are at hand."""
        here = isinstance(document.get(answer.object), Object) and all(
            blob in self.blobs for blob in answer.blobs()
        )
        return here and answer.of != () and document.bears(answer)

    def _learn(self, records: Iterable[Record]) -> None:
        """Note what each mark's id means, for as long as anything remembers it."""
        self._marks.update({each.id: each for each in records if isinstance(each, Mark)})
        if len(self._marks) <= 2 * self._known + LATE:
            return
        history = self._state.history
        edits = (*history.past, *history.future, *self._back)
        named = [*self.document.values(), *(each for edit in edits for each in edit.put.values())]
        late = tuple(self._marks.values())[-LATE:]  # an answer to one of these may be on its way
        kept = (*late, *self._memory.prompts(), *named)
        self._marks = {each.id: each for each in kept if isinstance(each, Mark)}
        self._known = len(self._marks)

    def _size(self, answer: Answer) -> int:
        """Bytes of an answer's masks."""
        return sum(len(self.blobs.get(name) or b"") for name in answer.blobs())

    def _tidy(self, document: Document) -> None:
        """Let go of bytes that nothing mentions or brings back, seldom enough to cost nothing."""
        few = len(self.blobs) <= 2 * self._kept + SLACK
        if not few or self.blobs.nbytes > 2 * self._kept_bytes + SLACK_BYTES:
            self._sweep(document)

    def _sweep(self, document: Document) -> None:
        history = self._state.history
        steps = (*history.past, *history.future)
        back = (record for step in steps for record in step.put.values())
        records = (*document.values(), *self._memory.answers(), *back)
        self.blobs.keep(blob for record in records for blob in record.blobs())
        self._kept, self._kept_bytes = len(self.blobs), self.blobs.nbytes


def _guarded(function: Callable[..., None], *arguments: object) -> None:
    """Call a listener; one that fails is logged and keeps nobody else from hearing."""
    try:
        function(*arguments)
    except Exception:
        log.exception("A listener of the session failed")
