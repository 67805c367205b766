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

from sam_widget.arrays import NoArrayError, to_array, yes
from sam_widget.errors import SamError, shown
from sam_widget.models.mask_decoder import MaskDecoder
from sam_widget.models.prompt_encoder import PromptEncoder
from sam_widget.segment.enlarge import Enlarged
from sam_widget.segment.everything.find import FINER
from sam_widget.segment.placing import placed

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor

    from sam_widget.models.sam import Sam
    from sam_widget.segment.network import Asked as Encodable
    from sam_widget.segment.prompts import Embedding
    from sam_widget.segment.segmenter import Segmenter

    Size = tuple[int, ...]  # (height, width), px
    Numbers = NDArray[Any] | Tensor


FORMS = {
    "point_coords": "(N, 2) or (B, N, 2)",
    "box": "(4,) or (B, 4)",
    "mask_input": "(1, h, w) or (B, 1, h, w)",
}
MANY = {"point_coords": 3, "box": 2, "mask_input": 4}  # axes where there are B prompts


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
    """Prompts whose shapes belong together; each may be missing. ``of`` reads a caller's.

    Attributes
    ----------
    points : ndarray or Tensor, optional
        (N, 2) or (B, N, 2), x y.
    labels : ndarray or Tensor, optional
        (N,) or (B, N), one for each point.
    boxes : ndarray or Tensor, optional
        (4,) or (B, 4).
    logits : ndarray or Tensor, optional
        (1, h, w) or (B, 1, h, w).
    """

    points: Numbers | None = None
    labels: Numbers | None = None
    boxes: Numbers | None = None
    logits: Numbers | None = None

    @classmethod
    def of(cls, points: Any, labels: Any, boxes: Any, logits: Any) -> Asked:
        """Read what a caller gave: arrays, tensors, lists, tuples, of any kind of number.

        Labels that no points come with are not looked at, as in ``segment_anything``.

        Raises
        ------
        SamError
            They are no numbers, or their shapes do not belong together.
        """
        if points is not None and labels is None:
            raise SamError("point_coords and point_labels come together: give both or neither.")
        spots = kinds = None
        if points is not None:
            spots = _points(numbers("point_coords", points))
            kinds = _labels(numbers("point_labels", labels), spots)
        rectangles = None if boxes is None else _boxes(numbers("box", boxes))
        drawing = None if logits is None else _logits(numbers("mask_input", logits))
        asked = cls(spots, kinds, rectangles, drawing)
        counts = asked.counts()
        for name, each in asked.given().items():
            if not counts.get(name, 1):
                raise misfit(name, each, ": where there is nothing to ask, leave it out")
        if len(set(counts.values())) > 1:
            told = ", ".join(f"{name} has {count}" for name, count in counts.items())
            raise SamError(f"All must be for equally many prompts, but {told}.")
        return asked

    def counts(self) -> dict[str, int]:
        """Return how many prompts each of those given is for; one mask may be for them all."""
        counts = {
            name: len(each) if each.ndim == MANY[name] else 1 for name, each in self.given().items()
        }
        shared = self.logits is not None and self.logits.ndim == 4 and counts["mask_input"] == 1
        if shared and len(counts) > 1:
            del counts["mask_input"]
        return counts

    def given(self) -> dict[str, Numbers]:
        """Return those that there are, by the names that a caller knows."""
        named = {"point_coords": self.points, "box": self.boxes, "mask_input": self.logits}
        return {name: each for name, each in named.items() if each is not None}

    def __len__(self) -> int:
        return next(iter(self.counts().values()), 1)

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
    there = replace(
        asked,
        points=None if points is None else to_array(points) * scale,
        boxes=None if boxes is None else to_array(boxes) * np.tile(scale, 2),
    )
    answers = in_models_pixels(image, there, multimask=multimask, as_logits=as_logits)
    if not asked.many:
        answers = (answers[0][0], answers[1][0], answers[2][0])
    return answers if asked.in_torch else tuple(each.cpu().numpy() for each in answers)  # type: ignore[return-value]


@torch.no_grad()
def in_models_pixels(
    image: SetImage, asked: Asked, *, multimask: bool, as_logits: bool
) -> tuple[Tensor, Tensor, Tensor]:
    """Answer B prompts: masks (B, M, H, W), predicted IoU (B, M), logits (B, M, h, w)."""
    multimask = yes(multimask, "multimask_output")
    as_logits = yes(as_logits, "return_logits")
    frame = image.embedding.frame
    points = labels = boxes = None
    if asked.points is not None and asked.labels is not None:
        xy = to_array(asked.points)
        points = frame.to_image(xy if xy.ndim == 3 else xy[None])
        labels = to_array(asked.labels).reshape(points.shape[:2])
    if asked.boxes is not None:
        boxes = frame.to_image(to_array(asked.boxes).reshape(-1, 2, 2)).reshape(-1, 4)
    logits = asked.logits
    side = image.embedding.grid * FINER
    if logits is not None:
        if tuple(logits.shape[-2:]) != (side, side):
            height, width = logits.shape[-2:]
            raise SamError(
                f"mask_input is a grid of {side} x {side} logits for this model, as predict "
                f"returns them, not {height} x {width}."
            )
        logits = torch.as_tensor(logits).reshape(-1, side, side).expand(len(asked), -1, -1)
    if _is_ours(image.segmenter.sam):
        low, scores = image.segmenter.decode_batch(
            image.embedding, points, labels, boxes, logits, multimask=multimask
        )
    else:
        encodable = placed(frame, points, labels, boxes, logits)
        low, scores = _called(image, encodable, multimask=multimask)
    low, scores = low.clone(), scores.clone()  # decoded in inference mode, which callers are not
    return _at_image_size(image, low, as_logits=as_logits), scores, low


def _is_ours(sam: Sam) -> bool:
    """Whether prompt encoder and mask decoder do what ours do: nobody's own class, no hooks."""
    said = (
        (sam.prompt_encoder, PromptEncoder, ("forward",)),
        (sam.mask_decoder, MaskDecoder, ("forward", "predict_masks")),
    )
    return all(
        all(getattr(type(part), name, None) is getattr(kind, name) for name in names)
        and not (part._forward_hooks or part._forward_pre_hooks)  # noqa: SLF001  torch tells it nowhere else
        for part, kind, names in said
    )


def _called(image: SetImage, asked: Encodable, *, multimask: bool) -> tuple[Tensor, Tensor]:
    """Ask a model by its modules' own calls, as ``segment_anything`` does."""
    sam, embedding = image.segmenter.sam, image.embedding.features
    given = asked.part(slice(None), image.segmenter.device, image.segmenter.dtype)
    sparse, dense = sam.prompt_encoder(points=given.points, boxes=given.boxes, masks=given.masks)
    low, scores = sam.mask_decoder(
        image_embeddings=embedding.embedding if not embedding.skips else embedding,
        image_pe=sam.prompt_encoder.get_dense_pe(),
        sparse_prompt_embeddings=sparse,
        dense_prompt_embeddings=dense,
        multimask_output=multimask,
    )
    return low.float(), scores.float()


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


def numbers(name: str, given: Any) -> Numbers:
    """Return numbers in an array that torch can read, or in the tensor that they came in.

    Raises
    ------
    SamError
        They are none.
    """
    if isinstance(given, torch.Tensor):
        if given.is_complex():
            raise SamError(f"{name} holds real numbers, not {given.dtype}.")
        return given.detach()
    if isinstance(given, (str, bytes)):
        raise SamError(f"{name} is an array, a tensor or a list of numbers, not text.")
    try:
        array = to_array(given)
    except NoArrayError as error:
        raise SamError(f"{name} is no array of numbers, but {shown(given)}.") from error
    if not array.size:
        array = array.astype(np.float32)
    if array.dtype.kind not in "biuf":
        what = "text" if array.dtype.kind in "US" else f"{type(given).__name__}"
        raise SamError(f"{name} is an array, a tensor or a list of numbers, not of {what}.")
    return array


def misfit(name: str, given: Numbers, way_out: str = "") -> SamError:
    """Return what is said of prompts of another shape."""
    return SamError(f"{name} has the shape {FORMS[name]}, not {tuple(given.shape)}{way_out}.")


def _points(points: Numbers) -> Numbers:
    if tuple(points.shape) == (0,):  # of an empty list
        points = points.reshape(0, 2)
    shape = tuple(points.shape)
    if len(shape) not in {2, 3} or shape[-1] != 2:
        raise misfit("point_coords", points)
    return _finite("point_coords", points)


def _labels(labels: Numbers, points: Numbers) -> Numbers:
    if prod(labels.shape) != prod(points.shape[:-1]):
        raise SamError(
            f"Each point has one label: point_coords has the shape {tuple(points.shape)}, "
            f"but point_labels {tuple(labels.shape)}."
        )
    return _finite("point_labels", labels)


def _boxes(boxes: Numbers) -> Numbers:
    """Return (4,) or (B, 4) of whatever is told as two corners."""
    shape = tuple(boxes.shape)
    if shape in {(4,), (2, 2)}:
        boxes = boxes.reshape(4)
    elif (len(shape) == 2 and shape[1] == 4) or (len(shape) == 3 and shape[1:] in {(1, 4), (2, 2)}):
        boxes = boxes.reshape(shape[0], 4)
    else:
        raise misfit("box", boxes)
    return _finite("box", boxes)


def _logits(logits: Numbers) -> Numbers:
    shape = tuple(logits.shape)
    if shape[:-2] != (1,) and (len(shape) != 4 or shape[1] != 1):
        raise misfit("mask_input", logits)
    if isinstance(logits, np.ndarray):  # torch takes neither what is read-only nor what is turned
        logits = np.array(logits, np.float32)
    return _finite("mask_input", logits, "number")


def _finite(name: str, given: Numbers, what: str = "coordinate") -> Numbers:
    if not np.isfinite(to_array(given)).all():
        raise SamError(f"{name} holds a {what} that is not a finite number.")
    return given
