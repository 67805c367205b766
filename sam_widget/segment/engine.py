"""A model where it lies, and what it knows of the images asked about last. Chooses no device."""

from __future__ import annotations

import copy
import threading
import weakref
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from sam_widget.models.features import Features
from sam_widget.models.mask_decoder import WHOLE
from sam_widget.models.padding import Padded

if TYPE_CHECKING:
    from sam_widget.models.mask_decoder import Drawn, Seen
    from sam_widget.models.sam import Sam

PADDED = 7 / 8  # of the side: of a shorter picture enough is padding to look where it lies
IMAGES = 4  # of which something is kept beside the embedding: 14 MB each for a SAM


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


class Engine:
    """A model that answers; safe to call from several threads.

    Parameters
    ----------
    sam : Sam
        In evaluation mode. It stays as it is.
    """

    def __init__(self, sam: Sam) -> None:
        self.sam = sam
        self.positions = sam.prompt_encoder.get_dense_pe()
        self._blank: tuple[Tensor, ...] | None = None
        self._lock = threading.Lock()  # held by who is in native code alone: free after a fork
        self._seen: OrderedDict[int, tuple[weakref.ref[Tensor], Seen]] = OrderedDict()

    def __reduce__(self) -> tuple[type[Engine], tuple[Sam]]:
        return Engine, (self.sam,)  # a copy works out anew what this one knows of images

    @property
    def device(self) -> torch.device:
        """Where the model lives."""
        return self.positions.device

    @property
    def dtype(self) -> torch.dtype:
        """The type of number that it computes in."""
        return self.positions.dtype

    def embed(self, pixels: Tensor) -> Features:
        """Encode (B, 3, H, W) in 0..255, the longer side being the model's."""
        encoder, size = self.sam.image_encoder, (pixels.shape[-2], pixels.shape[-1])
        blank = self._known() if min(size) <= PADDED * self.sam.side else ()
        x = self.sam.preprocess(pixels.to(self.device))
        return Features.of(encoder(x, Padded(size, blank)) if blank else encoder(x))

    def _known(self) -> tuple[Tensor, ...]:
        """Return what the encoder says of zeros, from the second photo on: for one it won't pay."""
        if self._blank is None:
            self._blank = ()
        elif not self._blank:
            self._blank = getattr(self.sam.image_encoder, "blank", tuple)()  # it may not be ours
        return self._blank

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
            Which part of the masks.

        Returns
        -------
        tuple of Tensor
            Logits (B, M, h, w) and predicted IoU (B, M), float32, on the model's device.
        """
        decoder, encode = self.sam.mask_decoder, self.sam.prompt_encoder
        logits, iou = [], []
        for start in range(0, len(asked), at_once):
            some = asked.part(slice(start, start + at_once), self.device, self.dtype)
            sparse, dense = encode(some.points, some.boxes, some.masks)
            if some.masks is None:
                seen = self._without_mask(features, dense[:1])
            else:
                seen = decoder.see(self._here(features), self.positions, dense)
            answer = decoder.answer(seen, sparse, wanted, drawn)
            logits.append(answer[0].float())
            iou.append(answer[1].float())
        if len(logits) == 1:
            return logits[0], iou[0]
        return torch.cat(logits), torch.cat(iou)

    def forget(self) -> None:
        """Give up what is known of images; it is worked out again when it is needed."""
        with self._lock:
            self._seen.clear()

    def on_cpu(self) -> Engine:
        """Return the same model on the CPU, in float32; this one stays as it is."""
        tensors = (*self.sam.parameters(), *self.sam.buffers())
        memo = {id(tensor): _on_cpu(tensor) for tensor in tensors}
        return Engine(copy.deepcopy(self.sam, memo))  # copies only what the memo does not have

    def _here(self, features: Features) -> Features:
        return features.map(lambda tensor: tensor.to(self.device, self.dtype))

    def _without_mask(self, features: Features, dense: Tensor) -> Seen:
        """Return an image as seen by every prompt without a mask, worked out once."""
        decoder, key = self.sam.mask_decoder, id(features.embedding)
        with self._lock:
            image, seen = self._seen.get(key, (None, None))
            if image is not None and seen is not None and image() is features.embedding:
                self._seen.move_to_end(key)
                return seen
        seen = decoder.foresee(decoder.see(self._here(features), self.positions, dense))
        with self._lock:
            # Another tensor may have this id by then: whoever finds it looks who it is.
            self._seen[key] = weakref.ref(features.embedding, lambda _: self._drop(key)), seen
            while len(self._seen) > IMAGES:
                self._seen.popitem(last=False)
        return seen

    def _drop(self, key: int) -> None:
        self._seen.pop(key, None)


def _on_cpu(tensor: Tensor) -> Tensor:
    there = tensor.detach().cpu()
    there = there.float() if there.is_floating_point() else there
    return nn.Parameter(there, requires_grad=False) if isinstance(tensor, nn.Parameter) else there
