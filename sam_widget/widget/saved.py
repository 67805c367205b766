"""What is seen of a widget without a kernel: a still beside its output, kept true. Paints nothing.

A widget's own output needs a kernel. So a picture goes beside it, into the output of whichever cell
shows the widget, alone or in a box, and is renewed there after each accept. While a page shows the
widget itself, that page hides the picture (``saved.ts``).
"""

from __future__ import annotations

import sys
import threading
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from IPython.core.getipython import get_ipython
from ipywidgets import Box

from sam_widget.lifetime import renews

from . import outputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sam_widget.document.patch import Patch
    from sam_widget.document.session import Session

    from .outcome import Outcome

ALONE = ("google.colab",)  # hosts whose outputs cannot see one another, so cannot hide one
WORDS = "No kernel: this is what was saved."
ALT = "The photo with its masks, as it was saved"

# Trusted notebooks keep a style. It gives the page two seconds to come before the picture does, and
# takes away JupyterLab's own word, that a model was not found.
STYLE = (
    ".sam-saved{margin:0;max-height:0;overflow:hidden;animation:sam-saved 0s 2s forwards}"
    "@keyframes sam-saved{to{max-height:none}}"
    ".sam-saved img{display:block;max-width:100%;height:auto}"
    ".jp-OutputArea-child:has(.sam-saved):not(:has(.jp-OutputArea-child))"
    "+.jp-OutputArea-child .jupyter-widgets:not(:has(*))"
    "{display:none}"
)


class Saved:
    """One widget's still, where it may be saved: in its state, and beside its output.

    Parameters
    ----------
    name : str
        By which the page finds the picture beside it.
    session : Session
        Whose accepts renew it.
    read : callable
        Returns the Outcome of now.
    paint : callable
        Returns the still of an Outcome as a picture file's bytes; None where none is to be kept.
    keep : callable
        Takes a new still, for the widget's state.
    """

    def __init__(
        self,
        name: str,
        session: Session,
        read: Callable[[], Outcome],
        paint: Callable[[Outcome], bytes | None],
        keep: Callable[[bytes], None],
    ) -> None:
        self._place = f"sam-saved-{name}"
        self._read, self._paint, self._keep = read, paint, keep
        self._asked = self._beside = False
        self._still: bytes | None = None
        self._accepted: tuple[object, ...] = ()
        self.renew()
        renews(self)
        self.close = session.subscribe(_unheard, self._follow)

    def renew(self) -> None:
        """Be as new in a forked child."""
        self._turn = threading.RLock()  # who observes the still may accept

    def follow(self, session: Session) -> None:
        """Be renewed by another session's accepts from now on, and now."""
        self.close()
        self.close = session.subscribe(_unheard, self._follow)
        self._follow()

    def show(self) -> str | None:
        """Put the still into the running cell's output; return it as HTML where none can be."""
        with self._turn:
            self._refresh()
            html = self._html()
            if html is None or not _can_stand_beside():
                return html
            outputs.put(self._place, _bundle(html))
            self._beside = True
            return None

    def refresh(self) -> None:
        """Have the still of now in the widget's state."""
        with self._turn:
            self._refresh()

    def _refresh(self) -> None:
        self._asked = True
        outcome = self._read()
        self._accepted = outcome.accepted
        try:
            still = self._paint(outcome)
        except LookupError:
            return  # another photo has come, and its masks with it; the next change tells
        if still is not None and still != self._still:
            self._still = still
            self._keep(still)

    def _html(self) -> str | None:
        if self._still is None:
            return None
        data = b64encode(self._still).decode()
        return (
            f'<figure class="sam-saved {self._place}"><style>{STYLE}</style>'
            f'<img src="data:image/webp;base64,{data}" alt="{ALT}">'
            f"<figcaption>{WORDS}</figcaption></figure>"
        )

    def _follow(self) -> None:
        """Refresh what somebody has asked for, when what is accepted has changed."""
        if not self._asked:
            return
        with self._turn:
            if self._read().accepted == self._accepted:
                return
            self._refresh()
            html = self._html() if self._beside else None
            if html is not None:
                outputs.replace(self._place, _bundle(html))


def _can_stand_beside() -> bool:
    """Whether there is a notebook whose page can hide the still while the widget is there."""
    return outputs.in_notebook() and not any(each in sys.modules for each in ALONE)


def _bundle(html: str) -> dict[str, str]:
    return {"text/html": html, "text/plain": ALT}


def watch_boxes() -> None:
    """Have boxes of ipywidgets show the stills of what is in them beside their own outputs."""
    formatter = getattr(get_ipython(), "display_formatter", None)
    if formatter is None:
        return
    bundles = formatter.mimebundle_formatter
    if bundles.for_type(Box) is None:
        bundles.for_type(Box, _boxed)


def _boxed(box: Any) -> Any:
    for each in dict.fromkeys(_inside(box)):
        each._beside()  # noqa: SLF001  a widget of ours
    return box._repr_mimebundle_()


def _inside(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if isinstance(getattr(child, "_saved", None), Saved):
            yield child
        yield from _inside(child)


def _unheard(patch: Patch) -> None:
    """Note nothing: the document itself tells what is new."""
