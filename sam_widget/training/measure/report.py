"""What an evaluation says: each model's figures, and how far it lies from the first, as text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sam_widget.training.measure.differences import Difference

BASELINES = {"superpixels, one click": 0.36, "rectangle, box": 0.66, "ellipse, box": 0.70}


@dataclass(frozen=True)
class Judged:
    """One model's figures."""

    weights: str
    """The model's name or file."""
    side: int
    """Of its input, px."""
    means: Mapping[str, Mapping[str, float]]
    """By group and value, as ``summary`` returns them."""
    differences: Mapping[str, Mapping[str, Difference]] = field(default_factory=dict)
    """From the first model's, alike; none for the first."""


def table(judged: Sequence[Judged]) -> str:
    """Lay out the figures of models that answered the same masks."""
    first = judged[0]
    widths = {name: max(15, len(name) + 2) for name in first.means["all"] if name != "masks"}
    several = len(judged) > 1
    lines = [f"{i}: {each.weights}, {each.side} px" for i, each in enumerate(judged, 1) if several]
    titles = (f"{name.replace('_', ' '):>{width}}" for name, width in widths.items())
    lines.append(f"{'':28}{'masks':>7}" + "".join(titles))
    for group, values in first.means.items():
        head = f"{group:28}{values['masks']:7.0f}"
        if several:
            lines += [head, *_rows(judged, group, widths)]
        else:
            lines.append(head + "".join(f"{values[n]:{width}.3f}" for n, width in widths.items()))
    lines += [f"baseline: {name} {value:.2f}" for name, value in BASELINES.items()]
    return "\n".join(lines)


def _rows(judged: Sequence[Judged], group: str, widths: Mapping[str, int]) -> Iterator[str]:
    def row(title: str, cells: Iterable[str]) -> str:
        laid = (f"{cell:>{width}}" for cell, width in zip(cells, widths.values(), strict=True))
        return f"  {title:33}" + "".join(laid)

    for number, each in enumerate(judged, 1):
        yield row(f"{number}", (f"{each.means[group][name]:.3f}" for name in widths))
    for number, each in enumerate(judged[1:], 2):
        found = [each.differences[group][name] for name in widths]
        yield row(f"{number} - 1", (f"{each.mean:+.3f}" for each in found))
        yield row("  95 %", (f"{each.low:+.3f}..{each.high:+.3f}" for each in found))
