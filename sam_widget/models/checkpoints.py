"""Names, files and hub ids to models, and back. Where they lie is found out in locate.py."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING

import torch
from safetensors import SafetensorError
from safetensors.torch import save_file
from torch import Tensor

from sam_widget.errors import in_short, reason
from sam_widget.lifetime import busy
from sam_widget.paths import as_path

from .architectures import empty_sam, fit_tables, unfolded
from .devices import pick_device, pick_dtype
from .errors import CheckpointError
from .files import read_tensors
from .fingerprints import sha256
from .hosted import hosted
from .known_models import known_as
from .layers import fuse
from .locate import INDEX, find
from .names import called
from .onnx.weights import read_onnx
from .packaged import DEFAULT
from .sam import NOTES

if TYPE_CHECKING:
    from pathlib import Path

    from .foreign import Weights
    from .names import Name
    from .sam import Sam

__all__ = ["CheckpointError", "find", "fingerprint", "load_model", "load_trainable", "save_sam"]

COUNTER = "num_batches_tracked"  # of training; kept out of our own files


@busy()
def load_model(
    name: Name = DEFAULT,
    device: str | torch.device = "auto",
    dtype: str | torch.dtype = "auto",
) -> Sam:
    """Load a model by name, from a file or from the hub.

    Parameters
    ----------
    name : str, Path or pair of them
        One of these:

        - ``"small"`` or ``"mini"``, which come with the package;
        - ``"sam_vit_b"``, ``"sam_vit_l"``, ``"sam_vit_h"`` or ``"mobile_sam"``: the published
          weights, downloaded once to the user's cache folder and checked by their SHA-256. The
          environment variable ``SAM_WIDGET_WEIGHTS`` may name another place for them, under
          their published file names: a folder, which is read in place, or a mirror's URL;
        - the published address of such weights, which means the same;
        - the path of a file that ``torch.save`` or safetensors wrote, whatever it is called, with
          the key names of ``segment_anything`` or of ``transformers``, wrapped in ``model``,
          ``state_dict``, ``module.`` and the like or not; or of a folder with such a file or its
          shards. The architecture is read off the tensors; nothing in a file is run;
        - the path of a folder with a SAM exported to ONNX, or a pair of paths where a folder holds
          several: an encoder and a decoder as ``segment_anything``, samexporter or ``export.py``
          here write them, of a ViT, TinyViT or ``mini``. Which is which is told by what is
          computed in them; this needs ``sam_widget[onnx]``. The model computes as others do here:
          what a file does to pictures before its network is left out;
        - a hub id such as ``"facebook/sam-vit-base"``; this needs ``sam_widget[hub]``.
    device : str or torch.device
        Where the model shall live; "auto" takes the best there is.
    dtype : str or torch.dtype
        What it shall compute in; "auto" chooses by the device.

    Returns
    -------
    Sam
        In evaluation mode, without gradients.

    Raises
    ------
    CheckpointError
        The name is unknown, the file cannot be had, or it is broken, harmful or not a SAM; in one
        sentence. So is said of a network that ``transformers`` runs: ``Segmenter.load`` takes it.
    ValueError
        The device or the type is none that there is.
    """
    device = pick_device(device)
    pick_dtype(dtype, device)  # what it cannot be is said before a download
    sam = load_trainable(name).eval().requires_grad_(False)
    dtype = pick_dtype(dtype, device, sam.image_encoder.faithful)
    return fuse(sam).to(device, dtype)  # in this order: some variances are beyond fp16's range


def load_trainable(name: Name) -> Sam:
    """Load a model in training form: on the CPU, in float32, its batch norms not folded.

    Parameters
    ----------
    name : str, Path or pair of them
        As ``load_model`` takes it.

    Raises
    ------
    CheckpointError
        As ``load_model``.
    """
    files = find(name)
    if kind := hosted(files):
        raise CheckpointError(
            f"{called(name)} is transformers' {kind}, which SamWidget, Segmenter.load, precompute"
            " and find_everything take by this name; as a Sam, to be changed or trained, it cannot"
            " be had."
        )
    if len(files) == 1 or files[0].suffix == INDEX:
        return _assemble(str(files[0]), read_tensors(*files))
    encoder, decoder, *_ = files
    return _assemble(f"The pair of {encoder} and {decoder}", read_onnx(encoder, decoder))


def fingerprint(name: Name) -> str:
    """Return a short hash of the weights files' bytes: the model's part of an embedding's key."""
    digests = [sha256(path) for path in find(name)]
    if len(digests) > 1:
        digests = [hashlib.sha256("".join(digests).encode()).hexdigest()]
    return digests[0][:16]


def save_sam(sam: Sam, path: Path | str, notes: dict[str, str] | None = None) -> None:
    """Write a model as safetensors, its side, thresholds and notes inside.

    The models of the package are kept in fp16, but for the batch norms' statistics: some variances
    are beyond its range. Whoever reads the file meanwhile sees the old or the new one, whole.

    Raises
    ------
    CheckpointError
        There is no room for it, or no leave.
    """
    tensors = {
        key: _kept(key, value, sam.image_encoder.kept)
        for key, value in sam.state_dict().items()
        if not key.endswith(COUNTER)
    }
    path = as_path(path)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        save_file(tensors, part, {NOTES: json.dumps({**sam.notes, **(notes or {})})})
        part.replace(path)
    except (OSError, SafetensorError) as error:
        raise CheckpointError(f"{path} cannot be written: {reason(error)}.") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _kept(key: str, value: Tensor, dtype: torch.dtype) -> Tensor:
    """Return a tensor as a file of ours has it: in a shorter type where that can hold it."""
    short = value if ".running_" in key else value.to(dtype)
    if value.isfinite().all() and not short.isfinite().all():
        short = value
    return short.contiguous().cpu()


def _assemble(place: str, weights: Weights) -> Sam:
    """Build the network that the tensors are of, and give it copies of them in fp32."""
    else_ = known_as(weights.names, weights.classes)
    try:
        sam = empty_sam(weights.tensors, weights.notes)
    except (ValueError, RuntimeError) as error:
        said = else_ or f"does not hold a whole SAM: {in_short(error)}"
        raise CheckpointError(f"{place} {said}.") from error
    if sam is None:
        raise CheckpointError(f"{place} {else_ or 'does not hold a SAM of a kind known here'}.")
    tensors = unfolded(sam, fit_tables(sam, weights.tensors))
    expected = sam.state_dict()
    for key in expected.keys() - tensors.keys():
        if key.endswith(COUNTER):
            tensors[key] = torch.zeros((), dtype=torch.int64)
    if wrong := _difference(expected, tensors):
        said = else_ or f"does not hold a whole SAM: {wrong}"
        raise CheckpointError(f"{place} {said}.")
    sam.load_state_dict({key: _own(place, key, tensors[key]) for key in expected}, assign=True)
    return sam


def _difference(expected: dict[str, Tensor], found: dict[str, Tensor]) -> str:
    lacks = sorted(expected.keys() - found.keys())
    spare = sorted(found.keys() - expected.keys())
    if lacks or spare:
        kinds = [("it lacks", lacks), ("no SAM has", spare)]
        return " and ".join(f"{verb} {_some(keys)}" for verb, keys in kinds if keys)
    for key, value in expected.items():
        if value.shape != found[key].shape:
            return f"{key} is {tuple(found[key].shape)} where {tuple(value.shape)} fits the rest"
        if value.is_floating_point() and not found[key].is_floating_point():
            kind = str(found[key].dtype).removeprefix("torch.")
            return f"{key} is of type {kind}, and weights are of a floating-point type"
    return ""


def _some(keys: list[str]) -> str:
    more = f" and {len(keys) - 2} more" if len(keys) > 2 else ""
    return ", ".join(keys[:2]) + more


def _own(place: str, key: str, value: Tensor) -> Tensor:
    """Copy a tensor off its file, which may change later; refuse what training has ruined."""
    if not value.is_floating_point():
        return value.clone()
    value = value.detach().to(torch.float32, memory_format=torch.contiguous_format, copy=True)
    if value.numel() and not torch.stack(value.aminmax()).isfinite().all():
        said = "holds numbers that are not finite: the training that wrote it went wrong"
        raise CheckpointError(f"{place} {said} ({key}).")
    return value
