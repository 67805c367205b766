"""`Trainer`: the steps of a SAM: batch, lesson, optimiser, average. Knows no loss, no format."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from torch.optim.swa_utils import AveragedModel

from sam_widget.errors import SamError
from sam_widget.models.checkpoints import save_sam
from sam_widget.training.data.augment import Recipe
from sam_widget.training.data.stream import Batch, Stream, batches, collate
from sam_widget.training.lesson.drop_path import drop_path
from sam_widget.training.lesson.prompting import AT_ONCE, turns
from sam_widget.training.lesson.replay import Replay
from sam_widget.training.lesson.rounds import Labels, Lesson, Talk, Tally, with_maps
from sam_widget.training.run.curves import draw
from sam_widget.training.run.optimise import averaging, freeze, parameter_groups, training_mode
from sam_widget.training.run.precision import Precision
from sam_widget.training.run.processes import Team
from sam_widget.training.run.run import Run
from sam_widget.training.run.stepper import Stepper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sam_widget.models.sam import Sam
    from sam_widget.training.data.photos import Photos
    from sam_widget.training.run.plan import Plan

LABELS = Labels()


class Trainer(Run):
    """A run that trains a SAM: its model, optimiser and weight average.

    Parameters
    ----------
    sam
        The start. Where the folder holds a checkpoint, that is loaded over it.
    photos
        What to learn from.
    folder
        Written: config.json, metrics.jsonl, state.pt, weights.safetensors, curves.png.
    plan
        What to do.
    check
        Called with the averaged model now and then; what it returns is logged.
    lesson
        What a step learns from: the photos' masks (`rounds.Labels`), or more than these.
    team
        The processes that share the run; each takes its part of a step's photos.

    Raises
    ------
    ValueError
        The plan's device or number type is none that this machine has, or there are fewer photos
        a step than processes.
    """

    def __init__(
        self,
        sam: Sam,
        photos: Photos,
        folder: Path,
        plan: Plan,
        check: Callable[[Sam], dict[str, float]] | None = None,
        *,
        lesson: Lesson = LABELS,
        team: Team | None = None,
    ) -> None:
        team = team or Team()
        if plan.photos < team.size:
            raise SamError(f"{team.size} processes need as many photos a step.")
        device = team.device if plan.device == "auto" else plan.device
        self.precision = Precision.pick(device, plan.precision)
        super().__init__(folder, plan, team)
        self.plan = plan
        self.photos = photos
        self.check = check
        self.lesson = lesson
        self.sam = training_mode(sam.to(self.precision.device))
        freeze(sam, plan.frozen)
        groups = parameter_groups(sam, plan.rate, plan.decay, plan.layer_decay)
        self.stepper = Stepper(groups, self.precision)
        update = averaging(plan.average)
        self.average = AveragedModel(sam, self.precision.device, multi_avg_fn=update)
        self._batches: Iterator[Batch] | None = None
        self._replay: Replay | None = None
        self.resume()
        self.team.copy(self.sam)
        self.team.copy(self.average)

    @property
    def averaged(self) -> Sam:
        """The model with averaged weights."""
        return cast("Sam", self.average.module)

    def take_step(self) -> dict[str, float]:
        """Learn from the next batch at the plan's rate and size."""
        plan = self.plan
        started = time.monotonic()
        side = plan.side(self.progress())
        if self._batches is None or side != self.sam.side:
            self._batches = self._batches_at(side)
        batch = next(self._batches)
        batch = batch.map(lambda t: t.to(self.precision.device, non_blocking=True))
        waited = time.monotonic() - started
        factor = plan.factor(self.step, self.progress())
        metrics = self._learn(batch, factor)
        self.average.update_parameters(self.sam)
        seconds = time.monotonic() - started
        return metrics | {
            "rate": plan.rate * factor,
            "side": side,
            "seconds": seconds,
            "waited": waited,
        }

    def _batches_at(self, side: int) -> Iterator[Batch]:
        """Set the input size; return the batches from this step on."""
        plan = self.plan
        self.sam.side = self.averaged.side = side
        self._replay = Replay(plan.replays, plan.prompts) if plan.replays else None
        spare = 2 if plan.replays else 1  # masks for another time
        stream = Stream(self.photos, Recipe(side, plan.prompts * spare), plan.seed)
        first = self.step * plan.photos
        return batches(
            stream,
            first,
            plan.photos,
            plan.workers,
            self.team.share,
            collate=collate,
            pinned=self.precision.device.type == "cuda",
        )

    def _learn(self, batch: Batch, factor: float) -> dict[str, float]:
        """Take one step of the optimiser; return the means over all processes' prompts."""
        plan, team, own = self.plan, self.team, (self.plan.seed, self.step)
        rng = np.random.default_rng(own)
        order = turns(plan.corrections, plan.mask_rounds, rng)
        if team.size > 1:  # the turns are the same for all, where they click is not
            rng = np.random.default_rng((*own, team.rank + 1))
        usual = AT_ONCE if self.precision.device.type == "cuda" else 0
        at_once = usual if plan.at_once is None else plan.at_once
        talk = Talk(order, plan.iou_weight, self.precision, at_once)
        if self._replay is not None:
            batch = with_maps(self.sam, batch, self.precision)
            batch = self._replay(self.lesson.look(self.sam, batch, self.precision), rng)
        prompts = sum(team.gather(sum(len(e.masks) for e in batch.examples)))
        dropping: AbstractContextManager[None] = nullcontext()
        if plan.drop_path:
            chance = int(rng.integers(2**62))
            dropping = drop_path(self.sam.image_encoder, plan.drop_path, chance)
        with dropping:
            scale = self.stepper.scale
            tally = self.lesson(self.sam, batch, talk, rng, prompts=prompts, scale=scale)
        team.add_gradients(self.sam.parameters())
        length = self.stepper.step(factor)
        return Tally.joined(team.gather(tally)).means() | {"gradient": length}

    def validate(self) -> dict[str, float]:
        """Score the averaged model, where there is something to score it on."""
        found = {} if self.check is None else self.check(self.averaged)
        return {f"val_{name}": value for name, value in found.items()}

    def state(self) -> dict[str, Any]:
        """Return weights, their average and the optimiser's."""
        own = {"sam": self.sam.state_dict(), "average": self.average.state_dict()}
        return own | self.stepper.state()

    def restore(self, state: dict[str, Any]) -> None:
        """Take them over."""
        self.sam.load_state_dict(state["sam"])
        self.average.load_state_dict(state["average"])
        self.stepper.restore(state)

    def publish(self, folder: Path) -> None:
        """Write the averaged weights and the curves."""
        save_sam(self.averaged, folder / "weights.safetensors", {"steps": str(self.step)})
        draw(folder)
