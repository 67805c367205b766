"""What pages and kernel say of an album: which photo is shown, the strip of them, verdicts.

All of it goes on side roads: none of it is in a document. Photos go by name, and by their place
among those that the filter leaves.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from sam_widget.folders.entries import Progress, Verdict

Only: TypeAlias = Literal["", "open", "done", "accept", "fail", "defer"]


@dataclass(frozen=True)
class Album:
    """How things stand in the album; said to every page, also to one that comes late.

    ``name`` is the shown photo, ``place`` its own among the ``count`` that the filter ``only``
    leaves ("": all of them), -1 where it is none of these.
    """

    tag: ClassVar[str] = "album"
    name: str
    place: int
    count: int
    only: Only
    reviewing: bool
    verdict: Verdict
    note: str
    progress: Progress


@dataclass(frozen=True)
class Slide:
    """One photo of the strip; ``thumb`` is the hash of its small picture, "" while none is there.

    ``busy`` says who else is at work on it, as far as somebody has tried it.
    """

    name: str
    place: int
    objects: int
    done: bool
    verdict: Verdict
    note: str
    busy: str
    broken: bool
    thumb: str


@dataclass(frozen=True)
class Slides:
    """Photos of the strip, for the page ``to``; bytes of small pictures ride along."""

    tag: ClassVar[str] = "slides"
    to: str
    only: Only
    slides: tuple[Slide, ...]
    blobs: tuple[str, ...]


@dataclass(frozen=True)
class AskSlides:
    """A page shows these places of the strip, and lacks the small pictures of some of them.

    They are made one by one, and come later; asked again, those that are no longer wanted are not.
    """

    tag: ClassVar[str] = "ask_slides"
    client: str
    first: int
    count: int
    lacks: tuple[int, ...]


@dataclass(frozen=True)
class GoTo:
    """A photo shall be shown."""

    tag: ClassVar[str] = "go_to"
    client: str
    name: str


@dataclass(frozen=True)
class Leaf:
    """The photo so many places further shall be shown, of those that the filter leaves."""

    tag: ClassVar[str] = "leaf"
    client: str
    by: int


@dataclass(frozen=True)
class Review:
    """Whether photos are reviewed, and which of them are shown."""

    tag: ClassVar[str] = "review"
    client: str
    reviewing: bool
    only: Only


@dataclass(frozen=True)
class Judge:
    """A verdict on a photo, and then the next one; "" takes it back and stays."""

    tag: ClassVar[str] = "judge"
    client: str
    name: str
    verdict: Verdict


@dataclass(frozen=True)
class Remark:
    """A reviewer's note on a photo."""

    tag: ClassVar[str] = "remark"
    client: str
    name: str
    note: str


ToAlbum: TypeAlias = AskSlides | GoTo | Leaf | Review | Judge | Remark
OfAlbum: TypeAlias = Album | Slides
