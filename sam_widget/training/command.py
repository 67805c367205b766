"""The command line of a training run: words, defaults, their plan. Runs nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from sam_widget.training.plan import SCHEDULES, Plan

DESCRIPTION = """\
Train the small model `mini` to answer clicks and boxes with masks.

  python -m sam_widget.training --demo --run runs/demo
      a few minutes on drawn shapes; needs no data
  python -m sam_widget.training --data ../shared/data --run runs/a --minutes 90
      an hour and a half on the photos of train-*.tar
  python -m sam_widget.training --data instances_train2017.json --run runs/coco --steps 5000
      COCO, or a folder of SA-1B's (sa_1.jpg beside sa_1.json)
  torchrun --nproc-per-node 2 -m sam_widget.training --data ... --folder runs/b --photos 16
      two processes (or GPUs): each takes its share of a step's photos (--folder is --run)

What happens in a step: some photos are drawn (sources by the square root of how many photos they
have), cropped, mirrored and recoloured, and encoded once. Some masks of each are clicked or boxed.
The decoder's three answers to a click are compared with the mask, and only the best of them is
corrected: that is how the three come to mean whole, part and sub-part. In some steps later clicks,
each into the larger error, are answered too, with the last answer fed back. The loss is 20 focal +
dice + the squared error of the predicted IoU.

As in the paper (appendix A): --corrections 8 --mask-rounds 2 --layer-decay 0.8 --drop-path 0.4
--schedule steps. That asks each mask eleven times, twice without a new click.

The learning rate rises over 100 steps and then falls to 0 along half a cosine, over --steps, or
over --minutes by the clock: a busy machine gets fewer steps, but always an annealed model. What is
saved is the running average of the weights.

With --teacher any model that `load_model` knows says what is right, to the same prompts and to
later clicks where the two differ; --adopt also takes over its decoder, so that only the encoder
is new, and --embedding then draws the embeddings together. --labels keeps the photos' own masks.

A GPU is used where there is one, with bf16 or scaled fp16 products; all prompts of a step are
decoded together there, photo by photo on a CPU.

The run folder holds config.json (all settings), metrics.jsonl (one line a step), curves.png,
weights.safetensors (half precision; `load_model` takes it) and state.pt. The same command on a
folder that has a state.pt goes on where that run was stopped or killed; time spent is remembered
with it. Where only weights are left in the folder, or given by --from, it starts from these.

Beside this, each with its own --help: python -m sam_widget.training.evaluate (the protocol),
.fine_tune (ten photos of yours), .pseudo (a model labels photos to learn from), .gallery, .mae.
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
    data.add_argument(
        "--data",
        type=Path,
        help="folder of tar shards (val.tar in it only checks), SA-1B folder, or COCO .json",
    )
    data.add_argument("--images", type=Path, help="a COCO file's pictures, if not beside it")
    data.add_argument(
        "--also", type=Path, nargs="+", default=(), metavar="PATH", help="more photos, as --data"
    )
    data.add_argument("--without", nargs="+", default=(), metavar="SOURCE", help="leave these out")
    data.add_argument("--demo", action="store_true", help="drawn shapes; 100 steps by default")
    data.add_argument(
        "--scenes", type=int, default=0, help="so many composed scenes, from cutouts.tar in --data"
    )
    run = out.add_argument_group("the run")
    # Two names, since torchrun would take "--run" for an option of its own.
    run.add_argument(
        *("--run", "--folder"), type=Path, required=True, help="its folder; resumes what is in it"
    )
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
        "--mask-rounds",
        type=int,
        choices=(0, 1, 2),
        default=default.mask_rounds,
        help="rounds more that only feed the mask back (default: %(default)s)",
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
    step.add_argument(
        "--layer-decay",
        type=float,
        default=default.layer_decay,
        help="each block's rate, of the next one's; 1: half for all (default: %(default)s)",
    )
    step.add_argument(
        "--drop-path",
        type=float,
        default=default.drop_path,
        help="chance that the last block's branches are left out (default: %(default)s)",
    )
    step.add_argument(
        "--schedule",
        choices=SCHEDULES,
        default=default.schedule,
        help="how the rate falls (default: %(default)s)",
    )
    taught = out.add_argument_group("a teacher")
    taught.add_argument("--teacher", help="a model's name or file, of whom to learn")
    taught.add_argument("--adopt", action="store_true", help="start with the teacher's decoder")
    taught.add_argument("--embedding", type=float, default=0.0, help="weight of its embedding")
    taught.add_argument("--labels", type=float, default=0.0, help="weight of the photos' masks")
    place = out.add_argument_group("where")
    place.add_argument("--device", default=default.device, help="auto, cpu, cuda, cuda:1, mps")
    place.add_argument(
        "--precision",
        choices=("auto", "fp32", "bf16", "fp16"),
        default=default.precision,
        help="of products; auto is fp32 on a CPU",
    )
    place.add_argument("--at-once", type=int, help="image tokens decoded together")
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
        mask_rounds=given.mask_rounds,
        iou_weight=given.iou_weight,
        rate=given.rate,
        layer_decay=given.layer_decay,
        drop_path=given.drop_path,
        schedule=given.schedule,
        device=given.device,
        precision=given.precision,
        at_once=given.at_once,
        frozen=given.frozen,
        seed=given.seed,
        save_minutes=given.save_minutes,
        validate_minutes=given.validate_minutes,
        workers=given.workers,
    )
