"""The widget as a person meets it in the page: where to click, what is painted. No test is here."""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import skimage
from playwright.sync_api import expect

from tests.page.lab import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from playwright.sync_api import Locator, Page

    from tests.page.lab import Notebook

MILLISECONDS = PATIENCE * 1000


PHOTOS = Path(skimage.__file__).parent / "data"  # public domain or CC0, in scikit-image's wheel
COFFEE = PHOTOS / "coffee.png"
CHELSEA = PHOTOS / "chelsea.png"

# Places in image pixels
COFFEE_SIZE = (600, 400)
IN_THE_CUP = (290.0, 170.0)
ON_THE_SAUCER = (150.0, 290.0)
ON_THE_TABLE = (40.0, 40.0)
ROUND_THE_CUP = (150.0, 40.0, 460.0, 330.0)

SHOW = f"from sam_widget import SamWidget\nw = SamWidget({str(COFFEE)!r})\ndisplay(w)"


@dataclasses.dataclass(frozen=True)
class Sees:
    """Which window a view shows of a picture enlarged to (width, height), all in device pixels."""

    left: int
    top: int
    width: int
    height: int


def shown(mask: NDArray[np.bool_], size: tuple[int, int], sees: Sees) -> NDArray[np.bool_]:
    """What a canvas of `size` (device pixels, width and height) shows of a mask, by nearest pixel.

    Device pixel d shows image pixel floor((left + d + 0.5) * image / whole) along either axis.
    """
    height, width = mask.shape
    across = ((sees.left + np.arange(size[0]) + 0.5) * width / sees.width).astype(int)
    down = ((sees.top + np.arange(size[1]) + 0.5) * height / sees.height).astype(int)
    return mask[np.ix_(down, across)]


class Sam:
    """One view of a widget in a notebook where it is called `w`; of a photo of this size, in px."""

    def __init__(
        self, notebook: Notebook, view: int = 0, size: tuple[int, int] = COFFEE_SIZE
    ) -> None:
        self.notebook = notebook
        self.size = size
        self.page: Page = notebook.page
        self.root = self.page.locator(".sam-widget").nth(view)
        self.marks = self.root.locator(".sam-marks")
        self.candidates = self.root.locator(".sam-candidate")
        self.status = self.root.locator(".sam-status")

    def ready(self) -> Sam:
        """Wait until the model has seen the photo."""
        expect(self.status).to_have_attribute("data-what", "ready", timeout=MILLISECONDS)
        self.root.scroll_into_view_if_needed()
        return self

    def button(self, action: str) -> Locator:
        return self.root.locator(f'[data-action="{action}"]')

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where in the window an image pixel lies, once the page has come to rest."""
        box = None
        while (now := self.marks.bounding_box()) != box:
            box = now
            self.page.wait_for_timeout(50)
        assert box is not None
        sees, ratio = self.sees, self.page.evaluate("devicePixelRatio")
        width, height = self.size
        return (
            box["x"] + (x * sees.width / width - sees.left) / ratio,
            box["y"] + (y * sees.height / height - sees.top) / ratio,
        )

    @property
    def sees(self) -> Sees:
        """Which window of the picture is shown, by the last frame."""
        return Sees(*map(int, (self.root.get_attribute("data-sees") or "").split()))

    @contextlib.contextmanager
    def look(self) -> Iterator[None]:
        """What is done inside shows another part of the picture: wait until it is painted."""
        before = self.root.get_attribute("data-sees") or ""
        yield
        expect(self.root).not_to_have_attribute("data-sees", before, timeout=MILLISECONDS)
        self.rest()

    def rest(self) -> None:
        """Wait until every frame that is owed has been painted."""
        self.page.evaluate("() => new Promise((r) => requestAnimationFrame(() => setTimeout(r)))")

    @contextlib.contextmanager
    def change(self) -> Iterator[None]:
        """What is done inside changes the document: wait until that is answered and painted."""
        before = self.version
        yield
        expect(self.root).not_to_have_attribute("data-version", before, timeout=MILLISECONDS)
        self.settle()

    @property
    def version(self) -> str:
        return self.root.get_attribute("data-version") or ""

    def settle(self) -> None:
        """Wait until the kernel has nothing left to answer and this view shows its last word."""
        ends = time.monotonic() + MILLISECONDS / 1000
        # asked again each time: what hands did fast may still have been on its way to the kernel
        while self.root.get_attribute("data-version") != str(self.notebook.value(VERSION)):
            assert time.monotonic() < ends, "the page does not show the kernel's last word"
            self.page.wait_for_timeout(50)

    def until(self, expression: str) -> None:
        """Wait until the kernel has heard of it, when hands were faster than the wire."""
        ends = time.monotonic() + PATIENCE / 2
        while not self.notebook.value(expression):
            assert time.monotonic() < ends, f"never came true: {expression}"
            self.page.wait_for_timeout(50)
        self.settle()

    def click(self, at: tuple[float, float], **how: Any) -> None:
        """Click at a place in image pixels, and wait until the answer is painted."""
        with self.change():
            self.page.mouse.click(*self.place(*at), **how)

    def drag(self, x0: float, y0: float, x1: float, y1: float) -> None:
        with self.change():
            self.page.mouse.move(*self.place(x0, y0))
            self.page.mouse.down()
            self.page.mouse.move(*self.place((x0 + x1) / 2, (y0 + y1) / 2), steps=3)
            self.page.mouse.move(*self.place(x1, y1), steps=3)
            self.page.mouse.up()

    def press(self, key: str) -> None:
        """Press a key that changes something; the widget has the focus after a click in it."""
        with self.change():
            self.page.keyboard.press(key)

    def push(self, action: str) -> None:
        """Click a button that changes something."""
        with self.change():
            self.button(action).click()

    def chosen(self) -> list[int]:
        """Which candidates' cards are pressed."""
        pressed = [each.get_attribute("aria-pressed") for each in self.candidates.all()]
        return [index for index, each in enumerate(pressed) if each == "true"]

    def pixels(self, canvas: str) -> NDArray[np.uint8]:
        """A canvas's own pixels, (H, W, 4) RGBA, in device pixels."""
        width, height, data = self.root.locator(canvas).evaluate(
            """async (canvas) => {
                const { width, height } = canvas;
                const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
                const url = await new Promise((done) => {
                    const reader = new FileReader();
                    reader.onload = () => done(reader.result);
                    reader.readAsDataURL(new Blob([pixels]));
                });
                return [width, height, url.slice(url.indexOf(",") + 1)];
            }"""
        )
        return np.frombuffer(base64.b64decode(data), np.uint8).reshape(height, width, 4)

    def painted(self) -> NDArray[np.bool_]:
        """Where the overlay is painted at all, (H, W) in device pixels."""
        return self.pixels(".sam-overlay")[..., 3] > 0

    def assert_paints(self, expression: str = "w.mask") -> NDArray[np.bool_]:
        """Compare the overlay with a mask of the kernel's, pixel by pixel; returns the mask."""
        mask = self.notebook.array(expression)
        assert mask.dtype == bool
        painted = self.painted()
        expected = shown(mask, (painted.shape[1], painted.shape[0]), self.sees)
        wrong = np.argwhere(painted != expected)
        assert len(wrong) == 0, f"{len(wrong)} of {painted.size} pixels differ, as {wrong[:3]}"
        return mask


# Evaluated in the kernel after all answers
VERSION = "(w.wait(), w._session.version)[1]"
