"""An Embedding as the bytes of a safetensors file, sealed, and back. Opens no files."""

from __future__ import annotations

import json
import re
from dataclasses import astuple
from math import isfinite
from typing import TYPE_CHECKING

import torch
import xxhash
from safetensors import SafetensorError
from safetensors.torch import load, save

from sam_widget.errors import SamError
from sam_widget.geometry import Frame
from sam_widget.models.features import Features
from sam_widget.segment.prompts import Embedding

if TYPE_CHECKING:
    from torch import Tensor

    from .tiers import Key

FORMAT = 1  # raise it when what is written here changes
SEAL = re.compile(rb'"seal":"([0-9a-f]{16})"')
BLANK = "0" * 16
SHAPES = re.compile(r"-(\d+x\d+x\d+(?:\+\d+x\d+x\d+)*)$")  # as a Segmenter's key ends
LARGEST = 10**6  # px of a picture's side


class BrokenFileError(SamError):
    """Bytes that are not the whole and unharmed embedding that was asked for."""


def to_bytes(key: Key, embedding: Embedding) -> bytes:
    """Write an embedding in its own number type.

    The metadata hold the key, the frame, and how each tensor lay in memory: a convolution's last
    bits depend on that, and what is read back shall predict exactly the same masks. The seal is the
    64-bit XXH3 of the whole file with the seal blank, a third of a millisecond for a ViT's: one
    flipped bit of the payload would be a wrong mask that nobody could explain.
    """
    named = embedding.tensors()
    notes = {
        "format": FORMAT,
        "key": key,
        "frame": astuple(embedding.frame),
        "channels_last": [name for name, tensor in named.items() if _channels_last(tensor)],
    }
    tensors = {
        name: (tensor.permute(0, 2, 3, 1) if _channels_last(tensor) else tensor).cpu().contiguous()
        for name, tensor in named.items()
    }
    data = bytearray(save(tensors, {"embedding": json.dumps(notes), "seal": BLANK}))
    start, end = _seal(data)
    data[start:end] = _digest(data, start, end)
    return bytes(data)


def from_bytes(key: Key, data: bytes) -> Embedding:
    """Read what ``to_bytes`` wrote, on the CPU.

    Raises
    ------
    BrokenFileError
        A byte is missing, changed or too many, this is another key's embedding, or one that no
        model of this key can have made.
    """
    start, end = _seal(data)
    if data[start:end] != _digest(data, start, end):
        raise BrokenFileError("The seal does not fit the bytes.")
    try:
        return _opened(key, data)
    except (SafetensorError, ValueError, LookupError, TypeError) as error:
        raise BrokenFileError(f"It is sealed, but not what was asked for: {error}") from error


def _opened(key: Key, data: bytes) -> Embedding:
    notes = json.loads(json.loads(_header(data))["__metadata__"]["embedding"])
    if notes["format"] != FORMAT or tuple(notes["key"]) != key:
        raise SamError("its format or its key is not the one asked for")
    tensors = load(data)
    for name in notes["channels_last"]:
        tensors[name] = tensors[name].permute(0, 3, 1, 2)
    skips = tuple(tensors[f"skip.{i}"] for i in range(len(tensors) - 1))
    features, frame = Features(tensors["embedding"], skips), Frame(*notes["frame"])
    _refuse_other_numbers(key, features, frame)
    return Embedding(features, frame)


def _refuse_other_numbers(key: Key, features: Features, frame: Frame) -> None:
    """Raise ValueError for what no model of this key can have said of a picture."""
    sizes = (frame.width, frame.height, frame.side)
    if not all(isinstance(size, int) and 0 < size < LARGEST for size in sizes):
        raise SamError(f"a picture of {sizes}")
    tensors = (features.embedding, *features.skips)
    expected = SHAPES.search(key[1])
    shapes = "+".join("x".join(map(str, tensor.shape[1:])) for tensor in tensors)
    if expected and expected[1] != shapes:
        raise SamError(f"of the shapes {shapes}, not {expected[1]}")
    for tensor in tensors:
        if tensor.ndim != 4 or len(tensor) != 1 or not tensor.numel():
            raise SamError(f"of the shape {tuple(tensor.shape)}")
        kind = str(tensor.dtype).removeprefix("torch.")
        if not tensor.is_floating_point() or (expected and kind not in key[1].split("-")):
            raise SamError(f"of type {kind}")
        low, high = (float(end) for end in tensor.aminmax())  # either is NaN if any number is
        if not (isfinite(low) and isfinite(high)):
            raise SamError("with numbers that are not finite")
        if tensor is features.embedding and low == high:
            raise SamError("all of one number")


def _channels_last(tensor: Tensor) -> bool:
    return not tensor.is_contiguous() and tensor.is_contiguous(memory_format=torch.channels_last)


def _header(data: bytes | bytearray) -> bytes:
    """Return safetensors' JSON: eight bytes say its length, little-endian."""
    return bytes(data[8 : 8 + int.from_bytes(data[:8], "little")])


def _seal(data: bytes | bytearray) -> tuple[int, int]:
    """Return where the seal's digits begin and end."""
    found = SEAL.search(_header(data))
    if found is None:
        raise BrokenFileError("There is no seal.")
    return 8 + found.start(1), 8 + found.end(1)


def _digest(data: bytes | bytearray, start: int, end: int) -> bytes:
    view = memoryview(data)
    digest = xxhash.xxh3_64(view[:start])
    digest.update(BLANK.encode())
    digest.update(view[end:])
    return digest.hexdigest().encode()
