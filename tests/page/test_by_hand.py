"""Brush, eraser and clean-up in the page: what is painted is `w.mask`, pixel by pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.page.sam import IN_THE_CUP, ON_THE_TABLE

if TYPE_CHECKING:
    from tests.page.sam import Sam

LINE = ((60.0, 60.0), (200.0, 90.0))


def draw(sam: Sam, *places: tuple[float, float], **button: str) -> None:
    with sam.change():
        sam.page.mouse.move(*sam.place(*places[0]))
        sam.page.mouse.down(**button)
        for each in places[1:]:
            sam.page.mouse.move(*sam.place(*each), steps=5)
        sam.page.mouse.up(**button)


def test_what_is_painted_and_erased_by_hand_is_the_mask(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    sam.page.keyboard.press("d")
    expect(sam.button("brush")).to_have_attribute("aria-pressed", "true")
    draw(sam, *LINE)
    before = sam.assert_paints()
    assert before[60, 60]
    assert before[75, 130]
    for _ in range(3):
        sam.page.keyboard.press("BracketRight")
    draw(sam, (130.0, 40.0), (130.0, 110.0), button="right")
    after = sam.assert_paints()
    assert not after[75, 130]
    assert sam.notebook.value("[each.tag for each in w.objects[0].corrections]") == ["brush"] * 2
    sam.press("z")
    assert (sam.assert_paints() == before).all(), "one stroke, one step"
    sam.page.keyboard.press("p")
    sam.click((310.0, 200.0))
    assert sam.assert_paints()[60, 60], "it stays on top of another answer"
    with sam.change():
        sam.notebook.execute("w.erase([(60, 60), (80, 64)], 9)")
    assert not sam.assert_paints()[60, 60], "Python's strokes are the page's"
    sam.press("Enter")
    draw(sam, ON_THE_TABLE)  # still with the point: another object
    sam.press("Enter")
    sam.page.keyboard.press("d")
    draw(sam, (500.0, 360.0), (580.0, 380.0))
    assert sam.notebook.value("w.scores is None")
    assert sam.assert_paints("sum(each.array() for each in w.objects) > 0").any()


def test_a_clean_up_is_seen_before_it_is_done(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    sam.page.keyboard.press("d")
    draw(sam, ON_THE_TABLE)
    before = sam.assert_paints()
    assert before[40, 40]
    sam.page.keyboard.press("c")
    slider = sam.root.locator(".sam-slider")
    expect(slider).to_be_focused()
    slider.fill("100")
    expect(sam.root.locator(".sam-cleaning-count")).to_contain_text("go")
    sam.rest()
    assert (sam.notebook.array("w.mask") == before).all(), "it is only shown"
    sam.press("Enter")
    after = sam.assert_paints()
    assert not after[40, 40]
    expect(slider).to_be_hidden()
    sam.press("z")
    assert (sam.assert_paints() == before).all()
