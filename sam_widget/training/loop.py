"""The training loop: optimiser, weight average, checkpoints, log. Knows no loss, no data format."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from math import cos, pi
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel
from tqdm import tqdm

from sam_widget.models.checkpoints import save_mini
from sam_widget.training.augment import Recipe
from sam_widget.training.curves import draw, read_log
from sam_widget.training.data import Photos, Stream, batches
from sam_widget.training.rounds import backward

if TYPE_CHECKING:
    from collections.abc import Callable

    from sam_widget.models.sam import Sam


@dataclass(frozen=True)
class Plan:
    """All that a run does; written to the run folder as config.json."""

    minutes: float | None = None
    """How long, by the clock; the rate falls to 0 with it, however slow the machine. Or:"""
    steps: int | None = None
    """How many steps. One of the two."""
    sides: tuple[int, ...] = (384,)
    """Input sizes, one after the other, px."""
    last: float = 0.3
    """Share of the run that the last of several sizes gets."""
    photos: int = 4
    """Photos a step."""
    prompts: int = 8
    """Masks a photo, at most."""
    corrections: float = 0.7
    """Mean number of correction rounds a step, 0 to 2."""
    iou_weight: float = 1.0
    """Of the predicted IoU's loss beside the mask's; the paper's is 1."""
    rate: float = 2e-4
    """Peak learning rate; the backbone's is half of it."""
    decay: float = 0.05
    """AdamW's weight decay."""
    average: float = 0.998
    """Decay of the running average of the weights, which is what gets saved."""
    frozen: int = 3
    """The stem and so many of the backbone's blocks stay as they were: ImageNet's edges and
    textures serve, and the gradient of these large maps costs as much as all later ones."""
    warmup: int = 100
    """Steps until the peak rate; a fifth of a short run."""
    seed: int = 0
    save_minutes: float = 5.0
    """Between checkpoints."""
    validate_minutes: float = 20.0
    """Between quick looks at the validation photos."""
    workers: int = 1
    """Processes that load photos."""

    def side(self, progress: float) -> int:
        """Return the input size at a share of the run, 0..1."""
        if len(self.sides) == 1 or progress >= 1 - self.last:
            return self.sides[-1]
        return self.sides[int(progress / (1 - self.last) * (len(self.sides) - 1))]

    def factor(self, step: int, progress: float) -> float:
        """Return what the peak rate is multiplied by: linear warm-up, then half a cosine to 0."""
        warmup = self.warmup if self.steps is None else min(self.warmup, max(1, self.steps // 5))
        return min(1.0, (step + 1) / warmup) * 0.5 * (1 + cos(pi * min(progress, 1.0)))


def freeze(sam: Sam, blocks: int) -> None:
    """Hold the encoder's stem and its first blocks, if any are to be held."""
    encoder: Any = sam.image_encoder
    for module in [encoder.stem, *encoder.blocks[:blocks]] if blocks else []:
        module.requires_grad_(requires_grad=False)


def parameter_groups(sam: Sam, rate: float, decay: float) -> list[dict[str, Any]]:
    """Split the parameters: the backbone learns at half the rate; vectors are not decayed."""
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in sam.named_parameters():
        if not parameter.requires_grad:
            continue
        backbone = name.startswith(("image_encoder.stem", "image_encoder.blocks"))
        key = (rate / 2 if backbone else rate, decay if parameter.ndim > 1 else 0.0)
        groups.setdefault(key, []).append(parameter)
    return [
        {"params": parameters, "lr": lr, "peak": lr, "weight_decay": weight_decay}
        for (lr, weight_decay), parameters in groups.items()
    ]


def training_mode(sam: Sam) -> Sam:
    """Put a model in training mode with its batch norms' statistics held.

    A few photos a step would make poor statistics; ImageNet's are good.
    """
    sam.train()
    for module in sam.modules():
        if isinstance(module, nn.modules.batchnorm._BatchNorm):  # noqa: SLF001
            module.eval()
    return sam


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
    """

    def __init__(
        self,
        sam: Sam,
        photos: Photos,
        folder: Path,
        plan: Plan,
        validate: Callable[[Sam], dict[str, float]] | None = None,
    ) -> None:
        if (plan.minutes is None) == (plan.steps is None):
            raise ValueError("a plan needs either minutes or steps.")
        self.plan = plan
        self.photos = photos
        self.folder = Path(folder)
        self.validate = validate
        self.sam = training_mode(sam)
        freeze(sam, plan.frozen)
        self.groups = parameter_groups(sam, plan.rate, plan.decay)
        self.optimiser = torch.optim.AdamW(self.groups, betas=(0.9, 0.98), fused=True)
        self.average = AveragedModel(sam, multi_avg_fn=_averaging(plan.average))
        self.step = 0
        self.elapsed = 0.0
        self._clock = 0.0
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.state_file.is_file():
            self._load()
        (self.folder / "config.json").write_text(json.dumps(asdict(plan), indent=2) + "\n")

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
        try:
            with tqdm(total=1000, initial=shown, unit="‰", disable=None) as bar:
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
        plan = self.plan
        side = plan.side(self.progress())
        self.sam.side = self.averaged.side = side
        stream = Stream(self.photos, Recipe(side, plan.prompts), plan.seed)
        source = batches(stream, self.step * plan.photos, plan.photos, plan.workers)
        while self.progress() < 1 and plan.side(self.progress()) == side:
            started = time.monotonic()
            batch = next(source)
            waited = time.monotonic() - started
            factor = plan.factor(self.step, self.progress())
            for group in self.optimiser.param_groups:
                group["lr"] = group["peak"] * factor
            rng = np.random.default_rng((plan.seed, self.step))
            corrections = int(plan.corrections + rng.random())
            metrics = backward(self.sam, batch, corrections, rng, plan.iou_weight)
            norm = nn.utils.clip_grad_norm_(self.sam.parameters(), 1.0)
            if torch.isfinite(norm):
                self.optimiser.step()
            self.optimiser.zero_grad(set_to_none=True)
            self.average.update_parameters(self.sam)
            self.step += 1
            seconds = time.monotonic() - started
            self._tick()
            metrics |= {
                "gradient": float(norm),
                "rate": plan.rate * factor,
                "side": side,
                "seconds": seconds,
                "waited": waited,
            }
            self._log(metrics)
            yield metrics

    def _tick(self) -> None:
        """Count all time that passes while running: steps, checks, saving."""
        now = time.monotonic()
        self.elapsed += now - self._clock
        self._clock = now

    def _log(self, metrics: dict[str, float]) -> None:
        line = {"step": self.step, "elapsed": self.elapsed, **metrics}
        rounded = {k: round(v, 6) if isinstance(v, float) else v for k, v in line.items()}
        with (self.folder / "metrics.jsonl").open("a") as file:
            file.write(json.dumps(rounded) + "\n")

    def _validate(self) -> None:
        if self.validate is not None:
            found = self.validate(self.averaged)
            self._log({f"val_{name}": value for name, value in found.items()})

    def save(self) -> None:
        """Write checkpoint, averaged weights and curves; a kill meanwhile leaves the last ones."""
        state = {
            "sam": self.sam.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "elapsed": self.elapsed,
        }
        fresh = self.state_file.with_suffix(".new")
        torch.save(state, fresh)
        fresh.replace(self.state_file)
        weights = self.folder / "weights.new"
        save_mini(self.averaged, weights, {"steps": str(self.step)})
        weights.replace(self.folder / "weights.safetensors")
        draw(self.folder)

    def _load(self) -> None:
        state = torch.load(self.state_file, map_location="cpu", weights_only=True)
        self.sam.load_state_dict(state["sam"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step = state["step"]
        self.elapsed = state["elapsed"]
        # What came after the checkpoint was lost with the kill and is about to be done again.
        kept = [line for line in read_log(self.folder) if line["step"] <= self.step]
        log = "".join(json.dumps(line) + "\n" for line in kept)
        (self.folder / "metrics.jsonl").write_text(log)


_Tensors = tuple[Tensor, ...] | list[Tensor]


def _averaging(decay: float) -> Callable[[_Tensors, _Tensors, Tensor | int], None]:
    """Average with a window that grows with the run, so that the first steps are soon forgotten."""

    @torch.no_grad()
    def update(averaged: _Tensors, current: _Tensors, count: Tensor | int) -> None:
        n = int(count)
        kept = min(decay, (1 + n) / (10 + n))
        torch._foreach_lerp_(averaged, current, 1 - kept)

    return update


def warm_start(sam: Sam, weights: Path) -> None:
    """Load weights saved by an earlier run (safetensors, in training form) into a model."""
    tensors = {name: value.float() for name, value in load_file(weights).items()}
    own = sam.state_dict()
    sam.load_state_dict({name: tensors.get(name, value) for name, value in own.items()})
