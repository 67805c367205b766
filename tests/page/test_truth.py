"""A ground truth, a history that plays, what was assumed of a photo: in a real page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from playwright.sync_api import expect

from tests.page.sam import IN_THE_CUP, MILLISECONDS, ON_THE_SAUCER, Sam

if TYPE_CHECKING:
    from playwright.sync_api import Locator

TEACH = """
import numpy as np
ys, xs = np.mgrid[:400, :600]
w.ground_truth = ((xs - 300) / 110) ** 2 + ((ys - 165) / 105) ** 2 < 1
"""
SLOW = """
slow = w.history
slow["steps"] += [dict(slow["steps"][-1], at=1000.0 * n) for n in range(1, 20)]
"""
PLAY = "(w.replay(w.history, speed=4), int(w.mask.sum()))"
DEEP = """
import numpy as np
w.image = np.linspace(0, 4300, 240_000).reshape(400, 600).astype(np.uint16)
"""


def truth(sam: Sam) -> Locator:
    return sam.root.locator(".sam-truth")


def test_the_truth_is_seen_beside_each_mask_and_the_annotator_clicks(sam: Sam) -> None:
    expect(truth(sam)).to_be_hidden()
    sam.notebook.execute(TEACH)
    expect(truth(sam)).to_be_visible(timeout=MILLISECONDS)
    sam.click(IN_THE_CUP)
    sam.settle()
    expect(sam.root.locator(".sam-true").first).to_be_visible(timeout=MILLISECONDS)
    own = sam.notebook.value("[round(each.iou, 2) for each in w.agreement]")
    for card, iou in zip(sam.candidates.all(), own, strict=True):
        expect(card.locator(".sam-true")).to_contain_text(f"IoU {iou:.2f}".replace("0.", "."))
    expect(truth(sam).locator("circle.sam-course")).to_have_count(1)
    expect(truth(sam).locator("circle.sam-race")).to_have_count(1, timeout=MILLISECONDS)
    with sam.change():
        sam.button("annotate").click()
    assert sam.notebook.value("len(w.prompts)") == 2
    expect(truth(sam).locator("circle.sam-course")).to_have_count(2, timeout=MILLISECONDS)
    sam.press("z")
    assert sam.notebook.value("len(w.prompts)") == 1
    eye = sam.button("errors")
    expect(eye).to_have_attribute("aria-pressed", "true")
    sam.page.keyboard.press("g")
    expect(eye).to_have_attribute("aria-pressed", "false")
    sam.notebook.run_cell(sam.notebook.add_cell("w"))
    other = Sam(sam.notebook, 1)
    expect(truth(other)).to_be_visible(timeout=MILLISECONDS)
    expect(truth(other).locator("output")).to_contain_text("IoU 0.")
    sam.notebook.execute("w.ground_truth = None")
    expect(truth(sam)).to_be_hidden()


def test_a_history_plays_in_the_page(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    sam.click(ON_THE_SAUCER, button="right")
    before = sam.assert_paints()
    whole, area = sam.notebook.value(PLAY)
    sam.settle()
    assert whole is True
    assert area == before.sum()
    assert np.array_equal(sam.assert_paints(), before)


def test_a_click_ends_a_history_that_plays(sam: Sam) -> None:
    """The cell that plays is at work all the while: the click comes past it."""
    sam.click(IN_THE_CUP)
    sam.notebook.execute(SLOW)
    cell = sam.notebook.add_cell("whole = w.replay(slow, speed=0.1)")
    before = sam.version
    sam.notebook.run_cell(cell, wait=False)
    expect(sam.root).not_to_have_attribute("data-version", before, timeout=MILLISECONDS)
    x, y = sam.place(*ON_THE_SAUCER)
    sam.page.mouse.click(x, y)
    assert sam.notebook.value("whole") is False  # which waits for the cell
    sam.settle()
    assert sam.notebook.value("[(p.x > 200) for p in w.prompts]")[-1] is False
    sam.assert_paints()


def test_what_was_assumed_is_a_quiet_sign_with_words(sam: Sam) -> None:
    sign = sam.root.locator(".sam-assumed-button")
    expect(sign).to_be_hidden()
    sam.notebook.execute(DEEP)
    expect(sign).to_be_visible(timeout=MILLISECONDS)
    sign.focus()
    words = sam.root.locator(".sam-assumed-words")
    expect(words).to_be_visible()
    expect(words).to_have_text(sam.notebook.value("w.assumed[0]"))
