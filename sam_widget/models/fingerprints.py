"""SHA-256 of weights files; those of big files are remembered on disk. Reads no tensors."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from filelock import FileLock
from platformdirs import user_cache_path

if TYPE_CHECKING:
    from collections.abc import Iterator

BIG = 32 * 2**20  # bytes; what is smaller is hashed in the time that a look-up would take
SETTLED = 2 * 10**9  # ns; a younger file could change again without its time changing
REMEMBERED = 256  # files; the ones hashed last


def cache_folder() -> Path:
    """Return the folder for downloaded weights and what is known of them, made if need be."""
    folder = user_cache_path("sam_widget", appauthor=False) / "weights"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hex.

    A big file's is remembered in the cache folder by path, size and time of change. Where that
    memory is corrupt, or cannot be written, the file is hashed anew.
    """
    path = path.resolve()
    state = path.stat()
    if state.st_size < BIG:
        return _hash(path)
    stamp = [state.st_size, state.st_mtime_ns]
    known = _memory().get(str(path))
    if known and known[:2] == stamp:
        return str(known[2])
    digest = _hash(path)
    if time.time_ns() - state.st_mtime_ns > SETTLED:
        _remember(str(path), [*stamp, digest])
    return digest


def remember(path: Path, digest: str) -> None:
    """Note the SHA-256 of a file that nobody else writes to, so that it is not hashed again."""
    path = path.resolve()
    state = path.stat()
    if state.st_size >= BIG:
        _remember(str(path), [state.st_size, state.st_mtime_ns, digest])


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _memory() -> dict[str, list[int | str]]:
    """Path -> size in bytes, time of change in ns, digest; empty where it cannot be read."""
    try:
        found = json.loads((cache_folder() / "fingerprints.json").read_text("utf-8"))
        return {path: known for path, known in found.items() if _is_record(known)}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def _is_record(known: object) -> bool:
    return isinstance(known, list) and [type(k) for k in known] == [int, int, str]


def _remember(path: str, record: list[int | str]) -> None:
    with contextlib.suppress(OSError):  # a full or forbidden disk: hashed again the next time
        place = cache_folder() / "fingerprints.json"
        with FileLock(f"{place}.lock"), _replacing(place) as new:
            known = {p: r for p, r in _memory().items() if p != path}
            known[path] = record
            new.write_text(json.dumps(dict(list(known.items())[-REMEMBERED:])), "utf-8")


@contextlib.contextmanager
def _replacing(place: Path) -> Iterator[Path]:
    """Give a file to write, which takes the other's place once it is whole."""
    with NamedTemporaryFile(dir=place.parent, prefix=place.name, delete=False) as file:
        new = Path(file.name)
    try:
        yield new
        os.replace(new, place)  # noqa: PTH105  atomic: a reader sees the old or the new
    finally:
        new.unlink(missing_ok=True)
