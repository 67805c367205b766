"""A hunt as a survey's course: it begins when the model is there, on the model's own thread.

Whoever makes one needs no torch yet.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

from sam_widget.lifetime import renews

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sam_widget.masks import Mask
    from sam_widget.segment.prompts import Prediction

    from .features import Traits
    from .hunt import Hunt, Ranked

MOST = 512  # clicks


class Chase:
    """Looks for what is like examples. Asked on the executor's thread, judged on any.

    Parameters
    ----------
    look : callable
        Returns the picture's embedding.
    masks : sequence of Mask
        Examples on this picture.
    elsewhere : Traits, optional
        Examples on others.
    """

    total = MOST

    def __init__(
        self,
        look: Callable[[], Any],
        masks: Sequence[Mask],
        elsewhere: Traits | None = None,
    ) -> None:
        self._look, self._masks, self._elsewhere = look, masks, elsewhere
        self._hunt: Hunt | None = None
        self._judged: tuple[tuple[int, ...], tuple[int, ...]] = (), ()
        self.renew()
        renews(self)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._lock = Lock()

    def place(self) -> tuple[float, float] | None:
        """Return where to ask next, x y in image pixels; None where nothing promises anything."""
        with self._lock:
            return self._begun().place()

    def heard(self, prediction: Prediction) -> None:
        """Take what a click at that place gives."""
        with self._lock:
            self._begun().heard(prediction.logits, prediction.scores)

    def judge(self, accepted: tuple[int, ...], refused: tuple[int, ...]) -> None:
        """Say which of the masks that came up are examples too, and which are none."""
        with self._lock:
            self._judged = accepted, refused
            if self._hunt is not None:
                self._hunt.judge(accepted, refused)

    def ranked(self) -> tuple[Ranked, ...]:
        """Return what is proposed now, the likest first."""
        with self._lock:
            return () if self._hunt is None else self._hunt.ranked

    def examples(self) -> Traits | None:
        """Return what the examples look like, accepted ones too; None before it has begun."""
        with self._lock:
            return None if self._hunt is None else self._hunt.examples

    def _begun(self) -> Hunt:
        if self._hunt is None:
            from .features import Look  # noqa: PLC0415  torch, on the worker's time
            from .hunt import Hunt  # noqa: PLC0415

            self._hunt = Hunt(Look.of(self._look()), self._masks, self._elsewhere)
            self._hunt.judge(*self._judged)
        return self._hunt
