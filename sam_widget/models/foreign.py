"""Checkpoints as others wrap and name them, to the official key names. Reads no file."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict, deque
from collections.abc import Mapping

from torch import Tensor

from .sam import NOTES

DEPTH = 4  # wrappers in wrappers that are looked into

# What comes before the first of these in a key is its wrapper's: "module.", "model.sam.", ...
PARTS = "image_encoder|vision_encoder|prompt_encoder|mask_decoder|shared_image_embedding"
PREFIX = re.compile(rf"((?:[^.]+\.)*?)(?:{PARTS})\.")

# What some files hold and no SAM needs: constants, a classifier's head, tables of indices.
UNUSED = re.compile(
    r"pixel_mean|pixel_std|image_encoder\.(norm_)?head\.(weight|bias)|.+\.attention_bias_idxs"
)

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


def official(found: object) -> dict[str, Tensor]:
    """Take a SAM's tensors out of what a file held, and give them the official names.

    Parameters
    ----------
    found : object
        A mapping of names to tensors, or one that holds such a mapping under a name like
        ``model`` or ``state_dict``; names may have a prefix like ``module.``, and may be those
        of ``transformers``' ``SamModel``.

    Returns
    -------
    dict of str to Tensor
        Empty where there is nothing like a SAM. Names that are nobody's are left as they are.
    """
    for held in _mappings(found):
        tensors = {
            key: value
            for key, value in held.items()
            if isinstance(key, str) and isinstance(value, Tensor)
        }
        own = _without_prefix(tensors)
        if own:
            return _renamed(own) if _is_transformers(own) else own
    return {}


def notes_of(found: object) -> dict[str, str]:
    """Return what a ``Sam.state_dict()`` of ours says beside its tensors, if there is one."""
    for held in _mappings(found):
        metadata = vars(held).get("_metadata") if isinstance(held, OrderedDict) else None
        for said in metadata.values() if isinstance(metadata, Mapping) else ():
            notes = said.get(NOTES) if isinstance(said, Mapping) else None
            if isinstance(notes, Mapping):
                return {str(name): str(value) for name, value in notes.items()}
    return {}


def _mappings(found: object) -> list[Mapping[object, object]]:
    """Return the mapping and those inside it, the outer before the inner."""
    held: dict[int, Mapping[object, object]] = {}  # by identity: one may hold itself
    queue = deque([(found, 0)])
    while queue:
        each, depth = queue.popleft()
        if isinstance(each, Mapping) and depth < DEPTH and id(each) not in held:
            held[id(each)] = each
            queue.extend((value, depth + 1) for value in each.values())
    return list(held.values())


def _without_prefix(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    matches = (PREFIX.match(key) for key in tensors)
    prefixes = Counter(match[1] for match in matches if match)
    if not prefixes:
        return {}
    prefix = prefixes.most_common(1)[0][0]
    own = {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}
    return {key: value for key, value in own.items() if not UNUSED.fullmatch(key)}


def _is_transformers(tensors: Mapping[str, Tensor]) -> bool:
    return any(key.startswith("vision_encoder.") for key in tensors)


def _renamed(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {_official_name(key): value for key, value in tensors.items()}


def _official_name(key: str) -> str:
    for old, new in RENAMED:
        if old.match(key):
            return old.sub(new, key, count=1)
    return key
