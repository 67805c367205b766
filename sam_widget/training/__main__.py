"""`python -m sam_widget.training`: the command line of a training run. Only words and defaults."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from sam_widget.training.data import DataError, Joined, Photos, ShardPhotos, training_shards
from sam_widget.training.demo import DrawnPhotos
from sam_widget.training.evaluate import quick
from sam_widget.training.loop import Plan, Trainer, warm_start
from sam_widget.training.scenes import Drawings, Scenes
from sam_widget.training.start import start_mini

if TYPE_CHECKING:
    from collections.abc import Sequence

DESCRIPTION = """\
Train the small model `mini` to answer clicks and boxes with masks.

  python -m sam_widget.training --demo --run runs/demo
      a few minutes on drawn shapes; needs no data
  python -m sam_widget.training --data ../shared/data --run runs/a --minutes 90
      an hour and a half on the photos of train-*.tar

What happens in a step: some photos are drawn (sources by the square root of how many photos they
have), cropped, mirrored and recoloured, and encoded once. Some masks of each are clicked or boxed.
The decoder's three answers to a click are compared with the mask, and only the best of them is
corrected: that is how the three come to mean whole, part and sub-part. In some steps one more
click, into the larger error, is answered too, with the first answer fed back. The loss is 20 focal
+ dice + the squared error of the predicted IoU.

The learning rate rises over 100 steps and then falls to 0 along half a cosine, over --steps, or
over --minutes by the clock: a busy machine gets fewer steps, but always an annealed model. What is
saved is the running average of the weights.

The run folder holds config.json (all settings), metrics.jsonl (one line a step), curves.png,
weights.safetensors (half precision; `load_model` takes it) and state.pt. The same command on a
folder that has a state.pt goes on where that run was stopped; time spent is remembered with it.
"""


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    default = Plan(steps=1)
    out = argparse.ArgumentParser(
        prog="python -m sam_widget.training",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    data = out.add_argument_group("what to learn from (one of the two)")
    data.add_argument("--data", type=Path, help="folder of train-*.tar; val.tar in it only checks")
    data.add_argument("--demo", action="store_true", help="drawn shapes; 100 steps by default")
    data.add_argument(
        "--scenes", type=int, default=0, help="so many composed scenes, from cutouts.tar in --data"
    )
    run = out.add_argument_group("the run")
    run.add_argument("--run", type=Path, required=True, help="its folder; resumes what is in it")
    run.add_argument("--from", dest="start", type=Path, help="start from these weights")
    length = run.add_mutually_exclusive_group()
    length.add_argument("--minutes", type=float, help="how long, by the clock (default: 90)")
    length.add_argument("--steps", type=int, help="how long, in steps")
    run.add_argument(
        "--side",
        default="384",
        help="input size, px, divisible by 32; 384:512 ends with 512 (default: 384)",
    )
    run.add_argument(
        "--last",
        type=float,
        default=default.last,
        help="share of the run at the last of several sizes (default: %(default)s)",
    )
    run.add_argument("--seed", type=int, default=0)
    run.add_argument("--threads", type=int, help="of torch (default: its own choice)")
    step = out.add_argument_group("a step")
    step.add_argument("--photos", type=int, default=default.photos, help="default: %(default)s")
    step.add_argument(
        "--prompts", type=int, default=default.prompts, help="masks a photo (default: %(default)s)"
    )
    step.add_argument(
        "--corrections",
        type=float,
        default=default.corrections,
        help="rounds after the first, on average (default: %(default)s)",
    )
    step.add_argument(
        "--iou-weight",
        type=float,
        default=default.iou_weight,
        help="of the predicted IoU's loss beside the mask's (default: %(default)s)",
    )
    step.add_argument(
        "--rate",
        type=float,
        default=default.rate,
        help="peak learning rate; the backbone's is half of it (default: %(default)s)",
    )
    step.add_argument(
        "--frozen",
        type=int,
        default=default.frozen,
        help="of the backbone's 16 blocks, how many stay as they were (default: %(default)s)",
    )
    often = out.add_argument_group("how often")
    often.add_argument("--save-minutes", type=float, default=default.save_minutes)
    often.add_argument("--validate-minutes", type=float, default=default.validate_minutes)
    often.add_argument("--workers", type=int, default=default.workers, help="loading processes")
    return out


def plan_of(given: argparse.Namespace) -> Plan:
    """Turn the command line into a plan."""
    minutes, steps = given.minutes, given.steps
    if minutes is None and steps is None:
        minutes, steps = (None, 100) if given.demo else (90.0, None)
    return Plan(
        minutes=minutes,
        steps=steps,
        sides=tuple(int(side) for side in given.side.split(":")),
        last=given.last,
        photos=given.photos,
        prompts=given.prompts,
        corrections=given.corrections,
        iou_weight=given.iou_weight,
        rate=given.rate,
        frozen=given.frozen,
        seed=given.seed,
        save_minutes=given.save_minutes,
        validate_minutes=given.validate_minutes,
        workers=given.workers,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Train."""
    grammar = parser()
    given = grammar.parse_args(arguments)
    if given.demo == (given.data is not None):
        grammar.error("give either --data FOLDER or --demo.")
    if given.threads:
        torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    torch.set_flush_denormal(True)  # squares of tiny probabilities are slow otherwise
    photos: Photos
    check = None
    try:
        if given.demo:
            photos = DrawnPhotos()
        else:
            photos = ShardPhotos(training_shards(given.data))
            if given.scenes:
                drawings = Drawings(given.data / "cutouts.tar")
                photos = Joined(photos, Scenes(photos, drawings, given.scenes))
            kept = given.data / "val.tar"
            check = quick(ShardPhotos([kept])) if kept.is_file() else None
    except DataError as error:
        grammar.error(str(error))
    plan = plan_of(given)
    sam, used = start_mini(plan.sides[0])
    print("first weights from:", ", ".join(used) or "nowhere, all fresh")  # noqa: T201
    if given.start is not None:
        warm_start(sam, given.start)
    trainer = Trainer(sam, photos, given.run, plan, check)
    trainer.run()
    print(f"{trainer.step} steps, {trainer.elapsed / 60:.1f} minutes: {given.run}")  # noqa: T201


if __name__ == "__main__":
    main()
