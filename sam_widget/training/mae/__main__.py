"""`python -m sam_widget.training.mae`: the command line of MAE pre-training. Words and defaults."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from sam_widget.errors import SamError
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.data.photos import Photo, Photos, ShardPhotos, training_shards
from sam_widget.training.mae.run import MaePlan, Pretraining
from sam_widget.training.options import grammar_of, offer, taken
from sam_widget.training.run.precision import Precision

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

DESCRIPTION = """\
Pre-train the ViT image encoder without any masks, by letting it guess what it does not see.

  python -m sam_widget.training.mae --demo --run runs/mae-demo
      a minute on drawn shapes; needs no data
  python -m sam_widget.training.mae --data ../shared/data --run runs/mae --minutes 60
      an hour on the photos of train-*.tar; their masks are not looked at

SAM's image encoder was pre-trained so (He et al. 2022, "Masked Autoencoders Are Scalable Vision
Learners"; Kirillov et al. 2023, section 3). In a step, some square crops are cut into patches of
16 x 16 px, and three quarters of them are hidden at random. The encoder runs over the visible
quarter only, which makes it some four times cheaper than it is in use. A decoder of two narrow
blocks gets what it said, and one learnt token for each hidden patch, and guesses their pixels. The
loss is the mean squared error over the hidden patches alone. By default a patch's own mean and
contrast are taken out first (--target): then 1 is what guessing the mean everywhere costs.

What is learnt and what is not: SAM's ViT looks through windows and has biases for relative
positions, which mean nothing to scattered patches. Here its blocks work as a plain ViT's, each
visible patch seeing all others, with the absolute positions alone. Windows and relative positions
come in when SAM is trained; the tables start at zero, which is no bias, and the neck starts fresh.

The learning rate rises for --warmup steps and then falls to 0 along half a cosine.

The run folder holds config.json (all settings), metrics.jsonl (one line a step), curves.png,
reconstruction.png (photos, what was seen, what was made of it), weights.safetensors and state.pt.
The same command on a folder that has a state.pt goes on where that run was stopped.

To train a SAM from the result, in Python:

  from sam_widget.models.vit import build_vit
  from sam_widget.training.mae.model import every_third
  from sam_widget.training.mae.run import start_vit
  sam = start_vit(build_vit(every_third(192, 6, 3), side=256), "runs/mae/weights.safetensors")

What that is worth is measured by python -m sam_widget.training.mae.compare. After 300 steps of 32
crops (a validation error of 0.83) a small ViT SAM gained nothing in its first 300 steps: one click
0.215 on 175 validation masks, beside 0.234 from scratch (mean difference over masks -0.009, its
standard error 0.006). That is one epoch and a half; He et al. train for hundreds.
"""


RUN = {
    "seed": "",
    "save_minutes": "between checkpoints",
    "validate_minutes": "between looks at val.tar",
    "workers": "loading processes",
}
NETWORK = {
    "side": "of the crops, px, a multiple of 16",
    "width": "channels; ViT-B has 768",
    "depth": "blocks; ViT-B has 12",
    "heads": "of attention; ViT-B has 12",
}
STEP = {
    "photos": "crops a step",
    "share": "of the patches, hidden",
    "rate": "peak learning rate",
    "decay": "of weights",
    "warmup": "steps until the peak rate",
}


@dataclass(frozen=True)
class Few:
    """Photos that are at hand already."""

    photos: tuple[Photo, ...]

    @property
    def sources(self) -> Sequence[str]:
        """The source of each photo."""
        return [photo.source for photo in self.photos]

    def __getitem__(self, index: int) -> Photo:
        """Return one photo."""
        return self.photos[index]


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    default = MaePlan(steps=1)
    out = grammar_of("training.mae", DESCRIPTION)

    data = out.add_argument_group("what to learn from (one of the two)")
    data.add_argument("--data", type=Path, help="folder of train-*.tar; val.tar in it only checks")
    data.add_argument("--demo", action="store_true", help="drawn shapes; 60 steps by default")
    run = out.add_argument_group("the run")
    run.add_argument("--run", type=Path, required=True, help="its folder; resumes what is in it")
    length = run.add_mutually_exclusive_group()
    length.add_argument("--minutes", type=float, help="how long, by the clock (default: 60)")
    length.add_argument("--steps", type=int, help="how long, in steps")
    offer(run, default, RUN)
    run.add_argument("--threads", type=int, help="of torch (default: its own choice)")
    run.add_argument("--device", default="auto", help="as torch names it (default: %(default)s)")
    run.add_argument("--precision", default="auto", help="fp32, bf16, fp16 (default: %(default)s)")
    network = out.add_argument_group("the encoder")
    offer(network, default, NETWORK)
    step = out.add_argument_group("a step")
    offer(step, default, STEP)
    step.add_argument(
        "--target",
        choices=("normalised", "pixels"),
        default=default.target,
        help="what is guessed (default: %(default)s)",
    )
    return out


def plan_of(given: argparse.Namespace) -> MaePlan:
    """Turn the command line into a plan."""
    minutes, steps = given.minutes, given.steps
    if minutes is None and steps is None:
        minutes, steps = (None, 60) if given.demo else (60.0, None)
    return taken(MaePlan, given, minutes=minutes, steps=steps)


def main(arguments: Sequence[str] | None = None) -> None:
    """Pre-train."""
    grammar = parser()
    words = sys.argv[1:] if arguments is None else arguments
    given = grammar.parse_args(words)
    if given.demo == (given.data is not None):
        grammar.error("give either --data FOLDER or --demo.")
    if given.threads:
        torch.set_num_threads(given.threads)
    photos: Photos
    kept: Photos | None = None
    try:
        if given.demo:
            drawn = DrawnPhotos(1032)
            photos, kept = DrawnPhotos(1000), Few(tuple(drawn[i] for i in range(1000, 1032)))
        else:
            photos = ShardPhotos(training_shards(given.data))
            check = given.data / "val.tar"
            kept = ShardPhotos([check]) if check.is_file() else None
        precision = Precision.pick(given.device, given.precision)
        plan = replace(plan_of(given), command=shlex.join(words))
        run = Pretraining(photos, given.run, plan, precision, kept)
    except ValueError as error:  # DataError is one
        grammar.error(str(error))
    try:
        run.run()
    except SamError as error:
        raise SystemExit(str(error)) from error
    print(  # noqa: T201
        f"{run.step} steps, {run.elapsed / 60:.1f} minutes, error on kept photos "
        f"{run.error():.3f}: {given.run}"
    )


if __name__ == "__main__":
    main()
