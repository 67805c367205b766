"""What a Segmenter stands on: a network where it lies, whoever's. Knows no network itself."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from xxhash import xxh3_128

from sam_widget.models.mask_decoder import WHOLE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sam_widget.geometry import Frame
    from sam_widget.models.features import Features
    from sam_widget.models.mask_decoder import Drawn
    from sam_widget.models.sam import Sam
    from sam_widget.models.thresholds import Thresholds

    Shape = tuple[int, int, int]

KINDS = ("point", "box", "mask")  # of prompts
M = TypeVar("M", bound=nn.Module)


@dataclass(frozen=True)
class Asked:
    """B prompts for one image, as the prompt encoder takes them, on the CPU.

    Attributes
    ----------
    points : tuple of Tensor, optional
        (B, N, 2) float and (B, N) int.
    boxes : Tensor, optional
        (B, 4) float.
    masks : Tensor, optional
        (B, 1, h, w) float.
    """

    points: tuple[Tensor, Tensor] | None = None
    boxes: Tensor | None = None
    masks: Tensor | None = None

    def __len__(self) -> int:
        given = (self.points and self.points[0], self.boxes, self.masks)
        return next((len(tensor) for tensor in given if tensor is not None), 1)

    def part(self, some: slice, device: torch.device, dtype: torch.dtype) -> Asked:
        """Return some of the prompts, on a device; masks in the model's type."""
        return Asked(
            self.points and (self.points[0][some].to(device), self.points[1][some].to(device)),
            None if self.boxes is None else self.boxes[some].to(device),
            None if self.masks is None else self.masks[some].to(device, dtype),
        )


class Network(Protocol):
    """What a Segmenter stands on: it encodes a picture and decodes prompts, and decides nothing.

    Safe to call from several threads.
    """

    @property
    def sam(self) -> Sam:
        """The Sam that it is; SamError, in one sentence, where it is another's network."""
        ...

    @property
    def device(self) -> torch.device:
        """Where it lies."""
        ...

    @property
    def dtype(self) -> torch.dtype:
        """The type of number that it computes in."""
        ...

    @property
    def side(self) -> int:
        """Of its square input, px."""
        ...

    @property
    def grid(self) -> int:
        """Of its embedding, pixels along each side; the decoder's grid is four times as fine."""
        ...

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Of each tensor of its Features, less the first axis: of the embedding (C, H, W)."""
        ...

    @property
    def thresholds(self) -> Thresholds:
        """What everything mode leaves out where it is told nothing else."""
        ...

    @property
    def mask_threshold(self) -> float:
        """The logit at a mask's border."""
        ...

    def takes(self, kind: str) -> bool:
        """Whether it takes "point", "box" or "mask"."""
        ...

    def fingerprint(self) -> str:
        """Return a short hash of its weights, and of whatever else is its own."""
        ...

    def frame(self, width: int, height: int) -> Frame:
        """Return how a picture of this size lies in its input."""
        ...

    def resized(self, pixels: NDArray[np.uint8], frame: Frame) -> Tensor:
        """Return (H, W, 3), RGB, as large as the frame has it: (1, 3, h, w) uint8, on the CPU."""
        ...

    def embed(self, pixels: Tensor) -> Features:
        """Encode what ``resized`` returns."""
        ...

    def answer(
        self,
        features: Features,
        asked: Asked,
        wanted: slice,
        at_once: int,
        drawn: Drawn = WHOLE,
    ) -> tuple[Tensor, Tensor]:
        """Decode B prompts, some at once.

        Parameters
        ----------
        features : Features
            Of one image, on any device.
        asked : Asked
        wanted : slice
            Of the decoder's four masks.
        at_once : int
            The most prompts that are decoded together.
        drawn : Drawn
            Which part of the masks is needed; more may be drawn.

        Returns
        -------
        tuple of Tensor
            Logits (B, M, h, w) and predicted IoU (B, M), float32, on the network's device.
        """
        ...

    def forget(self) -> None:
        """Give up what is known of images; it is worked out again when it is needed."""
        ...

    def on_cpu(self) -> Self:
        """Return the same network on the CPU, in float32; this one stays as it is."""
        ...


def hashed(module: nn.Module) -> str:
    """Return a short hash of a module's names and tensors."""
    digest = xxh3_128()
    for name, tensor in module.state_dict().items():
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().view(-1).view(torch.uint8).numpy())
    return digest.hexdigest()[:16]


def by_pillow(pixels: NDArray[np.uint8], frame: Frame) -> Tensor:
    """Resize (H, W, 3) bilinearly: (1, 3, h, w) uint8."""
    resized = Image.fromarray(pixels).resize(frame.resized, Image.Resampling.BILINEAR)
    return torch.from_numpy(np.array(resized)).permute(2, 0, 1)[None]


def copied_to_cpu(module: M) -> M:
    """Return a copy on the CPU, in float32; the module stays as it is."""
    memo = {id(each): _on_cpu(each) for each in (*module.parameters(), *module.buffers())}
    return copy.deepcopy(module, memo)  # copies only what the memo does not have


def _on_cpu(tensor: Tensor) -> Tensor:
    there = tensor.detach().cpu()
    there = there.float() if there.is_floating_point() else there
    return nn.Parameter(there, requires_grad=False) if isinstance(tensor, nn.Parameter) else there
