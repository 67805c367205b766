"""A mask's outlines as polygons with holes, exact to the pixel, or plainer. Fills nothing.

Rings run along pixels' sides, the region on their right hand. Where two pixels touch at a corner
alone, rings touch there and do not cross.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import SamError, shown
from .masks import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .masks import Mask

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Ring = NDArray[np.int64]  # (N, 2): x, y of pixels' corners
    Polygon = tuple[Ring, ...]  # the outer ring, then its holes


def polygons(mask: Mask) -> tuple[Polygon, ...]:
    """Return the outlines of a mask.

    Parameters
    ----------
    mask : Mask

    Returns
    -------
    tuple of tuple of ndarray
        One polygon for each piece of the region, from top to bottom; pixels that touch at a corner
        alone are of different pieces. A polygon's first ring is its outer one, any others are its
        holes. A ring is (N, 2) int64, x and y of the corners at which it turns, in image pixels
        (the first pixel reaches from 0, 0 to 1, 1); the last is joined to the first, and none comes
        twice. On the screen outer rings go clockwise and holes counter-clockwise, so that the
        shoelace sums of all rings, with y down, add up to the area.
    """
    x0, y0, _, _ = mask.box
    corners = _Corners.of(mask)
    rings = _rings(corners)
    places = np.stack([corners.x, corners.y], 1)
    whose = np.zeros(len(corners.x), np.int64)
    for number, ring in enumerate(rings):
        whose[ring] = number
    outer = [_doubled_area(places[ring]) > 0 for ring in rings]
    found: dict[int, list[Ring]] = {
        number: [places[ring] + (x0, y0)] for number, ring in enumerate(rings) if outer[number]
    }
    owner = {number: number for number in found}
    # from left to right: what lies to the left of a hole has its owner already
    holes = [number for number, is_outer in enumerate(outer) if not is_outer]
    starts = mask.spans()[:, 0]
    begins = {number: min(zip(*places[rings[number]].T.tolist(), strict=True)) for number in holes}
    for number in sorted(holes, key=begins.__getitem__):
        x, y = begins[number]
        left = (y0 + y) * mask.size[0] + x0 + x - 1
        run = starts[starts.searchsorted(left, "right") - 1]  # of the run to the left of it
        start = int(run) % mask.size[0] - x0
        owner[number] = owner[int(whose[corners.above(start, y)])]
        found[owner[number]].append(places[rings[number]] + (x0, y0))
    return tuple(tuple(polygon) for polygon in found.values())


def simplified(polygons: Sequence[Polygon], tolerance: float) -> tuple[Polygon, ...]:
    """Return polygons with fewer corners, none of them new.

    Parameters
    ----------
    polygons : sequence of Polygon
        As ``polygons`` returns them.
    tolerance : float
        In pixels: how far from the old outline the new one may be (Douglas and Peucker, 1973).
        Rings stay apart, and no piece and no hole is lost (``shapely.simplify``); at 0 none moves.

    Raises
    ------
    SamError
        The tolerance is no such number, or shapely is not installed.
    """
    try:
        import shapely  # noqa: PLC0415  only who asks for less detail needs it
    except ImportError:
        raise SamError(
            "Outlines of less detail need shapely: pip install 'sam_widget[formats]'."
        ) from None
    if isinstance(tolerance, bool) or not isinstance(tolerance, int | float) or not tolerance >= 0:
        raise SamError(f"A tolerance is in pixels, 0 or more, not {shown(tolerance)}.")
    given = [shapely.Polygon(outer, holes) for outer, *holes in polygons]
    plainer = shapely.simplify(given, float(tolerance), preserve_topology=True)
    return tuple(
        tuple(_open(ring) for ring in (each.exterior, *each.interiors)) for each in plainer
    )


def bridged(rings: Sequence[Ring]) -> Ring:
    """Return one ring for several: bridges of no width lead from the first to the others and back.

    What an odd number of crossings lie beside, as most programs fill, is the same as before: so a
    polygon keeps its holes in formats that have one ring a polygon.
    """
    first = rings[0]
    order = np.lexsort((first[:, 1], first[:, 0]))
    key = first[order, 0] * _FAR + first[order, 1]
    others = [np.roll(ring, -int(np.lexsort((ring[:, 1], ring[:, 0]))[0]), 0) for ring in rings[1:]]
    at = [order[min(int(key.searchsorted(x * _FAR + y)), len(order) - 1)] for x, y in
          (ring[0] for ring in others)]  # fmt: skip
    pieces, done = [], 0
    for number in np.argsort(at, kind="stable"):
        corner, ring = int(at[number]), others[number]
        pieces += [first[done : corner + 1], ring, ring[:1], first[corner : corner + 1]]
        done = corner + 1
    return np.concatenate([*pieces, first[done:]])


_FAR = 2**31  # beyond any coordinate


def _open(ring: Any) -> Ring:
    """Return shapely's ring as one of ours: its last corner is not the first again."""
    return np.asarray(ring.coords)[:-1].astype(np.int64)


@dataclass(frozen=True, eq=False)
class _Corners:
    """Every place where an outline turns; one where two pixels touch by their corners counts twice.

    Sides of pixels meet there, one that runs in a row and one in a column. ``x``, ``y`` are in
    pixels of the array without its margin; ``after`` is the next corner of the same ring, by
    number; ``by_column`` are the numbers sorted by x, then y.
    """

    x: NDArray[np.int64]
    y: NDArray[np.int64]
    after: NDArray[np.int64]
    by_column: NDArray[np.int64]

    @classmethod
    def of(cls, mask: Mask) -> _Corners:
        """Find those of a mask, counted from its box's corner; some rows are decoded at once."""
        x0, y0, x1, y1 = mask.box
        step = max(1, AT_ONCE // (x1 - x0 + 2))
        tops = range(y0, y1 + 1, step)
        bands = [_turns(mask, (top, min(top + step, y1 + 1))) for top in tops]
        return cls._of(*(np.concatenate(each) for each in zip(*bands, strict=True)))

    @classmethod
    def _of(cls, x: Numbers, y: Numbers, right: Flags, down: Flags, leaves: Flags) -> _Corners:
        """Join corners of all rows, of which is known where their sides lead."""
        across = _mates(np.lexsort((right, x, y)))
        by_column = np.lexsort((down, y, x))
        along = _mates(by_column)
        return cls(x, y, np.where(leaves, across, along), by_column)

    def above(self, x: int, y: int) -> int:
        """Return the corner from which the column's side beside row ``y`` begins."""
        at = np.searchsorted(self._keys, x * self._tall + y, side="right") - 1
        return int(self.by_column[at])

    @cached_property
    def _tall(self) -> int:
        return int(self.y.max()) + 1

    @cached_property
    def _keys(self) -> NDArray[np.int64]:
        return (self.x * self._tall + self.y)[self.by_column]


def _turns(mask: Mask, rows: tuple[int, int]) -> tuple[Numbers, Numbers, Flags, Flags, Flags]:
    """Return the corners on the upper sides of some rows of the image: x, y, and how they turn.

    Where the two sides lead from here: whether to the right, whether down, and whether the outline
    leaves by the side in the row, the region being on its right hand.
    """
    x0, y0, x1, _ = mask.box
    inside = mask.window(x0 - 1, rows[0] - 1, x1 + 1, rows[1])
    a, b, c, d = inside[:-1, :-1], inside[:-1, 1:], inside[1:, :-1], inside[1:, 1:]
    y1, x1s = np.nonzero(a ^ b ^ c ^ d)
    y2, x2 = np.nonzero((a == d) & (b == c) & (a != b))
    falling = a[y2, x2]  # the two pixels lie like \, else like /
    x, y = np.concatenate([x1s, x2, x2]), np.concatenate([y1, y2, y2])
    # of a double corner each pixel keeps its own two
    right = np.concatenate([b[y1, x1s] != d[y1, x1s], ~falling, falling])
    down = np.concatenate([c[y1, x1s] != d[y1, x1s], np.zeros_like(falling), np.ones_like(falling)])
    leaves = np.where(right, d[y, x], ~c[y, x])
    return x, y + (rows[0] - y0), right, down, leaves


def _mates(order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Along a line a side begins at every other corner, and ends at the next: join the two."""
    mates = np.empty_like(order)
    mates[order[0::2]], mates[order[1::2]] = order[1::2], order[0::2]
    return mates


def _rings(corners: _Corners) -> list[list[int]]:
    """Follow the outlines; one that comes back to a corner is two rings that touch there."""
    after = corners.after.tolist()
    place = list(zip(corners.y.tolist(), corners.x.tolist(), strict=True))
    rings: list[list[int]] = []
    walked = bytearray(len(after))
    for first in sorted(range(len(after)), key=place.__getitem__):
        path: list[int] = []
        at: dict[tuple[int, int], int] = {}
        here = first
        while not walked[here]:
            walked[here] = 1
            if place[here] in at:
                begun = at[place[here]]
                loop = path[begun:]
                rings.append(loop)
                del path[begun:]
                for corner in loop:
                    del at[place[corner]]
            at[place[here]] = len(path)
            path.append(here)
            here = after[here]
        if path:
            rings.append(path)
    top_left = (min(range(len(ring)), key=lambda i: place[ring[i]]) for ring in rings)
    turned = [ring[i:] + ring[:i] for ring, i in zip(rings, top_left, strict=True)]
    return sorted(turned, key=lambda ring: place[ring[0]])


def _doubled_area(ring: Ring) -> int:
    x, y = ring.T
    return int((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() + x[-1] * y[0] - x[0] * y[-1])
