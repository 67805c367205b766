"""A click in the page that has no kernel, beside the same click in Python, by turns.

    .venv/bin/python tests/benchmarks/in_browser.py [--samples 20] [--photo PATH] [--models mini]

The page's clock runs from the `pointerup` event's own time stamp to the frame that shows the
answer; Python's round the model's answer and its three masks at the photo's size, with no screen.
First clicks, and second ones, with which the answer before goes in. What a file weighs is said too.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[2]
if not __package__:
    sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from sam_widget import SamWidget  # noqa: E402
from sam_widget.segment.loaded import embedded, loaded  # noqa: E402
from sam_widget.segment.prompts import Prompts  # noqa: E402
from tests.page import lab as jupyterlab  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WARM_UP = 3

CLOCK = """
() => {
  const root = document.querySelector(".sam-alone");
  let start = 0;
  root.addEventListener("pointerup", (event) => { start = event.timeStamp; }, true);
  window.took = [];
  new MutationObserver(() => {
    if (root.dataset.answered === "" || start === 0) return;
    requestAnimationFrame(() => setTimeout(() => {
      if (start !== 0) window.took.push(performance.now() - start);
      start = 0;
    }));
  }).observe(root, { attributeFilter: ["data-answered"] });
}
"""


def clicked(page: Page, place: tuple[float, float]) -> float:
    """Click at a share of the photo's width and height; return the milliseconds."""
    marks = page.locator(".sam-marks")
    box = marks.bounding_box()
    assert box is not None
    before = page.evaluate("window.took.length")
    at = {"x": place[0] * box["width"], "y": place[1] * box["height"]}
    marks.click(position=at)
    page.wait_for_function("(n) => window.took.length > n", arg=before)
    took: float = page.evaluate("window.took.at(-1)")
    return took


def measure(browser: Browser, name: str, photo: Path, samples: int, folder: Path) -> None:
    """Print one model's line."""
    with closing(SamWidget(str(photo), name)) as w:
        path = w.save_html(folder / f"{name}.html")
        pixels = w.image
    assert pixels is not None
    model = loaded(name)
    embedding = embedded(model, pixels)
    height, width = pixels.shape[:2]
    page = browser.new_page()
    begun = time.perf_counter()
    page.goto(path.as_uri())
    page.wait_for_selector(".sam-veil", state="hidden")
    ready = time.perf_counter() - begun
    page.evaluate(CLOCK)
    draw = random.Random(1)
    times: dict[str, list[float]] = {"page 1": [], "page 2": [], "python 1": [], "python 2": []}
    for _ in range(WARM_UP + samples):
        places = [(draw.uniform(0.05, 0.95), draw.uniform(0.05, 0.95)) for _ in range(2)]
        said = None
        for n, place in enumerate(places, 1):
            times[f"page {n}"].append(clicked(page, place))
            start = time.perf_counter()
            xy = np.array(places[:n], np.float32) * (width, height)
            fed = None if said is None else said.logits[said.best]
            said = model.predict(embedding, Prompts(xy, np.ones(n, int), logits=fed))
            said.masks()
            times[f"python {n}"].append(1000 * (time.perf_counter() - start))
        page.keyboard.press("Escape")
    page.close()
    medians = {key: statistics.median(all_[WARM_UP:]) for key, all_ in times.items()}
    told = ", ".join(f"{key} {ms:.0f} ms" for key, ms in medians.items())
    print(f"{name}: {told}; ready after {ready:.1f} s; {path.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Read the command line, measure, print."""
    grammar = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    grammar.add_argument("--samples", type=int, default=20)
    grammar.add_argument("--photo", type=Path, default=ROOT / "examples" / "photos" / "coffee.jpg")
    grammar.add_argument("--models", nargs="+", default=["small", "mini"])
    given = grammar.parse_args()
    chromium = jupyterlab.find_chromium()
    if chromium is None:
        sys.exit("No Chromium or Chrome on the PATH (nor in SAM_WIDGET_CHROMIUM).")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = jupyterlab.launch(playwright, chromium)
        for name in given.models:
            measure(browser, name, given.photo, given.samples, Path(folder))
        browser.close()


if __name__ == "__main__":
    main()
