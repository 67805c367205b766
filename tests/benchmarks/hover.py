"""Previews a second while the mouse moves: in a real JupyterLab, and at the kernel alone.

    .venv/bin/python tests/benchmarks/hover.py [--seconds 10] [--model small] [--kernel]

Run it with nothing else going on. A hand goes round the photo, 60 places a second. In the page it
is counted how often a mask that was foreseen is shown, how many were asked for, and the share that
came too late to be shown. At the kernel (``--kernel``: that alone) the next place is asked for as
soon as the last is answered; then how long a click takes, and a foreseen one. ``--prompts N``
hovers over an object of so many prompts.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[2]
if not __package__:
    sys.path.insert(0, str(ROOT))

from sam_widget.document.edits import Edit, edit_to_json  # noqa: E402
from sam_widget.document.records import Object, Point, new_id  # noqa: E402
from sam_widget.segment.answers.worker import worker_for  # noqa: E402
from sam_widget.widget import SamWidget  # noqa: E402
from tests.page import lab as jupyterlab  # noqa: E402
from tests.widget.page import Page  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

RATE = 60  # places a second
ROUND = 4.0  # seconds in which the hand goes round

WIDGET = """
from sam_widget import SamWidget
w = SamWidget({photo!r}, {model!r})
w.wait()
asked = []
w.channel.on_msg(lambda _, content, buffers: asked.append(content["type"]))
display(w)
"""


def place(seconds: float) -> tuple[float, float]:
    """Where the hand is, in shares of the photo's sides."""
    turn = 2 * math.pi * seconds / ROUND
    return 0.5 + 0.35 * math.cos(turn), 0.5 + 0.35 * math.sin(3 * turn)


class Kernel:
    """A widget without a browser, and a page that peeks at it."""

    def __init__(self, photo: Path, model: str, prompts: int) -> None:
        self.w = SamWidget(photo, model)
        self.w.wait()
        for i in range(prompts):
            self.w.add_point(*self._at(i / 3))
        self.page = Page(self.w)
        self.page.hello()
        self.seq = 0

    def _at(self, seconds: float) -> tuple[float, float]:
        image = self.w.document.image()
        x, y = place(seconds)
        return x * image.width, y * image.height

    def peek(self, seconds: float) -> float:
        """Ask what a click would give there; seconds until it is answered."""
        document = self.w.document
        opened = document.open_object()
        thing = opened or Object(new_id(), document.image().id)
        more = () if opened else (thing,)
        edit = edit_to_json(Edit.of(*more, Point(new_id(), thing.id, *self._at(seconds))))
        self.seq += 1
        common = {"type": "peek", "client": "page", "seq": self.seq}
        began = time.perf_counter()
        self.page.says({**common, "version": self.w._session.version, "edit": edit})
        worker = worker_for(self.w.model)
        while not any(each["seq"] == self.seq for each in self.page.all("peeked")):
            assert worker._thread.is_alive()
            time.sleep(0.0005)
        took = time.perf_counter() - began
        assert self.page.last("peeked")["blobs"], "nothing was foreseen"
        self.page.heard.clear()
        return took

    def click(self, seconds: float) -> float:
        """Click there; seconds until the three masks are there."""
        began = time.perf_counter()
        self.w.add_point(*self._at(seconds))
        took = time.perf_counter() - began
        self.w.undo()
        return took


def at_the_kernel(seconds: float, photo: Path, model: str, prompts: int) -> None:
    """Measure and print."""
    kernel = Kernel(photo, model, prompts)
    kernel.peek(0.1)
    times: list[float] = []
    began = time.perf_counter()
    while (now := time.perf_counter() - began) < seconds:
        times.append(kernel.peek(now))
    rate = len(times) / sum(times)
    p90 = statistics.quantiles(times, n=10)[-1] if len(times) > 1 else times[0]
    print(f"kernel, {model}: {rate:.1f} previews a second; median {_ms(times)}, p90 {p90:.3f} s")
    anew, known = [], []
    for i in range(10):
        anew.append(kernel.click(0.37 + i))
        kernel.peek(0.71 + i)
        known.append(kernel.click(0.71 + i))
    print(f"a click: median {_ms(anew)}; one that was foreseen: {_ms(known)}")
    kernel.w.close()


def _ms(times: list[float]) -> str:
    return f"{1000 * statistics.median(times):.0f} ms"


def in_the_page(seconds: float, photo: Path, model: str, prompts: int) -> None:
    """Measure and print."""
    from playwright.sync_api import sync_playwright

    executable = jupyterlab.find_chromium()
    assert executable is not None, "no Chromium or Chrome on the PATH (nor in SAM_WIDGET_CHROMIUM)"
    with (
        tempfile.TemporaryDirectory() as folder,
        jupyterlab.serve(Path(folder)) as lab,
        sync_playwright() as playwright,
    ):
        browser = jupyterlab.launch(playwright, executable)
        context = browser.new_context(viewport={"width": 1200, "height": 900})
        lab_page = jupyterlab.LabPage(lab, context)
        notebook = lab_page.open("hover", [WIDGET.format(photo=str(photo), model=model)])
        notebook.run_all()
        page = lab_page.page
        page.locator('.sam-status[data-what="ready"]').wait_for()
        root = page.locator(".sam-widget")
        box = page.locator(".sam-marks").bounding_box()
        assert box is not None

        def move(now: float) -> None:
            x, y = place(now)
            page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])

        for i in range(prompts):
            move(i / 3)
            with_answer = root.get_attribute("data-version")
            page.mouse.down()
            page.mouse.up()
            page.wait_for_function(
                "(v) => document.querySelector('.sam-widget').dataset.version > v",
                arg=with_answer,
            )
            notebook.execute("w.wait()")
        _hover(move, 1)
        notebook.execute("asked.clear()")
        before = int(root.get_attribute("data-peeks") or 0)
        took = _hover(move, seconds)
        shown = int(root.get_attribute("data-peeks") or 0) - before
        asked = notebook.value("asked.count('peek')")
        assert not lab_page.strangers, lab_page.strangers
        late = 1 - min(1.0, shown / max(1, asked))
        print(
            f"page, {model}: {shown / took:.1f} previews a second shown,"
            f" {asked / took:.1f} asked for, {late:.0%} too late"
        )
        lab_page.close()
        browser.close()


def _hover(move: Callable[[float], Any], seconds: float) -> float:
    """Move the hand for so long; the seconds that it was."""
    began = time.perf_counter()
    step = 0
    while (now := time.perf_counter() - began) < seconds:
        move(now)
        step += 1
        time.sleep(max(0.0, step / RATE - (time.perf_counter() - began)))
    return time.perf_counter() - began


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--model", default="small")
    parser.add_argument("--photo", type=Path, help="default: scikit-image's astronaut")
    parser.add_argument("--prompts", type=int, default=0, help="of the object that is hovered over")
    parser.add_argument("--kernel", action="store_true", help="no browser")
    chosen = parser.parse_args()
    photo = chosen.photo
    if photo is None:
        import skimage

        photo = Path(skimage.__file__).parent / "data" / "astronaut.png"
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    given = chosen.seconds, photo.resolve(), chosen.model, chosen.prompts
    at_the_kernel(*given)
    if not chosen.kernel:
        in_the_page(*given)


if __name__ == "__main__":
    main()
