"""From press to painted mask in JupyterLab, beside what people do today: ipympl and SamPredictor.

    pip install --no-deps --target FOLDER ipympl
    python tests/benchmarks/beside_ipympl.py --ipympl FOLDER [--samples 20]

Both figures stand in one notebook and are clicked by turns. Behind both stand mini's weights at
1024 px, in `segment_anything`'s network and in ours, so that decoder and masks are the same; the
photo is encoded before. The clock runs in the page, from the press (ours asks at the release, which
follows at once) to the frame that shows the mask. Hover is off: with it the mask would be there.
"""

from __future__ import annotations

import argparse
import random
import statistics
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
    from playwright.sync_api import Page

WARM_UP = 3

THEIRS = """
%matplotlib widget
import sys
sys.path.insert(0, {root!r})
import matplotlib.pyplot as plt
import numpy as np
from PIL import Image
from tests.reference import segment_anything
from tests.segment import twins

theirs, ours = twins.mini(1024)
predictor = segment_anything().SamPredictor(theirs)
photo = np.array(Image.open({photo!r}).convert("RGB"))
predictor.set_image(photo)
figure, axes = plt.subplots(figsize=(7, 5))
axes.imshow(photo)
axes.axis("off")
overlay = axes.imshow(np.zeros((*photo.shape[:2], 4)))

def click(event):
    place, on = np.array([[event.xdata, event.ydata]]), np.array([1])
    masks, scores, _ = predictor.predict(place, on, multimask_output=True)
    color = np.zeros((*photo.shape[:2], 4))
    color[masks[scores.argmax()]] = np.random.rand(4) * 0.5 + 0.25
    overlay.set_data(color)
    figure.canvas.draw_idle()

figure.canvas.mpl_connect("button_press_event", click)
plt.show()
"""

OURS = """
from sam_widget import SamWidget
w = SamWidget({photo!r}, ours, hover=False)
w
"""

# Theirs tells nobody when it has painted: its pixels are looked at in each frame.
THEIR_CLOCK = """() => {
    const canvas = document.querySelector(".jupyter-matplotlib-canvas-div canvas");
    const look = () => {
        const { width, height } = canvas;
        const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
        let sum = 0;
        for (let i = 0; i < data.length; i += 67) sum = (sum * 31 + data[i]) | 0;
        return sum;
    };
    const before = look();
    window.took = null;
    addEventListener("pointerdown", (heard) => {
        const watch = () => {
            if (look() === before) requestAnimationFrame(watch);
            else window.took = performance.now() - heard.timeStamp;
        };
        requestAnimationFrame(watch);
    }, { capture: true, once: true });
}"""

# Ours says whose answer is on the canvas; the point alone is painted before.
OUR_CLOCK = """() => {
    const root = document.querySelector(".sam-widget");
    window.seen ??= new Set([null, undefined]);
    window.took = null;
    addEventListener("pointerdown", (heard) => {
        const painted = ({ detail }) => {
            if (window.seen.has(detail.answer)) return;
            window.seen.add(detail.answer);
            root.removeEventListener("sam:painted", painted);
            requestAnimationFrame(() => { window.took = performance.now() - heard.timeStamp; });
        };
        root.addEventListener("sam:painted", painted);
    }, { capture: true, once: true });
}"""


def timed(page: Page, over: str, clock: str, at: tuple[float, float]) -> float:
    """Press at a place given in parts of the sides of what lies there; milliseconds to paint."""
    box = page.locator(over).first.bounding_box()
    assert box is not None, over
    page.mouse.move(box["x"] + at[0] * box["width"], box["y"] + at[1] * box["height"])
    page.wait_for_timeout(400)  # both are at rest: no coordinates on their way
    page.evaluate(clock)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_function("() => window.took !== null", polling=20)
    return float(page.evaluate("() => window.took"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--ipympl", type=Path, required=True)
    parser.add_argument("--samples", type=int, default=20)
    parser.add_argument("--photo", type=Path, default=ROOT / "examples" / "photos" / "coffee.jpg")
    given = parser.parse_args()
    chromium = jupyterlab.find_chromium()
    if chromium is None:
        sys.exit("There is no Chromium here.")
    with tempfile.TemporaryDirectory() as folder:
        words = {"root": str(ROOT), "photo": str(given.photo.resolve())}
        extra = {
            "PYTHONPATH": f"{ROOT}:{given.ipympl.resolve()}",
            "JUPYTER_PATH": str(given.ipympl.resolve() / "share" / "jupyter"),
        }
        with (
            jupyterlab.serve(Path(folder) / "lab", extra) as lab,
            sync_playwright() as playwright,
        ):
            browser = jupyterlab.launch(playwright, chromium)
            context = browser.new_context(viewport={"width": 1200, "height": 2400})
            lab_page = jupyterlab.LabPage(lab, context)
            cells = [THEIRS.format(**words), OURS.format(**words)]
            notebook = lab_page.open("beside", cells)
            notebook.run_all()
            page = lab_page.page
            page.locator('.sam-status[data-what="ready"]').wait_for(timeout=600_000)
            dice = random.Random(0)
            times: dict[str, list[float]] = {"ipympl and SamPredictor": [], "sam_widget": []}
            for _ in range(WARM_UP + given.samples):
                at = dice.uniform(0.3, 0.7), dice.uniform(0.3, 0.7)
                theirs = timed(page, ".jupyter-matplotlib-canvas-div", THEIR_CLOCK, at)
                times["ipympl and SamPredictor"].append(theirs)
                times["sam_widget"].append(timed(page, ".sam-marks", OUR_CLOCK, at))
                page.locator('[data-action="clear"]').click()
            browser.close()
    middle = {name: statistics.median(each[WARM_UP:]) for name, each in times.items()}
    for name, each in middle.items():
        print(f"{name:26} {each:7.0f} ms")
    ratio = middle["ipympl and SamPredictor"] / middle["sam_widget"]
    print(f"sam_widget is {ratio:.1f} times as fast")


if __name__ == "__main__":
    main()
