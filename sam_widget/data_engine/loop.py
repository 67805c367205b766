"""The whole loop: annotate, retrain, annotate with less effort, re-answer, at last everything.

Each stage is a call of its own; here they follow each other as in the paper (section 4), with the
simulated annotator in the place of people. Draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import PIL.Image

from sam_widget.errors import SamError
from sam_widget.formats import sa1b
from sam_widget.paths import as_path
from sam_widget.segment.segmenter import Segmenter
from sam_widget.training.data.readers import Chosen
from sam_widget.training.few_photos import Course

from .annotator import Annotator, KnownPhotos, Sitting
from .assisted import assisted_manual
from .automatic import annotated
from .going import going
from .log import Log, Rechecked, Round, Saved
from .measured import ASSISTED, AUTOMATIC, SEMI, Spent
from .reanswer import reanswer
from .retrain import loaded_sam, retrain
from .semi import Confident, semi_automatic

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sam_widget.formats.annotated import Annotated
    from sam_widget.masks import Mask
    from sam_widget.models.sam import Sam
    from sam_widget.training.data.photos import Photos

    from .annotator import KnownPhoto
    from .measured import Harvest
    from .reanswer import Reanswered

MET = 0.75  # IoU from which a true mask counts as found


@dataclass(frozen=True)
class Plan:
    """How much of each stage.

    Attributes
    ----------
    assisted, semi : tuple of int
        Photos of each round; after each the model is retrained.
    automatic, points : int
        Photos of the last stage, and how many points its grid has along each side.
    held_out : int
        Photos that the retrainings are judged by; no stage sees them.
    course : Course
        How long each retraining learns.
    annotator : Annotator
        The simulated one.
    confident : Confident
        What the semi-automatic stage fills in.
    share : float
        Masks that change by more when they are answered again are looked at, 0..1.
    seed : int
        Of which photo goes where.
    """

    assisted: tuple[int, ...] = (6, 6, 6)
    semi: tuple[int, ...] = (6, 6)
    automatic: int = 6
    points: int = 32
    held_out: int = 20
    course: Course = field(default_factory=lambda: Course(steps=60))
    annotator: Annotator = field(default_factory=Annotator)
    confident: Confident = field(default_factory=Confident)
    share: float = 0.1
    seed: int = 0

    def __post_init__(self) -> None:
        if min(*self.assisted, *self.semi, self.automatic, self.held_out) < 1:
            raise SamError("Each round of a plan has at least one photo, and so has the held-out.")

    @property
    def photos(self) -> int:
        """How many photos it takes."""
        return sum(self.assisted) + sum(self.semi) + self.automatic + self.held_out


def turn(
    photos: Photos,
    out: str | Path,
    model: str | Path | Sam = "mini",
    plan: Plan | None = None,
    tell: Callable[[Log], object] = lambda _: None,
) -> Log:
    """Turn the wheel once, with the simulated annotator.

    The annotated photos go to ``out/photos`` in SA-1B's layout, one by one as they are done, the
    weights of each retraining that was kept to ``out``, the log to ``out/log.json``. Interrupted,
    it ends with what was done until then.

    Parameters
    ----------
    photos : Photos
        As ``open_photos`` gives them: what they are annotated with is the truth that the annotator
        clicks for.
    out : str or Path
        A folder, made where there is none.
    model : str, Path or Sam
        Who helps at first.
    plan : Plan, optional
    tell : callable, optional
        Takes the log so far after each part, as a ``Wheel`` does.

    Raises
    ------
    SamError
        There are fewer photos than the plan takes.
    DataError, SaveError, CheckpointError
        As the stages raise them.
    """
    plan = plan or Plan()
    if len(photos.sources) < plan.photos:
        raise SamError(
            f"The plan takes {plan.photos} photos, and {len(photos.sources)} are there: give more,"
            " or plan fewer."
        )
    return _Wheel(photos, as_path(out), model, plan, tell).turned()


class _Wheel:
    """One turn, as far as it is."""

    def __init__(
        self,
        photos: Photos,
        out: Path,
        model: str | Path | Sam,
        plan: Plan,
        tell: Callable[[Log], object],
    ) -> None:
        self._photos, self._out, self._plan, self._tell = photos, out, plan, tell
        self._sam, self._name = loaded_sam(model)
        self._first = Segmenter(self._sam, self._name)
        self._truths: dict[str, tuple[Mask, ...]] = {}
        order = np.random.default_rng(plan.seed).permutation(len(photos.sources)).tolist()
        self._held_out = Chosen(photos, tuple(order[: plan.held_out]))
        self._rest = iter(order[plan.held_out :])
        self._log = Log(str(plan.annotator.pace), plan.annotator.enough)
        (out / "photos").mkdir(parents=True, exist_ok=True)

    def turned(self) -> Log:
        plan = self._plan
        for stage, rounds in ((ASSISTED, plan.assisted), (SEMI, plan.semi)):
            for count in rounds:
                harvest = self._staged(stage, count)
                self._note(harvest)
                if len(harvest.images) < count:  # interrupted
                    return self._log
                if any(each.measured.masks for each in self._log.rounds):
                    self._retrain()
        self._answer_again()
        self._save()
        self._note(self._everything(plan.automatic))
        return self._log

    @property
    def _segmenter(self) -> Segmenter:
        return Segmenter(self._sam, self._name)

    def _staged(self, stage: str, count: int) -> Harvest:
        photos, annotator = self._next(count), self._plan.annotator
        if stage == ASSISTED:
            return assisted_manual(self._segmenter, photos, annotator, self._keep)
        return semi_automatic(self._segmenter, photos, annotator, self._plan.confident, self._keep)

    def _everything(self, count: int) -> Harvest:
        segmenter = self._segmenter
        settings = Confident(self._plan.points).settings(segmenter.thresholds)

        def sit(photo: KnownPhoto) -> Sitting:
            found, _ = annotated(segmenter, photo.pixels, settings, photo.name)
            return Sitting(found.regions, Spent())

        return going(AUTOMATIC, self._next(count), sit, self._keep)

    def _next(self, count: int) -> KnownPhotos:
        photos = KnownPhotos(self._photos, [next(self._rest) for _ in range(count)])
        for photo in photos:
            PIL.Image.fromarray(photo.pixels).save(self._out / "photos" / photo.name)
            self._truths[photo.name] = photo.truths
        return photos

    def _keep(self, image: Annotated) -> None:
        file = PurePosixPath(image.name).with_suffix(".json")
        sa1b.write_one(image, self._out / "photos" / file)

    def _note(self, harvest: Harvest) -> None:
        done = Round(harvest.stage, self._name, harvest.measured, self._met(harvest.images))
        self._say(replace(self._log, rounds=(*self._log.rounds, done)))

    def _retrain(self) -> None:
        number = len(self._log.rounds)
        file = self._out / f"retrained-{number}.safetensors"
        gained = retrain(
            self._sam, self._out / "photos", self._held_out, file, course=self._plan.course
        )
        if gained.better:
            self._sam, self._name = gained.model, file.stem
        *before, last = self._log.rounds
        self._say(replace(self._log, rounds=(*before, replace(last, retrained=gained))))

    def _answer_again(self) -> None:
        found = reanswer(self._segmenter, self._out / "photos", share=self._plan.share)
        for number, change in enumerate(found.changes):
            truths = self._truths[found.was[change.image].name]
            likes = self._plan.annotator.prefers(change.before.mask, change.after.mask, truths)
            found = found.accept(number) if likes else found.refuse(number)
        found.write()
        self._say(replace(self._log, rechecked=self._rechecked(found)))

    def _save(self) -> None:
        """Measure what the last model saves: the held-out photos with it and with the first one."""
        photos = KnownPhotos(self._photos, self._held_out.numbers)
        first, last = self._first, self._segmenter
        before, after = (
            assisted_manual(each, photos, self._plan.annotator).measured for each in (first, last)
        )
        self._say(replace(self._log, saved=Saved(first.name, last.name, before, after)))

    def _rechecked(self, found: Reanswered) -> Rechecked:
        before, after = (self._agreement(images) for images in (found.was, found.images()))
        masks = sum(len(image.regions) for image in found.was)
        accepted, left = sum(found.verdicts.values()), len(found.unanswered)
        return Rechecked(masks, len(found.changes), accepted, left, found.share, before, after)

    def _agreement(self, images: Sequence[Annotated]) -> float:
        """Mean IoU of each mask with the true one that it is nearest to."""
        found = [
            max(region.mask.iou(truth) for truth in self._truths[image.name])
            for image in images
            for region in image.regions
            if self._truths[image.name]
        ]
        return float(np.mean(found)) if found else 0.0

    def _met(self, images: Sequence[Annotated]) -> float:
        """Share of the true masks of some images that one of the masks meets."""
        best = [
            max((region.mask.iou(truth) for region in image.regions), default=0.0)
            for image in images
            for truth in self._truths[image.name]
        ]
        return float(np.mean([iou >= MET for iou in best])) if best else 0.0

    def _say(self, log: Log) -> None:
        self._log = log
        log.write(self._out / "log.json")
        self._tell(log)
