"""One step's conversation: first prompts, corrections, the losses. No optimiser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

from sam_widget.training.augment import Example
from sam_widget.training.clicks import correction, innermost
from sam_widget.training.losses import prompt_loss

if TYPE_CHECKING:
    import numpy as np

    from sam_widget.models.features import Features
    from sam_widget.models.sam import Sam
    from sam_widget.training.data import Batch


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


def prepare(images: Tensor, sizes: list[tuple[int, int]], sam: Sam) -> Tensor:
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


def _tokens(
    sam: Sam,
    example: Example,
    extra: tuple[Tensor, Tensor] | None = None,
    masks: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """Encode the prompts so far of a photo whose clicked masks come first, then its boxed ones.

    A click is padded to two tokens and a box has two, so both kinds go through the decoder at once.
    `extra` are later clicks, (K, R, 2) and (K, R); `masks` the logits fed back, (K, 1, h, w).
    """
    clicked = int((~example.by_box).sum())
    encode = sam.prompt_encoder
    sparse, dense = [], []
    if clicked:
        xy, labels = example.clicks[:clicked, None], torch.ones(clicked, 1, dtype=torch.int64)
        if extra is not None:
            xy = torch.cat([xy, extra[0][:clicked]], 1)
            labels = torch.cat([labels, extra[1][:clicked]], 1)
        tokens = encode((xy, labels), None, None if masks is None else masks[:clicked])
        sparse.append(tokens[0])
        dense.append(tokens[1])
    if clicked < len(example.masks):
        points = None if extra is None else (extra[0][clicked:], extra[1][clicked:])
        tokens = encode(points, example.boxes[clicked:], None if masks is None else masks[clicked:])
        sparse.append(tokens[0])
        dense.append(tokens[1])
    return torch.cat(sparse), torch.cat(dense)


def _clicked_first(example: Example) -> Example:
    order = torch.argsort(example.by_box.int(), stable=True)
    return Example(
        example.image,
        example.size,
        example.masks[order],
        example.clicks[order],
        example.boxes[order],
        example.by_box[order],
        example.source,
    )


def _later_clicks(
    logits: Tensor, fine: Tensor, example: Example, rng: np.random.Generator
) -> tuple[Tensor, Tensor]:
    """Click once into each mask's error; where nothing is wrong, into the mask once more."""
    shown = F.interpolate(
        logits, tuple(fine.shape[-2:]), mode="bilinear", align_corners=False
    ).squeeze(1)
    width, height = -(-example.size[0] // 2), -(-example.size[1] // 2)
    predicted = (shown > 0).numpy()[:, :height, :width]
    truth = (fine > 0.5).numpy()[:, :height, :width]
    points, labels = [], []
    for p, t in zip(predicted, truth, strict=True):
        (x, y), positive = correction(p, t, rng) or (innermost(t), True)
        points.append((2 * x + 0.5, 2 * y + 0.5))
        labels.append(int(positive))
    return torch.tensor(points)[:, None], torch.tensor(labels)[:, None]


def photo_loss(
    sam: Sam,
    features: Features,
    example: Example,
    *,
    corrections: int,
    iou_weight: float,
    rng: np.random.Generator,
    tally: Tally,
) -> Tensor:
    """Prompt one photo's masks and correct the answers; return the summed loss.

    The first round asks for three candidates, of which the lowest loss counts; a box, which leaves
    little doubt, is also answered by the single-mask token. Each later round feeds back the logits
    (of the candidate with the highest predicted IoU; without gradient, as in the paper) with one
    more click, and asks the single-mask token alone.

    Parameters
    ----------
    features
        Of this photo, B = 1.
    corrections
        Rounds after the first.
    iou_weight
        Of the predicted IoU's loss beside the mask's.
    rng
        All chance comes from here.
    tally
        Losses and IoUs are added to it.
    """
    example = _clicked_first(example)
    clicked = int((~example.by_box).sum())
    fine = example.masks.float() / 255  # (K, S/2, S/2)
    coarse = F.avg_pool2d(fine[:, None], 2)[:, 0]  # (K, S/4, S/4)
    pe = sam.prompt_encoder.get_dense_pe()

    logits, iou = sam.mask_decoder(features, pe, *_tokens(sam, example))
    three = prompt_loss(logits[:, 1:], iou[:, 1:], coarse, fine)
    boxed = prompt_loss(logits[clicked:, :1], iou[clicked:, :1], coarse[clicked:], fine[clicked:])
    chosen = iou[:, 1:].detach().argmax(1)  # (K,)
    got = three.achieved.gather(1, chosen[:, None])[:, 0]
    tally.add("mask_loss", three.mask)
    tally.add("iou_loss", three.iou)
    tally.add("one_click", got[:clicked])
    tally.add("best_of_three", three.achieved[:clicked].amax(1))
    tally.add("box", boxed.achieved[:, 0])
    loss = three.total(iou_weight) + boxed.total(iou_weight)

    picked = torch.cat([logits[torch.arange(clicked), 1 + chosen[:clicked]], logits[clicked:, 0]])
    extra: tuple[Tensor, Tensor] | None = None
    for _ in range(corrections):
        fed = picked.detach()[:, None]  # (K, 1, S/4, S/4)
        xy, labels = _later_clicks(fed, fine, example, rng)
        if extra is not None:
            xy, labels = torch.cat([extra[0], xy], 1), torch.cat([extra[1], labels], 1)
        extra = xy, labels
        logits, iou = sam.mask_decoder(features, pe, *_tokens(sam, example, extra, fed))
        single = prompt_loss(logits[:, :1], iou[:, :1], coarse, fine)
        tally.add("corrected", single.achieved[:, 0])
        loss = loss + single.total(iou_weight)
        picked = logits[:, 0]
    return loss


def backward(
    sam: Sam, batch: Batch, corrections: int, rng: np.random.Generator, iou_weight: float = 1.0
) -> dict[str, float]:
    """Run one step forward and back; gradients are left in the parameters, means are returned.

    The encoder sees the whole batch once. The decoder's graph is built and freed photo by photo,
    which keeps it in the processor's caches and its memory small.
    """
    tally = Tally()
    prompts = sum(len(e.masks) for e in batch.examples)
    features = sam.image_encoder(prepare(batch.images, [e.size for e in batch.examples], sam))
    leaves = features.map(lambda t: t.detach().requires_grad_())
    for i, example in enumerate(batch.examples):
        loss = photo_loss(
            sam,
            leaves[i],
            example,
            corrections=corrections,
            iou_weight=iou_weight,
            rng=rng,
            tally=tally,
        )
        loss = loss / prompts
        loss.backward()  # type: ignore[no-untyped-call]
        tally.add("loss", loss.detach().reshape(1) * prompts / len(example.masks))
    outputs, inputs = (features.embedding, *features.skips), (leaves.embedding, *leaves.skips)
    torch.autograd.backward(outputs, [t.grad for t in inputs])
    return tally.means()
