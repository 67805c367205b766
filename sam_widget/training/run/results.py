"""Where long work leaves its result: looked at before, written whole, kept elsewhere at need.

Knows no model and no format: what is written is a function of the place.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safetensors import SafetensorError

from sam_widget.errors import SamError, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torch import nn

UNWRITTEN = (OSError, SafetensorError, RuntimeError, MemoryError, SamError)
"""What writers raise where a disk is full, gone or not theirs; torch's is a RuntimeError."""

NOWHERE = "no other folder could take it either"


class SaveError(SamError):
    """A result that is not where it should be, and where it is instead.

    Attributes
    ----------
    model : Sam or None
        What was learnt, as it would have been returned.
    kept : Path or None
        The file, or a run's folder, that holds it now.
    """

    def __init__(self, said: str, kept: Path | None = None) -> None:
        super().__init__(said)
        self.kept = kept
        self.model: Any = None


def room_for(file: Path | None, size: int = 0) -> None:
    """Make sure, before the work, that its result can be written.

    Parameters
    ----------
    file
        That will be written; nothing is left there.
    size
        Its bytes, about.

    Raises
    ------
    SaveError
        It cannot: the folder is not there or closed, the name is a folder's, the disk is full.
    """
    if file is None:
        return
    if os.path.isdir(file):  # noqa: PTH112  Path's raises where the name is too long
        raise SaveError(f"{file} cannot be written: it is a folder.")
    if os.path.exists(file) and not os.path.isfile(file):  # noqa: PTH110, PTH113
        raise SaveError(f"{file} cannot be written: it is no regular file.")
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=file.name):
            free = shutil.disk_usage(file.parent).free
    except (OSError, ValueError) as error:
        raise SaveError(f"{file} cannot be written: {why_unwritten(error)}.") from error
    if free < size:
        raise SaveError(
            f"{file} cannot be written: it will take {_mb(size)} and the disk has {_mb(free)} left:"
            " make room, or name another place."
        )


def write_whole(write: Callable[[Path], object], file: Path) -> None:
    """Write a file beside its place and move it there: whoever looks sees the old or the new one.

    Parameters
    ----------
    write
        Given a path of the same suffix, writes there.
    file
        Where it goes. What fails leaves nothing behind.
    """
    part = file.with_name(f"{file.stem}.{os.getpid()}.part{file.suffix}")
    try:
        write(part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def save_result(write: Callable[[Path], object], file: Path) -> None:
    """Write what long work gave; where that cannot be, elsewhere.

    Parameters
    ----------
    write
        As `write_whole` has it.
    file
        Where it should go.

    Raises
    ------
    SaveError
        It could not be written there; the sentence says where it is instead.
    """
    try:
        write_whole(write, file)
    except UNWRITTEN as error:
        kept = keep_elsewhere(lambda folder: write_whole(write, folder / file.name))
        other = kept and kept / file.name
        where = f"it is in {other} instead" if kept else NOWHERE
        raise SaveError(
            f"{file} cannot be written: {why_unwritten(error)}; {where}.", other
        ) from error


def keep_elsewhere(write: Callable[[Path], object]) -> Path | None:
    """Write into a new folder, where any place takes it: that for temporary files, or home.

    Returns
    -------
    Path or None
        The folder.
    """
    for place in _places():
        try:
            folder = Path(tempfile.mkdtemp(prefix="sam_widget-kept-", dir=place))
        except OSError:
            continue
        try:
            write(folder)
        except UNWRITTEN:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            return folder
    return None


def size_of_model(network: nn.Module, width: int = 4) -> int:
    """Return the bytes of a network's tensors at so many bytes a number."""
    return sum(value.numel() * width for value in network.state_dict().values())


def size_of_state(state: Any) -> int:
    """Return the bytes of all tensors in nested dictionaries and lists."""
    if isinstance(state, dict):
        return sum(size_of_state(each) for each in state.values())
    if isinstance(state, list | tuple):
        return sum(size_of_state(each) for each in state)
    return int(getattr(state, "nbytes", 0))


def _places() -> Iterator[Path]:
    yield Path(tempfile.gettempdir())
    try:
        yield Path.home()
    except RuntimeError:
        return


def why_unwritten(error: BaseException) -> str:
    """Return why something was not written, fit for the middle of a sentence."""
    if isinstance(error, SamError) and error.__cause__ is not None:  # `save_sam`'s own sentence
        return why_unwritten(error.__cause__)
    said = reason(error)
    if isinstance(error, SafetensorError):  # what it was doing: what happened (os error 28)
        return re.sub(r" \(os error \d+\)", "", said).rpartition(": ")[2]
    if type(error) is not RuntimeError:
        return said
    # torch's, which speaks of its zip file; what stopped it is behind, where Python was writing
    behind = error.__context__
    return reason(behind) if isinstance(behind, OSError) else "the disk took only a part of it"


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
