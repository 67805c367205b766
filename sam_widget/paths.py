"""What people paste as a path, as the file that they mean. Reads no file, decides no format."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from .errors import SamError, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

QUOTES = ('""', "''", "\u201c\u201d", "\u2018\u2019", "<>", "``")
UNSEEN = "\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2068\u2069\ufeff"  # what windows copy along
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://|data:|www\.")


def is_address(name: str) -> bool:
    """Whether a text is the address of something elsewhere, not of a file on this machine."""
    return bool(ADDRESS.match(name)) and not name.lower().startswith("file:")


def as_path(given: str | bytes | os.PathLike[Any]) -> Path:
    r"""Return the path that a text stands for.

    As it stands if that exists. Else as it was probably meant, if *that* exists: without the
    quotes of Windows' "Copy as path", ``file://`` and its %20, ``~`` and ``$HOME``, a terminal's
    ``\ ``, backslashes for slashes, a drive of Windows under ``/mnt``, a name that a Mac keeps
    decomposed and a keyboard types composed.

    Parameters
    ----------
    given : str, bytes or os.PathLike

    Returns
    -------
    Path
        Of something that is there; else of what the text says without quotes and ``file://``,
        for the caller to refuse or to write.

    Raises
    ------
    SamError
        It is none, or empty, or a ``file://`` address of another machine.
    """
    try:
        name = os.fsdecode(given)
    except TypeError:
        raise SamError(f"A path is a text or a Path, not {shown(given)}.") from None
    if not name.strip():
        raise SamError("The path is empty.")
    readings = list(_readings(name))
    for reading in readings:
        path = _expanded(reading)
        if _is_there(path):
            return path
    for reading in readings:
        if found := _as_spelled(_expanded(reading)):
            return found
    return _expanded(_plain(name))


def inside(folder: Path, name: str) -> Path:
    r"""Return the path of a file that an annotation file names, below a folder.

    Names with backslashes are read as Windows means them. A name that is absolute or climbs
    (``../``) is never followed: what counts then is its last part, where the folder has it.

    Parameters
    ----------
    folder : Path
    name : str
        As the annotations have it, such as ``images\a.jpg``.

    Returns
    -------
    Path
        Below ``folder``; whether it exists is the caller's question.

    Raises
    ------
    SamError
        The name leads out of the folder, and its last part is not in it.
    """
    parts = PurePosixPath(PureWindowsPath(name).as_posix()).parts
    if _below(parts):
        for path in (folder / name, folder.joinpath(*parts)):
            if _below(Path(name).parts) and _is_there(path):
                return path
        return _as_spelled(folder.joinpath(*parts)) or folder.joinpath(*parts)
    last = folder / parts[-1] if parts and parts[-1] not in ("..", "/") else None
    found = last and (last if _is_there(last) else _as_spelled(last))
    if not found:
        raise SamError(f"The file name {shown(name)} leads out of the folder {folder}.")
    return found


def _below(parts: tuple[str, ...]) -> bool:
    """Whether the parts of a relative path never climb above where they start."""
    if not parts or parts[0] == "/" or re.fullmatch(r"[A-Za-z]:[\\/]?", parts[0]):
        return False
    depth = 0
    for part in parts:
        depth += {"..": -1, ".": 0}.get(part, 1)
        if depth < 0:
            return False
    return depth > 0


def _readings(name: str) -> Iterator[str]:
    """Yield the text as it stands, then what it may stand for, the likeliest first."""
    yield name
    plain = _plain(name)
    if plain != name:
        yield plain
    if "$" in plain or "%" in plain:
        yield os.path.expandvars(plain)
    if "\\" in plain:
        yield re.sub(r"\\(.)", r"\1", plain)  # as a terminal escapes a dragged file
        drive = re.match(r"([A-Za-z]):\\(.*)", plain, re.DOTALL)
        if drive:
            yield f"/mnt/{drive[1].lower()}/" + drive[2].replace("\\", "/")
        yield plain.replace("\\", "/")


def _plain(name: str) -> str:
    """Return a text without the marks, quotes and ``file://`` around its path."""
    name = name.strip().strip(UNSEEN).strip()
    if len(name) > 2 and name[0] + name[-1] in QUOTES:
        name = name[1:-1].strip()
    if not re.match(r"file:[/\\]", name, re.IGNORECASE):
        return name
    address = urlsplit(name.replace("\\", "/"), allow_fragments=False)
    if address.netloc.lower() not in ("", "localhost", "127.0.0.1"):
        raise SamError(
            f"{shown(name)} is a file on another machine, {address.netloc}: copy it here and give"
            " its path."
        )
    path = unquote(address.path) + (f"?{address.query}" if address.query else "")
    return path[1:] if re.match(r"/[A-Za-z]:", path) and os.name == "nt" else path


def _expanded(name: str) -> Path:
    path = Path(name)
    try:
        return path.expanduser()
    except RuntimeError:  # no such user: the name may be a file's own
        return path


def _is_there(path: Path) -> bool:
    try:
        return os.path.lexists(path)
    except (OSError, ValueError):  # a NUL, or too long: whoever opens it will say so
        return False


def _as_spelled(path: Path) -> Path | None:
    """Return the path whose parts are the same letters in another composition, if one is there."""
    here = Path(path.anchor or ".")
    for part in path.parts[1 if path.anchor else 0 :]:
        if _is_there(here / part):
            here /= part
            continue
        wanted = _composed(part)
        try:
            names = [each for each in here.iterdir() if _composed(each.name) == wanted]
        except (OSError, ValueError):
            return None
        if not names:
            return None
        here = names[0]
    return here


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)
