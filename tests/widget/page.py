"""A small photo, a widget that shows it, and a page at the other end without a browser."""

import numpy as np
from ipywidgets.widgets import widget as ipywidget

from sam_widget.document.blobs import name_of
from sam_widget.document.edits import Edit, edit_to_json
from sam_widget.segment.answers.worker import Inline
from sam_widget.widget import SamWidget
from sam_widget.widget.channel import Channel
from sam_widget.widget.protocol import PROTOCOL

WIDTH, HEIGHT = 60, 40
PHOTO = np.random.default_rng(3).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)


class Quiet(SamWidget):
    """A widget whose model works when somebody waits for it, on their thread."""

    _executor = staticmethod(lambda model: Inline())


def live():
    """The widgets that ipywidgets keeps."""
    kept = ipywidget._instances.values()
    return [each for each in kept if isinstance(each, (SamWidget, Channel))]


class Page:
    """What one tab hears and says; `comm` is the widget itself or its channel."""

    def __init__(self, widget, comm=None, client="page"):
        self.widget = widget
        self.comm = widget.channel if comm is None else comm
        self.client = client
        self.heard = []
        self.seq = 0
        self.version = -1  # of the document that it acts on; the kernel's own where nobody says
        self.comm.comm.send = self._hear

    def _hear(self, data=None, metadata=None, buffers=None):
        if data["method"] == "custom":
            self.heard.append((data["content"], list(buffers or [])))

    def says(self, content, buffers=()):
        """Send anything at all."""
        self.comm._handle_custom_msg(content, list(buffers))

    def hello(self):
        common = {"client": self.client, "call": 1, "seq": self.seq, "version": -1}
        self.says({"type": "hello", **common, "protocol": PROTOCOL})
        return self.last("snapshot")

    def push(self, *records, drop=(), data=()):
        self.seq += 1
        edit = edit_to_json(Edit.of(*records, drop=drop))
        common = {"client": self.client, "seq": self.seq, "version": self.version}
        blobs = [name_of(each) for each in data]
        self.says({"type": "push", **common, "edit": edit, "blobs": blobs}, data)

    def undo(self):
        self.seq += 1
        self.says({"type": "undo", "client": self.client, "seq": self.seq})

    def all(self, kind):
        return [content for content, _ in self.heard if content["type"] == kind]

    def last(self, kind):
        return self.all(kind)[-1]
