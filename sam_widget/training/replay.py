"""`Replay`: photos that a held trunk has looked at, asked about again. Knows no loss, no lesson."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from sam_widget.training.data.augment import Recipe, asked_anew
from sam_widget.training.data.stream import Batch
from sam_widget.training.rounds import trunk_maps

if TYPE_CHECKING:
    import numpy as np

    from sam_widget.models.sam import Sam
    from sam_widget.training.data.augment import Example
    from sam_widget.training.precision import Precision

KEPT = 300
"""Photos at most: at 512 px a gigabyte of what TinyViT's trunk says and of masks."""


@dataclass(frozen=True)
class _Seen:
    """One augmented photo and what the trunk says of it, float16, (1, C, h, w) each."""

    example: Example
    maps: tuple[Tensor, ...]


class Replay:
    """Adds photos of earlier steps to a step's own, with other masks of theirs and other prompts.

    Where the trunk of an encoder is held, what it says of a picture is always the same: looking
    costs as much as learning from it three times. So each photo is learnt from several times,
    steps apart. What is kept lives in this process alone: a run that goes on begins with none.

    Parameters
    ----------
    more
        Photos added to each step's own.
    prompts
        Masks a photo at most; a photo should come with more, to choose from.
    """

    def __init__(self, more: int, prompts: int) -> None:
        self._more = more
        self._prompts = prompts
        self._kept: list[_Seen] = []

    def __call__(
        self, sam: Sam, batch: Batch, precision: Precision, rng: np.random.Generator
    ) -> Batch:
        """Look at a step's photos, remember them, and return them among earlier ones.

        Parameters
        ----------
        sam
            Its trunk needs no gradient.
        batch
            Fresh photos, on the model's device.
        precision
            The number type of the trunk.
        rng
            Chooses photos, masks and prompts.

        Raises
        ------
        ValueError
            The trunk learns.
        """
        with precision.autocast():
            maps = trunk_maps(sam, batch)
        if any(each.requires_grad for each in maps):
            raise ValueError("photos are replayed only where the encoder's trunk is held: --frozen")
        place, blank = batch.images.device, torch.empty(0, dtype=torch.uint8)
        for i, example in enumerate(batch.examples):
            own = tuple(each[i : i + 1].to("cpu", torch.float16) for each in maps)
            seen = _Seen(replace(example.map(Tensor.cpu), image=blank), own)
            if len(self._kept) < KEPT:
                self._kept.append(seen)
            else:
                self._kept[int(rng.integers(KEPT))] = seen
        more = min(self._more, len(self._kept))
        chosen = [self._kept[i] for i in rng.choice(len(self._kept), more, replace=False)]
        again = [asked_anew(each.example, Recipe.boxes, rng) for each in chosen]
        examples = [*batch.examples, *(example.map(lambda t: t.to(place)) for example in again)]
        joined = tuple(
            torch.cat([own.float(), *(seen.maps[n].to(place).float() for seen in chosen)])
            for n, own in enumerate(maps)
        )
        return Batch(batch.images, tuple(some(e, self._prompts, rng) for e in examples), joined)


def some(example: Example, count: int, rng: np.random.Generator) -> Example:
    """Return a photo with so many of its masks at most, by chance."""
    if len(example.masks) <= count:
        return example
    chosen = torch.from_numpy(rng.choice(len(example.masks), count, replace=False))
    chosen = chosen.to(example.masks.device)
    return replace(
        example,
        masks=example.masks[chosen],
        clicks=example.clicks[chosen],
        boxes=example.boxes[chosen],
        by_box=example.by_box[chosen],
    )
