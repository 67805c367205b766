"""A model in use: an image becomes an Embedding, prompts become a Prediction."""

from __future__ import annotations

import logging
import warnings
from functools import cached_property
from typing import TYPE_CHECKING, Self, TypeVar

import torch

from sam_widget.errors import SamError
from sam_widget.lifetime import busy
from sam_widget.models.checkpoints import fingerprint, load_model
from sam_widget.models.hosted import hosted
from sam_widget.models.locate import find
from sam_widget.models.mask_decoder import ALL, WHOLE
from sam_widget.models.names import called
from sam_widget.models.packaged import DEFAULT

from .choice import leading
from .engine import Engine
from .naming import CLEAR, names_by_nesting
from .placing import asked, checked, placed
from .prompts import Embedding, Prediction, Prompts, stability

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor

    from sam_widget.models.mask_decoder import Drawn
    from sam_widget.models.names import Name
    from sam_widget.models.sam import Sam
    from sam_widget.models.thresholds import Thresholds

    from .network import Asked, Network
    from .placing import Numbers

T = TypeVar("T")

PREPROCESSING = 1  # part of an embedding's key: raise it when embed() changes
CANDIDATES, SINGLE = slice(1, 4), slice(0, 1)  # of the decoder's four masks
AT_ONCE = {"cpu": 2}  # prompts decoded together: a CPU's caches hold no more of their maps
AT_ONCE_ELSEWHERE = 64

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
        In evaluation mode. Of another package's network ``load`` makes one.
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
        self._stand_on(Engine(sam), name, weights, evict)

    @classmethod
    def over(cls, network: Network, name: str, weights: str | None = None) -> Self:
        """Return one that stands on a network which need not be a Sam; otherwise as the class."""
        segmenter = cls.__new__(cls)
        segmenter._stand_on(network, name, weights, None)  # noqa: SLF001  it is its own
        return segmenter

    def _stand_on(
        self,
        network: Network,
        name: str,
        weights: str | None,
        evict: Callable[[], None] | None,
    ) -> None:
        self.name = name
        if weights is not None:
            self._weights = weights
        self._evict = evict or free_gpu
        self._network = network

    @classmethod
    def load(
        cls,
        name: Name = DEFAULT,
        device: str | torch.device = "auto",
        dtype: str | torch.dtype = "auto",
    ) -> Self:
        """Load a model by name or path.

        Parameters
        ----------
        name : str, Path or pair of them
            As ``load_model`` takes it; or the hub id or folder of a network that ``transformers``
            runs: SAM 2.1, SAM-HQ, EdgeTAM, SAM 3's tracker. These need
            ``sam_widget[transformers]``, and answer as they do there.
        device, dtype : str, torch.device, torch.dtype
            As ``load_model`` takes them: where to compute, and in what.

        Raises
        ------
        CheckpointError
            As ``load_model``.
        ValueError
            There is no such device or type.
        """
        files = find(name)
        if hosted(files):
            from .transformers import load  # noqa: PLC0415  an extra

            return cls.over(load(files, device, dtype), called(name), fingerprint(name))
        return cls(load_model(name, device, dtype), called(name), fingerprint(name))

    @property
    def sam(self) -> Sam:
        """The model; SamError where it is not a Sam of this package, but another's network."""
        return self._network.sam

    @property
    def device(self) -> torch.device:
        """Where the model lives."""
        return self._network.device

    @property
    def dtype(self) -> torch.dtype:
        """The type of number that the model computes in."""
        return self._network.dtype

    @property
    def thresholds(self) -> Thresholds:
        """What everything mode leaves out where it is told nothing else."""
        return self._network.thresholds

    @property
    def mask_threshold(self) -> float:
        """The logit at a mask's border."""
        return self._network.mask_threshold

    def takes(self, kind: str) -> bool:
        """Whether the model takes a kind of prompt: "point", "box", "mask"."""
        return self._network.takes(kind)

    @property
    def key(self) -> str:
        """Weights, input size, number type, preprocessing: of one key, embeddings are equal.

        At its end stand their shapes, (C, H, W) each: who reads one from a file knows by them
        whether it can be this model's.
        """
        short, network = str(self.dtype).removeprefix("torch."), self._network
        shapes = "+".join("x".join(map(str, shape)) for shape in network.shapes)
        return f"{self._weights}-{network.side}-{short}-{PREPROCESSING}-{shapes}"

    @cached_property
    def _weights(self) -> str:
        return self._network.fingerprint()

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
        height, width = pixels.shape[:2]
        frame = self._network.frame(width, height)
        x = self._network.resized(pixels, frame)
        return Embedding(self._patiently(lambda network, _: network.embed(x)), frame)

    @busy()
    @torch.inference_mode()
    def predict(self, embedding: Embedding, prompts: Prompts) -> Prediction:
        """Answer one prompt with three candidates; SamError for a kind that is not taken."""
        for kind in prompts.kinds:
            if not self.takes(kind):
                raise SamError(f"The model {self.name} takes no {kind}: ask it without one.")
        ambiguous = prompts.ambiguous
        if ambiguous:
            logits, iou = self._decode(embedding, asked(embedding.frame, prompts), CANDIDATES)
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
            names_by_nesting(logits.numpy() > 0) if ambiguous else CLEAR,
            self._leading(iou, stable) if ambiguous else 0,
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
        logits, iou = self._decode(embedding, asked(embedding.frame, prompts), ALL)
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
            Which part of the masks is needed; the rest may be -inf.

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
        these = placed(embedding.frame, points, labels, boxes, logits)
        return self._decode(embedding, these, CANDIDATES if multimask else SINGLE, drawn)

    def _decode(
        self, embedding: Embedding, these: Asked, wanted: slice, drawn: Drawn = WHOLE
    ) -> tuple[Tensor, Tensor]:
        features, grid = embedding.features, self._network.grid
        if embedding.grid != grid:
            raise SamError(
                f"This embedding is {embedding.grid} wide, and the model's are {grid}"
                f" at its side of {self._network.side} px: embed the picture with this model."
            )
        return self._patiently(lambda network, n: network.answer(features, these, wanted, n, drawn))

    def _patiently(self, work: Callable[[Network, int], T]) -> T:
        """Do work that takes a network and how many prompts at once, on a GPU twice if need be."""
        network = self._network
        at_once = AT_ONCE.get(network.device.type, AT_ONCE_ELSEWHERE)
        for tried in (at_once, max(1, at_once // 2)):
            try:
                return work(network, tried)
            except RuntimeError as error:
                if network.device.type == "cpu" or not _out_of_memory(error):
                    raise
                log.info("out of memory on %s, %s prompts at once", network.device, tried)
            # Here, not above: while the error lives, so do the tensors of its frames.
            network.forget()
            self._evict()
        self._network = network.on_cpu()
        warnings.warn(
            f"{network.device} has too little memory for {self.name}, which goes on, more slowly, "
            "on the CPU.",
            RuntimeWarning,
            stacklevel=4,
        )
        return work(self._network, AT_ONCE["cpu"])


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
