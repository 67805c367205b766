"""`Replay`: photos that were dear to look at, asked about again. Knows no loss, no lesson."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from sam_widget.errors import SamError
from sam_widget.training.data.augment import Recipe, asked_anew
from sam_widget.training.data.stream import Batch, joined

if TYPE_CHECKING:
    import numpy as np

    from sam_widget.training.data.augment import Example

KEPT = 300
"""Photos at most: at 512 px a gigabyte of what encoders say and of masks."""

LEARNT_ANEW = (
    "photos are replayed only where the encoder's trunk is held (--frozen) "
    "or another model looks at them too (--teacher, --remember)."
)


class Replay:
    """Adds photos of earlier steps to a step's own, with other masks of theirs and other prompts.

    What a held trunk says of a picture is always the same, and so is what a teacher says: looking
    costs as much as learning from it three times. So each photo is learnt from several times,
    steps apart. Kept is what was dear: the trunk's maps, or the picture where the trunk learns, and
    the other model's features. It lives in this process alone: a run that goes on begins with none.

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
        self._kept: list[Batch] = []

    def __call__(self, batch: Batch, rng: np.random.Generator) -> Batch:
        """Remember a step's photos, and return them among earlier ones.

        Parameters
        ----------
        batch
            Fresh photos, on the model's device, with what is known of them: `rounds.with_maps`,
            `rounds.Lesson.look`.
        rng
            Chooses photos, masks and prompts.

        Raises
        ------
        ValueError
            Nothing is known: the trunk learns, and nobody else is asked.
        """
        if not batch.maps and batch.known is None:
            raise SamError(LEARNT_ANEW)
        for number in range(len(batch.examples)):
            one = _kept(batch[number])
            if len(self._kept) < KEPT:
                self._kept.append(one)
            else:
                self._kept[int(rng.integers(KEPT))] = one
        more = min(self._more, len(self._kept))
        chosen = [self._kept[i] for i in rng.choice(len(self._kept), more, replace=False)]
        place = batch.images.device
        again = [_anew(one, rng).map(lambda t: t.to(place)) for one in chosen]
        whole = joined([batch, *again])
        return replace(whole, examples=tuple(some(e, self._prompts, rng) for e in whole.examples))


def _kept(one: Batch) -> Batch:
    """Return what is kept of a photo: no picture where maps stand for it, and halves of floats."""
    examples = tuple(replace(e, image=e.image.new_empty(0)).map(_here) for e in one.examples)
    maps = tuple(_here(each).half() for each in one.maps)
    known = None if one.known is None else one.known.map(lambda t: _here(t).half())
    return Batch(_here(one.images[:0] if maps else one.images), examples, maps, known)


def _here(tensor: Tensor) -> Tensor:
    return tensor.to("cpu", copy=True)  # a slice would keep its whole batch


def _anew(one: Batch, rng: np.random.Generator) -> Batch:
    return replace(one, examples=tuple(asked_anew(e, Recipe.boxes, rng) for e in one.examples))


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
