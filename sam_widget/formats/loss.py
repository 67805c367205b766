"""Loss: what a file does not give back of what was written to it. Measures masks, reads no file."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sam_widget.outlines import polygons

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sam_widget.masks import Mask

    from .annotated import Annotated

SHOWN_ROWS = 20  # objects that a notebook's cell lists, the worst first


@dataclass(frozen=True)
class Lost:
    """One object that does not come back as it was.

    Attributes
    ----------
    image : str
        The image's name.
    number : int
        Which of its regions, from 0.
    label : str
    iou : float
        Of the mask that comes back with the one that was written, 0..1; 0 where none comes back.
    missing, added : int
        Pixels that no longer belong to it, and that belong to it now and did not.
    parts, holes : int
        How many pieces (pixels joined at a side) and how many holes it has less; negative where it
        has more.
    """

    image: str
    number: int
    label: str
    iou: float
    missing: int
    added: int
    parts: int
    holes: int

    @classmethod
    def between(cls, image: str, number: int, label: str, was: Mask, now: Mask | None) -> Lost:
        """Compare a mask with what a file gives back of it; None: nothing."""
        had, has = polygons(was), () if now is None else polygons(now)
        shared = 0 if now is None else was.intersection(now)
        return cls(
            image,
            number,
            label,
            0.0 if now is None else was.iou(now),
            was.area - shared,
            0 if now is None else now.area - shared,
            len(had) - len(has),
            sum(map(len, had)) - len(had) - sum(map(len, has)) + len(has),
        )

    def __str__(self) -> str:
        if not self.iou:
            said = "does not come back"
        else:
            counts = (
                (self.missing, "px missing", "px missing"),
                (self.added, "px added", "px added"),
                (max(self.parts, 0), "part fewer", "parts fewer"),
                (max(-self.parts, 0), "part more", "parts more"),
                (max(self.holes, 0), "hole fewer", "holes fewer"),
                (max(-self.holes, 0), "hole more", "holes more"),
            )
            told = [f"{n} {one if n == 1 else many}" for n, one, many in counts if n]
            said = f"IoU {self.iou:.4f}, {', '.join(told)}"
        name = f" {self.label!r}" if self.label else ""
        return f"{self.image}, object {self.number}{name}: {said}"


@dataclass(frozen=True, repr=False)
class Loss:
    """What an export lost: read back, which masks differ, and what the format has no room for.

    Losses of several exports add up with ``+``.

    Attributes
    ----------
    format : str
        Such as "COCO, polygons".
    images, objects : int
        How many were written.
    lost : tuple of Lost
        The objects whose masks do not come back as they were, in order.
    unsaid : tuple of str
        What the format has no room for, of what these objects had: "predicted IoU", "prompts".
    notes : tuple of str
        What else was done to make it fit, a sentence each.
    """

    format: str
    images: int = 0
    objects: int = 0
    lost: tuple[Lost, ...] = ()
    unsaid: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @classmethod
    def of(
        cls,
        format: str,  # noqa: A002  the field's word for it
        written: Annotated,
        back: Sequence[Mask | None],
        unsaid: Iterable[str] = (),
        notes: Iterable[str] = (),
    ) -> Loss:
        """Compare an image's regions with the masks that are read back; None for one that is gone.

        An empty mask that is gone is no loss.
        """
        lost = tuple(
            Lost.between(written.name, number, region.label, region.mask, mask)
            for number, (region, mask) in enumerate(zip(written.regions, back, strict=True))
            if mask != region.mask and (mask or region.area)
        )
        return cls(format, 1, len(written.regions), lost, tuple(unsaid), tuple(notes))

    @classmethod
    def joined(cls, format: str, losses: Iterable[Loss]) -> Loss:  # noqa: A002
        """Return all of some together; empty ones of no image too."""
        some = list(losses)
        return cls(
            format,
            sum(each.images for each in some),
            sum(each.objects for each in some),
            tuple(lost for each in some for lost in each.lost),
            tuple(dict.fromkeys(word for each in some for word in each.unsaid)),
            tuple(dict.fromkeys(note for each in some for note in each.notes)),
        )

    def __add__(self, other: Loss) -> Loss:
        """Both together; of many, ``joined`` is sooner."""
        return Loss.joined(self.format, (self, other))

    @property
    def exact(self) -> bool:
        """Whether every mask comes back to the pixel."""
        return not self.lost

    @property
    def mean_iou(self) -> float:
        """Of the masks that come back with those that were written, over all objects; 0..1."""
        if not self.objects:
            return 1.0
        return (self.objects - len(self.lost) + sum(each.iou for each in self.lost)) / self.objects

    @property
    def worst(self) -> Lost | None:
        """The object with the lowest IoU; None where nothing is lost."""
        return min(self.lost, key=lambda each: each.iou, default=None)

    def rows(self) -> list[dict[str, Any]]:
        """Return ``lost`` as a list of dictionaries: what ``pandas.DataFrame`` takes."""
        return [dict(vars(each)) for each in self.lost]

    def __repr__(self) -> str:
        worst = sorted(self.lost, key=lambda each: each.iou)
        rest = len(worst) - SHOWN_ROWS
        lines = [self._head(), *(f"  {each}" for each in worst[:SHOWN_ROWS])]
        return "\n".join([*lines, *([f"  and {rest} more"] if rest > 0 else ()), *self._tail()])

    def _repr_html_(self) -> str:
        worst = sorted(self.lost, key=lambda each: each.iou)[:SHOWN_ROWS]
        rows = "".join(
            f"<tr>{''.join(f'<td>{html.escape(each)}</td>' for each in _cells(lost))}</tr>"
            for lost in worst
        )
        heads = "".join(f"<th>{html.escape(each)}</th>" for each in _HEADS)
        table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        rest = len(self.lost) - len(worst)
        after = [f"And {rest} more."] * (rest > 0) + self._tail()
        said = "".join(f"<p>{html.escape(each)}</p>" for each in after)
        return f"<p>{html.escape(self._head())}</p>{table if worst else ''}{said}"

    def _head(self) -> str:
        counts = f"{_count(self.objects, 'object')} in {_count(self.images, 'image')}"
        if self.exact:
            return f"{self.format}: {counts}, every mask to the pixel."
        said = f"{len(self.lost)} of {counts} come back changed"
        return f"{self.format}: {said}; mean IoU {self.mean_iou:.4f}, the worst first."

    def _tail(self) -> list[str]:
        unsaid = [f"It has no room for: {', '.join(self.unsaid)}."] if self.unsaid else []
        return [*self.notes, *unsaid]


_HEADS = ("image", "object", "label", "IoU", "px missing", "px added", "parts less", "holes less")


def _cells(lost: Lost) -> Iterator[str]:
    yield from (lost.image, str(lost.number), lost.label, f"{lost.iou:.4f}")
    yield from (str(n) for n in (lost.missing, lost.added, lost.parts, lost.holes))


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"
