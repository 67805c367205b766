"""`python -m sam_widget.training`: puts a run together, by `command`, and runs it."""

from __future__ import annotations

import shlex
import sys
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

import torch

from sam_widget.errors import SamError
from sam_widget.models.architectures import at_side
from sam_widget.models.checkpoints import load_model, load_trainable
from sam_widget.training.command import parser, plan_of
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.data.photos import Joined, Photos, ShardPhotos
from sam_widget.training.data.readers import open_photos, without
from sam_widget.training.data.scenes import Drawings, Scenes
from sam_widget.training.evaluate import quick
from sam_widget.training.lesson.distill import Distillation, adopt
from sam_widget.training.lesson.memory import Memory, Remembering
from sam_widget.training.lesson.replay import LEARNT_ANEW
from sam_widget.training.lesson.rounds import Labels, Lesson
from sam_widget.training.numbers import check_number
from sam_widget.training.run.loop import Trainer
from sam_widget.training.run.optimise import trunk_learns
from sam_widget.training.run.precision import Precision
from sam_widget.training.run.processes import team
from sam_widget.training.start import start_mini

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from sam_widget.models.sam import Sam
    from sam_widget.training.run.processes import Team


def photos_of(given: argparse.Namespace) -> tuple[Photos, Photos | None]:
    """Open what the command line names: what to learn from, and what checks it, if anything."""
    if given.demo:
        return DrawnPhotos(), None
    photos = open_photos(given.data, given.images)
    if given.also:
        photos = Joined(photos, *(open_photos(path) for path in given.also))
    if given.without:
        photos = without(photos, given.without)
    if given.scenes:
        drawings = Drawings(given.data / "cutouts.tar")
        photos = Joined(photos, Scenes(photos, drawings, given.scenes))
    kept = given.data / "val.tar"
    return photos, ShardPhotos([kept]) if kept.is_file() else None


REMEMBERED = 2
"""Points of each photo at which old answers are held on to."""


def first_weights(given: argparse.Namespace) -> str | Path | None:
    """Return the model to start from: the one given, or the folder's own without its state."""
    own: Path = given.run / "weights.safetensors"
    left = own.is_file() and not (given.run / "state.pt").is_file()
    return given.start or (own if left else None)


def refuse_idle_words(given: argparse.Namespace) -> None:
    """Raise a SamError where words of the command line do nothing, or nothing together."""
    for name in ("remember", "answers", "embedding", "labels"):
        check_number(f"--{name}", getattr(given, name))
    check_number("--scenes", given.scenes, whole=True)
    for name in ("threads", "teacher_side"):
        if getattr(given, name) is not None:
            check_number(f"--{name.replace('_', '-')}", getattr(given, name), 1, whole=True)
    if given.remember and given.teacher is not None:
        raise SamError("give --teacher or --remember, not both: a step has one lesson.")
    if given.remember and given.start is None:
        # not what the folder holds: a run that goes on finds other weights there
        raise SamError("--remember holds on to what a model knew: give it by --from.")
    if given.teacher is not None and not (given.answers or given.embedding or given.labels):
        raise SamError("of --answers, --embedding and --labels at least one is above 0.")


def lesson_of(given: argparse.Namespace, sam: Sam, us: Team) -> Lesson:
    """Return what a step learns from, on this process's device."""
    device = Precision.pick(us.device if given.device == "auto" else given.device).device
    if given.teacher is None:
        if not given.remember:
            return Labels()
        # Its masks alone: that its predicted IoUs are to change is why it learns.
        old = deepcopy(sam).to(device).eval().requires_grad_(requires_grad=False)
        return Remembering(Memory(old, REMEMBERED, given.remember, iou_weight=0.0))
    teacher = load_model(given.teacher, device, "float32")
    if given.teacher_side:
        at_side(teacher, given.teacher_side)
    if given.adopt:
        adopt(sam, teacher)
    return Distillation(teacher, given.answers, given.embedding, given.labels)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train."""
    grammar = parser()
    words = sys.argv[1:] if arguments is None else arguments
    given = grammar.parse_args(words)
    if given.demo == (given.data is not None):
        grammar.error("give either --data PATH or --demo.")
    try:
        refuse_idle_words(given)
        plan = replace(plan_of(given), command=shlex.join(words))
        if given.threads:
            torch.set_num_threads(given.threads)
        torch.manual_seed(given.seed)
        torch.set_flush_denormal(True)  # squares of tiny probabilities are slow otherwise
        photos, checked = photos_of(given)
    except ValueError as error:
        grammar.error(str(error))
    with team() as us:
        tell = print if us.leads else lambda *_: None
        check = None if checked is None else quick(checked)
        try:
            if (start := first_weights(given)) is not None:
                sam, used = load_trainable(start), [str(start)]
            else:
                sam, used = start_mini(plan.sides[0])
            tell("first weights from:", ", ".join(used) or "nowhere, all fresh")
            lesson = lesson_of(given, sam, us)
            trainer = Trainer(sam, photos, given.run, plan, check, lesson=lesson, team=us)
            alone = given.teacher is None and not given.remember
            if plan.replays and alone and trunk_learns(sam.image_encoder):
                grammar.error(LEARNT_ANEW)
        except ValueError as error:
            grammar.error(str(error))
        try:
            trainer.run()
        except SamError as error:
            raise SystemExit(str(error)) from error
        tell(f"{trainer.step} steps, {trainer.elapsed / 60:.1f} minutes: {given.run}")


if __name__ == "__main__":
    main()
