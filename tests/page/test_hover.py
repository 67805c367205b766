"""What shows before a press does it, in a real page: hovering, a prompt pointed at, and dragged."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from playwright.sync_api import expect

from tests.page.sam import IN_THE_CUP, MILLISECONDS, ON_THE_SAUCER, Sam, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

BESIDE = (200.0, 120.0)
POINTS = "[(round(p.x), round(p.y)) for p in w.prompts]"


@contextmanager
def foresee(sam: Sam) -> Iterator[None]:
    """What is done inside shows a mask that is not there yet: wait until it is painted."""
    before = sam.root.get_attribute("data-peeks") or ""
    yield
    expect(sam.root).not_to_have_attribute("data-peeks", before, timeout=MILLISECONDS)
    sam.rest()


def peek(sam: Sam, x: float, y: float) -> None:
    with foresee(sam):
        sam.page.mouse.move(*sam.place(x, y))


def test_the_mask_shows_before_the_click_which_then_needs_no_decoder(sam: Sam) -> None:
    peek(sam, *IN_THE_CUP)
    assert sam.notebook.value("len(w.document)") == 1  # the photo, and nothing else
    foreseen = sam.painted()
    assert foreseen.any()
    sam.notebook.execute("eye = w._desk.answerer._eye; asked = eye._last[0]")
    sam.click(IN_THE_CUP)
    assert sam.notebook.value("eye._last[0] is asked")  # the same question, asked once
    mask = sam.assert_paints()
    size = (foreseen.shape[1], foreseen.shape[0])
    np.testing.assert_array_equal(foreseen, shown(mask, size, sam.sees))
    sam.page.keyboard.press("v")
    sam.until("not w.hover")
    count = sam.root.get_attribute("data-peeks")
    sam.page.mouse.move(*sam.place(*BESIDE))
    sam.rest()
    assert sam.root.get_attribute("data-peeks") == count
    with foresee(sam):
        sam.notebook.execute("w.hover = True")


def test_a_prompt_is_dragged_with_its_mask_and_taken_out(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    sam.click(ON_THE_SAUCER)
    whole = sam.assert_paints()
    places = sam.notebook.value(POINTS)
    peek(sam, *BESIDE)
    peek(sam, *ON_THE_SAUCER)  # the mask without it
    expect(sam.root).to_have_attribute("data-hold", "move")
    sam.page.mouse.down()
    sam.page.mouse.move(*sam.place(ON_THE_SAUCER[0] + 1, ON_THE_SAUCER[1]))  # a hand trembles
    peek(sam, *BESIDE)
    assert sam.notebook.value(POINTS) == places  # nothing is done before it is let go
    followed = sam.painted()
    with sam.change():
        sam.page.mouse.up()
    moved = sam.assert_paints()
    np.testing.assert_array_equal(followed, sam.painted())
    assert not np.array_equal(moved, whole)
    assert sam.notebook.value(POINTS) == [places[0], [round(each) for each in BESIDE]]
    sam.press("z")
    assert sam.notebook.value(POINTS) == places
    np.testing.assert_array_equal(sam.assert_paints(), whole)
    peek(sam, *ON_THE_SAUCER)
    sam.press("Delete")
    assert sam.notebook.value(POINTS) == places[:1]
    sam.assert_paints()
