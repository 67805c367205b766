"""A pre-training run: its autoencoder, optimiser, pictures. Knows no network's inside."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import Tensor

from sam_widget.errors import SamError
from sam_widget.formats.errors import DataError
from sam_widget.training.data.crops import Crops, middles
from sam_widget.training.data.stream import batches
from sam_widget.training.forms import read
from sam_widget.training.mae.model import (
    PATCH,
    MaskedAutoencoder,
    Masking,
    Target,
    every_third,
    figure,
    fresh_encoder,
    reconstruct,
)
from sam_widget.training.run.curves import draw
from sam_widget.training.run.plan import RunPlan, rise_and_fall
from sam_widget.training.run.results import write_whole
from sam_widget.training.run.run import Run
from sam_widget.training.run.stepper import Stepper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sam_widget.models.sam import Sam
    from sam_widget.training.data.photos import Photos
    from sam_widget.training.run.precision import Precision

PANELS = {"error on hidden patches": ("loss", "val_loss"), "learning rate": ("rate",)}
LEARNT = ("patch_embed.", "pos_embed", "blocks.")
NOT_LEARNT = ("rel_pos_h", "rel_pos_w")


@dataclass(frozen=True)
class MaePlan(RunPlan):
    """All that a pre-training does."""

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

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.side < PATCH or self.side % PATCH:
            raise SamError(f"the side is a multiple of {PATCH} px, not {self.side}.")
        if not 0 < self.share < 1:
            raise SamError(f"the share of hidden patches is between 0 and 1, not {self.share}.")
        if not min(self.tokens - 1, round(self.tokens * self.share)):
            raise SamError(f"of {self.tokens} patches none would be hidden.")
        if self.depth < 1 or self.photos < 1:
            raise SamError("pre-training needs at least one block and one crop a step.")

    @property
    def tokens(self) -> int:
        """Patches of a crop."""
        return (self.side // PATCH) ** 2

    def factor(self, step: int, progress: float) -> float:
        """Return what the peak rate is multiplied by: linear warm-up, then half a cosine to 0."""
        warmup = self.warmup if self.steps is None else min(self.warmup, max(1, self.steps // 10))
        return rise_and_fall(step, warmup, progress)


class Pretraining(Run):
    """A run that pre-trains a ViT: its autoencoder and optimiser.

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
        No network has the plan's sizes.
    """

    def __init__(
        self,
        photos: Photos,
        folder: Path,
        plan: MaePlan,
        precision: Precision,
        kept: Photos | None = None,
    ) -> None:
        super().__init__(folder, plan)
        self.plan, self.precision = plan, precision
        torch.manual_seed(plan.seed)
        size = every_third(plan.width, plan.depth, plan.heads)
        mae = MaskedAutoencoder(fresh_encoder(size, plan.side), target=plan.target)
        self.mae = mae.to(precision.device).train()
        learnt = [p for name, p in mae.named_parameters() if _is_learnt(name)]
        groups = [
            {"params": [p for p in learnt if p.ndim > 1], "weight_decay": plan.decay},
            {"params": [p for p in learnt if p.ndim <= 1], "weight_decay": 0.0},
        ]
        peaks = ({"peak": plan.rate, **group} for group in groups)
        self.stepper = Stepper(peaks, precision, (0.9, 0.95))
        self.crops = Crops(photos, plan.side, plan.seed)
        self.kept = middles(photos if kept is None else kept, plan.side, 32)
        self._batches: Iterator[Tensor] | None = None
        self.resume()

    def take_step(self) -> dict[str, float]:
        """Learn from the next crops at the plan's rate."""
        plan = self.plan
        if self._batches is None:
            first = self.step * plan.photos
            self._batches = batches(
                self.crops, first, plan.photos, plan.workers, collate=torch.stack
            )
        factor = plan.factor(self.step, self.progress())
        loss = self._loss(next(self._batches), (plan.seed, self.step))
        self.stepper.scale(loss).backward()  # type: ignore[no-untyped-call]
        length = self.stepper.step(factor)
        return {"loss": float(loss.detach()), "gradient": length, "rate": plan.rate * factor}

    def error(self) -> float:
        """Return the loss on the kept photos, under masks that never change."""
        self.mae.eval()
        with torch.no_grad():
            loss = self._loss(self.kept, (self.plan.seed, 1 << 40))
        self.mae.train()
        return float(loss)

    def validate(self) -> dict[str, float]:
        """Log the error on the kept photos."""
        return {"val_loss": self.error()}

    def _loss(self, crops: Tensor, seed: tuple[int, ...]) -> Tensor:
        device = self.precision.device
        masking = Masking.draw(len(crops), self.plan.tokens, self.plan.share, seed).to(device)
        x = self.mae.encoder.normalise(crops.to(device).float())
        with self.precision.autocast():
            return self.mae.loss(x, masking)

    def state(self) -> dict[str, Any]:
        """Return the states of autoencoder and optimiser."""
        return {"mae": self.mae.state_dict()} | self.stepper.state()

    def restore(self, state: dict[str, Any]) -> None:
        """Take them over."""
        self.mae.load_state_dict(state["mae"])
        self.stepper.restore(state)

    def publish(self, folder: Path) -> None:
        """Write the encoder's weights, the curves and some reconstructed photos."""
        tensors = {
            f"image_encoder.{name}": value.detach().cpu().contiguous()
            for name, value in self.mae.encoder.state_dict().items()
            if _is_learnt(f"encoder.{name}")
        }
        notes = {"architecture": "vit encoder, MAE", "steps": str(self.step)} | {
            name: str(value) for name, value in asdict(self.plan).items() if value is not None
        }
        told = {"sam_widget": json.dumps(notes)}
        write_whole(lambda place: save_file(tensors, place, told), folder / "weights.safetensors")
        draw(folder, PANELS)
        few = self.kept[:: max(1, len(self.kept) // 6)][:6].to(self.precision.device)
        seed = (self.plan.seed, 1 << 41)
        masking = Masking.draw(len(few), self.plan.tokens, self.plan.share, seed)
        self.mae.eval()
        shown = reconstruct(self.mae, few, masking.to(self.precision.device))
        self.mae.train()
        figure(shown).savefig(folder / "reconstruction.png", dpi=80)


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
    found = read(weights)
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
