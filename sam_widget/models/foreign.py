"""Checkpoints as others wrap and name them, to the official key names. Reads no file."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from torch import Tensor

from .sam import NOTES

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH = 8  # wrappers in wrappers that are looked into
MODULES = 10_000  # of a pickled model: more means harm
PARTS = ("image_encoder", "prompt_encoder", "mask_decoder")

# What comes before the first of these in a key is its wrapper's: "module.", "model.sam.", ...
FIRST = f"{'|'.join(PARTS)}|vision_encoder|shared_image_embedding"
PREFIX = re.compile(rf"((?:[^.]+\.)*?)(?:{FIRST})\.")

# Modules that others put around one of the model's, wherever that is: they compile it, or spread it
# over processes.
AROUND = re.compile(
    r"(?:(?<=\.)|^)(?:module|_orig_mod|_module|_forward_module|_fpw_module|_fsdp_wrapped_module"
    r"|_checkpoint_wrapped_module)\."
)
AVERAGES = re.compile("ema|averag|shadow|swa")  # names of second copies beside the weights

# What some files hold and no SAM needs: constants, a classifier's head, tables of indices.
UNUSED = re.compile(r"image_encoder\.(norm_)?head\.(weight|bias)|.+\.attention_bias_idxs")

# transformers' SamModel -> segment_anything, as regular expressions of whole keys' beginnings.
_RENAMED = (
    (r"shared_image_embedding\.positional_embedding", "{pe}"),
    (r"prompt_encoder\.shared_embedding\.positional_embedding", "{pe}"),
    (r"vision_encoder\.patch_embed\.projection\.", "image_encoder.patch_embed.proj."),
    (r"vision_encoder\.layers\.(\d+)\.layer_norm([12])\.", r"image_encoder.blocks.\1.norm\2."),
    (r"vision_encoder\.layers\.", "image_encoder.blocks."),
    (r"vision_encoder\.neck\.conv1\.", "image_encoder.neck.0."),
    (r"vision_encoder\.neck\.layer_norm1\.", "image_encoder.neck.1."),
    (r"vision_encoder\.neck\.conv2\.", "image_encoder.neck.2."),
    (r"vision_encoder\.neck\.layer_norm2\.", "image_encoder.neck.3."),
    (r"vision_encoder\.", "image_encoder."),
    (r"prompt_encoder\.point_embed\.", "prompt_encoder.point_embeddings."),
    (r"prompt_encoder\.mask_embed\.conv1\.", "prompt_encoder.mask_downscaling.0."),
    (r"prompt_encoder\.mask_embed\.layer_norm1\.", "prompt_encoder.mask_downscaling.1."),
    (r"prompt_encoder\.mask_embed\.conv2\.", "prompt_encoder.mask_downscaling.3."),
    (r"prompt_encoder\.mask_embed\.layer_norm2\.", "prompt_encoder.mask_downscaling.4."),
    (r"prompt_encoder\.mask_embed\.conv3\.", "prompt_encoder.mask_downscaling.6."),
    (r"mask_decoder\.upscale_conv1\.", "mask_decoder.output_upscaling.0."),
    (r"mask_decoder\.upscale_layer_norm\.", "mask_decoder.output_upscaling.1."),
    (r"mask_decoder\.upscale_conv2\.", "mask_decoder.output_upscaling.3."),
    (r"(mask_decoder\.transformer\.layers\.\d+)\.layer_norm(\d)\.", r"\1.norm\2."),
    (r"(mask_decoder\.transformer)\.layer_norm_final_attn\.", r"\1.norm_final_attn."),
    (r"(mask_decoder\..+)\.layers\.0\.((?:weight|bias)$)", r"\1.layers.1.\2"),
    (r"(mask_decoder\..+)\.proj_in\.", r"\1.layers.0."),
    (r"(mask_decoder\..+)\.proj_out\.", r"\1.layers.2."),
)
POSITIONS = "prompt_encoder.pe_layer.positional_encoding_gaussian_matrix"
RENAMED = tuple((re.compile(old), new.replace("{pe}", POSITIONS)) for old, new in _RENAMED)


@dataclass(frozen=True)
class Weights:
    """What a file holds of a model.

    Attributes
    ----------
    tensors : mapping of str to Tensor
        By official key name; names that are nobody's are left as they are. Empty where there is
        nothing like a SAM.
    notes : mapping of str to str
        What a file of ours says beside them.
    names : tuple of str
        Of all the tensors in it, as they are there but for what ``AROUND`` names.
    classes : tuple of str
        Of the objects in it.
    """

    tensors: Mapping[str, Tensor]
    notes: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


def official(found: object) -> Weights:
    """Take a SAM's tensors out of what a file held, and give them the official names.

    Parameters
    ----------
    found : object
        A mapping of names to tensors, or one that holds such a mapping under a name like
        ``model`` or ``state_dict``, or a whole module as ``inert.py`` makes it; names may have
        wrappers' in them, like ``module.``, and may be those of ``transformers``' ``SamModel``.
        Of several such mappings the one with most of a SAM counts, an average of the weights only
        where there is no other, and the first of equals.
    """
    holders = _holders(found)
    states = [(name, _state(held)) for name, held in holders]
    names = tuple(AROUND.sub("", key) for _, tensors in states for key in tensors)
    own = [(not AVERAGES.search(name.lower()), _without_prefix(held)) for name, held in states]
    _, best = max(own, key=lambda each: (bool(each[1]), each[0], len(each[1])), default=(True, {}))
    tensors = _renamed(best) if _is_transformers(best) else best
    return Weights(tensors, _notes(holders), names)


def _notes(holders: list[tuple[str, object]]) -> dict[str, str]:
    """Return what a ``Sam`` of ours says beside its tensors, whole or as a ``state_dict()``."""
    for _, held in holders:
        beside = _attributes(held)
        for _, said in _items(beside.get("_metadata")):
            if notes := {key: str(value) for key, value in _items(dict(_items(said)).get(NOTES))}:
                return notes
        if "thresholds" in beside and "_modules" in beside:
            modules = dict(_items(beside["_modules"]))
            side = _attributes(modules.get("prompt_encoder")).get("side")
            said = {"side": side, **_attributes(beside["thresholds"])}
            return {key: str(value) for key, value in said.items() if value is not None}
    return {}


def _attributes(held: object) -> Mapping[str, Any]:
    """Return what an object holds by name: also what stands for one of another's class."""
    own: Mapping[str, Any] = getattr(held, "__dict__", {})
    return own


def _holders(found: object) -> list[tuple[str, object]]:
    """Return the mappings and modules in what a file held, named, the outer before the inner."""
    held: dict[int, tuple[str, object]] = {}  # by identity: one may hold itself
    queue: deque[tuple[str, object, int]] = deque([("", found, 0)])
    while queue:
        name, each, depth = queue.popleft()
        if depth >= DEPTH or id(each) in held:
            continue
        if isinstance(each, (list, tuple)):
            queue.extend((name, value, depth + 1) for value in each[:DEPTH])
        elif isinstance(each, Mapping) or "_modules" in _attributes(each):
            held[id(each)] = name, each
            queue.extend((f"{name}.{key}", value, depth + 1) for key, value in _items(each))
    return list(held.values())


def _state(held: object, depth: int = 0) -> dict[str, Tensor]:
    """Return the tensors of a mapping, of a module, or of the parts that lie in one apart."""
    state = {key: value for key, value in _items(held) if isinstance(value, Tensor)}
    state |= _of_module(held, "", set())
    if depth < DEPTH:
        for part, inner in _items(held):
            if part in PARTS:
                state |= {f"{part}.{key}": value for key, value in _state(inner, depth + 1).items()}
    return state


def _of_module(held: object, prefix: str, seen: set[int]) -> dict[str, Tensor]:
    """Return the ``state_dict()`` of a pickled module, or of what stands for one."""
    own = _attributes(held)
    if id(held) in seen or "_modules" not in own or len(seen) > MODULES:
        return {}
    seen.add(id(held))
    passing = own.get("_non_persistent_buffers_set")
    state = {
        f"{prefix}{name}": value
        for kind in ("_parameters", "_buffers")
        for name, value in _items(own.get(kind))
        if isinstance(value, Tensor) and not (isinstance(passing, set) and name in passing)
    }
    for name, module in _items(own["_modules"]):
        state |= _of_module(module, f"{prefix}{name}.", seen)
    return state


def _items(held: object) -> Iterator[tuple[str, object]]:
    for key, value in held.items() if isinstance(held, Mapping) else ():
        if isinstance(key, str):
            yield key, value


def _without_prefix(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    bare: dict[str, Tensor] = {}
    for key, value in tensors.items():
        bare.setdefault(AROUND.sub("", key), value)
    matches = (PREFIX.match(key) for key in bare)
    prefixes = Counter(match[1] for match in matches if match)
    if not prefixes:
        return {}
    prefix = max(prefixes, key=lambda each: (not AVERAGES.search(each), prefixes[each]))
    own = {k.removeprefix(prefix): v for k, v in bare.items() if _is_at(prefix, k)}
    return {key: value for key, value in own.items() if not UNUSED.fullmatch(key)}


def _is_at(prefix: str, key: str) -> bool:
    match = PREFIX.match(key)
    return match is not None and match[1] == prefix


def _is_transformers(tensors: Mapping[str, Tensor]) -> bool:
    return any(key.startswith("vision_encoder.") for key in tensors)


def _renamed(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {_official_name(key): value for key, value in tensors.items()}


def _official_name(key: str) -> str:
    for old, new in RENAMED:
        if old.match(key):
            return old.sub(new, key, count=1)
    return key
