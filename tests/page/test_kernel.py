"""The kernel's life: torch comes after the photo, busy cells, restarts, cells that run again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.page.sam import COFFEE, IN_THE_CUP, MILLISECONDS, ON_THE_SAUCER, SHOW, Sam

if TYPE_CHECKING:
    from pathlib import Path

    from tests.page.lab import LabPage

# Importing torch waits here until the test has looked, however long the page takes to open. It ends
# with its kernel, or by itself.
GATE = """
import importlib.abc, pathlib, sys, time

class Gate(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "torch":
            end = time.monotonic() + 900
            while not pathlib.Path({gate!r}).exists() and time.monotonic() < end:
                time.sleep(0.05)
        return None

sys.meta_path.insert(0, Gate())
"""

# A cell that works until the test lets it go, and sets a knob of the widget as progress bars do.
BUSY = """
import pathlib, time
end = time.monotonic() + 300
while not pathlib.Path({gate!r}).exists() and time.monotonic() < end:
    w.opacity = 0.9 - w.opacity
    time.sleep(0.1)
ended = "by the test" if pathlib.Path({gate!r}).exists() else "by itself"
"""


def test_the_photo_shows_before_torch_and_a_click_waits(lab_page: LabPage, tmp_path: Path) -> None:
    gate = tmp_path / "open"
    notebook = lab_page.open("gate", [GATE.format(gate=str(gate)), SHOW])
    notebook.run_all()
    sam = Sam(notebook)
    expect(sam.root.locator(".sam-photo")).to_be_visible(timeout=MILLISECONDS)
    sam.page.wait_for_function(PHOTO_IS_PAINTED, polling=200, timeout=MILLISECONDS)
    assert notebook.value("'torch' in sys.modules") is False
    expect(sam.status).to_have_attribute("data-what", "loading")
    # A click now is kept, shown, and answered when the model is there.
    sam.page.mouse.click(*sam.place(*IN_THE_CUP))
    sam.page.wait_for_function(A_DOT_IS_PAINTED, polling=200, timeout=MILLISECONDS)
    assert notebook.value("'torch' in sys.modules") is False
    gate.touch()
    sam.ready()
    sam.settle()
    assert sam.assert_paints().any()
    assert notebook.value("len(w.prompts)") == 1


PHOTO_IS_PAINTED = """() => {
    const { width, height } = document.querySelector(".sam-photo");
    if (width < 100) return false;
    const brush = document.querySelector(".sam-photo").getContext("2d");
    const data = brush.getImageData(0, 0, width, height).data;
    return new Set(data).size > 100;
}"""

A_DOT_IS_PAINTED = """() => {
    const { width, height } = document.querySelector(".sam-marks");
    const brush = document.querySelector(".sam-marks").getContext("2d");
    return brush.getImageData(0, 0, width, height).data.some((value) => value > 0);
}"""


COMPUTES = BUSY.replace("    w.opacity = 0.9 - w.opacity\n", "")


@pytest.mark.parametrize("cell", [COMPUTES, BUSY], ids=["computes", "sets a knob"])
def test_a_click_is_answered_while_a_cell_runs(sam: Sam, tmp_path: Path, cell: str) -> None:
    gate = tmp_path / "open"
    sam.click(IN_THE_CUP)
    before = last_answer(sam)
    index = sam.notebook.add_cell(cell.format(gate=str(gate)))
    sam.notebook.run_cell(index, wait=False)
    prompt = sam.notebook.cells.nth(index).locator(".jp-InputPrompt")
    expect(prompt).to_contain_text("*")
    sam.page.mouse.click(*sam.place(*ON_THE_SAUCER))
    sam.page.wait_for_function(
        "(before) => ![null, undefined, before].includes(window.lastAnswer)",
        arg=before,
        timeout=MILLISECONDS,
    )
    expect(prompt).to_contain_text("*")  # the cell still runs
    gate.touch()
    assert sam.notebook.value("ended") == "by the test"
    assert sam.notebook.value("len(w.prompts)") == 2
    sam.settle()
    sam.assert_paints()


def last_answer(sam: Sam) -> str | None:
    """The answer that is painted; the page keeps `window.lastAnswer` true from now on."""
    sam.root.evaluate(
        """(root) => root.addEventListener("sam:painted", (event) => {
            window.lastAnswer = event.detail.answer;
        })"""
    )
    answer: str | None = sam.notebook.value("w.document.answer_of(w.objects[-1].id).id")
    return answer


def test_a_restarted_kernel_is_said_and_running_again_heals(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    sam.notebook.restart_kernel()
    expect(sam.root).to_contain_text("kernel", ignore_case=True, timeout=MILLISECONDS)
    sam.notebook.run_all()
    again = Sam(sam.notebook).ready()
    expect(sam.page.locator(".sam-widget")).to_have_count(1)
    again.click(IN_THE_CUP)
    again.assert_paints()


def test_a_kernel_that_was_shut_down_is_said_before_any_click(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    sam.page.evaluate("() => window.testPanel.sessionContext.shutdown()")
    expect(sam.root).to_have_attribute("data-contact", "gone", timeout=MILLISECONDS)
    expect(sam.root).to_contain_text("Run the cell again")
    assert sam.painted().any()  # what was made is still to be seen


def test_a_cell_that_runs_again_frees_what_it_held(lab_page: LabPage) -> None:
    notebook = lab_page.open(
        "again", [f"from sam_widget import SamWidget\nw = SamWidget({str(COFFEE)!r})\nw"]
    )
    for _ in range(4):
        notebook.run_cell(0)
        Sam(notebook).ready().click(IN_THE_CUP)
    # IPython's Out keeps the widgets themselves, as empty shells.
    assert notebook.value(ALIVE) == {"Picture": 1, "Answerer": 1, "Session": 1}


# Types by name: nothing is imported that the widget did not.
ALIVE = """(lambda gc, names: (gc.collect(), {
    name: sum(type(each).__name__ == name and type(each).__module__.startswith("sam_widget")
              for each in gc.get_objects()) for name in names
})[1])(__import__("gc"), ["Picture", "Answerer", "Session"])"""


def test_bad_input_is_said_in_words(lab_page: LabPage) -> None:
    notebook = lab_page.open(
        "bad",
        [
            "from sam_widget import SamWidget\nSamWidget('no-such-photo.jpg')",
            f"SamWidget({str(COFFEE)!r}, model='no-such-model')",
        ],
    )
    notebook.run_cell(0)
    assert "no-such-photo.jpg" in notebook.outputs(0)
    assert "ImageError: " in notebook.outputs(0)
    notebook.run_cell(1)
    expect(notebook.cells.nth(1)).to_contain_text("no-such-model", timeout=MILLISECONDS)
