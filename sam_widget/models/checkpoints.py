"""Names, files and hub ids to models, and back. What a file may hold is decided in files.py."""

from __future__ import annotations

import hashlib
import json
import os
import re
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors import SafetensorError
from safetensors.torch import save_file
from torch import Tensor

from sam_widget.errors import in_short, reason
from sam_widget.lifetime import busy

from .architectures import empty_sam, fit_tables, unfolded
from .devices import pick_device, pick_dtype
from .download import PUBLISHED, published
from .errors import CheckpointError
from .files import SUFFIXES, read_tensors
from .fingerprints import sha256
from .hub import FILES, from_hub
from .layers import fuse
from .names import is_name
from .onnx_files import whole
from .onnx_weights import read_onnx
from .packaged import DEFAULT, PACKAGED
from .sam import NOTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .names import Name
    from .sam import Sam

__all__ = ["CheckpointError", "find", "fingerprint", "load_model", "load_trainable", "save_sam"]

HUB_ID = re.compile(r"\w[\w.-]*/\w[\w.-]*")
ONNX = ".onnx"
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
        - the path of a ``.pth``, ``.pt``, ``.bin`` or ``.safetensors`` file, with the key names of
          ``segment_anything`` or of ``transformers``, wrapped in ``model``, ``state_dict`` and
          the like or not; or of a folder with a ``model.safetensors``. The architecture is read
          off the tensors;
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
        sentence.
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
    if len(files) == 1:
        return _assemble(str(files[0]), *read_tensors(files[0]))
    encoder, decoder, *_ = files
    return _assemble(f"The pair of {encoder} and {decoder}", *read_onnx(encoder, decoder))


def find(name: Name, tell: Callable[[float], None] | None = None) -> tuple[Path, ...]:
    """Return the files behind a model's name, path or hub id; download them if need be.

    Parameters
    ----------
    name : str, Path or pair of them
        As ``load_model`` takes it.
    tell : callable, optional
        Called with the share of a download, 0..1, in place of a progress bar.

    Returns
    -------
    tuple of Path
        One file; of an ONNX export the encoder, the decoder, and the data beside them.

    Raises
    ------
    CheckpointError
        There is none, or it cannot be had.
    """
    if not is_name(name):
        raise CheckpointError(f"A model's name is a str or a Path, no {type(name).__name__}.")
    if isinstance(name, (tuple, list)):
        return _pair(*name)
    if name in PACKAGED:
        path = PACKAGED[str(name)]
        if not path.is_file():
            raise CheckpointError(f"The weights of {name!r} are missing from the package ({path}).")
        return (path,)
    if name in PUBLISHED:
        return (published(str(name), tell),)
    if name != "" and (found := _on_disk(name)):
        return found
    path = Path(name).expanduser()
    is_path = not isinstance(name, str) or path.suffix in (*SUFFIXES, ONNX)
    if not is_path and HUB_ID.fullmatch(str(name)):
        return (from_hub(str(name)),)
    if is_path or "/" in str(name) or "\\" in str(name):
        raise CheckpointError(f"There is no weights file at {path}.")
    known = ", ".join(repr(n) for n in (*PACKAGED, *PUBLISHED))
    raise CheckpointError(
        f"There is no model called {str(name)!r}; known are {known}, or give a file's path."
    )


def fingerprint(name: Name) -> str:
    """Return a short hash of the weights files' bytes: the model's part of an embedding's key."""
    digests = [sha256(path) for path in find(name)]
    if len(digests) > 1:
        digests = [hashlib.sha256("".join(digests).encode()).hexdigest()]
    return digests[0][:16]


def save_sam(sam: Sam, path: Path, notes: dict[str, str] | None = None) -> None:
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


def _on_disk(name: str | os.PathLike[str]) -> tuple[Path, ...]:
    with _reaching(name):
        path = Path(name).expanduser()
        if path.is_dir():
            return _in_folder(path)
        if not path.is_file():
            return ()
    if path.suffix == ONNX:
        said = "is half a SAM at most: give its folder, or (encoder, decoder), a pair of files"
        raise CheckpointError(f"{path} {said}.")
    return (path,)


@contextmanager
def _reaching(name: str | os.PathLike[str]) -> Iterator[None]:
    """Say where no file can be, whatever is tried with it."""
    try:
        yield
    except (OSError, RuntimeError) as error:  # a home folder of nobody's is a RuntimeError
        why = getattr(error, "strerror", None) or in_short(error)
        raise CheckpointError(f"No file can be at {str(name)[:80]!r}: {why}.") from error


def _in_folder(folder: Path) -> tuple[Path, ...]:
    for file in FILES:
        if (folder / file).is_file():
            return (folder / file,)
    if exported := sorted(folder.glob(f"[!.]*{ONNX}")):
        return whole(exported, f"The folder {folder}")
    said = f"holds neither {' nor '.join(FILES)}, nor a SAM in ONNX files"
    raise CheckpointError(f"The folder {folder} {said}.")


def _pair(*names: str | os.PathLike[str]) -> tuple[Path, ...]:
    paths = []
    for name in names:
        with _reaching(name):
            path = Path(name).expanduser()
            if not path.is_file():
                raise CheckpointError(f"There is no weights file at {path}.")
        paths.append(path)
    return whole(paths, f"The pair of {' and '.join(path.name for path in paths)}")


def _assemble(place: str, tensors: dict[str, Tensor], notes: dict[str, str]) -> Sam:
    """Build the network that the tensors are of, and give it copies of them in fp32."""
    try:
        sam = empty_sam(tensors, notes)
    except (ValueError, RuntimeError) as error:
        said = f"does not hold a whole SAM: {in_short(error)}"
        raise CheckpointError(f"{place} {said}.") from error
    if sam is None:
        raise CheckpointError(f"{place} does not hold a SAM of a kind known here.")
    tensors = unfolded(sam, fit_tables(sam, tensors))
    expected = sam.state_dict()
    for key in expected.keys() - tensors.keys():
        if key.endswith(COUNTER):
            tensors[key] = torch.zeros((), dtype=torch.int64)
    if wrong := _difference(expected, tensors):
        raise CheckpointError(f"{place} does not hold a whole SAM: {wrong}.")
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
