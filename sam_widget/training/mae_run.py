"""A pre-training run: crops, optimiser, checkpoints, log, pictures. Knows no network's inside."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from math import cos, pi
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset
from tqdm import tqdm

from sam_widget.training.curves import read_log
from sam_widget.training.data import DataError, photo_weights
from sam_widget.training.mae_model import (
    MaskedAutoencoder,
    Masking,
    Target,
    every_third,
    figure,
    fresh_encoder,
    reconstruct,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sam_widget.models.sam import Sam
    from sam_widget.training.data import Photos
    from sam_widget.training.precision import Precision

LEARNT = ("patch_embed.", "pos_embed", "blocks.")
NOT_LEARNT = ("rel_pos_h", "rel_pos_w")


@dataclass(frozen=True)
class MaePlan:
    """All that a run does; written to the run folder as config.json."""

    minutes: float | None = None
    """How long, by the clock; or:"""
    steps: int | None = None
    """How many steps. One of the two."""
    side: int = 256
    """Crops, px; a multiple of 16."""
    width: int = 192
    depth: int = 6
    heads: int = 3
    photos: int = 32
    """Crops a step."""
    share: float = 0.75
    """Of the patches, hidden."""
    target: Target = "normalised"
    rate: float = 6e-4
    """Peak learning rate."""
    decay: float = 0.05
    """AdamW's weight decay, of matrices."""
    warmup: int = 100
    """Steps until the peak rate; a tenth of a short run."""
    seed: int = 0
    save_minutes: float = 5.0
    workers: int = 1
    """Processes that load photos."""

    def factor(self, step: int, progress: float) -> float:
        """Return what the peak rate is multiplied by: linear warm-up, then half a cosine to 0."""
        warmup = self.warmup if self.steps is None else min(self.warmup, max(1, self.steps // 10))
        return min(1.0, (step + 1) / warmup) * 0.5 * (1 + cos(pi * min(progress, 1.0)))


class Crops(Dataset[Tensor]):
    """An endless row of square crops: number `index` is the same in every run of one seed.

    A crop has 20 to 100 % of its photo's area, is mirrored half of the time, and nothing else: to
    MAE, masking is augmentation enough. No padding: no patch is empty.
    """

    def __init__(self, photos: Photos, side: int, seed: int) -> None:
        self._photos = photos
        self._side = side
        self._seed = seed
        self._edges = np.cumsum(photo_weights(photos.sources))

    def __getitem__(self, index: int) -> Tensor:
        """Draw, decode and crop one photo -> (3, side, side) uint8."""
        rng = np.random.default_rng((self._seed, index))
        drawn = int(np.searchsorted(self._edges, rng.random() * self._edges[-1], side="right"))
        pixels = self._photos[min(drawn, len(self._edges) - 1)].pixels
        width, height = pixels.size
        longest = min(width, height)
        edge = min(longest, float(np.sqrt(width * height * rng.uniform(0.2, 1.0))))
        x, y = rng.uniform(0, width - edge), rng.uniform(0, height - edge)
        crop = _square(pixels, self._side, (x, y, x + edge, y + edge))
        return crop.flip(2) if rng.random() < 0.5 else crop


def middles(photos: Photos, side: int, count: int) -> Tensor:
    """Return the middle squares of some photos, evenly spread, (count, 3, side, side) uint8."""
    numbers = np.linspace(0, len(photos.sources) - 1, min(count, len(photos.sources)))
    crops = []
    for number in numbers.round().astype(int):
        pixels = photos[int(number)].pixels
        width, height = pixels.size
        edge = min(width, height)
        x, y = (width - edge) / 2, (height - edge) / 2
        crops.append(_square(pixels, side, (x, y, x + edge, y + edge)))
    return torch.stack(crops)


def _square(pixels: Image.Image, side: int, box: tuple[float, float, float, float]) -> Tensor:
    resized = pixels.resize((side, side), Image.Resampling.BILINEAR, box=box)
    return torch.from_numpy(np.array(resized)).permute(2, 0, 1).contiguous()


class Pretraining:
    """A run: its autoencoder, optimiser and folder.

    Parameters
    ----------
    photos
        What to learn from; masks are not looked at.
    folder
        Written: config.json, metrics.jsonl, state.pt, weights.safetensors, curves.png,
        reconstruction.png. Where it holds a state.pt, that run goes on.
    plan
        What to do.
    precision
        Where and in which type.
    kept
        Photos that nothing is learnt from: their error is logged as ``val_loss``, and a few of them
        make the picture. The first training photos where there are none.

    Raises
    ------
    ValueError
        The plan has neither minutes nor steps, or both, or no network has its sizes.
    """

    def __init__(
        self,
        photos: Photos,
        folder: Path,
        plan: MaePlan,
        precision: Precision,
        kept: Photos | None = None,
    ) -> None:
        if (plan.minutes is None) == (plan.steps is None):
            raise ValueError("a plan needs either minutes or steps.")
        if plan.side % 16:
            raise ValueError(f"the side is a multiple of 16 px, not {plan.side}.")
        self.plan, self.folder, self.precision = plan, folder, precision
        torch.manual_seed(plan.seed)
        size = every_third(plan.width, plan.depth, plan.heads)
        mae = MaskedAutoencoder(fresh_encoder(size, plan.side), target=plan.target)
        self.mae = mae.to(precision.device).train()
        learnt = [p for name, p in mae.named_parameters() if _is_learnt(name)]
        groups = [
            {"params": [p for p in learnt if p.ndim > 1], "weight_decay": plan.decay},
            {"params": [p for p in learnt if p.ndim <= 1], "weight_decay": 0.0},
        ]
        self.optimiser = torch.optim.AdamW(groups, plan.rate, (0.9, 0.95), fused=True)
        self.scaler = precision.scaler()
        self.crops = Crops(photos, plan.side, plan.seed)
        self.kept = middles(photos if kept is None else kept, plan.side, 32)
        self.step, self.elapsed, self._clock = 0, 0.0, 0.0
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / "state.pt").is_file():
            self._load()
        (folder / "config.json").write_text(json.dumps(asdict(plan), indent=2) + "\n")

    def progress(self) -> float:
        """Return the share of the run that is done, 0..1."""
        if self.plan.steps is not None:
            return min(1.0, self.step / self.plan.steps)
        return min(1.0, self.elapsed / (60 * (self.plan.minutes or 1)))

    def run(self) -> None:
        """Train until the plan is done; saves on the way, at the end, and when interrupted."""
        saved, shown = self.elapsed, round(self.progress() * 1000)
        self._clock = time.monotonic()
        try:
            with tqdm(total=1000, initial=shown, unit="‰", disable=None) as bar:
                batches = self._batches()
                while self.progress() < 1:
                    loss = self._step(next(batches))
                    bar.update(round(self.progress() * 1000) - bar.n)
                    bar.set_postfix(step=self.step, loss=f"{loss:.3f}")
                    if self.elapsed - saved > 60 * self.plan.save_minutes:
                        self.save()
                        saved = self.elapsed
        finally:
            self.save()

    def check(self) -> float:
        """Return the error on the kept photos, under masks that never change."""
        self.mae.eval()
        with torch.no_grad():
            loss = self._loss(self.kept, (self.plan.seed, 1 << 40))
        self.mae.train()
        return float(loss)

    def _loss(self, crops: Tensor, seed: tuple[int, ...]) -> Tensor:
        tokens = (self.plan.side // 16) ** 2
        device = self.precision.device
        masking = Masking.draw(len(crops), tokens, self.plan.share, seed).to(device)
        x = self.mae.encoder.normalise(crops.to(device).float())
        with self.precision.autocast():
            return self.mae.loss(x, masking)

    def _step(self, crops: Tensor) -> float:
        plan = self.plan
        factor = plan.factor(self.step, self.progress())
        for group in self.optimiser.param_groups:
            group["lr"] = plan.rate * factor
        loss = self._loss(crops, (plan.seed, self.step))
        self.scaler.scale(loss).backward()  # type: ignore[no-untyped-call]
        self.scaler.unscale_(self.optimiser)
        norm = nn.utils.clip_grad_norm_(self.mae.parameters(), 1.0)
        self.scaler.step(self.optimiser)
        self.scaler.update()
        self.optimiser.zero_grad(set_to_none=True)
        self.step += 1
        now = time.monotonic()
        self.elapsed += now - self._clock
        self._clock = now
        value = float(loss.detach())
        self._log({"loss": value, "gradient": float(norm), "rate": plan.rate * factor})
        return value

    def _batches(self) -> Iterator[Tensor]:
        plan, first = self.plan, self.step

        def numbers() -> Iterator[list[int]]:
            start = first * plan.photos
            while True:
                yield list(range(start, start + plan.photos))
                start += plan.photos

        loader: DataLoader[Tensor] = DataLoader(
            self.crops,
            batch_sampler=numbers(),
            num_workers=plan.workers,
            prefetch_factor=3 if plan.workers else None,
        )
        yield from loader

    def _log(self, values: dict[str, float]) -> None:
        line = {"step": self.step, "elapsed": round(self.elapsed, 3)}
        line |= {name: round(value, 6) for name, value in values.items()}
        with (self.folder / "metrics.jsonl").open("a") as file:
            file.write(json.dumps(line) + "\n")

    def save(self) -> None:
        """Write checkpoint, weights and pictures; a kill meanwhile leaves the last ones."""
        self._log({"val_loss": self.check()})
        state = {
            "mae": self.mae.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "scaler": self.scaler.state_dict(),
            "step": self.step,
            "elapsed": self.elapsed,
        }
        fresh = self.folder / "state.new"
        torch.save(state, fresh)
        fresh.replace(self.folder / "state.pt")
        tensors = {
            f"image_encoder.{name}": value.detach().cpu().contiguous()
            for name, value in self.mae.encoder.state_dict().items()
            if _is_learnt(f"encoder.{name}")
        }
        notes = {"architecture": "vit encoder, MAE", "steps": str(self.step)} | {
            name: str(value) for name, value in asdict(self.plan).items() if value is not None
        }
        weights = self.folder / "weights.new"
        save_file(tensors, weights, {"sam_widget": json.dumps(notes)})
        weights.replace(self.folder / "weights.safetensors")
        self._draw()

    def _draw(self) -> None:
        mpl.use("Agg")
        from matplotlib.figure import Figure  # noqa: PLC0415

        lines = read_log(self.folder)
        curves = Figure(figsize=(9, 3.2), layout="constrained")
        panels = (("loss", "val_loss"), ("rate",))
        for axis, names in zip(curves.subplots(1, 2), panels, strict=True):
            for name in names:
                points = np.array([(line["step"], line[name]) for line in lines if name in line])
                marker = "o" if name == "val_loss" else None
                axis.plot(*points.reshape(-1, 2).T, label=name, marker=marker)
            axis.set_xlabel("step")
            axis.legend()
            axis.grid(alpha=0.3)
        curves.savefig(self.folder / "curves.png", dpi=100)
        few = self.kept[:: max(1, len(self.kept) // 6)][:6].to(self.precision.device)
        tokens = (self.plan.side // 16) ** 2
        masking = Masking.draw(len(few), tokens, self.plan.share, (self.plan.seed, 1 << 41))
        self.mae.eval()
        shown = reconstruct(self.mae, few, masking.to(self.precision.device))
        self.mae.train()
        figure(shown).savefig(self.folder / "reconstruction.png", dpi=80)

    def _load(self) -> None:
        state = torch.load(self.folder / "state.pt", map_location="cpu", weights_only=True)
        self.mae.load_state_dict(state["mae"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.scaler.load_state_dict(state["scaler"])
        self.step, self.elapsed = state["step"], state["elapsed"]
        # What came after the checkpoint was lost with the kill and is about to be done again.
        kept = [line for line in read_log(self.folder) if line["step"] <= self.step]
        log = "".join(json.dumps(line) + "\n" for line in kept)
        (self.folder / "metrics.jsonl").write_text(log)


def _is_learnt(name: str) -> bool:
    """Whether pre-training learns a tensor of the autoencoder: not what only SAM's ViT uses."""
    inside = name.removeprefix("encoder.")
    if inside == name:
        return True
    return inside.startswith(LEARNT) and not inside.endswith(NOT_LEARNT)


def start_vit(sam: Sam, weights: Path) -> Sam:
    """Load pre-trained weights into the image encoder of a ViT SAM of the same width and depth.

    Positions are interpolated where the SAM's side is another. Neck, relative positions, prompt
    encoder and mask decoder are left as they are.

    Parameters
    ----------
    sam : Sam
        Changed in place, and returned.
    weights : Path
        The ``weights.safetensors`` of a run.

    Raises
    ------
    DataError
        The file is not one of these, or is of another size.
    """
    with safe_open(weights, "pt") as file:
        found = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
    own = sam.state_dict()
    places = "image_encoder.pos_embed"
    if places not in found or places not in own:
        raise DataError(f"{weights} holds no ViT's pre-training, or the model is no ViT.")
    if found[places].shape[-1] == own[places].shape[-1]:
        there = found[places].permute(0, 3, 1, 2)
        size = own[places].shape[1:3]
        if there.shape[2:] != size:
            there = F.interpolate(there, size, mode="bicubic", align_corners=False)
        found[places] = there.permute(0, 2, 3, 1)
    wrong = [k for k, v in found.items() if k not in own or own[k].shape != v.shape]
    missing = [
        k
        for k in own
        if _is_learnt(k.replace("image_", "", 1))
        and k not in found
        and k.startswith("image_encoder.")
    ]
    if wrong or missing:
        raise DataError(f"{weights} is of another size: {(wrong + missing)[0]} does not fit.")
    sam.load_state_dict(found, strict=False)
    return sam
