"""A model in use: an image becomes an Embedding, prompts become a Prediction."""

from __future__ import annotations

import logging
import warnings
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import torch
from PIL import Image
from xxhash import xxh3_128

from sam_widget.errors import SamError, shown
from sam_widget.geometry import Frame
from sam_widget.lifetime import busy
from sam_widget.models.checkpoints import fingerprint, load_model
from sam_widget.models.mask_decoder import ALL, WHOLE
from sam_widget.models.names import called
from sam_widget.models.packaged import DEFAULT

from .choice import leading
from .engine import Asked, Engine
from .naming import names_by_nesting
from .prompts import Embedding, Prediction, Prompts

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from torch import Tensor

    from sam_widget.models.mask_decoder import Drawn
    from sam_widget.models.names import Name
    from sam_widget.models.sam import Sam
    from sam_widget.models.thresholds import Thresholds

    Numbers = NDArray[Any] | Tensor

T = TypeVar("T")

PREPROCESSING = 1  # part of an embedding's key: raise it when embed() changes
STABILITY_OFFSET = 1.0  # of a logit, as in the paper's data engine (Appendix B)
CANDIDATES, SINGLE = slice(1, 4), slice(0, 1)  # of the decoder's four masks
AT_ONCE = {"cpu": 2}  # prompts decoded together: a CPU's caches hold no more of their maps
AT_ONCE_ELSEWHERE = 64
KINDS = ("point", "box", "mask")  # of prompts
LABELS = (-1, 0, 1)  # no point, off the thing, on it

log = logging.getLogger(__name__)


class Segmenter:
    """A SAM in use. Safe to call from several threads: nothing in it changes, but for one thing.

    A GPU that runs out of memory is freed of cached embeddings and asked again, for half as many
    prompts at once. When that fails too, the model moves to the CPU for good: a warning says so,
    and ``device``.

    The fingerprint of the weights is taken once. Where a model goes on learning, its weights
    changed in place, make another Segmenter of it: this one's ``key`` would go on naming the
    embeddings of before.

    Parameters
    ----------
    sam : Sam
        In evaluation mode.
    name : str
        What the user called the model.
    weights : str, optional
        Their fingerprint, where it is known; else it is taken of the tensors when first needed.
    evict : callable, optional
        Frees a GPU of what can be had again; by default of the shared cache's embeddings.

    Attributes
    ----------
    name : str
        What the user called the model.
    """

    def __init__(
        self,
        sam: Sam,
        name: str = "",
        weights: str | None = None,
        evict: Callable[[], None] | None = None,
    ) -> None:
        self.name = name
        if weights is not None:
            self._weights = weights
        self._evict = evict or free_gpu
        self._engine = Engine(sam)

    @classmethod
    def load(
        cls,
        name: Name = DEFAULT,
        device: str | torch.device = "auto",
        dtype: str | torch.dtype = "auto",
    ) -> Segmenter:
        """Load a model by name or path.

        Parameters
        ----------
        name : str, Path or pair of them
            As ``load_model`` takes it.
        device, dtype : str, torch.device, torch.dtype
            As ``load_model`` takes them: where to compute, and in what.

        Raises
        ------
        CheckpointError
            As ``load_model``.
        ValueError
            There is no such device or type.
        """
        return cls(load_model(name, device, dtype), called(name), fingerprint(name))

    def takes(self, kind: str) -> bool:
        """Whether it takes a kind of prompt: "point", "box" or "mask".

        What takes masks is also given the logits of its own last answer, to be refined.
        """
        return kind in KINDS

    @property
    def sam(self) -> Sam:
        """The model."""
        return self._engine.sam

    @property
    def device(self) -> torch.device:
        """Where the model lives."""
        return self._engine.device

    @property
    def dtype(self) -> torch.dtype:
        """The type of number that the model computes in."""
        return self._engine.dtype

    @property
    def thresholds(self) -> Thresholds:
        """What everything mode leaves out where it is told nothing else."""
        return self.sam.thresholds

    @property
    def key(self) -> str:
        """Weights, input size, number type, preprocessing: of one key, embeddings are equal.

        At its end stand their shapes, (C, H, W) each: who reads one from a file knows by them
        whether it can be this model's.
        """
        short = str(self.dtype).removeprefix("torch.")
        grid, width = self.sam.prompt_encoder.grid, self.sam.prompt_encoder.width
        channels = (width, *self.sam.image_encoder.skip_channels())
        shapes = "+".join(f"{c}x{grid << i}x{grid << i}" for i, c in enumerate(channels))
        return f"{self._weights}-{self.sam.side}-{short}-{PREPROCESSING}-{shapes}"

    @cached_property
    def _weights(self) -> str:
        digest = xxh3_128()
        for name, tensor in self.sam.state_dict().items():
            digest.update(name.encode())
            digest.update(tensor.detach().cpu().contiguous().view(-1).view(torch.uint8).numpy())
        return digest.hexdigest()[:16]

    @busy()
    @torch.inference_mode()
    def embed(self, pixels: NDArray[np.uint8]) -> Embedding:
        """Run the image encoder.

        Parameters
        ----------
        pixels : ndarray
            (H, W, 3) uint8, RGB.

        Raises
        ------
        ValueError
            It is of another shape or type.
        """
        pixels = checked(pixels)
        if self._engine.positions.shape[-1] != self.sam.prompt_encoder.grid:
            raise SamError(
                f"The model's side became {self.sam.side} px after this segmenter was made of it:"
                " make another Segmenter of the model."
            )
        height, width = pixels.shape[:2]
        frame = Frame(width, height, self.sam.side)
        resized = Image.fromarray(pixels).resize(frame.resized, Image.Resampling.BILINEAR)
        x = torch.from_numpy(np.array(resized)).permute(2, 0, 1)[None]
        return Embedding(self._patiently(lambda engine, _: engine.embed(x)), frame)

    @busy()
    @torch.inference_mode()
    def predict(self, embedding: Embedding, prompts: Prompts) -> Prediction:
        """Answer one prompt with three candidates."""
        ambiguous = prompts.ambiguous
        if ambiguous:
            logits, iou = self._decode(embedding, _asked(embedding.frame, prompts), CANDIDATES)
            logits, iou = logits[0].cpu(), iou[0].cpu()
            order = (logits > 0).sum((1, 2)).argsort(descending=True, stable=True)
        else:
            logits, iou = self.decode(embedding, prompts)
            logits, iou = logits.cpu(), iou.cpu()
            order = torch.cat([torch.tensor([0]), 1 + iou[1:].topk(2).indices])
        logits, iou = logits[order], iou[order]
        stable = stability(logits)
        return Prediction(
            logits.numpy(),
            iou.clamp(0, 1).numpy(),
            stable.numpy(),
            names_by_nesting(logits.numpy() > 0) if ambiguous else ("refined", "other", "other"),
            int(leading(iou[None], stable[None], self.thresholds.stability_counts))
            if ambiguous
            else 0,
            embedding.frame,
        )

    def _leading(self, iou: Tensor, stable: Tensor) -> int:
        return int(leading(iou[None], stable[None], self.thresholds.stability_counts))

    @busy()
    @torch.inference_mode()
    def decode(self, embedding: Embedding, prompts: Prompts) -> tuple[Tensor, Tensor]:
        """Return all that the mask decoder says: logits (4, h, w), predicted IoU (4,), float32.

        Entry 0 is the single-mask token's, 1 to 3 are the multimask tokens'.
        """
        logits, iou = self._decode(embedding, _asked(embedding.frame, prompts), ALL)
        return logits[0], iou[0]

    @busy()
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
        drawn: Drawn = WHOLE,
    ) -> tuple[Tensor, Tensor]:
        """Answer B prompts for one image.

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
        drawn : Drawn
            Which part of the masks is needed; the rest is -inf.

        Returns
        -------
        tuple of Tensor
            Logits (B, M, h, w), 0 being the mask's border, and predicted IoU (B, M); float32, on
            the model's device, M being 3 or 1.

        Raises
        ------
        ValueError
            A label is none of -1, 0, 1.
        """
        asked = placed(embedding.frame, points, labels, boxes, logits)
        return self._decode(embedding, asked, CANDIDATES if multimask else SINGLE, drawn)

    def _decode(
        self, embedding: Embedding, asked: Asked, wanted: slice, drawn: Drawn = WHOLE
    ) -> tuple[Tensor, Tensor]:
        features, grid = embedding.features, self.sam.prompt_encoder.grid
        if features.embedding.shape[-1] != grid:
            raise SamError(
                f"This embedding is {features.embedding.shape[-1]} wide, and the model's are {grid}"
                f" at its side of {self.sam.side} px: embed the picture with this model."
            )
        return self._patiently(lambda engine, n: engine.answer(features, asked, wanted, n, drawn))

    def _patiently(self, work: Callable[[Engine, int], T]) -> T:
        """Do work that takes an engine and how many prompts at once, on a GPU twice if need be."""
        engine = self._engine
        at_once = AT_ONCE.get(engine.device.type, AT_ONCE_ELSEWHERE)
        for tried in (at_once, max(1, at_once // 2)):
            try:
                return work(engine, tried)
            except RuntimeError as error:
                if engine.device.type == "cpu" or not _out_of_memory(error):
                    raise
                log.info("out of memory on %s, %s prompts at once", engine.device, tried)
            # Here, not above: while the error lives, so do the tensors of its frames.
            engine.forget()
            self._evict()
        self._engine = engine.on_cpu()
        warnings.warn(
            f"{engine.device} has too little memory for {self.name}, which goes on, more slowly, "
            "on the CPU.",
            RuntimeWarning,
            stacklevel=4,
        )
        return work(self._engine, AT_ONCE["cpu"])


def checked(image: Any) -> NDArray[np.uint8]:
    """Return an image as (H, W, 3) uint8; ValueError where it is of another shape or type."""
    try:
        array = np.asarray(image)
    except Exception as error:  # a tensor that needs gradients, a ragged list, what refuses
        raise SamError(
            f"The image must be a (H, W, 3) uint8 array, not {shown(image)};"
            " read_image(image).pixels makes one."
        ) from error
    if array.ndim != 3 or array.shape[2] != 3 or array.dtype != np.uint8 or not array.size:
        raise SamError(
            f"The image must be a (H, W, 3) uint8 array, not {array.dtype} {array.shape}; "
            "read_image(image).pixels makes one."
        )
    return array


def free_gpu() -> None:
    """Give up the shared cache's embeddings on GPUs, which are on disk too, and torch's spare."""
    from .embeddings.cache import on_gpus  # noqa: PLC0415  only where memory is short

    on_gpus().clear()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    if torch.backends.mps.is_available():
        torch.mps.empty_cache()


def _out_of_memory(error: RuntimeError) -> bool:
    # MPS has no kind of error of its own for this
    return isinstance(error, torch.cuda.OutOfMemoryError) or "out of memory" in str(error)


def placed(
    frame: Frame,
    points: Numbers | None,
    labels: Numbers | None,
    boxes: Numbers | None,
    logits: Numbers | None,
) -> Asked:
    """Turn B prompts in image pixels into what the prompt encoder takes; see ``decode_batch``."""

    def there(xy: Numbers, *shape: int) -> Tensor:
        return torch.from_numpy(frame.to_model(_array(xy).reshape(*shape, 2)))

    point = box = mask = None
    if points is not None:
        given = _array(labels)
        if not np.isin(given, LABELS).all():
            strange = given[~np.isin(given, LABELS)][0]
            raise SamError(f"A label is 1 (on the thing), 0 (off it) or -1, not {strange}.")
        kinds = torch.from_numpy(given.astype(np.int64))
        point = there(points, *points.shape[:2]), kinds
    if boxes is not None:
        box = there(boxes, len(boxes), 2).reshape(-1, 4)
    if logits is not None:
        mask = torch.as_tensor(logits)[:, None]
    return Asked(point, box, mask)


def _asked(frame: Frame, prompts: Prompts) -> Asked:
    some = len(prompts.points) > 0
    return placed(
        frame,
        prompts.points[None] if some else None,
        prompts.labels[None] if some else None,
        None if prompts.box is None else prompts.box[None],
        None if prompts.logits is None else prompts.logits[None],
    )


def _array(numbers: Any) -> NDArray[Any]:
    return numbers.cpu().numpy() if isinstance(numbers, torch.Tensor) else np.asarray(numbers)


def stability(logits: Tensor, offset: float = STABILITY_OFFSET) -> Tensor:
    """IoU of each mask cut at ``+offset`` and at ``-offset``; an empty one has 0.

    Parameters
    ----------
    logits : Tensor
        (..., h, w) float.

    Returns
    -------
    Tensor
        (...) float in 0..1.
    """
    inner = (logits > offset).sum((-2, -1)).float()
    outer = (logits > -offset).sum((-2, -1)).float()
    return inner / outer.clamp(min=1)
