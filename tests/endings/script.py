"""One process: something is under way, and then it ends. ``python script.py WORK END [URL]``.

Plain Python, as a user's script; what it prints on standard error is the user's own.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from typing import Any

import numpy as np

from sam_widget import SamWidget

PHOTO = np.random.default_rng(0).integers(0, 256, (900, 1200, 3), np.uint8)
SMALL = PHOTO[:80, :100].copy()


def until(condition: Any, seconds: float = 60.0) -> None:
    """Wait for something that another thread does."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit("it never came to that")
        time.sleep(0.001)


def _status(widget: Any) -> str:
    return widget._desk.answerer.status.what


def nothing() -> None:
    """Import only."""


def loading() -> Any:
    """The model is being loaded, or torch imported."""
    return SamWidget(SMALL, "mini")


def encoding() -> Any:
    """The image encoder is at work."""
    widget = SamWidget(PHOTO, "mini")
    until(lambda: _status(widget) == "encoding")
    return widget


def answered() -> Any:
    """A click was answered; its embedding may still be on its way to the disk."""
    widget = SamWidget(SMALL, "mini")
    widget.add_point(10, 10)
    return widget


def answering() -> Any:
    """Clicks are being answered, more than can be."""
    widget = answered()

    def clicks() -> None:
        for x in range(1, 90):
            widget.add_point(x, 20)

    threading.Thread(target=clicks, daemon=True).start()
    time.sleep(0.05)
    return widget


def downloading() -> Any:
    """A mirror on this machine sends the model, and never ends."""
    os.environ["SAM_WIDGET_WEIGHTS"] = sys.argv[3]
    widget = SamWidget(SMALL, "mobile_sam")
    until(lambda: "Downloading" in widget._desk.answerer.status.text)
    return widget


def writing() -> Any:
    """Embeddings are being written to a slow disk."""
    from sam_widget.segment.embeddings.disk import Disk

    put = Disk.put

    def slowly(self: Any, *value: Any) -> Any:
        time.sleep(0.3)
        return put(self, *value)

    Disk.put = slowly  # type: ignore[method-assign]
    widget = SamWidget(SMALL, "mini")
    for x in range(3):
        widget.image = np.roll(SMALL, x, axis=1)
        widget.add_point(10, 10)
    return widget


def closed() -> None:
    """The widget was closed in the middle of its work."""
    encoding().close()


def another_image() -> Any:
    """Another image took the place of one that is being encoded."""
    widget = encoding()
    widget.image = PHOTO[::-1]
    return widget


def everything() -> None:
    """Everything mode is at work on a thread of the user's."""
    from sam_widget import Search, find_everything

    started = threading.Event()

    def find() -> None:
        started.set()
        find_everything("mini", PHOTO, Search(points_per_side=64), progress=False)

    threading.Thread(target=find, daemon=True).start()
    started.wait()
    time.sleep(1.0)


def two_models() -> Any:
    """Two workers, of which one waits for the other's import."""
    widgets = SamWidget(SMALL, "mini"), SamWidget(PHOTO, "small")
    time.sleep(float(np.random.default_rng().uniform(0, 3)))
    return widgets


def observed() -> Any:
    """An observer on the model's thread never returns."""
    called = threading.Event()
    widget = SamWidget(SMALL, "mini")
    widget.wait()
    widget.observe(lambda _: (called.set(), time.sleep(3600)), "mask")
    threading.Thread(target=widget.add_point, args=(10, 10), daemon=True).start()
    called.wait()
    return widget


def remote() -> Any:
    """A model of the user's never answers."""
    asked = threading.Event()

    class Remote:
        name = key = "remote"
        device = "cpu"

        def takes(self, kind: str) -> bool:
            return kind == "point"

        def embed(self, pixels: Any) -> Any:
            asked.set()
            time.sleep(3600)

        def predict(self, embedding: Any, prompts: Any) -> Any:
            raise AssertionError

    widget = SamWidget(SMALL, Remote())  # type: ignore[arg-type]
    asked.wait()
    return widget


def precomputing() -> None:
    """Many pictures are encoded ahead, on a thread of the user's."""
    from sam_widget import precompute

    pictures = (np.roll(SMALL, x, axis=1) for x in range(1000))
    threading.Thread(target=precompute, args=(pictures, "mini"), daemon=True).start()
    time.sleep(float(np.random.default_rng().uniform(1, 4)))


def falls_off() -> None:
    """The last line was the last."""


def raises() -> None:
    """An exception nobody catches."""
    raise LookupError("the user's own")


def exits() -> None:
    """The user's own status."""
    sys.exit(3)


def interrupted() -> None:
    """Ctrl+C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in a background job
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(60)


def waits_in_a_thread() -> None:
    """A thread of the user's, which the interpreter waits for, goes on using it."""

    def use() -> None:
        time.sleep(0.2)
        widget = SamWidget(SMALL, "mini")
        widget.add_point(10, 10)
        print("answered", widget.mask is not None)

    threading.Thread(target=use).start()


def leaves_a_daemon() -> None:
    """A daemon thread of the user's is in the middle of something."""

    def use() -> None:
        while True:
            widget = SamWidget(SMALL, "mini")
            widget.add_point(10, 10)

    threading.Thread(target=use, daemon=True).start()
    time.sleep(0.3)


WORKS = (nothing, loading, encoding, answered, answering, downloading, writing, closed,
         another_image, everything, two_models, observed, remote, precomputing)  # fmt: skip
ENDS = {falls_off: 0, raises: 1, exits: 3, interrupted: -signal.SIGINT, waits_in_a_thread: 0,
        leaves_a_daemon: 0}  # fmt: skip

# The user's observer keeps the model's thread for an hour, and the user's thread waits for it.
ENDLESS = {("observed", "waits_in_a_thread")}

if __name__ == "__main__":
    work, end = sys.argv[1:3]
    kept = globals()[work]()  # a script's own name for it lives until the end
    globals()[end]()
