"""Every message between a page and the kernel, once; to JSON and strictly back. Sends nothing.

A message's ``blobs`` are hashes; the bytes ride as binary buffers in the same order, both ways. A
page's are bounded, and must be what their names say. The front end's types are generated from these
classes (``js/typegen.py``), docstrings included.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias, get_args

from sam_widget.document.blobs import name_of
from sam_widget.document.corrections import LARGEST_BLOBS, Brush
from sam_widget.document.edits import Edit
from sam_widget.document.patch import Origin
from sam_widget.document.plain import MalformedError, from_plain, to_plain
from sam_widget.document.records import Record, Stroke
from sam_widget.document.rules import LONGEST_ID, MOST, MOST_DRAWN
from sam_widget.errors import SamError
from sam_widget.segment.answers.status import Status
from sam_widget.segment.answers.survey import Reach, Spot
from sam_widget.segment.everything.sieve import Sieve
from sam_widget.segment.next_click import NextClick

from .arranging import Arrange, Overlapped
from .exports import Export, Exported
from .proposing import Likened, OfAlike
from .slides import OfAlbum, ToAlbum
from .standing import Annotate, Assumed, Judged, Truth
from .tiling import AskTiles, Tile

PROTOCOL = 5  # raise it when a page of yesterday would misread a kernel of today

Bytes: TypeAlias = bytes | bytearray | memoryview


class MessageError(SamError):
    """A message that cannot be read: one sentence that says what is wrong with it."""


@dataclass(frozen=True)
class Hello:
    """A page asks for a snapshot: at its start, after a gap, and when an answer is overdue.

    ``call`` counts the page's hellos from 1; the snapshot that answers carries it. ``seq`` is the
    last of its pushes, undos and redos that the page no longer waits for, 0 at the start;
    ``version`` is that of the document it holds, -1 for none.
    """

    tag: ClassVar[str] = "hello"
    client: str
    call: int
    seq: int
    version: int
    protocol: int


@dataclass(frozen=True)
class Push:
    """A page's edit; ``seq`` counts the page's pushes, undos and redos together, 1, 2, 3.

    ``version`` is that of the document it was made on, -1 for none: where others have changed it
    since, the kernel does what was meant. ``blobs`` are those that its prompts bring along.
    """

    tag: ClassVar[str] = "push"
    client: str
    seq: int
    edit: Edit
    version: int = -1
    blobs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Undo:
    """Undo the last step, whoever made it; counted as a push."""

    tag: ClassVar[str] = "undo"
    client: str
    seq: int


@dataclass(frozen=True)
class Redo:
    """Do the last undone step again; counted as a push."""

    tag: ClassVar[str] = "redo"
    client: str
    seq: int


@dataclass(frozen=True)
class Need:
    """A page lacks blobs that its document mentions."""

    tag: ClassVar[str] = "need"
    client: str
    blobs: tuple[str, ...]


@dataclass(frozen=True)
class Retry:
    """The model shall try again what it failed with; not counted, and nothing where it did not."""

    tag: ClassVar[str] = "retry"
    client: str


@dataclass(frozen=True)
class Peek:
    """What would an edit give, were it made? Not counted, and of all that wait the newest wins.

    ``seq`` is the page's own count of these, ``version`` that of the document that it looks at: on
    a later one the question is moot.
    """

    tag: ClassVar[str] = "peek"
    client: str
    seq: int
    version: int
    edit: Edit


@dataclass(frozen=True)
class AskLogits:
    """A page wants to cut an object's mask itself: what the model said of candidate ``choice``."""

    tag: ClassVar[str] = "ask_logits"
    client: str
    object: str
    choice: int


@dataclass(frozen=True)
class AskNext:
    """A page wants to know which click would settle most of what the open object's masks say."""

    tag: ClassVar[str] = "ask_next"
    client: str


@dataclass(frozen=True)
class Seek:
    """Everything shall be found, on a grid of so many spots a side; null: as many as usual."""

    tag: ClassVar[str] = "seek"
    client: str
    side: int | None


@dataclass(frozen=True)
class Stop:
    """Nothing more shall be sought; ``close`` says that what was found may go too."""

    tag: ClassVar[str] = "stop"
    client: str
    close: bool


@dataclass(frozen=True)
class Sift:
    """The filters of what was found are these now; ``seq`` is the page's own count of them."""

    tag: ClassVar[str] = "sift"
    client: str
    seq: int
    sieve: Sieve


@dataclass(frozen=True)
class More:
    """A page has so many spots of a survey ("" for none), and wants the rest, or another's."""

    tag: ClassVar[str] = "more"
    client: str
    survey: str
    have: int


@dataclass(frozen=True)
class Snapshot:
    """The whole document for the page ``to``, with every blob that it mentions.

    Taken when ``call`` is the page's latest and still open, whatever the version. Pending steps up
    to ``seq`` are settled (in the document or rejected); the page sends the later ones again.
    """

    tag: ClassVar[str] = "snapshot"
    to: str
    call: int
    seq: int
    version: int
    document: Mapping[str, Record]
    blobs: tuple[str, ...]
    can_undo: bool
    can_redo: bool
    status: Status


@dataclass(frozen=True)
class Patch:
    """One change, for every page; it applies at ``version`` - 1 only.

    ``by`` names the push that it answers, null when Python or the model made it. A blob rides with
    every patch that puts a record which mentions it: a page keeps those of its document only.
    """

    tag: ClassVar[str] = "patch"
    version: int
    edit: Edit
    by: Origin | None
    blobs: tuple[str, ...]
    can_undo: bool
    can_redo: bool


@dataclass(frozen=True)
class Reject:
    """A page's push ``seq`` was refused; ``why`` is one sentence for people.

    ``seq`` is null when the message told none, ``to`` when nobody knows who sent it.
    """

    tag: ClassVar[str] = "reject"
    to: str | None
    seq: int | None
    why: str


@dataclass(frozen=True)
class Blobs:
    """The bytes that the page ``to`` needed, as far as the kernel has them."""

    tag: ClassVar[str] = "blobs"
    to: str
    blobs: tuple[str, ...]


@dataclass(frozen=True)
class Peeked:
    """The answer to the page ``to``'s peek ``seq``: the open object's mask, and its predicted IoU.

    ``blobs`` is the one that would lead, whose bytes ride along and belong to no document; nothing
    where there is nothing to be seen, or a newer peek has come.
    """

    tag: ClassVar[str] = "peeked"
    to: str
    seq: int
    score: float
    blobs: tuple[str, ...]


@dataclass(frozen=True)
class Logits:
    """A candidate's low-resolution logits, before any cut, for the page ``to``.

    The one buffer holds ``samples`` x ``samples`` int16, little-endian, row by row; times ``step``
    they are logits. They are those of the answer to the prompts ``of``. The grid spans a square of
    ``side``, of which the image takes ``width`` x ``height`` in the upper left corner.
    """

    tag: ClassVar[str] = "logits"
    to: str
    object: str
    of: tuple[str, ...]
    choice: int
    samples: int
    side: int
    width: int
    height: int
    step: float
    blobs: tuple[str, ...]


@dataclass(frozen=True)
class Next:
    """The click that would settle most, for the page ``to``; null where the masks agree.

    It is of the answer of this id, null where there is none.
    """

    tag: ClassVar[str] = "next"
    to: str
    answer: str | None
    click: NextClick | None


@dataclass(frozen=True)
class Surveyed:
    """What a survey has found since, from its spot number ``first`` on; "" names none: forget all.

    ``to`` is null for all pages. A page with a gap asks for more. ``by`` says which page's filters
    these are, null for Python's or the model's own. ``blobs`` are the masks' run lengths.
    """

    tag: ClassVar[str] = "surveyed"
    to: str | None
    survey: str
    first: int
    spots: tuple[Spot, ...]
    reach: Reach
    sieve: Sieve
    by: Origin | None
    blobs: tuple[str, ...]


# A page's side roads: not counted, answered or not, and nothing of them is in the document.
Asked: TypeAlias = Peek | AskLogits | AskNext | AskTiles | OfAlike
Aside: TypeAlias = Asked | Retry | Seek | Stop | Sift | More | Annotate | Arrange | Export | ToAlbum
FromPage: TypeAlias = Hello | Push | Undo | Redo | Need | Aside
Shown: TypeAlias = Peeked | Logits | Next | Surveyed | Likened | Tile
Told: TypeAlias = Shown | Assumed | Truth | Judged | Overlapped | Exported | OfAlbum
FromKernel: TypeAlias = Snapshot | Patch | Reject | Status | Blobs | Told


def message_to_json(message: FromPage | FromKernel) -> dict[str, Any]:
    """Write a message as a JSON object; ``type`` names it."""
    content: dict[str, Any] = to_plain(message)
    return content


def read_page_message(content: Any, buffers: Sequence[Bytes] = ()) -> FromPage:
    """Read what a page sent.

    Raises
    ------
    MessageError
        One sentence: not an object, an unknown type, a field missing, unknown or of another type, a
        number that is not finite, another protocol, too many records; other than one buffer for
        each blob of a push, too many bytes, or bytes that are not what their name says.
    """
    if isinstance(content, dict) and content.get("type") == "hello":
        _same_protocol(content.get("protocol"))
    message: FromPage = _read(FromPage, content)
    _own_bytes(message, buffers)
    if not 1 <= len(message.client) <= LONGEST_ID:
        raise MessageError(f"A client's name has 1 to {LONGEST_ID} letters.")
    least = 0 if isinstance(message, Hello) else 1
    if isinstance(message, Hello | Push | Undo | Redo) and message.seq < least:
        raise MessageError(f"{message.tag}.seq must be at least {least}, not {message.seq}.")
    if isinstance(message, Push) and len(message.edit.put) + len(message.edit.drop) > MOST:
        raise MessageError(f"An edit changes at most {MOST} records.")
    if isinstance(message, Push) and _drawn(message.edit) > MOST_DRAWN:
        raise MessageError(f"An edit draws at most {MOST_DRAWN} points.")
    return message


def _drawn(edit: Edit) -> int:
    """Count the points of its lines."""
    return sum(
        len(each.path) // 2 for each in edit.put.values() if isinstance(each, Brush | Stroke)
    )


def read_kernel_message(content: Any, buffers: Sequence[Bytes] = ()) -> FromKernel:
    """Read what the kernel sent.

    Raises
    ------
    MessageError
        As ``read_page_message``; or other than one buffer for each of ``blobs``.
    """
    message: FromKernel = _read(FromKernel, content)
    told = len(getattr(message, "blobs", ()))
    if told != len(buffers):
        raise MessageError(f"The {message.tag} names {told} blobs and carries {len(buffers)}.")
    return message


def _own_bytes(message: FromPage, buffers: Sequence[Bytes]) -> None:
    """Check that the buffers are the blobs that a page's message brings, and not too many bytes."""
    names = message.blobs if isinstance(message, Push) else ()
    if len(names) != len(buffers):
        carried = f"brings {len(names)} blobs and carries {len(buffers)} buffers"
        raise MessageError(f"The {message.tag} {carried}.")
    total = sum(memoryview(each).nbytes for each in buffers)
    if total > LARGEST_BLOBS:
        raise MessageError(f"A push carries at most {LARGEST_BLOBS} bytes, not {total}.")
    for name, data in zip(names, buffers, strict=True):
        if name_of(bytes(data)) != name:
            raise MessageError(
                "The bytes of a blob are not those that its name says: send it again."
            )


def _read(form: Any, content: Any) -> Any:
    try:
        tag = content.get("type") if isinstance(content, dict) else None
        where = next((each.tag for each in get_args(form) if each.tag == tag), "The message")
        return from_plain(form, content, where)
    except MalformedError as error:
        raise MessageError(str(error)) from None


def _same_protocol(given: Any) -> None:
    if isinstance(given, int) and given != PROTOCOL:
        raise MessageError(
            f"The page speaks protocol {given}, the kernel {PROTOCOL}: save, then reload the page."
        )
