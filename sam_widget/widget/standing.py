"""How things stand beside the document: what was assumed, the truth, how masks agree with it.

The last of each is said to every page, also to one that comes late (``Link.stand``). Judges none.
"""

from dataclasses import dataclass
from typing import ClassVar

from sam_widget.agreement import Agreement


@dataclass(frozen=True)
class Assumed:
    """What was assumed when the ``image`` was read, in sentences; none where nothing was."""

    tag: ClassVar[str] = "assumed"
    image: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class Truth:
    """The true mask of the ``image``, as a teacher gave it; no blob: there is none, or no more.

    The one blob's bytes are its run lengths; they ride along and belong to no document.
    """

    tag: ClassVar[str] = "truth"
    image: str
    blobs: tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    """How the open ``object`` stands beside the truth, "" where nothing of it can be judged.

    ``shown`` is the mask that is seen, ``candidates`` are those of the ``answer`` as the model drew
    them. ``course`` is the IoU after each of its clicks, null where it never had so many; ``race``
    the simulated annotator's, who began with nothing, as far as it has come.
    """

    tag: ClassVar[str] = "judged"
    object: str
    answer: str | None
    shown: Agreement | None
    candidates: tuple[Agreement, ...]
    course: tuple[float | None, ...]
    race: tuple[float, ...]


@dataclass(frozen=True)
class Annotate:
    """The simulated annotator shall make its next click; nothing where there is no truth."""

    tag: ClassVar[str] = "annotate"
    client: str
