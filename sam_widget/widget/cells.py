"""Which cell makes a widget, so that running it again lets go of what its last run made.

IPython's ``Out``, ``_`` and ipywidgets' registry hold every widget for ever; nobody could see the
old one's pixels again, since its cell's output is replaced. Knows nothing of what a widget holds.
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
    """Return what the running cell's last run has made, for who needs what that holds."""
    here = running()
    if here is None:
        return []
    cell, run = here
    with _lock:
        last, widgets = _runs.get(cell, (None, WeakSet()))
        return [] if last == run else list(widgets)


def made(widget: Closable) -> None:
    """Note that the running cell has made a widget; close what its earlier runs made."""
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
    for each in old:
        each.close()
