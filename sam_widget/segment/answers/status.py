"""How far a model is, in words for a person: a value. Tells nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal


@dataclass(frozen=True)
class Status:
    """How the model is; ``progress`` runs from 0 to 1, null where nobody knows how far."""

    tag: ClassVar[str] = "status"
    what: Literal["loading", "encoding", "ready", "error"]
    progress: float | None
    text: str
    model: str
