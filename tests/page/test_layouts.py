"""Any layout of ipywidgets does; the host keeps its keys, and a phone its swipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.page.sam import COFFEE, IN_THE_CUP, MILLISECONDS

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.page.lab import LabPage
    from tests.page.sam import Sam

START = f"""import ipywidgets as ip
from IPython.display import display
from sam_widget import SamWidget
w = SamWidget({str(COFFEE)!r})"""

# What of a frame its cell does not show, and how many of its parts lie on each other; CSS pixels.
MEASURE = """(root) => {
    const frame = root.querySelector(".sam-frame").getBoundingClientRect();
    const photo = root.querySelector(".sam-picture").getBoundingClientRect();
    const panel = root.querySelector(".sam-panel").getBoundingClientRect();
    let [left, right] = [frame.left, frame.right];
    for (let each = root.parentElement; each; each = each.parentElement) {
        if (getComputedStyle(each).overflowX === "visible") continue;
        const box = each.getBoundingClientRect();
        left = Math.max(left, box.left + each.clientLeft);
        right = Math.min(right, box.left + each.clientLeft + each.clientWidth);
    }
    const words = [...root.querySelectorAll(
        ".sam-candidate, .sam-head > *, .sam-tool, .sam-accept, .sam-zoom, .sam-help-button"
    )].map((each) => Object.assign(each.getBoundingClientRect(), { name: each.className }))
        .filter((each) => each.width > 0);
    const on = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5;
    const within = (a, b) => a.left >= b.left && a.right <= b.right
        && a.top >= b.top && a.bottom <= b.bottom;
    let overlaps = 0;
    words.forEach((a, i) => words.slice(i + 1).forEach((b) => {
        if (on(a, b) && !within(a, b) && !within(b, a)) overlaps += 1;
    }));
    return {
        width: frame.width,
        hidden: frame.width - (right - left),
        beyond: words.filter((each) => each.right > frame.right || each.left < frame.left)
            .map((each) => [each.name, each.left - frame.left, each.right - frame.right]),
        overlaps,
        height: frame.height,
        photo: photo.width,
        below: panel.bottom - Math.max(photo.bottom, panel.top),
    };
}"""


# A cell's code, and how wide each frame is at least in a window of 1200 px.
LAYOUTS = {
    "HBox of two": ("ip.HBox([w, w])", 300),
    "HBox with another": ("ip.HBox([w, ip.Textarea(), ip.Button()])", 300),
    "VBox": ("ip.VBox([ip.Textarea(), w])", 600),
    "centred": ("ip.VBox([w], layout=ip.Layout(align_items='center'))", 600),
    "GridBox": ("ip.GridBox([w, w], layout=ip.Layout(grid_template_columns='auto auto'))", 300),
    "Output": ("out = ip.Output()\nwith out: display(w)\nout", 600),
    "256 px": ("ip.Box([w], layout=ip.Layout(width='256px'))", 240),
    "Tab": ("ip.Tab([ip.Text(), w], titles=['text', 'photo'])", 600),
    "Accordion": ("ip.Accordion([ip.Text(), w], titles=['text', 'photo'])", 600),
}
HIDDEN = ".lm-TabBar-tab, .jupyter-widget-Collapse-header"  # what is clicked to see it


def assert_fits(root: Locator, least: float = 600) -> dict[str, float]:
    """The frame is at least so wide, all of it is shown, and nothing lies on another thing."""
    expect(root).to_be_visible(timeout=MILLISECONDS)
    root.scroll_into_view_if_needed()
    expect(root.locator(".sam-status")).to_have_attribute(
        "data-what", "ready", timeout=MILLISECONDS
    )
    expect(root.locator(".sam-veil")).to_be_hidden(timeout=MILLISECONDS)
    now: dict[str, float] = {}
    while (last := now) != (now := root.evaluate(MEASURE)) or not last:
        root.page.wait_for_timeout(100)  # until it has come to rest
    assert now["width"] >= least, now
    assert now["hidden"] <= 0.5, now
    assert (now["overlaps"], now["beyond"]) == (0, []), now
    return now


def test_every_layout_shows_all_of_it(lab_page: LabPage) -> None:
    notebook = lab_page.open("layouts", [START, *(code for code, _ in LAYOUTS.values())])
    notebook.run_cell(0)
    for index, (code, least) in enumerate(LAYOUTS.values(), start=1):
        notebook.run_cell(index)
        cell = notebook.cells.nth(index)
        for title in cell.locator(HIDDEN).filter(has_text="photo").all():
            title.click()
        roots = cell.locator(".sam-widget")
        expect(roots).to_have_count(code.count("w]") + code.count("w, ") + code.count("(w)"))
        for root in roots.all():
            assert_fits(root, least)
    notebook.execute("w.add_point(290, 170)\nw.wait()")
    for index, (_, least) in enumerate(LAYOUTS.values(), start=1):
        for root in notebook.cells.nth(index).locator(".sam-widget").all():
            root.scroll_into_view_if_needed()
            expect(root.locator("[aria-pressed=true].sam-candidate")).to_have_count(1)
            assert_fits(root, least)


def test_many_objects_leave_the_photo_where_it_is(sam: Sam) -> None:
    sam.notebook.execute("w.layout.width = '660px'")  # a photo lower than five rows would need
    before = assert_fits(sam.root, 640)
    sam.notebook.execute(
        "for i in range(30): w.add_point(40 + 15 * i, 40 + 9 * i); w.wait(); w.accept()"
    )
    rows = sam.root.locator(".sam-object-list li")
    expect(rows).to_have_count(30, timeout=MILLISECONDS)
    now = assert_fits(sam.root, 640)
    assert (now["photo"], now["height"]) == (before["photo"], before["height"])
    assert now["below"] <= 1, "the panel ends where the photo ends"
    expect(rows.last).to_be_in_viewport()


def test_the_host_keeps_its_keys_and_we_keep_ours(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    page, file = sam.page, sam.notebook.file
    sam.notebook.add_cell("marked = 'by a test'")
    kinds = sam.notebook.kinds()
    page.keyboard.press("Control+s")
    page.wait_for_function("() => !window.testPanel.context.model.dirty")
    assert "by a test" in file.read_text()
    for collapsed in (False, True):
        page.keyboard.press("Control+b")
        page.wait_for_function(
            "(collapsed) => window.jupyterapp.shell.leftCollapsed === collapsed", arg=collapsed
        )
    # Ours right after theirs, and what lies beside ours: no cell changes.
    (first,) = sam.chosen()
    other = (first + 1) % 3
    sam.press(str(other + 1))
    assert sam.chosen() == [other]
    for key in "ddaby":
        page.keyboard.press(key)
    sam.press("Control+z")
    assert sam.chosen() == [first]
    assert sam.notebook.kinds() == kinds
    ran = "() => window.testPanel.content.widgets[0].model.executionCount"
    before = page.evaluate(ran)
    page.keyboard.press("Shift+Enter")
    page.wait_for_function(f"(before) => ({ran})() > before", arg=before)
    assert sam.notebook.kinds() == kinds


# Until an element has stood still for twenty frames.
REST = """(root) => new Promise((done) => {
    let [last, frames] = [NaN, 0];
    const look = () => {
        const { top } = root.getBoundingClientRect();
        frames = top === last ? frames + 1 : 0;
        last = top;
        if (frames === 20) done();
        else requestAnimationFrame(look);
    };
    look();
})"""


class Hand:
    """Fingers that the browser knows of, so that it decides who gets them."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)

    def drag(self, *ways: tuple[float, float, float, float]) -> None:
        """A finger for each way, from (x, y) by (right, down)."""
        self._send("Start", [(x, y) for x, y, _, _ in ways])
        for step in range(1, 9):
            self._send("Move", [(x + r * step / 8, y + d * step / 8) for x, y, r, d in ways])
        self._send("End", [])

    def tap(self, x: float, y: float) -> None:
        self._send("Start", [(x, y)])
        self._send("End", [])

    def _send(self, kind: str, places: list[tuple[float, float]]) -> None:
        points = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(places)]
        self.session.send(
            "Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points}
        )


def test_a_finger_scrolls_taps_and_draws_and_two_zoom(sam: Sam) -> None:
    sam.notebook.add_cell("\n" * 60)  # there is something to scroll to
    sam.ready()
    hand = Hand(sam.page)
    x, y = sam.place(*IN_THE_CUP)
    top = "() => document.querySelector('.sam-widget').getBoundingClientRect().top"
    before = sam.page.evaluate(top)
    hand.drag((x, y, 0, -160))
    sam.page.wait_for_function(f"(before) => ({top})() < before - 50", arg=before)
    assert sam.notebook.value("len(w.prompts)") == 0, "a swipe is no prompt"
    sam.root.evaluate(REST)  # a swipe goes on for a while
    sam.root.scroll_into_view_if_needed()
    x, y = sam.place(*IN_THE_CUP)
    with sam.change():
        hand.tap(x, y)
    assert sam.notebook.value("[p.positive for p in w.prompts]") == [True], "a tap is a click"
    with sam.look():
        hand.drag((x - 20, y, -40, 0), (x + 20, y, 40, 0))
    expect(sam.button("zoom-fit")).to_have_text("3\N{MULTIPLICATION SIGN}")
    sam.button("box").click()
    x, y = sam.place(*IN_THE_CUP)
    before = sam.page.evaluate(top)
    with sam.change():
        hand.drag((x, y, 60, 60))
    assert sam.notebook.value("len(w.prompts)") == 2, "with the box in hand a finger draws"
    assert sam.page.evaluate(top) == before
