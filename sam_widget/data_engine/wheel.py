"""Wheel: a turn of the data engine, watched in a notebook while it goes. Runs nothing itself."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from . import charts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from .log import Log


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


def html_of(log: Log) -> str:
    """Return a log as HTML: the counters, the charts, the sentences."""
    head, *rows = log.rows()
    cells = "".join(f"<th>{escape(each)}</th>" for each in head)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(each)}</td>' for each in row)}</tr>" for row in rows
    )
    said = [str(each.retrained) for each in log.rounds if each.retrained is not None]
    said += [] if log.rechecked is None else [str(log.rechecked)]
    sentences = "".join(f"<li>{escape(each)}</li>" for each in said)
    return (
        f"<table><tr>{cells}</tr>{body}</table>{charts.as_html(charts.wheel(log))}<ul>{sentences}</ul>"
        f"<p>{escape(log.assumption)}</p>"
    )
