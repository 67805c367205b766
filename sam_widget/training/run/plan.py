"""What a run does, as one value: lengths, sizes, rates, how a step talks. Does nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi

from sam_widget.errors import SamError, shown
from sam_widget.training.numbers import check_number, check_numbers

SCHEDULES = ("cosine", "steps")


def rise_and_fall(step: int, warmup: int, progress: float) -> float:
    """Return what a peak rate is multiplied by: linear warm-up, then half a cosine to 0.

    Parameters
    ----------
    step
        From 0.
    warmup
        Steps until the peak.
    progress
        Share of the run that is done, 0..1.
    """
    return min(1.0, (step + 1) / warmup) * 0.5 * (1 + cos(pi * min(progress, 1.0)))


@dataclass(frozen=True)
class RunPlan:
    """What every run's plan says; written to the run folder as config.json."""

    minutes: float | None = None
    """How long, by the clock; the rate falls to 0 with it, however slow the machine. Or:"""
    steps: int | None = None
    """How many steps. One of the two."""
    seed: int = 0
    save_minutes: float = 5.0
    """Between checkpoints."""
    validate_minutes: float = 20.0
    """Between quick looks at the validation photos."""
    workers: int = 1
    """Processes that load photos."""
    command: str = ""
    """The words that began it, for the record: they also name data, start and teacher."""

    def __post_init__(self) -> None:
        check_numbers(self, {})
        if (self.minutes is None) == (self.steps is None):
            raise SamError("a plan needs either minutes or steps.")
        if min(length for length in (self.steps, self.minutes) if length is not None) <= 0:
            raise SamError("a run takes more than no steps or no minutes.")


@dataclass(frozen=True)
class Plan(RunPlan):
    """All that the training of a SAM does."""

    sides: tuple[int, ...] = (384,)
    """Input sizes, one after the other, px."""
    last: float = 0.3
    """Share of the run that the last of several sizes gets."""
    photos: int = 4
    """Photos a step, of all processes together."""
    replays: int = 0
    """Photos more a step, of earlier ones, where the encoder's trunk is held or another model looks
    at them too: `replay.Replay`."""
    prompts: int = 8
    """Masks a photo, at most."""
    corrections: float = 0.7
    """Mean number of correction rounds a step, by `prompting.turns`; the paper's is 8."""
    mask_rounds: int = 0
    """Rounds more, in steps with corrections, that only feed the mask back: 0, 1 at the end, or 2,
    the other somewhere before it, as in the paper."""
    iou_weight: float = 1.0
    """Of the predicted IoU's loss beside the mask's; the paper's is 1."""
    rate: float = 2e-4
    """Peak learning rate; the backbone's is half of it."""
    layer_decay: float = 1.0
    """Below 1 each block of the encoder learns at so much of the next one's rate, the last at the
    peak's; the paper's is 0.8, for a ViT."""
    decay: float = 0.05
    """AdamW's weight decay; the paper's is 0.1."""
    drop_path: float = 0.0
    """Chance of the last block's branches to be left out; the paper's is 0.4, for ViT-H."""
    average: float = 0.998
    """Decay of the running average of the weights, which is what gets saved."""
    frozen: int = 3
    """The stem and so many of the encoder's blocks (TinyViT's stages) stay as they were: early
    edges and textures serve, and the gradient of these large maps costs as much as all later ones.
    With 3 of TinyViT's 4 stages, or all 16 of mini's blocks, the trunk is held."""
    warmup: int = 100
    """Steps until the peak rate; a fifth of a short run. The paper's is 250."""
    schedule: str = "cosine"
    """How the rate falls: "cosine", to 0, or the paper's "steps": to a tenth after two thirds of
    the run and to a hundredth after 96 %."""
    device: str = "auto"
    """Where it computes: "auto", "cpu", "cuda", "cuda:1", "mps"."""
    precision: str = "auto"
    """In which number type: "auto", "fp32", "bf16" or "fp16", by `precision.Precision`."""
    at_once: int | None = None
    """Image tokens decoded together; by default photo by photo on a CPU, many on a GPU."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.sides, tuple | list):
            raise SamError(f"sides are several input sizes, (384,) say, not {shown(self.sides)}.")
        for side in self.sides:
            check_number("a side", side, whole=True)
        check_number("last", self.last, 0, 1)
        check_number("average", self.average, 0, 1)
        if not self.sides or any(side < 32 or side % 32 for side in self.sides):
            raise SamError(f"a side is a multiple of 32 px, not as in {self.sides}.")
        if self.photos < 1 or self.prompts < 1:
            raise SamError("a step needs at least one photo and one prompt.")
        if not self.drop_path < 1:
            raise SamError(f"drop path is from 0 to under 1, not {self.drop_path}.")
        if self.mask_rounds not in {0, 1, 2}:
            raise SamError(f"there are 0, 1 or 2 mask rounds, not {self.mask_rounds}.")
        if self.schedule not in SCHEDULES:
            known = " or ".join(SCHEDULES)
            raise SamError(f"a schedule is {known}, not {self.schedule!r}.")

    def side(self, progress: float) -> int:
        """Return the input size at a share of the run, 0..1."""
        if len(self.sides) == 1 or progress >= 1 - self.last:
            return self.sides[-1]
        return self.sides[int(progress / (1 - self.last) * (len(self.sides) - 1))]

    def factor(self, step: int, progress: float) -> float:
        """Return what the peak rate is multiplied by: linear warm-up, then the schedule."""
        warmup = self.warmup if self.steps is None else min(self.warmup, max(1, self.steps // 5))
        if self.schedule == "cosine":
            return rise_and_fall(step, warmup, progress)
        # Of the paper's 90,000 steps: at 60,000 and at 86,666.
        fallen: float = 0.1 ** ((progress >= 2 / 3) + (progress >= 86_666 / 90_000))
        return min(1.0, (step + 1) / warmup) * fallen
