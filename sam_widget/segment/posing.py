"""Posing: an object's prompts asked of a model, one question or several, and one answer of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .kinds import asked, lead, parts
from .naming import CLEAR
from .prompts import Prediction, stability

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from sam_widget.document.records import Prompt

    from .kinds import Sight
    from .prompts import Prompts

    Grid = NDArray[np.float32]
    Ask = Callable[[Prompts], Prediction]


def posed(
    ask: Ask, prompts: Sequence[Prompt], sight: Sight, before: Grid | None, *, feeds: bool
) -> Prediction:
    """Answer an object's prompts.

    Parameters
    ----------
    ask : callable
        Answers one question.
    prompts : sequence of Prompt
        In order.
    sight : Sight
    before : ndarray, optional
        (h, w) float32, logits of an earlier answer.
    feeds : bool
        Whether the model takes masks, so that one answer can go into the next question.
    """
    said = []
    several = parts(prompts)
    for part in several:
        so_far = before if len(several) == 1 or before is None else _within(part, sight, before)
        first = lead(part) if feeds and so_far is None else ()
        if first:
            answer = ask(asked(first, sight))
            so_far = answer.logits[answer.best]
        said.append(ask(asked(part, sight, so_far)))
    return said[0] if len(said) == 1 else joined(said)


def joined(said: Sequence[Prediction]) -> Prediction:
    """Return the union of several answers: what leads in each, then what comes next in each.

    Its predicted IoU is theirs by their areas, its stability that of the union.
    """
    rows = [[each.best, *(i for i in range(len(each.scores)) if i != each.best)] for each in said]
    logits = np.stack([each.logits[row] for each, row in zip(said, rows, strict=True)])
    scores = np.stack([each.scores[row] for each, row in zip(said, rows, strict=True)])
    areas = (logits > 0).sum((2, 3)) + 1
    whole = logits.max(0)
    return Prediction(
        whole,
        ((scores * areas).sum(0) / areas.sum(0)).astype(np.float32),
        stability(whole).astype(np.float32),
        CLEAR,
        0,
        said[0].frame,
    )


def _within(part: Sequence[Prompt], sight: Sight, before: Grid) -> Grid | None:
    """Return what earlier logits say of a question's own box; None where that is nothing."""
    box = asked(part, sight).box
    if box is None:
        return None
    frame, (high, wide) = sight.embedding.frame, before.shape
    (x0, y0), (x1, y1) = frame.to_model(box.reshape(2, 2)) / frame.side
    left, right = int(x0 * wide), int(np.ceil(x1 * wide))
    top, bottom = int(y0 * high), int(np.ceil(y1 * high))
    inside = np.full_like(before, -np.abs(before).max())
    inside[top:bottom, left:right] = before[top:bottom, left:right]
    return inside if (inside > 0).any() else None
