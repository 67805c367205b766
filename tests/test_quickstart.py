"""The quickstart runs from top to bottom with the model of the package, and shows what it says."""

import base64
import io

import nbformat
import numpy as np
import pytest
from PIL import Image

from tests.notebooks import run

pytestmark = pytest.mark.slow

WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(scope="module")
def examples(request):
    return request.config.rootpath / "examples"


@pytest.fixture(scope="module")
def executed(examples, tmp_path_factory):
    """The notebook after its run, in a copy of its folder; and that folder."""
    notebook = nbformat.read(examples / "quickstart.ipynb", 4)
    return notebook, run(notebook, examples, tmp_path_factory.mktemp("run"), 300)


def outputs(notebook, *, said_in):
    """All that the one cell with these words showed: a mapping by mime type, text joined."""
    (cell,) = [c for c in notebook.cells if c.cell_type == "code" and said_in in c.source]
    shown = {}
    for output in cell.outputs:
        if output.output_type == "stream":
            shown[output.name] = shown.get(output.name, "") + output.text
        else:
            shown.update(output.data)
    return shown


def picture(data):
    return np.array(Image.open(io.BytesIO(base64.b64decode(data["image/png"]))))


def test_it_is_kept_without_outputs(examples):
    notebook = nbformat.read(examples / "quickstart.ipynb", 4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
        assert len(cell.source.splitlines()) < 14  # one idea a cell


def test_no_cell_complains(executed):
    notebook, _ = executed
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error"
            assert output.get("name") != "stderr", output.text


def test_the_widget_is_shown_and_a_still_for_pages_without_a_kernel(executed):
    notebook, _ = executed
    shown = outputs(notebook, said_in='w = SamWidget("photos/coffee.jpg")')
    assert shown[WIDGET]["model_id"]
    assert 'src="data:image/webp;base64,' in shown["text/html"]


def test_the_mask_is_something_and_not_everything(executed):
    notebook, _ = executed
    said = outputs(notebook, said_in="w.mask.shape, w.mask.dtype")["text/plain"]
    start = "((400, 600), dtype('bool'), "
    assert said.startswith(start)
    area = said.removeprefix(start).rstrip(")")
    assert 400 * 600 * 0.01 < int(area) < 400 * 600 * 0.9


def test_pictures_are_shown(executed):
    notebook, _ = executed
    assert picture(outputs(notebook, said_in="np.where(w.mask")).shape == (400, 600, 3)
    assert picture(outputs(notebook, said_in="np.hstack")).shape == (400, 1800, 3)


def test_undo_gives_back_the_first_mask(executed):
    notebook, _ = executed
    before = outputs(notebook, said_in="w.mask.shape, w.mask.dtype")["text/plain"]
    after = outputs(notebook, said_in="w.undo()")["stdout"].splitlines()[-1]
    assert before.rstrip(")").split()[-1] == after.split()[-2]


def test_two_objects(executed):
    notebook, _ = executed
    cup, spoon = outputs(notebook, said_in="w.accept()")["stdout"].splitlines()
    assert "accepted" in cup
    assert "open" in spoon


def test_the_cutout_is_a_file_with_a_transparent_background(executed):
    notebook, folder = executed
    cutout = np.array(Image.open(folder / "cutout.png"))
    assert cutout.shape[2] == 4
    assert set(np.unique(cutout[..., 3])) == {0, 255}
    assert picture(outputs(notebook, said_in="cutout.save")).shape == cutout.shape


def test_what_was_assumed_is_said(executed):
    notebook, _ = executed
    assert "4095 (white)" in outputs(notebook, said_in="SamWidget(grey)")["text/plain"]


def test_photos_are_small_and_their_licence_lies_beside_them(examples):
    notes = (examples / "photos" / "README.md").read_text(encoding="utf-8")
    photos = [path for path in (examples / "photos").iterdir() if path.suffix != ".md"]
    assert len(photos) == 3
    for path in photos:
        assert path.stat().st_size < 300_000
        assert f"`{path.name}`" in notes
