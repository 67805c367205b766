"""The hidden child widget whose comm carries the protocol, and how it speaks. Knows no message."""

from __future__ import annotations

import os
from contextvars import ContextVar, copy_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from anywidget import AnyWidget
from IPython.core.getipython import get_ipython

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")

STATIC = Path(__file__).parent / "static"


def static(name: str) -> str | Path:
    """Return a built file's text, or its path while it is being developed.

    anywidget watches a path, and by its watch keeps every widget of the class alive
    (manzt/anywidget#929).
    """
    path = STATIC / name
    watched = os.environ.get("ANYWIDGET_HMR") == "1"
    return path if watched else path.read_text(encoding="utf-8")


class Whole(AnyWidget):
    """An anywidget whose state is saved whole: a page has no defaults for code and names."""

    def get_state(
        self, key: str | Iterable[str] | None = None, drop_defaults: bool = False
    ) -> dict[str, Any]:
        """Return what a page is told of the traits; ipywidgets calls this."""
        del drop_defaults
        state: dict[str, Any] = super().get_state(key)
        return state


class Channel(Whole):
    """A comm of its own for the protocol: cells that set the visible widget's traits leave it be.

    ipykernel 7.4 sends a comm's messages to the thread whose request last published on that comm.
    Clicks stay off the main thread, and so alive while a cell runs, as long as no cell ever does:
    `outside` sees to that.
    """

    _esm = static("channel.js")


def outside(work: Callable[[], T]) -> T:
    """Do something as if no cell were running, so that what it publishes belongs to none."""
    kernel = getattr(get_ipython(), "kernel", None)
    parent: Any = getattr(kernel, "_shell_parent", None)  # of ipykernel 7; 6 needs none of this

    def alone() -> T:
        if isinstance(parent, ContextVar):
            parent.set({})
        return work()

    return copy_context().run(alone)
