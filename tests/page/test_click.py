"""Pointer: click, right click, box, cards. What is painted is `w.mask`, pixel by pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.page.sam import IN_THE_CUP, ON_THE_SAUCER, ON_THE_TABLE, ROUND_THE_CUP

if TYPE_CHECKING:
    from tests.page.sam import Sam

both_screens = pytest.mark.parametrize("scale", [1, 2], ids=["dpr1", "dpr2"])


@both_screens
def test_a_click_shows_three_candidates_and_paints_the_best(sam: Sam, scale: int) -> None:
    assert sam.notebook.value("w.mask is None")
    assert not sam.painted().any()
    sam.click(IN_THE_CUP)
    mask = sam.assert_paints()
    assert mask.shape == (400, 600)
    assert mask[170, 290], "the mask misses the place that was clicked"
    (point,) = sam.notebook.value("[[p.x, p.y, p.positive] for p in w.prompts]")
    # A pointer event here has whole CSS pixels, and the canvas shows the photo enlarged.
    assert np.allclose(point[:2], IN_THE_CUP, atol=1)
    assert point[2] is True
    expect(sam.candidates).to_have_count(3)
    assert sam.notebook.array("w.masks").shape == (3, 400, 600)
    scores = sam.notebook.array("w.scores")
    assert scores.shape == (3,)
    for card, score in zip(sam.candidates.all(), scores, strict=True):
        assert f"{score:.2f}" in card.inner_text()
    (chosen,) = sam.chosen()
    assert np.array_equal(sam.notebook.array(f"w.masks[{chosen}]"), mask)


@both_screens
def test_each_candidate_is_painted_as_it_is_chosen(sam: Sam, scale: int) -> None:
    sam.click(IN_THE_CUP)
    (first,) = sam.chosen()
    for index in [each for each in (0, 1, 2) if each != first] + [first]:
        with sam.change():
            sam.candidates.nth(index).click()
        assert sam.chosen() == [index]
        mask = sam.assert_paints()
        assert np.array_equal(mask, sam.notebook.array(f"w.masks[{index}]"))


@both_screens
def test_canvases_have_the_screens_own_pixels(sam: Sam, scale: int) -> None:
    for canvas in (".sam-photo", ".sam-overlay", ".sam-marks"):
        css, pixels, ratio = sam.root.locator(canvas).evaluate(
            """(canvas) => {
                const box = canvas.getBoundingClientRect();
                return [[box.width, box.height], [canvas.width, canvas.height], devicePixelRatio];
            }"""
        )
        assert ratio == scale
        assert np.allclose(np.multiply(css, ratio), pixels, atol=0.02)
    photo = sam.pixels(".sam-photo")[..., :3]
    assert photo.std() > 20, "no photo is painted"


def test_negative_points(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    sam.click(ON_THE_SAUCER, button="right")
    assert sam.notebook.value("[each.positive for each in w.prompts]") == [True, False]
    sam.assert_paints()
    expect(sam.page.locator(".lm-Menu")).to_have_count(0)  # JupyterLab's context menu stayed away
    sam.page.keyboard.down("Alt")
    sam.click(ON_THE_TABLE)
    sam.page.keyboard.up("Alt")
    assert sam.notebook.value("[each.positive for each in w.prompts]") == [True, False, False]
    sam.assert_paints()


@both_screens
def test_a_box_is_dragged(sam: Sam, scale: int) -> None:
    sam.drag(*ROUND_THE_CUP)
    box = sam.notebook.value("[[b.x0, b.y0, b.x1, b.y1] for b in w.prompts]")
    assert np.allclose(box, [ROUND_THE_CUP], atol=1.5)
    mask = sam.assert_paints()
    assert mask.any()
    sam.click(ON_THE_SAUCER, button="right")
    assert sam.notebook.value("len(w.prompts)") == 2
    sam.assert_paints()


def test_the_widget_follows_the_width_of_its_cell(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    before = sam.painted().shape
    sam.page.set_viewport_size({"width": 600, "height": 900})
    try:
        expect(sam.root.locator(".sam-overlay")).not_to_have_attribute("width", str(before[1]))
        sam.settle()
        assert sam.painted().shape[1] < before[1]
        sam.assert_paints()
    finally:
        sam.page.set_viewport_size({"width": 1200, "height": 900})
