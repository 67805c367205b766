"""What a frame of the page costs with hundreds of masks of everything mode, on the dev page.

    .venv/bin/python tests/benchmarks/everything_page.py [--photo FILE] [--shots FOLDER]

A fake kernel finds masks on a grid (`js/dev/survey.ts`); filters are set so that some 500 of 1,458
show. *Coming* is each frame while they come; then a slider is moved, the mouse moved over them, the
photo moved from near. Beside it stand the same with 500 accepted objects, which are drawn in
another way, and with none. Milliseconds of all that a frame does, p50 and p95, at one and at two
device pixels per CSS pixel. Wants Node and Chromium.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[2]
if not __package__:
    sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

from tests.page import lab as jupyterlab  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

SPOTS = 27  # along the photo's longer side: 486 of them, three masks each
CASES = {
    "everything mode": f"spots={SPOTS}&pace=10",
    "500 accepted objects": "accepted=500",
    "nothing": "",
}
TIMES = """() => {
    window.frames_ = [];
    const real = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (frame) => real((now) => {
        const began = performance.now();
        frame(now);
        window.frames_.push(performance.now() - began);
    });
}"""
SLIDE = """([name, value]) => {
    const input = document.querySelector(`[data-filter=${name}]`);
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
}"""
COME = "() => document.querySelector('.sam-every:not(.sam-alike) .sam-every-bar').hidden"


@contextmanager
def served(photo: Path) -> Iterator[str]:
    """Serve the dev page with a photo; yields its address."""
    lent = ROOT / "js" / "dev" / f"zz{photo.suffix}"
    lent.write_bytes(photo.read_bytes())
    command = ["node", "build.mjs", "--serve"]
    server = subprocess.Popen(command, cwd=ROOT / "js", stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        address = next(
            found[0] for line in server.stdout if (found := re.search(r"http://\S+\.html", line))
        )
        yield f"{address}?photo={lent.name}&theme=light&width=1100"
    finally:
        server.terminate()
        server.wait()
        lent.unlink()


def frames(page: Page) -> list[float]:
    """Return the frames since the last asking, when all is at rest."""
    page.wait_for_timeout(150)
    taken: list[float] = page.evaluate("() => window.frames_.splice(0)")
    return taken


def measured(browser: Browser, address: str, scale: int, shot: Path | None) -> dict[str, Any]:
    """Do the same in each case; milliseconds of the frames of each thing that is done."""
    context = browser.new_context(
        viewport={"width": 1200, "height": 1000}, device_scale_factor=scale
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".sam-widget")
    page.wait_for_timeout(1500)
    page.evaluate(TIMES)
    told: dict[str, Any] = {}
    if "spots=" in address:
        page.click('[data-action="everything"]')
        page.wait_for_timeout(200)
        page.wait_for_function(COME, timeout=120_000)
        told["coming"] = frames(page)
        for value in range(40, 70, 2):
            page.evaluate(SLIDE, ["predicted_iou", value])
            page.wait_for_timeout(40)
        told["slider"] = frames(page)
        told["shown"] = page.inner_text(".sam-every:not(.sam-alike) .sam-every-count")
    box = page.locator(".sam-marks").bounding_box()
    assert box is not None
    for i in range(40):
        page.mouse.move(box["x"] + 50 + 12 * i, box["y"] + 60 + 6 * i)
        page.wait_for_timeout(20)
    told["hover"] = frames(page)
    if shot is not None:
        page.screenshot(path=shot)
    page.locator(".sam-widget").focus()
    page.keyboard.press("+")
    page.keyboard.press("+")
    frames(page)
    for _ in range(12):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(30)
    told["pan"] = frames(page)
    context.close()
    return told


def line(name: str, taken: list[float]) -> str:
    """Say a median, and what 95 of 100 do not exceed."""
    if len(taken) < 2:
        return f"{name:8}{'-':>8}{'-':>8}"
    high = statistics.quantiles(taken, n=20, method="inclusive")[-1]
    return f"{name:8}{statistics.median(taken):8.1f}{high:8.1f}"


def main() -> None:
    import skimage

    coffee = Path(skimage.__file__).parent / "data" / "coffee.png"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photo", type=Path, default=coffee)
    parser.add_argument("--shots", type=Path, help="a folder for pictures of the page")
    chosen = parser.parse_args()
    executable = jupyterlab.find_chromium()
    if executable is None:
        parser.error("no Chromium or Chrome on the PATH (nor in SAM_WIDGET_CHROMIUM)")
    with served(chosen.photo) as address, sync_playwright() as playwright:
        browser = jupyterlab.launch(playwright, executable)
        for scale in (1, 2):
            for name, asked in CASES.items():
                shot = chosen.shots and chosen.shots / f"{name.replace(' ', '-')}-{scale}.png"
                told = measured(browser, f"{address}&{asked}", scale, shot)
                print(f"{name}, ratio {scale}: {told.pop('shown', '')}")
                for what, taken in told.items():
                    print(f"    {line(what, taken)}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
