"""A Sam as the network of a Segmenter, and what it knows of the images asked about last."""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict
from typing import TYPE_CHECKING

import torch

from sam_widget.errors import SamError
from sam_widget.geometry import Frame
from sam_widget.models.features import Features
from sam_widget.models.mask_decoder import WHOLE
from sam_widget.models.padding import Padded

from .network import KINDS, by_pillow, copied_to_cpu, hashed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor

    from sam_widget.models.mask_decoder import Drawn, Seen
    from sam_widget.models.sam import Sam
    from sam_widget.models.thresholds import Thresholds

    from .network import Asked, Shape

PADDED = 7 / 8  # of the side: of a shorter picture enough is padding to look where it lies
IMAGES = 4  # of which something is kept beside the embedding: 14 MB each for a SAM


class Engine:
    """A Sam as a Network.

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

    @property
    def side(self) -> int:
        """Of the square input, px."""
        return self.sam.side

    @property
    def grid(self) -> int:
        """Of the embedding, pixels along each side."""
        return self.sam.prompt_encoder.grid

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Of the embedding and the skips, each twice as fine as the one before."""
        channels = (self.sam.prompt_encoder.width, *self.sam.image_encoder.skip_channels())
        return tuple((c, self.grid << i, self.grid << i) for i, c in enumerate(channels))

    @property
    def thresholds(self) -> Thresholds:
        """The model's own."""
        return self.sam.thresholds

    @property
    def mask_threshold(self) -> float:
        """The logit at a mask's border."""
        return self.sam.mask_threshold

    def takes(self, kind: str) -> bool:
        """Whether it takes this kind of prompt: points, boxes and masks."""
        return kind in KINDS

    def fingerprint(self) -> str:
        """Return a short hash of the weights."""
        return hashed(self.sam)

    def frame(self, width: int, height: int) -> Frame:
        """Return how a picture lies in the input: padded."""
        if self.positions.shape[-1] != self.grid:
            raise SamError(
                f"The model's side became {self.sam.side} px after this segmenter was made of it:"
                " make another Segmenter of the model."
            )
        return Frame(width, height, self.sam.side)

    def resized(self, pixels: NDArray[np.uint8], frame: Frame) -> Tensor:
        """Resize as ``segment_anything`` does."""
        return by_pillow(pixels, frame)

    def embed(self, pixels: Tensor) -> Features:
        """Encode (1, 3, H, W) in 0..255, the longer side being the model's."""
        encoder, size = self.sam.image_encoder, (pixels.shape[-2], pixels.shape[-1])
        blank = self._known() if min(size) <= PADDED * self.sam.side else ()
        x = self.sam.preprocess(pixels.to(self.device))
        return Features.of(encoder(x, Padded(size, blank)) if blank else encoder(x))

    def _known(self) -> tuple[Tensor, ...]:
        """Return what the encoder says of zeros, from the second photo on: for one it won't pay."""
        if self._blank is None:
            self._blank = ()
        elif not self._blank:
            self._blank = self.sam.blank()
        return self._blank

    def answer(
        self,
        features: Features,
        asked: Asked,
        wanted: slice,
        at_once: int,
        drawn: Drawn = WHOLE,
    ) -> tuple[Tensor, Tensor]:
        """Decode B prompts, some at once, as ``Network.answer``."""
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
        return Engine(copied_to_cpu(self.sam))

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
