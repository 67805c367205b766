"""How fine polygons shall be: what each tolerance costs in pixels, saves in corners. No files."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sam_widget.fills import filled

from .annotated import Annotated
from .loss import Loss

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sam_widget.regions import Detail, Region

USUAL: tuple[Detail, ...] = ("exact", 0.5, 1.0, 2.0, 4.0)


@dataclass(frozen=True)
class Tolerance:
    """What one choice of ``detail`` comes to.

    Attributes
    ----------
    detail : "exact" or float
        As ``Region.polygons`` takes it.
    corners : int
        Of all polygons together.
    loss : Loss
        Of the masks that they are, when filled.
    """

    detail: Detail
    corners: int
    loss: Loss


@dataclass(frozen=True, repr=False)
class Details:
    """Choices of ``detail`` side by side, in order; a table in a notebook's cell."""

    choices: tuple[Tolerance, ...]

    def _rows(self) -> list[tuple[str, ...]]:
        said: list[tuple[str, ...]] = []
        for each in self.choices:
            worst = each.loss.worst
            lowest = 1.0 if worst is None else worst.iou
            name = each.detail if each.detail == "exact" else f"{each.detail:g} px"
            ious = f"{each.loss.mean_iou:.4f}", f"{lowest:.4f}"
            said.append((str(name), f"{each.corners:,}", *ious, str(len(each.loss.lost))))
        return said

    def __repr__(self) -> str:
        rows = [HEADS, *self._rows()]
        return "\n".join("".join(f"{cell:>13}" for cell in row) for row in rows)

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(each)}</th>" for each in HEADS)
        rows = "".join(
            f"<tr>{''.join(f'<td>{html.escape(each)}</td>' for each in row)}</tr>"
            for row in self._rows()
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


HEADS = ("detail", "corners", "mean IoU", "lowest IoU", "changed")


def polygon_details(regions: Iterable[Region], details: Sequence[Detail] = USUAL) -> Details:
    """Return what each choice of ``detail`` would lose of these regions, and how many corners take.

    Parameters
    ----------
    regions : iterable of Region
        Of one image, such as ``w.objects``.
    details : sequence of "exact" or float
        Tolerances in pixels, as ``Region.polygons`` takes them; numbers need shapely
        (``sam_widget[formats]``).

    Returns
    -------
    Details
    """
    some = tuple(regions)
    size = some[0].size if some else (1, 1)
    image = Annotated("image", size, some)
    choices = []
    for detail in details:
        outlines = [region.polygons(detail) for region in some]
        corners = sum(len(ring) for each in outlines for polygon in each for ring in polygon)
        loss = Loss.of(f"polygons, {detail}", image, [filled(each, size) for each in outlines])
        choices.append(Tolerance(detail, corners, loss))
    return Details(tuple(choices))
