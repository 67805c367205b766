"""Peeks: what an edit would give, were it made; newest wins. Changes no document, keeps no blob."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from threading import Lock, current_thread, main_thread
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from sam_widget.document.edits import apply
from sam_widget.document.rules import MOST_PROMPTS, check
from sam_widget.lifetime import Ended, renews

if TYPE_CHECKING:
    from collections.abc import Callable

    from sam_widget.document.edits import Document, Edit
    from sam_widget.document.session import Session
    from sam_widget.masks import Mask
    from sam_widget.segment.prompts import Prediction

    Look: TypeAlias = Callable[[Document, str], Prediction | None]

LARGEST = 2 * MOST_PROMPTS + 2  # records of an edit: all prompts of an object put in another order

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Glimpse:
    """The mask that would lead, and its predicted IoU, 0..1."""

    mask: Mask
    score: float


@dataclass(frozen=True)
class Peek:
    """A question without consequences.

    Attributes
    ----------
    edit : Edit
        What would be done.
    version : int
        Of the document that it would be done on; on a later one the question is moot.
    tell : callable
        Called once, with a Glimpse, or with None where there is nothing to be seen.
    """

    edit: Edit
    version: int
    tell: Callable[[Glimpse | None], None]


def unforeseen(document: Document, name: str) -> None:
    """Take no notice of what was looked at."""


class Peeks:
    """The one peek that waits.

    Parameters
    ----------
    session : Session
        Whose document an edit would change.

    Attributes
    ----------
    foreseen : callable
        Takes each document, and the object of it, that was looked at: what a hand is about to do.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._waiting: Peek | None = None
        self.foreseen: Callable[[Document, str], None] = unforeseen
        self.renew()
        renews(self)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._lock = Lock()

    def put(self, peek: Peek) -> bool:
        """Let a peek wait in the place of an older one; True where none did: it is to be worked."""
        return self._instead(peek) is None

    def close(self) -> None:
        """Let none wait."""
        self._instead(None)

    def work(self, look: Look) -> None:
        """Answer the peek that waits, if there is one; raises nothing that is the model's.

        Parameters
        ----------
        look : callable
            Asks the model about an object of a document; None where it cannot be asked now.
        """
        with self._lock:
            peek, self._waiting = self._waiting, None
        if peek is None:
            return
        glimpse = None
        try:
            glimpse = self._glimpse(peek, look)
        except Ended:
            raise
        except BaseException as error:  # who clicks hears why; a hand that only moves need not
            log.debug("a peek failed", exc_info=True)
            if not isinstance(error, Exception) and main_thread() is current_thread():
                raise  # the user's own Ctrl+C
        finally:
            peek.tell(glimpse)

    def _instead(self, peek: Peek | None) -> Peek | None:
        with self._lock:
            before, self._waiting = self._waiting, peek
        if before is not None:
            before.tell(None)
        return before

    def _glimpse(self, peek: Peek, look: Look) -> Glimpse | None:
        state = self._session.state
        if peek.version != state.version or len(peek.edit.put) + len(peek.edit.drop) > LARGEST:
            return None
        after = apply(state.document, check(state.document, peek.edit))
        thing = after.open_object()
        asks = thing is not None and after.prompts_of(thing.id)
        prediction = look(after, thing.id) if thing and asks else None
        if thing is None or prediction is None:
            return None
        self.foreseen(after, thing.id)
        if not (np.isfinite(prediction.scores).all() and np.isfinite(prediction.logits).all()):
            return None  # a click says what is wrong
        best = int(prediction.best)
        return Glimpse(prediction.mask(best), float(prediction.scores[best]))
