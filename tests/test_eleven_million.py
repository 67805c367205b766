"""The notebook that works out eleven million photos runs here, and its numbers are its own."""

from __future__ import annotations

import re

import nbformat
import pytest

from tests.notebooks import run

pytestmark = pytest.mark.slow
NAME = "eleven_million.ipynb"


@pytest.fixture(scope="module")
def examples(request):
    return request.config.rootpath / "examples"


@pytest.fixture(scope="module")
def executed(examples, tmp_path_factory):
    """The notebook after its run, in a copy of its folder; and that folder."""
    notebook = nbformat.read(examples / NAME, 4)
    return notebook, run(notebook, examples, tmp_path_factory.mktemp("run"), 600)


def said(notebook, *, in_cell):
    """What the one cell with these words printed or came to."""
    (cell,) = [c for c in notebook.cells if c.cell_type == "code" and in_cell in c.source]
    texts = [
        each.get("text") or each.get("data", {}).get("text/plain", "") for each in cell.outputs
    ]
    return "".join(texts)


def test_it_is_kept_without_outputs(examples):
    notebook = nbformat.read(examples / NAME, 4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert cell.get("outputs", []) == []
        assert len(cell.source.splitlines()) < 14  # one idea a cell


def test_no_cell_fails(executed):
    for cell in executed[0].cells:
        assert all(output.output_type != "error" for output in cell.get("outputs", []))


def test_what_is_said_follows_from_what_was_measured(executed):
    notebook, _ = executed
    measured = re.search(r"and ([\d.]+) s a photo>", said(notebook, in_cell="fine = Search"))
    rows = said(notebook, in_cell="import Cost").splitlines()
    hours = float(re.search(r"([\d,]+) worker hours", rows[0])[1].replace(",", ""))
    assert hours == pytest.approx(11_000_000 * float(measured[1]) / 3600, rel=0.02)
    reported = float(re.search(r"([\d,]+) worker hours", rows[2])[1].replace(",", ""))
    assert reported == round(11_000_000 * 5.8 / 3600)


def test_the_papers_search_is_the_papers(executed):
    assert "21 views, 3072 points" in said(executed[0], in_cell="paper = Search")


def test_two_workers_find_the_same_masks(executed):
    assert "the same masks: True" in said(executed[0], in_cell="len(shared.workers)")


def test_the_report_lies_there(executed):
    page = (executed[1] / "eleven_million.html").read_text("utf-8")
    assert "3 of 3 photos annotated by mini" in page
    assert (executed[1] / "eleven_million.json").exists()
