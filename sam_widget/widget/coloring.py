"""Coloring: each object in its own colour or in its label's, as ``js/src/coloring.ts`` has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .palette import PALETTE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sam_widget.document.records import Object

UNNAMED = (150, 155, 165)  # of an accepted object without a label, where colours are labels'


def colors(
    things: Sequence[Object], by: str = "object", offered: Iterable[str] = ()
) -> list[tuple[int, int, int]]:
    """Return each object's colour, red, green, blue, 0..255.

    Parameters
    ----------
    things : sequence of Object
        All, in the order of their numbers.
    by : {"object", "label"}
    offered : iterable of str
        Labels that come before those that are used.
    """
    if by == "object":
        return [PALETTE[each.color % len(PALETTE)] for each in things]
    used = (each.label for each in things if each.label)
    places = {label: i for i, label in enumerate(dict.fromkeys([*offered, *used]))}
    return [
        PALETTE[places.get(each.label, each.color) % len(PALETTE)]
        if each.label or not each.locked
        else UNNAMED
        for each in things
    ]
