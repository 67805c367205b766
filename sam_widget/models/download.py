"""Published weights, fetched once, checked before use. Knows nothing of what the bytes mean."""

from __future__ import annotations

import io
import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from shutil import disk_usage
from stat import S_ISREG
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from filelock import FileLock, Timeout
from tqdm import tqdm

from sam_widget.errors import in_short, reason
from sam_widget.lifetime import idle
from sam_widget.paths import as_path, is_address

from .errors import CheckpointError
from .fingerprints import cache_folder, remember, sha256
from .transfer import Address, CutError, bare, fetch, own_part, pause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Tell = Callable[[float], None]

VARIABLE = "SAM_WIDGET_WEIGHTS"  # a folder with the files under their names, or a mirror's URL
GLANCE = 0.5  # s between looks at another process's download


@dataclass(frozen=True)
class Published:
    """A file as its authors published it: each number was checked against several projects'."""

    url: str
    sha256: str
    bytes: int

    @property
    def file(self) -> str:
        """Its name."""
        return self.url.rsplit("/", 1)[1]


_META = "https://dl.fbaipublicfiles.com/segment_anything"
_MOBILE = "https://raw.githubusercontent.com/ChaoningZhang/MobileSAM"
_MOBILE_COMMIT = "f706ad9c4eb7f219c00d9050e46328518ffb65d2"

PUBLISHED = {
    "sam_vit_b": Published(
        f"{_META}/sam_vit_b_01ec64.pth",
        "ec2df62732614e57411cdcf32a23ffdf28910380d03139ee0f4fcbe91eb8c912",
        375_042_383,
    ),
    "sam_vit_l": Published(
        f"{_META}/sam_vit_l_0b3195.pth",
        "3adcc4315b642a4d2101128f611684e8734c41232a17c648ed1693702a49a622",
        1_249_524_607,
    ),
    "sam_vit_h": Published(
        f"{_META}/sam_vit_h_4b8939.pth",
        "a7bf3b02f3ebf1267aba913ff637d9a2d5c33d3173bb679e46d9f338c26f262e",
        2_564_550_879,
    ),
    "mobile_sam": Published(
        f"{_MOBILE}/{_MOBILE_COMMIT}/weights/mobile_sam.pt",
        "6dbb90523a35330fedd7f1d3dfc66f995213d81b29a5ca8108dbcdd4e37d6c2f",
        40_728_226,
    ),
}


HOSTS = {  # where else these files have been published
    "dl.fbaipublicfiles.com": "/segment_anything/",
    "raw.githubusercontent.com": "/ChaoningZhang/MobileSAM/",
    "github.com": "/ChaoningZhang/MobileSAM/",
}


def published_at(address: str) -> str:
    """Return the name of the model that its authors published at an address; empty for none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    folder = HOSTS.get(parts.hostname or "")
    for name, wanted in PUBLISHED.items():
        ours = folder and parts.path.startswith(folder) and parts.path.endswith(f"/{wanted.file}")
        if ours or address == wanted.url:
            return name
    return ""


class _Bar(tqdm):  # type: ignore[misc]
    """A progress bar; where somebody else shows how far it is, it tells them and draws nothing."""

    n: int

    def __init__(self, wanted: Published, title: str, tell: Tell | None) -> None:
        self._tell = tell
        quiet = io.StringIO() if tell else None  # even a bar that is not drawn ends its line
        super().__init__(desc=title, total=wanted.bytes, unit="B", unit_scale=True, file=quiet)

    def reach(self, have: int) -> None:
        """Be so many bytes far, which may be less than before."""
        if have >= self.n:
            self.update(have - self.n)
        else:
            self.n = have
            self.refresh()

    def display(self, *args: Any, **kwargs: Any) -> None:
        """Show how far it is; tqdm calls this a few times a second."""
        if self._tell is None:
            super().display(*args, **kwargs)
        else:
            self._tell(self.n / self.total)


def published(name: str, tell: Tell | None = None) -> Path:
    """Return the file of a published model; download it if it is nowhere yet.

    What arrives goes to a ``.part`` file, which a later call goes on with wherever this one was
    cut. It takes its name only once its SHA-256 is right. Several processes may ask at once: one
    of them downloads.

    Parameters
    ----------
    name : str
        A key of ``PUBLISHED``.
    tell : callable, optional
        Called with the share that has come, 0..1, in place of a progress bar.

    Raises
    ------
    CheckpointError
        The file can neither be found nor fetched, or is not what was published.
    """
    wanted = PUBLISHED[name]
    source = os.environ.get(VARIABLE, "").strip()
    try:
        if source and not is_address(source):
            return _in_folder(as_path(source), wanted)
        return _in_cache(name, wanted, _mirror(name, source, wanted), tell)
    except OSError as error:
        said = f"{reason(error)}{_left(wanted)}; make room or mend it, or set {VARIABLE} to a"
        raise CheckpointError(
            f"{name!r} could not be kept: {said} folder with {wanted.file}."
        ) from error


def _mirror(name: str, source: str, wanted: Published) -> Address:
    """Return where to ask for a file: its authors' address, or a mirror's."""
    try:
        return Address.of(source, wanted.file) if source else Address.of(wanted.url)
    except ValueError:
        said = f"must be a folder or an http(s) address, which {bare(source)!r} is not"
        raise CheckpointError(f"{name!r} could not be looked for: {VARIABLE} {said}.") from None


def _in_cache(name: str, wanted: Published, address: Address, tell: Tell | None) -> Path:
    place = cache_folder() / wanted.file
    if not _is(place, wanted):
        with _alone(name, place, wanted, tell):
            if not _is(place, wanted):  # nobody else fetched it meanwhile
                _fetch(name, wanted, address, place, tell)
    return place


def _in_folder(folder: Path, wanted: Published) -> Path:
    path = folder / wanted.file
    if not path.is_file():
        said = f"has no {wanted.file}; put it there from {wanted.url}"
        raise CheckpointError(f"The folder {folder}, which {VARIABLE} names, {said}.")
    if not _is(path, wanted):
        said = f"is not the published file: get it again from {wanted.url}"
        raise CheckpointError(f"{path} {said}.")
    return path


def _is(path: Path, wanted: Published) -> bool:
    return path.is_file() and path.stat().st_size == wanted.bytes and sha256(path) == wanted.sha256


def _fetch(name: str, wanted: Published, address: Address, place: Path, tell: Tell | None) -> None:
    part = _part(place)
    started_before = _size(part) > 0
    _download(name, wanted, address, part, tell)
    if not _is(part, wanted) and started_before:  # its first half may have been another file's
        part.unlink()
        _download(name, wanted, address, part, tell)
    if not _is(part, wanted):
        part.unlink()
        said = f"what came from {address} is not the published file"
        raise CheckpointError(f"{name!r} could not be downloaded: {said}, and was thrown away.")
    part.replace(place)
    remember(place, wanted.sha256)


def _download(
    name: str, wanted: Published, address: Address, part: Path, tell: Tell | None
) -> None:
    if _size(part) > wanted.bytes:
        part.unlink()
    with own_part(part) as file, _Bar(wanted, wanted.file, tell) as bar:
        _make_sure_of_room(name, wanted, part, file.tell())
        try:
            fetch(address, wanted.bytes, file, bar.reach)
        except CutError as error:
            raise CheckpointError(_sentence(name, wanted, address, part, error)) from error


def _make_sure_of_room(name: str, wanted: Published, part: Path, have: int) -> None:
    free = disk_usage(part.parent).free
    if free < wanted.bytes - have:
        said = f"it needs {(wanted.bytes - have) / 1e6:.0f} MB more in {part.parent}, where"
        raise CheckpointError(
            f"{name!r} could not be kept: {said} {free / 1e6:.0f} MB are free; make room, or set"
            f" {VARIABLE} to a folder with {wanted.file}."
        )


def _left(wanted: Published) -> str:
    """Return what is left of a download behind, as a sentence goes on."""
    with suppress(OSError):
        part = _part(cache_folder() / wanted.file)
        if have := _size(part):
            kept = f"{have / 1e6:.0f} of {wanted.bytes / 1e6:.0f} MB are kept in {part}"
            return f", and {kept}, where trying again goes on"
    return ""


def _sentence(
    name: str, wanted: Published, address: Address, part: Path, error: BaseException
) -> str:
    if have := _size(part):
        kept = (
            f"{have / 1e6:.0f} of {wanted.bytes / 1e6:.0f} MB are kept: trying again goes on there"
        )
        why = f"{in_short(error)}; {kept}"
    else:
        part.unlink(missing_ok=True)
        why = in_short(error)
    return (
        f"{name!r} could not be downloaded from {address} ({why}); offline, put {wanted.file}"
        f" ({wanted.bytes / 1e6:.0f} MB) into {part.parent}, or set {VARIABLE} to a folder or"
        " mirror that has it."
    )


def _size(part: Path) -> int:
    """Return the bytes of a half-made file; 0 where there is none, or something else."""
    try:
        state = part.lstat()
    except FileNotFoundError:
        return 0
    return state.st_size if S_ISREG(state.st_mode) else 0


@contextmanager
def _alone(name: str, place: Path, wanted: Published, tell: Tell | None) -> Iterator[None]:
    """Hold the file's lock; while another process has it, show how far that one's download is."""
    lock = FileLock(place.with_name(f".{place.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        with _Bar(wanted, f"{wanted.file}, by another process", tell) as bar:
            while not lock.is_locked:
                bar.reach(_size(_part(place)))
                try:
                    pause(0)
                except CutError as error:
                    said = _sentence(name, wanted, Address.of(wanted.url), place, error)
                    raise CheckpointError(said) from error
                with suppress(Timeout), idle():
                    lock.acquire(timeout=GLANCE)
    try:
        yield
    finally:
        lock.release()


def _part(place: Path) -> Path:
    return place.with_name(f"{place.name}.part")
