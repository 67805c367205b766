"""The data engine on a screen: a turn that is watched, changes that are judged. Runs nothing."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from . import charts

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

    from .log import Log
    from .reanswer import Reanswered


class Wheel:
    """What ``turn`` tells, as one output that renews itself.

    Give it as ``turn(photos, out, tell=Wheel())``.

    Attributes
    ----------
    log : Log or None
        What was told last.
    """

    def __init__(self) -> None:
        self.log: Log | None = None
        self._shown: Any = None

    def __call__(self, log: Log) -> None:
        """Show how things stand now."""
        import IPython.display  # noqa: PLC0415  the screen is asked for here

        screen: Any = IPython.display
        self.log = log
        page = screen.HTML(html_of(log))
        if self._shown is None:
            self._shown = screen.display(page, display_id=True)
        else:
            self._shown.update(page)

    def figure(self) -> Figure | None:
        """Return the same as a matplotlib figure; None while nothing was told."""
        return None if self.log is None else charts.wheel(self.log)


class Verdicts:
    """What was re-answered, one change after the other, with buttons: show it in a cell.

    Parameters
    ----------
    found : Reanswered

    Attributes
    ----------
    found : Reanswered
        With the verdicts so far; ``verdicts.found.write()`` writes what was accepted.
    """

    def __init__(self, found: Reanswered) -> None:
        import ipywidgets  # noqa: PLC0415  the screen is asked for here

        screen: Any = ipywidgets
        self.found = found
        self._shown = screen.HTML()
        self.accept = screen.Button(description="Accept", icon="check")
        self.refuse = screen.Button(description="Refuse", icon="times")
        self.rest = screen.Button(description="Accept the rest")
        self.accept.on_click(lambda _: self._judge(self.found.accept))
        self.refuse.on_click(lambda _: self._judge(self.found.refuse))
        self.rest.on_click(lambda _: self._judge(lambda _: self.found.accept()))
        self.buttons = self.accept, self.refuse, self.rest
        self.box = screen.VBox([self._shown, screen.HBox(self.buttons)])
        self._show()

    def _judge(self, verdict: Callable[[int], Reanswered]) -> None:
        if self.found.undecided:
            self.found = verdict(self.found.undecided[0])
        self._show()

    def _show(self) -> None:
        """Show the next change that is undecided, or how it has ended."""
        left = self.found.undecided
        self._shown.value = self.found.html_of(left[:1])
        for button in self.buttons:
            button.disabled = not left

    def _ipython_display_(self) -> None:
        import IPython.display  # noqa: PLC0415

        screen: Any = IPython.display
        screen.display(self.box)


def html_of(log: Log) -> str:
    """Return a log as HTML: the counters, the charts, the sentences."""
    head, *rows = log.rows()
    cells = "".join(f"<th>{escape(each)}</th>" for each in head)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(each)}</td>' for each in row)}</tr>" for row in rows
    )
    sentences = "".join(f"<li>{escape(each)}</li>" for each in log.sentences())
    picture = charts.as_html(charts.wheel(log))
    return f"<table><tr>{cells}</tr>{body}</table>{picture}<ul>{sentences}</ul>"
