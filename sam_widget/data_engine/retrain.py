"""Retraining between stages: learn from what is collected, judge on what is not, keep the better.

What learns and how is fine-tuning's (``training/fine_tune.py``), what is judged the evaluation's
(``training/evaluate.py``).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from tqdm.auto import tqdm

from sam_widget.errors import SamError
from sam_widget.formats.errors import DataError
from sam_widget.lifetime import busy, idle
from sam_widget.models.checkpoints import load_model, save_sam
from sam_widget.models.names import called
from sam_widget.models.sam import Sam
from sam_widget.paths import as_path
from sam_widget.training.data.folders import FolderPhotos
from sam_widget.training.data.readers import Chosen, photos_of
from sam_widget.training.evaluate import score_photo
from sam_widget.training.fine_tune import fine_tune, writable
from sam_widget.training.measure.differences import compare
from sam_widget.training.measure.scores import mean_over_sources
from sam_widget.training.run.results import save_result

from . import charts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from matplotlib.figure import Figure

    from sam_widget.training.data.photos import Photos
    from sam_widget.training.few_photos import Course
    from sam_widget.training.measure.differences import Difference
    from sam_widget.training.measure.scores import Score

JUDGED_BY = "leading"  # the mask that a person sees after one click
MASKS = 8  # of each judged photo, at most


@dataclass(frozen=True, eq=False)
class Retrained:
    """What a retraining gained on photos that it has not learnt from.

    Attributes
    ----------
    model : Sam
        The better of the two: the new one, or that of before.
    better : bool
        Whether the new one is.
    name : str
        What it was called before.
    saved : Path or None
        Where the new weights are; None where they were not better, or not to be saved.
    before, after : mapping of str to float
        What the evaluation measures, 0..1: ``one_click``, ``leading``, ``best_of_three``, ``box``.
    gain : mapping of str to Difference
        How much higher it is after, with the bootstrap's 95 % interval.
    learnt, judged : int
        Photos of each kind.
    masks : int
        That were judged.
    seconds : float
        What all of it took.
    """

    model: Sam
    better: bool
    name: str
    saved: Path | None
    before: Mapping[str, float]
    after: Mapping[str, float]
    gain: Mapping[str, Difference]
    learnt: int
    judged: int
    masks: int
    seconds: float

    @property
    def headline(self) -> tuple[float, float, Difference]:
        """What it is judged by: before, after, and by how much it is higher."""
        return self.before[JUDGED_BY], self.after[JUDGED_BY], self.gain[JUDGED_BY]

    def __str__(self) -> str:
        was, now, gain = self.headline
        outcome = "the new weights are kept" if self.better else "not better: the old weights stay"
        return (
            f"Learnt from {self.learnt} photos: IoU after one click {was:.3f} -> {now:.3f}"
            f" ({gain.mean:+.3f}, 95 % {gain.low:+.3f} to {gain.high:+.3f}) on {self.masks} masks"
            f" of {self.judged} others; {outcome}."
        )

    def __repr__(self) -> str:
        return f"<Retrained: {self}>"

    def figure(self) -> Figure:
        """Draw what was gained in each measure."""
        return charts.gain(self)

    def _repr_html_(self) -> str:
        return f"<p>{escape(str(self))}</p>{charts.as_html(self.figure())}"


def retrain(
    model: str | Path | Sam,
    collected: str | Path | Photos | Iterable[Any],
    held_out: str | Path | Photos | Iterable[Any],
    save: str | Path | None = None,
    *,
    rehearse: str | Path | Photos | None = None,
    course: Course | None = None,
) -> Retrained:
    """Learn from what has been collected, and take the new weights only where they are better.

    Both models are judged on the same masks of photos that were held out, by the mask that leads
    after one click. Bars show how far it is. Interrupting while it learns ends that early, and what
    was learnt so far is judged; interrupting the judging raises, and nothing is saved.

    Parameters
    ----------
    model
        What ``load_model`` takes, or a model that it gave; that one is not changed.
    collected
        What ``fine_tune`` takes: a folder in SA-1B's layout, widgets, pairs of image and masks.
    held_out
        Others, alike; ``parted`` splits a folder. Where masks of them were made with this model's
        help, they flatter it a little: better are some whose masks are known from elsewhere.
    save
        A ``.safetensors`` file for the new weights; nothing is written where they are not better.
    rehearse, course
        As ``fine_tune`` takes them.

    Returns
    -------
    Retrained

    Raises
    ------
    DataError
        Photos cannot be read, or there is no mask among them.
    CheckpointError, SaveError
        The model cannot be had; ``save`` cannot be written: found before anything is learnt.
    """
    began = time.monotonic()
    file = None if save is None else writable(save)
    learn, judge = photos_of(collected), photos_of(held_out)
    old, name = loaded_sam(model)
    before = judged(old, judge, "judging the old weights")
    if not any(before):
        raise DataError("there is no mask in the photos that were held out.")
    new = fine_tune(old, learn, rehearse=rehearse, course=course)
    after = judged(new, judge, "judging the new weights")
    was, now = (mean_over_sources(_all(each)) for each in (before, after))
    better = now[JUDGED_BY] > was[JUDGED_BY]
    if file is not None and better:
        notes = {"retrained_on": f"{len(learn.sources)} photos"}
        save_result(lambda place: save_sam(new, place, notes), file)
    return Retrained(
        new if better else old,
        better,
        name,
        file if better else None,
        was,
        now,
        compare(before, after)["all"],
        len(learn.sources),
        len(before),
        sum(map(len, before)),
        time.monotonic() - began,
    )


def loaded_sam(model: str | Path | Sam) -> tuple[Sam, str]:
    """Return a model to be taught, in float32, and what it is called."""
    if isinstance(model, Sam):
        return model, "model"
    return load_model(model, "auto", "float32"), called(model)


@busy()
def judged(sam: Sam, photos: Photos, told: str) -> list[list[Score]]:
    """Score some masks of each photo, always the same ones; photos without a mask are left out."""
    scores = []
    for number in tqdm(range(len(photos.sources)), unit="photo", desc=told, leave=False):
        with idle():
            pass  # here the interpreter may end
        photo = photos[number]
        chosen = np.random.default_rng(number).permutation(len(photo.annotations))[:MASKS]
        if len(chosen):
            scores.append(score_photo(sam, photo, 1, chosen.tolist()))
    return scores


def parted(
    annotations: str | Path, held_out: float = 0.2, *, photos: str | Path | None = None
) -> tuple[Chosen, Chosen]:
    """Part what is annotated in a folder into photos to learn from and photos to judge by.

    A photo's name decides, so that it stays on its side while the folder grows: what one retraining
    has judged by, no later one learns from.

    Parameters
    ----------
    annotations
        SA-1B's JSONs, one a photo, as the widget and the stages write them.
    held_out
        Share to judge by, 0..1.
    photos
        The folder of the photos, under the same names; by default the same.

    Returns
    -------
    tuple of Chosen
        To learn from, and to judge by.

    Raises
    ------
    DataError
        On one of the sides there is no photo: there are too few.
    """
    if not 0 < held_out < 1:
        raise SamError(f"held_out is a share between 0 and 1, not {held_out}.")
    folder = as_path(annotations)
    found = FolderPhotos(folder if photos is None else as_path(photos), folder)
    sides: tuple[list[int], list[int]] = [], []
    for number, name in enumerate(found.names):
        sides[_held(name, held_out)].append(number)
    if not all(sides):
        raise DataError(
            f"{folder} has {len(found)} annotated photos: too few to learn from some and judge by"
            " others."
        )
    learn, judge = (Chosen(found, tuple(side)) for side in sides)
    return learn, judge


def _held(name: str, share: float) -> bool:
    return crc32(name.encode()) < share * 2**32


def _all(scores: Sequence[Sequence[Score]]) -> list[Score]:
    return [score for photo in scores for score in photo]
