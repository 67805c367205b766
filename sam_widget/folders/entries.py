"""What an album notes of a photo: objects, verdict, note; a small file each. Judges nothing."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from sam_widget.document.journal import write_whole
from sam_widget.errors import SamError, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

Verdict: TypeAlias = Literal["", "accept", "fail", "defer"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)[1:]

FILE = "photo.json"  # in the photo's journal
LONGEST_NOTE = 1000  # characters
LARGEST = 2**16  # bytes of such a file that are read


@dataclass(frozen=True)
class Entry:
    """One photo's line in the album.

    Attributes
    ----------
    objects : int
        Accepted objects that are written.
    verdict : {"", "accept", "fail", "defer"}
        Of a review; empty while there is none.
    note : str
        A reviewer's.
    file : str
        Name of the annotations that were written; empty while there are none.
    seals : tuple of str
        Hashes that the file may have: of what was written last, and of what was about to be.
    means : str
        Hash of what it says, as it would be written here; another program writes it otherwise.
    """

    objects: int = 0
    verdict: Verdict = ""
    note: str = ""
    file: str = ""
    seals: tuple[str, ...] = ()
    means: str = ""

    @property
    def done(self) -> bool:
        """Whether the photo counts as done: it has objects, or was judged, and is not deferred."""
        return self.verdict != "defer" and (self.objects > 0 or bool(self.verdict))

    def save(self, folder: Path) -> None:
        """Write it into a photo's journal, whole or not at all."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        write_whole(folder / FILE, json.dumps(told, ensure_ascii=False).encode())

    @classmethod
    def load(cls, folder: Path) -> Entry:
        """Read it from a photo's journal; what is not there, or is no entry, says nothing."""
        try:
            path = folder / FILE
            told: Any = json.loads(path.read_bytes()) if path.stat().st_size <= LARGEST else None
            return cls(
                objects=max(0, int(told["objects"])),
                verdict=told["verdict"] if told["verdict"] in VERDICTS else "",
                note=str(told["note"])[:LONGEST_NOTE],
                file=Path(str(told["file"])).name,
                seals=tuple(map(str, told["seals"]))[:2],
                means=str(told["means"]),
            )
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return cls()


def verdict_of(given: Any) -> Verdict:
    """Return a verdict as a user says it; None takes it back. SamError of anything else."""
    verdict: Verdict = "" if given is None else given
    if not isinstance(given, str | None) or verdict not in ("", *VERDICTS):
        raise SamError(f"A verdict is one of {', '.join(VERDICTS)}, or None, not {shown(given)}.")
    return verdict


def note_of(given: Any) -> str:
    """Return a note as a user writes it; SamError where it is no text, or too long."""
    if not isinstance(given, str) or len(given) > LONGEST_NOTE:
        raise SamError(f"A note is a text of at most {LONGEST_NOTE} letters, not {shown(given)}.")
    return given.encode("utf-8", "backslashreplace").decode("utf-8")


@dataclass(frozen=True)
class Progress:
    """How far the work on many photos has come.

    Attributes
    ----------
    known : int
        Photos that are known so far; ``whole`` says whether these are all.
    done : int
        Photos that have objects or a verdict, and are not deferred.
    accept, fail, defer : int
        Photos of each verdict.
    whole : bool
    """

    known: int
    done: int
    accept: int
    fail: int
    defer: int
    whole: bool

    @classmethod
    def of(cls, entries: Iterable[Entry], known: int, *, whole: bool) -> Progress:
        """Count."""
        listed = list(entries)
        verdicts = Counter(each.verdict for each in listed)
        accept, fail, defer = (verdicts[each] for each in VERDICTS)
        done = sum(each.done for each in listed)
        return cls(known, done, accept, fail, defer, whole)

    def __str__(self) -> str:
        return f"{self.done} of {self.known}{'' if self.whole else ' or more'} done"
