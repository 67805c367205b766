"""What a mask looks like, as a row of numbers: of the embedding, and of its shape. No scores."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np

from sam_widget.errors import SamError
from sam_widget.segment.enlarge import seen as within
from sam_widget.segment.mask_prompt import GivenMask
from sam_widget.segment.model import has_all

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sam_widget.geometry import Frame
    from sam_widget.masks import Mask

    Rows = NDArray[np.float32]

FINER = 4  # samples of the decoder's grid along one of the embedding
HALVES = 2  # samples of a print along a cell
AXES = 48  # of the embedding, those along which the picture varies most
FLOOR = 0.05  # of the largest variance: what varies less is not blown up to it
INSIDE = 0.6  # what counts how much: 1 - cosine of the embedding is multiplied by this,
SHAPE = (0.25, 0.25, 2.0)  # and the squares of what log area, log aspect and fill differ by


@dataclass(frozen=True, eq=False)
class Axes:
    """Along what pictures vary: features are told apart in these, equally along each.

    An encoder's features have one large mean and few large axes, which all pictures share and which
    say nothing of what lies where; as they come, everything is like everything (cosines above 0.9).

    Attributes
    ----------
    mean : ndarray
        (C,) float32.
    whiten : ndarray
        (C, K) float32.
    """

    mean: Rows
    whiten: Rows

    @classmethod
    def of(cls, cells: Rows) -> Axes:
        """Take them from the cells of a picture, (n, C), or of several."""
        mean = cells.mean(0)
        centred = (cells - mean).astype(np.float64)
        variances, axes = np.linalg.eigh(centred.T @ centred / len(centred))
        order = np.argsort(-variances)[:AXES]
        scale = np.sqrt(variances[order].clip(0) + FLOOR * max(variances.max(), 1e-12))
        return cls(mean, (axes[:, order] / scale).astype(np.float32))

    def on(self, rows: Rows) -> Rows:
        """Return (N, C) features as directions along the axes, (N, K), each of length 1."""
        along = (rows - self.mean) @ self.whiten
        length: Rows = np.linalg.norm(along, axis=1, keepdims=True)
        directions: Rows = (along / np.maximum(length, 1e-9)).astype(np.float32)
        return directions


@dataclass(frozen=True, eq=False)
class Traits:
    """What N masks look like, before they are compared along anything.

    Colours of the photo, and what surrounds a mask, were tried beside these: they made proposals
    worse, most of all of things that lie before one ground and another.

    Attributes
    ----------
    inside : ndarray
        (N, C) float32: mean of the embedding on the mask.
    shape : ndarray
        (N, 3) float32: log of its pixels; log of width by height; share of its box that it fills.
    """

    inside: Rows
    shape: Rows

    def __len__(self) -> int:
        return len(self.shape)

    def __getitem__(self, which: Any) -> Traits:
        """Return those of some of the masks."""
        return Traits(self.inside[which], self.shape[which])

    @classmethod
    def joined(cls, *parts: Traits) -> Traits:
        """Return those of several lots of masks as one."""
        lots = [one.inside for one in parts], [one.shape for one in parts]
        return cls(*map(np.concatenate, lots))

    @property
    def breadth(self) -> float:
        """Of the smallest, in image pixels: the side of a square of its area."""
        return float(np.exp(self.shape[:, 0].min() / 2))

    def within(self, axes: Axes) -> Rows:
        """Return what lies within the masks as rows, (N, D) float32, as ``Look.within``."""
        return _within(axes, self.inside)

    def along(self, axes: Axes) -> Rows:
        """Return the masks as rows, (N, D) float32: of like ones they lie close together."""
        shape = self.shape * np.sqrt(SHAPE, dtype=np.float32)
        return np.concatenate([self.within(axes), shape], axis=1)


@dataclass(frozen=True, eq=False)
class Look:
    """A picture as it is compared: the embedding's cells.

    Attributes
    ----------
    cells : ndarray
        (rows, columns, C) float32: the embedding where the picture is.
    grid : int
        Cells along each side, padding and all.
    frame : Frame
    """

    cells: Rows
    grid: int
    frame: Frame

    @classmethod
    def of(cls, embedding: Any) -> Look:
        """Take a model's embedding of a photo.

        Raises
        ------
        SamError
            The model's embeddings have no features to compare.
        """
        seen = embedding.tensors() if has_all(embedding, ("tensors", "grid", "frame")) else {}
        tensor = seen.get("embedding")
        if tensor is None:
            raise SamError("This model shows no features of its embedding to compare things by.")
        grid, frame = int(embedding.grid), embedding.frame
        rows, columns = (ceil(n / FINER) for n in within(grid * FINER, frame))
        cells = tensor[0, :, :rows, :columns].permute(1, 2, 0).float().cpu().numpy()
        return cls(np.ascontiguousarray(cells), grid, frame)

    @cached_property
    def axes(self) -> Axes:
        """Along what this picture varies."""
        return Axes.of(self._flat)

    @property
    def samples(self) -> int:
        """Of a print: ``HALVES`` along each cell."""
        rows, columns = self.cells.shape[:2]
        return int(rows * columns * HALVES**2)

    @cached_property
    def within(self) -> Rows:
        """Each cell as ``Traits.within`` has the inside of a mask, (n, D) float32."""
        return _within(self.axes, self._flat)

    @property
    def _flat(self) -> Rows:
        return self.cells.reshape(-1, self.cells.shape[-1])

    def grids(self, *masks: Mask) -> Rows:
        """Return masks of the photo as logits on the decoder's grid, (N, h, w) float32."""
        side = self.grid * FINER
        drawn = [GivenMask(mask).on(self.frame, side) for mask in masks]
        return np.stack(drawn) if drawn else np.zeros((0, side, side), np.float32)

    def drawn(self, logits: Rows) -> Traits:
        """Describe masks as the decoder draws them: (N, h, w) float32 on its grid."""
        shares = self._shares(logits, 1)
        weights = shares / np.maximum(shares.sum(1, keepdims=True), 1e-6)
        return Traits(weights @ self._flat, self._shapes(logits))

    def prints(self, logits: Rows) -> Rows:
        """Return what share of each part of a cell masks cover, (N, samples) float32."""
        return self._shares(logits, HALVES)

    def at(self, cells: Rows, places: NDArray[np.float64]) -> Rows:
        """Return values of the cells, (n,), at places in image pixels, (N, 2), between them too."""
        rows, columns = self.cells.shape[:2]
        x, y = (self.frame.to_model(places) + 0.5).T * (self.grid / self.frame.side) - 0.5
        x, y = x.clip(0, columns - 1), y.clip(0, rows - 1)
        left, top = (
            x.astype(int).clip(0, max(0, columns - 2)),
            y.astype(int).clip(0, max(0, rows - 2)),
        )
        right, down = np.minimum(left + 1, columns - 1), np.minimum(top + 1, rows - 1)
        across, along = x - left, y - top
        value = cells.reshape(rows, columns)
        upper = value[top, left] * (1 - across) + value[top, right] * across
        lower = value[down, left] * (1 - across) + value[down, right] * across
        found: Rows = upper * (1 - along) + lower * along
        return found

    def on(self, logits: Rows, places: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Whether places in image pixels, (N, 2), are on a mask, (h, w) logits."""
        side = logits.shape[-1]
        xy = (self.frame.to_model(places) + 0.5) * (side / self.frame.side)
        columns, rows = xy.astype(int).clip(0, side - 1).T
        within: NDArray[np.bool_] = logits[rows, columns] > 0
        return within

    def _shares(self, logits: Rows, parts: int) -> Rows:
        """Return what share of each cell, or of each of its parts, a mask covers, (N, parts)."""
        n, (rows, columns) = len(logits), self.cells.shape[:2]
        side = logits.shape[-1] // self.grid
        within = logits[:, : rows * side, : columns * side] > 0
        blocks = within.reshape(n, rows * parts, side // parts, columns * parts, side // parts)
        shares: Rows = blocks.mean((2, 4), dtype=np.float32)
        return shares.reshape(n, rows * columns * parts**2)

    def _shapes(self, logits: Rows) -> Rows:
        on = logits > 0
        # pixels of the image for one sample: across, down
        sx, sy = (self.frame.side / logits.shape[-1] / scale for scale in self.frame.scale)
        width = on.any(1).sum(1).clip(1) * sx
        height = on.any(2).sum(1).clip(1) * sy
        area = (on.sum((1, 2)) * sx * sy).clip(1)
        shapes = np.log(area), np.log(width / height), area / (width * height)
        return np.stack(shapes, axis=1).astype(np.float32)


def _within(axes: Axes, features: Rows) -> Rows:
    # half the squared distance of two directions is 1 - cosine
    return axes.on(features) * np.float32(np.sqrt(INSIDE / 2))
