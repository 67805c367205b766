"""Steps: what each act makes of the history, and what undo and redo make. Changes no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .edits import Document, Edit, EditError, apply, cascade, invert, undoable
from .history import History

if TYPE_CHECKING:
    from collections.abc import Callable

    from .patch import Act, State


def history_after(act: Act, state: State, edit: Edit) -> History:
    """Return the history after a whole edit, with all that went along, which this act made.

    Raises
    ------
    EditError
        There is nothing to undo, or to do again.
    """
    return _HISTORIES[act](state, edit)


def whole_step(
    step: Callable[[Document], tuple[Edit, History] | None], now: Document
) -> Edit | None:
    """Return what a history's undo or redo does to the document of now; None without a step."""
    made = step(now)
    return None if made is None else cascade(now, made[0])  # answers that came since go along


def _recorded(state: State, edit: Edit) -> History:
    """Return the history after a person's edit, if it changes anything that a person made."""
    own = undoable(state.document, edit)
    if apply(state.document, own) == state.document:
        return state.history
    return state.history.record(invert(state.document, own))


def _stepped(made: tuple[Edit, History] | None) -> History:
    if made is None:
        raise EditError("There is nothing to undo, or to do again.")
    return made[1]


_HISTORIES: dict[Act, Callable[[State, Edit], History]] = {
    "push": _recorded,
    "undo": lambda state, _: _stepped(state.history.undo(state.document)),
    "redo": lambda state, _: _stepped(state.history.redo(state.document)),
    "commit": lambda state, _: state.history,
    "open": lambda *_: History(),
}
