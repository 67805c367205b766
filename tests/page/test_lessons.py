"""Lessons as a student meets them: opened in JupyterLab, run from top to bottom, pointed at."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.page.lab import LabPage

EXAMPLES = Path(__file__).parents[2] / "examples"
PATIENCE = 100  # times a tenth of a second

POINTED = [
    ("ko", "2_three_answers", "stage = landscape_on", "여기를 클릭하면"),
    ("en", "3_prompt_encoder", "positions = positions_on", "encoded alike"),
]
CELL = """(code) => {
    const {widgets} = window.testPanel.content;
    const at = widgets.findIndex((cell) => cell.model.sharedModel.source.includes(code));
    window.testPanel.content.scrollToItem(at, "center");
    return at;
}"""
FAULTS = """() => window.testPanel.content.model.sharedModel.cells
    .flatMap((cell) => cell.toJSON().outputs ?? [])
    .filter((output) => output.output_type === "error" || output.name === "stderr")"""


@pytest.mark.slow
@pytest.mark.parametrize(("language", "name", "code", "said"), POINTED, ids=lambda each: each)
def test_a_lesson_runs_and_follows_the_mouse(
    lab_page: LabPage, language: str, name: str, code: str, said: str
) -> None:
    shutil.copytree(EXAMPLES, lab_page.lab.root / "examples", dirs_exist_ok=True)
    notebook = lab_page.open_file(f"examples/lessons/{language}/{name}.ipynb")
    notebook.run_all()
    assert notebook.page.evaluate(FAULTS) == []
    stage, _, _ = code.partition(" = ")
    before = notebook.value(f"{stage}.frames[0].caption")
    cell = notebook.page.locator(".jp-Cell").nth(notebook.page.evaluate(CELL, code))
    cell.locator("canvas").last.hover(position={"x": 120, "y": 90})
    after = before
    for _ in range(PATIENCE):  # a move is sent when the page has time for it
        after = notebook.value(f"{stage}.frames[0].caption")
        if after != before:
            break
        notebook.page.wait_for_timeout(100)
    assert after != before
    assert said in after
