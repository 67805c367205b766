"""The command line of a training run: words, defaults, their plan. Runs nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sam_widget.errors import SamError
from sam_widget.training.options import grammar_of, offer, taken
from sam_widget.training.run.plan import Plan

if TYPE_CHECKING:
    import argparse

DESCRIPTION = """\
Train the models of the package, or any SAM, to answer clicks and boxes with masks.

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

Without --from a fresh `mini` begins. From `small`, or another SAM that knows much already:

  python -m sam_widget.training --data ../shared/data --run runs/c --from small --side 768 \\
    --photos 2 --replays 4 --prompts 6 --iou-weight 4 --rate 1e-4 --remember 1

With --frozen 3 (the default) only its encoder's last stage, neck, prompt encoder and mask decoder
learn; what the rest says of a photo is kept, and --replays learns from it again with other masks
and prompts. --remember holds on to its old masks at points where no new one is. Afterwards
python -m sam_widget.training.mix brings back a share of what it was, and .strictness finds the
thresholds of everything mode.

With --teacher any model that `load_model` knows says what is right, to the same prompts and to
later clicks where the two differ. With --labels the photos' own masks lead, and alone teach the
predicted IoU; the teacher's three are learnt beside them where its best is nearer to the mask than
the student's. --adopt takes over its prompt encoder and decoder, so that only the image encoder is
new: then --embedding draws the two embeddings together, and with --answers 0 that is all. Looking
is what a teacher is slow at: with --replays it looks once and is learnt from many times, and
--teacher-side spares it pixels that the student does not see. `mini` from `small`, its backbone
held, in two runs:

  python -m sam_widget.training --data ../shared/data --run runs/neck --from mini --teacher small \\
    --teacher-side 512 --adopt --answers 0 --embedding 1 --side 512 --steps 200 --photos 2 \\
    --replays 14 --prompts 1 --rate 1e-3 --frozen 16
  python -m sam_widget.training --data ../shared/data --run runs/taught --teacher small \\
    --from runs/neck/weights.safetensors --teacher-side 512 --labels 1 --side 512 --photos 2 \\
    --replays 6 --prompts 6 --corrections 0.7 --iou-weight 4 --rate 1e-4 --frozen 16

On the few validation photos that a run looks at (val_ in metrics.jsonl), `mini` as packaged has
0.69 for one click, 0.76 for the best of three, 0.80 for a box. 120 steps of the second, from `mini`
itself, came to 0.68, 0.75 and 0.79 on masks alone (without --teacher), and to 0.65, 0.74 and 0.79
with a teacher that was always heard: so few steps gain nothing, and now it is heard only where it
is nearer. 0.3 of the first mixed into `mini` came to 0.69, 0.76 and 0.80.

The way in two runs, 200 steps and then 124, is a beginning: by python -m
sam_widget.training.evaluate --photos 30 one click came to 0.53, best of three to 0.61, a box to
0.72, where `mini` has 0.63, 0.72 and 0.77. A new decoder wants more than an hour on one core.

A GPU is used where there is one, with bf16 or scaled fp16 products; all prompts of a step are
decoded together there, photo by photo on a CPU.

The run folder holds config.json (all settings), metrics.jsonl (one line a step), curves.png,
weights.safetensors (half precision; `load_model` takes it) and state.pt. The same command on a
folder that has a state.pt goes on where that run was stopped or killed; time spent is remembered
with it. Where only weights are left in the folder, or given by --from, it starts from these; what
was logged before is metrics-before.jsonl then.

Beside this, each with its own --help: python -m sam_widget.training.evaluate (the protocol),
.fine_tune (ten photos of yours), .gain (what these give), .pseudo (a model labels photos to learn
from), .gallery (pictures of answers), .mae, .mae.compare.
"""


STEP = {
    "photos": "photos a step",
    "replays": "photos more, of earlier steps: the trunk held, or a teacher",
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
    try:
        sides = tuple(int(side) for side in given.side.split(":"))
    except ValueError:
        told = f"--side is one size or several, such as 384 or 384:512, not {given.side!r}."
        raise SamError(told) from None
    return taken(Plan, given, minutes=minutes, steps=steps, sides=sides)
