"""How masks were answered, and what that is on average. No model, no photo, no layout."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Score:
    """How one mask was answered."""

    source: str
    kind: str
    values: Mapping[str, float]
    """By the names of the protocol: one_click, leading, box, clicks_2, ..."""

    @property
    def groups(self) -> tuple[str, str, str]:
        """The groups of masks that it counts in."""
        return "all", f"kind {self.kind}", f"source {self.source}"


def mean_over_sources(scores: Iterable[Score]) -> dict[str, float]:
    """Average each value per source, then over sources."""
    lists: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for score in scores:
        for name, value in score.values.items():
            lists[name][score.source].append(value)
    return {
        name: float(np.mean([np.mean(values) for values in sources.values()]))
        for name, sources in lists.items()
    }


def summary(scores: Iterable[Score]) -> dict[str, dict[str, float]]:
    """Return the means over all, for each kind and for each source, by name."""
    members: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        for group in score.groups:
            members[group].append(score)
    return {
        group: mean_over_sources(members[group]) | {"masks": float(len(members[group]))}
        for group in sorted(members)
    }
