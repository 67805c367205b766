"""Builds the course as a static site whose photos answer clicks without a kernel.

    python examples/site/build.py [--theme FOLDER] [--base /course] [--execute] [--source-only]

Takes the notebooks of `examples/lessons/{en,ko}`. Behind each cell that shows a SamWidget on a photo
of the examples comes MyST's `{anywidget}` directive with the same photo and model, live in the page:
the lesson's own code stays. Then `myst` (`pip install mystmd`, Node 20) makes the site of it in
`examples/site/_source/_build/html`. MyST fetches its theme once; with `--theme`, the folder of an
unpacked book-theme, nothing is fetched.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat

from sam_widget import SamWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EXAMPLES = Path(__file__).parents[1]
LANGUAGES = {"en": "English", "ko": "한국어"}
PARTS = "sam"  # the folder of module, decoders and photos, in the source and in the site
HEIGHT = 420  # of a photo, CSS pixels
SHOWN = re.compile(
    r'SamWidget\(\s*"[^"]*photos/(?P<photo>[\w.-]+)"\s*(?:,\s*"(?P<model>[\w.-]+)")?'
)
"""A widget on a photo of the examples, in a lesson's code."""


def saver(folder: Path) -> Callable[[str, str], dict[str, Any]]:
    """Return what saves a photo of the examples for a model, once, and tells its values."""
    known: dict[tuple[str, str], dict[str, Any]] = {}

    def save(photo: str, model: str) -> dict[str, Any]:
        if (photo, model) not in known:
            with closing(SamWidget(EXAMPLES / "photos" / photo, model, height=HEIGHT)) as w:
                known[photo, model] = w.save_parts(folder)
        return known[photo, model]

    return save


def alive(
    notebook: nbformat.NotebookNode,
    save: Callable[[str, str], dict[str, Any]],
    language: str,
    base: str,
) -> nbformat.NotebookNode:
    """Return a lesson with a live photo behind each cell that makes a widget of one.

    Parameters
    ----------
    notebook
        As jupytext wrote it; it stays as it is.
    save
        Takes a photo's file name and a model's, and returns the values of ``w.save_parts``.
    language
        "en" or "ko".
    base
        Where the site will stand on its server, "" for its root.
    """

    def cells() -> Iterator[nbformat.NotebookNode]:
        for cell in notebook.cells:
            yield nbformat.from_dict({**cell, "id": f"{language}-{cell.id}"[:64]})  # one a project
            found = SHOWN.search(cell.source) if cell.cell_type == "code" else None
            if found is not None:
                values = save(found["photo"], found["model"] or "small")
                yield directive(values, f"{language}-live-{cell.id}", base)

    out = nbformat.from_dict({**notebook, "cells": []})
    out.cells = list(cells())
    return out


def directive(values: dict[str, Any], name: str, base: str) -> nbformat.NotebookNode:
    """Return a cell that mounts the module, its files being at addresses of the site."""
    files = {key: f"{base}/{PARTS}/{values[key]}" for key in ("photo", "decoder")}
    told = json.dumps({**values, **files}, ensure_ascii=False)
    text = f":::{{anywidget}} /{PARTS}/standalone.js\n{told}\n:::"
    return nbformat.v4.new_markdown_cell(text, id=name[:64])


def write_source(lessons: Path, target: Path, base: str, theme: str) -> int:
    """Write what MyST builds from into a new folder; return how many lessons there are."""
    shutil.rmtree(target, ignore_errors=True)
    save, toc = saver(target / PARTS), []
    for language, title in LANGUAGES.items():
        children = []
        for path in sorted((lessons / language).glob("[1-9]_*.ipynb")):
            notebook = alive(nbformat.read(path, 4), save, language, base)
            file = f"{language}/{path.name}"
            (target / file).parent.mkdir(parents=True, exist_ok=True)
            (target / file).write_text(nbformat.writes(notebook) + "\n", "utf-8")
            children.append({"file": file})
        if children:
            toc.append({"title": title, "children": children})
    count = sum(len(each["children"]) for each in toc)
    if count:
        (target / "index.md").write_text(INDEX, "utf-8")
        about = {"title": "Segment Anything, taken apart", "toc": [{"file": "index.md"}, *toc]}
        site = {"template": theme, "options": {"folders": True}}
        config = {"version": 1, "project": about, "site": site}
        (target / "myst.yml").write_text(json.dumps(config, ensure_ascii=False), "utf-8")  # is YAML
    return count


INDEX = """\
# Segment Anything, taken apart

Nine lessons, each with a photo that answers your clicks in this page. 한국어 강의도 있습니다.
"""


def build(source: Path, base: str, *, execute: bool) -> Path:
    """Have MyST build the site; return its folder."""
    command = ["myst", "build", "--html", *(["--execute"] if execute else [])]
    subprocess.run(command, cwd=source, check=True, env=os.environ | {"BASE_URL": base})
    site = source / "_build" / "html"
    shutil.copytree(source / PARTS, site / PARTS, dirs_exist_ok=True)
    return site


def main() -> None:
    """Read the command line, write the source, build."""
    grammar = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    grammar.add_argument("--lessons", type=Path, default=EXAMPLES / "lessons")
    grammar.add_argument("--theme", default="book-theme", help="a folder, or a name MyST knows")
    grammar.add_argument("--base", default="", help="where the site stands on its server")
    grammar.add_argument("--execute", action="store_true", help="run the lessons' cells too")
    grammar.add_argument("--source-only", action="store_true", help="what MyST takes, no more")
    given = grammar.parse_args()
    theme = str(Path(given.theme).resolve()) if Path(given.theme).is_dir() else given.theme
    source = Path(__file__).parent / "_source"
    if not write_source(given.lessons, source, given.base, theme):
        sys.exit(f"There are no lessons in {given.lessons}: examples/lessons/build.py writes them.")
    if given.source_only:
        return
    if shutil.which("myst") is None:
        sys.exit("The site is built by MyST: pip install mystmd.")
    print(build(source, given.base, execute=given.execute))


if __name__ == "__main__":
    main()
