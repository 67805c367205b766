"""From a checkpoint's keys and shapes to the network that they belong to. Reads no file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
import torch.nn.functional as F
from torch.overrides import TorchFunctionMode

from sam_widget.errors import SamError

from . import mini, tiny_vit
from .errors import CheckpointError
from .layers import NormedConvolution, standing
from .mask_decoder import MaskDecoder
from .mini import build_mini
from .prompt_encoder import PromptEncoder
from .sam import Sam
from .tiny_vit import build_tiny_vit
from .vit import ViTEncoder, ViTSize

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from torch import Tensor

INIT = "torch.nn.init"
LARGEST_SIDE = 8192  # px; a file that asks for more is broken or means harm


class _Unfilled(TorchFunctionMode):
    """Skips what fills fresh weights. On the meta device it would import all of torch.compile."""

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Sequence[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        given = kwargs or {}
        if func is torch.Tensor.normal_ or getattr(func, "__module__", "") == INIT:
            return given["tensor"] if "tensor" in given else args[0]
        return (torch.empty if func is torch.randn else func)(*args, **given)


def empty_sam(tensors: Mapping[str, Tensor], notes: Mapping[str, str]) -> Sam | None:
    """Build the network that a checkpoint's tensors belong to, without loading them.

    Its tensors are on the meta device: nothing is allocated or filled in vain. Whatever a network
    computes rather than loads must name its device itself.

    Parameters
    ----------
    tensors : mapping of str to Tensor
        With the official key names, whatever their type and device.
    notes : mapping of str to str
        What a file of our own says beside its tensors: its side, its thresholds.

    Returns
    -------
    Sam or None
        None where the tensors are of no kind known here.

    Raises
    ------
    ValueError
        The kind is known, but no network of it has these shapes; in one sentence.
    """
    with torch.device("meta"), _Unfilled():
        sam = _build(tensors, notes)
    if sam is not None:
        sam.thresholds = sam.thresholds.told(notes)
    return sam


def _build(tensors: Mapping[str, Tensor], notes: Mapping[str, str]) -> Sam | None:
    if "image_encoder.stem.conv.weight" in tensors:
        return build_mini(_side(notes.get("side", mini.SIDE), mini.STEP))
    if "image_encoder.patch_embed.seq.0.c.weight" in tensors:
        return _tiny_vit(tensors, notes)
    if "image_encoder.blocks.0.attn.rel_pos_h" in tensors:
        return _vit(tensors)
    return None


def fit_tables(sam: Sam, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the tensors with tables of relative positions made for another grid resized to ours.

    ``segment_anything`` does the same each time that it encodes.
    """
    expected = sam.state_dict()
    fitted = dict(tensors)
    for key, table in tensors.items():
        if ".attn.rel_pos_" in key and table.ndim == 2 and key in expected:
            length = expected[key].shape[0]
            if table.numel() and table.shape[0] != length:
                resized = F.interpolate(table.detach().float().T[None], length, mode="linear")
                fitted[key] = resized[0].T
    return fitted


def unfolded(sam: Sam, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the tensors of a model in use as those of one in training form.

    ``load_model`` folds each batch norm into its convolution; here each stands by itself again.
    """
    found = dict(tensors)
    for path, module in sam.named_modules():
        if isinstance(module, NormedConvolution):
            bias, norm = (f"{path}.{name}" for name in (f"{module.names[0]}.bias", module.names[1]))
            if bias in found and f"{norm}.weight" not in found:
                parts = standing(found.pop(bias).detach().float(), module.epsilon)
                found |= {f"{norm}.{name}": part for name, part in parts.items()}
    return found


def at_side(sam: Sam, side: int) -> Sam:
    """Let a convolutional model take pictures of another side, in place.

    Parameters
    ----------
    sam : Sam
        A ViT takes pictures of the side that it was trained for alone.
    side : int
        In px: up to ``LARGEST_SIDE``, a multiple of 32 for ``mini`` and of its stride for another.

    Raises
    ------
    CheckpointError
        The model cannot.
    """
    encoder = sam.image_encoder
    if encoder.own_side_alone and side != sam.side:
        said = f"takes pictures of its own side alone, {sam.side} px"
        raise CheckpointError(f"A ViT {said}, not of {side} px.")
    if not 0 < side <= LARGEST_SIDE or side % encoder.step:
        said = f"must be a multiple of {encoder.step} px up to {LARGEST_SIDE}"
        raise CheckpointError(f"This model's side {said}, which {side} is not.")
    sam.side = side
    return sam


def _tiny_vit(tensors: Mapping[str, Tensor], notes: Mapping[str, str]) -> Sam:
    kernel = _shape(tensors, "image_encoder.patch_embed.seq.0.c.weight", 4)[-1]
    for layout in tiny_vit.LAYOUTS.values():
        if layout.stem_kernel == kernel:
            return build_tiny_vit(layout, _side(notes.get("side", layout.side), layout.stride))
    raise SamError(f"no TinyViT known here begins with a convolution of {kernel} by {kernel}")


def _vit(tensors: Mapping[str, Tensor]) -> Sam:
    width, _, patch, _ = _shape(tensors, "image_encoder.patch_embed.proj.weight", 4)
    _, grid, grid_w, _ = _shape(tensors, "image_encoder.pos_embed", 4)
    if patch != 16 or grid != grid_w:
        raise SamError(f"its patches are of {patch} px on a grid of {grid} by {grid_w}")
    tables: list[tuple[int, ...]] = []
    while (key := f"image_encoder.blocks.{len(tables)}.attn.rel_pos_h") in tensors:
        tables.append(_shape(tensors, key, 2))
    per_head = tables[0][1]
    if width % per_head:
        raise SamError(f"{width} channels do not part into heads of {per_head}")
    window, global_blocks = _windows([length for length, _ in tables], grid)
    size = ViTSize(width, len(tables), width // per_head, global_blocks)
    out = _shape(tensors, "image_encoder.neck.0.weight", 4)[0]
    side = _side(grid * 16, 16)
    return Sam(ViTEncoder(size, side, out, window), *_prompt_and_masks(tensors, side, out))


def _windows(lengths: list[int], grid: int) -> tuple[int, tuple[int, ...]]:
    """Tell windowed blocks from global ones by their tables' lengths, each 2 * side - 1.

    Returns
    -------
    tuple
        The windows' side in tokens, and the indices of the global blocks.
    """
    kinds = set(lengths)
    whole = 2 * grid - 1
    if whole not in kinds and (len(kinds) == 2 or max(kinds) > whole):
        whole = max(kinds)  # trained with another grid: the longer tables were its
    windows = kinds - {whole}
    if len(windows) > 1:
        raise SamError(f"its tables of relative positions have {len(kinds)} lengths")
    window = min(windows, default=2 * 14 - 1)
    return (window + 1) // 2, tuple(i for i, n in enumerate(lengths) if n == whole)


def _prompt_and_masks(
    tensors: Mapping[str, Tensor], side: int, width: int, stride: int = 16
) -> tuple[PromptEncoder, MaskDecoder]:
    if width % 16:
        raise SamError(f"{width} channels do not part into 8 heads of half the width")
    channels = _shape(tensors, "prompt_encoder.mask_downscaling.3.weight", 4)[0]
    masks = _shape(tensors, "mask_decoder.mask_tokens.weight", 2)[0]
    return PromptEncoder(side, width, channels, stride), MaskDecoder(width, masks)


def _shape(tensors: Mapping[str, Tensor], key: str, axes: int) -> tuple[int, ...]:
    if key not in tensors:
        raise SamError(f"it lacks {key}")
    shape = tuple(tensors[key].shape)
    if len(shape) != axes or 0 in shape:
        raise SamError(f"{key} has the shape {shape}")
    return shape


def _side(side: int | str, step: int) -> int:
    pixels = int(side) if str(side).isdecimal() else 0
    if not 0 < pixels <= LARGEST_SIDE or pixels % step:
        raise SamError(f"it asks for pictures of {side} px")
    return pixels
