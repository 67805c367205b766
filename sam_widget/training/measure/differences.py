"""How far two models lie apart on the same masks, and how sure that is. No model, no layout.

Paired: each mask's difference is taken first. Masks of one photo are alike, so that it is photos
that are drawn again, within each source; means are taken as the protocol does, per source, then
over sources. Of n photos n - 1 are drawn (Rao and Wu, 1988): n would vary too little, by half where
there are two. A single photo tells nothing of its source's spread, and is kept. The sources are
kept too: an interval tells of other photos of these sources, not of other sources.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sam_widget.errors import SamError
from sam_widget.training.measure.scores import Score

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

DRAWS = 10_000
TAILS = (2.5, 97.5)  # per cent: 95 % lie between


@dataclass(frozen=True)
class Difference:
    """How much more a value is, on average, and the bootstrap's 95 % interval."""

    mean: float
    low: float
    high: float


def compare(
    one: Sequence[Sequence[Score]], other: Sequence[Sequence[Score]]
) -> dict[str, dict[str, Difference]]:
    """Return by how much the other model's values are higher.

    Parameters
    ----------
    one, other
        Each photo's scores; the same photos and masks in the same order.

    Returns
    -------
    dict
        By group, as ``summary`` has them, and the value's name. The same for the same scores.

    Raises
    ------
    ValueError
        The photos or masks are not the same.
    """
    groups: dict[str, list[list[Score]]] = defaultdict(list)
    for here, there in zip(one, other, strict=True):
        of_photo: dict[str, list[Score]] = defaultdict(list)
        for before, after in zip(here, there, strict=True):
            for group in before.groups:
                of_photo[group].append(_less(after, before))
        for group, gains in of_photo.items():
            groups[group].append(gains)
    return {group: _bootstrap(groups[group]) for group in sorted(groups)}


def _less(after: Score, before: Score) -> Score:
    if after.groups != before.groups or after.values.keys() != before.values.keys():
        raise SamError("Two models are compared by the same values of the same masks.")
    gains = {name: value - before.values[name] for name, value in after.values.items()}
    return Score(before.source, before.kind, gains)


def _bootstrap(photos: Iterable[Sequence[Score]]) -> dict[str, Difference]:
    """Take each photo's gains (one mask or more) to their means and intervals, by name."""
    sources: dict[str, list[tuple[NDArray[np.float64], int]]] = defaultdict(list)
    names: tuple[str, ...] = ()
    for gains in photos:
        names = tuple(gains[0].values)
        table = np.array([[gain.values[name] for name in names] for gain in gains])
        sources[gains[0].source].append((table.sum(0), len(table)))
    rng = np.random.default_rng(0)
    mean, drawn = np.zeros(len(names)), np.zeros((DRAWS, len(names)))
    for of_source in sources.values():
        sums = np.array([total for total, _ in of_source])  # (photos, values)
        masks = np.array([count for _, count in of_source])  # (photos,)
        count = len(of_source)
        drawn_at_once = max(1, count - 1)
        times = rng.multinomial(drawn_at_once, np.full(count, 1 / count), DRAWS)  # (draws, photos)
        mean += sums.sum(0) / masks.sum() / len(sources)
        drawn += times @ sums / (times @ masks)[:, None] / len(sources)
    low, high = np.percentile(drawn, TAILS, axis=0)
    rows = zip(names, mean.tolist(), low.tolist(), high.tolist(), strict=True)
    return {name: Difference(*row) for name, *row in rows}
