"""The training loop: steps, checkpoints, log. Knows no loss, no data format."""

from __future__ import annotations

import json
import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel
from tqdm import tqdm

from sam_widget.training.augment import Recipe
from sam_widget.training.curves import draw, read_log
from sam_widget.training.drop_path import drop_path
from sam_widget.training.forms import save
from sam_widget.training.optimise import averaging, freeze, parameter_groups, training_mode
from sam_widget.training.precision import Precision
from sam_widget.training.processes import Team
from sam_widget.training.prompting import AT_ONCE, turns
from sam_widget.training.rounds import Lesson, Talk, Tally, backward
from sam_widget.training.stream import Batch, Stream, batches

if TYPE_CHECKING:
    from collections.abc import Callable

    from sam_widget.models.sam import Sam
    from sam_widget.training.data import Photos
    from sam_widget.training.plan import Plan


class Trainer:
    """A run: its model, optimiser, weight average and folder.

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
    validate
        Called with the averaged model now and then; what it returns is logged.
    lesson
        What a step learns from: the photos' masks, or a teacher (`distill.Distillation`).
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
        validate: Callable[[Sam], dict[str, float]] | None = None,
        *,
        lesson: Lesson = backward,
        team: Team | None = None,
    ) -> None:
        self.plan = plan
        self.photos = photos
        self.folder = Path(folder)
        self.validate = validate
        self.lesson = lesson
        self.team = team or Team()
        if plan.photos < self.team.size:
            raise ValueError(f"{self.team.size} processes need as many photos a step.")
        device = self.team.device if plan.device == "auto" else plan.device
        self.precision = Precision.pick(device, plan.precision)
        self.scaler = self.precision.scaler()
        self.sam = training_mode(sam.to(self.precision.device))
        freeze(sam, plan.frozen)
        groups = parameter_groups(sam, plan.rate, plan.decay, plan.layer_decay)
        self.optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
        update = averaging(plan.average)
        self.average = AveragedModel(sam, self.precision.device, multi_avg_fn=update)
        self.step = 0
        self.elapsed = 0.0
        self._clock = 0.0
        if self.team.leads:
            self.folder.mkdir(parents=True, exist_ok=True)
            text = json.dumps(asdict(plan), indent=2)
            (self.folder / "config.json").write_text(text + "\n")
        if self.state_file.is_file():
            self._load()
        self.team.copy(self.sam)
        self.team.copy(self.average)

    @property
    def state_file(self) -> Path:
        """Everything that a killed run needs to go on."""
        return self.folder / "state.pt"

    @property
    def averaged(self) -> Sam:
        """The model with averaged weights."""
        return cast("Sam", self.average.module)

    def progress(self) -> float:
        """Return the share of the run that is done, 0..1."""
        if self.plan.steps is not None:
            return min(1.0, self.step / self.plan.steps)
        return min(1.0, self.elapsed / (60 * (self.plan.minutes or 1)))

    def run(self) -> None:
        """Train until the plan is done; saves on the way, at the end, and when interrupted."""
        saved = validated = self.elapsed
        shown = round(self.progress() * 1000)
        self._clock = time.monotonic()
        silent = None if self.team.leads else True
        try:
            with tqdm(total=1000, initial=shown, unit="‰", disable=silent) as bar:
                while self.progress() < 1:
                    for metrics in self._stage():
                        bar.update(round(self.progress() * 1000) - bar.n)
                        bar.set_postfix(step=self.step, loss=f"{metrics['loss']:.3f}")
                        if self.elapsed - saved > 60 * self.plan.save_minutes:
                            self.save()
                            saved = self.elapsed
                        if self.elapsed - validated > 60 * self.plan.validate_minutes:
                            self._validate()
                            validated = self.elapsed
            self._validate()
        finally:
            self.save()

    def _stage(self) -> Any:
        """Step at one input size until it changes or the plan is done."""
        plan, device = self.plan, self.precision.device
        side = plan.side(self.progress())
        self.sam.side = self.averaged.side = side
        stream = Stream(self.photos, Recipe(side, plan.prompts), plan.seed)
        first = self.step * plan.photos
        pinned = device.type == "cuda"
        source = batches(stream, first, plan.photos, plan.workers, self.team.share, pinned=pinned)
        while self.progress() < 1 and plan.side(self.progress()) == side:
            started = time.monotonic()
            batch = next(source).map(lambda t: t.to(device, non_blocking=True))
            waited = time.monotonic() - started
            factor = plan.factor(self.step, self.progress())
            for group in self.optimiser.param_groups:
                group["lr"] = group["peak"] * factor
            metrics = self._learn(batch)
            self.average.update_parameters(self.sam)
            self.step += 1
            seconds = time.monotonic() - started
            self._tick()
            metrics |= {
                "rate": plan.rate * factor,
                "side": side,
                "seconds": seconds,
                "waited": waited,
            }
            self._log(metrics)
            yield metrics

    def _learn(self, batch: Batch) -> dict[str, float]:
        """Take one step of the optimiser; return the means over all processes' prompts."""
        plan, team, own = self.plan, self.team, (self.plan.seed, self.step)
        rng = np.random.default_rng(own)
        order = turns(plan.corrections, plan.mask_rounds, rng)
        if team.size > 1:  # the turns are the same for all, where they click is not
            rng = np.random.default_rng((*own, team.rank + 1))
        usual = AT_ONCE if self.precision.device.type == "cuda" else 0
        at_once = usual if plan.at_once is None else plan.at_once
        talk = Talk(order, plan.iou_weight, self.precision, at_once)
        prompts = sum(team.gather(sum(len(e.masks) for e in batch.examples)))
        dropping: AbstractContextManager[None] = nullcontext()
        if plan.drop_path:
            chance = int(rng.integers(2**62))
            dropping = drop_path(self.sam.image_encoder, plan.drop_path, chance)
        with dropping:
            scale = self.scaler.scale
            tally = self.lesson(self.sam, batch, talk, rng, prompts=prompts, scale=scale)
        team.add_gradients(self.sam.parameters())
        self.scaler.unscale_(self.optimiser)
        norm = nn.utils.clip_grad_norm_(self.sam.parameters(), 1.0)
        if self.scaler.is_enabled() or torch.isfinite(norm):
            self.scaler.step(self.optimiser)
        self.scaler.update()
        self.optimiser.zero_grad(set_to_none=True)
        return Tally.joined(team.gather(tally)).means() | {"gradient": float(norm)}

    def _tick(self) -> None:
        """Count all time that passes while running: steps, checks, saving."""
        now = time.monotonic()
        self.elapsed = self.team.follow(self.elapsed + now - self._clock)
        self._clock = now

    def _log(self, metrics: dict[str, float]) -> None:
        if self.team.leads:
            line = {"step": self.step, "elapsed": self.elapsed, **metrics}
            rounded = {k: round(v, 6) if isinstance(v, float) else v for k, v in line.items()}
            with (self.folder / "metrics.jsonl").open("a") as file:
                file.write(json.dumps(rounded) + "\n")

    def _validate(self) -> None:
        if self.validate is not None and self.team.leads:
            found = self.validate(self.averaged)
            self._log({f"val_{name}": value for name, value in found.items()})

    def save(self) -> None:
        """Write checkpoint, averaged weights and curves; a kill meanwhile leaves the last ones."""
        if not self.team.leads:
            return
        state = {
            "sam": self.sam.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "elapsed": self.elapsed,
        }
        if self.scaler.is_enabled():
            state["scaler"] = self.scaler.state_dict()
        fresh = self.state_file.with_suffix(".new")
        torch.save(state, fresh)
        fresh.replace(self.state_file)
        save(self.averaged, self.folder / "weights.safetensors", {"steps": str(self.step)})
        draw(self.folder)

    def _load(self) -> None:
        state = torch.load(self.state_file, map_location="cpu", weights_only=True)
        self.sam.load_state_dict(state["sam"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        if "scaler" in state and self.scaler.is_enabled():
            self.scaler.load_state_dict(state["scaler"])
        self.step = state["step"]
        self.elapsed = state["elapsed"]
        if self.team.leads:
            # What came after the checkpoint was lost with the kill and is about to be done again.
            kept = [line for line in read_log(self.folder) if line["step"] <= self.step]
            log = "".join(json.dumps(line) + "\n" for line in kept)
            (self.folder / "metrics.jsonl").write_text(log)
