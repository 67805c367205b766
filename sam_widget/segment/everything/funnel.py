"""Funnel: how many masks each filter drops, of one photo or of many. Filters nothing itself."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any


class Stage(NamedTuple):
    """One filter of a funnel: what it drops in words, how many masks, and how many are left."""

    what: str
    dropped: int
    left: int


@dataclass(frozen=True)
class Funnel:
    """How many masks came up, and how many of them each filter dropped, in the filters' order.

    Funnels add up: a folder's is the sum of its photos'. In a notebook it draws itself;
    ``plot()`` draws it with matplotlib.

    Attributes
    ----------
    points : int
        Points asked about: of the whole image's grid and of its crops'.
    masks : int
        Masks that the decoder proposed, three a point.
    predicted_iou : int
        Dropped since the model itself expects too low an IoU of them.
    stability : int
        Dropped since they change too much when they are cut at a higher or lower logit.
    crop_edge : int
        Dropped since they end at the edge of a crop that is not the image's.
    overlap : int
        Dropped by non-maximum suppression: a surer mask of the same crop covers the same box.
    crop_overlap : int
        The same between crops: the thing was seen larger in a smaller one.
    too_small : int
        Dropped since all of their pieces are smaller than what counts as a thing.
    too_large : int
        Dropped since they cover nearly the whole image.
    cleaned : int
        Dropped since they became another's double once holes and specks were gone.
    """

    points: int = 0
    masks: int = 0
    predicted_iou: int = 0
    stability: int = 0
    crop_edge: int = 0
    overlap: int = 0
    crop_overlap: int = 0
    too_small: int = 0
    too_large: int = 0
    cleaned: int = 0

    @property
    def kept(self) -> int:
        """Masks that are left after all filters."""
        dropped: list[int] = [getattr(self, name) for name in WORDS]
        return self.masks - sum(dropped)

    def stages(self) -> tuple[Stage, ...]:
        """Return what each filter dropped, in order, those too that dropped nothing."""
        left, stages = self.masks, []
        for name, what in WORDS.items():
            dropped = getattr(self, name)
            left -= dropped
            stages.append(Stage(what, dropped, left))
        return tuple(stages)

    def __add__(self, other: Funnel) -> Funnel:
        return Funnel(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def __repr__(self) -> str:
        lines = [f"{self.masks:>9} masks of {self.points} points"]
        lines += [f"{-each.dropped:>9} {each.what}" for each in self.stages() if each.dropped]
        return "\n".join(["<Funnel", *lines, f"{self.kept:>9} kept>"])

    def _repr_html_(self) -> str:
        return self.svg()

    def svg(self) -> str:
        """Return the drawing as an inline SVG in the colors of the page round it."""
        return _svg(self)

    def plot(self, axes: Any = None) -> Any:
        """Draw it with matplotlib: a bar for what is left after each filter.

        Parameters
        ----------
        axes : matplotlib Axes, optional
            Where; by default those of a new figure.

        Returns
        -------
        matplotlib Axes
        """
        if axes is None:
            from matplotlib.figure import Figure  # noqa: PLC0415  an extra

            axes = Figure(figsize=(7, 3.2), layout="constrained").subplots()
        rows = _rows(self)
        lefts = [left for _, left, _ in rows]
        axes.barh(range(len(rows)), [left + drop for _, left, drop in rows], color="#d9d9d9")
        axes.barh(range(len(rows)), lefts, color="#56b4e9")
        axes.set_yticks(range(len(rows)), [what for what, _, _ in rows])
        axes.invert_yaxis()
        axes.set_xlabel("masks")
        for at, (_, left, drop) in enumerate(rows):
            axes.annotate(
                _said(left, drop),
                (left + drop, at),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                fontsize="small",
            )
        axes.spines[["top", "right"]].set_visible(False)
        axes.margins(x=0.18)
        return axes


# What each filter drops, in the order in which they are asked.
WORDS = {
    "predicted_iou": "predicted IoU too low",
    "stability": "not stable",
    "crop_edge": "cut off by a crop",
    "overlap": "a surer mask is there",
    "crop_overlap": "seen larger in a crop",
    "too_small": "too small",
    "too_large": "nearly the whole photo",
    "cleaned": "doubles once cleaned",
}


def _rows(funnel: Funnel) -> list[tuple[str, int, int]]:
    """Return what is drawn: words, masks left, masks dropped there; filters that dropped some."""
    rows = [("proposed", funnel.masks, 0)]
    return rows + [(what, left, drop) for what, drop, left in funnel.stages() if drop]


def _said(left: int, dropped: int) -> str:
    return f"{left:,}  (-{dropped:,})" if dropped else f"{left:,}"


WIDTH, ROW, BEGIN, REACH = 620, 24, 170, 330  # px: of all, of a row, where bars begin, their most


def _svg(funnel: Funnel) -> str:
    rows = _rows(funnel)
    scale = REACH / max(funnel.masks, 1)
    parts = []
    for at, (what, left, drop) in enumerate(rows):
        y = at * ROW
        middle = y + ROW / 2
        bar, ghost = left * scale, (left + drop) * scale
        parts.append(
            f'<text x="{BEGIN - 10}" y="{middle}" text-anchor="end">{what}</text>'
            f'<rect x="{BEGIN}" y="{y + 4}" width="{ghost:.1f}" height="{ROW - 8}" rx="2"'
            ' fill="currentColor" opacity=".14"/>'
            f'<rect x="{BEGIN}" y="{y + 4}" width="{max(bar, 0.5):.1f}" height="{ROW - 8}" rx="2"'
            ' fill="#56b4e9"/>'
            f'<text x="{BEGIN + ghost + 8:.1f}" y="{middle}">{_said(left, drop)}</text>'
        )
    height = len(rows) * ROW
    said = f"{funnel.masks} masks proposed, {funnel.kept} kept"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}"'
        f' style="max-width:100%" role="img" aria-label="{said}" fill="currentColor"'
        ' font-family="system-ui,sans-serif" font-size="13" dominant-baseline="central">'
        f"{''.join(parts)}</svg>"
    )
