"""Prompts of many photos as one batch: first ones, later clicks, turns. No decoder, no loss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

from sam_widget.training.clicks import correction, innermost

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from sam_widget.models.features import Features
    from sam_widget.models.prompt_encoder import PromptEncoder
    from sam_widget.training.data.augment import Example

Clicks = tuple[Tensor, Tensor]
"""(P, R, 2) float x y in the model's pixels, and (P, R) int: 1 on the thing, 0 off it."""

AT_ONCE = 2**16
"""Image tokens that a GPU decodes at once: 113 prompts at 384 px, 16 at 1024 px; some 5 GB."""


@dataclass(frozen=True)
class Asked:
    """P masks of one or more photos with their first prompts; the clicked ones come first."""

    masks: Tensor
    """(P, S/2, S/2) float, share of each 2x2 px covered, 0..1."""
    clicks: Tensor
    """(P, 2) float, x y."""
    boxes: Tensor
    """(P, 4) float, x0 y0 x1 y1."""
    clicked: int
    """So many of them start with a click, the rest with a box."""
    photo: Tensor
    """(P,) int64, which of the photos each belongs to."""
    sizes: tuple[tuple[int, int], ...]
    """(width, height) of each prompt's picture inside the masks' square, in the masks' pixels."""

    def own(self, features: Features) -> Features:
        """Return each prompt's features; of a single photo the same for all, B = 1."""
        if features.embedding.shape[0] == 1:
            return features
        return features.map(lambda t: t.index_select(0, self.photo))


def ask(examples: Sequence[Example]) -> Asked:
    """Put the prompts of some photos together."""
    by_box = torch.cat([e.by_box for e in examples])
    counts = torch.tensor([len(e.masks) for e in examples])
    order = torch.argsort(by_box.int(), stable=True)
    halves = [(-(-e.size[0] // 2), -(-e.size[1] // 2)) for e in examples]
    photo = torch.repeat_interleave(torch.arange(len(examples)), counts).to(order.device)[order]
    return Asked(
        torch.cat([e.masks for e in examples])[order].float() / 255,
        torch.cat([e.clicks for e in examples])[order],
        torch.cat([e.boxes for e in examples])[order],
        int((~by_box).sum()),
        photo,
        tuple(halves[number] for number in photo.tolist()),
    )


def groups(examples: Sequence[Example], tokens: int, at_once: int) -> list[list[int]]:
    """Part the photos of a batch into runs that are decoded together.

    Parameters
    ----------
    examples
        A batch.
    tokens
        Of one photo's embedding: its height times its width.
    at_once
        Tokens of all prompts of a run at most; a photo is never parted. 0 takes photo by photo.
    """
    parts: list[list[int]] = []
    room = 0
    for number, example in enumerate(examples):
        needed = len(example.masks) * tokens
        if not parts or needed > room:
            parts.append([])
            room = at_once
        parts[-1].append(number)
        room -= needed
    return parts


def encode(
    encoder: PromptEncoder, asked: Asked, later: Clicks | None = None, fed: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """Encode the prompts so far; `fed` are the logits fed back, (P, 1, h, w).

    A click is padded to two tokens and a box has two, so both kinds go through the decoder at once.
    """
    n = asked.clicked
    sparse, dense = [], []
    if n:
        xy = asked.clicks[:n, None]
        labels = torch.ones(n, 1, dtype=torch.int64, device=xy.device)
        if later is not None:
            xy = torch.cat([xy, later[0][:n]], 1)
            labels = torch.cat([labels, later[1][:n]], 1)
        tokens = encoder((xy, labels), None, None if fed is None else fed[:n])
        sparse.append(tokens[0])
        dense.append(tokens[1])
    if n < len(asked.masks):
        points = None if later is None else (later[0][n:], later[1][n:])
        tokens = encoder(points, asked.boxes[n:], None if fed is None else fed[n:])
        sparse.append(tokens[0])
        dense.append(tokens[1])
    return torch.cat(sparse), torch.cat(dense)


MOST = 10
"""Later clicks in a step at most, where their number varies: as many as the protocol goes to."""


def turns(corrections: float, mask_rounds: int, rng: np.random.Generator) -> tuple[bool, ...]:
    """Return for each round after the first whether it brings a new click.

    Parameters
    ----------
    corrections
        Rounds with a click. A whole number is kept in each step, as in the paper; else it is the
        mean: most steps have none, and a few go on for long, so that a fifth click is practised at
        the price of half a one.
    mask_rounds
        Rounds more that say nothing new and only feed the mask back, so that the model learns to
        better its own answer: one at the end, a second somewhere before it. The paper has 8 and 2
        (Segment Anything, appendix A "Training algorithm"). None where there is no correction.
    rng
        Draws that number, and where "somewhere" is.
    """
    fixed = float(corrections).is_integer()
    clicks = int(corrections if fixed else min(MOST, rng.geometric(1 / (1 + corrections)) - 1))
    order = [True] * clicks
    if not clicks or not mask_rounds:
        return tuple(order)
    for _ in range(mask_rounds - 1):
        order.insert(int(rng.integers(len(order) + 1)), False)
    return (*order, False)


def next_clicks(logits: Tensor, asked: Asked, rng: np.random.Generator | None) -> Clicks:
    """Click once into each mask's error; where nothing is wrong, into the mask once more.

    Parameters
    ----------
    logits
        (P, 1, h, w), the answers so far.
    rng
        Half of the clicks are random pixels of the error, half its innermost; without it, all are
        innermost. On a GPU the innermost pixel is that of `clicks_there`.

    Returns
    -------
    tuple
        (P, 1, 2) float and (P, 1) int64.
    """
    size = (asked.masks.shape[-2], asked.masks.shape[-1])
    shown = F.interpolate(logits, size, mode="bilinear", align_corners=False).squeeze(1) > 0
    truth = asked.masks > 0.5
    if shown.device.type != "cpu":
        return clicks_there(shown, truth, asked.sizes, rng)
    points, labels = [], []
    pairs = zip(shown.numpy(), truth.numpy(), asked.sizes, strict=True)
    for predicted, right, (width, height) in pairs:
        p, t = predicted[:height, :width], right[:height, :width]
        (x, y), positive = correction(p, t, rng) or (innermost(t), True)
        points.append((2 * x + 0.5, 2 * y + 0.5))
        labels.append(int(positive))
    return torch.tensor(points)[:, None], torch.tensor(labels)[:, None]


def clicks_there(
    shown: Tensor,
    truth: Tensor,
    sizes: Sequence[tuple[int, int]],
    rng: np.random.Generator | None,
) -> Clicks:
    """Do as `next_clicks` does where the masks are, all at once.

    The innermost pixel is the one that stays longest while the region is eaten from its border,
    pixel by pixel (chessboard distance instead of Euclidean).

    Parameters
    ----------
    shown, truth
        (P, H, W) bool.
    sizes
        (width, height) of each picture inside (H, W).
    rng
        As `next_clicks`; it seeds a generator on the device.
    """
    P, H, W = truth.shape
    inside = within(sizes, truth)
    missed, excess = truth & ~shown & inside, shown & ~truth & inside
    positive = missed.sum((1, 2)) >= excess.sum((1, 2))  # (P,)
    region = torch.where(positive[:, None, None], missed, excess)
    region = torch.where(region.any(2).any(1)[:, None, None], region, truth & inside)
    worth = _depth(region)
    if rng is not None:
        chance = torch.Generator(truth.device).manual_seed(int(rng.integers(2**62)))
        draw = torch.rand((P, H, W), generator=chance, device=truth.device)
        coin = torch.rand((P, 1, 1), generator=chance, device=truth.device) < 0.5
        worth = torch.where(coin, (draw + 1e-6) * region, worth)
    flat = worth.flatten(1).argmax(1)
    xy = torch.stack([flat % W, flat // W], 1) * 2 + 0.5
    return xy[:, None], positive.long()[:, None]


def within(sizes: Sequence[tuple[int, int]], masks: Tensor) -> Tensor:
    """Return what of each mask's square its picture fills, (P, H, W) bool.

    Parameters
    ----------
    sizes
        (width, height) of each picture.
    masks
        (P, H, W), on the device of the answer.
    """
    limits = torch.tensor(sizes, device=masks.device)  # (P, 2)
    across = torch.arange(masks.shape[2], device=masks.device) < limits[:, :1]
    down = torch.arange(masks.shape[1], device=masks.device) < limits[:, 1:]
    return down[:, :, None] & across[:, None, :]


def _depth(region: Tensor) -> Tensor:
    """Return each pixel's chessboard distance to what is outside, (P, H, W) float."""
    left = region.float()
    depth = left.clone()
    while left.any():
        left = -F.max_pool2d(F.pad(-left, (1, 1, 1, 1))[:, None], 3, 1)[:, 0]
        depth += left
    return depth
