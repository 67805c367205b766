"""The screen: the only folder that knows anywidget.

In reading order:

- ``widget``: `SamWidget`: the parts joined
- ``screen``: what it shares with its pages: comms and knobs
- ``knobs``: the kinds of trait
- ``acts``: Python's verbs as edits
- ``outcome``: what the document comes to in numpy
- ``announcer``: who observes is told what has changed
- ``desk``: a photo at work, without a screen
- ``keeping``: where the work is kept: in memory, or in a folder
- ``link``: a session on the wire
- ``protocol``: every message, once
- ``channel``: the comm that carries them
- ``cells``: which cell made a widget
"""

from typing import Any

from sam_widget.regions import formerly

from .widget import SamWidget

__all__ = ["SamWidget"]


def __getattr__(name: str) -> Any:
    return formerly(__name__, "Segment", name)
