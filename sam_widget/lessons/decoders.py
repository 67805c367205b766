"""Two mask decoders on the same clicks: what they learn from, how long, how well. Draws nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from sam_widget.models.attention import Placed
from sam_widget.models.layers import MLP
from sam_widget.models.mask_decoder import MaskProduct, Upscaling
from sam_widget.models.transformer import TwoWayTransformer

from .speech import say
from .threads import one_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from matplotlib.figure import Figure

    from .study import Study

GRID = 16  # of the embedding, made small: a class has no time for 32
SIDE = 4 * GRID  # of the masks
SPACING = 6  # clicks along each side of a photo, to find things
EACH = 16  # clicks into a thing
SMALLEST = 1 / 100  # of the picture
AT_ONCE = 8  # clicks of a step, all of one photo


@dataclass(frozen=True, eq=False)
class Clicks:
    """Clicks on one photo, and the thing that each is on, as a trained SAM sees it.

    Attributes
    ----------
    image : Tensor
        (1, 256, GRID, GRID) float: the photo's embedding.
    positions : Tensor
        (1, 256, GRID, GRID) float: where its places are.
    prompts : Tensor
        (N, 2, 256) float: the tokens of a click, from the prompt encoder.
    masks : Tensor
        (N, 4 * GRID, 4 * GRID) float, 0 or 1: the teacher's.
    """

    image: Tensor
    positions: Tensor
    prompts: Tensor
    masks: Tensor

    @classmethod
    def of(cls, study: Study, spacing: int = SPACING) -> Self:
        """Ask a model that has seen a photo for things that do not overlap, and click into each.

        It is asked on a grid of so many clicks a side; a thing gets ``EACH`` clicks in it.
        """
        sam, frame = study.segmenter.sam, study.embedding.frame
        small = functional.adaptive_avg_pool2d
        with torch.inference_mode():
            logits, iou = _asked(study, spacing)
            best = logits[torch.arange(len(iou)), iou.argmax(1)]
            things = apart(small(best[:, None], SIDE)[:, 0] > 0, iou.amax(1))
            chance = torch.Generator().manual_seed(0)
            cells = torch.stack([_cells_in(each, chance) for each in things])  # (K, EACH, 2)
            xy = (cells + 0.5) * (frame.side / SIDE) - 0.5  # in the model's pixels
            points = xy.reshape(-1, 1, 2)
            sparse, _ = sam.prompt_encoder((points, torch.ones(points.shape[:2])))
            image = small(study.embedding.features.embedding.float(), GRID)
            positions = sam.prompt_encoder.pe_layer.grid(GRID, GRID)
            masks = things.float().repeat_interleave(EACH, 0)
        # a copy of each: what inference made cannot be learnt from
        return cls(*(each.clone() for each in (image, positions, sparse, masks)))

    def parted(self, every: int = 4) -> tuple[Self, Self]:
        """Return the clicks to learn from, and every fourth, which nobody learns from."""
        kept = torch.arange(len(self.masks)) % every == every - 1
        return self._of(~kept), self._of(kept)

    def _of(self, which: Tensor) -> Self:
        here = self.image, self.positions
        return type(self)(*here, self.prompts[which], self.masks[which])


def apart(masks: Tensor, scores: Tensor) -> Tensor:
    """Return (K, h, w) bool: of (N, h, w) masks the best that overlap with none that is better.

    Those below a hundredth of the picture, or above half of it, are left out.
    """
    kept: list[Tensor] = []
    for index in scores.argsort(descending=True):
        mask = masks[index]
        inside = SMALLEST * mask.numel() <= mask.sum() <= mask.numel() / 2
        if inside and not any((mask & each).any() for each in kept):
            kept.append(mask)
    return torch.stack(kept) if kept else masks[:0]


def _asked(study: Study, spacing: int) -> tuple[Tensor, Tensor]:
    frame = study.embedding.frame
    x, y = ((np.arange(spacing) + 0.5) * side / spacing for side in (frame.width, frame.height))
    points = np.stack(np.meshgrid(x, y), -1).reshape(-1, 1, 2).astype(np.float32)
    labels = np.ones(points.shape[:2], np.int64)
    return study.segmenter.decode_batch(study.embedding, points, labels, multimask=True)


def _cells_in(mask: Tensor, chance: torch.Generator) -> Tensor:
    """Return (EACH, 2) places of a mask by chance, x y in its own pixels."""
    places = mask.nonzero().flip(1)
    return places[torch.randint(len(places), (EACH,), generator=chance)]


class TwoWayDecoder(nn.Module):
    """SAM's decoder for one mask, beginning from nothing: two-way blocks, upscaling, a kernel."""

    def __init__(self, width: int = 256, hidden: int = 256) -> None:
        super().__init__()
        self.mask_token = nn.Parameter(torch.randn(1, 1, width) * 0.5)
        self.transformer = TwoWayTransformer(width=width, hidden=hidden)
        self.upscaling = Upscaling(width)
        self.hypernetwork = MLP(width, width, width // 8, 3)
        self.product = MaskProduct()

    def forward(self, image: Tensor, positions: Tensor, prompts: Tensor) -> Tensor:
        """Image and positions (1, C, H, W), prompts (B, N, C) -> logits (B, 4H, 4W)."""
        count, size = len(prompts), image.shape[-2:]
        tokens = torch.cat([self.mask_token.expand(count, -1, -1), prompts], 1)
        pixels, places = (each.flatten(2).mT for each in (image, positions))
        tokens, pixels = self.transformer(Placed(pixels, places), tokens, [0])
        features = self.upscaling(pixels.mT.unflatten(2, size))
        logits: Tensor = self.product(self.hypernetwork(tokens), features)
        return logits[:, 0]


@dataclass(frozen=True)
class Learned:
    """How a decoder's training went.

    Attributes
    ----------
    losses : tuple of float
        One a step: binary cross-entropy and dice.
    seconds : float
        All steps together.
    """

    losses: tuple[float, ...]
    seconds: float


@one_thread()
def train(
    decoder: nn.Module,
    photos: Iterable[Clicks],
    steps: int = 100,
    rate: float = 1e-3,
    tell: Callable[[int, float], object] = lambda *_: None,
) -> Learned:
    """Teach a decoder the masks of clicks: the same batches in the same order for every decoder.

    Parameters
    ----------
    decoder : nn.Module
        Called as ``decoder(image, positions, prompts)``; returns logits (B, 4 GRID, 4 GRID).
    photos : iterable of Clicks
        By turns.
    steps : int
        Of AdamW, on 8 clicks each.
    rate : float
        Its learning rate, after a warm-up of a tenth of the steps, falling to 0.
    tell : callable
        Takes the step and its loss.
    """
    chance, photos = torch.Generator().manual_seed(0), tuple(photos)
    optimizer = torch.optim.AdamW(decoder.parameters(), rate)
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / warm, (steps - n) / max(1, steps - warm))
    )
    losses, began = [], time.perf_counter()
    decoder.train()
    for step in range(steps):
        here = photos[step % len(photos)]
        some = torch.randperm(len(here.masks), generator=chance)[:AT_ONCE]
        logits = decoder(here.image, here.positions, here.prompts[some])
        loss = mask_loss(logits, here.masks[some])
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(decoder.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
        tell(step, losses[-1])
    decoder.eval()
    return Learned(tuple(losses), time.perf_counter() - began)


def curves_of(went: Mapping[str, Learned]) -> Figure:
    """Draw the losses of trainings, each smoothed over ten steps, by their names."""
    from matplotlib.figure import Figure  # noqa: PLC0415  an extra, heavy

    figure = Figure((6, 2.6), layout="tight")
    axes = figure.subplots()
    for name, each in went.items():
        span = min(10, len(each.losses))
        axes.plot(np.convolve(each.losses, np.ones(span) / span, "valid"), label=name)
    axes.set_xlabel(say("step", "걸음"))
    axes.set_ylabel(say("loss", "손실"))
    axes.legend()
    return figure


def mask_loss(logits: Tensor, masks: Tensor) -> Tensor:
    """Return binary cross-entropy and dice loss of (B, h, w) logits, summed, their means."""
    shares = logits.sigmoid()
    both = 2 * (shares * masks).sum((1, 2)) + 1
    dice = 1 - both / (shares.sum((1, 2)) + masks.sum((1, 2)) + 1)
    return functional.binary_cross_entropy_with_logits(logits, masks) + dice.mean()


def judged(decoder: Any, photos: Iterable[Clicks]) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return (N,) float32: the IoU of a decoder's mask with the teacher's, of each click."""
    ious = []
    with torch.inference_mode():
        for here in photos:
            drawn = decoder(here.image, here.positions, here.prompts) > 0
            truth = here.masks > 0
            union = (drawn | truth).sum((1, 2)).clamp(min=1)
            ious.append((drawn & truth).sum((1, 2)) / union)
    return torch.cat(ious).numpy()
