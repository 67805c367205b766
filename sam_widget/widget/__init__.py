"""The screen: the only folder that knows anywidget.

In reading order:

- ``widget``: `SamWidget`: the parts joined
- ``replaying``: what was done on a photo, as JSON, and played again by ``player``
- ``reporting``: the same as a page for people, which ``account`` makes
- ``judging``: a true mask, and how well masks agree with it; ``teacher`` keeps it
- ``prompting``: Python's prompts: points, boxes, strokes, masks
- ``looking``: what Python sees of a huge picture, and looks at; ``seen_through`` says it with each
  prompt
- ``by_hand``: masks corrected pixel by pixel; ``finished`` draws them
- ``objects_by_hand``: objects as wholes: added, put together, locked, hidden; ``wholes`` has the
  edits, ``bringing`` pushes them with their masks, ``known`` keeps what came with one
- ``measuring``: objects as numbers; ``measurement`` and ``tables`` hold them
- ``overlaps``: what becomes of one that is accepted and lies on others; ``arranging`` says it
- ``choosing``: what Python reads of three candidates, and turns
- ``finding``: what Python does in everything mode; ``likening`` with what is like an example
- ``phrases``: what Python finds by its name
- ``watched``: what of it can be observed
- ``seen``: what is seen of it without a page that runs
- ``saved``: its still in saved notebooks; ``outputs`` are places under cells
- ``screen``: what it shares with its pages: comms and knobs
- ``standalone``: a photo as a page that answers clicks in the browser; ``standalone_page`` has its
  text
- ``knobs``: the kinds of trait
- ``keymap``: which key does what in the page
- ``borrowing``: another widget's canvas over the photo
- ``explaining``: a panel beside it, of what goes on inside the model; ``following`` asks
- ``acts``: Python's verbs as edits
- ``coloring``: an object's colour, or its label's
- ``maker``: who draws, for ``Region.made``
- ``outcome``: what the document comes to in numpy; ``stills`` paints it small
- ``announcer``: who observes is told what has changed
- ``observers``: functions that hear of it, and where their prints are seen
- ``everything``: everything mode: what is found, and what pages hear of it; ``alike`` what is
  like an example; ``proposing`` has its messages
- ``desk``: a photo at work, without a screen
- ``lending``: what a page asks about candidates on side roads
- ``keeping``: where the work is kept: in memory, or in a folder
- ``many``: what Python does among many photos
- ``album``: many photos, one after the other; ``walks`` says which after which, ``sitting`` is one
  of them at work, ``strip`` shows all small, ``slides`` is what pages and kernel say of them,
  ``voice`` what is heard of each
- ``link``: a session on the wire
- ``protocol``: every message, once
- ``tiler``: a huge picture's tiles for pages; ``tiling`` has what they say of them
- ``standing``: what every page is told, also one that comes late
- ``channel``: the comm that carries them
- ``cells``: which cells made and show a widget
"""

from typing import Any

from sam_widget.regions import formerly

from .widget import SamWidget

__all__ = ["SamWidget"]


def __getattr__(name: str) -> Any:
    return formerly(__name__, "Segment", name)
