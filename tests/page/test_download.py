"""A model that is fetched first: how far it is, a failure in words, and a way to try again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.page.sam import COFFEE, IN_THE_CUP, MILLISECONDS, Sam

if TYPE_CHECKING:
    from pathlib import Path

    from tests.page.lab import LabPage

# A download that a test leads by files: it stops at a quarter, is cut, and the next try succeeds.
FETCHED = """
import pathlib, time
from sam_widget import SamWidget
from sam_widget.models.errors import CheckpointError
from sam_widget.widget import desk as home

loaded = home.loaded

def until(path):
    end = time.monotonic() + 60
    while not pathlib.Path(path).exists() and time.monotonic() < end:
        time.sleep(0.05)

def fetch(name, tell):
    tell(0.25)
    until({cut!r})
    if not pathlib.Path({again!r}).exists():
        raise CheckpointError("'sam_vit_b' could not be downloaded: the connection was cut.")
    tell(0.5)
    until({whole!r})
    return loaded("mini", tell)

home.loaded = fetch
w = SamWidget({photo!r}, model="sam_vit_b")
display(w)
"""


def test_a_download_is_shown_and_can_be_tried_again(lab_page: LabPage, tmp_path: Path) -> None:
    cut, again, whole = (tmp_path / name for name in ("cut", "again", "whole"))
    files = {"cut": str(cut), "again": str(again), "whole": str(whole)}
    notebook = lab_page.open("fetched", [FETCHED.format(photo=str(COFFEE), **files)])
    notebook.run_all()
    sam = Sam(notebook)
    bar, words = sam.root.get_by_role("progressbar"), sam.root.get_by_role("alert")
    retry = sam.button("retry")
    expect(bar).to_have_attribute("aria-valuenow", "25", timeout=MILLISECONDS)
    expect(sam.status).to_have_text("sam_vit_bdownloading25%")
    sam.root.scroll_into_view_if_needed()
    while_loading = sam.marks.bounding_box()
    sam.page.mouse.click(*sam.place(*IN_THE_CUP))

    cut.touch()
    expect(words).to_contain_text("could not be downloaded: the connection was cut.")
    expect(bar).to_be_hidden()
    expect(sam.root).to_contain_text("Your prompt is kept")
    again.touch()
    retry.click()
    expect(bar).to_have_attribute("aria-valuenow", "50")
    expect(words).to_be_hidden()

    whole.touch()
    sam.ready()
    expect(bar).to_be_hidden()
    assert sam.marks.bounding_box() == while_loading
    sam.settle()
    assert sam.assert_paints().any()
