"""Takes the README's pictures of a real widget in a real JupyterLab. No test is here.

    python -m tests.page.pictures examples/

writes ``widget.jpg``, light and dark side by side, and ``widget.webp``, a short recording.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw
from playwright.sync_api import sync_playwright

from tests.page import lab as jupyterlab
from tests.page.sam import Sam

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
PHOTO = ROOT / "examples" / "photos" / "coffee.jpg"
SHOW = f"from sam_widget import SamWidget\nw = SamWidget({str(PHOTO)!r}, theme={{theme!r}})\nw"
SIZE = {"width": 1120, "height": 760}
FRAME = 110  # ms
HELD = 9  # frames that an eye needs to see what came
SPOON, CUP, OFF = (363.0, 278.0), (290.0, 170.0), (560.0, 330.0)
POINTER = [(0, 0), (0, 17), (4, 13), (7, 19), (10, 18), (7, 12), (12, 12)]


class Film:
    """Frames of a widget, with the pointer drawn where the mouse is."""

    def __init__(self, sam: Sam) -> None:
        self.sam = sam
        self.frames: list[Image.Image] = []
        self.at = (0.0, 0.0)

    def shoot(self, count: int = 1) -> None:
        """Take so many frames of what is seen now."""
        box = self.sam.root.bounding_box()
        assert box is not None
        picture = Image.open(io.BytesIO(self.sam.root.screenshot())).convert("RGB")
        x, y = self.at[0] - box["x"], self.at[1] - box["y"]
        shape = [(x + dx, y + dy) for dx, dy in POINTER]
        ImageDraw.Draw(picture).polygon(shape, fill="white", outline="black", width=1)
        self.frames += [picture] * count

    def move(self, x: float, y: float, steps: int = 7) -> None:
        """Move the mouse to a place in the window, as a hand does."""
        from_x, from_y = self.at
        for step in range(1, steps + 1):
            share = step / steps
            share = share * share * (3 - 2 * share)
            self.at = from_x + (x - from_x) * share, from_y + (y - from_y) * share
            self.sam.page.mouse.move(*self.at)
            self.sam.page.wait_for_timeout(180)  # the preview comes
            self.shoot()

    def click(self, at: tuple[float, float], modifier: str | None = None) -> None:
        """Go to a place of the photo, and click."""
        self.move(*self.sam.place(*at))
        if modifier:
            self.sam.page.keyboard.down(modifier)
        with self.sam.change():
            self.sam.page.mouse.down()
            self.sam.page.mouse.up()
        if modifier:
            self.sam.page.keyboard.up(modifier)
        self.sam.rest()
        self.shoot(HELD)

    def press(self, selector: str) -> None:
        """Go to a button or a card, and click it."""
        box = self.sam.root.locator(selector).first.bounding_box()
        assert box is not None, selector
        self.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        with self.sam.change():
            self.sam.page.mouse.down()
            self.sam.page.mouse.up()
        self.sam.rest()
        self.shoot(HELD)

    def save(self, path: Path) -> None:
        """Write an animated WebP that begins anew."""
        first, *rest = self.frames
        first.save(
            path, save_all=True, append_images=rest, duration=FRAME, loop=0, quality=62, method=6
        )


def widgets(browser: Browser, lab: jupyterlab.Lab, *themes: str) -> Iterator[tuple[str, Sam]]:
    """Show one widget after the other, alone in its page."""
    for theme in themes:
        page = jupyterlab.LabPage(lab, browser.new_context(viewport=SIZE))
        notebook = page.open(f"pictures-{theme}", [SHOW.format(theme=theme)])
        notebook.run_all()
        yield theme, Sam(notebook).ready()
        page.close()


def main() -> None:
    out = Path(sys.argv[1])
    chromium = jupyterlab.find_chromium()
    if chromium is None:
        sys.exit("There is no Chromium here.")
    with (
        tempfile.TemporaryDirectory() as folder,
        jupyterlab.serve(Path(folder)) as lab,
        sync_playwright() as playwright,
    ):
        browser = jupyterlab.launch(playwright, chromium)
        for _, sam in widgets(browser, lab, "light"):
            film = Film(sam)
            film.at = sam.place(*OFF)
            film.shoot(4)
            film.move(*sam.place(*SPOON), steps=9)
            film.click(CUP)
            film.press(".sam-candidate >> nth=1")
            film.press(".sam-candidate >> nth=0")
            film.press('[data-action="accept"]')
            film.click(SPOON, "Shift")
            film.press('[data-action="accept"]')
            film.save(out / "widget.webp")
        stills = []
        for _, sam in widgets(browser, lab, "light", "dark"):
            sam.click(SPOON)
            sam.press("Enter")
            sam.click(CUP)
            sam.page.mouse.move(5, 5)
            sam.rest()
            stills.append(Image.open(io.BytesIO(sam.root.screenshot())).convert("RGB"))
        browser.close()
    high = max(each.height for each in stills)
    both = Image.new("RGB", (sum(each.width for each in stills), high), "white")
    left = 0
    for each in stills:
        both.paste(each, (left, 0))
        left += each.width
    both.save(out / "widget.jpg", quality=86)
    for name in ("widget.webp", "widget.jpg"):
        print(name, (out / name).stat().st_size // 1000, "kB")


if __name__ == "__main__":
    main()
