"""Things like an example in the page: proposals come, clicks and keys answer, the rest follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.page.sam import MILLISECONDS, PHOTOS, Sam

if TYPE_CHECKING:
    from pathlib import Path

    from tests.page.lab import LabPage

COINS = PHOTOS / "coins.png"
SHOW = f"from sam_widget import SamWidget\nw = SamWidget({str(COINS)!r}, 'mini')\ndisplay(w)"
SIZE = (384, 303)
A_COIN = (48.0, 44.0)


@pytest.fixture
def coins(lab_page: LabPage) -> Sam:
    """A widget with coins in rows, one of them marked."""
    notebook = lab_page.again("coins", [SHOW, "later = 1"])
    notebook.run_all()
    sam = Sam(notebook, size=SIZE).ready()
    with sam.change():
        sam.page.mouse.click(*sam.place(*A_COIN))
    return sam


def proposed(sam: Sam) -> int:
    """How many proposals there are; the number beside the photo."""
    return int(re.findall(r"\d+", sam.root.locator(".sam-alike .sam-every-count").inner_text())[1])


def test_one_coin_gives_others_and_each_answer_changes_the_rest(coins: Sam, tmp_path: Path) -> None:
    sam = coins
    sam.root.focus()
    sam.page.keyboard.press("o")
    panel = sam.root.locator(".sam-alike")
    expect(panel).to_be_visible(timeout=MILLISECONDS)
    expect(panel.locator(".sam-every-bar")).to_be_hidden(timeout=MILLISECONDS)
    assert len(sam.notebook.value("[each.id for each in w.objects]")) == 1
    many = proposed(sam)
    assert many == sam.notebook.value("len(w.alike)") > 5
    sam.page.screenshot(path=tmp_path / "found.png")

    first = sam.notebook.value("w.alike[0].region.box")
    with sam.change():
        sam.page.keyboard.press("Enter")
    assert sam.notebook.value("w.objects[-1].box") == first
    before = sam.notebook.value("[each.score for each in w.alike]")
    sam.page.keyboard.press("Delete")
    expect(panel.locator('[data-action="alike-back"]')).to_be_visible(timeout=MILLISECONDS)
    assert sam.notebook.value("[each.score for each in w.alike]") != before
    panel.locator('[data-action="alike-back"]').click()
    expect(panel.locator('[data-action="alike-back"]')).to_be_hidden(timeout=MILLISECONDS)

    x, y = sam.notebook.value(
        "(lambda b: [(b[0] + b[2]) / 2, (b[1] + b[3]) / 2])(w.alike[0].region.box)"
    )
    with sam.change():
        sam.page.mouse.click(*sam.place(x, y))
    assert sam.notebook.value("len(w.objects)") == 3
    sam.page.screenshot(path=tmp_path / "answered.png")
    with sam.change():
        panel.locator('[data-action="alike-all"]').click()
    assert sam.notebook.value("len(w.objects)") > 4
    assert (
        sam.notebook.value(
            "len(set(each.color for each in w.document.values() if each.tag == 'object'))"
        )
        == 1
    )
    sam.page.screenshot(path=tmp_path / "all.png")
    expect(panel.locator(".sam-every-bar")).to_be_hidden(timeout=MILLISECONDS)
    sam.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    sam.until("w.alike == ()")
