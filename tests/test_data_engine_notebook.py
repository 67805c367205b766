"""The data engine's notebook runs from top to bottom, in small, and shows what it says."""

import nbformat
import pytest

from tests.notebooks import run
from tests.test_quickstart import WIDGET, outputs, picture

pytestmark = pytest.mark.slow

IN_SMALL = {  # as many masks as show that it works
    "range(8)": "range(3)",
    "range(8, 12)": "range(8, 10)",
    "range(40, 52)": "range(40, 43)",
    "steps=20": "steps=2",
    "steps=10": "steps=1",
    "points=8": "points=2",
    "assisted=(4, 4)": "assisted=(2,)",
    "semi=(3,)": "semi=(1,)",
    "automatic=2": "automatic=1",
    "held_out=10": "held_out=2",
    "Annotator()": "Annotator(enough=0.5)",
}


@pytest.fixture(scope="module")
def notebook(request):
    return nbformat.read(request.config.rootpath / "examples" / "data_engine.ipynb", 4)


@pytest.fixture(scope="module")
def executed(notebook, request, tmp_path_factory):
    small = nbformat.from_dict(notebook)
    for cell in small.cells:
        for old, new in IN_SMALL.items():
            cell.source = cell.source.replace(old, new) if cell.cell_type == "code" else cell.source
    examples = request.config.rootpath / "examples"
    return small, run(small, examples, tmp_path_factory.mktemp("run"), 300)


def test_it_is_kept_without_outputs(notebook):
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
        assert len(cell.source.splitlines()) < 14
    code = "".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    for old in IN_SMALL:
        assert old in code  # else it would not be small


def test_no_cell_fails(executed):
    for cell in executed[0].cells:
        assert all(output.output_type != "error" for output in cell.get("outputs", []))


def test_a_persons_masks_know_their_clicks(executed):
    said = outputs(executed[0], said_in="annotated_by_hand(w")["stdout"].splitlines()
    assert [line.split(" ")[0] for line in said] == ["1", "1"]


def test_the_efforts_are_a_picture(executed):
    assert picture(outputs(executed[0], said_in="measured.figure()")).size > 10_000


def test_retraining_says_what_it_gained(executed):
    assert "IoU after one click" in outputs(executed[0], said_in="retrain(model")["text/html"]


def test_changes_are_shown_and_written(executed):
    notebook, folder = executed
    shown = outputs(notebook, said_in="reanswer(gained.model")["text/html"]
    assert "masks of 3 images" in shown
    assert outputs(notebook, said_in="Verdicts(found)")[WIDGET]["model_id"]
    assert "(0 undecided" in outputs(notebook, said_in="verdicts.found.accept()")["stdout"]
    assert len(list((folder / "engine" / "by_hand").glob("*.json"))) == 3


def test_the_wheel_is_one_output_with_counters_and_charts(executed):
    (cell,) = [c for c in executed[0].cells if "tell=Wheel()" in c.source]
    (shown,) = [o for o in cell.outputs if "text/html" in o.get("data", {})]
    page = shown.data["text/html"]
    for stage in ("assisted-manual", "semi-automatic", "fully-automatic"):
        assert f"<td>{stage}</td>" in page
    assert "data:image/png;base64," in page
    assert "Seconds are simulated" in outputs(executed[0], said_in="print(log)")["stdout"]
