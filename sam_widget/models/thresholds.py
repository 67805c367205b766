"""How a model's own estimates are to be taken, for each its own: a value. Filters nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import nan
from typing import TYPE_CHECKING

from sam_widget.errors import SamError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Thresholds:
    """What everything mode leaves out; by default what is published for SAM (paper, appendix B).

    How sure a model is depends on what it has learnt: of two that draw alike one says 0.9, the
    other 0.6. So each has its own, and a weights file may say them.

    Attributes
    ----------
    predicted_iou : float
        Masks of a predicted IoU up to this are left out; 0..1.
    stability_score : float
        Masks of a lower stability score are left out; 0..1.
    stability_counts : float
        How much stability counts in which candidate leads: 1 where the model cannot tell masks in
        shreds from whole ones by itself, 0 where it has learnt to.
    """

    predicted_iou: float = 0.88
    stability_score: float = 0.95
    stability_counts: float = 1.0

    def __post_init__(self) -> None:
        for name, share in asdict(self).items():
            if not 0 <= share <= 1:
                raise SamError(f"its threshold of {name} is {share}, and one is from 0 to 1")

    def for_published(self, predicted_iou: float, stability_score: float) -> tuple[float, float]:
        """Return what of this model's estimates is as strict as these are of the published SAMs'.

        The published thresholds become this model's own, 0 and 1 stay, what lies between lies
        between: a program that was written for those SAMs keeps about as much of this one's.
        """
        said = Thresholds()
        return (
            _between(predicted_iou, said.predicted_iou, self.predicted_iou),
            _between(stability_score, said.stability_score, self.stability_score),
        )

    def told(self, notes: Mapping[str, str]) -> Thresholds:
        """Return these with what a weights file's notes say in their place.

        Raises
        ------
        ValueError
            What they say is no number from 0 to 1.
        """
        return Thresholds(**{n: _number(notes.get(n, own)) for n, own in asdict(self).items()})


def _between(level: float, published: float, own: float) -> float:
    """Move a level as the piecewise line through (0, 0), (published, own) and (1, 1) does."""
    if own == published or not 0 <= level <= 1:
        return level
    if level <= published:
        return level * own / published
    return own + (level - published) * (1 - own) / (1 - published)


def _number(said: str | float) -> float:
    try:
        return float(said)
    except ValueError:
        return nan
