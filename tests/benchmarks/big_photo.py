"""Zoom and pan over a photo of 6,000 x 4,000 px beside one of 600 x 400, in a real JupyterLab.

    .venv/bin/python tests/benchmarks/big_photo.py [--seconds 4] [--shots FOLDER]

Both stand in one notebook, each with an accepted object and an open one, and are moved by turns. A
turn pans as a hand does and turns the wheel nearer and farther, and counts the frames that were
painted, and how long the page's main thread was busy for each, by the browser's own count.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[2]
if not __package__:
    sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

from tests.page import lab as jupyterlab  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

SIZES = {"6,000 x 4,000": 6000, "600 x 400": 600}

WIDGET = """
from PIL import Image
from sam_widget import SamWidget
photo = Image.open({photo!r}).convert("RGB").resize(({width}, {width} * 2 // 3), Image.LANCZOS)
w{width} = SamWidget(photo, "mini", hover=False, height=420)
w{width}.add_point({width} * 0.42, {width} * 0.25)
w{width}.accept()
w{width}.add_point({width} * 0.75, {width} * 0.55)
w{width}
"""


def busy(profiler: CDPSession) -> float:
    """Return seconds that the page's main thread has worked until now."""
    metrics = profiler.send("Performance.getMetrics")["metrics"]
    return next(each["value"] for each in metrics if each["name"] == "TaskDuration")


def frames(page: Page, index: int) -> int:
    """Return how many frames a widget has painted until now."""
    return int(page.locator(".sam-widget").nth(index).get_attribute("data-painted") or 0)


def move(page: Page, index: int, seconds: float) -> None:
    """Go nearer, pan with the middle button as a hand does, go back."""
    box = page.locator(".sam-marks").nth(index).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    for notches in (6, -12):
        page.keyboard.down("Control")
        for _ in range(abs(notches)):
            page.mouse.wheel(0, -120 if notches > 0 else 120)
            page.wait_for_timeout(16)
        page.keyboard.up("Control")
        if notches > 0:
            page.mouse.down(button="middle")
            for i in range(int(seconds * 60)):
                page.mouse.move(x + (i % 120 - 60) * 2, y + (i % 80 - 40))
                page.wait_for_timeout(8)
            page.mouse.up(button="middle")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--photo", type=Path, default=ROOT / "examples" / "photos" / "coffee.jpg")
    parser.add_argument("--shots", type=Path, help="a folder for pictures of the page")
    given = parser.parse_args()
    executable = jupyterlab.find_chromium()
    if executable is None:
        parser.error("no Chromium or Chrome on the PATH (nor in SAM_WIDGET_CHROMIUM)")
    with (
        tempfile.TemporaryDirectory() as folder,
        jupyterlab.serve(Path(folder)) as lab,
        sync_playwright() as playwright,
    ):
        browser = jupyterlab.launch(playwright, executable)
        context = browser.new_context(viewport={"width": 1200, "height": 2200})
        lab_page = jupyterlab.LabPage(lab, context)
        photo = str(given.photo.resolve())
        cells = [WIDGET.format(photo=photo, width=width) for width in SIZES.values()]
        lab_page.open("big_photo", cells).run_all()
        page = lab_page.page
        for index in range(len(SIZES)):
            ready = page.locator(".sam-widget").nth(index).locator('.sam-status[data-what="ready"]')
            ready.wait_for(timeout=120_000)
        profiler = context.new_cdp_session(page)
        profiler.send("Performance.enable")
        seen: dict[str, list[float]] = {name: [] for name in SIZES}
        for turn in range(given.turns + 1):  # the first warms up
            for index, name in enumerate(SIZES):
                painted, worked = frames(page, index), busy(profiler)
                move(page, index, given.seconds)
                painted, worked = frames(page, index) - painted, busy(profiler) - worked
                assert painted, f"{name} was not moved"
                if turn:
                    seen[name].append(1000 * worked / painted)
                if given.shots:
                    given.shots.mkdir(parents=True, exist_ok=True)
                    page.screenshot(path=given.shots / f"big-{turn}-{index}.png")
        browser.close()
    for name, each in seen.items():
        print(f"{name:14} {min(each):6.1f} ms of the main thread a frame, at best of {len(each)}")
    big, small = (min(each) for each in seen.values())
    print(f"ratio {big / small:.2f}")


if __name__ == "__main__":
    main()
