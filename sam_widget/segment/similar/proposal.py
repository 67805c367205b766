"""Proposals: masks that are like an example, with their scores: values. Finds none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sam_widget.formats.annotated import Annotated

if TYPE_CHECKING:
    from sam_widget.regions import Region


@dataclass(frozen=True, repr=False)
class Proposal:
    """A mask that is proposed, and how much speaks for it.

    Attributes
    ----------
    region : Region
        Its prompt is the click that gives it; its label the example's.
    score : float
        Likeness times predicted IoU, 0..1: what proposals are ordered and cut by.
    likeness : float
        How like the examples it is, and unlike what was refused, 0..1.
    """

    region: Region
    score: float
    likeness: float

    def __repr__(self) -> str:
        said = f"score {self.score:.2f}, likeness {self.likeness:.2f}"
        return f"<Proposal: {said}, {self.region.area} px in {self.region.box}>"

    def _repr_png_(self) -> bytes:
        return self.region._repr_png_()


@dataclass(frozen=True)
class Proposals:
    """What is proposed on one photo of several, the likest first.

    Attributes
    ----------
    name : str
        The photo's, relative to its folder, posix; of what has no name its number, from 1.
    size : tuple of int
        (width, height) of the photo, in pixels.
    proposals : tuple of Proposal
    """

    name: str
    size: tuple[int, int]
    proposals: tuple[Proposal, ...]

    def __len__(self) -> int:
        return len(self.proposals)

    def above(self, score: float = 0.4) -> Proposals:
        """Return those of at least this score."""
        kept = tuple(each for each in self.proposals if each.score >= score)
        return Proposals(self.name, self.size, kept)

    @property
    def annotated(self) -> Annotated:
        """The regions as an annotated photo, which every format writes."""
        return Annotated(self.name, self.size, tuple(each.region for each in self.proposals))

    @property
    def scores(self) -> tuple[float, ...]:
        """Of ``annotated``'s regions, in their order."""
        return tuple(each.score for each in self.proposals)

    def __repr__(self) -> str:
        best = f", the best of score {self.proposals[0].score:.2f}" if self.proposals else ""
        return f"<Proposals: {len(self)} on {self.name}{best}>"
