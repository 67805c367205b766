"""SAM taken apart, for classes: what the lessons of ``examples/lessons`` show, ask and check.

In reading order:

- ``speech``: English or Korean
- ``marks``: what a frame is drawn of; ``screen`` and ``paper`` are where it is drawn
- ``stage``: frames that are played, stepped through, pointed at and saved
- ``threads``: one for small networks
- ``study``: a photo that a model has seen, to be asked often
- ``views``: what is seen of the model, a room each
- ``decoders``: two mask decoders trained on the same clicks
- ``explain``: the panel of ``w.explain()``, which shows some of them live
- ``tiny_canvas``: a whole SAM widget on ipycanvas, which lesson 9 builds
- ``numbers``: what a student did, as one JSON; ``classroom`` joins a folder of them
- ``checks``: ``check("2.1", answer)``; ``exercises`` has the answers

The lessons themselves are texts: ``examples/lessons/source``. Needs ``sam_widget[lessons]``.
"""

from .checks import Verdict, check
from .classroom import Classroom
from .marks import Disc, Line, Picture, Rect, Shape, Words, heat, tint
from .numbers import Numbers, numbers
from .speech import speak
from .stage import Frame, Stage
from .study import Study

__all__ = [
    "Classroom",
    "Disc",
    "Frame",
    "Line",
    "Numbers",
    "Picture",
    "Rect",
    "Shape",
    "Stage",
    "Study",
    "Verdict",
    "Words",
    "check",
    "heat",
    "numbers",
    "speak",
    "tint",
]
