"""The bytes of a weights file to tensors, and what is refused. Knows no architecture."""

from __future__ import annotations

import json
import pickle
import stat
import struct
import warnings
import zipfile
from collections.abc import Mapping
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import torch
from safetensors import safe_open

from sam_widget.errors import in_short, reason
from sam_widget.known_files import kind_of

from .errors import CheckpointError
from .foreign import Weights, official
from .inert import PICKLES, CalledError, as_mapping, as_object, foreign_names, standing_in
from .known_models import known_as
from .sam import NOTES

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from torch import Tensor

    from .inert import Make

SAFETENSORS = ".safetensors"
SUFFIXES = (SAFETENSORS, ".pth", ".pt", ".bin", ".ckpt")
LARGEST_HEADER = 100 * 2**20  # bytes; safetensors' own bound
MARK = bytes.fromhex("6cfc9c46f9206aa85019")  # torch's, in the first pickle of its old format
SPECIAL = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
Held = tuple[object, dict[str, str], tuple[str, ...]]
ALONE = "save the weights alone: torch.save(model.state_dict(), path)"


def read_tensors(path: Path, *shards: Path) -> Weights:
    """Read a weights file, or one in several parts, without running anything in it.

    Only safetensors and torch's restricted loader are used; which of them, the first bytes say,
    not the name.

    Parameters
    ----------
    path : Path
        The file, or what says which parts there are.
    *shards : Path
        The parts.

    Returns
    -------
    Weights
        Its tensors still mapped to the file where its format allows: copy what shall outlive it.

    Raises
    ------
    CheckpointError
        The file is not weights, is broken, or holds what could do harm.
    """
    found, notes, classes = _joined(shards) if shards else _read(path)
    weights = official(found)
    if not weights.tensors:
        said = known_as(weights.names, classes) or "does not hold a SAM of a kind known here"
        raise CheckpointError(f"{path} {said}.")
    _refuse_harm(path, weights.tensors, shards or [path])
    return Weights(weights.tensors, notes or weights.notes, weights.names, classes)


def _joined(shards: Sequence[Path]) -> Held:
    """Read the parts of a model as one file."""
    held: dict[object, object] = {}
    for part in shards:
        tensors, _, _ = _read(part)
        held |= tensors if isinstance(tensors, Mapping) else {}
    return held, {}, ()


def _read(path: Path) -> Held:
    """Return what a file holds, the notes of a file of ours, and the foreign classes in it."""
    with _refusing(path):
        kind = _kind(path)
        if kind == "safetensors":
            return *_read_safetensors(path), ()
        found, classes = _read_torch(path, zipped=kind == "zip")
        return found, {}, classes


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Say in a sentence what a file does that cannot be read."""
    try:
        yield
    except CheckpointError:
        raise
    except CalledError as error:
        said = f"calls {error} when it is opened, which could run code and is not done"
        raise CheckpointError(f"{path} {said}: {ALONE}.") from error
    except pickle.UnpicklingError as error:  # torch advises to read it unsafely; nobody should
        if "blocked" in str(error):
            said = "calls the system when it is opened, which could run code and is not done"
        elif "persistent_load" in str(error):
            said = "holds a whole model in torch's old format, whose code could run and is not"
        else:
            said = "is broken, or pickled in a form that torch does not read safely"
        raise CheckpointError(f"{path} {said}: {ALONE}.") from error
    except EOFError as error:
        said = "is not a readable weights file: it is cut short"
        raise CheckpointError(f"{path} {said}.") from error
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read: {reason(error)}.") from error
    except Exception as error:  # a broken file can raise anything
        raise CheckpointError(
            f"{path} is not a readable weights file: {in_short(error)}."
        ) from error


def regular(path: Path) -> os.stat_result:
    """Return a file's state; refuse what is no file, before anybody waits for it.

    Raises
    ------
    CheckpointError
        There is a pipe, a device or the like, a link to nothing, or nothing; or one may not look.
    """
    try:
        state = path.stat()
    except FileNotFoundError as error:
        what = "is a link to a file that is not there" if path.is_symlink() else "is not there"
        raise CheckpointError(f"{path} {what}.") from error
    except (OSError, ValueError) as error:
        raise CheckpointError(f"{path} cannot be read: {reason(error)}.") from error
    for is_it, what in SPECIAL:
        if is_it(state.st_mode):
            raise CheckpointError(f"{path} is {what}, not a weights file.")
    return state


def first_bytes(path: Path) -> bytes:
    """Return the first bytes of a file; refuse what stands in the place of one that was meant."""
    if not regular(path).st_size:  # of the system's own files, some never end and some wait
        raise CheckpointError(f"{path} is empty.")
    with path.open("rb") as file:
        start = file.read(512)
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
    if start.startswith(pickle.PROTO) and MARK in start[:32]:
        return "pickle"
    raise CheckpointError(f"{path} {_what_else(start)}.")


def _what_else(start: bytes) -> str:
    """Return what a file is that holds no weights, by its first bytes."""
    if start.startswith(pickle.PROTO):  # torch has never written an older protocol than 2
        return f"is a pickle that torch.save did not write, and pickles can run code: {ALONE}"
    kind = kind_of(start)
    if kind is None:
        return "is no weights file: neither .safetensors nor torch's"
    then = f": {kind.instead}" if kind.instead.startswith("unpack") else ""
    return f"is {kind.what}, no weights file{then}"


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


def _read_torch(path: Path, *, zipped: bool) -> tuple[object, tuple[str, ...]]:
    if zipped:
        names = _in_archive(path)
    else:
        with path.open("rb") as file:
            names = foreign_names(file, PICKLES)
    try:
        found = _loaded(path, names, as_mapping, zipped=zipped)
    except (pickle.UnpicklingError, TypeError, ValueError, AttributeError):
        if not names:
            raise
        found = _loaded(path, names, as_object, zipped=zipped)
    return found, tuple(sorted(names))


def _loaded(path: Path, names: set[str], make: Make, *, zipped: bool) -> object:
    with warnings.catch_warnings(), standing_in(names, make):  # it loads them, or raises
        warnings.filterwarnings("ignore", "Detected pickle protocol", UserWarning)
        if path.suffix == SAFETENSORS:  # torch would go by the name
            with path.open("rb") as file:
                return torch.load(file, map_location="cpu", weights_only=True)
        return torch.load(path, map_location="cpu", weights_only=True, mmap=zipped)


def _in_archive(path: Path) -> set[str]:
    """Return the names that a zip archive of torch's asks for; refuse those that are none of its.

    Documents and photos come as such archives too.
    """
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        roles = {PurePosixPath(part.filename).parts[1:]: part for part in parts}  # in one folder
        if ("constants.pkl",) in roles:
            said = (
                "is a TorchScript program, which is not run: give a torch.save of its state_dict()"
            )
            raise CheckpointError(f"{path} {said}.")
        if ("data.pkl",) not in roles:
            raise CheckpointError(f"{path} {_other_archive(parts)}.")
        if sum(part.file_size for part in parts) > path.stat().st_size:  # torch never compresses
            raise CheckpointError(f"{path} swells when it is unpacked, as no weights file does.")
        with archive.open(roles["data.pkl",]) as file:
            return foreign_names(file)


def _other_archive(parts: Sequence[zipfile.ZipInfo]) -> str:
    weights = [part.filename for part in parts if part.filename.endswith(SUFFIXES)]
    if weights:
        return f"is a zip archive around {in_short(weights[0])}: unpack it and give that file"
    return (
        "is a zip archive without weights, such as documents and pictures come in: give a file"
        " that torch.save or safetensors wrote"
    )


def _refuse_harm(path: Path, tensors: Mapping[str, Tensor], files: Sequence[Path]) -> None:
    """Refuse tensors that are not plain, or that would take more memory than the file has bytes.

    A tensor may view one stored number as a billion: that is how a small file fills a memory.
    """
    for key, value in tensors.items():
        if value.layout != torch.strided or value.is_complex() or value.is_quantized:
            raise CheckpointError(f"{path} holds {key} as something other than plain numbers.")
        if value.is_meta:
            raise CheckpointError(f"{path} holds {key} without its numbers (on the meta device).")
    total = sum(value.numel() * value.element_size() for value in tensors.values())
    if total > 2 * sum(file.stat().st_size for file in files):
        raise CheckpointError(f"{path} asks for {total / 1e9:.1f} GB, far more than it holds.")
