"""The simulated annotator: what it clicks, when it is content, what that costs. No stage, no file.

It knows the truth, and stands for a person so that a whole engine can be run and measured. Its
seconds are *simulated*: a price for each act, added up. The prices are an assumption and nobody's
measurement; with others the seconds are others, and the clicks stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sam_widget.document.records import Point, new_id
from sam_widget.errors import SamError
from sam_widget.made import Made
from sam_widget.regions import Region
from sam_widget.segment.clicks import correction

from .measured import Spent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from sam_widget.masks import Mask
    from sam_widget.training.data.photos import Photos

    from .seen import Seen


@dataclass(frozen=True)
class Pace:
    """What each act costs, in simulated seconds: an assumption.

    Attributes
    ----------
    look : float
        To look at a thing, and to be content with its mask in the end.
    click : float
        To see what is wrong, and click there.
    verdict : float
        To choose another candidate than the one that leads; to keep or refuse a mask.
    """

    look: float = 4.0
    click: float = 2.0
    verdict: float = 1.0

    def __post_init__(self) -> None:
        if min(self.look, self.verdict) < 0 or self.click <= 0:
            raise SamError(f"An act costs 0 seconds or more, and a click over 0, not {self}.")

    def __str__(self) -> str:
        return f"{self.look:g} s a thing, {self.click:g} s a click, {self.verdict:g} s a verdict"


@dataclass(frozen=True, eq=False)
class KnownPhoto:
    """A photo whose true masks are known.

    Attributes
    ----------
    name : str
        Its file name, relative to its folder.
    pixels : ndarray
        (H, W, 3) uint8, RGB.
    truths : tuple of Mask
    """

    name: str
    pixels: NDArray[np.uint8]
    truths: tuple[Mask, ...]


@dataclass(frozen=True, eq=False)
class KnownPhotos:
    """Some annotated photos as the annotator sees them; their masks become the truth.

    Decoded one by one, as they are gone through.

    Attributes
    ----------
    photos : Photos
        As ``open_photos`` gives them.
    numbers : sequence of int
        Which of them.
    """

    photos: Photos
    numbers: Sequence[int]

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[KnownPhoto]:
        sources = self.photos.sources
        for number in self.numbers:
            photo = self.photos[number]
            truths = tuple(each.mask for each in photo.regions if each.area)
            name = f"{sources[number]}-{number:05d}.png"
            yield KnownPhoto(name, np.asarray(photo.pixels), truths)


@dataclass(frozen=True)
class Sitting:
    """What one image got: its masks, and what was spent on others."""

    regions: tuple[Region, ...]
    spent: Spent


@dataclass(frozen=True)
class Annotator:
    """One who clicks until a mask agrees with the truth.

    Things are taken in the order of prominence, the largest first; who has spent over `patience` on
    one goes on to the next image (paper, section 4).

    Attributes
    ----------
    pace : Pace
    enough : float
        IoU with the truth from which a mask is good, 0..1.
    patience : float
        Simulated seconds that one mask may take: the paper's 30.
    seed : int
        Of the places of clicks: half the time in the middle of what is wrong, half anywhere in it.
    """

    pace: Pace = Pace()
    enough: float = 0.85
    patience: float = 30.0
    seed: int = 0

    def __post_init__(self) -> None:
        if not 0 < self.enough <= 1:
            raise SamError(f"enough is an IoU over 0 and up to 1, not {self.enough}.")
        if self.patience < self.pace.look + self.pace.click:
            raise SamError(f"A patience of {self.patience} s is over before the first click.")

    def annotate(self, seen: Seen, truths: Sequence[Mask], stage: str) -> Sitting:
        """Make a mask of each true one, until one takes too long.

        Parameters
        ----------
        seen : Seen
            The image, before the model.
        truths : sequence of Mask
            Of the image's size.
        stage : str
            What the masks are said to be of.
        """
        regions: list[Region] = []
        for number, truth in enumerate(sorted(truths, key=lambda each: -each.area)):
            region, spent = self._mark(
                seen, truth, stage, np.random.default_rng((self.seed, number))
            )
            if region is None:
                return Sitting(tuple(regions), spent)
            regions.append(region)
        return Sitting(tuple(regions), Spent())

    def judge(
        self, filled: Sequence[Region], truths: Sequence[Mask]
    ) -> tuple[tuple[Region, ...], tuple[Mask, ...], Spent]:
        """Keep what agrees with a true mask; return it, the true masks that are left, the cost.

        Of several that agree with the same one the best stays.
        """
        left, kept = list(truths), []
        pairs = [
            (region.mask.iou(truth), i, truth)
            for i, region in enumerate(filled)
            for truth in truths
            if region.mask.intersection(truth)
        ]
        taken: set[int] = set()
        for iou, i, truth in sorted(pairs, key=lambda pair: -pair[0]):
            if iou >= self.enough and i not in taken and truth in left:
                taken.add(i)
                left.remove(truth)
        kept = [filled[i] for i in sorted(taken)]
        return tuple(kept), tuple(left), Spent(verdicts=self.pace.verdict * len(filled))

    def prefers(self, before: Mask, after: Mask, truths: Sequence[Mask]) -> bool:
        """Whether a new answer is nearer to what the old one was meant for."""
        meant = max(truths, key=before.iou, default=None)
        return meant is not None and after.iou(meant) > before.iou(meant)

    def _mark(
        self, seen: Seen, truth: Mask, stage: str, rng: np.random.Generator
    ) -> tuple[Region | None, Spent]:
        """Click one thing; return its mask, or None and what was spent on it."""
        wanted = truth.to_array()
        shown = np.zeros_like(wanted)
        points: list[Point] = []
        said: Any = None
        choice, seconds = 0, self.pace.look
        while seconds + self.pace.click <= self.patience:
            found = correction(shown, wanted, rng)
            if found is None:
                break
            (x, y), positive = found
            points.append(Point(new_id(), "simulated", x + 0.5, y + 0.5, positive))
            seconds += self.pace.click
            said = seen.ask(tuple(points), None if said is None else said.fed(choice))
            masks = said.masks()
            choice = max(range(len(masks)), key=lambda i: (masks[i].iou(truth), i == said.best))
            seconds += self.pace.verdict * (choice != said.best)
            shown = masks[choice].to_array()
            if masks[choice].iou(truth) >= self.enough:
                made = Made(seen.model_name, seen.model_key, choice, seconds, len(points), 0, stage)
                return _region(said, choice, points, made), Spent()
        return None, Spent(1, seconds)


def _region(said: Any, choice: int, points: Sequence[Point], made: Made) -> Region:
    return Region(
        said.mask(choice),
        predicted_iou=float(said.scores[choice]),
        stability_score=float(said.stability[choice]),
        prompts=tuple(points),
        locked=True,
        made=made,
    )
