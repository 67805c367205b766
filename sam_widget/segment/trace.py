"""`trace`: every named value of one prediction, while it is made. Changes none of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from sam_widget.errors import SamError
from sam_widget.models.attention import Attention
from sam_widget.models.layers import MLP, Neck, PatchEmbedding
from sam_widget.models.mask_decoder import MaskProduct, Upscaling
from sam_widget.models.mini import MiniEncoder
from sam_widget.models.padding import Layer
from sam_widget.models.prompt_encoder import PromptEncoder, RandomPositions
from sam_widget.models.tiny_vit import TinyViTAttention
from sam_widget.models.transformer import TwoWayBlock, TwoWayTransformer
from sam_widget.models.vit import ViTAttention, ViTBlock

from .loaded import segmenter_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from .loaded import AnyModel

HEARD = (
    *(PatchEmbedding, ViTBlock, ViTAttention, Layer, TinyViTAttention, MiniEncoder),
    *(PromptEncoder, RandomPositions, TwoWayTransformer, TwoWayBlock, Attention),
    *(MLP, MaskProduct, Neck, Upscaling),
)
"""Kinds of modules that are heard; what they are made of may be computed in pieces."""


@dataclass(frozen=True, eq=False)
class Traced:
    """One module's part in a prediction.

    Attributes
    ----------
    name : str
        The module's, as in the model's ``state_dict``.
    module : torch.nn.Module
        It.
    given : tuple
        What went in: tensors, copied, and dataclasses of them.
    value : Tensor, or tuple or dataclass of them
        What came out, copied.
    """

    name: str
    module: nn.Module
    given: tuple[Any, ...]
    value: Any

    @property
    def shape(self) -> tuple[int, ...]:
        """Of the value, or of the first of several."""
        return tuple(_first(self.value).shape)

    def array(self) -> NDArray[np.float32]:
        """Return the value, or the first of several, as float32 on the CPU."""
        numbers: NDArray[np.float32] = _first(self.value).float().cpu().numpy()
        return numbers

    def weights(self, *place: int) -> Tensor:
        """Return who looked at what, of a module that is attention.

        Parameters
        ----------
        *place : int
            Of an image encoder's attention: row and column of the pixel that looks.

        Returns
        -------
        Tensor
            Shares of sum 1, by heads, in the layout that the module's own ``weights`` tells.

        Raises
        ------
        ValueError
            The module is no attention.
        """
        ask: Any = getattr(self.module, "weights", None)
        if ask is None:
            raise SamError(f"{self.name} looks at nothing: it is no attention.")
        with torch.no_grad():
            shares: Tensor = ask(*self.given, *place)
        return shares


class Trace(Mapping[str, Traced]):
    """What was heard, by the modules' names, in the order in which they answered.

    It is of the last prediction: each image that is encoded and each prompt that is asked about
    takes the place of the one before.
    """

    def __init__(self) -> None:
        self._heard: dict[str, Traced] = {}

    def __getitem__(self, name: str) -> Traced:
        return self._heard[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._heard)

    def __len__(self) -> int:
        return len(self._heard)

    def __repr__(self) -> str:
        lines = (f"{name}: {' x '.join(map(str, t.shape))}" for name, t in self.items())
        return "\n".join([f"<Trace of {len(self)} values>", *lines])

    def forget(self, part: str) -> None:
        """Let go of all values of a part of the model."""
        self._heard = {n: each for n, each in self._heard.items() if not n.startswith(part)}

    def hear(self, name: str, module: nn.Module, given: tuple[Any, ...], value: Any) -> None:
        """Note what a module made; windows that come in several parts are put together."""
        given, value = _kept(given), _kept(value)
        before = self._heard.pop(name, None)
        if before is not None and isinstance(module, TinyViTAttention):
            given = (torch.cat([before.given[0], given[0]]), *given[1:])
            value = torch.cat([before.value, value])
        self._heard[name] = Traced(name, module, given, value)


@contextmanager
def trace(model: AnyModel, *, thread: int | None = None) -> Iterator[Trace]:
    """Listen to a model while it predicts: ``with trace(model) as heard: ...``.

    Parameters
    ----------
    model : Segmenter, Sam, str or Path
        A model that is loaded, or the name or file of one that this process has loaded or will.
        Whoever uses it meanwhile is heard, on any thread.
    thread : int, optional
        Hear only this one, by ``threading.get_ident()``.

    Yields
    ------
    Trace
        ``heard["mask_decoder.transformer.layers.0.cross_attn_token_to_image"].weights()`` and so
        on: patch embedding and blocks of the image encoder, the prompt's tokens and their
        positions, each attention of the mask decoder, the upscaled features, the mask kernels, the
        logits (``mask_decoder.product``), the predicted IoU. The answers are the same as without,
        but that of a photo padded at its side all is computed.

    Raises
    ------
    SamError
        It is no SAM of this package: what other networks do inside is not told apart here.
    """
    sam, heard = segmenter_of(model).sam, Trace()

    def of(hook: Callable[..., Any]) -> Callable[..., Any]:
        return hook if thread is None else only_on(thread, hook)

    ends = [
        module.register_forward_hook(of(partial(_heard, heard, name)))
        for name, module in sam.named_modules()
        if isinstance(module, HEARD)
    ]
    ends += [
        sam.image_encoder.register_forward_pre_hook(of(partial(_whole, heard))),
        sam.prompt_encoder.register_forward_pre_hook(of(partial(_anew, heard))),
    ]
    try:
        yield heard
    finally:
        for end in ends:
            end.remove()


def only_on(thread: int, hook: Callable[..., Any]) -> Callable[..., Any]:
    """Return a module's hook that is called on one thread, and does nothing on others."""

    def here(*given: Any) -> Any:
        return hook(*given) if threading.get_ident() == thread else None

    return here


def _heard(trace: Trace, name: str, module: nn.Module, given: tuple[Any, ...], value: Any) -> None:
    trace.hear(name, module, given, value)


def _whole(trace: Trace, _: nn.Module, given: tuple[Any, ...]) -> tuple[Any, ...]:
    trace.forget("image_encoder")
    return given[:1]  # without what is padded, of which a part need not be computed


def _anew(trace: Trace, *_: Any) -> None:
    trace.forget("prompt_encoder")
    trace.forget("mask_decoder")


def _kept(value: Any) -> Any:
    """Copy tensors: what comes later may use their memory up."""
    if isinstance(value, Tensor):
        return value.detach().clone()
    if isinstance(value, tuple):
        return tuple(_kept(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _kept(getattr(value, f.name)) for f in fields(value)})
    return value


def _first(value: Any) -> Tensor:
    while not isinstance(value, Tensor):
        value = value[0] if isinstance(value, tuple) else getattr(value, fields(value)[0].name)
    return value
