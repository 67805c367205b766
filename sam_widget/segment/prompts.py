"""What is asked of a segmenter and what it says: values. No network in here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

import numpy as np

from sam_widget.arrays import NoArrayError, to_array
from sam_widget.errors import SamError, shown
from sam_widget.pictured import picture_of

from .drawing import drawn
from .naming import CLEAR, names_by_nesting

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray
    from torch import Tensor

    from sam_widget.geometry import Frame
    from sam_widget.masks import Mask
    from sam_widget.models.features import Features

    Grids = TypeVar("Grids", NDArray[np.floating[Any]], Tensor)


STABILITY_OFFSET = 1.0  # of a logit, as in the paper's data engine (Appendix B)


def _no_points() -> NDArray[np.float32]:
    return np.zeros((0, 2), np.float32)


def _no_labels() -> NDArray[np.int64]:
    return np.zeros(0, np.int64)


def array_of(name: str, given: Any, wanted: str) -> NDArray[Any]:
    """Return the array that a list, an array or a tensor is, of whatever type.

    Raises
    ------
    SamError
        It is none, and what is wanted in its place.
    """
    try:
        return to_array(given)
    except NoArrayError as error:
        raise SamError(f"{name} are {wanted}, not {shown(given)}.") from error


def _numbers(name: str, given: Any, dtype: type[np.generic], wanted: str) -> NDArray[Any]:
    """Return what was given as finite numbers of a type."""
    array = array_of(name, given, wanted)
    if array.dtype.kind not in "biuf" and array.size:
        raise SamError(f"{name} are {wanted}, not {shown(given)}.")
    with np.errstate(all="ignore"):
        numbers = array.astype(dtype)
    if not (np.isfinite(array.astype(float)).all() and np.isfinite(numbers).all()):
        raise SamError(f"{name} are {wanted}, all finite, not {shown(given)}.")
    return numbers


@dataclass(frozen=True)
class Prompts:
    """What is asked about one thing in one image; lists and tensors become arrays.

    Attributes
    ----------
    points : ndarray
        (N, 2) float32, x y in image pixels, pixel centres at .5.
    labels : ndarray
        (N,) int64: 1 on the thing, 0 off it.
    box : ndarray, optional
        (4,) float32, x0 y0 x1 y1 in image pixels.
    logits : ndarray, optional
        (h, w) float32, a row of an earlier Prediction's ``logits``, to be refined.

    Raises
    ------
    SamError
        One of them is no such array, or there is not one label for each point.
    """

    points: NDArray[np.float32] = field(default_factory=_no_points)
    labels: NDArray[np.int64] = field(default_factory=_no_labels)
    box: NDArray[np.float32] | None = None
    logits: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        points = _numbers("points", self.points, np.float32, "(N, 2) numbers, x y of each point")
        points = points.reshape(0, 2) if not points.size else points
        labels = _numbers("labels", self.labels, np.int64, "(N,) numbers, 1 on the thing, 0 off it")
        if points.ndim != 2 or points.shape[1] != 2 or labels.shape != points.shape[:1]:
            raise SamError(
                "Prompts are points (N, 2) and labels (N,), one for each point, not"
                f" {points.shape} and {labels.shape}."
            )
        self._set("points", points)
        self._set("labels", labels)
        for name, axes, wanted in (
            ("box", 1, "(4,) numbers, x0 y0 x1 y1"),
            ("logits", 2, "(h, w) numbers, a row of an earlier prediction's"),
        ):
            given = getattr(self, name)
            if given is not None:
                array = _numbers(name, given, np.float32, wanted)
                if array.ndim != axes or not array.size or (axes == 1 and len(array) != 4):
                    raise SamError(f"{name} are {wanted}, not of shape {array.shape}.")
                self._set(name, array)

    def _set(self, name: str, value: NDArray[Any]) -> None:
        object.__setattr__(self, name, value)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Of what it is made: some of "point", "box", "mask"."""
        given = {
            "point": len(self.points) > 0,
            "box": self.box is not None,
            "mask": self.logits is not None,
        }
        return tuple(kind for kind, there in given.items() if there)

    @property
    def ambiguous(self) -> bool:
        """Whether one thing cannot be told from its parts: a single point and nothing else."""
        return len(self.points) == 1 and self.box is None and self.logits is None

    def __repr__(self) -> str:
        on = np.count_nonzero(self.labels)
        said = [f"points {on} on the thing, {len(self.labels) - on} off it"]
        if self.box is not None:
            said.append("a box at " + ", ".join(f"{side:g}" for side in np.ravel(self.box)[:4]))
        if self.logits is not None:
            said.append("a mask so far")
        return f"<Prompts: {'; '.join(said)}>"


@dataclass(frozen=True)
class Embedding:
    """An image as a model sees it, on the model's device."""

    features: Features
    frame: Frame

    @property
    def nbytes(self) -> int:
        """Bytes that it holds."""
        return self.features.nbytes

    @property
    def device(self) -> torch.device:
        """Where its tensors lie."""
        return self.features.embedding.device

    @property
    def grid(self) -> int:
        """How many pixels the embedding has along each side."""
        return int(self.features.embedding.shape[-1])

    def to(self, device: torch.device | str) -> Self:
        """Return it with its tensors there; itself where they are."""
        moved = self.features.map(lambda tensor: tensor.to(device))
        here = moved.embedding is self.features.embedding
        return self if here else replace(self, features=moved)

    def tensors(self) -> dict[str, Tensor]:
        """Return its tensors by name, the embedding first."""
        skips = {f"skip.{i}": skip for i, skip in enumerate(self.features.skips)}
        return {"embedding": self.features.embedding, **skips}

    def __repr__(self) -> str:
        return f"<Embedding: {_size(self.frame)}, {self.nbytes / 2**20:.1f} MiB>"


@dataclass(frozen=True)
class Prediction:
    """Three candidate masks for one prompt.

    For an ambiguous prompt these are the decoder's three, the largest first, and the one with the
    highest predicted IoU times stability leads; otherwise the single-mask token's answer is the
    first and leads, and the two of the three with the higher predicted IoU follow.

    Attributes
    ----------
    logits : ndarray
        (3, h, w) float32 on the model's grid; 0 is the mask's border.
    scores : ndarray
        (3,) float32, predicted IoU, cut to 0..1.
    stability : ndarray
        (3,) float32 in 0..1: IoU of the mask cut one logit higher and one lower.
    names : tuple of str
        "whole", "part", "subpart" where masks nest, "other" where one does not; of several
        prompts or a box, "best" for the single-mask token's answer, then "alternative 1", "2".
    best : int
        The candidate that leads; see ``sam_widget.segment.choice``.
    frame : Frame
        Between image pixels and the model's.
    """

    logits: NDArray[np.float32]
    scores: NDArray[np.float32]
    stability: NDArray[np.float32]
    names: tuple[str, ...]
    best: int
    frame: Frame

    of_all: ClassVar[bool] = True  # whether the logits are of the whole image

    def masks(self) -> tuple[Mask, ...]:
        """Return the candidates at the image's own size, as ``drawing.drawn`` has them."""
        return tuple(self.mask(index) for index in range(len(self.logits)))

    def mask(self, index: int) -> Mask:
        """Return one of them."""
        return drawn(self.logits[index], self.frame)

    def fed(self, index: int) -> NDArray[np.float32]:
        """Return (h, w) logits of the whole image, to go in with the next prompt."""
        row: NDArray[np.float32] = self.logits[index]
        return row

    def cut(self, threshold: float) -> Self:
        """Return it with its masks cut at another logit, in the same order and with the same best.

        Stability is measured there too, and masks are named by how they nest there; predicted IoU
        is of the model's own border and stays.
        """
        if threshold == 0:
            return self
        logits = self.logits - np.float32(threshold)
        stable = stability(logits).astype(np.float32)
        names = self.names if self.names == CLEAR else names_by_nesting(logits > 0)
        return replace(self, logits=logits, stability=stable, names=names)

    def __repr__(self) -> str:
        told = [f"{name} {score:.2f}" for name, score in zip(self.names, self.scores, strict=False)]
        lead = self.names[self.best]
        return f"<Prediction: {', '.join(told)}; {lead} leads; {_size(self.frame)}>"

    def _repr_png_(self) -> bytes:
        return picture_of(*self.masks())


def stability(logits: Grids, offset: float = STABILITY_OFFSET) -> Grids:
    """IoU of each mask cut at ``+offset`` and at ``-offset``; an empty one has 0.

    Parameters
    ----------
    logits : ndarray or Tensor
        (..., h, w) float.

    Returns
    -------
    ndarray or Tensor
        (...) float in 0..1, of the same package.
    """
    given: Any = logits
    inner, outer = ((given > at).sum((-2, -1)) for at in (offset, -offset))
    share: Grids = inner / outer.clip(1)
    return share


def _size(frame: Frame) -> str:
    return f"{frame.width} x {frame.height} px"
