"""Export from the page: a format is chosen, files lie where the page says, losses are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.page.sam import IN_THE_CUP, MILLISECONDS

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.page.sam import Sam


def said(sam: Sam) -> Locator:
    return sam.root.locator(".sam-export-said")


def test_what_is_accepted_is_exported_by_mouse_and_by_keys(sam: Sam) -> None:
    sam.button("export").click()
    expect(said(sam)).to_have_text("Accept a mask first.")
    sam.root.locator('[data-format="coco"]').click(force=True)  # it says that it cannot
    assert sam.notebook.value("__import__('os').path.exists('annotations')") is False
    sam.page.keyboard.press("Escape")
    expect(sam.root.locator(".sam-export-sheet")).to_be_hidden()
    expect(sam.button("export")).to_be_focused()

    sam.click(IN_THE_CUP)
    sam.press("Enter")
    sam.button("export").click()
    sam.root.locator('[data-format="coco"]').click()
    expect(said(sam)).to_contain_text("annotations/coffee-coco.", timeout=MILLISECONDS)
    expect(said(sam)).to_contain_text("Objects: 1, photos: 1; every mask to the pixel.")
    same = """(lambda there: [len(there), there[0].regions[0].mask == w.objects[0].mask])(
        list(__import__('sam_widget').read_annotations('annotations/coffee-coco')))"""
    assert sam.notebook.value(same) == [1, True]

    sam.page.keyboard.press("ArrowDown")
    expect(sam.root.locator('[data-format="labelme"]')).to_be_focused()
    sam.page.keyboard.press("Enter")
    expect(said(sam)).to_contain_text("annotations/coffee-labelme.", timeout=MILLISECONDS)
    names = "sorted(each.name for each in __import__('pathlib').Path('annotations').iterdir())"
    assert sam.notebook.value(names) == ["coffee-coco", "coffee-labelme"]
    assert len(sam.notebook.value("[each.id for each in w.objects]")) == 1, "Enter is the sheet's"
