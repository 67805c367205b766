"""One step's conversation: first prompts, corrections, the losses. No optimiser."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

import torch
import torch.nn.functional as F
from torch import Tensor

from sam_widget.training.lesson.losses import prompt_loss
from sam_widget.training.lesson.prompting import Asked, ask, encode, groups, next_clicks
from sam_widget.training.run.optimise import trunk_learns
from sam_widget.training.run.precision import Precision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy as np

    from sam_widget.models.features import Features
    from sam_widget.models.sam import Sam
    from sam_widget.training.data.augment import Example
    from sam_widget.training.data.stream import Batch
    from sam_widget.training.lesson.prompting import Clicks

ON_THE_CPU = Precision(torch.device("cpu"))


@dataclass
class Tally:
    """Sums over prompts, for the log."""

    sums: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, values: Tensor) -> None:
        """Add (n,) values under a name."""
        if values.numel():
            self.sums[name] = self.sums.get(name, 0.0) + float(values.detach().sum())
            self.counts[name] = self.counts.get(name, 0) + values.numel()

    def means(self) -> dict[str, float]:
        """Return the mean under each name."""
        return {name: self.sums[name] / self.counts[name] for name in self.sums}

    @classmethod
    def joined(cls, tallies: Iterable[Tally]) -> Tally:
        """Return the sums of several."""
        whole = cls()
        for tally in tallies:
            for name, total in tally.sums.items():
                whole.sums[name] = whole.sums.get(name, 0.0) + total
                whole.counts[name] = whole.counts.get(name, 0) + tally.counts[name]
        return whole


@dataclass(frozen=True)
class Talk:
    """How the masks of a batch are asked for, and how the answers are weighed."""

    turns: tuple[bool, ...] = ()
    """The rounds after the first, by `prompting.turns`: whether each brings a new click."""
    iou_weight: float = 1.0
    """Of the predicted IoU's loss beside the mask's."""
    precision: Precision = ON_THE_CPU
    """Where, and in which number type."""
    at_once: int = 0
    """Image tokens that are decoded together, by `prompting.groups`; 0 takes photo by photo, which
    keeps a step in a processor's caches."""


class Lesson(Protocol):
    """One step forward and back, on the photos' own masks (`Labels`) or more than these."""

    def look(self, sam: Sam, batch: Batch, precision: Precision) -> Batch:
        """Return the batch with what another model's encoder says of it, if one is asked.

        That stays the same while the rest learns, so it may be kept: `replay.Replay`.
        """
        ...

    def __call__(
        self,
        sam: Sam,
        batch: Batch,
        talk: Talk,
        rng: np.random.Generator | None,
        *,
        prompts: int | None = None,
        scale: Callable[[Tensor], Tensor] = ...,
    ) -> Tally:
        """Leave gradients in the parameters, return what to log; see `backward`."""
        ...


def prepare(images: Tensor, sizes: Sequence[tuple[int, int]], sam: Sam) -> Tensor:
    """Normalise a batch of padded pictures, the padding being zero afterwards.

    Parameters
    ----------
    images
        (B, 3, S, S) uint8.
    sizes
        (width, height) of each picture inside its square.

    Returns
    -------
    (B, 3, S, S) float32, channels last in memory.
    """
    return torch.cat(
        [
            sam.preprocess(image[None, :, :height, :width])
            for image, (width, height) in zip(images, sizes, strict=True)
        ]
    ).contiguous(memory_format=torch.channels_last)


def answer(
    sam: Sam,
    features: Features,
    asked: Asked,
    precision: Precision,
    *,
    later: Clicks | None = None,
    fed: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """Answer some masks' first prompts, and what came later.

    Parameters
    ----------
    features
        Of the photos that the masks are from.
    asked
        The masks and their first prompts, in the model's pixels.
    precision
        The number type of the decoder.
    later
        Clicks after the first prompt.
    fed
        (P, 1, h, w) logits that are fed back.

    Returns
    -------
    tuple of Tensor
        Logits (P, 4, h, w) and predicted IoU (P, 4), float32.
    """
    sparse, dense = encode(sam.prompt_encoder, asked, later, fed)
    pe = sam.prompt_encoder.get_dense_pe()
    with precision.autocast():
        logits, iou = sam.mask_decoder(asked.own(features), pe, sparse, dense)
    return logits.float(), iou.float()


def asked_loss(
    sam: Sam,
    features: Features,
    asked: Asked,
    talk: Talk,
    *,
    rng: np.random.Generator | None,
    tally: Tally,
    first: tuple[Tensor, Tensor] | None = None,
) -> Tensor:
    """Prompt some masks and correct the answers; return the summed loss.

    The first round asks for three candidates, of which the lowest loss counts; a box, which leaves
    little doubt, is also answered by the single-mask token. Each later round feeds back the logits
    (of the candidate with the highest predicted IoU; without gradient, as in the paper), mostly
    with one more click, and asks the single-mask token alone.

    Parameters
    ----------
    features
        Of the photos that the masks are from.
    asked
        The masks and their first prompts.
    talk
        What follows.
    rng
        All chance comes from here; without it every later click is an innermost point.
    tally
        Losses and IoUs are added to it.
    first
        The answer to the first prompts, where there is one already.
    """
    n = asked.clicked
    fine = asked.masks  # (P, S/2, S/2)
    coarse = F.avg_pool2d(fine[:, None], 2)[:, 0]  # (P, S/4, S/4)
    logits, iou = first or answer(sam, features, asked, talk.precision)
    three = prompt_loss(logits[:, 1:], iou[:, 1:], coarse, fine)
    boxed = prompt_loss(logits[n:, :1], iou[n:, :1], coarse[n:], fine[n:])
    chosen = iou[:, 1:].detach().argmax(1)  # (P,)
    got = three.achieved.gather(1, chosen[:, None])[:, 0]
    tally.add("mask_loss", three.mask)
    tally.add("iou_loss", three.iou)
    tally.add("one_click", got[:n])
    tally.add("best_of_three", three.achieved[:n].amax(1))
    tally.add("box", boxed.achieved[:, 0])
    loss = three.total(talk.iou_weight) + boxed.total(talk.iou_weight)

    rows = torch.arange(n, device=logits.device)
    picked = torch.cat([logits[rows, 1 + chosen[:n]], logits[n:, 0]])
    later: Clicks | None = None
    for clicks in talk.turns:
        fed = picked.detach()[:, None]  # (P, 1, S/4, S/4)
        if clicks:
            xy, labels = next_clicks(fed, asked, rng)
            if later is not None:
                xy, labels = torch.cat([later[0], xy], 1), torch.cat([later[1], labels], 1)
            later = xy, labels
        logits, iou = answer(sam, features, asked, talk.precision, later=later, fed=fed)
        single = prompt_loss(logits[:, :1], iou[:, :1], coarse, fine)
        tally.add("corrected", single.achieved[:, 0])
        loss = loss + single.total(talk.iou_weight)
        picked = logits[:, 0]
    return loss


def go_back(
    features: Features,
    examples: Sequence[Example],
    talk: Talk,
    loss_of: Callable[[Features, Asked, slice], Tensor],
    tally: Tally,
    *,
    prompts: int | None = None,
    scale: Callable[[Tensor], Tensor] = lambda loss: loss,
) -> None:
    """Leave the gradients of a loss behind, in the features too.

    The graph is built and freed by groups of photos, which keeps it in a processor's caches or a
    GPU's memory.

    Parameters
    ----------
    features
        Of the examples, in order: leaves, with or without need of a gradient.
    examples
        On the model's device.
    talk
        How many are decoded at once.
    loss_of
        Given the features of some photos, their masks and first prompts, and which photos of the
        batch these are: the loss, summed over prompts.
    tally
        The loss is added to it.
    prompts
        What the loss is divided by: the prompts of all processes that share a step; by default
        those of the examples.
    scale
        Applied to the loss before it goes back, as float16 needs it.
    """
    prompts = prompts or sum(len(e.masks) for e in examples)
    tokens = features.embedding.shape[-2] * features.embedding.shape[-1]
    for group in groups(examples, tokens, talk.at_once):
        chosen = slice(group[0], group[-1] + 1)
        asked = ask(examples[chosen])
        loss = loss_of(features[chosen], asked, chosen)
        scale(loss / prompts).backward()  # type: ignore[no-untyped-call]
        tally.add("loss", (loss.detach() / len(asked.masks)).repeat(len(group)))


def teach(
    sam: Sam,
    features: Features,
    examples: Sequence[Example],
    talk: Talk,
    rng: np.random.Generator | None,
    *,
    prompts: int | None = None,
    scale: Callable[[Tensor], Tensor] = lambda loss: loss,
) -> Tally:
    """Teach prompt encoder and mask decoder the photos' masks; arguments as `go_back` has them."""
    tally = Tally()

    def loss_of(part: Features, asked: Asked, _: slice) -> Tensor:
        return asked_loss(sam, part, asked, talk, rng=rng, tally=tally)

    go_back(features, examples, talk, loss_of, tally, prompts=prompts, scale=scale)
    return tally


def trunk_maps(sam: Sam, batch: Batch) -> tuple[Tensor, ...]:
    """Return what the encoder's trunk says of a batch's pictures."""
    return sam.image_encoder.trunk(prepare(batch.images, [e.size for e in batch.examples], sam))


@torch.no_grad()
def with_maps(sam: Sam, batch: Batch, precision: Precision) -> Batch:
    """Return a batch with what the trunk says of its pictures, unless the trunk learns."""
    if batch.maps or trunk_learns(sam.image_encoder):
        return batch
    with precision.autocast():
        return replace(batch, maps=trunk_maps(sam, batch))


@contextmanager
def encoded(sam: Sam, batch: Batch, talk: Talk) -> Iterator[Features]:
    """Encode a batch, once; what gradient is left in the features goes back through the encoder."""
    encoder = sam.image_encoder
    with talk.precision.autocast():
        features = encoder.finish(*(batch.maps or trunk_maps(sam, batch)))
    leaves = features.map(lambda t: t.detach().requires_grad_())
    yield leaves
    outputs, inputs = (features.embedding, *features.skips), (leaves.embedding, *leaves.skips)
    pairs = [(o, i.grad) for o, i in zip(outputs, inputs, strict=True) if o.requires_grad]
    learning = [(o, g) for o, g in pairs if g is not None]
    if learning:
        torch.autograd.backward([o for o, _ in learning], [g for _, g in learning])


def backward(
    sam: Sam,
    batch: Batch,
    talk: Talk,
    rng: np.random.Generator | None,
    *,
    prompts: int | None = None,
    scale: Callable[[Tensor], Tensor] = lambda loss: loss,
) -> Tally:
    """Run one step forward and back on the photos' own masks; gradients are left behind.

    Parameters
    ----------
    sam
        In training mode.
    batch
        On the model's device.
    talk
        How its masks are asked for.
    rng
        As `asked_loss`.
    prompts, scale
        As `go_back`.
    """
    with encoded(sam, batch, talk) as features:
        return teach(sam, features, batch.examples, talk, rng, prompts=prompts, scale=scale)


@dataclass(frozen=True)
class Labels:
    """The usual lesson: the photos' own masks, `backward`."""

    def look(self, sam: Sam, batch: Batch, precision: Precision) -> Batch:  # noqa: ARG002
        """Return the batch: nobody else is asked."""
        return batch

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
        """Run one step forward and back; the arguments are those of `backward`."""
        return backward(sam, batch, talk, rng, prompts=prompts, scale=scale)
