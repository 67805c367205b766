"""What a person does to a mask by hand: kinds of correction. No pixels, no rules of a document.

Corrections are applied in order to the mask that the model drew, or to an empty one where no model
was asked; they ask no model, and stay when it answers anew. A kind is a class here, a member of
``Correction``, and answers for itself ``fault``, ``adds``, ``drawn``, ``bulk``. How it changes a
mask ``sam_widget/corrections.py`` says, and ``js/src/corrections.ts``, held to it by
``tests/golden/corrections.json``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import ClassVar, Literal, TypeAlias

from sam_widget.made import Made  # noqa: TC001  read when a record is

from .plain import LATER

MOST_POINTS = 2000  # of a stroke
WIDEST = 1024.0  # px of a stroke: with so many points it is drawn in a second or two
NUMBER = 40  # bytes of one number of a path, in CPython
LARGEST_BLOBS = 4 * 2**20  # bytes that one mark may bring, and one message of a page


def path_fault(path: tuple[float, ...], width: float, size: tuple[int, int]) -> str | None:
    """Say in one sentence why a line cannot be drawn on an image; None where it can."""
    count, odd = divmod(len(path), 2)
    if odd or not 1 <= count <= MOST_POINTS:
        given = f"{count}{' and a half' * odd}"
        return (
            f"A stroke has 1 to {MOST_POINTS} points, x and y of each, not {given}: draw several."
        )
    if not 0 < width <= WIDEST:
        return f"A stroke is over 0 and at most {WIDEST:g} px wide, not {width:g}."
    if not all(map(math.isfinite, path)):
        return "A stroke's points are finite numbers of image pixels."
    xs, ys = path[::2], path[1::2]
    wide, high = size
    reach = -width <= min(xs) and max(xs) <= wide + width
    if not (reach and -width <= min(ys) and max(ys) <= high + width):
        return (
            f"A stroke of {width:g} px must not leave the image of {wide} x {high} px by more than"
            " its own width."
        )
    return None


def mask_fault(size: tuple[int, int], nbytes: int, image: tuple[int, int]) -> str | None:
    """Say in one sentence why a mask that is given cannot be on an image; None where it can."""
    if size != image:
        given, wanted = (f"{wide} x {high} px" for wide, high in (size, image))
        return f"The mask is of {given}, the image of {wanted}: give one of its size."
    if not 0 <= nbytes <= LARGEST_BLOBS:
        most = LARGEST_BLOBS // 2**20
        return f"The mask takes over {most} MiB as run lengths: smooth it, or drop its specks."
    return None


class ByHand:
    """What every kind of correction answers; each says itself what of this is not so for it."""

    tag: ClassVar[str]
    scope: ClassVar[Literal["undoable"]] = "undoable"
    late: ClassVar[bool] = False  # whether it may come to an object that is accepted

    def blobs(self) -> tuple[str, ...]:
        """List the hashes of the blobs that it mentions: none."""
        return ()

    def adds(self) -> bool:
        """Whether a mask can come of it where there was none."""
        return False

    def affirms(self) -> bool:
        """Whether it says what is wanted, and not only what is not."""
        return self.adds()

    def drawn(self) -> int:
        """Return how many points are drawn for it."""
        return 0

    def held(self) -> int:
        """Return the bytes of its blobs."""
        return 0

    def bulk(self) -> int:
        """Return about the bytes that it holds beyond those of a small record."""
        return self.held()

    def fault(self, width: int, height: int) -> str | None:
        """Say in one sentence why it cannot be on an image of this size, in pixels; else None."""
        raise NotImplementedError


@dataclass(frozen=True)
class Brush(ByHand):
    """A correction: a stroke that adds pixels, or with ``positive`` false takes them away.

    ``path`` is x, y, x, y, ... of the points of a line, in image pixels, pixel centres at .5, which
    may leave the image by the stroke's ``width``, in pixels. A pixel is in the stroke when its
    centre is no farther than half the width from the line, or when a point of the line is in it.
    """

    tag: ClassVar[str] = "brush"
    id: str
    object: str
    path: tuple[float, ...]
    width: float
    positive: bool = True

    def adds(self) -> bool:
        """Whether it adds pixels."""
        return self.positive

    def drawn(self) -> int:
        """Return the points of its path."""
        return len(self.path) // 2

    def bulk(self) -> int:
        """Return about the bytes of its path."""
        return NUMBER * len(self.path)

    def fault(self, width: int, height: int) -> str | None:
        """Say why it cannot be: too long, too wide, or beside the image."""
        return path_fault(self.path, self.width, (width, height))


@dataclass(frozen=True)
class CleanUp(ByHand):
    """A correction: holes of fewer pixels than ``holes`` are filled, smaller ``islands`` dropped.

    Both count pixels; with 0 nothing happens. Pixels that touch at a side or a corner belong
    together. Of islands that are all smaller the largest stays; an image is never filled whole.
    """

    tag: ClassVar[str] = "cleanup"
    id: str
    object: str
    islands: int
    holes: int

    def fault(self, width: int, height: int) -> str | None:  # noqa: ARG002  it fits on any
        """Say why it cannot be: less than nothing."""
        if self.islands < 0 or self.holes < 0:
            given = f"islands {self.islands}, holes {self.holes}"
            return f"Islands and holes are areas in pixels, 0 or more, not {given}."
        return None


@dataclass(frozen=True)
class Asked:
    """A prompt that a mask came of elsewhere: no model is asked with it again.

    ``places`` is x, y, x, y, ... in image pixels: of a point, of a box's or window's two corners,
    of a stroke's points; ``width`` is a stroke's.
    """

    kind: Literal["point", "box", "stroke", "window"]
    places: tuple[float, ...]
    width: float = 0.0
    positive: bool = True


@dataclass(frozen=True)
class Known:
    """What is known of a mask that came from elsewhere; null and empty where nobody said.

    ``predicted_iou`` and ``stability_score`` are 0..1.
    """

    predicted_iou: float | None = None
    stability_score: float | None = None
    made: Made | None = None
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True)
class Combine(ByHand):
    """A correction: another mask is put together with the object's.

    With "unite" its pixels are added, with "subtract" they are taken away, with "intersect" only
    they stay. ``blob`` holds its run lengths, ``nbytes`` their bytes; ``width`` and ``height`` are
    the image's, in pixels; ``known`` is what came with it. An object that has one that unites and
    nothing else is that mask, exact to the pixel, and no model is asked.
    """

    tag: ClassVar[str] = "combine"
    late: ClassVar[bool] = True
    id: str
    object: str
    how: Literal["unite", "subtract", "intersect"]
    blob: str
    width: int
    height: int
    nbytes: int
    known: Known | None = field(default=None, metadata=LATER)

    def blobs(self) -> tuple[str, ...]:
        """List the hash of its blob."""
        return (self.blob,)

    def adds(self) -> bool:
        """Whether it adds pixels."""
        return self.how == "unite"

    def held(self) -> int:
        """Return the bytes of its blob."""
        return self.nbytes

    def bulk(self) -> int:
        """Return about the bytes of its blob, and of what is known."""
        asked = self.known.asked if self.known else ()
        return self.nbytes + sum(NUMBER * len(each.places) for each in asked)

    def fault(self, width: int, height: int) -> str | None:
        """Say why it cannot be: it is of another size, or too large to be kept and sent."""
        return mask_fault((self.width, self.height), self.nbytes, (width, height))


Correction: TypeAlias = Brush | CleanUp | Combine
