"""What each process of `test_processes` runs under torchrun. No test in here."""

from __future__ import annotations

import sys
from pathlib import Path

import torch

from sam_widget.models.mini import build_mini
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.run.loop import Trainer
from sam_widget.training.run.plan import Plan
from sam_widget.training.run.processes import Team, team

TINY = Plan(steps=3, sides=(64,), photos=4, prompts=3, corrections=0, workers=0)


def first_gradient(folder: Path, us: Team) -> torch.Tensor:
    """Return the gradient of the first step, before it is clipped, and train to the end."""
    seen: list[torch.Tensor] = []
    real = torch.nn.utils.clip_grad_norm_

    def clip(parameters, most):
        parameters = list(parameters)
        parts = [torch.zeros_like(p) if p.grad is None else p.grad for p in parameters]
        seen.append(torch.cat([part.reshape(-1) for part in parts]))
        return real(parameters, most)

    torch.nn.utils.clip_grad_norm_ = clip
    # Every process starts elsewhere: the first one's weights are what counts.
    torch.manual_seed(us.rank)
    run = Trainer(build_mini(64), DrawnPhotos(50, 96), folder, TINY, team=us)
    run.run()
    torch.nn.utils.clip_grad_norm_ = real
    weights = torch.cat([p.detach().reshape(-1) for p in run.sam.parameters()])
    torch.save({"gradient": seen[0], "weights": weights, "step": run.step}, told(folder, us.rank))
    return seen[0]


def told(folder: Path, rank: int) -> Path:
    return folder.with_name(f"{folder.name}-{rank}.pt")


if __name__ == "__main__":
    torch.set_num_threads(1)
    with team() as us:
        first_gradient(Path(sys.argv[1]), us)
