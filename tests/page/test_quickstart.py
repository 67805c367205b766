"""The quickstart as a newcomer meets it: opened in JupyterLab, run from top to bottom, clicked."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.page.sam import IN_THE_CUP, MILLISECONDS, Sam

if TYPE_CHECKING:
    from tests.page.lab import LabPage

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_the_quickstart_runs_and_takes_clicks(lab_page: LabPage) -> None:
    shutil.copytree(EXAMPLES, lab_page.lab.root / "examples", dirs_exist_ok=True)
    notebook = lab_page.open_file("examples/quickstart.ipynb")
    notebook.run_all()
    errors = notebook.page.evaluate(
        """() => window.testPanel.content.model.sharedModel.cells
            .flatMap((cell) => cell.toJSON().outputs ?? [])
            .filter((output) => output.output_type === "error" || output.name === "stderr")"""
    )
    assert errors == []
    notebook.page.evaluate("() => window.testPanel.content.scrollToItem(1)")
    sam = Sam(notebook).ready()
    expect(sam.candidates).to_have_count(3, timeout=MILLISECONDS)
    assert notebook.value("len(w.objects)") == 2  # the cup, accepted, and the spoon
    sam.push("accept")
    sam.page.keyboard.down("Shift")  # something new, though the cup is accepted
    sam.click(IN_THE_CUP)
    sam.page.keyboard.up("Shift")
    assert notebook.value("len(w.objects)") == 3
    assert notebook.value("bool(w.mask[170, 290])")
