"""The lessons' notebooks: built from their sources, in short cells, run within their memory."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

LESSONS = Path(__file__).parents[2] / "examples" / "lessons"
SOURCES = sorted((LESSONS / "source").glob("[1-9]_*.py"))
TEACHER = LESSONS / "source" / "teacher.py"  # no lesson: nothing is asked, and nothing checked
MOST = 1536  # MiB: what a class's machine gives
SECONDS = 180
PEAK = "import json; from tests.memory import peak; print(json.dumps(peak()))"

spec = importlib.util.spec_from_file_location("lessons_build", LESSONS / "build.py")
build = importlib.util.module_from_spec(spec)
spec.loader.exec_module(build)

each_lesson = pytest.mark.parametrize("source", SOURCES, ids=lambda each: each.stem)
each_source = pytest.mark.parametrize("source", [*SOURCES, TEACHER], ids=lambda each: each.stem)


@each_source
@pytest.mark.parametrize("language", build.LANGUAGES)
def test_a_notebook_is_what_its_source_says(source, language):
    kept = nbformat.read(LESSONS / language / f"{source.stem}.ipynb", 4)
    nbformat.validate(kept)
    assert kept == nbformat.from_dict(build.lesson(source, language)), (
        "run examples/lessons/build.py"
    )


@each_source
def test_both_languages_have_the_same_code_and_as_many_texts(source):
    english, korean = (build.lesson(source, language).cells for language in ("en", "ko"))
    assert [each.cell_type for each in english] == [each.cell_type for each in korean]
    for one, other in zip(english, korean, strict=True):
        if one.cell_type == "code":
            assert one.source.replace('"en"', '"ko"') == other.source
        else:
            assert any("가" <= letter <= "힣" for letter in other.source)
            assert not any("가" <= letter <= "힣" for letter in one.source)


@each_lesson
def test_no_cell_is_long_and_an_exercise_is_checked(source):
    cells = [each for each in build.lesson(source, "en").cells if each.cell_type == "code"]
    assert max(len(each.source.splitlines()) for each in cells) <= 25
    assert any(f'check("{source.stem[0]}.' in each.source for each in cells)


@each_lesson
def test_the_table_of_contents_has_it_in_both_languages_with_its_picture(source):
    contents = (LESSONS / "README.md").read_text("utf-8")
    pictures = [f"pictures/{source.stem[0]}.webp"]
    for path in [f"{language}/{source.stem}.ipynb" for language in build.LANGUAGES] + pictures:
        assert path in contents, f"add {path} to examples/lessons/README.md"
        assert (LESSONS / path).exists()


@pytest.mark.slow
@each_source
def test_a_lesson_runs_from_top_to_bottom(source, tmp_path, monkeypatch):
    """In English; the Korean one has the same code, which another test says."""
    examples = tmp_path / "examples"
    shutil.copytree(LESSONS.parent, examples)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(LESSONS.parents[1])]))
    notebook = build.lesson(source, "en")
    notebook.cells.append(nbformat.v4.new_code_cell(PEAK))
    at = {"metadata": {"path": examples / "lessons" / "en"}}
    NotebookClient(notebook, timeout=SECONDS, resources=at).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [each for each in outputs if each.get("name") == "stderr"]
    peak = json.loads(notebook.cells[-1].outputs[0].text)
    assert peak < MOST * 2**20, f"{peak / 2**20:.0f} MiB"


@each_lesson
def test_a_lesson_can_be_shown_as_slides(source):
    """As nbconvert makes them: a section each, the first with the lesson's title."""
    from nbconvert import SlidesExporter

    notebook = build.lesson(source, "ko")
    page, _ = SlidesExporter().from_notebook_node(notebook)
    texts = [each for each in notebook.cells if each.cell_type == "markdown"]
    assert page.count("<section>") >= len(texts)
    assert page.index("<h1") < page.index("<h2")
