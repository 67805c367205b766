"""Accepted objects: select, reopen, rename, move, hide, delete; by hand and from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from playwright.sync_api import expect

from tests.page.sam import IN_THE_CUP, ON_THE_TABLE

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.page.sam import Sam

LOCKED = "[each.locked for each in w.objects]"
LABELS = "[each.label for each in w.objects]"


def rows(sam: Sam) -> Locator:
    return sam.root.locator(".sam-object-list li")


def spoken(sam: Sam) -> Locator:
    return sam.root.locator(".sam-speech")


def accept(sam: Sam, *places: tuple[float, float]) -> None:
    """Click at places in image pixels and accept what comes; each starts an object."""
    for x, y in places:
        with sam.change():
            sam.notebook.execute(f"w.add_point({x}, {y}); w.accept()")


def test_a_click_on_an_accepted_object_makes_no_double_and_reopens_it(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    mask = sam.assert_paints()
    sam.press("Enter")
    version, plain = sam.version, sam.pixels(".sam-marks")
    sam.page.mouse.click(*sam.place(*IN_THE_CUP))
    expect(rows(sam).first).to_have_attribute("aria-selected", "true")
    sam.settle()
    assert sam.version == version
    assert not np.array_equal(sam.pixels(".sam-marks"), plain), "its outline does not stand out"
    sam.press("Enter")
    assert sam.notebook.value(LOCKED) == [False]
    assert sam.notebook.value("len(w.prompts)") == 1
    assert np.array_equal(sam.assert_paints(), mask)
    sam.press("Enter")
    with sam.change():
        sam.page.mouse.dblclick(*sam.place(*IN_THE_CUP))
    assert sam.notebook.value(LOCKED) == [False]
    sam.press("Enter")
    # Something new on it is one more click away, or Shift.
    sam.page.mouse.click(*sam.place(*IN_THE_CUP))
    expect(rows(sam).first).to_have_attribute("aria-selected", "true")
    sam.click(IN_THE_CUP)
    assert sam.notebook.value(LOCKED) == [True, False]
    sam.press("z")
    sam.page.keyboard.down("Shift")
    sam.click(IN_THE_CUP)
    sam.page.keyboard.up("Shift")
    assert sam.notebook.value(LOCKED) == [True, False]


def test_the_list_by_keyboard(sam: Sam) -> None:
    accept(sam, IN_THE_CUP, ON_THE_TABLE)
    kinds = sam.notebook.kinds()
    rows(sam).first.focus()
    sam.page.keyboard.press("F2")
    sam.page.keyboard.type("add a 1 x")  # to JupyterLab and to the widget these are commands
    sam.press("Enter")
    assert sam.notebook.value(LABELS) == ["add a 1 x", ""]
    expect(rows(sam).first).to_be_focused()
    sam.press("Alt+ArrowDown")
    assert sam.notebook.value(LABELS) == ["", "add a 1 x"]
    expect(rows(sam).nth(1)).to_be_focused()
    sam.page.keyboard.press("ArrowUp")
    expect(rows(sam).first).to_have_attribute("aria-selected", "true")
    sam.press("Delete")
    assert sam.notebook.value(LABELS) == ["add a 1 x"]
    expect(rows(sam)).to_have_count(1)
    expect(rows(sam).first).to_be_focused()
    sam.press("z")
    assert sam.notebook.value(LABELS) == ["", "add a 1 x"]
    sam.press("Enter")
    assert sam.notebook.value(LOCKED) == [True, False]
    expect(sam.root).to_be_focused()
    assert sam.notebook.kinds() == kinds


def test_a_name_is_text_and_can_be_let_be(sam: Sam) -> None:
    accept(sam, IN_THE_CUP)
    rows(sam).first.click()
    sam.button("rename").click()
    field = rows(sam).locator("input")
    expect(field).to_be_focused()
    field.fill("no")
    sam.page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    sam.page.keyboard.press("F2")
    field.fill("<img src=x onerror=alert(1)>")
    composing = {"key": "Enter", "isComposing": True, "bubbles": True, "cancelable": True}
    field.dispatch_event("keydown", composing)
    expect(field).to_be_focused()
    sam.press("Enter")
    assert sam.notebook.value(LABELS) == ["<img src=x onerror=alert(1)>"]
    expect(rows(sam).locator("img")).to_have_count(0)
    expect(rows(sam)).to_contain_text("<img src=x onerror=alert(1)>")
    sam.button("rename").click()
    sam.page.keyboard.insert_text("x" * 300)
    sam.press("Enter")
    assert sam.notebook.value("len(w.objects[0].label)") == 200


def test_hiding_is_of_the_view_and_a_color_of_the_object(sam: Sam) -> None:
    accept(sam, IN_THE_CUP)
    mask = sam.assert_paints("w.objects[0].array()")
    assert mask.any()
    version = sam.version
    rows(sam).first.click()
    sam.button("conceal").click()
    expect(sam.button("conceal")).to_have_attribute("aria-pressed", "true")
    sam.rest()
    assert not sam.painted().any()
    assert sam.version == version
    assert sam.notebook.value("len(w.objects)") == 1
    sam.button("conceal").click()
    sam.rest()
    sam.assert_paints("w.objects[0].array()")
    sam.button("recolor").click()
    with sam.change():
        sam.root.get_by_role("button", name="pink").click()
    assert sam.notebook.value("w.document[w.objects[0].id].color") == 6
    overlay = sam.pixels(".sam-overlay")
    assert np.allclose(overlay[overlay[..., 3] > 0][:, :3], [204, 121, 167], atol=2)


def test_what_python_does_shows_and_is_spoken(sam: Sam) -> None:
    accept(sam, IN_THE_CUP, ON_THE_TABLE)
    run = sam.notebook.execute
    with sam.change():
        run("first, second = [each.id for each in w.objects]\nw.rename(first, 'cup')")
    expect(spoken(sam)).to_have_text("Object 1 is cup")
    expect(rows(sam).first).to_contain_text("cup")
    with sam.change():
        run("w.reopen(first)")
    expect(spoken(sam)).to_contain_text("Object 1, cup reopened. Mask: predicted IoU 0.")
    expect(rows(sam)).to_have_count(1)
    expect(rows(sam)).to_contain_text("2")  # it keeps its number
    sam.assert_paints("w.mask | w.objects[1].array()")
    with sam.change():
        run("w.delete(first)")
    expect(spoken(sam)).to_have_text("No prompts")
    with sam.change():
        run("w.undo(); w.accept()")
    expect(rows(sam)).to_have_count(2)
    expect(sam.marks).to_have_attribute(
        "aria-label", "Photo, 600 by 400 pixels, 2 accepted objects"
    )
