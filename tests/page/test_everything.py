"""Everything mode in the page: masks come, sliders decide which show, a click keeps one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from playwright.sync_api import expect

from tests.page.sam import MILLISECONDS

if TYPE_CHECKING:
    from tests.page.sam import Sam

FEW = "import sam_widget.widget.desk as _d; _d.SIDE = {side}"
OPEN = "dict(predicted_iou=0.2, stability=0.5)"
PLACE = "[int(v) + 0.5 for v in np.argwhere({region}.array())[{region}.area // 2][::-1]]"
EVERY = ".sam-every:not(.sam-alike)"  # what is like an example has a panel of the same look


def begin(sam: Sam, side: int, by: str = "button") -> None:
    """Have everything looked for on so many spots a side."""
    sam.notebook.execute("import numpy as np; " + FEW.format(side=side))
    if by == "button":
        sam.button("everything").click()
    else:
        sam.root.focus()
        sam.page.keyboard.press("a")
    expect(sam.root.locator(EVERY)).to_be_visible(timeout=MILLISECONDS)


def ended(sam: Sam) -> None:
    expect(sam.root.locator(f"{EVERY} .sam-every-bar")).to_be_hidden(timeout=MILLISECONDS)


def counted(sam: Sam) -> tuple[int, int]:
    """How many masks show, of how many."""
    shown, every = re.findall(r"\d+", sam.root.locator(f"{EVERY} .sam-every-count").inner_text())
    return int(shown), int(every)


def slide(sam: Sam, name: str, position: int) -> None:
    """Move a slider, and wait until the kernel has heard of it."""
    sam.root.locator(f'[data-filter="{name}"]').fill(str(position))
    if name != "area":
        sam.until(f"abs(w._desk.everything.sieve.{name} - {position / 100}) < 1e-9")


def test_masks_come_and_a_click_keeps_the_smallest_there(sam: Sam) -> None:
    begin(sam, 4)
    ended(sam)
    slide(sam, "predicted_iou", 20)
    slide(sam, "stability", 50)
    shown, every = counted(sam)
    assert (shown, every) == (sam.notebook.value("len(w.everything)"), 3 * 16)
    assert shown > 1
    union = sam.notebook.array("np.any([each.array() for each in w.everything], axis=0)")
    painted = sam.pixels(".sam-found:not(.sam-found-alike)")[..., 3] > 0
    assert 0.9 < painted.mean() / union.mean() < 1.1
    sam.notebook.execute("small = min(w.everything, key=lambda each: each.area)")
    x, y = sam.notebook.value(PLACE.format(region="small"))
    with sam.change():
        sam.page.mouse.click(*sam.place(x, y))
    assert sam.notebook.value("[each.locked for each in w.objects]") == [True]
    assert np.array_equal(
        sam.notebook.array("w.objects[0].array()"), sam.notebook.array("small.array()")
    )
    assert counted(sam) == (shown, every)
    with sam.change():
        sam.button("everything-all").click()
    assert sam.notebook.value("len(w.objects)") == shown
    sam.press("z")
    assert sam.notebook.value("len(w.objects)") == 1
    sam.press("z")
    assert sam.notebook.value("len(w.objects)") == 0
    sam.page.keyboard.press("Escape")
    expect(sam.root.locator(EVERY)).to_be_hidden()
    sam.until("w.everything == ()")


def test_sliders_decide_at_once_python_agrees_and_the_pointer_hears_why(sam: Sam) -> None:
    sam.notebook.execute(
        f"import numpy as np; found = w.find_everything(3, progress=False, **{OPEN})"
    )
    expect(sam.root.locator(EVERY)).to_be_visible(timeout=MILLISECONDS)
    sam.rest()
    before = counted(sam)
    assert before == (sam.notebook.value("len(found)"), 27)
    slide(sam, "stability", 90)
    assert counted(sam)[0] == sam.notebook.value("len(w.everything)") < before[0]
    sam.notebook.execute(
        "shown = {each.mask for each in w.everything}\n"
        "lost = next(each for each in found if each.mask not in shown)"
    )
    x, y = sam.notebook.value(PLACE.format(region="lost"))
    sam.page.mouse.move(*sam.place(x, y))
    expect(sam.root.locator(f"{EVERY} .sam-every-here")).to_contain_text(
        re.compile(r"#\d+ (stability 0\.\d+ < 0\.\d+|overlaps #\d+ by|predicted IoU)")
    )


def test_a_click_elsewhere_and_escape_stop_it(sam: Sam) -> None:
    begin(sam, 40, by="key")
    sam.notebook.execute(
        "w._desk.everything.sift(__import__('dataclasses').replace("
        "w._desk.everything.sieve, predicted_iou=1.0))"
    )
    sam.page.mouse.click(*sam.place(290, 170))
    sam.until("len(w.prompts) == 1 and w.mask is not None")
    assert sam.notebook.value("w._desk.everything._survey.reach.what") == "stopped"
    sam.assert_paints()
    sam.page.keyboard.press("Escape")
    sam.until("len(w.prompts) == 0")
    begin_again = sam.root.locator(f"{EVERY} .sam-every-far")
    expect(begin_again).to_contain_text("Stopped at")
    sam.page.keyboard.press("Escape")
    expect(sam.root.locator(EVERY)).to_be_hidden()
