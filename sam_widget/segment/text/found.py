"""Found: what phrases have found, with raw scores: the confidence may change. Asks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor
from typing import TYPE_CHECKING, Any, overload

from sam_widget.errors import SamError, shown
from sam_widget.pictured import picture_of

if TYPE_CHECKING:
    from sam_widget.regions import Region

    from .proposals import Scored


@dataclass(frozen=True, repr=False)
class Found(Sequence["Region"]):
    """What phrases have found on one image: a sequence of Regions, the surest first.

    Each Region is labelled with its phrase. Its ``predicted_iou`` is SAM's, of the mask;
    ``scores`` are the text engine's, of the phrase meaning it: two numbers of two models.

    Attributes
    ----------
    engine : str
        The text engine's name.
    phrases : tuple of str
        As they were typed.
    every : tuple of Scored
        All instances, of low scores too, the highest first.
    confidence : float
        The score from which on one is among the Regions, 0..1.
    """

    engine: str
    phrases: tuple[str, ...]
    every: tuple[Scored, ...]
    confidence: float

    @property
    def regions(self) -> tuple[Region, ...]:
        """Those of at least this confidence."""
        return tuple(each.region for each in self.every if each.score >= self.confidence)

    @property
    def scores(self) -> tuple[float, ...]:
        """The text engine's score of each of them, 0..1."""
        return tuple(each.score for each in self.every if each.score >= self.confidence)

    def at(self, confidence: float) -> Found:
        """Return it at another confidence, 0..1; nothing runs again."""
        return replace(self, confidence=share(confidence))

    @property
    def told(self) -> str:
        """What was found, in one sentence; where nothing was, what would help."""
        said = " or ".join(shown(each) for each in self.phrases)
        if count := len(self):
            things = "thing" if count == 1 else "things"
            left = len(self.every) - count
            rest = f", {left} less sure left out" if left else ""
            return f"{count} {things} for {said} by {self.engine}{rest}."
        nothing = f"Nothing found for {said} by {self.engine}"
        if not self.every:
            return f"{nothing}, not even at the lowest confidence: try another noun, or click."
        highest = self.every[0].score
        lower = floor(100 * highest) / 100
        return (
            f"{nothing} at a confidence of {self.confidence:g}: the highest score is {highest:.2f}."
            f" Lower it to {lower:g}, or try another noun."
        )

    def __len__(self) -> int:
        return len(self.regions)

    @overload
    def __getitem__(self, index: int) -> Region: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Region, ...]: ...
    def __getitem__(self, index: Any) -> Any:
        return self.regions[index]

    def __repr__(self) -> str:
        rows = "".join(
            f"\n  {region.label!r} {score:.2f}, {region.area} px in {region.box}"
            for region, score in zip(self.regions, self.scores, strict=True)
        )
        return f"<Found: {self.told}{rows}>"

    def _repr_png_(self) -> bytes | None:
        masks = [each.mask for each in self.regions]
        return picture_of(*masks) if masks else None


def share(confidence: Any) -> float:
    """Return a confidence as a number from 0 to 1; SamError where it is none."""
    try:
        number = float(confidence)
    except (TypeError, ValueError):
        number = -1.0
    if not 0 <= number <= 1:
        raise SamError(f"A confidence is a number from 0 to 1, not {shown(confidence)}.")
    return number
