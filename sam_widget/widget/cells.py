"""Which cells make and show a widget, so that it is let go of when none does any more.

IPython's ``Out``, ``_`` and ipywidgets' registry hold every widget for ever; nobody could see its
pixels again when each cell that showed it ran again, since their outputs are replaced. Knows
nothing of what a widget holds.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakSet

from IPython.core.getipython import get_ipython

if TYPE_CHECKING:
    from collections.abc import Hashable


class Closable(Protocol):
    """A widget that can be closed more than once."""

    def close(self) -> None:
        """Let go of what is heavy."""
        ...


_lock = threading.Lock()
_runs: dict[str, tuple[Hashable, WeakSet[Any]]] = {}


def running() -> tuple[str, str] | None:
    """Return the running cell's id and this run's; None outside a notebook cell that says so.

    JupyterLab, Notebook 7 and VS Code send the id with the code; a bare kernel client does not.
    """
    shell: Any = get_ipython()
    parent = shell.get_parent() if hasattr(shell, "get_parent") else None
    if not isinstance(parent, dict):
        return None
    cell = parent.get("metadata", {}).get("cellId")
    run = parent.get("header", {}).get("msg_id")
    return (str(cell), str(run)) if cell and run else None


def earlier() -> list[Any]:
    """Return what the running cell's last run made or showed, for who needs what that holds."""
    here = running()
    if here is None:
        return []
    cell, run = here
    with _lock:
        last, widgets = _runs.get(cell, (None, WeakSet()))
        return [] if last == run else list(widgets)


def holds(widget: Closable) -> None:
    """Note that the running cell has made a widget, or shows it.

    What its earlier runs held is closed, but for what this run or another cell holds as well: there
    it can still be seen.
    """
    here = running()
    if here is None:
        return
    cell, run = here
    with _lock:
        last, widgets = _runs.get(cell, (None, WeakSet()))
        old = [] if last == run else list(widgets)
        mine = widgets if last == run else WeakSet()
        mine.add(widget)
        _runs[cell] = (run, mine)
        held = [each for _, each in _runs.values()]
        let_go = [each for each in old if not any(each in those for those in held)]
    for each in let_go:
        each.close()
