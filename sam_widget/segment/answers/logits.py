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


class Logits:
    """What the model said lately, low-resolution logits and all, by the prompts; bounded.

    A prompt that joins others is answered better when the mask so far goes in with it (paper,
    appendix A: "Training algorithm").
    """

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._kept: OrderedDict[frozenset[str], tuple[Prediction, int]] = OrderedDict()
        self.renew()
        renews(self)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._lock = Lock()

    def put(self, of: tuple[str, ...], said: Prediction) -> None:
        """Keep what the model said; its `best` counts until somebody chooses another."""
        with self._lock:
            self._kept[frozenset(of)] = (said, int(said.best))
            self._kept.move_to_end(frozenset(of))
            size = sum(each.logits.nbytes for each, _ in self._kept.values())
            while size > self._limit:
                _, (old, _) = self._kept.popitem(last=False)
                size -= old.logits.nbytes

    def said(self, of: tuple[str, ...]) -> Prediction | None:
        """Return what the model said to exactly these prompts; None where that is forgotten."""
        with self._lock:
            kept = self._kept.get(frozenset(of))
            return kept and kept[0]

    def forget(self, of: tuple[str, ...]) -> None:
        """Let go of an answer's."""
        with self._lock:
            self._kept.pop(frozenset(of), None)

    def choose(self, of: tuple[str, ...], choice: int) -> None:
        """Say which candidate of that answer counts."""
        with self._lock:
            kept = self._kept.get(frozenset(of))
            if kept and choice < len(kept[0].logits):
                self._kept[frozenset(of)] = (kept[0], choice)

    def below(self, of: tuple[str, ...]) -> NDArray[np.float32] | None:
        """Return the (h, w) logits for most of these prompts, but not all; None without any."""
        with self._lock:
            parts = [asked for asked in self._kept if asked < frozenset(of)]
            if not parts:
                return None
            said, choice = self._kept[max(parts, key=len)]
            return said.fed(choice)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()
