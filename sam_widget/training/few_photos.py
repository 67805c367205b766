"""Learning from a few photos: what of a model learns, and the steps. No files, no mixing."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor
from tqdm.auto import tqdm, trange

from sam_widget.errors import SamError
from sam_widget.formats.errors import DataError
from sam_widget.lifetime import idle
from sam_widget.models.features import Features
from sam_widget.training.data.augment import Recipe, asked_anew, make_example
from sam_widget.training.data.stream import Stream, collate
from sam_widget.training.lesson.memory import Memory, teach_and_hold
from sam_widget.training.lesson.prompting import AT_ONCE, turns
from sam_widget.training.lesson.rounds import Talk, Tally, encoded, prepare, with_maps
from sam_widget.training.numbers import check_numbers
from sam_widget.training.run.optimise import training_mode
from sam_widget.training.run.plan import rise_and_fall
from sam_widget.training.run.stepper import Stepper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch.optim.swa_utils import AveragedModel

    from sam_widget.models.sam import Sam
    from sam_widget.training.data.augment import Example
    from sam_widget.training.data.photos import Photos
    from sam_widget.training.run.precision import Precision

VIEWS = 4
"""Augmented views of each photo that a heavy encoder sees once, before the decoder learns."""

MOST = 64
"""Photos of a set that a heavy encoder sees at most: their views take a gigabyte at 1024 px."""

SHOWN = ("loss", "one_click", "box")


@dataclass(frozen=True)
class Course:
    """How a few photos are learnt from; the defaults were chosen for ten."""

    steps: int = 150
    photos: int = 2
    """A step."""
    prompts: int = 6
    """Masks a photo, at most."""
    corrections: float = 0.5
    """Mean number of correction rounds a step."""
    iou_weight: float = 4.0
    """Of the predicted IoU's loss beside the mask's: which of the three is the right one is learnt
    by it."""
    rate: float = 1e-4
    """Peak learning rate; it falls along half a cosine."""
    remember: float = 1.0
    """Weight of the old answers elsewhere on the photos, by `memory.Memory`; without it a click on
    other kinds of photo means something else before long."""
    keep: float = 0.5
    """Share of the old weights in the result. A model between the old and the new is better at the
    new kind than the old one, and loses little elsewhere (Wortsman et al. 2022, "Robust fine-tuning
    of zero-shot models"). Both were chosen on other photos than those that
    ``python -m sam_widget.training.gain`` judges by."""
    seed: int = 0

    def __post_init__(self) -> None:
        check_numbers(self, {})
        if self.steps < 1 or self.photos < 1 or self.prompts < 1:
            raise SamError("fine-tuning needs at least one step, one photo and one prompt.")
        if not 0 <= self.keep < 1:
            raise SamError(f"keep is a share from 0 to under 1, not {self.keep}.")
        if not self.rate:
            raise SamError("at a rate of 0 nothing is learnt.")


def decoder_learns(sam: Sam) -> Sam:
    """Hold the image encoder, but for what of a light one brings the trunk's maps together."""
    training_mode(sam)
    encoder = sam.image_encoder.requires_grad_(requires_grad=False)
    for module in () if encoder.heavy else encoder.finishing():
        module.requires_grad_(requires_grad=True)
    return sam


@dataclass(frozen=True)
class Pupil:
    """A model that learns a few photos and holds on to what it said before."""

    sam: Sam
    memory: Memory
    precision: Precision
    stepper: Stepper

    def learn(
        self,
        features: Features,
        known: Features,
        examples: Sequence[Example],
        talk: Talk,
        rng: np.random.Generator,
    ) -> Tally:
        """Leave the gradients of new masks and old answers behind.

        Parameters
        ----------
        features, known
            Of the examples, by the model and by the old one.
        examples
            On the model's device.
        talk
            How their masks are asked for.
        rng
            All chance.
        """
        scale = self.stepper.scale
        return teach_and_hold(
            self.sam,
            self.memory,
            features,
            known,
            examples=examples,
            talk=talk,
            rng=rng,
            scale=scale,
        )


def train(
    sam: Sam, average: AveragedModel, sets: Sequence[Photos], course: Course, precision: Precision
) -> None:
    """Take the course's steps, each on photos of one of the sets, by turns."""
    memory = Memory(deepcopy(sam).eval(), course.prompts, course.remember, course.iou_weight)
    learning = [p for p in sam.parameters() if p.requires_grad]
    groups = [{"params": learning, "peak": course.rate, "weight_decay": 0.01}]
    stepper = Stepper(groups, precision)
    pupil = Pupil(sam, memory, precision, stepper)
    kind = Cached if sam.image_encoder.heavy else Fresh
    lessons = [kind(pupil, photos, course) for photos in sets]
    with trange(course.steps, unit="step", desc="fine-tuning") as bar:
        for step in bar:
            with idle():
                pass  # here the interpreter may end, or fork: between two steps
            rng = np.random.default_rng((course.seed, step))
            factor = rise_and_fall(step, 10, step / course.steps)
            at_once = AT_ONCE if precision.device.type == "cuda" else 0
            talk = Talk(turns(course.corrections, 0, rng), course.iou_weight, precision, at_once)
            tally = lessons[step % len(lessons)].learn(step, talk, rng)
            stepper.step(factor)
            average.update_parameters(sam)
            means = tally.means()
            bar.set_postfix({name: f"{means[name]:.3f}" for name in SHOWN if name in means})


class Fresh:
    """Photos augmented anew in each step and encoded: for a light encoder, whose trunk is held."""

    def __init__(self, pupil: Pupil, photos: Photos, course: Course) -> None:
        self._pupil = pupil
        self._stream = Stream(photos, Recipe(pupil.sam.side, course.prompts), course.seed)
        self._photos = course.photos

    def learn(self, step: int, talk: Talk, rng: np.random.Generator) -> Tally:
        """Leave one step's gradients behind."""
        pupil, first = self._pupil, step * self._photos
        batch = collate([self._stream[first + i] for i in range(self._photos)])
        batch = batch.map(lambda t: t.to(pupil.precision.device))
        batch = with_maps(pupil.sam, batch, pupil.precision)
        known = pupil.memory.look(batch, pupil.sam.side, pupil.precision)
        with encoded(pupil.sam, batch, talk) as features:
            return pupil.learn(features, known, batch.examples, talk, rng)


class Cached:
    """A few views of each photo, of `MOST` at most, encoded once; each step has new prompts."""

    def __init__(self, pupil: Pupil, photos: Photos, course: Course) -> None:
        self._pupil = pupil
        self._examples: list[Example] = []
        self._features: list[Features] = []
        self._course = course
        device, sam = pupil.precision.device, pupil.sam
        making = Recipe(sam.side, course.prompts)
        drawn = np.random.default_rng(course.seed).permutation(len(photos.sources))
        numbers = sorted(drawn[:MOST].tolist())
        for number in tqdm(numbers, unit="photo", desc="looking at each"):
            with idle():
                pass  # as between two steps
            photo = photos[number]
            for view in range(VIEWS):
                rng = np.random.default_rng((course.seed, number, view))
                example = make_example(photo.pixels, photo.annotations, photo.source, making, rng)
                if example is not None:
                    image = example.image[None].to(device)
                    self._examples.append(example)
                    self._features.append(look(sam, image, [example], pupil.precision))
        if not self._examples:
            raise DataError("no mask of these photos has a useful size.")

    def learn(self, _: int, talk: Talk, rng: np.random.Generator) -> Tally:
        """Leave one step's gradients behind."""
        pupil = self._pupil
        count = min(self._course.photos, len(self._examples))
        chosen = rng.choice(len(self._examples), count, replace=False)
        boxes = Recipe(pupil.sam.side).boxes
        examples = [asked_anew(self._examples[i], boxes, rng) for i in chosen]
        examples = [e.map(lambda t: t.to(pupil.precision.device)) for e in examples]
        features = Features(torch.cat([self._features[i].embedding for i in chosen]))
        return pupil.learn(features, features, examples, talk, rng)


@torch.no_grad()
def look(sam: Sam, images: Tensor, examples: Sequence[Example], precision: Precision) -> Features:
    """Encode (B, 3, S, S) uint8 pictures, on the model's device, without gradients."""
    pictures = prepare(images, [example.size for example in examples], sam)
    with precision.autocast():
        features = sam.image_encoder(pictures)
    return features.map(lambda t: t.float())
