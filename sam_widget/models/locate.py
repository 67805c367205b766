"""A model's name, path, address or hub id to its files. Reads no weights."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sam_widget.errors import SamError, reason, shown
from sam_widget.paths import as_path, is_address

from .download import PUBLISHED, published, published_at
from .errors import CheckpointError
from .files import SUFFIXES, regular
from .hosted import with_config
from .hub import FILES, from_hub
from .names import is_name
from .onnx.files import whole
from .packaged import PACKAGED
from .transfer import bare

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator

    from .names import Name

HUB_ID = re.compile(r"\w[\w.-]*/\w[\w.-]*")
HUBS = ("huggingface.co", "hf.co", "www.huggingface.co")
ONNX, INDEX = ".onnx", ".json"
INDEXED = ".index.json"  # how the name ends of a file that lists shards
SHARD = re.compile(r"(.+)-\d+-of-\d+(\.\w+)")
WITH_CONFIG = (*FILES, *(f"{file}{INDEXED}" for file in FILES))  # as transformers finds them
LARGEST_INDEX = 2**24  # bytes
MOST_SHARDS = 1000


def find(name: Name, tell: Callable[[float], None] | None = None) -> tuple[Path, ...]:
    """Return the files behind a model's name, path, address or hub id; download them if need be.

    Parameters
    ----------
    name : str, Path or pair of them
        As ``load_model`` takes it.
    tell : callable, optional
        Called with the share of a download, 0..1, in place of a progress bar.

    Returns
    -------
    tuple of Path
        One file; of shards the index first; of an ONNX export the encoder, the decoder, and the
        data beside them; before the weights of a network that ``transformers`` runs, its
        configuration.

    Raises
    ------
    CheckpointError
        There is none, or it cannot be had.
    """
    if not is_name(name):
        raise CheckpointError(_no_name(name))
    if isinstance(name, (tuple, list)):
        return _pair(*name)
    if isinstance(name, str) and is_address(name.strip()):
        name = _at(name.strip())
    if name in PACKAGED:
        path = PACKAGED[str(name)]
        if not path.is_file():
            raise CheckpointError(f"The weights of {name!r} are missing from the package ({path}).")
        return (path,)
    if name in PUBLISHED:
        return (published(str(name), tell),)
    if name != "" and (found := _on_disk(name)):
        return with_config(found) if found[0].name in WITH_CONFIG else found
    path = as_path(name) if name != "" else Path()
    is_path = not isinstance(name, str) or path.suffix in (*SUFFIXES, ONNX)
    if not is_path and HUB_ID.fullmatch(str(name)):
        return with_config((from_hub(str(name)),))
    if is_path or "/" in str(name) or "\\" in str(name):
        raise CheckpointError(f"There is no weights file at {path}{_hint(path.name)}.")
    known = ", ".join(repr(n) for n in (*PACKAGED, *PUBLISHED))
    raise CheckpointError(
        f"There is no model called {shown(str(name))}{_hint(str(name))}; known are {known}, or give"
        " a file's path."
    )


def _no_name(given: Any) -> str:
    if isinstance(given, (tuple, list)) and all(is_name(each) for each in given):
        said = "A pair of ONNX files is an encoder and a decoder, (encoder, decoder)"
        return f"{said}, and this {type(given).__name__} has {len(given)}: give one name, or two."
    return f"A model's name is a str or a Path, no {type(given).__name__}."


def _hint(name: str) -> str:
    """Return what was probably meant, as a sentence goes on; nothing where that is not clear."""
    meant = [own for own, wanted in PUBLISHED.items() if wanted.file == name]
    meant = meant or get_close_matches(name, (*PACKAGED, *PUBLISHED), 1, 0.65)
    return f" (did you mean {meant[0]!r}?)" if meant else ""


def _at(address: str) -> str:
    """Return the name of what has an address, a published model's or a hub's."""
    if name := published_at(address):
        return name
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    inside = parts.path.strip("/").split("/")
    if parts.hostname in HUBS and (len(inside) == 2 or inside[2:3] == ["tree"]):
        return "/".join(inside[:2])
    raise CheckpointError(
        f"Models are not fetched from addresses such as {shown(bare(address))}: download the file"
        " and give its path."
    )


def _on_disk(name: str | os.PathLike[str]) -> tuple[Path, ...]:
    with _reaching(name):
        path = as_path(name)
        if path.is_dir():
            return _in_folder(path)
        if not path.exists() and not path.is_symlink():
            return ()
        regular(path)
    if path.name.endswith(INDEXED):
        return _shards(path)
    if part := SHARD.fullmatch(path.name):
        index = path.with_name(f"{part[1]}{part[2]}{INDEXED}")
        if not index.is_file():
            said = f"is one of several parts, and {index.name}, which lists them, is not beside it"
            raise CheckpointError(f"{path} {said}.")
        return _shards(index)
    if path.suffix == ONNX:
        said = "is half a SAM at most: give its folder, or (encoder, decoder), a pair of files"
        raise CheckpointError(f"{path} {said}.")
    return (path,)


@contextmanager
def _reaching(name: str | os.PathLike[str]) -> Iterator[None]:
    """Say where no file can be, whatever is tried with it."""
    try:
        yield
    except CheckpointError:
        raise
    except SamError as error:  # of a path that means nothing
        raise CheckpointError(str(error)) from error
    except (OSError, ValueError) as error:
        raise CheckpointError(f"No file can be at {str(name)[:80]!r}: {reason(error)}.") from error


def _in_folder(folder: Path) -> tuple[Path, ...]:
    for file in FILES:
        if (folder / file).is_file():
            return (folder / file,)
        if (folder / f"{file}{INDEXED}").is_file():
            return _shards(folder / f"{file}{INDEXED}")
    inside = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    if exported := [path for path in inside if path.suffix == ONNX]:
        return whole(exported, f"The folder {folder}")
    weights = [path for path in inside if path.suffix in SUFFIXES and path.is_file()]
    if len(weights) == 1:
        return _on_disk(weights[0])
    if weights:
        names = ", ".join(path.name for path in weights[:3])
        said = f"holds {len(weights)} weights files ({names}{', ...' if len(weights) > 3 else ''})"
        raise CheckpointError(f"The folder {folder} {said}: give the path of one.")
    said = f"holds neither {' nor '.join(FILES)}, nor a SAM in ONNX files"
    raise CheckpointError(f"The folder {folder} {said}.")


def _shards(index: Path) -> tuple[Path, ...]:
    """Return the file that lists the parts of a model, and the parts."""
    if regular(index).st_size > LARGEST_INDEX:
        raise CheckpointError(f"{index} is too large to be a list of parts.")
    try:
        names = {str(file) for file in json.loads(index.read_bytes())["weight_map"].values()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise CheckpointError(f"{index} does not list the parts of a model.") from error
    if not 0 < len(names) <= MOST_SHARDS or any(PurePath(name).name != name for name in names):
        raise CheckpointError(f"{index} does not list the parts of a model.")
    parts = [index.with_name(name) for name in sorted(names)]
    for part in parts:
        regular(part)
    return (index, *parts)


def _pair(*names: str | os.PathLike[str]) -> tuple[Path, ...]:
    paths = []
    for name in names:
        with _reaching(name):
            path = as_path(name)
            if not path.exists() and not path.is_symlink():
                raise CheckpointError(f"There is no weights file at {path}.")
            regular(path)
        paths.append(path)
    return whole(paths, f"The pair of {' and '.join(path.name for path in paths)}")
