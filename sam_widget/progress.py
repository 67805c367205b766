"""The progress bar, tqdm's, imported late. Draws nothing itself."""

from __future__ import annotations

from typing import Any

from .lifetime import busy


def progress_bar() -> Any:
    """Return tqdm's bar: in a notebook it brings the notebook's own, and is slow to import.

    The interpreter's end waits for the import: one under way would take a Ctrl+C's status away.
    """
    with busy():
        from tqdm.auto import tqdm  # noqa: PLC0415  slow to import
    return tqdm
