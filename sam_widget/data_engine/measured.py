"""Measured: what a stage brought and cost, and what the paper's did. No model, no picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matplotlib.figure import Figure

    from sam_widget.formats.annotated import Annotated
    from sam_widget.regions import Region

ASSISTED, SEMI, AUTOMATIC = "assisted-manual", "semi-automatic", "fully-automatic"
STAGES = ASSISTED, SEMI, AUTOMATIC


@dataclass(frozen=True)
class Published:
    """A stage of the paper (section 4): what it began and ended with."""

    seconds: tuple[float, float] | None
    """Of a mask by hand."""
    masks: tuple[float, float]
    """Of an image; those that nobody clicked for among them."""
    retrained: int

    def __str__(self) -> str:
        seconds = "no hand" if self.seconds is None else f"{_span(self.seconds)} s a mask by hand"
        times = f", retrained {self.retrained} times" if self.retrained else ""
        return f"{seconds}, {_span(self.masks)} masks an image{times}"


PAPER: Mapping[str, Published] = {
    ASSISTED: Published((34, 14), (20, 44), 6),
    SEMI: Published((14, 34), (44, 72), 5),
    AUTOMATIC: Published(None, (100, 100), 0),  # 1.1 billion masks of 11 million images
}


def _span(ends: tuple[float, float]) -> str:
    return f"{ends[0]:g} to {ends[1]:g}" if ends[0] != ends[1] else f"about {ends[0]:g}"


@dataclass(frozen=True)
class Spent:
    """What a stage cost beside the masks that it brought.

    Attributes
    ----------
    given_up : int
        Masks that took too long, and are not there.
    seconds : float
        That went into them.
    verdicts : float
        Seconds of looking at masks that nobody clicked for.
    """

    given_up: int = 0
    seconds: float = 0.0
    verdicts: float = 0.0

    def __add__(self, other: Spent) -> Spent:
        return Spent(
            self.given_up + other.given_up,
            self.seconds + other.seconds,
            self.verdicts + other.verdicts,
        )


@dataclass(frozen=True)
class Measured:
    """What some images hold, and what it cost.

    Attributes
    ----------
    images, masks : int
    by_hand : int
        The masks that a person made, or the simulated annotator: whose clicks are known.
    given_up : int
        Masks that were begun and took too long.
    clicks, seconds : float or None
        Of a mask by hand, on average; None where nobody counted.
    seconds_an_image : float or None
        All that was spent, on verdicts and on what was given up too.
    each : tuple of (float or None, int)
        Seconds and clicks of each mask by hand, in the order of the images.
    """

    images: int
    masks: int
    by_hand: int
    given_up: int
    clicks: float | None
    seconds: float | None
    seconds_an_image: float | None
    each: tuple[tuple[float | None, int], ...] = field(repr=False)

    @classmethod
    def of(cls, images: Iterable[Annotated], spent: Spent | None = None) -> Measured:
        """Count what annotated images hold; what their regions do not know is not counted.

        Parameters
        ----------
        images : iterable of Annotated
            As a stage returns them, or read from files that keep how a mask was made (SA-1B's).
        spent : Spent, optional
            What went elsewhere.
        """
        spent = spent or Spent()
        count = masks = 0
        each: list[tuple[float | None, int]] = []
        for image in images:
            count += 1
            masks += len(image.regions)
            each += [effort for effort in map(_effort, image.regions) if effort is not None]
        timed = [seconds for seconds, _ in each if seconds is not None]
        total = sum(timed) + spent.seconds + spent.verdicts
        return cls(
            count,
            masks,
            len(each),
            spent.given_up,
            fmean(clicks for _, clicks in each) if each else None,
            fmean(timed) if timed else None,
            total / count if count and total else None,
            tuple(each),
        )

    @property
    def masks_an_image(self) -> float:
        """Masks of an image, on average; 0 where there is none."""
        return self.masks / self.images if self.images else 0.0

    def figure(self) -> Figure:
        """Draw the seconds and the clicks of each mask by hand, in order (needs matplotlib)."""
        from . import charts  # noqa: PLC0415  an extra

        return charts.efforts(self)

    def ends(self, share: float = 0.25) -> tuple[float, float] | None:
        """Return the mean seconds of the first and of the last masks; None where too few count.

        Parameters
        ----------
        share : float
            Of the timed masks, at either end.
        """
        timed = [seconds for seconds, _ in self.each if seconds is not None]
        few = max(1, round(share * len(timed)))
        return (fmean(timed[:few]), fmean(timed[-few:])) if len(timed) > 1 else None


def _effort(region: Region) -> tuple[float | None, int] | None:
    """Return a mask's seconds and clicks; None where nobody made it by hand, or counted."""
    made = region.made
    return None if made is None or made.clicks is None else (made.seconds, made.clicks)


@dataclass(frozen=True)
class Harvest:
    """What a stage made of some images, and what went elsewhere.

    Attributes
    ----------
    stage : str
        One of `STAGES`.
    images : tuple of Annotated
    spent : Spent
    """

    stage: str
    images: tuple[Annotated, ...]
    spent: Spent = Spent()

    @property
    def measured(self) -> Measured:
        """What that comes to."""
        return Measured.of(self.images, self.spent)
