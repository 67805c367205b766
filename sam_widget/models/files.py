"""The bytes of a weights file to tensors, and what is refused. Knows no architecture."""

from __future__ import annotations

import json
import pickle
import struct
import warnings
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import torch
from safetensors import safe_open

from sam_widget.errors import in_short

from .errors import CheckpointError
from .foreign import notes_of, official
from .sam import NOTES

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor

SUFFIXES = (".safetensors", ".pth", ".pt", ".bin", ".ckpt")
LARGEST_HEADER = 100 * 2**20  # bytes; safetensors' own bound


def read_tensors(path: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    """Read a weights file without running anything in it.

    Only safetensors and torch's restricted loader are used; which of them, the first bytes say,
    not the name.

    Returns
    -------
    tuple
        Tensors by official key name, still mapped to the file where its format allows: copy what
        shall outlive it. Then the notes of a file of ours, else nothing.

    Raises
    ------
    CheckpointError
        The file is not weights, is broken, or holds what could do harm.
    """
    try:
        kind = _kind(path)
        if kind == "safetensors":
            found, notes = _read_safetensors(path)
        else:
            found = _read_torch(path, zipped=kind == "zip")
            notes = notes_of(found)
        tensors = official(found)
    except CheckpointError:
        raise
    except pickle.UnpicklingError as error:  # torch advises to read it unsafely; nobody should
        said = "is broken, or holds more than tensors, which is not loaded since it could run code"
        raise CheckpointError(f"{path} {said}.") from error
    except EOFError as error:
        said = "is not a readable weights file: it is cut short"
        raise CheckpointError(f"{path} {said}.") from error
    except Exception as error:  # a broken file can raise anything
        raise CheckpointError(
            f"{path} is not a readable weights file: {in_short(error)}."
        ) from error
    if not tensors:
        raise CheckpointError(f"{path} does not hold a SAM of a kind known here.")
    _refuse_harm(path, tensors)
    return tensors, notes


def first_bytes(path: Path) -> bytes:
    """Return the first bytes of a file; refuse what stands in the place of one that was meant."""
    with path.open("rb") as file:
        start = file.read(512)
    if not start:
        raise CheckpointError(f"{path} is empty.")
    if start.lstrip()[:1] == b"<":
        said = "is a web page, not a weights file: the download went wrong"
        raise CheckpointError(f"{path} {said}.")
    if start.startswith(b"version https://git-lfs"):
        said = "only says where Git LFS keeps the weights: fetch them with `git lfs pull`"
        raise CheckpointError(f"{path} {said}.")
    return start


def _kind(path: Path) -> str:
    start = first_bytes(path)
    if start.startswith(b"PK\x03\x04"):
        if not zipfile.is_zipfile(path):  # its directory stands at its end
            raise CheckpointError(f"{path} is not a readable weights file: it is cut short.")
        return "zip"
    if start[8:9] == b"{":
        (header,) = struct.unpack("<Q", start[:8])
        if header > min(path.stat().st_size - 8, LARGEST_HEADER):
            raise CheckpointError(f"{path} is not a readable weights file: it is cut short.")
        return "safetensors"
    if not start.startswith(pickle.PROTO):  # torch has never written an older protocol than 2
        raise CheckpointError(f"{path} is no weights file: neither .safetensors nor torch's.")
    return "pickle"


def _read_safetensors(path: Path) -> tuple[object, dict[str, str]]:
    with safe_open(path, "pt") as file:
        try:
            notes = json.loads((file.metadata() or {}).get(NOTES, "{}"))
        except (ValueError, RecursionError):
            notes = None
        if not isinstance(notes, dict):
            raise CheckpointError(f"{path} is not a readable weights file: its notes are no table.")
        tensors = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
        return tensors, {key: str(value) for key, value in notes.items()}


def _read_torch(path: Path, *, zipped: bool) -> object:
    if zipped:
        _refuse_other_archives(path)
    with warnings.catch_warnings():  # it loads them, or raises
        warnings.filterwarnings("ignore", "Detected pickle protocol", UserWarning)
        return torch.load(path, map_location="cpu", weights_only=True, mmap=zipped)


def _refuse_other_archives(path: Path) -> None:
    """Refuse zip archives that torch.save did not write; documents and photos come as such too."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    roles = {PurePosixPath(part.filename).parts[1:] for part in parts}  # below torch's one folder
    if ("constants.pkl",) in roles:
        said = "is a TorchScript program, which is not run: give a torch.save of its state_dict()"
        raise CheckpointError(f"{path} {said}.")
    if ("data.pkl",) not in roles:
        weights = [part.filename for part in parts if part.filename.endswith(SUFFIXES)]
        if weights:
            said = f"is a zip archive around {in_short(weights[0])}: unpack it and give that file"
        else:
            said = (
                "is a zip archive without weights, such as documents and pictures come in: give a "
                "file that torch.save or safetensors wrote"
            )
        raise CheckpointError(f"{path} {said}.")
    if sum(part.file_size for part in parts) > path.stat().st_size:  # torch never compresses
        raise CheckpointError(f"{path} swells when it is unpacked, as no weights file does.")


def _refuse_harm(path: Path, tensors: dict[str, Tensor]) -> None:
    """Refuse tensors that are not plain, or that would take more memory than the file has bytes.

    A tensor may view one stored number as a billion: that is how a small file fills a memory.
    """
    for key, value in tensors.items():
        if value.layout != torch.strided or value.is_complex() or value.is_quantized:
            raise CheckpointError(f"{path} holds {key} as something other than plain numbers.")
    total = sum(value.numel() * value.element_size() for value in tensors.values())
    if total > 2 * path.stat().st_size:
        raise CheckpointError(f"{path} asks for {total / 1e9:.1f} GB, far more than it holds.")
