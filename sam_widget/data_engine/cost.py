"""Cost: what many images would take, by what a run measured. Measures nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sam_widget.errors import SamError, shown

if TYPE_CHECKING:
    from .run import Run

HOUR, DAY = 3600.0, 86400.0


@dataclass(frozen=True)
class Cost:
    """What annotating so many images would take, if each took what was measured.

    Attributes
    ----------
    images : int
    seconds : float
        That one worker spends on an image, in the mean.
    masks, written : float
        Masks of an image, and bytes of its result, in the mean.
    workers : int
        Who work at the same time.
    price : float
        Of one worker for an hour, in whatever currency.
    """

    images: int
    seconds: float
    masks: float = 0.0
    written: float = 0.0
    workers: int = 1
    price: float = 0.0

    def __post_init__(self) -> None:
        for name in ("images", "seconds", "workers"):
            if not getattr(self, name) > 0:
                raise SamError(f"{name} is a number above 0, not {shown(getattr(self, name))}.")

    @classmethod
    def of(cls, run: Run, images: int, workers: int = 1, price: float = 0.0) -> Cost:
        """Return the cost by what a run measured; SamError where it has done no photo yet."""
        if not run.recorded:
            raise SamError("Nothing is measured yet: the run has done no photo.")
        each = run.recorded
        return cls(images, run.seconds, run.masks / each, run.written / each, workers, price)

    @property
    def hours(self) -> float:
        """Hours of one worker for all."""
        return self.images * self.seconds / HOUR

    @property
    def days(self) -> float:
        """Days by the clock, all workers at it and none of them waiting."""
        return self.images * self.seconds / self.workers / DAY

    @property
    def money(self) -> float:
        """What the workers' hours cost together."""
        return self.hours * self.price

    @property
    def bytes(self) -> float:
        """Bytes of all results."""
        return self.images * self.written

    def __str__(self) -> str:
        said = [
            f"{self.images:,} images at {self.seconds:.3g} s each: {self.hours:,.0f} worker hours",
            f"{self.days:,.1f} days with {self.workers:,} workers",
        ]
        if self.price:
            said.append(f"{self.money:,.0f} at {self.price:g} an hour")
        if self.masks:
            said.append(f"{self.images * self.masks:,.0f} masks, {self.bytes / 1e9:,.0f} GB")
        return "; ".join(said)
