"""The command line of a training run: words, defaults, their plan. Runs nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sam_widget.training.options import grammar_of, offer, taken
from sam_widget.training.plan import Plan

if TYPE_CHECKING:
    import argparse

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
A teacher helps where it knows more than the masks do. The second `mini` (one click 0.65) taught
its like from the start (flags as for the base of .gain, and --teacher mini --labels 1): one click
0.452, best of three 0.575, box 0.639, beside 0.452, 0.571 and 0.630 after as many steps with the
masks alone, and a step took three times as long: nothing gained. No larger
SAM was at hand.

A GPU is used where there is one, with bf16 or scaled fp16 products; all prompts of a step are
decoded together there, photo by photo on a CPU.

The run folder holds config.json (all settings), metrics.jsonl (one line a step), curves.png,
weights.safetensors (half precision; `load_model` takes it) and state.pt. The same command on a
folder that has a state.pt goes on where that run was stopped or killed; time spent is remembered
with it. Where only weights are left in the folder, or given by --from, it starts from these; what
was logged before is metrics-before.jsonl then.

Beside this, each with its own --help: python -m sam_widget.training.evaluate (the protocol),
.fine_tune (ten photos of yours), .gain (what these give), .pseudo (a model labels photos to learn
from), .gallery (pictures of answers), .mae, .mae_compare.
"""


STEP = {
    "photos": "photos a step",
    "replays": "photos more, of earlier steps, where looking at them was dear",
    "prompts": "masks a photo",
    "corrections": "rounds after the first, on average",
    "mask_rounds": "rounds more that only feed the mask back: 0, 1 or 2",
    "iou_weight": "of the predicted IoU's loss beside the mask's",
    "rate": "peak learning rate; the backbone's is half of it",
    "frozen": "of mini's 16 blocks or small's 4 stages, how many stay as they were",
    "layer_decay": "each block's rate, of the next one's; 1: half for all",
    "drop_path": "chance that the last block's branches are left out",
    "schedule": "how the rate falls: cosine or steps",
}
PLACE = {
    "device": "auto, cpu, cuda, cuda:1, mps",
    "precision": "of products: auto, fp32, bf16 or fp16; auto is fp32 on a CPU",
}
OFTEN = {
    "save_minutes": "between checkpoints",
    "validate_minutes": "between looks at val.tar",
    "workers": "loading processes",
}


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    default = Plan(steps=1)
    out = grammar_of("training", DESCRIPTION)
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
    run.add_argument("--from", dest="start", help="start from this model: its name or file")
    length = run.add_mutually_exclusive_group()
    length.add_argument("--minutes", type=float, help="how long, by the clock (default: 90)")
    length.add_argument("--steps", type=int, help="how long, in steps")
    run.add_argument(
        "--side",
        default="384",
        help="input size, px, divisible by 32; 384:512 ends with 512 (default: 384)",
    )
    offer(run, default, {"last": "share of the run at the last of several sizes", "seed": ""})
    run.add_argument("--threads", type=int, help="of torch (default: its own choice)")
    offer(out.add_argument_group("a step"), default, STEP)
    taught = out.add_argument_group("a teacher")
    taught.add_argument("--teacher", help="a model's name or file, of whom to learn")
    taught.add_argument("--adopt", action="store_true", help="start with the teacher's decoder")
    taught.add_argument("--teacher-side", type=int, help="its input size, px (default: its own)")
    taught.add_argument("--answers", type=float, default=1.0, help="weight of its masks")
    taught.add_argument("--embedding", type=float, default=0.0, help="weight of its embedding")
    taught.add_argument("--labels", type=float, default=0.0, help="weight of the photos' masks")
    held = out.add_argument_group("what it knew")
    held.add_argument(
        "--remember", type=float, default=0.0, help="weight of its old masks where no new one is"
    )
    place = out.add_argument_group("where")
    offer(place, default, PLACE)
    place.add_argument("--at-once", type=int, help="image tokens decoded together")
    often = out.add_argument_group("how often")
    offer(often, default, OFTEN)
    return out


def plan_of(given: argparse.Namespace) -> Plan:
    """Turn the command line into a plan."""
    minutes, steps = given.minutes, given.steps
    if minutes is None and steps is None:
        minutes, steps = (None, 100) if given.demo else (90.0, None)
    sides = tuple(int(side) for side in given.side.split(":"))
    return taken(Plan, given, minutes=minutes, steps=steps, sides=sides)
