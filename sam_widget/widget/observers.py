"""Functions that are called after each change, and what they print where they were given.

A change comes on whichever thread made it, where no cell runs and a print would be seen nowhere. So
what a function prints, errors too, goes under the cell that gave it. Knows no document.
"""

from __future__ import annotations

import io
import sys
import threading
import traceback
from collections import deque
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any, TextIO

from sam_widget.document.records import new_id
from sam_widget.errors import SamError, in_short, shown
from sam_widget.lifetime import foreign

from . import cells, outputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEPT = 200  # lines that are shown under a cell


class ObserverError(SamError, TypeError):
    """Something that cannot be called."""


class Observers:
    """A widget's observing functions, in the order of their coming.

    Parameters
    ----------
    refuse : callable
        Takes a sentence for the page where a function fails.
    """

    def __init__(self, refuse: Callable[[str], None]) -> None:
        self._refuse = refuse
        self._all: list[_Observer] = []

    def add(self, function: Callable[[Any], object]) -> None:
        """Have it called from now on; what its cell's earlier runs gave is called no more.

        Raises
        ------
        ObserverError
            It cannot be called.
        """
        if not callable(function):
            raise ObserverError(f"on_change takes a function of the widget, not {shown(function)}.")
        one = _Observer(function, cells.running())
        self._all = [each for each in self._all if not one.follows(each)] + [one]

    def remove(self, function: Callable[[Any], object]) -> None:
        """Call it no more."""
        self._all = [each for each in self._all if each.function != function]

    def tell(self, widget: Any) -> None:
        """Call them all."""
        for each in tuple(self._all):
            why = each.call(widget)
            if why is not None:
                self._refuse(why)


class _Observer:
    """One function, and its place under the cell that gave it."""

    def __init__(self, function: Callable[[Any], object], cell: tuple[str, str] | None) -> None:
        self.function, self._cell = function, cell
        self._lines: deque[str] = deque(maxlen=KEPT)
        self._place: str | None = None
        if outputs.in_notebook():
            self._place = f"sam-printed-{new_id()}"
            outputs.put(self._place, {"text/plain": ""})

    def follows(self, other: _Observer) -> bool:
        """Whether it comes from a later run of the other's cell."""
        if self._cell is None or other._cell is None:
            return False
        return self._cell[0] == other._cell[0] and self._cell[1] != other._cell[1]

    def call(self, widget: Any) -> str | None:
        """Call it and show what it printed; return a sentence where it failed."""
        why = None
        with printed() as text:
            try:
                with foreign():
                    self.function(widget)
            except Exception as error:  # noqa: BLE001  it is the user's: anything may happen in it
                traceback.print_exc()
                kind = type(error).__name__
                why = f"The function given to on_change failed: {kind}: {in_short(error)}."
        said = "".join(text)
        if said and self._place is None:
            sys.stdout.write(said)
        elif said and self._place is not None:
            self._lines.extend(said.splitlines())
            outputs.replace(self._place, {"text/plain": "\n".join(self._lines)})
        return why


@contextmanager
def printed() -> Iterator[list[str]]:
    """Collect what this thread prints, and leave other threads' prints where they go."""
    text: list[str] = []
    out, err = (_Collecting(stream, text) for stream in (sys.stdout, sys.stderr))
    with redirect_stdout(out), redirect_stderr(err):
        try:
            yield text
        finally:
            # two threads may put back each other's: what is left over then passes all through
            out.ended = err.ended = True


class _Collecting(io.TextIOBase):
    def __init__(self, before: TextIO, text: list[str]) -> None:
        self._before, self._text = before, text
        self._thread, self.ended = threading.get_ident(), False

    def write(self, text: str) -> int:
        if self.ended or threading.get_ident() != self._thread:
            return self._before.write(text)
        self._text.append(text)
        return len(text)

    def flush(self) -> None:
        self._before.flush()
