"""What proposals save: objects obtained by so many clicks, beside one click each. No hunt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sam_widget.errors import SamError

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, repr=False)
class Saving:
    """A course of clicks and of what they gave.

    Attributes
    ----------
    steps : tuple of (int, int)
        Clicks and objects obtained so far, after each answer; the first pair is the examples'.
        Accepting many at once is one click; refusing one is one too.
    """

    steps: tuple[tuple[int, int], ...]

    def after(self, objects: int) -> Saving:
        """Return the course with one click more, after which there are so many objects."""
        return Saving((*self.steps, (self.steps[-1][0] + 1, objects)))

    @property
    def clicks(self) -> int:
        """How many there were."""
        return self.steps[-1][0]

    @property
    def objects(self) -> int:
        """How many they gave."""
        return self.steps[-1][1]

    @property
    def saved(self) -> int:
        """How many clicks fewer than one for each object; negative where there were more."""
        return self.objects - self.clicks

    def figure(self) -> Figure:
        """Plot objects over clicks, beside one click each.

        Raises
        ------
        SamError
            matplotlib is not installed.
        """
        try:
            from matplotlib.figure import Figure  # noqa: PLC0415  an extra
        except ImportError as error:
            raise SamError("The curve is drawn by matplotlib: pip install matplotlib.") from error
        figure = Figure((5, 3.4), layout="constrained")
        axes = figure.subplots()
        clicks, objects = zip(*self.steps, strict=True)
        most = max(clicks[-1], 1)
        axes.step(clicks, objects, where="post", marker="o", label="accepted and refused")
        axes.plot((0, most), (0, most), "--", color="0.5", label="one click each")
        axes.set_xlabel("clicks")
        axes.set_ylabel("objects")
        axes.set_title(str(self), fontsize="medium")
        axes.legend()
        return figure

    def __str__(self) -> str:
        return f"{self.objects} objects by {self.clicks} clicks"

    def __repr__(self) -> str:
        return f"<Saving: {self}, {self.saved} saved>"
