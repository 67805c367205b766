"""A model in use: an image becomes an Embedding, prompts become a Prediction. Keeps no state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from PIL import Image

from sam_widget.geometry import Frame
from sam_widget.models.checkpoints import fingerprint, load_model
from sam_widget.models.devices import pick_device, pick_dtype

from .naming import names_by_nesting
from .upscale import image_mask

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from torch import Tensor

    from sam_widget.masks import Mask
    from sam_widget.models.features import Features
    from sam_widget.models.sam import Sam

    Numbers = NDArray[Any] | Tensor

PREPROCESSING = 1  # part of an embedding's key: raise it when embed() changes
STABILITY_OFFSET = 1.0  # of a logit, as in the paper's data engine (Appendix B)


def _no_points() -> NDArray[np.float32]:
    return np.zeros((0, 2), np.float32)


def _no_labels() -> NDArray[np.int64]:
    return np.zeros(0, np.int64)


@dataclass(frozen=True)
class Prompts:
    """What is asked about one thing in one image.

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
    """

    points: NDArray[np.float32] = field(default_factory=_no_points)
    labels: NDArray[np.int64] = field(default_factory=_no_labels)
    box: NDArray[np.float32] | None = None
    logits: NDArray[np.float32] | None = None

    @property
    def ambiguous(self) -> bool:
        """Whether one thing cannot be told from its parts: a single point and nothing else."""
        return len(self.points) == 1 and self.box is None and self.logits is None


@dataclass(frozen=True)
class Embedding:
    """An image as a model sees it, on the model's device."""

    features: Features
    frame: Frame

    @property
    def nbytes(self) -> int:
        """Bytes that it holds."""
        return self.features.nbytes


@dataclass(frozen=True)
class Prediction:
    """Three candidate masks for one prompt.

    For an ambiguous prompt these are the decoder's three, the largest first; otherwise the
    single-mask token's answer leads and the two better of the three follow.

    Attributes
    ----------
    logits : ndarray
        (3, h, w) float32 on the model's grid; 0 is the mask's border.
    scores : ndarray
        (3,) float32, predicted IoU, cut to 0..1.
    stability : ndarray
        (3,) float32 in 0..1: IoU of the mask cut one logit higher and one lower.
    names : tuple of str
        "whole", "part", "subpart" where masks nest; "refined" for the single-mask token's
        answer; "other" else.
    best : int
        The candidate that the model itself would choose.
    frame : Frame
        Between image pixels and the model's.
    """

    logits: NDArray[np.float32]
    scores: NDArray[np.float32]
    stability: NDArray[np.float32]
    names: tuple[str, ...]
    best: int
    frame: Frame

    def masks(self) -> tuple[Mask, ...]:
        """Return the candidates at the image's own size."""
        return tuple(image_mask(logits, self.frame) for logits in self.logits)


class Segmenter:
    """A SAM in use. Safe to call from several threads: nothing in it changes.

    Attributes
    ----------
    name : str
        What the user called the model.
    key : str
        Weights and preprocessing in short: two segmenters of one key give equal embeddings.
    feeds_back : bool
        Whether logits of an earlier answer improve the next one.
    """

    feeds_back = True

    def __init__(self, sam: Sam, name: str, key: str) -> None:
        self.sam = sam
        self.name = name
        self._image_pe = sam.prompt_encoder.get_dense_pe()
        short = str(self.dtype).removeprefix("torch.")
        self.key = f"{key}-{sam.side}-{short}-{PREPROCESSING}"

    @classmethod
    def load(
        cls,
        name: str | Path = "mini",
        device: str | torch.device = "auto",
        dtype: str | torch.dtype = "auto",
    ) -> Segmenter:
        """Load a model by name or path.

        Parameters
        ----------
        name : str or Path
            As ``load_model`` takes it.
        device, dtype : str, torch.device, torch.dtype
            As ``pick_device`` and ``pick_dtype`` take them: where to compute, and in what.

        Raises
        ------
        CheckpointError
            As ``load_model``.
        ValueError
            There is no such device or type.
        """
        device = pick_device(device)
        dtype = pick_dtype(dtype, device)
        return cls(load_model(name, device, dtype), str(name), fingerprint(name))

    @property
    def device(self) -> torch.device:
        """Where the model lives."""
        return self._image_pe.device

    @property
    def dtype(self) -> torch.dtype:
        """The type of number that the model computes in."""
        return self._image_pe.dtype

    @torch.inference_mode()
    def embed(self, pixels: NDArray[np.uint8]) -> Embedding:
        """Run the image encoder.

        Parameters
        ----------
        pixels : ndarray
            (H, W, 3) uint8, RGB.
        """
        height, width = pixels.shape[:2]
        frame = Frame(width, height, self.sam.side)
        resized = Image.fromarray(pixels).resize(frame.resized, Image.Resampling.BILINEAR)
        x = torch.from_numpy(np.array(resized)).to(self.device).permute(2, 0, 1)[None]
        return Embedding(self.sam.image_encoder(self.sam.preprocess(x)), frame)

    @torch.inference_mode()
    def predict(self, embedding: Embedding, prompts: Prompts) -> Prediction:
        """Answer one prompt with three candidates."""
        logits, iou = self.decode(embedding, prompts)
        stable = stability(logits)
        areas = (logits > 0).sum((1, 2))
        if prompts.ambiguous:
            order = 1 + areas[1:].argsort(descending=True, stable=True)
            best = int(iou[order].argmax())
        else:
            order = torch.cat([iou.new_zeros(1).long(), 1 + iou[1:].topk(2).indices])
            best = 0
        masks = (logits[order] > 0).cpu().numpy()
        names = names_by_nesting(masks) if prompts.ambiguous else ("refined", "other", "other")
        return Prediction(
            logits[order].cpu().numpy(),
            iou[order].clamp(0, 1).cpu().numpy(),
            stable[order].cpu().numpy(),
            names,
            best,
            embedding.frame,
        )

    @torch.inference_mode()
    def decode(self, embedding: Embedding, prompts: Prompts) -> tuple[Tensor, Tensor]:
        """Return all that the mask decoder says: logits (4, h, w), predicted IoU (4,).

        Entry 0 is the single-mask token's, 1 to 3 are the multimask tokens'.
        """
        some = len(prompts.points) > 0
        logits, iou = self._decode(
            embedding,
            prompts.points[None] if some else None,
            prompts.labels[None] if some else None,
            None if prompts.box is None else prompts.box[None],
            None if prompts.logits is None else prompts.logits[None],
        )
        return logits[0], iou[0]

    @torch.inference_mode()
    def decode_batch(
        self,
        embedding: Embedding,
        points: Numbers | None = None,
        labels: Numbers | None = None,
        boxes: Numbers | None = None,
        logits: Numbers | None = None,
        *,
        multimask: bool,
    ) -> tuple[Tensor, Tensor]:
        """Answer B prompts for one image at once.

        Parameters
        ----------
        points : ndarray or Tensor, optional
            (B, N, 2) float, x y in image pixels, pixel centres at .5.
        labels : ndarray or Tensor, optional
            (B, N) int: 1 on the thing, 0 off it, -1 no point.
        boxes : ndarray or Tensor, optional
            (B, 4) float, x0 y0 x1 y1 in image pixels.
        logits : ndarray or Tensor, optional
            (B, h, w) float on the model's grid, to be refined.
        multimask : bool
            Three candidates for an ambiguous prompt each, or the single-mask token's answer.

        Returns
        -------
        tuple of Tensor
            Logits (B, M, h, w), 0 being the mask's border, and predicted IoU (B, M); float32, on
            the model's device, M being 3 or 1.
        """
        masks, iou = self._decode(embedding, points, labels, boxes, logits)
        wanted = slice(1, None) if multimask else slice(0, 1)
        return masks[:, wanted], iou[:, wanted]

    def _decode(
        self,
        embedding: Embedding,
        points: Numbers | None,
        labels: Numbers | None,
        boxes: Numbers | None,
        logits: Numbers | None,
    ) -> tuple[Tensor, Tensor]:
        frame = embedding.frame

        def placed(xy: Numbers, *shape: int) -> Tensor:
            there = frame.to_model(_array(xy).reshape(*shape, 2))
            return torch.from_numpy(there).to(self.device)

        point = box = mask = None
        if points is not None:
            kinds = torch.from_numpy(np.ascontiguousarray(_array(labels), np.int64))
            point = (placed(points, *points.shape[:2]), kinds.to(self.device))
        if boxes is not None:
            box = placed(boxes, len(boxes), 2).reshape(-1, 4)
        if logits is not None:
            mask = torch.as_tensor(logits)[:, None].to(self.device, self.dtype)
        sparse, dense = self.sam.prompt_encoder(point, box, mask)
        answer: tuple[Tensor, Tensor] = self.sam.mask_decoder(
            embedding.features, self._image_pe, sparse, dense
        )
        return answer[0].float(), answer[1].float()


def _array(numbers: Any) -> NDArray[Any]:
    return numbers.cpu().numpy() if isinstance(numbers, torch.Tensor) else np.asarray(numbers)


def stability(logits: Tensor, offset: float = STABILITY_OFFSET) -> Tensor:
    """IoU of each mask cut at ``+offset`` and at ``-offset``; an empty one has 1.

    Parameters
    ----------
    logits : Tensor
        (M, h, w) float.

    Returns
    -------
    Tensor
        (M,) float in 0..1.
    """
    inner = (logits > offset).sum((1, 2)).float()
    outer = (logits > -offset).sum((1, 2)).float()
    return torch.where(outer > 0, inner / outer.clamp(min=1), 1.0)
