"""Published weights, fetched once, checked before use. Knows nothing of what the bytes mean."""

from __future__ import annotations

import io
import os
import re
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, url2pathname, urlopen

from filelock import FileLock, Timeout
from tqdm import tqdm

from sam_widget.errors import in_short
from sam_widget.lifetime import idle

from .errors import CheckpointError
from .fingerprints import cache_folder, remember, sha256

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Tell = Callable[[float], None]

VARIABLE = "SAM_WIDGET_WEIGHTS"  # a folder with the files under their names, or a mirror's URL
PATIENCE = 3  # tries without a byte, once some have come
PAUSE = 1.0  # s before such a try
GLANCE = 0.5  # s between looks at another process's download
SILENCE = 30.0  # s without a byte after which a connection counts as cut
BLOCK = 2**20  # bytes


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


def bare(address: str) -> str:
    """Return an address fit to be shown: without a password, a token or what else it carries."""
    scheme, _, rest = address.partition("://")
    host, slash, path = re.split(r"[?#]", rest, maxsplit=1)[0].partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


class _CutError(Exception):
    """The network gave no more bytes; those that came are kept."""


class _Bar(tqdm):  # type: ignore[misc]
    """A progress bar; where somebody else shows how far it is, it tells them and draws nothing."""

    def __init__(self, wanted: Published, title: str, tell: Tell | None) -> None:
        self._tell = tell
        quiet = io.StringIO() if tell else None  # even a bar that is not drawn ends its line
        super().__init__(desc=title, total=wanted.bytes, unit="B", unit_scale=True, file=quiet)

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
    scheme = urlsplit(source).scheme
    if "://" in source and scheme not in ("http", "https", "file"):
        said = f"must be a folder or an http(s) address, which {source!r} is not"
        raise CheckpointError(f"{name!r} could not be looked for: {VARIABLE} {said}.")
    try:
        if source and scheme not in ("http", "https"):
            path = url2pathname(urlsplit(source).path) if scheme == "file" else source
            return _in_folder(Path(path).expanduser(), wanted)
        url = f"{source.rstrip('/')}/{wanted.file}" if source else wanted.url
        return _in_cache(name, wanted, url, tell)
    except OSError as error:
        said = f"{in_short(error)}; make room or mend it, or set {VARIABLE} to a folder with"
        raise CheckpointError(f"{name!r} could not be kept: {said} {wanted.file}.") from error


def _in_cache(name: str, wanted: Published, url: str, tell: Tell | None) -> Path:
    place = cache_folder() / wanted.file
    if not _is(place, wanted):
        with _alone(place, wanted, tell):
            if not _is(place, wanted):  # nobody else fetched it meanwhile
                _fetch(name, wanted, url, place, tell)
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


def _fetch(name: str, wanted: Published, url: str, place: Path, tell: Tell | None) -> None:
    part = _part(place)
    started_before = part.exists()
    _download(name, wanted, url, part, tell)
    if not _is(part, wanted) and started_before:  # its first half may have been another file's
        part.unlink()
        _download(name, wanted, url, part, tell)
    if not _is(part, wanted):
        part.unlink()
        said = f"what came from {url} is not the published file"
        raise CheckpointError(f"{name!r} could not be downloaded: {said}, and was thrown away.")
    part.replace(place)
    remember(place, wanted.sha256)


def _download(name: str, wanted: Published, url: str, part: Path, tell: Tell | None) -> None:
    """Bring the part file to its full size, however often the connection is cut."""
    if part.exists() and part.stat().st_size > wanted.bytes:
        part.unlink()
    part.touch()
    first = most = part.stat().st_size
    fruitless = 0
    with _Bar(wanted, wanted.file, tell) as bar:
        while (have := part.stat().st_size) < wanted.bytes:
            bar.n = have
            bar.refresh()
            try:
                for count in _append(url, wanted, part):
                    bar.update(count)
            except _CutError as error:
                have = part.stat().st_size
                fruitless = 0 if have > most else fruitless + 1
                most = max(most, have)
                if fruitless > (PATIENCE if most > first else 0):
                    raise CheckpointError(_sentence(name, wanted, url, part, error)) from error
                with idle():
                    time.sleep(PAUSE if fruitless else 0)


def _append(url: str, wanted: Published, part: Path) -> Iterator[int]:
    """Ask for what the part file lacks and add it; yield how many bytes came each time."""
    have = part.stat().st_size
    headers = {"User-Agent": "sam_widget", "Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    with _open(Request(url, headers=headers)) as answer:  # noqa: S310  http or https, see published
        goes_on = answer.status == 206
        total = answer.length
        if total is not None and total + (have if goes_on else 0) != wanted.bytes:
            raise _CutError(f"it sends another file, of {total / 1e6:.1f} MB")
        if answer.headers.get_content_type() == "text/html":
            raise _CutError("it sends a web page")
        with part.open("ab" if goes_on else "wb") as file:
            while file.tell() < wanted.bytes:
                block = _read(answer, min(BLOCK, wanted.bytes - file.tell()))
                file.write(block)
                yield len(block)


def _open(request: Request) -> HTTPResponse:
    try:
        with idle():
            answer: HTTPResponse = urlopen(request, timeout=SILENCE)  # noqa: S310
    except HTTPError as error:
        error.close()
        raise _CutError(f"it answers {error.code} {error.reason}") from error
    except (OSError, HTTPException, ValueError) as error:
        raise _CutError(in_short(getattr(error, "reason", error))) from error
    return answer


def _read(answer: HTTPResponse, count: int) -> bytes:
    try:
        with idle():
            block = answer.read1(count)
    except (OSError, HTTPException) as error:
        raise _CutError(in_short(error)) from error
    if not block:
        raise _CutError("the connection was cut")
    return block


def _sentence(name: str, wanted: Published, url: str, part: Path, error: BaseException) -> str:
    have = part.stat().st_size
    if have:
        kept = (
            f"{have / 1e6:.0f} of {wanted.bytes / 1e6:.0f} MB are kept: trying again goes on there"
        )
        why = f"{in_short(error)}; {kept}"
    else:
        part.unlink()
        why = in_short(error)
    return (
        f"{name!r} could not be downloaded from {url} ({why}); offline, put {wanted.file}"
        f" ({wanted.bytes / 1e6:.0f} MB) into {part.parent}, or set {VARIABLE} to a folder or"
        " mirror that has it."
    )


@contextmanager
def _alone(place: Path, wanted: Published, tell: Tell | None) -> Iterator[None]:
    """Hold the file's lock; while another process has it, show how far that one's download is."""
    lock = FileLock(place.with_name(f".{place.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        with _Bar(wanted, f"{wanted.file}, by another process", tell) as bar:
            while not lock.is_locked:
                part = _part(place)
                bar.n = part.stat().st_size if part.exists() else 0
                bar.refresh()
                with suppress(Timeout), idle():
                    lock.acquire(timeout=GLANCE)
    try:
        yield
    finally:
        lock.release()


def _part(place: Path) -> Path:
    return place.with_name(f"{place.name}.part")
