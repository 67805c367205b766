"""A run's log -> its picture. Reads metrics.jsonl, writes curves.png."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PANELS = {
    "loss": ("loss", "mask_loss"),
    "IoU on training photos": ("one_click", "best_of_three", "box", "corrected"),
    "IoU on validation photos": ("val_one_click", "val_best_of_three", "val_box"),
    "learning rate": ("rate",),
}


def read_log(folder: Path) -> list[dict[str, float]]:
    """Return the lines of a run's log; a last line cut off by a kill is left out."""
    lines: list[dict[str, float]] = []
    log = folder / "metrics.jsonl"
    for text in log.read_text().splitlines() if log.is_file() else []:
        try:
            lines.append(json.loads(text))
        except json.JSONDecodeError:
            continue
    return lines


def draw(folder: Path, panels: Mapping[str, Sequence[str]] = PANELS) -> None:
    """Draw a log over its steps into the run's folder, smoothed over 50 steps at most.

    Parameters
    ----------
    folder
        The run's.
    panels
        An even number of titles, each with the logged values that are drawn there.
    """
    lines = read_log(folder)
    if not lines:
        return
    rows = len(panels) // 2
    figure = Figure(figsize=(11, 3.5 * rows), layout="constrained")
    axes = figure.subplots(rows, 2).flat
    for axis, (title, names) in zip(axes, panels.items(), strict=True):
        for name in names:
            points = np.array([(line["step"], line[name]) for line in lines if name in line])
            if len(points):
                window = (
                    max(1, min(50, len(points) // 4)) if name[:4] not in {"val_", "rate"} else 1
                )
                kernel = np.ones(window) / window
                axis.plot(
                    np.convolve(points[:, 0], kernel, "valid"),
                    np.convolve(points[:, 1], kernel, "valid"),
                    label=name,
                    marker="o" if name.startswith("val_") else None,
                )
        axis.set(title=title, xlabel="step")
        if axis.get_legend_handles_labels()[0]:
            axis.legend()
        axis.grid(alpha=0.3)
    figure.savefig(folder / "curves.png", dpi=100)
