"""A run that teaches words: one linear layer learns, the model stays. Knows no text encoder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from sam_widget.masks import Mask
from sam_widget.segment.loaded import embedded
from sam_widget.segment.mask_prompt import SURE, GivenMask
from sam_widget.segment.text.phrase_tokens import PhraseTokens, asked_with
from sam_widget.segment.text.taught import save
from sam_widget.training.lesson.losses import dice_loss, focal_loss
from sam_widget.training.run.plan import RunPlan, rise_and_fall
from sam_widget.training.run.precision import Precision
from sam_widget.training.run.results import write_whole
from sam_widget.training.run.run import Run
from sam_widget.training.run.stepper import Stepper

from .vocabulary import absent, masks_by_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from torch import Tensor

    from sam_widget.geometry import Frame
    from sam_widget.segment.segmenter import Segmenter
    from sam_widget.training.data.photos import Photo, Photos

    from .vocabulary import Lesson


ALPHA = 0.75
"""Of the focal loss of what is there: with the paper's 0.25, small things came to be nothing."""


@dataclass(frozen=True)
class WordsPlan(RunPlan):
    """All that teaching words does."""

    photos: int = 4
    """Photos a step."""
    present: int = 2
    """Words of a photo that are on it, at most."""
    missing: int = 1
    """Words that are not on it, whose mask is empty."""
    rate: float = 1e-3
    """Peak learning rate."""
    decay: float = 0.01
    """AdamW's weight decay."""
    warmup: int = 30
    """Steps until the peak rate."""
    noise: float = 0.02
    """Standard deviation of what is added to each number of a phrase's vector, whose length is 1:
    a word's neighbours come to mean nearly the same."""


def union(photo: Photo, numbers: Sequence[int]) -> Mask:
    """Return all masks of a word on a photo as one."""
    arrays = [photo.annotations[number].array() for number in numbers]
    return Mask.from_array(np.maximum.reduce(arrays) > 0)


def shares(mask: Mask, frame: Frame, samples: int) -> Tensor:
    """Return (samples, samples) float 0..1: how much of each sample of a grid a mask covers."""
    return torch.from_numpy(GivenMask(mask).on(frame, samples) / (2 * SURE) + 0.5)


@dataclass(frozen=True)
class Course:
    """What teaches, or judges.

    Attributes
    ----------
    photos : Photos
        Those that the lessons number.
    lessons : tuple of Lesson
    vectors : mapping of str to Tensor
        (text,) float of each word of the lessons.
    """

    photos: Photos
    lessons: tuple[Lesson, ...]
    vectors: Mapping[str, Tensor]


class Words(Run):
    """Teaches a segmenter words, step by step.

    Parameters
    ----------
    course
        Without what is held out.
    segmenter
        The model; it stays as it is.
    folder, plan
        As for every run.
    """

    def __init__(self, course: Course, segmenter: Segmenter, folder: Path, plan: WordsPlan) -> None:
        super().__init__(folder, plan)
        self.plan = plan
        self._photos, self._lessons = course.photos, course.lessons
        self._vectors = course.vectors
        self._away = {each: absent(each, self._lessons) for each in self._lessons}
        self._segmenter = segmenter
        torch.manual_seed(plan.seed)
        text = len(next(iter(course.vectors.values())))
        self.tokens = PhraseTokens(segmenter.sam.prompt_encoder.width, text)
        groups = [{"params": list(self.tokens.parameters()), "peak": plan.rate}]
        groups[0]["weight_decay"] = plan.decay
        self._stepper = Stepper(groups, Precision(torch.device("cpu")))
        self.resume()

    def take_step(self) -> dict[str, float]:
        """Learn from the next photos at the plan's rate."""
        plan, losses = self.plan, []
        for n in range(self.step * plan.photos, (self.step + 1) * plan.photos):
            loss = self._loss(n) / plan.photos
            loss.backward()  # type: ignore[no-untyped-call]
            losses.append(float(loss.detach()))
        factor = rise_and_fall(self.step, plan.warmup, self.progress())
        length = self._stepper.step(factor)
        return {"loss": sum(losses), "gradient": length, "rate": plan.rate * factor}

    def _loss(self, n: int) -> Tensor:
        """Return the mean loss of some words of the run's n-th photo."""
        round_, place = divmod(n, len(self._lessons))
        rng = np.random.default_rng((self.plan.seed, n))
        if round_:  # the first time in order, as they are looked at ahead
            order = np.random.default_rng((self.plan.seed, round_))
            place = int(order.permutation(len(self._lessons))[place])
        lesson = self._lessons[place]
        photo = self._photos[lesson.number]
        here, away = lesson.words, self._away[lesson]
        present = _some(here, self.plan.present, rng)
        missing = _some(away, self.plan.missing, rng)
        embedding = embedded(self._segmenter, np.asarray(photo.pixels))
        logits = self._logits((*present, *missing), embedding.features, rng)
        frame, samples = embedding.frame, logits.shape[-1]
        numbers = masks_by_word(photo)
        wanted = [shares(union(photo, numbers[word]), frame, samples) for word in present]
        wide, high = (-(-n * samples // frame.side) for n in frame.resized)
        logits = logits[:, :high, :wide]  # the rest is padding
        target = torch.stack(wanted)[:, :high, :wide]
        drawn = logits[: len(present)]
        loss = (20 * focal_loss(drawn, target, ALPHA) + dice_loss(drawn, target)).sum()
        nothing = torch.zeros_like(logits[len(present) :])
        loss = loss + 20 * focal_loss(logits[len(present) :], nothing).sum()
        return loss / len(logits)

    def _logits(self, words: Sequence[str], features: Any, rng: np.random.Generator) -> Tensor:
        vectors = torch.stack([self._vectors[word] for word in words])
        noise = rng.normal(0, self.plan.noise, tuple(vectors.shape)).astype(np.float32)
        return asked_with(
            self._segmenter.sam, features, self.tokens(vectors + torch.from_numpy(noise))
        )

    def state(self) -> dict[str, Any]:
        """Return the states of layer and optimiser."""
        return {"tokens": self.tokens.state_dict()} | self._stepper.state()

    def restore(self, state: dict[str, Any]) -> None:
        """Take them over."""
        self.tokens.load_state_dict(state["tokens"])
        self._stepper.restore(state)

    def publish(self, folder: Path) -> None:
        """Write the layer, with the words that it was taught."""
        words = tuple(sorted({word for each in self._lessons for word in each.words}))
        weights = self._segmenter.key.partition("-")[0]
        write_whole(
            lambda place: save(self.tokens, place, words, weights), folder / "words.safetensors"
        )


def _some(words: Sequence[str], most: int, rng: np.random.Generator) -> tuple[str, ...]:
    chosen = rng.permutation(len(words))[:most]
    return tuple(words[i] for i in sorted(chosen.tolist()))
