"""Who has a photo open, and who was killed at it: a file beside the lock. Locks nothing itself."""

from __future__ import annotations

import getpass
import json
import os
import socket
import time
from typing import TYPE_CHECKING, Any

from sam_widget.document.journal import write_whole

if TYPE_CHECKING:
    from pathlib import Path

FILE = "at_work.json"  # in the photo's journal, from its opening until it is put away in order


def begin(folder: Path) -> None:
    """Note that this process is at work in a photo's journal, whose lock it has."""
    told = {"who": _person(), "where": socket.gethostname(), "process": os.getpid()}
    write_whole(folder / FILE, json.dumps({**told, "since": _clock()}).encode())


def end(folder: Path) -> None:
    """Note that all is written, and nobody is at work any more."""
    (folder / FILE).unlink(missing_ok=True)


def left(folder: Path) -> bool:
    """Whether somebody is at work there, or was killed at it."""
    return (folder / FILE).exists()


def who(folder: Path) -> str:
    """Say who is at work there, as far as that is known: ``kim on atlas, since 10:12``."""
    try:
        told: Any = json.loads((folder / FILE).read_bytes())
        return f"{told['who']} on {told['where']}, since {told['since']}"[:200]
    except (OSError, ValueError, TypeError, KeyError):
        return "somebody"


def last_of(home: Path) -> str | None:
    """Return the name of the photo that this person was at last; None where nobody knows."""
    try:
        return (home / _mark()).read_text(encoding="utf-8") or None
    except (OSError, ValueError):
        return None


def turned_to(home: Path, name: str) -> None:
    """Note the photo that this person is at, for who comes back."""
    write_whole(home / _mark(), name.encode())


def _mark() -> str:
    person = "".join(each if each.isalnum() else "_" for each in _person())
    return f"at-{person}.txt"


def _person() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container's user without a name
        return "somebody"


def _clock() -> str:
    return time.strftime("%H:%M")
