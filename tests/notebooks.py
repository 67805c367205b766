"""The examples' notebooks, run as a user has them: in a copy of their folder."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from nbclient import NotebookClient

if TYPE_CHECKING:
    from nbformat import NotebookNode


def run(notebook: NotebookNode, examples: Path, folder: Path, seconds: int) -> Path:
    """Run all cells, each within so many seconds, below ``folder``; return the copy of examples."""
    copy = folder / "examples"
    shutil.copytree(examples, copy)
    NotebookClient(notebook, timeout=seconds, resources={"metadata": {"path": copy}}).execute()
    return copy
