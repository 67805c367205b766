"""A place of one's own in a cell's output: put there once, replaced later, from any thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from IPython.core.getipython import get_ipython

if TYPE_CHECKING:
    from collections.abc import Mapping


def in_notebook() -> bool:
    """Whether there are cells with outputs at all."""
    return hasattr(get_ipython(), "kernel")


def put(place: str, data: Mapping[str, str]) -> None:
    """Show a mime bundle in the running cell's output; ``place`` names it from then on."""
    _send(place, data, update=False)


def replace(place: str, data: Mapping[str, str]) -> None:
    """Show another wherever ``place`` is."""
    _send(place, data, update=True)


def _send(place: str, data: Mapping[str, str], *, update: bool) -> None:
    shell: Any = get_ipython()
    shell.display_pub.publish(dict(data), transient={"display_id": place}, update=update)
