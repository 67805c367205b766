"""Re-answer: a better model answers all clicks of a set again; people see what changed much.

A value: what was, what would be, and a verdict on each. Nothing is written until ``write``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tqdm.auto import tqdm

from sam_widget.errors import SamError, shown
from sam_widget.formats import sa1b
from sam_widget.images import ImageError, read_image
from sam_widget.lifetime import busy
from sam_widget.paths import as_path
from sam_widget.segment.loaded import model_of

from . import beside
from .replay import ReplayError, replayed
from .seen import Seen

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from matplotlib.figure import Figure

    from sam_widget.formats.annotated import Annotated
    from sam_widget.formats.loss import Loss
    from sam_widget.regions import Region
    from sam_widget.segment.loaded import AnyModel

SHARE = 0.1
MOST_SHOWN = 24  # of the changes, in a notebook's cell


@dataclass(frozen=True)
class Change:
    """One mask, as it was and as the better model answers.

    Attributes
    ----------
    image, number : int
        Which image of the set, and which of its regions, from 0.
    before, after : Region
    share : float
        By how much it changed: 1 less the IoU of the two, 0..1.
    """

    image: int
    number: int
    before: Region
    after: Region
    share: float


@dataclass(frozen=True)
class Unanswered:
    """A mask that stays as it is, and why."""

    name: str
    number: int
    why: str


@dataclass(frozen=True, eq=False)
class Reanswered:
    """What a better model says to the clicks of a whole set.

    Masks that changed by no more than `share` are taken as they come; of the others a person
    accepts some, and what is refused, or not looked at, stays as it was. Verdicts make another
    value: ``found = found.accept(0, 3).refuse(1)``.

    Attributes
    ----------
    was : tuple of Annotated
        The set, as far as it was answered again.
    changes : tuple of Change
        Those to be seen, the largest first; verdicts count in them, from 0.
    small : tuple of Change
        Those that are taken without a look.
    unanswered : tuple of Unanswered
        What stays, and why.
    share : float
        The bound between them, 0..1.
    photos, annotations : Path
        Where the photos lie, and the files that were read.
    total : int
        Images of the set; more than ``was`` has where it was interrupted.
    verdicts : mapping of int to bool
        Of the changes: whether they are accepted.
    """

    was: tuple[Annotated, ...]
    changes: tuple[Change, ...]
    small: tuple[Change, ...]
    unanswered: tuple[Unanswered, ...]
    share: float
    photos: Path
    annotations: Path
    total: int
    verdicts: Mapping[int, bool] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def undecided(self) -> tuple[int, ...]:
        """The changes that nobody has judged yet."""
        return tuple(i for i in range(len(self.changes)) if i not in self.verdicts)

    def accept(self, *numbers: int) -> Reanswered:
        """Take some changes, by their numbers; without numbers all that are undecided."""
        return self._judged(numbers, accepted=True)

    def refuse(self, *numbers: int) -> Reanswered:
        """Leave some masks as they were, by their numbers; without numbers all undecided ones."""
        return self._judged(numbers, accepted=False)

    def images(self) -> tuple[Annotated, ...]:
        """Return the set with what is taken so far in its place."""
        taken = [*self.small, *(self.changes[i] for i, yes in self.verdicts.items() if yes)]
        new = {(each.image, each.number): each.after for each in taken}
        return tuple(
            replace(
                image,
                regions=tuple(new.get((i, n), region) for n, region in enumerate(image.regions)),
            )
            for i, image in enumerate(self.was)
        )

    def write(self, to: str | os.PathLike[str] | None = None) -> Loss:
        """Write each image in which something is taken, in SA-1B's layout; others are left alone.

        Parameters
        ----------
        to : str or path, optional
            A folder; by default that which was read, where the old files are replaced, each whole
            or not at all.

        Raises
        ------
        DataError
            A file cannot be written; those before it are.
        """
        folder = self.annotations if to is None else as_path(to)
        changed = (new for new, old in zip(self.images(), self.was, strict=True) if new != old)
        return sa1b.write(changed, folder)

    def figure(self, *numbers: int) -> Figure:
        """Draw some changes, before beside after; by default the first few undecided ones."""
        return beside.figure([(i, self.changes[i], *self._of(i)) for i in self._shown(numbers)])

    def __str__(self) -> str:
        masks = sum(len(image.regions) for image in self.was)
        undecided = len(self.undecided)
        early = "" if len(self.was) == self.total else f" (interrupted: {self.total} there are)"
        return (
            f"{masks} masks of {len(self.was)} images{early}: {len(self.small)} changed by"
            f" {self.share:.0%} or less and are taken, {len(self.changes)} by more"
            f" ({undecided} undecided, {sum(self.verdicts.values())} accepted),"
            f" {len(self.unanswered)} could not be answered and stay."
        )

    def __repr__(self) -> str:
        return f"<Reanswered: {self}>"

    def html_of(self, numbers: Sequence[int]) -> str:
        """Return some changes in HTML, before beside after, and how things stand."""
        rows = [beside.row(i, self.changes[i], *self._of(i)) for i in numbers]
        more = set(self.undecided) - set(numbers)
        return beside.page(str(self), rows, len(more))

    def _repr_html_(self) -> str:
        return self.html_of(self._shown(()))

    def _shown(self, numbers: tuple[int, ...]) -> tuple[int, ...]:
        return self._checked(numbers) if numbers else self.undecided[:MOST_SHOWN]

    def _of(self, number: int) -> tuple[str, Path]:
        """Return the name of a change's image, and where its photo lies."""
        name = self.was[self.changes[number].image].name
        return name, self.photos / name

    def _judged(self, numbers: tuple[int, ...], *, accepted: bool) -> Reanswered:
        which = self._checked(numbers) or self.undecided
        verdicts = {**self.verdicts, **dict.fromkeys(which, accepted)}
        return replace(self, verdicts=MappingProxyType(verdicts))

    def _checked(self, numbers: tuple[int, ...]) -> tuple[int, ...]:
        for number in numbers:
            if number not in range(len(self.changes)):
                raise SamError(
                    f"There are {len(self.changes)} changes to judge, from 0 on; {shown(number)} is"
                    " none of them."
                )
        return numbers


def reanswer(
    model: AnyModel,
    annotations: str | os.PathLike[str],
    *,
    photos: str | os.PathLike[str] | None = None,
    share: float = SHARE,
) -> Reanswered:
    """Have a model answer again what people have clicked, over a whole set.

    A bar shows how far it is; interrupted, what was answered until then is returned.

    Parameters
    ----------
    model : Segmenter, Sam, str or Path
        The better one, as ``retrain`` gives it.
    annotations : str or path
        A folder in SA-1B's layout, as the widget and the data engine write it: masks that know
        their prompts.
    photos : str or path, optional
        The folder of the photos, under the same names; by default the same.
    share : float
        Masks that change by more, 0..1 (1 less the IoU with what they were), are shown to people.

    Raises
    ------
    DataError
        A file is none of SA-1B's, or contradicts itself.
    CheckpointError
        The model cannot be had.
    """
    if not isinstance(share, int | float) or not 0 <= share <= 1:
        raise SamError(
            f"share is how much of a mask may change unseen, 0 to 1, not {shown(share)}."
        )
    better = model_of(model)
    folder = as_path(annotations)
    place = folder if photos is None else as_path(photos)
    all_images = tuple(sa1b.read(folder))
    was: list[Annotated] = []
    found: list[Change] = []
    left: list[Unanswered] = []
    try:
        for image in tqdm(all_images, unit="photo", desc="answering again"):
            changes, unanswered = _answered(better, image, len(was), place)
            was.append(image)
            found += changes
            left += unanswered
    except KeyboardInterrupt:
        pass
    found.sort(key=lambda each: -each.share)
    return Reanswered(
        tuple(was),
        tuple(each for each in found if each.share > share),
        tuple(each for each in found if each.share <= share),
        tuple(left),
        share,
        place,
        folder,
        len(all_images),
    )


@busy()
def _answered(
    model: Any, image: Annotated, number: int, photos: Path
) -> tuple[list[Change], list[Unanswered]]:
    """Answer one image's masks again."""
    try:
        pixels = read_image(photos / image.name).pixels
    except ImageError as error:
        return [], list(_all_left(image, str(error)))
    height, width = pixels.shape[:2]
    if (width, height) != image.size:
        given, wanted = (f"{w} x {h} px" for w, h in ((width, height), image.size))
        return [], list(_all_left(image, f"The photo is of {given}, its masks of {wanted}."))
    seen = Seen(model, pixels)
    changes, left = [], []
    for i, region in enumerate(image.regions):
        try:
            after = replayed(seen, region)
        except ReplayError as error:
            left.append(Unanswered(image.name, i, str(error)))
        else:
            changes.append(Change(number, i, region, after, 1 - region.mask.iou(after.mask)))
    return changes, left


def _all_left(image: Annotated, why: str) -> Iterator[Unanswered]:
    return (Unanswered(image.name, i, why) for i in range(len(image.regions)))
