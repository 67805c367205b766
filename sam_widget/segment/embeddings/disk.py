"""Embeddings in a folder of files, for tomorrow and other processes. Imports no torch itself."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import logging
import os
import stat
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import user_cache_path

from sam_widget.errors import SamError
from sam_widget.paths import as_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .tiers import Key, Spilled

DISK_BYTES = 4 * 2**30  # a thousand embeddings of a SAM in fp32
STALE = 3600.0  # s; after that, a file half written is nobody's any more
SUFFIX, HALF = ".safetensors", ".half"

log = logging.getLogger(__name__)


def cache_folder() -> Path:
    """Return the folder for embeddings: of ``$SAM_WIDGET_CACHE``, else of the user's cache."""
    root = os.environ.get("SAM_WIDGET_CACHE", "").strip()
    if root:
        try:
            home = as_path(root)
        except SamError as error:
            log.warning("SAM_WIDGET_CACHE is no folder, the user's cache is used: %s", error)
        else:
            if not str(home).startswith("~"):
                return home / "embeddings"
            log.warning(
                "SAM_WIDGET_CACHE is %r, of a user who has no home: the user's cache is used.", root
            )
    return user_cache_path("sam_widget", appauthor=False) / "embeddings"


def limit_from_environment() -> int:
    """Return how many bytes of files there may be: ``$SAM_WIDGET_CACHE_BYTES``, else 4 GiB."""
    said = os.environ.get("SAM_WIDGET_CACHE_BYTES", "").strip()
    if not said:
        return DISK_BYTES
    try:
        return max(0, int(float(said)))
    except (ValueError, OverflowError):
        log.warning("SAM_WIDGET_CACHE_BYTES is %r: a number of bytes was expected.", said)
        return DISK_BYTES


class Disk:
    """A tier of files, one for each embedding, that several processes may share.

    A file appears whole or not at all. One that is corrupt, or of what its key cannot be, counts as
    not there, and goes; whatever else has its name, a pipe, a link, is not looked at, and replaced.
    A folder that cannot be written is said once in the log; one that is deleted is made again.
    Values without tensors (a remote model's, say) are left to other tiers.

    Parameters
    ----------
    folder : Path
        Made when the first file is written, for the user's eyes only. It should hold nothing else.
    limit_bytes : int
        Upper bound of all files' sizes; 0 for no files at all.
    """

    def __init__(self, folder: Path, limit_bytes: int = DISK_BYTES) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes
        self._complained = False

    def get(self, key: Key) -> Any | None:
        """Return the embedding of this key, on the CPU; None where there is none that is whole."""
        path = self._path(key)
        try:
            data = _regular_bytes(path, self.limit_bytes)
        except OSError:
            return None
        from .file import BrokenFileError, from_bytes  # noqa: PLC0415  torch

        try:
            value = from_bytes(key, data)
        except BrokenFileError as error:
            log.info("the cached embedding %s is broken and will be made again: %s", path, error)
            _remove(path)
            return None
        _touch(path)
        return value

    def put(self, key: Key, value: Any) -> Spilled[Any]:
        """Write a file unless it is there, then remove the oldest ones; what is lost is lost."""
        path = self._path(key)
        if not value.tensors() or value.nbytes > self.limit_bytes:
            return []
        if key in self:
            _touch(path)
            return []
        from .file import to_bytes  # noqa: PLC0415  torch, off the main thread

        data = to_bytes(key, value)
        if len(data) <= self.limit_bytes:
            try:
                self._write(path, data)
            except OSError as error:
                self._complain(error)
            self._make_room()
        return []

    def __contains__(self, key: Key) -> bool:
        path = self._path(key)
        try:
            state = path.lstat()
            fits = stat.S_ISREG(state.st_mode) and state.st_size <= self.limit_bytes
            return fits and os.access(path, os.R_OK)
        except OSError:
            return False

    @property
    def nbytes(self) -> int:
        """Bytes of all files, those half written too."""
        return sum(state.st_size for _, state in self._files())

    def flush(self) -> None:
        """Return: it is written already."""

    def clear(self) -> None:
        """Remove all files."""
        for path, _ in self._files():
            _remove(path)

    def _path(self, key: Key) -> Path:
        name = hashlib.sha256("\n".join(key).encode()).hexdigest()[:32]
        return self.folder / f"{name}{SUFFIX}"

    def _write(self, path: Path, data: bytes) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, half = tempfile.mkstemp(HALF, dir=self.folder)  # 0600: for the user alone
        try:
            with open(handle, "wb") as file:  # noqa: PTH123  a handle, not a path
                file.write(data)
            with contextlib.suppress(OSError):
                path.rmdir()  # an empty folder of this name: whatever else there is gives way
            with contextlib.suppress(FileNotFoundError):  # cleared meanwhile, by another process
                os.replace(half, path)  # noqa: PTH105  atomic: a reader sees the old or the new
        except BaseException:
            _remove(Path(half))
            raise

    def _make_room(self) -> None:
        """Remove what was not used for longest; another process may be doing the same."""
        files = sorted(self._files(), key=lambda each: each[1].st_mtime_ns)
        total = sum(state.st_size for _, state in files)
        now = time.time()
        for path, state in files:
            half = path.suffix == HALF
            if half and now - state.st_mtime < STALE:
                continue  # somebody is writing it
            if half or total > self.limit_bytes:
                _remove(path)
                total -= state.st_size

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        try:
            with os.scandir(self.folder) as entries:
                found = [each for each in entries if each.name.endswith((SUFFIX, HALF))]
        except OSError:
            return
        for each in found:
            with contextlib.suppress(OSError):  # gone meanwhile
                yield Path(each.path), each.stat(follow_symlinks=False)

    def _complain(self, error: OSError) -> None:
        level = logging.DEBUG if self._complained else logging.WARNING
        self._complained = True
        why = error.strerror or type(error).__name__
        log.log(level, "Embeddings are not kept in %s for the next time: %s.", self.folder, why)


def _regular_bytes(path: Path, most: int) -> bytes:
    """Return what a plain file holds; OSError for anything else, which might never end."""
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    with open(os.open(path, flags), "rb", buffering=0) as file:  # noqa: PTH123  a handle
        state = os.fstat(file.fileno())
        if not stat.S_ISREG(state.st_mode) or state.st_size > most:
            raise OSError(errno.EINVAL, "no plain file")
        return file.read(state.st_size) or b""  # of one that grows, no more: its seal will tell


def _touch(path: Path) -> None:
    with contextlib.suppress(OSError):  # gone, or not ours to change
        os.utime(path)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
