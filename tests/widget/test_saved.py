"""What is seen without a kernel: the still in a saved notebook, converted, and in a state."""

import base64
import copy
import io
import re

import nbconvert
import nbformat
import numpy as np
import pytest
from ipywidgets.embed import embed_minimal_html
from nbclient import NotebookClient
from PIL import Image

from tests.widget.page import PHOTO, Quiet

MAKE = """
import numpy as np
from ipywidgets import HBox, VBox
from tests.segment.fake import FakeSegmenter
from tests.widget.page import Quiet
photo = np.full((400, 600, 3), 200, np.uint8)
w, v = Quiet(photo, FakeSegmenter("one")), Quiet(photo, FakeSegmenter("two"))
"""
WORK = "w.add_box(100, 100, 300, 300); w.accept()\nv.add_box(400, 100, 500, 300); v.accept()"
IMAGE = re.compile(r'src="data:image/webp;base64,([^"]+)"')
IN_W, IN_V, OUTSIDE = (200, 200), (200, 450), (50, 50)  # row, column
GREY = 200


def stills(html):
    found = [base64.b64decode(each) for each in IMAGE.findall(html)]
    return [np.array(Image.open(io.BytesIO(each)).convert("RGB"), int) for each in found]


def is_grey(pixel):
    return (abs(pixel - GREY) < 8).all()


@pytest.fixture(scope="module")
def executed():
    """A notebook that was run: a widget alone, and both in boxes in the cell after it."""
    cells = [MAKE, "w", "VBox([HBox([w, v])])", WORK, "display(v)"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in cells])
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    return notebook


@pytest.fixture
def unlively(executed):
    """As JupyterLab saves it: without the widgets' state."""
    notebook = copy.deepcopy(executed)
    del notebook.metadata["widgets"]
    return notebook


def beside(cell):
    return "".join(each.data.get("text/html", "") for each in cell.outputs if "data" in each)


def converted(notebook):
    return nbconvert.HTMLExporter().from_notebook_node(notebook)[0]


class TestNotebook:
    def test_a_still_stands_beside_each_output_and_is_what_was_accepted_last(self, executed):
        (alone,) = stills(beside(executed.cells[1]))
        assert not is_grey(alone[IN_W])
        assert is_grey(alone[OUTSIDE])
        first, second = stills(beside(executed.cells[2]))
        np.testing.assert_array_equal(first, alone)
        assert is_grey(second[IN_W])
        assert not is_grey(second[IN_V])
        assert len(stills(beside(executed.cells[4]))) == 1
        assert stills(beside(executed.cells[0]) + beside(executed.cells[3])) == []

    def test_converted_without_the_widgets_state(self, unlively):
        html = converted(unlively)
        assert len(stills(html)) == 4
        assert html.count("No kernel: this is what was saved.") == 4
        assert "widget-view+json" not in html

    def test_converted_with_it(self, executed):
        html = converted(executed)
        assert len(stills(html)) == 4  # seen where the page's code cannot be had
        states = executed.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
        kept = [each for each in states.values() if "still" in str(each.get("buffers"))]
        assert len(kept) == 2
        for each in kept:
            (buffer,) = each["buffers"]
            assert base64.b64decode(buffer["data"])[8:12] == b"WEBP"

    def test_it_grows_by_little(self, executed, unlively):
        empty = nbformat.v4.new_notebook()
        assert len(nbformat.writes(executed)) - len(nbformat.writes(empty)) < 2 * 200_000
        assert len(nbformat.writes(unlively)) - len(nbformat.writes(empty)) < 4 * 60_000


class TestState:
    def test_an_embedded_page_carries_the_still_and_the_code(self, w):
        w.add_point(30, 20)
        out = io.StringIO()
        state = w.get_manager_state(widgets=[w, w.channel])["state"]  # other tests have others
        embed_minimal_html(out, [w], state=state)
        html = out.getvalue()
        assert base64.b64encode(w.still).decode() in html
        assert '"_esm"' in html
        assert len(html) < 200_000

    def test_it_is_of_now_whoever_saves_it(self, w):
        w.add_point(30, 20)
        w.get_state()
        first = w.still
        w.add_point(10, 10)
        assert w.still == first  # clicks alone cost nothing
        w.accept()
        assert w.still != first
        before = w.still
        w.image = np.full_like(PHOTO, 9)
        assert w.still != before

    def test_nobody_asks_and_nothing_is_painted(self, w, monkeypatch):
        monkeypatch.setattr("sam_widget.widget.outcome.Outcome.still", None)
        w.add_point(30, 20)
        w.accept()
        assert w.still is None

    def test_a_page_cannot_set_it(self, w):
        w.get_state()
        still = w.still
        w.set_state({"still": b"", "changes": 99, "opacity": 0.7})
        assert (w.still, w.changes, w.opacity) == (still, 0, 0.7)


def test_noise_of_any_size_is_small(model):
    noise = np.random.default_rng(0).integers(0, 256, (1500, 2100, 3), np.uint8)
    w = Quiet(noise, model)
    w.get_state()
    assert len(w.still) < 22_000
    w.close()
