"""What a model said before it learns something new: to be said still, elsewhere. No optimiser."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from sam_widget.errors import SamError
from sam_widget.training.lesson.losses import dice_loss
from sam_widget.training.lesson.rounds import Tally, asked_loss, encoded, go_back, trunk_maps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np

    from sam_widget.models.features import Features
    from sam_widget.models.sam import Sam
    from sam_widget.training.data.augment import Example
    from sam_widget.training.data.stream import Batch
    from sam_widget.training.lesson.prompting import Asked
    from sam_widget.training.lesson.rounds import Talk
    from sam_widget.training.run.precision import Precision


@dataclass(frozen=True)
class Memory:
    """Holds a model to its old answers at points of a photo that no new mask covers.

    A few photos of one kind say nothing about what a click means elsewhere, and that is what is
    forgotten first. The old model knows it (Li and Hoiem 2016, "Learning without Forgetting").

    Attributes
    ----------
    old
        The model before, in evaluation mode.
    points
        Of each photo in a step.
    weight
        Of the difference of the answers beside the loss of one mask.
    iou_weight
        Of the predicted IoUs' difference beside the masks'.
    """

    old: Sam
    points: int
    weight: float
    iou_weight: float = 1.0

    @torch.no_grad()
    def look(self, batch: Batch, side: int, precision: Precision) -> Features:
        """Return what the old model says of a batch of that side; a trunk's maps are the same."""
        self.old.side = side
        with precision.autocast():
            maps = batch.maps or trunk_maps(self.old, batch)
            return self.old.image_encoder.finish(*maps).map(Tensor.float)

    def loss(
        self,
        sam: Sam,
        features: Features,
        known: Features,
        examples: Sequence[Example],
        *,
        precision: Precision,
        rng: np.random.Generator,
    ) -> Tensor:
        """Return how far the answers have moved: dice of all masks and squared IoUs, summed.

        Parameters
        ----------
        sam
            The model that learns.
        features, known
            Of the examples, by the model that learns and by the old one.
        examples
            Some photos, with the masks that are learnt from.
        precision
            The number type of the decoders.
        rng
            Draws the points.
        """
        drawn = [self._points(example, rng) for example in examples]
        xy = torch.cat(drawn)[:, None]  # (P, 1, 2)
        if not self.weight or not len(xy):
            return features.embedding.new_zeros(())
        photo = [number for number, points in enumerate(drawn) for _ in points]
        points = xy, torch.ones(xy.shape[:2], dtype=torch.int64, device=xy.device)

        def answer(model: Sam, looked: Features) -> tuple[Tensor, Tensor]:
            own = looked if len(examples) == 1 else looked.map(lambda t: t[photo])
            sparse, dense = model.prompt_encoder(points, None, None)
            pe = model.prompt_encoder.get_dense_pe()
            with precision.autocast():
                logits, iou = model.mask_decoder(own, pe, sparse, dense)
            return logits.float(), iou.float()

        with torch.no_grad():
            said, sure = answer(self.old, known)
        logits, iou = answer(sam, features)
        promised = (iou - sure) ** 2  # (P, 4)
        apart = dice_loss(logits, said.sigmoid()) + self.iou_weight * promised
        return self.weight * apart.mean(1).sum()

    def _points(self, example: Example, rng: np.random.Generator) -> Tensor:
        """Draw (P, 2) x y in the example's picture, outside its masks."""
        # In float64, where what is drawn below 1 does not become 1, which would lie outside.
        xy = torch.from_numpy(rng.uniform(0, 1, (self.points, 2)) * example.size)
        x, y = (xy / 2).long().to(example.masks.device).unbind(1)  # the masks are half as large
        free = (example.masks[:, y, x] == 0).all(0)
        return xy.float().to(free.device)[free] - 0.5


def teach_and_hold(
    sam: Sam,
    memory: Memory,
    features: Features,
    known: Features,
    *,
    examples: Sequence[Example],
    talk: Talk,
    rng: np.random.Generator,
    prompts: int | None = None,
    scale: Callable[[Tensor], Tensor] = lambda loss: loss,
) -> Tally:
    """Teach prompt encoder and mask decoder the photos' masks, and to say still what they said.

    Parameters
    ----------
    features, known
        Of the examples, by the model that learns and by the old one.
    examples, talk, rng, prompts, scale
        As `rounds.teach` has them.
    """
    tally = Tally()

    def loss_of(part: Features, asked: Asked, chosen: slice) -> Tensor:
        new = asked_loss(sam, part, asked, talk, rng=rng, tally=tally)
        there = examples[chosen]
        old = memory.loss(sam, part, known[chosen], there, precision=talk.precision, rng=rng)
        tally.add("moved", (old.detach() / len(there)).repeat(len(there)))
        return new + old

    go_back(features, examples, talk, loss_of, tally, prompts=prompts, scale=scale)
    return tally


@dataclass(frozen=True)
class Remembering:
    """A step on the photos' own masks that holds on to old answers, for `rounds.backward`."""

    memory: Memory

    def look(self, sam: Sam, batch: Batch, precision: Precision) -> Batch:
        """Return the batch with what the old model says of it."""
        return replace(batch, known=batch.known or self.memory.look(batch, sam.side, precision))

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
        if rng is None:
            raise SamError("where old answers are held on to is drawn by chance: give a rng.")
        known = batch.known or self.memory.look(batch, sam.side, talk.precision)
        with encoded(sam, batch, talk) as features:
            return teach_and_hold(
                sam,
                self.memory,
                features,
                known,
                examples=batch.examples,
                talk=talk,
                rng=rng,
                prompts=prompts,
                scale=scale,
            )
