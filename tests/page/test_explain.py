"""``w.explain()`` in a real page: a point is dragged, and every view follows; it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from playwright.sync_api import expect

from tests.page.sam import COFFEE, IN_THE_CUP, MILLISECONDS, ON_THE_SAUCER, Sam

if TYPE_CHECKING:
    from tests.page.lab import LabPage

CELLS = [
    f"from sam_widget import SamWidget\nw = SamWidget({str(COFFEE)!r}, model='mini')",
    "panel = w.explain()\npanel",
]
AT = "[[round(p.x), round(p.y)] for p in panel.heard.prompts] if panel.heard else []"
BESIDE = (200.0, 120.0)
TABS = ("Prompt", "Attention", "Mask as a sum", "Candidates")
# each canvas of the panel that is seen has something on it that is not see-through
INKED = """() => {
    const seen = [...document.querySelectorAll(".sam-explained .widget-tab canvas")]
        .filter((canvas) => canvas.offsetParent);
    return seen.length && seen.every((canvas) => {
        const { width, height } = canvas;
        const top = canvas.getContext("2d").getImageData(0, 0, width, height / 2).data;
        return top.some((each) => each > 0);
    });
}"""
# what each view draws, as a sum of its pictures
DRAWN = """[[float(sum(m.pixels.astype(float).sum()
    for m in [*s.frames[-1].back, *s.frames[-1].front] if hasattr(m, 'pixels')))
    for s in v._stages] for v in panel._views]"""


def test_every_view_follows_a_point_that_is_dragged(lab_page: LabPage) -> None:
    notebook = lab_page.open("explain", CELLS)
    notebook.run_all()
    page, sam = notebook.page, Sam(notebook).ready()
    expect(page.get_by_text("Click the photo first")).to_be_visible()
    sam.click(IN_THE_CUP)
    sam.until("panel.heard is not None")
    expect(page.get_by_text("Click the photo first")).to_be_hidden()
    assert notebook.value("panel.heard.said.scores.tolist() == w.scores.tolist()")
    drawn = []
    for place in (IN_THE_CUP, ON_THE_SAUCER):
        if place != IN_THE_CUP:
            sam.root.scroll_into_view_if_needed()
            page.mouse.move(*sam.place(*BESIDE))
            page.mouse.move(*sam.place(*IN_THE_CUP))
            expect(sam.root).to_have_attribute("data-hold", "move", timeout=MILLISECONDS)
            page.mouse.down()
            page.mouse.move(*sam.place(*BESIDE), steps=4)
            sam.until(f"{AT} == [{[round(each) for each in BESIDE]}]")  # not let go yet
            assert notebook.value("round(w.prompts[0].x)") == round(IN_THE_CUP[0])
            page.mouse.move(*sam.place(*ON_THE_SAUCER), steps=4)
            with sam.change():
                page.mouse.up()
            sam.until(f"{AT} == [{[round(each) for each in place]}]")
        for number, title in enumerate(TABS):
            page.get_by_role("tab", name=title).click()
            sam.until(f"panel._views[{number}]._stages and not panel._owed")
            page.wait_for_function(INKED)
        drawn.append(notebook.value(DRAWN))
    for before, after in zip(*drawn, strict=True):
        assert not np.allclose(before, after)
    page.get_by_role("tab", name="Attention").click()
    page.get_by_role("button", name="1 read").click()
    sam.until("len(panel.heard.off) == 1")
    assert notebook.value("panel.heard.said.scores.tolist() == w.scores.tolist()")
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".sam-explained")).to_have_count(0)
    assert notebook.value("w._explained is None and w._desk is not None")
