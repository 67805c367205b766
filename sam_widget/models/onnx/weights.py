"""The layers of two ONNX graphs to the parameters of our own network. Reads and writes no ONNX.

Names are kept by exporters where they can, and lost where a weight was turned, gathered or folded.
What is never lost is the order: both name their layers by it. So a layer goes where its name says,
and the rest of its kind go, in the order of their use, where our network lacks them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import nn

from sam_widget.errors import in_short
from sam_widget.models.architectures import at_side, empty_sam
from sam_widget.models.errors import CheckpointError
from sam_widget.models.foreign import Weights
from sam_widget.models.layers import LayerNorm2d, NormedConvolution, standing

from .graph import read_graph
from .layers import layers_of, moves_factors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from torch import Tensor

    from sam_widget.models.sam import Sam

    from .graph import Graph
    from .layers import Kind, Layer

KINDS: tuple[tuple[Kind, tuple[type[nn.Module], ...]], ...] = (
    ("convolution", (nn.Conv2d, nn.ConvTranspose2d)),
    ("linear", (nn.Linear,)),
    ("norm", (nn.LayerNorm, LayerNorm2d)),
    ("rows", (nn.Embedding,)),
)
ALONE: dict[str, Kind] = {  # parameters of modules that are none of these
    "pos_embed": "place",
    "rel_pos_h": "heights",
    "rel_pos_w": "widths",
    "attention_biases": "biases",
}
JOINED = (  # embeddings whose rows an exporter may put together; else they have names
    re.compile(r"prompt_encoder\.point_embeddings\.\d\.weight"),
    re.compile(r"prompt_encoder\.no_mask_embed\.weight"),
    re.compile(r"mask_decoder\.(iou_token|mask_tokens)\.weight"),
)
OTHER_ROWS = 7  # of a decoder's embeddings: four kinds of point, no point, no mask, the IoU's token


@dataclass(frozen=True)
class Slot:
    """A layer of our network, which one of a graph's is.

    Attributes
    ----------
    kind : str
        As a ``Layer``'s.
    keys : mapping of str to str
        ``"weight"`` and maybe ``"bias"`` -> official key names.
    norm : str
        The official name of the batch norm behind a convolution, which the graph may have folded
        into it; empty where there is none.
    epsilon : float
        The batch norm's.
    """

    kind: Kind
    keys: Mapping[str, str]
    norm: str = ""
    epsilon: float = 0.0


def read_onnx(encoder: Path, decoder: Path) -> Weights:
    """Read the two ONNX files of a SAM.

    Parameters
    ----------
    encoder, decoder : Path
        The image encoder; prompt encoder and mask decoder in one, as ``segment_anything`` exports
        them, or as ``export.py`` does.

    Returns
    -------
    Weights
        As ``read_tensors`` returns them, batch norms standing by themselves, the side in the notes.

    Raises
    ------
    CheckpointError
        The files do not hold a SAM of a kind known here, or do not belong together.
    """
    try:
        return _read(read_graph(encoder), read_graph(decoder))
    except CheckpointError:
        raise
    except Exception as error:  # a graph that nobody has thought of can raise anything
        said = f"do not hold a SAM known here: {in_short(error)}"
        raise CheckpointError(f"{encoder} and {decoder} {said}.") from error


def _read(encoder: Graph, decoder: Graph) -> Weights:
    for graph in (encoder, decoder):
        if moves_factors(graph):
            said = (
                "was simplified by moving factors into its weights: give the file it was made from"
            )
            raise CheckpointError(f"{graph.path} {said}.")
    seeing, drawing = layers_of(encoder), layers_of(decoder)
    sam = empty_sam({**_encoder_shapes(seeing), **_decoder_shapes(decoder.path, drawing)}, {})
    if sam is None:
        raise CheckpointError(f"{encoder.path} does not hold the encoder of a SAM known here.")
    sam = at_side(sam, _side(sam, encoder, decoder))
    found = _matched(encoder, seeing, image_encoder=sam.image_encoder)
    found |= _matched(
        decoder, drawing, prompt_encoder=sam.prompt_encoder, mask_decoder=sam.mask_decoder
    )
    return Weights(found, {"side": str(sam.side)})


def _side(sam: Sam, encoder: Graph, decoder: Graph) -> int:
    """Return the side of the pictures that two files are for, px; else the network's own."""
    grids = _squares(decoder, sam.prompt_encoder.width)
    if not grids:
        said = f"takes no embedding of {sam.prompt_encoder.width} channels, which"
        raise CheckpointError(f"{decoder.path} {said} {encoder.path} gives.")
    sides = {*_squares(encoder, 3), *(grid * sam.image_encoder.stride for grid in grids)} - {0}
    if len(sides) > 1:
        said = f"do not belong together: their sides are {' and '.join(map(str, sorted(sides)))} px"
        raise CheckpointError(f"{encoder.path} and {decoder.path} {said}.")
    return sides.pop() if sides else sam.side


def _squares(graph: Graph, channels: int) -> list[int]:
    """Return the sides of what a graph takes of (1, channels, side, side); 0 where it is free."""
    shapes = [shape for shape in graph.inputs.values() if len(shape) == 4]
    return [s[2] for s in shapes if s[1] in (channels, 0) and s[2] == s[3]]


def _weights(layers: Iterable[Layer], kind: Kind) -> list[Tensor]:
    return [layer.weight for layer in layers if layer.kind == kind]


def _encoder_shapes(layers: Sequence[Layer]) -> dict[str, Tensor]:
    """Name as many of an encoder's parameters as say which network it is."""
    convolutions = _weights(layers, "convolution")
    if len(convolutions) < 2:
        return {}
    first, second = convolutions[:2]
    if second.shape[1] == 1:  # a depthwise one
        return {"image_encoder.stem.conv.weight": first}
    if first.shape[-1] != 16:
        return {"image_encoder.patch_embed.seq.0.c.weight": first}
    named = {"image_encoder.patch_embed.proj.weight": first, "image_encoder.neck.0.weight": second}
    for place in _weights(layers, "place")[:1]:
        named["image_encoder.pos_embed"] = place
    for i, table in enumerate(_weights(layers, "heights")):  # and as many of widths
        named[f"image_encoder.blocks.{i}.attn.rel_pos_h"] = table
    return named


def _decoder_shapes(path: Path, layers: Sequence[Layer]) -> dict[str, Tensor]:
    """Name as many of a decoder's parameters as say how large it is."""
    convolutions = _weights(layers, "convolution")
    if len(convolutions) != 5:
        said = f"has {len(convolutions)} convolutions, and a SAM's decoder that takes masks has 5"
        raise CheckpointError(f"{path} {said}.")
    width = convolutions[3].shape[0]
    masks = sum(map(len, _rows(layers, width))) - OTHER_ROWS
    return {
        "prompt_encoder.mask_downscaling.3.weight": convolutions[1],
        "mask_decoder.mask_tokens.weight": torch.empty(max(masks, 0), width),
    }


def _rows(layers: Iterable[Layer], width: int) -> list[Tensor]:
    return [each for each in _weights(layers, "rows") if each.shape[-1] == width]


def _matched(graph: Graph, layers: Sequence[Layer], **parts: nn.Module) -> dict[str, Tensor]:
    """Return what a graph has for the parameters of some parts of a network."""
    shapes = {
        f"{name}.{key}": value.shape
        for name, part in parts.items()
        for key, value in part.state_dict().items()
    }
    official = _official(graph.constants, shapes)
    slots = [slot for name, part in parts.items() for slot in _slots(name, part)]
    by_key = {key: slot for slot in slots for key in slot.keys.values()}
    found: dict[str, Tensor] = {}
    nameless: list[Layer] = []
    for layer in layers:
        names = [name for part in layer.parts.values() for name in part.names]
        keys = [official[name] for name in names if name in official]
        slot = next((by_key[key] for key in keys if key in by_key), None)
        if not keys or (slot and slot.keys["weight"] in found):  # a shared constant has one name
            nameless.append(layer)
        elif slot and slot.kind == layer.kind:
            found |= _filled(slot, layer, shapes)
    for name, key in official.items():  # used in another way than a layer's
        value = graph.constants[name].value
        if key not in found and name in graph.users and value.shape == shapes[key]:
            found[key] = value
    waiting = [slot for slot in slots if not found.keys() >= {*slot.keys.values()}]
    found |= _in_order(graph.path, waiting, nameless, shapes)
    return found | _of_its_size(waiting, nameless, shapes)


def _in_order(
    path: Path, waiting: list[Slot], layers: list[Layer], shapes: Mapping[str, torch.Size]
) -> dict[str, Tensor]:
    """Put layers without a name where the network lacks one of their kind."""
    found: dict[str, Tensor] = {}
    for kind in ("convolution", "linear", "norm", *ALONE.values()):
        slots = [slot for slot in waiting if slot.kind == kind]
        rest = [layer for layer in layers if layer.kind == kind]
        if len(slots) != len(rest) and (slots or kind not in ALONE.values()):
            lacking = f", from {slots[0].keys['weight']} on" if slots else ""
            said = (
                f"of {kind} layers it leaves {len(rest)} nameless and lacks {len(slots)}{lacking}"
            )
            raise CheckpointError(f"{path} does not hold a whole SAM: {said}.")
        for slot, layer in zip(slots, rest, strict=False):
            found |= _filled(slot, layer, shapes)
    return found


def _of_its_size(
    waiting: list[Slot], layers: list[Layer], shapes: Mapping[str, torch.Size]
) -> dict[str, Tensor]:
    """Put rows without a name where the network lacks as many: they keep no order."""
    found: dict[str, Tensor] = {}
    for pattern in JOINED:
        keys = [key for slot in waiting for key in slot.keys.values() if pattern.fullmatch(key)]
        counts = [shapes[key][0] for key in keys]
        fit = [
            rows for key in keys[:1] for rows in _rows(layers, shapes[key][1])
            if len(rows) == sum(counts)
        ]  # fmt: skip
        if len(fit) == 1:
            found |= zip(keys, torch.split(fit[0], counts), strict=True)
    return found


def _official(names: Iterable[str], keys: Iterable[str]) -> dict[str, str]:
    """Return which of a file's names are which keys.

    Each part of a network stands behind a prefix of its own, the one that most of its names have.
    """
    within: dict[str, str] = {key.partition(".")[2]: key for key in keys}
    behind: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for name in names:
        for place in (0, *(match.end() for match in re.finditer(r"\.", name))):
            if key := within.get(name[place:]):
                behind[key.partition(".")[0]][name[:place]][name] = key
    found: dict[str, str] = {}
    for prefixes in behind.values():
        most = max(prefixes.values(), key=len)
        found |= most
    return found


def _slots(name: str, part: nn.Module) -> Iterator[Slot]:
    """Yield a part's layers in the order of their definition, which is that of their use."""
    norms: dict[str, tuple[str, float]] = {}
    for path, module in part.named_modules(prefix=name):
        if isinstance(module, NormedConvolution):
            convolution, norm = module.names
            norms[f"{path}.{convolution}"] = (f"{path}.{norm}", module.epsilon)
        keys = {own: f"{path}.{own}" for own, _ in module.named_parameters(recurse=False)}
        for kind, types in KINDS:
            if isinstance(module, types):
                yield Slot(kind, keys, *norms.get(path, ()))
        for own, key in keys.items():
            if own in ALONE:
                yield Slot(ALONE[own], {"weight": key})


def _filled(slot: Slot, layer: Layer, shapes: Mapping[str, torch.Size]) -> dict[str, Tensor]:
    """Return a layer's values by the official names that its slot has for them."""
    values = {name: part.value for name, part in layer.parts.items()}
    if slot.kind == "linear" and layer.weight.ndim == 3:
        values = _joined(layer.weight, values.get("bias"), shapes[slot.keys["weight"]])
    found = {key: values[name] for name, key in slot.keys.items() if name in values}
    if slot.norm and "bias" in values:  # folded
        parts = standing(values["bias"], slot.epsilon)
        found |= {f"{slot.norm}.{name}": part for name, part in parts.items()}
    return found


def _joined(weight: Tensor, bias: Tensor | None, shape: torch.Size) -> dict[str, Tensor]:
    """Join the heads of a linear layer of the shape (out, in).

    Our decoder multiplies each head by itself where that is less work (``transformer.py``): as
    (heads, D, in), turned, or (heads, D, out) of a layer that comes after the heads, which then
    each add a share of the bias. The bias of keys moves all logits of a query alike, so that it is
    left out, and may be anything.
    """
    rows = weight.flatten(0, 1)
    joined = next((w for w in (rows, rows.mT, weight.mT.flatten(0, 1)) if w.shape == shape), rows)
    if bias is None:
        bias = weight.new_zeros(shape[0])
    elif bias.ndim == 1:
        bias = bias * len(weight)
    return {"weight": joined, "bias": bias.flatten()}
