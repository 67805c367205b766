"""Prompts on an image that is set, answered in ``segment_anything``'s shapes. Keeps no state.

Coordinates are that package's here: the centre of the first pixel is (0, 0), and the model's pixels
are the image's times the scale.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from sam_widget.segment.enlarge import Enlarged
from sam_widget.segment.everything import FINER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from torch import Tensor

    from sam_widget.segment.prompts import Embedding
    from sam_widget.segment.segmenter import Segmenter

    Size = tuple[int, ...]  # (height, width), px
    Numbers = NDArray[Any] | Tensor


@dataclass(frozen=True)
class SetImage:
    """An image that is set: all that a prediction reads, in one value.

    Attributes
    ----------
    segmenter : Segmenter
    embedding : Embedding
    original_size : tuple of int
        (height, width) of the image.
    input_size : tuple of int
        (height, width) that it takes in the model's input.
    """

    segmenter: Segmenter
    embedding: Embedding
    original_size: Size
    input_size: Size


@dataclass(frozen=True)
class Asked:
    """Prompts as a caller gives them; each may be missing. ValueError where they do not fit.

    Attributes
    ----------
    points : ndarray or Tensor, optional
        (N, 2) or (B, N, 2), x y.
    labels : ndarray or Tensor, optional
        (N,) or (B, N), one for each point.
    boxes : ndarray or Tensor, optional
        (4,), (1, 4) or (B, 4).
    logits : ndarray or Tensor, optional
        (1, h, w) or (B, 1, h, w).
    """

    points: Numbers | None = None
    labels: Numbers | None = None
    boxes: Numbers | None = None
    logits: Numbers | None = None

    def __post_init__(self) -> None:
        if (self.points is None) != (self.labels is None):
            raise ValueError("point_coords and point_labels come together: give both or neither.")
        _check_points(self.points, self.labels)
        _check_boxes(self.boxes)
        if self.logits is not None and not _are_masks(self.logits.shape):
            shape = tuple(self.logits.shape)
            raise ValueError(f"mask_input has the shape (1, h, w) or (B, 1, h, w), not {shape}.")
        counts = self._counts()
        if len(set(counts.values())) > 1:
            told = ", ".join(f"{name} has {count}" for name, count in counts.items())
            raise ValueError(f"All must be for equally many prompts, but {told}.")

    def _counts(self) -> dict[str, int]:
        """Return how many prompts each of those given is for."""
        given = {
            "point_coords": (self.points, 3),
            "box": (self.boxes, 2),
            "mask_input": (self.logits, 4),
        }
        return {
            name: len(each) if each.ndim == axes else 1
            for name, (each, axes) in given.items()
            if each is not None
        }

    @property
    def many(self) -> bool:
        """Whether there are B prompts, each to be answered by itself."""
        points, boxes, logits = self.points, self.boxes, self.logits
        return (
            (points is not None and points.ndim == 3)
            or (boxes is not None and boxes.ndim == 2 and len(boxes) > 1)
            or (logits is not None and logits.ndim == 4)
        )

    @property
    def in_torch(self) -> bool:
        """Whether any of them is a tensor."""
        given = (self.points, self.labels, self.boxes, self.logits)
        return any(isinstance(each, torch.Tensor) for each in given)


def answered(
    image: SetImage, asked: Asked, *, multimask: bool, as_logits: bool
) -> tuple[Any, Any, Any]:
    """Answer prompts in image pixels; arrays for arrays, tensors for tensors.

    Returns
    -------
    tuple of ndarray or Tensor
        Masks (M, H, W), predicted IoU (M,) and logits (M, h, w); for many prompts with B before.
    """
    height, width = image.original_size
    scale = np.array([image.input_size[1] / width, image.input_size[0] / height])
    points, boxes = asked.points, asked.boxes
    placed = replace(
        asked,
        points=None if points is None else _array(points) * scale,
        boxes=None if boxes is None else _array(boxes) * np.tile(scale, 2),
    )
    answers = in_models_pixels(image, placed, multimask=multimask, as_logits=as_logits)
    if not asked.many:
        answers = (answers[0][0], answers[1][0], answers[2][0])
    return answers if asked.in_torch else tuple(each.cpu().numpy() for each in answers)  # type: ignore[return-value]


@torch.no_grad()
def in_models_pixels(
    image: SetImage, asked: Asked, *, multimask: bool, as_logits: bool
) -> tuple[Tensor, Tensor, Tensor]:
    """Answer B prompts: masks (B, M, H, W), predicted IoU (B, M), logits (B, M, h, w)."""
    frame = image.embedding.frame
    points = labels = boxes = None
    if asked.points is not None and asked.labels is not None:
        points = frame.to_image(_array(asked.points).reshape(-1, *asked.points.shape[-2:]))
        labels = _array(asked.labels).reshape(points.shape[:2])
    if asked.boxes is not None:
        boxes = frame.to_image(_array(asked.boxes).reshape(-1, 2, 2)).reshape(-1, 4)
    logits = asked.logits
    side = image.embedding.features.embedding.shape[-1] * FINER
    if logits is not None and tuple(logits.shape[-2:]) != (side, side):
        height, width = logits.shape[-2:]
        raise ValueError(
            f"mask_input is a grid of {side} x {side} logits for this model, as predict returns "
            f"them, not {height} x {width}."
        )
    low, scores = image.segmenter.decode_batch(
        image.embedding,
        points,
        labels,
        boxes,
        None if logits is None else logits.reshape(-1, side, side),
        multimask=multimask,
    )
    low, scores = low.clone(), scores.clone()  # decoded in inference mode, which callers are not
    return _at_image_size(image, low, as_logits=as_logits), scores, low


def _at_image_size(image: SetImage, low: Tensor, *, as_logits: bool) -> Tensor:
    sam, frame = image.segmenter.sam, image.embedding.frame
    fits = tuple(image.input_size) == frame.resized[::-1]
    if as_logits or low.device.type != "cpu" or not fits:
        full = sam.postprocess_masks(low, image.input_size, image.original_size)
        return full if as_logits else full > sam.mask_threshold
    masks = np.zeros((*low.shape[:2], *image.original_size), np.bool_)
    for at in np.ndindex(*low.shape[:2]):
        Enlarged.of((low[at] - sam.mask_threshold).numpy(), frame).draw(masks[at])
    return torch.from_numpy(masks)


def _check_points(points: Numbers | None, labels: Numbers | None) -> None:
    if points is None or labels is None:
        return
    shape = tuple(points.shape)
    if len(shape) not in {2, 3} or shape[-1] != 2 or 0 in shape:
        raise ValueError(f"point_coords has the shape (N, 2) or (B, N, 2), not {shape}.")
    if prod(labels.shape) != prod(shape[:-1]):
        raise ValueError(
            f"Each point has one label: point_coords has the shape {shape}, "
            f"but point_labels {tuple(labels.shape)}."
        )
    _check_numbers("point_coords", points)


def _check_boxes(boxes: Numbers | None) -> None:
    if boxes is None:
        return
    shape = tuple(boxes.shape)
    if len(shape) not in {1, 2} or shape[-1] != 4 or 0 in shape:
        raise ValueError(f"box has the shape (4,) or (B, 4), not {shape}.")
    _check_numbers("box", boxes)


def _check_numbers(name: str, coordinates: Numbers) -> None:
    if not np.isfinite(_array(coordinates)).all():
        raise ValueError(f"{name} holds a coordinate that is not a finite number.")


def _are_masks(shape: Sequence[int]) -> bool:
    return tuple(shape[:-2]) == (1,) or (len(shape) == 4 and shape[0] > 0 and shape[1] == 1)


def _array(numbers: Numbers) -> NDArray[Any]:
    if isinstance(numbers, torch.Tensor):
        return numbers.detach().cpu().numpy()
    return np.asarray(numbers)
