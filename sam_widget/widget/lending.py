"""What a page asks about the candidates on side roads: logits to cut itself, the next click.

Answers go to that page alone; nothing of them is in the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sam_widget.document.blobs import name_of

from .protocol import AskLogits, AskNext, Logits, Next

if TYPE_CHECKING:
    from collections.abc import Callable

    from sam_widget.segment.prompts import Prediction

    from .desk import Desk

STEPS = 2**15 - 1  # of an int16, either side of 0


def lend(desk: Desk, say: Callable[..., None], asked: AskLogits) -> None:
    """Send a candidate's logits, in time; nothing where it is gone, or of other prompts."""
    of = tuple(each.id for each in desk.session.document.prompts_of(asked.object))

    def give(to: tuple[str, ...], said: Prediction) -> None:
        if to == of and said.of_all and 0 <= asked.choice < len(said.logits):
            say(*_packed(asked, of, said))

    desk.lend(asked.object, give)


def _packed(asked: AskLogits, of: tuple[str, ...], said: Prediction) -> tuple[Logits, bytes]:
    grid = said.logits[asked.choice]
    side, (width, height) = said.frame.on_the_way(len(grid))
    step = max(float(np.abs(grid).max()), 1.0) / STEPS
    data = np.round(grid / step).astype("<i2").tobytes()
    told = (asked.client, asked.object, of, asked.choice, len(grid), side, width, height, step)
    return Logits(*told, (name_of(data),)), data


def suggest(desk: Desk, say: Callable[..., None], asked: AskNext) -> None:
    """Send the click that would settle most."""
    outcome = desk.outcome
    thing = outcome.document.open_object()
    answer = outcome.document.answer_of(thing.id) if thing else None
    say(Next(asked.client, answer.id if answer else None, outcome.next_click))
