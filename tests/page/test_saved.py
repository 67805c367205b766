"""A saved notebook, opened with a kernel that knows nothing of it: what is seen, and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.sign import NotebookNotary
from playwright.sync_api import expect

from tests.page.sam import IN_THE_CUP, MILLISECONDS
from tests.widget.test_saved import MAKE, WORK, beside, stills

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from playwright.sync_api import Locator

    from tests.page.lab import LabPage
    from tests.page.sam import Sam


@pytest.fixture(scope="module")
def executed() -> nbformat.NotebookNode:
    cells = [MAKE, "HBox([w, v])", WORK]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in cells])
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    return notebook


def opened(lab_page: LabPage, notebook: nbformat.NotebookNode, *, trusted: bool) -> Locator:
    """Open it, as its author does or as a stranger; return the cell that shows the widgets."""
    if trusted:
        notary = NotebookNotary(data_dir=str(lab_page.lab.root.parent / "data"))
        notary.sign(notebook)
        notary.store.close()
    nbformat.write(notebook, lab_page.lab.root / "saved.ipynb")
    return lab_page.open_file("saved.ipynb").cells.nth(1)


def test_what_the_page_accepts_is_in_the_notebook_when_that_is_saved(sam: Sam) -> None:
    def saved() -> tuple[NDArray[np.int_], ...]:
        sam.notebook.lab_page.command("docmanager:save")
        notebook = nbformat.read(sam.notebook.file, 4)
        return tuple(stills(beside(notebook.cells[0])))

    (before,) = saved()
    sam.click(IN_THE_CUP)
    sam.push("accept")
    mask = sam.notebook.array("w.objects[0].mask.to_array()")
    (after,) = saved()
    changed = abs(after - before).sum(2)
    assert changed[mask].mean() > 4 * changed[~mask].mean()
    assert sam.root.page.locator(".sam-saved").all()
    expect(sam.root.page.locator(".sam-saved").first).to_be_hidden()


def colors(picture: Locator) -> list[list[int]]:
    """Two places of the picture, as (r, g, b): in the first object, and in none."""
    found: list[list[int]] = picture.evaluate(
        """async (picture) => {
            await picture.decode();
            const { naturalWidth: width, naturalHeight: height } = picture;
            const brush = new OffscreenCanvas(width, height).getContext("2d");
            brush.drawImage(picture, 0, 0);
            return [[width / 3, height / 2], [width / 12, height / 8]].map(
                ([x, y]) => [...brush.getImageData(x, y, 1, 1).data.slice(0, 3)]);
        }"""
    )
    return found


def assert_shows_both(picture: Locator) -> None:
    """Photo and mask are in the picture."""
    inside, outside = colors(picture)
    assert max(outside) - min(outside) < 10
    assert max(inside) - min(inside) > 40


@pytest.mark.parametrize("trusted", [True, False])
def test_without_its_state_the_stills_stand_in_its_place(
    lab_page: LabPage, executed: nbformat.NotebookNode, trusted: bool
) -> None:
    kept = {name: value for name, value in executed.metadata.items() if name != "widgets"}
    notebook = nbformat.from_dict({**executed, "metadata": kept})
    cell = opened(lab_page, notebook, trusted=trusted)
    pictures = cell.locator(".sam-saved img")
    expect(pictures).to_have_count(2, timeout=MILLISECONDS)
    expect(cell).to_contain_text("No kernel: this is what was saved.")
    if trusted:
        expect(cell.get_by_text("model not found")).to_be_hidden(timeout=MILLISECONDS)
        expect(cell.get_by_text("model not found")).to_have_count(1, timeout=MILLISECONDS)
    for picture in pictures.all():
        expect(picture).to_be_visible(timeout=MILLISECONDS)
    assert_shows_both(pictures.first)


def test_with_its_state_the_widget_itself_says_what_it_shows(
    lab_page: LabPage, executed: nbformat.NotebookNode
) -> None:
    cell = opened(lab_page, executed, trusted=True)
    roots = cell.locator(".sam-widget")
    expect(roots).to_have_count(2, timeout=MILLISECONDS)
    for root in roots.all():
        expect(root).to_have_attribute("data-contact", "saved", timeout=MILLISECONDS)
        expect(root).to_contain_text("No kernel: this is what was saved.")
        expect(root.locator(".sam-status")).to_contain_text("no kernel")
        expect(root.locator(".sam-still")).to_be_visible()
        expect(root.locator('[data-action="accept"]')).to_be_disabled()
    expect(cell.locator(".sam-saved").first).to_be_hidden()
    assert_shows_both(roots.first.locator(".sam-still"))
