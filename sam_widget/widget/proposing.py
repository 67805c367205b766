"""What a page and the kernel say about things that are like an example. Finds and judges none."""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from sam_widget.segment.answers.survey import Reach


@dataclass(frozen=True)
class Liken:
    """Things like this ``object`` shall be found; null: like those that are known, or the last."""

    tag: ClassVar[str] = "liken"
    client: str
    object: str | None


@dataclass(frozen=True)
class Refuse:
    """Mask ``index`` of a hunt is none of them; null: the one refused last is proposed again."""

    tag: ClassVar[str] = "refuse"
    client: str
    hunt: str
    index: int | None


@dataclass(frozen=True)
class Leave:
    """No more of them shall be looked for; ``close`` says that what was found may go too."""

    tag: ClassVar[str] = "leave"
    client: str
    close: bool


@dataclass(frozen=True)
class Lack:
    """A page wants all of a hunt that it knows, with every mask; "" for whichever there is."""

    tag: ClassVar[str] = "lack"
    client: str
    hunt: str


OfAlike: TypeAlias = Liken | Refuse | Leave | Lack  # what a page says


@dataclass(frozen=True)
class Proposed:
    """A mask that is proposed: what a click at x y gives as its candidate ``choice``.

    ``score`` is ``likeness`` times predicted IoU; ``index`` counts the masks that have come up.
    """

    index: int
    x: float
    y: float
    choice: int
    blob: str
    score: float
    likeness: float
    predicted_iou: float
    area: int


@dataclass(frozen=True)
class Likened:
    """All that is proposed now, the likest first; ``hunt`` "" names none: forget all.

    ``to`` is null for all pages. ``label`` and ``color`` are the example's, and those that are
    accepted get them. ``clicks`` have given ``objects`` so far, examples among them. ``blobs`` are
    the masks' run lengths that pages have not been told; one that lacks others asks for them.
    """

    tag: ClassVar[str] = "likened"
    to: str | None
    hunt: str
    label: str
    color: int
    proposals: tuple[Proposed, ...]
    refused: int
    clicks: int
    objects: int
    reach: Reach
    blobs: tuple[str, ...]
