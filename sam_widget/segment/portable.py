"""A model's decoder and a photo's embedding as files for the page that has no kernel. No HTML here.

Two safetensors, since a decoder serves many photos. Their matrices are float16: half the bytes, and
masks that differ in fewer than one pixel in a thousand (``tests/page/test_standalone.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import torch
from safetensors.torch import save

from sam_widget.errors import SamError
from sam_widget.images.picture import encode_for_display

from .loaded import embedded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from torch import Tensor

    from sam_widget.models.sam import Sam

SMALL = 2**12  # numbers; of fewer than that, halving saves nothing, and positions want all digits


class Decoding(Protocol):
    """A model whose decoder the page can run: a Sam of this package, in use."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    @property
    def key(self) -> str:
        """Whatever embeddings depend on but the picture."""
        ...

    @property
    def sam(self) -> Sam:
        """The Sam that it is; SamError, in one sentence, where it is another's network."""
        ...


def decoding(model: Any) -> Decoding:
    """Return a model as one whose decoder the page can run.

    Raises
    ------
    SamError
        It is another package's, or one of the user's own.
    """
    held: Decoding = model
    try:
        _ = held.sam
    except (AttributeError, SamError):  # a model of the user's own; another package's network
        raise SamError(
            f"A page can run the decoder of a SAM of this package, and {model.name} is another"
            ' model: SamWidget(photo, model="small") makes such a page.'
        ) from None
    return held


def decoder_file(model: Decoding) -> bytes:
    """Return the prompt encoder and mask decoder of a model, as safetensors.

    Keys are the official ones; the notes say side and stride, how much stability counts in which
    candidate leads, the model's name, and its key, which a photo's file must have too.
    """
    sam = model.sam
    parts = {"prompt_encoder": sam.prompt_encoder, "mask_decoder": sam.mask_decoder}
    tensors = {
        f"{part}.{name}": tensor
        for part, module in parts.items()
        for name, tensor in module.state_dict().items()
    }
    notes = {
        "model": model.name,
        "key": model.key,
        "side": str(sam.side),
        "stride": str(sam.prompt_encoder.stride),
        "stability_counts": str(sam.thresholds.stability_counts),
    }
    return save(_halved(tensors), notes)


def photo_file(model: Decoding, pixels: NDArray[np.uint8]) -> bytes:
    """Return a photo with its embedding, as safetensors.

    Parameters
    ----------
    model : Decoding
    pixels : ndarray
        (H, W, 3) uint8, RGB.

    Returns
    -------
    bytes
        ``photo``, (N,) uint8, a JPEG or PNG of at most 2048 px; ``embedding`` (1, C, g, g) and, of
        a model that has them, ``skip.0`` and ``skip.1``; the notes say the photo's own width and
        height, the model's side, and its key.
    """
    held: Any = model
    embedding = embedded(held, pixels)
    shown = np.frombuffer(encode_for_display(pixels), np.uint8)
    frame = embedding.frame
    notes = {
        "key": model.key,
        "width": str(frame.width),
        "height": str(frame.height),
        "side": str(frame.side),
    }
    tensors = {"photo": torch.from_numpy(shown.copy()), **_halved(embedding.tensors())}
    return save(tensors, notes)


def _halved(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return tensors on the CPU, large ones in float16 where that holds their numbers."""
    return {name: _half(tensor.detach().cpu()) for name, tensor in tensors.items()}


def _half(tensor: Tensor) -> Tensor:
    half = tensor.to(torch.float16)
    fits = tensor.numel() >= SMALL and bool(half.isfinite().all())
    return (half if fits else tensor.float()).contiguous()
