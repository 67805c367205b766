"""The course as a static site: what is written for MyST. Its theme and its build are not here."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
CODE = 'from sam_widget import SamWidget\nw = SamWidget("../../photos/coffee.jpg", "mini")\nw'


@pytest.fixture(scope="module")
def site() -> ModuleType:
    spec = importlib.util.spec_from_file_location("site_build", ROOT / "examples/site/build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lesson(folder: Path, *codes: str) -> None:
    cells = [nbformat.v4.new_code_cell(code, id=f"cell-{i}") for i, code in enumerate(codes)]
    folder.mkdir(parents=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "1_one.ipynb")


def test_a_live_photo_comes_behind_each_widget_of_one(site: ModuleType, tmp_path: Path) -> None:
    lesson(tmp_path / "lessons" / "en", "1 + 1", CODE, "w.mask")
    lesson(tmp_path / "lessons" / "ko", CODE)
    source = tmp_path / "source"
    assert site.write_source(tmp_path / "lessons", source, "/course", "book-theme") == 2
    english = nbformat.read(source / "en" / "1_one.ipynb", 4)
    assert [cell.cell_type for cell in english.cells] == ["code", "code", "markdown", "code"]
    first, told, last = english.cells[2].source.splitlines()
    assert (first, last) == (":::{anywidget} /sam/standalone.js", ":::")
    values = json.loads(told)
    for key, name in (("photo", "coffee.mini"), ("decoder", "mini.decoder")):
        assert values[key] == f"/course/sam/{name}.safetensors"
        assert (source / "sam" / f"{name}.safetensors").stat().st_size > 10**6
    assert (source / "sam" / "standalone.js").is_file()
    korean = nbformat.read(source / "ko" / "1_one.ipynb", 4)
    ids = [cell.id for notebook in (english, korean) for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    config = json.loads((source / "myst.yml").read_text("utf-8"))
    assert [each["title"] for each in config["project"]["toc"][1:]] == ["English", "한국어"]
    assert config["site"]["template"] == "book-theme"


def test_no_lessons_are_none(site: ModuleType, tmp_path: Path) -> None:
    assert site.write_source(tmp_path, tmp_path / "source", "", "book-theme") == 0
    assert not (tmp_path / "source").exists()


def test_the_lessons_have_photos_that_can_be_clicked(site: ModuleType) -> None:
    found = [
        site.SHOWN.search(cell.source)
        for path in sorted((ROOT / "examples" / "lessons").glob("*/[1-9]_*.ipynb"))
        for cell in nbformat.read(path, 4).cells
    ]
    photos = {each["photo"] for each in found if each}
    assert photos
    assert all((ROOT / "examples" / "photos" / photo).is_file() for photo in photos)
