"""What everything mode leaves out, for each model its own: a value. Nothing is filtered in here."""

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
    """

    predicted_iou: float = 0.88
    stability_score: float = 0.95

    def __post_init__(self) -> None:
        for name, share in asdict(self).items():
            if not 0 <= share <= 1:
                raise SamError(f"its threshold of {name} is {share}, and one is from 0 to 1")

    def told(self, notes: Mapping[str, str]) -> Thresholds:
        """Return these with what a weights file's notes say in their place.

        Raises
        ------
        ValueError
            What they say is no number from 0 to 1.
        """
        return Thresholds(**{n: _number(notes.get(n, own)) for n, own in asdict(self).items()})


def _number(said: str | float) -> float:
    try:
        return float(said)
    except ValueError:
        return nan
