"""Augmented photos in batches: an endless row, the same in every run. Reads no files itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

from sam_widget.formats.errors import DataError
from sam_widget.models.features import Features
from sam_widget.training.data.augment import Example, Recipe, make_example
from sam_widget.training.data.photos import Draw, Photos

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


DRAWS = 200
"""Photos that are tried for one place in the row: in a folder of yours or of pseudo-labels most may
have no mask, and hours of training shall not end with that."""

T = TypeVar("T")
B = TypeVar("B")


@dataclass(frozen=True)
class Batch:
    """What one step learns from."""

    images: torch.Tensor
    """(B, 3, S, S) uint8, RGB, padded right and bottom."""
    examples: tuple[Example, ...]
    """The same photos with sizes, masks and first prompts."""
    maps: tuple[torch.Tensor, ...] = ()
    """What a held trunk says of the photos, (B, C, h, w) each, where that is known already; the
    images are not looked at then."""
    known: Features | None = None
    """What another model's encoder says of them, a teacher's say, where that is known already."""

    def map(self, change: Callable[[torch.Tensor], torch.Tensor]) -> Batch:
        """Return the batch with each tensor changed: moved, pinned."""
        maps = tuple(change(each) for each in self.maps)
        known = None if self.known is None else self.known.map(change)
        return Batch(change(self.images), tuple(e.map(change) for e in self.examples), maps, known)

    def __getitem__(self, number: int) -> Batch:
        """Return one photo of the batch, as a batch."""
        own = slice(number, number + 1)
        maps = tuple(each[own] for each in self.maps)
        known = None if self.known is None else self.known[own]
        return Batch(self.images[own], self.examples[own], maps, known)

    def pin_memory(self) -> Batch:
        """Put it where a GPU fetches it by itself; the loader calls this."""
        return self.map(torch.Tensor.pin_memory)


class Stream(Dataset[Example]):
    """An endless row of augmented photos: number `index` is the same in every run of one seed.

    That is what lets a killed run go on exactly where it was: the step's number is all the state.
    """

    def __init__(self, photos: Photos, recipe: Recipe, seed: int) -> None:
        self.photos = photos
        self.recipe = recipe
        self.seed = seed
        self._draw = Draw(photos.sources)

    def __getitem__(self, index: int) -> Example:
        """Draw, decode and augment one photo; draws again where no mask survives the crop."""
        for attempt in range(DRAWS):
            rng = np.random.default_rng((self.seed, index, attempt))
            photo = self.photos[self._draw(rng)]
            example = make_example(photo.pixels, photo.annotations, photo.source, self.recipe, rng)
            if example is not None:
                return example
        raise DataError(f"{DRAWS} photos in a row had no mask of a useful size.")


def collate(examples: list[Example]) -> Batch:
    """Stack the photos; the masks stay apart, since each photo has its own number of them."""
    return Batch(torch.stack([e.image for e in examples]), tuple(examples))


def joined(parts: Sequence[Batch]) -> Batch:
    """Return several batches as one; of each the same is known."""
    maps = tuple(torch.cat(each) for each in zip(*(part.maps for part in parts), strict=True))
    known = [part.known for part in parts if part.known is not None]
    examples = tuple(example for part in parts for example in part.examples)
    images = torch.cat([part.images for part in parts])
    return Batch(images, examples, maps, Features.joined(known) if known else None)


def batches(
    row: Dataset[T],
    first: int,
    per_batch: int,
    workers: int,
    share: Callable[[list[int]], list[int]] = list,
    *,
    collate: Callable[[list[T]], B],
    pinned: bool = False,
) -> Iterator[B]:
    """Yield batches of an endless row for ever, from photo number `first` on.

    One worker process is enough on two cores: it decodes the next photos while this process
    computes.

    Parameters
    ----------
    row
        Photos by number: a `Stream`, say.
    first, per_batch
        The first batch has the numbers `first` to `first + per_batch - 1`.
    workers
        Processes that load; 0 loads here.
    share
        Chooses this process's part of a batch's numbers; all of them by default.
    collate
        Makes a batch of photos: `collate`, for a `Stream`'s.
    pinned
        Put batches where a GPU fetches them by itself.
    """

    def numbers() -> Iterator[list[int]]:
        start = first
        while True:
            yield share(list(range(start, start + per_batch)))
            start += per_batch

    loader: DataLoader[T] = DataLoader(
        row,
        batch_sampler=numbers(),
        collate_fn=collate,
        num_workers=workers,
        prefetch_factor=3 if workers else None,
        pin_memory=pinned,
    )
    yield from loader
