"""Distillation: a loaded SAM teaches another its embedding and its answers. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

from sam_widget.training.losses import Loss, prompt_loss
from sam_widget.training.prompting import Asked, Clicks, encode, next_clicks, within
from sam_widget.training.rounds import Tally, asked_loss, encoded, go_back

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from sam_widget.models.features import Features
    from sam_widget.models.sam import Sam
    from sam_widget.training.data.stream import Batch
    from sam_widget.training.rounds import Talk


def adopt(student: Sam, teacher: Sam) -> None:
    """Give the student the teacher's prompt encoder and mask decoder.

    Then only the image encoder is new, and the teacher's embedding is just what it should say
    (Zhang et al. 2023, "Faster Segment Anything", section 3).

    Raises
    ------
    ValueError
        The two are of different shapes.
    """
    try:
        student.prompt_encoder.load_state_dict(teacher.prompt_encoder.state_dict())
        student.mask_decoder.load_state_dict(teacher.mask_decoder.state_dict())
    except RuntimeError as error:
        raise ValueError("the teacher's decoder has other shapes than the student's.") from error


@dataclass(frozen=True)
class Distillation:
    """A step of learning from a teacher, in place of `rounds.backward`.

    The student answers the prompts of a batch as it does with masks that people drew; what is right
    is what the teacher says to the same prompts, soft at its borders. Each later click goes where
    the two differ, and the teacher answers it too: prompts in the loop (Zhou et al. 2023,
    "EdgeSAM", section 3). How much an answer counts is the teacher's predicted IoU of it.

    Attributes
    ----------
    teacher
        Any loaded SAM, in evaluation mode, on the device of the training.
    embedding
        Weight of the mean squared difference of the embeddings beside the masks' losses. It says
        something where the student has the teacher's decoder (`adopt`) or learns one for it.
    labels
        Weight of the photos' own masks beside the teacher's.
    """

    teacher: Sam
    embedding: float = 0.0
    labels: float = 0.0

    def __call__(
        self,
        sam: Sam,
        batch: Batch,
        talk: Talk,
        rng: np.random.Generator | None,
        *,
        prompts: int | None = None,
        scale: Callable[[Tensor], Tensor] = lambda loss: loss,
    ) -> Tally:
        """Run one step forward and back; the arguments are those of `rounds.backward`."""
        tally = Tally()
        with talk.precision.autocast():
            known = self._look(batch, sam.side)

        def loss_of(part: Features, asked: Asked, chosen: slice) -> Tensor:
            lesson = _Lesson(sam, self.teacher, part, known[chosen], asked, talk)
            loss = lesson.loss(rng, tally)
            if self.labels:
                own = asked_loss(sam, part, asked, talk, rng=rng, tally=tally)
                loss = loss + self.labels * own
            if self.embedding:
                apart = lesson.embedding_loss()  # (P,)
                tally.add("embedding", apart)
                loss = loss + self.embedding * apart.sum()
            return loss

        with encoded(sam, batch, talk) as features:
            examples = batch.examples
            go_back(features, examples, talk, loss_of, tally, prompts=prompts, scale=scale)
        return tally

    @torch.no_grad()
    def _look(self, batch: Batch, side: int) -> Features:
        """Encode the batch by the teacher, each picture as large in its square as in ours."""
        times = self.teacher.side / side
        pictures = []
        for image, example in zip(batch.images, batch.examples, strict=True):
            width, height = example.size
            size = (max(1, round(height * times)), max(1, round(width * times)))
            inside = image[None, :, :height, :width].float()
            resized = F.interpolate(inside, size, mode="bilinear", antialias=True)
            pictures.append(self.teacher.preprocess(resized))
        return self.teacher.image_encoder(torch.cat(pictures))


@dataclass(frozen=True)
class _Lesson:
    """Some photos' prompts, answered by both."""

    student: Sam
    teacher: Sam
    own: Features
    known: Features
    asked: Asked
    talk: Talk

    def loss(self, rng: np.random.Generator | None, tally: Tally) -> Tensor:
        """Return the summed loss of all rounds."""
        n, talk = self.asked.clicked, self.talk
        rows = torch.arange(len(self.asked.masks), device=self.asked.masks.device)
        later: Clicks | None = None
        fed = told = None
        target = self.asked.masks
        total = target.new_zeros(())
        for number, clicks in enumerate((False, *talk.turns)):
            if clicks and fed is not None:
                later = _more(later, next_clicks(fed, replace(self.asked, masks=target), rng))
            with torch.no_grad():
                said, sure = self._answer(self.teacher, self.known, later, told)
            logits, iou = self._answer(self.student, self.own, later, fed)
            best, ours = (1 + x[:, 1:].argmax(1) for x in (sure, iou))
            if number:
                best, ours = torch.zeros_like(best), torch.zeros_like(ours)
            best[n:] = ours[n:] = 0
            told = said[rows, best][:, None]
            target, weight = self._target(told, sure[rows, best])
            coarse = F.avg_pool2d(target[:, None], 2)[:, 0]
            if number:
                single = prompt_loss(logits[:, :1], iou[:, :1], coarse, target)
                total = total + _weighed(single, weight, talk.iou_weight)
            else:
                three = prompt_loss(logits[:, 1:], iou[:, 1:], coarse, target)
                boxed = prompt_loss(logits[n:, :1], iou[n:, :1], coarse[n:], target[n:])
                tally.add("mask_loss", three.mask)
                tally.add("agreement", three.achieved.amax(1))
                total = _weighed(three, weight, talk.iou_weight)
                total = total + _weighed(boxed, weight[n:], talk.iou_weight)
            fed = logits[rows, ours].detach()[:, None]
        return total

    def embedding_loss(self) -> Tensor:
        """Return for each prompt its photo's mean squared difference of embeddings, (P,)."""
        ours, theirs = self.own.embedding, self.known.embedding.float()
        if ours.shape[-2:] != theirs.shape[-2:]:
            theirs = F.interpolate(theirs, ours.shape[-2:], mode="bilinear", antialias=True)
        each = ((ours.float() - theirs) ** 2).mean((1, 2, 3))
        return each[self.asked.photo]

    def _answer(
        self, sam: Sam, features: Features, later: Clicks | None, fed: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        times = sam.side / self.student.side

        def there(xy: Tensor) -> Tensor:
            return (xy + 0.5) * times - 0.5  # from the student's pixels

        asked = replace(self.asked, clicks=there(self.asked.clicks), boxes=there(self.asked.boxes))
        moved = None if later is None else (there(later[0]), later[1])
        sparse, dense = encode(sam.prompt_encoder, asked, moved, fed)
        pe = sam.prompt_encoder.get_dense_pe()
        with self.talk.precision.autocast():
            logits, iou = sam.mask_decoder(asked.own(features), pe, sparse, dense)
        return logits.float(), iou.float()

    def _target(self, told: Tensor, sure: Tensor) -> tuple[Tensor, Tensor]:
        """Return the teacher's masks as ours are, (P, S/2, S/2) in 0..1, and their weights (P,)."""
        size = self.asked.masks.shape[-2:]
        target = F.interpolate(told, size, mode="bilinear", align_corners=False)[:, 0].sigmoid()
        weight = sure.clamp(0, 1)
        shown = (target > 0.5) & within(self.asked.sizes, target)
        empty = ~shown.flatten(1).any(1)
        # Nothing is learnt from an empty answer, or one beside the picture; what people drew stands
        # in for where to click.
        target = torch.where(empty[:, None, None], self.asked.masks, target)
        return target, torch.where(empty, 0.0, weight)


def _more(later: Clicks | None, new: Clicks) -> Clicks:
    if later is None:
        return new
    return torch.cat([later[0], new[0]], 1), torch.cat([later[1], new[1]], 1)


def _weighed(loss: Loss, weight: Tensor, iou_weight: float) -> Tensor:
    return (weight * (loss.mask + iou_weight * loss.iou)).sum()
