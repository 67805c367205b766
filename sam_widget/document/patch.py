"""Patch: one change as it came to be, who asked for it, and what it led to. Makes none itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from .history import History

if TYPE_CHECKING:
    from .edits import Document, Edit

Act: TypeAlias = Literal["push", "undo", "redo", "commit", "open"]


@dataclass(frozen=True)
class Origin:
    """Who asked for a change: a page, and its own count of what it asked."""

    client: str
    seq: int


@dataclass(frozen=True)
class Patch:
    """One change as it came to be; ``act`` made it, ``version`` is the document's after it.

    ``at`` is when: in seconds since the photo was opened.
    """

    version: int
    act: Act
    edit: Edit
    by: Origin | None
    can_undo: bool
    can_redo: bool
    at: float = 0.0


@dataclass(frozen=True)
class State:
    """Document, version and history that belong together."""

    document: Document
    version: int = 0
    history: History = field(default_factory=History)
