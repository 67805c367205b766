"""Under the cards: the cut, where the three differ, the suggested click, feeding back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.page.sam import IN_THE_CUP, MILLISECONDS, ON_THE_SAUCER

if TYPE_CHECKING:
    from tests.page.sam import Sam

LAST = "(lambda p: (p.x, p.y, p.positive))(w.prompts[-1])"
THUMB = 16  # CSS pixels of a slider's handle, as Chromium draws it
NEXT = "(lambda n: (n.x, n.y, n.positive))(w.next_click)"


def test_the_slider_cuts_in_the_page_and_is_one_step_when_let_go(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    first, version = sam.assert_paints(), sam.version
    slider = sam.root.locator(".sam-tune-row .sam-range")
    box = slider.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    before = sam.painted()
    sam.page.mouse.move(box["x"] + box["width"] / 2, middle)
    sam.page.mouse.down()
    # The thumb's middle stays within the ends: three quarters of its way are the value 2.
    sam.page.mouse.move(box["x"] + THUMB / 2 + 0.75 * (box["width"] - THUMB), middle, steps=4)
    expect(sam.root.locator(".sam-number")).not_to_have_text("0")
    live = before
    while np.array_equal(live, before):  # its logits are on their way
        sam.page.wait_for_timeout(50)
        live = sam.painted()
    assert sam.version == version
    with sam.change():
        sam.page.mouse.up()
    mask = sam.assert_paints()
    assert mask.sum() < first.sum()
    assert np.count_nonzero(live != sam.painted()) < 0.002 * live.size  # but for specks
    assert sam.notebook.value("w.threshold") == pytest.approx(2, abs=0.4)
    sam.press("z")
    assert np.array_equal(sam.assert_paints(), first)


def test_the_suggested_click_is_made_by_a_key_and_by_a_press(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    sam.page.keyboard.press("w")
    expect(sam.root.locator(".sam-next")).to_be_visible(timeout=MILLISECONDS)
    x, y, positive = sam.notebook.value(NEXT)
    sam.press("n")
    assert sam.notebook.value(LAST) == [x, y, positive]
    if sam.notebook.value("w.next_click is None"):
        return
    x, y, positive = sam.notebook.value(NEXT)
    expect(sam.root.locator(".sam-next")).to_be_visible(timeout=MILLISECONDS)
    sam.click((x, y), button="right")
    assert sam.notebook.value(LAST) == [x, y, not positive]


def test_feeding_back_shows_what_it_does(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    sam.click(ON_THE_SAUCER)
    fed = sam.assert_paints()
    sam.root.locator('[data-action="look"]').click()
    switch = sam.root.locator(".sam-look input").nth(2)
    with sam.change():
        switch.click()
    assert sam.notebook.value("w.feed_back") is False
    alone = sam.assert_paints()
    assert not np.array_equal(alone, fed)
    share = np.count_nonzero(alone & fed) / np.count_nonzero(alone | fed)
    expect(sam.root.locator(".sam-look .sam-note")).to_have_text(
        f"dashed: with it; the two overlap by {share:.0%}"
    )
    sam.notebook.value("setattr(w, 'feed_back', True)")
    expect(switch).to_be_checked()
    sam.settle()
    assert np.array_equal(sam.assert_paints(), fed)
