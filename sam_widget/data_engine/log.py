"""Log: what a turn of the wheel has done so far, as values, a table and JSON. Runs nothing."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sam_widget.formats.files import write_json

from .measured import PAPER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .measured import Measured
    from .retrain import Retrained

HEAD = (
    *("stage", "model", "images", "masks/image", "clicks/mask", "s/mask"),
    *("given up", "s/image", "found"),
)


@dataclass(frozen=True)
class Round:
    """Some photos of one stage, with one model, and the retraining after them.

    Attributes
    ----------
    stage, model : str
    measured : Measured
        What it brought and cost.
    found : float or None
        Share of the true masks that one of its masks meets at an IoU of 0.75; None where no truth
        is known.
    retrained : Retrained or None
        None after the last stage, or while it goes on.
    """

    stage: str
    model: str
    measured: Measured
    found: float | None = None
    retrained: Retrained | None = None


@dataclass(frozen=True)
class Rechecked:
    """What answering a set again has changed.

    Attributes
    ----------
    masks, seen, accepted, unanswered : int
        Of the set; that changed by more than `share`; of these, taken; that could not be asked.
    share : float
    before, after : float
        Mean IoU of the set's masks with the true ones, then and now.
    """

    masks: int
    seen: int
    accepted: int
    unanswered: int
    share: float
    before: float
    after: float

    def __str__(self) -> str:
        return (
            f"Answered again: of {self.masks} masks {self.seen} changed by over {self.share:.0%},"
            f" of which {self.accepted} were taken; {self.unanswered} could not be asked."
            f" Mean IoU with the truth {self.before:.3f} -> {self.after:.3f}."
        )


@dataclass(frozen=True)
class Saved:
    """The same photos, which nobody has learnt from, by hand with the first and the last model.

    Attributes
    ----------
    first, last : str
        The models' names.
    before, after : Measured
        What they brought and cost with each.
    """

    first: str
    last: str
    before: Measured
    after: Measured

    def __str__(self) -> str:
        told = [
            f"{_said(each.seconds) or 'no'} s and {_said(each.clicks) or 'no'} clicks a mask,"
            f" {each.masks} masks, with {name}"
            for name, each in ((self.first, self.before), (self.last, self.after))
        ]
        return f"The {self.before.images} held-out photos by hand: {told[0]}; {told[1]}."


@dataclass(frozen=True)
class Log:
    """The rounds so far, and under which assumptions.

    Attributes
    ----------
    pace : str
        What the simulated annotator's acts cost.
    enough : float
        IoU with the truth from which it is content.
    rounds : tuple of Round
    rechecked : Rechecked or None
    saved : Saved or None
    """

    pace: str
    enough: float
    rounds: tuple[Round, ...] = ()
    rechecked: Rechecked | None = None
    saved: Saved | None = None

    @property
    def assumption(self) -> str:
        """What the seconds are, in a sentence."""
        return (
            f"Seconds are simulated, at {self.pace} (an assumption); the annotator is content from"
            f" an IoU of {self.enough:g} on."
        )

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield the table's rows, `HEAD` first."""
        yield HEAD
        for each in self.rounds:
            told = each.measured
            yield (
                each.stage,
                each.model,
                str(told.images),
                f"{told.masks_an_image:.1f}",
                _said(told.clicks),
                _said(told.seconds),
                str(told.given_up),
                _said(told.seconds_an_image),
                "" if each.found is None else f"{each.found:.0%}",
            )

    def sentences(self) -> Iterator[str]:
        """Yield what is said beside the table."""
        yield from (str(each.retrained) for each in self.rounds if each.retrained is not None)
        yield from (str(each) for each in (self.rechecked, self.saved) if each is not None)
        yield self.assumption

    def __str__(self) -> str:
        rows = list(self.rows())
        wide = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
        lines = []
        for row in rows:
            named = [cell.ljust(width) for cell, width in zip(row[:2], wide[:2], strict=True)]
            cells = [cell.rjust(width) for cell, width in zip(row[2:], wide[2:], strict=True)]
            lines.append("  ".join([*named, *cells]).rstrip())
        stages = dict.fromkeys(each.stage for each in self.rounds)
        lines += [f"the paper's {stage}: {PAPER[stage]}" for stage in stages]
        return "\n".join([*lines, *self.sentences()])

    def to_json(self) -> dict[str, Any]:
        """Return what ``json.dump`` takes; no weights."""
        return {
            "sam_widget": "data engine",
            "pace": self.pace,
            "enough": self.enough,
            "rounds": [_round(each) for each in self.rounds],
            "rechecked": None if self.rechecked is None else asdict(self.rechecked),
            "saved": None if self.saved is None else asdict(self.saved),
        }

    def write(self, path: Path) -> None:
        """Write it as JSON, whole or not at all."""
        write_json(path, json.loads(json.dumps(self.to_json())), indent=1)


def _said(number: float | None) -> str:
    return "" if number is None else f"{number:.1f}"


def _round(done: Round) -> dict[str, Any]:
    gained = done.retrained
    return {
        "stage": done.stage,
        "model": done.model,
        "found": done.found,
        "measured": asdict(done.measured),
        "retrained": None
        if gained is None
        else {
            "better": gained.better,
            "before": dict(gained.before),
            "after": dict(gained.after),
            "gain": {name: asdict(each) for name, each in gained.gain.items()},
            "learnt": gained.learnt,
            "judged": gained.judged,
            "masks": gained.masks,
            "seconds": gained.seconds,
        },
    }
