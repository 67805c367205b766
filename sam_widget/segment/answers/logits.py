"""What late answers left: to feed back to the model, to cut anew. Knows no session, no model."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from sam_widget.lifetime import renews

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sam_widget.segment.prompts import Prediction

CHOICES = 6000  # answers whose choice is known: as many as a picture has objects


class Logits:
    """What the model said lately, low-resolution logits and all, by the prompts; bounded.

    A prompt that joins others is answered better when the mask so far goes in with it (paper,
    appendix A: "Training algorithm").
    """

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._kept: OrderedDict[frozenset[str], Prediction] = OrderedDict()
        self._chosen: OrderedDict[frozenset[str], int] = OrderedDict()
        self.renew()
        renews(self)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._lock = Lock()

    def put(self, of: tuple[str, ...], said: Prediction) -> None:
        """Keep what the model said; its `best` counts until somebody chooses another."""
        with self._lock:
            self._kept[frozenset(of)] = said
            self._kept.move_to_end(frozenset(of))
            size = sum(each.logits.nbytes for each in self._kept.values())
            while size > self._limit:
                _, old = self._kept.popitem(last=False)
                size -= old.logits.nbytes

    def said(self, of: tuple[str, ...]) -> Prediction | None:
        """Return what the model said to exactly these prompts; None where that is forgotten."""
        with self._lock:
            return self._kept.get(frozenset(of))

    def forget(self, of: tuple[str, ...]) -> None:
        """Let go of an answer's."""
        with self._lock:
            self._kept.pop(frozenset(of), None)

    def choose(self, of: tuple[str, ...], choice: int) -> None:
        """Say which candidate of that answer counts; it is noted for answers not kept, too."""
        with self._lock:
            self._chosen[frozenset(of)] = choice
            self._chosen.move_to_end(frozenset(of))
            if len(self._chosen) > CHOICES:
                self._chosen.popitem(last=False)

    def chosen(self, of: tuple[str, ...]) -> int | None:
        """Return which candidate of that answer counts; None where nobody has said."""
        with self._lock:
            return self._chosen.get(frozenset(of))

    def below(self, of: tuple[str, ...]) -> NDArray[np.float32] | None:
        """Return the (h, w) logits for most of these prompts, but not all; None without any."""
        with self._lock:
            parts = [asked for asked in self._kept if asked < frozenset(of)]
            if not parts:
                return None
            most = max(parts, key=len)
            said, choice = self._kept[most], self._chosen.get(most)
        return said.fed(choice if choice is not None and choice < len(said.logits) else said.best)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()
            self._chosen.clear()
