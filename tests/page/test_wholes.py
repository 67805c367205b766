"""Objects as wholes in the page: several at once, parts, locks, labels, overlaps, one a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from playwright.sync_api import expect

from tests.page.sam import IN_THE_CUP, ON_THE_TABLE
from tests.page.test_objects import LABELS, LOCKED, accept, rows, spoken

if TYPE_CHECKING:
    from tests.page.sam import Sam

PROTECTED = "[each.protected for each in w.objects]"
SELECTED = "li[aria-selected=true]"


def note(sam: Sam) -> object:
    return sam.root.locator(".sam-objects-note")


def test_several_are_put_together_by_mouse_and_by_keys(sam: Sam) -> None:
    accept(sam, IN_THE_CUP, ON_THE_TABLE)
    one, other = (sam.notebook.array(f"w.objects[{i}].array()") for i in (0, 1))
    rows(sam).nth(0).click()
    rows(sam).nth(1).click(modifiers=["Control"])
    expect(sam.root.locator(SELECTED)).to_have_count(2)
    sam.push("merge")
    expect(rows(sam)).to_have_count(1)
    assert np.array_equal(sam.assert_paints("w.objects[0].array()"), one | other)
    sam.press("z")
    expect(rows(sam)).to_have_count(2)
    rows(sam).nth(0).focus()
    sam.page.keyboard.press("Shift+ArrowDown")
    expect(sam.root.locator(SELECTED)).to_have_count(2)
    sam.press("j")
    expect(rows(sam)).to_have_count(1)
    sam.press("z")
    rows(sam).nth(0).click()
    rows(sam).nth(1).click(modifiers=["Shift"])
    sam.press("Delete")
    expect(rows(sam)).to_have_count(0)


def test_the_three_are_kept_as_a_whole_and_its_parts(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    sam.press("q")
    assert sam.notebook.value("len({each.parent for each in w.objects})") == 3
    deep = [row.get_attribute("data-depth") for row in rows(sam).all()]
    assert deep == [None, "1", "2"]
    sam.press("z")
    assert sam.notebook.value(LOCKED) == [False]
    sam.push("parts")
    expect(rows(sam)).to_have_count(3)


def test_a_lock_refuses_what_changes_it(sam: Sam) -> None:
    accept(sam, IN_THE_CUP)
    rows(sam).first.click()
    sam.push("lock")
    assert sam.notebook.value(PROTECTED) == [True]
    version = sam.version
    rows(sam).first.focus()
    sam.page.keyboard.press("Delete")
    expect(note(sam)).to_have_text("Object 1 is locked against change: unlock it first.")
    sam.page.keyboard.press("F2")
    expect(rows(sam).locator("input")).to_have_count(0)
    assert sam.version == version
    sam.press("Shift+L")
    assert sam.notebook.value(PROTECTED) == [False]
    sam.press("Delete")
    expect(rows(sam)).to_have_count(0)


def test_a_label_that_was_used_is_offered_by_keys_and_mouse(sam: Sam) -> None:
    accept(sam, IN_THE_CUP, ON_THE_TABLE)
    with sam.change():
        sam.notebook.execute("w.labels = ['나무', 'wood']\nw.rename(w.objects[0].id, 'cup')")
    rows(sam).nth(1).click()
    sam.page.keyboard.press("F2")
    offered = sam.root.locator(".sam-labels button")
    expect(offered).to_have_text(["나무", "wood", "cup"])
    field = rows(sam).locator("input")
    composing = {"key": "ArrowDown", "isComposing": True, "bubbles": True, "cancelable": True}
    field.dispatch_event("keydown", composing)
    expect(field).to_have_value("")
    sam.page.keyboard.type("w")
    expect(offered).to_have_text(["wood"])
    sam.page.keyboard.press("ArrowDown")
    sam.press("Enter")
    assert sam.notebook.value(LABELS) == ["cup", "wood"]
    sam.page.keyboard.press("F2")
    field.fill("")
    with sam.change():
        offered.first.click()
    assert sam.notebook.value(LABELS) == ["cup", "나무"]
    expect(rows(sam).nth(1)).to_be_focused()


def test_colours_by_label(sam: Sam) -> None:
    accept(sam, IN_THE_CUP)
    with sam.change():
        sam.notebook.execute("w.labels = ['a', 'b', 'cup']\nw.rename(w.objects[0].id, 'cup')")
    sam.button("color-by").click()
    sam.until("w.color_by == 'label'")
    sam.rest()
    overlay = sam.pixels(".sam-overlay")
    assert np.allclose(overlay[overlay[..., 3] > 0][:, :3], [0, 158, 115], atol=2)


def test_one_object_a_click_and_what_becomes_of_overlaps(sam: Sam) -> None:
    accept(sam, IN_THE_CUP)
    first = sam.notebook.array("w.objects[0].array()")
    sam.root.locator(".sam-overlap").select_option("cut")
    sam.until("w.overlap == 'cut'")
    sam.button("turbo").click()
    expect(sam.button("turbo")).to_have_attribute("aria-pressed", "true")
    sam.until("w.turbo")
    sam.page.keyboard.down("Shift")
    sam.click((300, 200))
    sam.page.keyboard.up("Shift")
    sam.until("len(w.objects) == 2 and all(each.locked for each in w.objects)")
    told = sam.notebook.value("[w.overlapped.rule, w.overlapped.others, w.overlapped.whole]")
    assert told[:2] == ["cut", 1]
    if told[2]:
        expect(note(sam)).to_have_text("It lies wholly in 1 others: kept as it is.")
    else:
        expect(note(sam)).to_contain_text("Cut by another")
        assert not (sam.notebook.array("w.objects[1].array()") & first).any()
    sam.press("z")
    assert sam.notebook.value("len(w.objects)") == 1
    sam.click(ON_THE_TABLE)
    sam.until("len(w.objects) == 2 and all(each.locked for each in w.objects)")
    sam.page.keyboard.press("t")
    sam.until("not w.turbo")


def test_what_is_hidden_is_hidden_for_python_too(sam: Sam) -> None:
    accept(sam, IN_THE_CUP, ON_THE_TABLE)
    rows(sam).nth(0).click()
    rows(sam).nth(1).click(modifiers=["Shift"])
    sam.page.keyboard.press("Shift+H")
    sam.until("len(w.hidden) == 2")
    sam.rest()
    assert not sam.painted().any()
    sam.notebook.execute("w.show()")
    sam.rest()
    expect(spoken(sam)).to_be_attached()
    sam.assert_paints("w.objects[0].array() | w.objects[1].array()")
