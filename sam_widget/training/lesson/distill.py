"""Distillation: a loaded SAM teaches another its embedding and its answers. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations
from math import ceil
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

from sam_widget.errors import SamError
from sam_widget.training.lesson.losses import Loss, mask_loss, prompt_loss, true_iou
from sam_widget.training.lesson.prompting import Asked, Clicks, next_clicks, within
from sam_widget.training.lesson.rounds import Tally, answer, asked_loss, encoded, go_back

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from sam_widget.models.features import Features
    from sam_widget.models.sam import Sam
    from sam_widget.training.data.stream import Batch
    from sam_widget.training.lesson.rounds import Talk
    from sam_widget.training.run.precision import Precision

MODEST = 0.2
"""Of the spread of the teacher's embedding, what an encoder begins with that is to learn it; after
200 steps of learning it alone, it had come to as much."""


def adopt(student: Sam, teacher: Sam) -> None:
    """Give the student the teacher's prompt encoder and mask decoder.

    Then only the image encoder is new, and the teacher's embedding is just what it should say
    (Zhang et al. 2023, "Faster Segment Anything", section 3). It begins near the mean of that: what
    is not yet learnt would be noise to the decoder, whose logits would be far from any border.
    Skips of the student's are silent at first: they fit the decoder that it had.

    Raises
    ------
    ValueError
        The two are of different shapes.
    """
    try:
        student.prompt_encoder.load_state_dict(teacher.prompt_encoder.state_dict())
        student.mask_decoder.load_state_dict(teacher.mask_decoder.state_dict())
        norm = teacher.image_encoder.neck[-1].state_dict()
        norm["weight"] = MODEST * norm["weight"]
        student.image_encoder.neck[-1].load_state_dict(norm)
    except RuntimeError as error:
        raise SamError("the teacher's decoder has other shapes than the student's.") from error
    student.image_encoder.silence_skips()


@dataclass(frozen=True)
class Distillation:
    """A step of learning from a teacher, in place of `rounds.backward`.

    The student answers the prompts of a batch as it does with masks that people drew; what is right
    is what the teacher says to the same prompts, soft at its borders. Each later click goes where
    the two differ, and the teacher answers it too: prompts in the loop (Zhou et al. 2023,
    "EdgeSAM", section 3). How much an answer counts is the teacher's predicted IoU of it.

    Where the photos' own masks are learnt from as well, these lead: later clicks go where they
    differ from the student's answer, and they alone teach the predicted IoU, of which a teacher may
    know little. Of the teacher there is then what it says to the first prompt, its three candidates
    as a set, one of the student's for each; and it is heard only where its best is nearer to the
    photo's mask than the student's best.

    Attributes
    ----------
    teacher
        Any loaded SAM, in evaluation mode, on the device of the training; it looks at pictures of
        its own side.
    answers
        Weight of what it says.
    embedding
        Weight of the mean squared difference of the embeddings beside the masks' losses. It says
        something where the student has the teacher's decoder (`adopt`) or learns one for it. Alone,
        with the others at 0, it needs no prompt.
    labels
        Weight of the photos' own masks.
    """

    teacher: Sam
    answers: float = 1.0
    embedding: float = 0.0
    labels: float = 0.0

    def look(self, sam: Sam, batch: Batch, precision: Precision) -> Batch:
        """Return the batch with what the teacher's encoder says of it."""
        return replace(batch, known=batch.known or self._look(batch, sam.side, precision))

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
        known = batch.known or self._look(batch, sam.side, talk.precision)

        def loss_of(part: Features, asked: Asked, chosen: slice) -> Tensor:
            lesson = _Lesson(sam, self.teacher, part, known[chosen], asked, talk)
            loss = part.embedding.new_zeros(())
            if self.labels:
                first = answer(sam, part, asked, talk.precision)
                own = asked_loss(sam, part, asked, talk, rng=rng, tally=tally, first=first)
                loss = loss + self.labels * own
                if self.answers:
                    loss = loss + self.answers * lesson.beside(first[0], tally)
            elif self.answers:
                loss = loss + self.answers * lesson.loss(rng, tally)
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
    def _look(self, batch: Batch, side: int, precision: Precision) -> Features:
        """Encode the batch by the teacher, each picture as large in its square as in ours."""
        times = self.teacher.side / side
        pictures = []
        for image, example in zip(batch.images, batch.examples, strict=True):
            width, height = example.size
            size = (max(1, round(height * times)), max(1, round(width * times)))
            inside = image[None, :, :height, :width].float()
            resized = F.interpolate(inside, size, mode="bilinear", antialias=True)
            pictures.append(self.teacher.preprocess(resized))
        with precision.autocast():
            return self.teacher.image_encoder(torch.cat(pictures)).map(Tensor.float)


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
            precision = talk.precision
            logits, iou = answer(
                self.student, self.own, self.asked, precision, later=later, fed=fed
            )
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

    def beside(self, logits: Tensor, tally: Tally) -> Tensor:
        """Return how far first answers, (P, 4, h, w) logits, are from the teacher's, summed."""
        n = self.asked.clicked
        with torch.no_grad():
            said, sure = self._answer(self.teacher, self.known, None, None)
            if said.shape != logits.shape:
                said = F.interpolate(said, logits.shape[-2:], mode="bilinear", align_corners=False)
            weight = sure.clamp(0, 1) * self._there(said)
            soft = said.sigmoid()
            theirs, ours = (true_iou(x, self.asked.masks[:, None]) for x in (said, logits))
            single = theirs[n:, 0] > ours[n:, 0]
            heard = theirs[:, 1:].amax(1) > ours[:, 1:].amax(1)
        three = heard * set_loss(logits[:, 1:], soft[:, 1:], weight[:, 1:])
        boxed = single * weight[n:, 0] * mask_loss(logits[n:, 0], soft[n:, 0])
        tally.add("beside", three)
        tally.add("heard", heard.float())
        return three.sum() + boxed.sum()

    def _there(self, said: Tensor) -> Tensor:
        """Say which of (P, M, h, w) logits show something inside the picture, (P, M) bool."""
        times = self.asked.masks.shape[-1] / said.shape[-1]
        sizes = [(ceil(width / times), ceil(height / times)) for width, height in self.asked.sizes]
        return ((said > 0) & within(sizes, said[:, 0])[:, None]).flatten(2).any(2)

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
        return answer(sam, features, asked, self.talk.precision, later=moved, fed=fed)

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


def set_loss(logits: Tensor, soft: Tensor, weight: Tensor) -> Tensor:
    """Mask loss of M candidates and as many targets, each candidate with another one.

    Which belongs to which is chosen anew each time, so that the loss is lowest: three answers to an
    ambiguous click are a set.

    Parameters
    ----------
    logits
        (B, M, h, w) float.
    soft
        (B, M, h, w) float 0..1.
    weight
        (B, M) float, of each target.

    Returns
    -------
    (B,) float, the mean over targets.
    """
    M = logits.shape[1]
    pairs = mask_loss(logits[:, :, None].expand(-1, -1, M, -1, -1), soft[:, None])  # (B, M, M)
    cost = pairs * weight[:, None]
    orders = [cost[:, order, range(M)].mean(1) for order in permutations(range(M))]
    return torch.stack(orders).amin(0)


def _more(later: Clicks | None, new: Clicks) -> Clicks:
    if later is None:
        return new
    return torch.cat([later[0], new[0]], 1), torch.cat([later[1], new[1]], 1)


def _weighed(loss: Loss, weight: Tensor, iou_weight: float) -> Tensor:
    return (weight * (loss.mask + iou_weight * loss.iou)).sum()
