"""Bytes from an address into a file, with patience that ends. Knows no models and no names.

Here a download is told to stop, by ``stop``; nothing of an address but its host and path is ever
said, since the rest may be a password or a token.
"""

from __future__ import annotations

import os
import random
import re
import stat
import time
from base64 import b64encode
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse, responses
from typing import IO, TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import quote, unquote, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from sam_widget.errors import SamError, reason
from sam_widget.lifetime import idle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE = 5  # tries, one after the other, that bring next to nothing
WORTH = 2**16  # bytes that are more than next to nothing
TRIES = 1000  # in all
PAUSE = 1.0  # s before the second try; each further one that brings nothing doubles it
LONGEST = 60.0  # s that a server may ask us to wait
SILENCE = 30.0  # s without a byte after which a connection counts as cut
WINDOW = 30.0  # s over which the rate is taken
LEAST_RATE = 1000  # bytes a second: at less, a download would take weeks
BLOCK = 2**20  # bytes
PASSING = (408, 425, 429, 500, 502, 503, 504)  # answers that may be others a little later


class CutError(Exception):
    """The network gave no more bytes, and why; those that came are kept.

    Attributes
    ----------
    wait : float, optional
        s after which the server says that it can do better.
    final : bool
        Whether trying again is of no use.
    """

    def __init__(self, why: str, wait: float | None = None, *, final: bool = False) -> None:
        super().__init__(why)
        self.wait = wait
        self.final = final


def pause(seconds: float) -> None:
    """Wait, and hold up nobody: a program that ends meanwhile ends."""
    with idle():
        time.sleep(seconds)


@dataclass(frozen=True)
class Address:
    """Where to ask for a file.

    Attributes
    ----------
    url : str
        Without the user's name and password.
    login : str
        Those, as a header has them; empty where there are none.
    """

    url: str = field(repr=False)
    login: str = field(default="", repr=False)

    @classmethod
    def of(cls, given: str, file: str = "") -> Address:
        """Read an address, of a file or of the folder that a file is in.

        Raises
        ------
        ValueError
            It is none that can be asked; its text is not in the error.
        """
        try:
            parts = urlsplit(re.sub(r"\s", "%20", given))
            host, port = parts.hostname, parts.port
        except ValueError:
            raise SamError("it cannot be read") from None
        if not host or parts.scheme not in ("http", "https"):
            raise SamError("it has no host")
        place = f"[{host}]" if ":" in host else host.encode("idna").decode()
        path = quote(parts.path, safe="/%:=&~+,;@!$'()*")
        path = f"{path.rstrip('/')}/{file}" if file else path
        query = quote(parts.query, safe="=&%/?:+,;@~!$'()*")
        url = urlunsplit((parts.scheme, f"{place}:{port}" if port else place, path, query, ""))
        login = ""
        if parts.username is not None:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            login = f"Basic {b64encode(pair.encode()).decode()}"
        return cls(url, login)

    def __str__(self) -> str:
        return bare(self.url)


def bare(address: str) -> str:
    """Return an address fit to be shown: without a password, a token or what else it carries."""
    scheme, _, rest = address.partition("://")
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    host = authority.rpartition("@")[2]
    odd = not re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[^:]*)(:\d*)?", host)
    if odd or ("@" in rest and "@" not in authority):  # a password may have any letter in it
        return f"{scheme}://..."
    return f"{scheme}://{host}{re.split(r'[?#]', rest[len(authority) :], maxsplit=1)[0]}"


@contextmanager
def own_part(part: Path) -> Iterator[IO[bytes]]:
    """Open a half-made file of ours, at its end; make it if it is not there.

    What is no plain file of this user's own under that name, a pipe, a link, another's, goes.
    """
    with suppress(FileNotFoundError):
        state = part.lstat()
        own = getattr(os, "geteuid", lambda: state.st_uid)() == state.st_uid
        if not (stat.S_ISREG(state.st_mode) and state.st_nlink == 1 and own):
            part.unlink()
    flags = os.O_RDWR | os.O_CREAT
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    with open(os.open(part, flags, 0o644), "r+b", buffering=0) as file:  # noqa: PTH123  a handle
        file.seek(0, os.SEEK_END)
        yield file


def fetch(address: Address, size: int, file: IO[bytes], tell: Callable[[int], None]) -> None:
    """Bring a file to its full size, however often the connection is cut.

    Parameters
    ----------
    address : Address
    size : int
        In bytes, what the whole has.
    file : file
        Open and at its end, without a buffer.
    tell : callable
        Called with the bytes that are there, now and then.

    Raises
    ------
    CutError
        It was cut too often, sends something else, or too slowly.
    OSError
        The disk takes no more.
    """
    first = most = file.tell()
    fruitless = 0
    for _ in range(TRIES):
        tell(file.tell())
        pause(0)
        if file.tell() >= size:
            return
        try:
            _append(address, size, file, tell)
        except CutError as error:
            have = file.tell()
            fruitless = 0 if have - most >= WORTH else fruitless + 1
            most = max(most, have)
            nothing = most == first and error.wait is None
            if error.final or nothing or fruitless > PATIENCE:
                raise
            longest = max(PAUSE / 4, PAUSE * 2**fruitless / 2) if fruitless else PAUSE / 4
            pause(longest * random.uniform(0.5, 1) if error.wait is None else error.wait)  # noqa: S311
    if file.tell() < size:
        raise CutError(f"the connection was cut {TRIES} times")


def _append(address: Address, size: int, file: IO[bytes], tell: Callable[[int], None]) -> None:
    """Ask for what the file lacks and add it."""
    have = file.tell()
    with _open(address, have, file) as answer:
        if answer.status == 206:
            begins = re.match(r"bytes (\d+)-", answer.headers.get("Content-Range", ""))
            if begins and int(begins[1]) != have:
                raise CutError("it sends another part than it was asked for")
        else:
            have = 0
        if answer.headers.get("Content-Encoding", "identity").strip().lower() not in (
            "",
            "identity",
        ):
            raise CutError("it packs what it sends", final=True)
        if answer.headers.get_content_type() == "text/html":
            raise CutError("it sends a web page", final=True)
        if answer.length is not None and answer.length + have != size:
            raise CutError(f"it sends another file, of {answer.length / 1e6:.1f} MB", final=True)
        file.seek(have)
        file.truncate()
        since, count = time.monotonic(), 0
        while file.tell() < size:
            block = memoryview(_read(answer, min(BLOCK, size - file.tell())))
            count += len(block)
            while block:
                block = block[file.write(block) :]
            tell(file.tell())
            if (passed := time.monotonic() - since) >= WINDOW:
                if count < LEAST_RATE * passed:
                    raise CutError(f"it sends {count / passed:.0f} bytes a second, too slow to end")
                since, count = time.monotonic(), 0


@contextmanager
def _open(address: Address, have: int, file: IO[bytes]) -> Iterator[HTTPResponse]:
    headers = {"User-Agent": "sam_widget", "Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    request = Request(address.url, headers=headers)  # noqa: S310  http or https, see Address
    if address.login:
        request.add_unredirected_header("Authorization", address.login)
    try:
        with idle():
            answer = _opener().open(request, timeout=SILENCE)
    except HTTPError as error:
        error.close()
        raise _refused(error, file) from None
    except OSError as error:
        why = getattr(error, "reason", error)
        said = reason(why) if isinstance(why, OSError) else "its address cannot be asked"
        raise CutError(said) from None
    except (HTTPException, ValueError):  # their texts may repeat what was asked
        raise CutError("its answer is none that can be read") from None
    if not isinstance(answer, HTTPResponse):
        raise CutError("its answer is none that can be read")
    with answer:
        yield answer


def _opener() -> OpenerDirector:
    """Return what asks by http and https alone, wherever it is redirected."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPRedirectHandler(),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _refused(error: HTTPError, file: IO[bytes]) -> CutError:
    if error.code == 416 and file.tell():  # it has less than we: what we have is another file's
        file.seek(0)
        file.truncate()
        return CutError("it has no more than was there already", 0.0)
    if 300 <= error.code < 400:
        return CutError("it sends from one address to another without end", final=True)
    said = f"it answers {error.code} {responses.get(error.code, '')}".strip()
    if error.code not in PASSING:
        return CutError(said, final=True)
    wait = _asked_to_wait(error.headers.get("Retry-After", ""))
    if wait is not None and wait > LONGEST:
        return CutError(f"{said} and asks to come again in {wait:.0f} s", final=True)
    return CutError(said, wait)


def _asked_to_wait(said: str) -> float | None:
    """Return the s that a Retry-After header says, None where it says nothing that can be read."""
    if said.strip().isdecimal():
        return float(said.strip()[:9])
    try:
        then = parsedate_to_datetime(said)
    except (ValueError, TypeError):
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - datetime.now(UTC)).total_seconds())


def _read(answer: HTTPResponse, count: int) -> bytes:
    pause(0)
    try:
        with idle():
            block = answer.read1(count)
    except OSError as error:
        raise CutError(reason(error)) from None
    except HTTPException:
        raise CutError("the connection was cut") from None
    if not block:
        pause(0)
        raise CutError("the connection was cut")
    return block
