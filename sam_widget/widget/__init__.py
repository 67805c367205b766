"""The screen: the only folder that knows anywidget."""

from .outcome import Segment
from .widget import SamWidget

__all__ = ["SamWidget", "Segment"]
