"""Many photos: which there are, what is written of each, what was judged. No model, no screen.

In reading order:

- ``photos``: a list, folder, glob or generator as photos with names, read no further than asked
- ``places``: where the work on a photo lies: its JSON, its journal
- ``entries``: what an album notes of a photo: objects, verdict, note
- ``at_work``: who has a photo open, and who was killed at it
- ``written``: a photo's SA-1B JSON, never over what somebody else has written
- ``thumbnails``: photos small, as many as fit in so many bytes
"""

from .entries import VERDICTS, Entry, Progress, Verdict
from .photos import Photo, Roll, photos_below, roll_of
from .places import Place, place_of

__all__ = [
    "VERDICTS",
    "Entry",
    "Photo",
    "Place",
    "Progress",
    "Roll",
    "Verdict",
    "photos_below",
    "place_of",
    "roll_of",
]
