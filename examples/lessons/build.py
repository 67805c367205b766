"""Writes the lessons' notebooks, en/ and ko/, from source/: one source of code, texts side by side.

    python examples/lessons/build.py

A source is a Python file in jupytext's percent format. A cell that starts with
`# %% [markdown] lang="en"` is in the English notebook alone, with "ko" in the Korean one; what has
no `lang` is in both. In code, `{language}` becomes "en" or "ko". Each text begins a slide, below
the one before where it has no heading: `jupyter nbconvert --to slides` shows a lesson so.
"""

from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode

HERE = Path(__file__).parent
SOURCES = sorted((HERE / "source").glob("*.py"))
LANGUAGES = ("en", "ko")


def lesson(source: Path, language: str) -> NotebookNode:
    """The notebook of a source in one language, without outputs."""
    whole = jupytext.read(source)
    cells = [each for each in whole.cells if each.metadata.get("lang", language) == language]
    for number, cell in enumerate(cells):
        cell.id = f"{source.stem.replace('_', '-')}-{number:02}"[:64]
        for kept_out in ("lang", "lines_to_next_cell"):  # the latter: blank lines of the source
            cell.metadata.pop(kept_out, None)
        if cell.cell_type == "markdown":
            begins = cell.source.startswith("#")
            cell.metadata["slideshow"] = {"slide_type": "slide" if begins else "subslide"}
        else:
            cell.source = cell.source.replace("{language}", language)
    about = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": about})
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


def main() -> None:
    for source in SOURCES:
        for language in LANGUAGES:
            to = HERE / language / f"{source.stem}.ipynb"
            to.parent.mkdir(exist_ok=True)
            to.write_text(nbformat.writes(lesson(source, language)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
