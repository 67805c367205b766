"""The command line of training: every setting has a word, and photos come from everywhere."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from sam_widget.training.__main__ import main, photos_of
from sam_widget.training.command import parser, plan_of
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.data.photos import DataError
from sam_widget.training.run import precision
from sam_widget.training.run.optimise import parameter_groups
from sam_widget.training.run.plan import Plan

from .conftest import OLD_COCO, write_shard
from .layouts import coco_file, sa1b_folder

pytestmark = OLD_COCO


def test_every_setting_of_a_plan_has_a_word() -> None:
    given = parser().parse_args(["--run", "x", "--demo"])
    changed = {
        "steps": 7,
        "sides": (64, 96),
        "last": 0.5,
        "photos": 3,
        "replays": 4,
        "prompts": 5,
        "corrections": 8.0,
        "mask_rounds": 2,
        "iou_weight": 2.0,
        "rate": 8e-4,
        "layer_decay": 0.8,
        "drop_path": 0.4,
        "frozen": 0,
        "schedule": "steps",
        "seed": 5,
        "save_minutes": 1.0,
        "validate_minutes": 2.0,
        "workers": 0,
        "device": "cpu",
        "precision": "fp32",
        "at_once": 99,
    }
    words = ["--run", "x", "--demo", "--side", "64:96"]
    for name, value in changed.items():
        if name != "sides":
            words += [f"--{name.replace('_', '-')}", str(value)]
    assert plan_of(parser().parse_args(words)) == Plan(**changed)
    # These the command line leaves as they are.
    assert set(asdict(plan_of(given))) - set(changed) == {
        *("minutes", "decay", "average", "warmup", "command")
    }


def test_the_papers_rates() -> None:
    plan = Plan(steps=90_000, schedule="steps", warmup=250)
    assert plan.factor(124, 0) == pytest.approx(0.5)
    for step, factor in ((1000, 1), (59_999, 1), (60_001, 0.1), (86_665, 0.1), (86_667, 0.01)):
        assert plan.factor(step, step / 90_000) == pytest.approx(factor)


def test_each_block_learns_slower_than_the_next() -> None:
    import torch

    from sam_widget.models.vit import ViTSize, build_vit

    torch.manual_seed(0)
    sam = build_vit(ViTSize(16, 3, 2, (2,)), 64)
    rate_of = {
        id(parameter): group["lr"]
        for group in parameter_groups(sam, 1.0, 0.1, 0.8)
        for parameter in group["params"]
    }
    encoder = sam.image_encoder
    assert rate_of[id(encoder.patch_embed.proj.weight)] == pytest.approx(0.8**3)
    for number, block in enumerate(encoder.blocks):
        assert rate_of[id(block.mlp.lin1.weight)] == pytest.approx(0.8 ** (2 - number))
    assert rate_of[id(encoder.neck[0].weight)] == 1
    assert rate_of[id(sam.mask_decoder.iou_token.weight)] == 1


def test_photos_from_everywhere(tmp_path: Path, masks: list[np.ndarray]) -> None:
    shards = tmp_path / "shards"
    shards.mkdir()
    write_shard(shards / "train-00.tar", {"cats-1": masks, "dogs-1": masks, "cats-2": masks})
    write_shard(shards / "val.tar", {"cats-3": masks})
    folder, coco = sa1b_folder(tmp_path / "sa1b", masks), coco_file(tmp_path / "coco", masks)

    def opened(*words: str | Path) -> tuple[list[str], bool]:
        given = parser().parse_args(["--run", "x", *map(str, words)])
        photos, checked = photos_of(given)
        assert photos[len(photos.sources) - 1].annotations
        return list(photos.sources), checked is not None

    assert opened("--data", shards) == (["cats", "dogs", "cats"], True)
    assert opened("--data", shards, "--without", "cats") == (["dogs"], True)
    assert opened("--data", folder) == (["cats"], False)
    assert opened("--data", coco) == (["instances_train2017"], False)
    assert opened("--data", coco, "--images", tmp_path / "coco" / "train2017")[1] is False
    both = opened("--data", shards, "--also", folder, coco, "--without", "dogs")
    assert both == (["cats", "cats", "cats", "instances_train2017"], True)
    with pytest.raises(DataError, match="no photo is from pigs"):
        opened("--data", shards, "--without", "pigs")


def test_help_names_what_it_can_do(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    for word in ("torchrun", "COCO", "SA-1B", "killed", "--teacher", "--without", "bf16", "pseudo"):
        assert word in told, word
    # Every command that it shows is one that it understands.
    shown = re.findall(r"-m sam_widget\.training ((?:--.*))", told.replace("\\\n", " "))
    assert len(shown) >= 4
    for line in shown:
        parser().parse_args(line.replace("...", "somewhere").split())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--device", "abacus"], "no device called 'abacus'"),
        (["--precision", "bf16", "--device", "cpu"], "no bf16 arithmetic"),
        (["--precision", "fp16", "--device", "cpu"], "CUDA only"),
    ],
)
def test_what_this_machine_cannot_do_is_said(
    words: list[str],
    told: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(precision, "cpu_computes_bf16", lambda: False)
    with pytest.raises(SystemExit):
        main(["--demo", "--steps", "1", "--side", "64", "--run", str(tmp_path / "x"), *words])
    assert told in capsys.readouterr().err


IDLE = {
    "--from mini --remember 1 --teacher mini": "a step has one lesson",
    "--remember 1": "give it by --from",
    "--from mini --teacher mini --answers 0": "at least one is above 0",
    "--from mini --replays 1 --side 32": "only where the encoder's trunk is held",
}


@pytest.mark.parametrize(("words", "said"), IDLE.items(), ids=IDLE)
def test_words_that_do_nothing_together_are_refused(
    words: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--demo", "--run", str(tmp_path / "run"), "--steps", "1", *words.split()])
    assert said in capsys.readouterr().err


def test_the_demo_checks_nothing() -> None:
    photos, checked = photos_of(parser().parse_args(["--run", "x", "--demo"]))
    assert isinstance(photos, DrawnPhotos)
    assert checked is None
