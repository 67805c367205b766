"""From pointer-up to painted mask in a real JupyterLab, beside a bare anywidget's echo.

    .venv/bin/python tests/benchmarks/click_to_paint.py [--samples 30] [--photo PATH] [--json PATH]

Both widgets stand in one notebook and are clicked by turns. The clock runs in the page: from the
`pointerup` event's own time stamp to the animation frame that follows the paint. The echo answers
a click with 100 kB, which its page paints: the least that any widget of a kernel can do. A second
round goes through an emulated link.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[2]
if not __package__:
    sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

from tests.benchmarks.slow_link import slow_link  # noqa: E402
from tests.page import lab as jupyterlab  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROUND_TRIP = 0.020
BITS_PER_SECOND = 10e6
WARM_UP = 5

ECHO = """
import os
import anywidget

class Echo(anywidget.AnyWidget):
    _esm = '''
    export default {
      render({ model, el }) {
        const canvas = document.createElement("canvas");
        canvas.className = "echo";
        canvas.width = 250;
        canvas.height = 100;
        const brush = canvas.getContext("2d");
        canvas.addEventListener("pointerup", () => model.send({ type: "click" }));
        model.on("msg:custom", (message, buffers) => {
          const { buffer, byteOffset } = buffers[0];
          const pixels = new Uint8ClampedArray(buffer, byteOffset, 250 * 100 * 4);
          brush.putImageData(new ImageData(pixels, 250, 100), 0, 0);
          canvas.dispatchEvent(new CustomEvent("echo:painted", { bubbles: true }));
        });
        el.append(canvas);
      },
    };
    '''

    def __init__(self):
        super().__init__()
        self.on_msg(lambda widget, content, buffers: widget.send({"type": "echo"}, [PIXELS]))

PIXELS = os.urandom(100_000)
Echo()
"""

WIDGET = """
from sam_widget import SamWidget
w = SamWidget({photo!r}, "mini")
w
"""

# How much of it was the model's own time, by answer.
NOTE_SECONDS = """
from sam_widget.document.records import Answer
seconds = {}
w.observe(lambda _: seconds.update((a.id, a.seconds) for a in w.document.of_type(Answer)), "mask")
"""

# `seen` holds the answers painted so far: the optimistic dot repaints too, with no new answer.
CLOCK = """() => {
    const seen = new Set([null, undefined]);
    window.bench = { start: 0, took: null };
    const stop = () => requestAnimationFrame(() => {
        window.bench.took = performance.now() - window.bench.start;
    });
    addEventListener("pointerup", (event) => {
        window.bench = { start: event.timeStamp, took: null };
    }, { capture: true });
    addEventListener("echo:painted", stop);
    document.querySelector(".sam-widget").addEventListener("sam:painted", (event) => {
        const { answer } = event.detail;
        if (seen.has(answer)) return;
        seen.add(answer);
        stop();
    });
}"""


def timed_click(page: Page, selector: str, at: tuple[float, float]) -> float:
    """Click at a place given in parts of the element's sides; milliseconds until painted."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None, selector
    page.evaluate("() => { window.bench.took = null; }")
    page.mouse.click(box["x"] + at[0] * box["width"], box["y"] + at[1] * box["height"])
    page.wait_for_function("() => window.bench.took !== null", polling=20)
    return float(page.evaluate("() => window.bench.took"))


def sample(browser: Browser, lab: jupyterlab.Lab, photo: Path, samples: int) -> dict[str, Any]:
    """Click both widgets by turns; milliseconds of each click."""
    context = browser.new_context(viewport={"width": 1200, "height": 1500})
    lab_page = jupyterlab.LabPage(lab, context)
    notebook = lab_page.open("click_to_paint", [ECHO, WIDGET.format(photo=str(photo))])
    notebook.run_all()
    page = lab_page.page
    page.locator('.sam-status[data-what="ready"]').wait_for()
    page.evaluate(CLOCK)
    notebook.execute(NOTE_SECONDS)
    dice = random.Random(0)
    times: dict[str, list[float]] = {"sam_widget": [], "echo": []}
    for _ in range(WARM_UP + samples):
        at = (dice.uniform(0.35, 0.65), dice.uniform(0.25, 0.75))
        times["sam_widget"].append(timed_click(page, ".sam-marks", at))
        page.locator('[data-action="clear"]').click()
        times["echo"].append(timed_click(page, ".echo", at))
    seconds = notebook.value("list(seconds.values())")
    assert not lab_page.strangers, lab_page.strangers
    lab_page.close()
    context.close()
    return {
        **{name: each[WARM_UP:] for name, each in times.items()},
        "model": [1000 * each for each in seconds[WARM_UP:]],
    }


def rounds(browser: Browser, lab: jupyterlab.Lab, photo: Path, samples: int) -> Iterator[Any]:
    yield "loopback", sample(browser, lab, photo, samples)
    port = int(lab.url.rsplit(":", 1)[1].strip("/"))
    with slow_link(port, round_trip=ROUND_TRIP, bits_per_second=BITS_PER_SECOND) as other:
        far = jupyterlab.Lab(lab.url.replace(f":{port}", f":{other}"), lab.token, lab.root)
        name = f"link of {1000 * ROUND_TRIP:.0f} ms round trip, {BITS_PER_SECOND / 1e6:.0f} Mbit/s"
        yield name, sample(browser, far, photo, samples)


def summary(times: dict[str, list[float]]) -> dict[str, float]:
    """Medians in milliseconds, and how many echoes one click costs."""
    medians = {f"{name}_ms": statistics.median(each) for name, each in times.items()}
    p90 = statistics.quantiles(times["sam_widget"], n=10)[-1]
    return {
        **medians,
        "sam_widget_p90_ms": p90,
        "ratio": medians["sam_widget_ms"] / medians["echo_ms"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--samples", type=int, default=30)
    parser.add_argument("--photo", type=Path, help="default: scikit-image's astronaut")
    parser.add_argument("--json", type=Path, help="where to write all samples")
    chosen = parser.parse_args()
    executable = jupyterlab.find_chromium()
    if executable is None:
        parser.error("no Chromium or Chrome on the PATH (nor in SAM_WIDGET_CHROMIUM)")
    photo = chosen.photo
    if photo is None:
        import skimage

        photo = Path(skimage.__file__).parent / "data" / "astronaut.png"
    report: dict[str, Any] = {"cores": os.cpu_count(), "load_average": os.getloadavg()[0]}
    samples: dict[str, Any] = {}
    print(f"{'medians, ms':40}{'sam_widget':>11}{'p90':>8}{'model':>8}{'echo':>8}{'ratio':>7}")
    with (
        tempfile.TemporaryDirectory() as folder,
        jupyterlab.serve(Path(folder)) as lab,
        sync_playwright() as playwright,
    ):
        browser = jupyterlab.launch(playwright, executable)
        for name, times in rounds(browser, lab, photo.resolve(), chosen.samples):
            line = summary(times)
            report[name], samples[name] = line, times
            print(
                f"{name:40}{line['sam_widget_ms']:11.1f}{line['sam_widget_p90_ms']:8.1f}"
                f"{line['model_ms']:8.1f}{line['echo_ms']:8.1f}{line['ratio']:7.2f}",
                flush=True,
            )
        browser.close()
    print(json.dumps(report))
    if chosen.json:
        chosen.json.write_text(json.dumps({**report, "samples": samples}))


if __name__ == "__main__":
    main()
