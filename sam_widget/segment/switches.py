"""Steps of the two-way decoder switched off, for one thread, to see what they do. Nothing stays."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch

from sam_widget.errors import SamError, shown
from sam_widget.models.attention import Attention, ImageToToken
from sam_widget.models.transformer import TwoWayBlock

from .loaded import segmenter_of
from .trace import only_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from torch import nn

    from sam_widget.models.sam import Sam

    from .loaded import AnyModel

WHERE = "mask_decoder.transformer."


def steps(sam: Sam) -> tuple[str, ...]:
    """Return the names of the two-way transformer's attentions, in the order of their work.

    ``layers.0.self_attn``, ``layers.0.cross_attn_token_to_image``, ... and at last
    ``final_attn_token_to_image`` (paper, Appendix A, Figure 14).
    """
    transformer: nn.Module = sam.mask_decoder.transformer
    modules = transformer.named_modules()
    return tuple(name for name, module in modules if isinstance(module, Attention))


@contextmanager
def switched_off(model: AnyModel, off: Iterable[str]) -> Iterator[None]:
    """Have attentions add nothing to what they are given, for who asks on this thread.

    Parameters
    ----------
    model : Segmenter, Sam, str or Path
    off : iterable of str
        Names of ``steps``; on other threads, and afterwards, all of them work.

    Raises
    ------
    SamError
        There is no such step.
    """
    transformer = segmenter_of(model).sam.mask_decoder.transformer
    known, thread = steps(segmenter_of(model).sam), threading.get_ident()
    ends = []
    try:
        for name in off:
            if name not in known:
                raise SamError(f"There is no step {shown(name)}: they are {', '.join(known)}.")
            hook = only_on(thread, _nothing_of(transformer, name))
            ends.append(transformer.get_submodule(name).register_forward_hook(hook))
        yield
    finally:
        for end in ends:
            end.remove()


def _nothing_of(transformer: nn.Module, name: str) -> Callable[..., Any]:
    """Return a hook after which what a step was given is left as it was."""
    step, block = (transformer.get_submodule(each) for each in (name, name.rpartition(".")[0]))
    if isinstance(step, ImageToToken):  # it answers with the pixels, what they read added
        return lambda _, given, read: given[0].pixels.expand_as(read)
    if isinstance(block, TwoWayBlock) and block.first and step is block.self_attn:
        return lambda _, given, __: given[2].clone()  # it takes the tokens' place
    return lambda _, __, read: torch.zeros_like(read)
