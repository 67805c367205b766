"""The page with many objects, and with many photos, in a real JupyterLab.

    .venv/bin/python tests/benchmarks/objects.py [--beside CHECKOUT] [--clicks 12] [--photos 50]
        [--shots FOLDER]

First a widget with 1 and with 500 accepted objects is clicked. *Reading* is the time in the
functions that read the document, by the browser's own profiler, for each frame painted; *painting*
that of the frames themselves. *Click* and *accept* are the processor time of the page's main thread
from the press until all is on the screen again, drawing and JupyterLab's own work included. Then as
many photos as asked for are shown in turn in one widget, each clicked and accepted, and what page
and kernel hold is measured after garbage collection. With `--beside` another checkout is measured
in the same run. The model is one that costs little.
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

from tests.page import lab as jupyterlab  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession

    from tests.page.lab import LabPage, Notebook

COUNTS = (1, 500)
WARM_UP = 2
EARLY = 10  # photos after which there is something of everything

# What reads the document, here and as it was before there was one scene for each.
READERS = frozenset(
    ("sceneOf", "masksOf", "acceptedOf", "answerOf", "promptsOf", "lastAnswerOf", "blobsOf")
)
FRAME = "#paint"

WIDGET = """
import sys
sys.path.insert(0, {tree!r})
import numpy as np, PIL.Image
import tests.segment.fake as fake
from sam_widget import SamWidget
from sam_widget.document.edits import Edit
from sam_widget.document.records import Answer, Candidate, Object, Point, new_id
from sam_widget.masks import Mask

fake.RADII = (0.08, 0.05, 0.02)
SIZE = WIDTH, HEIGHT = 1200, 800
photo = PIL.Image.open({photo!r}).convert("RGB").resize(SIZE)
model = fake.FakeSegmenter(new_id())
w = SamWidget(np.array(photo), model, theme={theme!r})
w
"""

# As if each had been clicked and accepted; the model waits, so that it answers none of them.
OBJECTS = """
def crowd(count):
    dice = np.random.default_rng(0)
    put, answers = [], []
    for i in range(count):
        x, y = dice.uniform(20, WIDTH - 20), dice.uniform(20, HEIGHT - 20)
        wide, tall, waves = *dice.uniform(10, 45, 2), dice.integers(3, 9)
        thing = Object(new_id(), w.document.image().id, choice=1, locked=True, color=i, order=i)
        point = Point(new_id(), thing.id, x, y)
        left, top = max(0, int(x) - 60), max(0, int(y) - 60)
        ys, xs = np.mgrid[top : min(top + 120, HEIGHT), left : min(left + 120, WIDTH)] + 0.5
        angle = np.arctan2(ys - y, xs - x)
        far = ((xs - x) / wide) ** 2 + ((ys - y) / tall) ** 2
        blobs = []
        for size in (1.4, 1, 0.4):
            whole = np.zeros((HEIGHT, WIDTH), bool)
            part = far < size * (1 + 0.2 * np.sin(waves * angle))
            whole[top : top + len(part), left : left + len(part[0])] = part
            blobs.append(w._session.blobs.put(Mask.from_array(whole).to_bytes()))
        candidates = [
            Candidate(n, b, 0.9, 0.9, 2000)
            for n, b in zip(("whole", "part", "subpart"), blobs, strict=True)
        ]
        put += [thing, point]
        answers.append(Answer(new_id(), thing.id, (point.id,), tuple(candidates), 1, 0.02))
    w.wait()
    model.gate.clear()
    w._session.push(Edit.of(*put))
    w._session.commit(Edit.of(*answers))
    model.gate.set()
    w.wait()

crowd({count})
"""

PHOTOS = """
import gc, tracemalloc
from sam_widget.segment.embeddings.cache import shared_cache

def show(i):
    w.image = np.roll(np.array(photo), 7 * i, axis=1)
    w.add_point(100 + 20 * i, 400)
    w.accept()

def held():
    gc.collect()
    session = w._session
    return {{
        "blobs": len(session.blobs),
        "blob_bytes": session.blobs.nbytes,
        "prompts": len(session._marks),
        "told": len(getattr(w._link, "_told", ())),
        "traced": tracemalloc.get_traced_memory()[0],
        "embeddings": shared_cache().nbytes,
    }}

tracemalloc.start()
"""

FRAMES = """() => {
    window.frames_ = { painted: 0, answer: null };
    addEventListener("sam:painted", (event) => {
        window.frames_.painted += 1;
        window.frames_.answer = event.detail.answer;
    });
}"""
REST = """() => new Promise((done) => {
    const still = (left) => left === 0 ? done() : requestAnimationFrame(() => still(left - 1));
    still(3);
})"""


class Bench:
    """One notebook with one widget, and what the browser says of its page."""

    def __init__(self, browser: Browser, lab: jupyterlab.Lab, tree: Path, theme: str) -> None:
        context = browser.new_context(viewport={"width": 1200, "height": 1000})
        self.lab_page: LabPage = jupyterlab.LabPage(lab, context)
        self.page = self.lab_page.page
        self.cdp: CDPSession = context.new_cdp_session(self.page)
        photo = coffee()
        cell = WIDGET.format(tree=str(tree), photo=str(photo), theme=theme)
        self.notebook: Notebook = self.lab_page.open(f"objects-{os.urandom(4).hex()}", [cell])
        self.notebook.run_all()
        self.page.locator('.sam-status[data-what="ready"]').wait_for()
        used = self.notebook.value("sys.modules['sam_widget'].__file__")
        assert Path(used).is_relative_to(tree), used
        self.page.evaluate(FRAMES)
        self.page.locator(".sam-widget").scroll_into_view_if_needed()
        self.page.set_default_timeout(40_000)
        self.cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
        self.cdp.send("Profiler.enable")
        self.cdp.send("Profiler.setSamplingInterval", {"interval": 100})

    def close(self) -> None:
        assert not self.lab_page.strangers, self.lab_page.strangers
        self.lab_page.close()
        self.page.context.close()

    def rest(self) -> None:
        """Wait until every frame that is owed is on the screen."""
        self.page.evaluate(REST)

    def click(self, x: float, y: float) -> None:
        """Click at parts of the photo's sides; wait for the answer, and until all is at rest."""
        box = self.page.locator(".sam-marks").bounding_box()
        assert box is not None
        last = self.page.evaluate("() => window.frames_.answer")
        self.page.keyboard.down("Shift")  # a prompt, also where an accepted object lies
        self.page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
        self.page.keyboard.up("Shift")
        self.page.wait_for_function(
            "(last) => ![null, last].includes(window.frames_.answer)", arg=last, polling=100
        )
        self.rest()

    def press(self, key: str) -> None:
        """Press a key; wait until the kernel has had its say and all is at rest."""
        root = self.page.locator(".sam-widget")
        before = root.get_attribute("data-version")
        self.page.keyboard.press(key)
        self.page.wait_for_function(
            "(v) => document.querySelector('.sam-widget').dataset.version !== v",
            arg=before,
            polling=100,
        )
        self.rest()

    def busy(self) -> float:
        """Milliseconds of processor time that the page's main thread has worked so far."""
        metrics = self.cdp.send("Performance.getMetrics")["metrics"]
        return 1000 * next(each["value"] for each in metrics if each["name"] == "TaskDuration")

    def profiled(self, x: float, y: float) -> tuple[float, float]:
        """Click; milliseconds of reading, and of painting, for each frame."""
        before = self.page.evaluate("() => window.frames_.painted")
        self.cdp.send("Profiler.start")
        self.click(x, y)
        profile = self.cdp.send("Profiler.stop")["profile"]
        frames = self.page.evaluate("() => window.frames_.painted") - before
        return within(profile, READERS) / frames, within(profile, frozenset([FRAME])) / frames

    def heap(self) -> dict[str, float]:
        """Bytes of JavaScript's values and of its buffers, after garbage collection."""
        self.cdp.send("HeapProfiler.enable")
        for _ in range(2):
            self.cdp.send("HeapProfiler.collectGarbage")
        usage = self.cdp.send("Runtime.getHeapUsage")
        return {"heap": usage["usedSize"], "buffers": usage.get("backingStorageSize", 0)}


def coffee() -> Path:
    import skimage

    return Path(skimage.__file__).parent / "data" / "coffee.png"


def within(profile: dict[str, Any], names: frozenset[str]) -> float:
    """Milliseconds of a profile's samples that have one of these functions on the stack."""
    nodes = {node["id"]: node for node in profile["nodes"]}
    inside: set[int] = set()

    def mark(number: int, under: bool) -> None:
        under = under or nodes[number]["callFrame"]["functionName"] in names
        if under:
            inside.add(number)
        for child in nodes[number].get("children", ()):
            mark(child, under)

    mark(profile["nodes"][0]["id"], under=False)
    # a sample's time goes on until the next one
    lasting = zip(profile["samples"], [*profile["timeDeltas"][1:], 0], strict=True)
    return sum(micro for number, micro in lasting if number in inside) / 1000


def crowded(browser: Browser, lab: jupyterlab.Lab, tree: Path, count: int) -> Bench:
    """A widget with so many accepted objects."""
    bench = Bench(browser, lab, tree, "light")
    bench.notebook.execute(OBJECTS.format(count=count))
    bench.page.wait_for_function(
        "(n) => document.querySelectorAll('.sam-object-list li').length === n", arg=count
    )
    bench.page.locator(".sam-marks").scroll_into_view_if_needed()
    bench.rest()
    return bench


def sample(bench: Bench, places: list[tuple[float, float]]) -> dict[str, float]:
    """Click, accept and take both back; click again under the profiler. Milliseconds of each."""
    began = bench.busy()
    bench.click(*places[0])
    clicked = bench.busy()
    bench.press("Enter")
    accepted = bench.busy()
    bench.press("z")
    bench.press("Escape")
    reading, painting = bench.profiled(*places[1])
    bench.press("Escape")
    return {
        "reading": reading,
        "painting": painting,
        "click": clicked - began,
        "accept": accepted - clicked,
    }


def photos(bench: Bench, count: int) -> dict[str, dict[str, float]]:
    """Show photos in turn; what page and kernel hold after the first few, and after all."""
    bench.notebook.execute(PHOTOS.format())
    held: dict[str, dict[str, float]] = {}
    for i in range(1, count + 1):
        bench.notebook.execute(f"show({i})")
        version = bench.notebook.value("w._session.version")
        bench.page.locator(f'.sam-widget[data-version="{version}"]').wait_for()
        bench.rest()
        if i in (min(EARLY, count), count):
            held[f"{i} photos"] = {**bench.heap(), **bench.notebook.value("held()")}
    return held


def quantiles(values: list[float]) -> tuple[float, float]:
    """The median, and what 95 of 100 do not exceed."""
    return statistics.median(values), statistics.quantiles(values, n=20, method="inclusive")[-1]


def shots(browser: Browser, lab: jupyterlab.Lab, folder: Path) -> None:
    """Pictures of the page with the most objects, light and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        bench = Bench(browser, lab, ROOT, theme)
        bench.notebook.execute(OBJECTS.format(count=COUNTS[-1]))
        bench.click(0.4, 0.5)
        bench.page.locator(".sam-widget").screenshot(path=folder / f"{theme}.png")
        bench.close()


def report_objects(browser: Browser, lab: jupyterlab.Lab, trees: list[Path], clicks: int) -> Any:
    """Click all widgets by turns; for each p50 and p95, and what many objects cost beside one."""
    cases = [(tree, count) for tree in trees for count in COUNTS]
    benches = {case: crowded(browser, lab, *case) for case in cases}
    samples: dict[tuple[Path, int], list[dict[str, float]]] = {case: [] for case in cases}
    dice = random.Random(0)
    for _ in range(WARM_UP + clicks):
        places = [(dice.uniform(0.2, 0.8), dice.uniform(0.2, 0.8)) for _ in range(2)]
        for case, bench in benches.items():
            samples[case].append(sample(bench, places))
    report: dict[str, Any] = {}
    names = list(samples[cases[0]][0])
    print(f"{'ms, p50 and p95':34}" + "".join(f"{name:>18}" for name in names))
    for tree, count in cases:
        benches[tree, count].close()
        taken = samples[tree, count][WARM_UP:]
        line = {name: quantiles([each[name] for each in taken]) for name in names}
        report[f"{tree}, {count} objects"] = line
        cells = "".join(f"{mid:10.2f}{high:8.2f}" for mid, high in line.values())
        print(f"{tree.name:20}{count:6} objects{cells}", flush=True)
    for tree in trees:
        few, many = (samples[tree, count][WARM_UP:] for count in COUNTS)
        pairs = list(zip(few, many, strict=True))
        cells = "".join(
            f"{statistics.median(b[name] / max(a[name], 0.01) for a, b in pairs):10.2f}{'':8}"
            for name in names
        )
        print(f"{tree.name:20}{'median ratio':>14}{cells}", flush=True)
    return report


def report_photos(browser: Browser, lab: jupyterlab.Lab, trees: list[Path], count: int) -> Any:
    report: dict[str, Any] = {}
    for tree in trees:
        bench = Bench(browser, lab, tree, "light")
        report[str(tree)] = held = photos(bench, count)
        bench.close()
        for when, each in held.items():
            said = ", ".join(f"{name} {value:,.0f}" for name, value in each.items())
            print(f"{tree.name:20}{when}: {said}", flush=True)
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--beside", type=Path, help="another checkout to measure in the same run")
    parser.add_argument("--clicks", type=int, default=12, help="0: no clicks")
    parser.add_argument("--photos", type=int, default=50, help="0: no photos")
    parser.add_argument("--shots", type=Path, help="a folder for pictures of the page")
    parser.add_argument("--json", type=Path, help="where to write the report")
    chosen = parser.parse_args()
    executable = jupyterlab.find_chromium()
    if executable is None:
        parser.error("no Chromium or Chrome on the PATH (nor in SAM_WIDGET_CHROMIUM)")
    trees = [*([chosen.beside.resolve()] if chosen.beside else []), ROOT]
    report: dict[str, Any] = {"cores": os.cpu_count(), "load_average": os.getloadavg()[0]}
    with (
        tempfile.TemporaryDirectory() as folder,
        jupyterlab.serve(Path(folder)) as lab,
        sync_playwright() as playwright,
    ):
        browser = jupyterlab.launch(playwright, executable)
        if chosen.clicks:
            report["objects"] = report_objects(browser, lab, trees, chosen.clicks)
        if chosen.photos:
            report["photos"] = report_photos(browser, lab, trees, chosen.photos)
        if chosen.shots:
            shots(browser, lab, chosen.shots)
        browser.close()
    print(json.dumps(report))
    if chosen.json:
        chosen.json.write_text(json.dumps(report))


if __name__ == "__main__":
    main()
