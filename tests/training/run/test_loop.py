"""A run from first step to last, and the folder that it leaves."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from sam_widget.models.checkpoints import load_model, load_trainable
from sam_widget.models.mini import build_mini
from sam_widget.training.__main__ import first_weights, main, parser, plan_of
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.lesson.rounds import backward
from sam_widget.training.run.curves import read_log
from sam_widget.training.run.loop import Trainer
from sam_widget.training.run.plan import Plan
from tests.training.conftest import OLD_COCO

pytestmark = OLD_COCO

TINY = Plan(steps=4, sides=(64,), photos=2, prompts=3, corrections=1.0, workers=0)


def trainer(folder: Path, plan: Plan = TINY) -> Trainer:
    torch.manual_seed(0)
    return Trainer(build_mini(64), DrawnPhotos(50, 96), folder, plan)


def test_the_rate_rises_and_falls_to_nothing() -> None:
    plan = Plan(minutes=10)
    assert plan.factor(0, 0) == pytest.approx(0.01)
    assert plan.factor(49, 0) == pytest.approx(0.5)
    assert plan.factor(500, 0.5) == pytest.approx(0.5)
    assert plan.factor(1000, 1) == 0
    assert plan.factor(1000, 1.2) == 0


def test_the_last_size_gets_its_share() -> None:
    plan = Plan(minutes=10, sides=(256, 384, 512), last=0.3)
    assert [plan.side(p) for p in (0, 0.34, 0.36, 0.69, 0.7, 1)] == [256, 256, 384, 384, 512, 512]
    assert Plan(minutes=10).side(1) == 384


def test_a_plan_is_minutes_or_steps() -> None:
    for length in ({}, {"minutes": 1, "steps": 1}):
        with pytest.raises(ValueError, match="either minutes or steps"):
            Plan(**length)
    for wrong, told in (
        ({"schedule": "line"}, "cosine or steps"),
        ({"sides": (64, 100)}, "multiple of 32"),
        ({"photos": 0}, "at least one photo"),
        ({"frozen": -1}, "frozen is a whole number from 0 on, not -1"),
        ({"prompts": 0}, "at least one photo"),
        ({"drop_path": 1.0}, "under 1"),
        ({"corrections": -1.0}, "corrections is a number from 0 on"),
        ({"steps": 0}, "more than no steps"),
        ({"steps": None, "minutes": 0}, "more than no steps"),
    ):
        with pytest.raises(ValueError, match=told):
            Plan(**{"steps": 1, **wrong})


def test_statistics_and_first_blocks_stay_and_the_rest_moves(tmp_path: Path) -> None:
    run = trainer(tmp_path, replace(TINY, steps=2))
    before = {name: value.clone() for name, value in run.sam.state_dict().items()}
    run.run()
    after = run.sam.state_dict()
    moved = {name for name in before if not torch.equal(before[name], after[name])}
    assert not any("running_" in name or ".stem." in name for name in moved)
    assert not any(name.startswith("image_encoder.blocks.2.") for name in moved)
    for part in ("image_encoder.blocks.3.", "image_encoder.neck", "prompt_encoder", "mask_decoder"):
        assert any(name.startswith(part) for name in moved), part
    averaged = run.averaged.state_dict()
    assert any(not torch.equal(after[name], averaged[name]) for name in moved)


def test_a_run_that_is_killed_goes_on_to_the_same_curve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = trainer(tmp_path / "whole")
    whole.run()

    real = backward

    def killed(*given: object, **more: object) -> object:
        if run.step == 2:
            raise KeyboardInterrupt
        return real(*given, **more)

    run = trainer(tmp_path / "parts")
    monkeypatch.setattr(run, "lesson", killed)
    with pytest.raises(KeyboardInterrupt):
        run.run()
    with (tmp_path / "parts" / "metrics.jsonl").open("a") as log:
        log.write('{"step": 3, "loss": 1}\n{"step": 4, "lo')  # done after the checkpoint, lost

    again = trainer(tmp_path / "parts")
    assert again.step == 2
    assert again.elapsed > 0
    again.run()
    lines, expected = read_log(tmp_path / "parts"), read_log(tmp_path / "whole")
    assert [line["step"] for line in lines] == [1, 2, 3, 4]
    for line, other in zip(lines, expected, strict=True):
        assert line["rate"] == other["rate"]
        assert line["loss"] == pytest.approx(other["loss"], rel=1e-3)
    for name, value in whole.averaged.state_dict().items():
        torch.testing.assert_close(again.averaged.state_dict()[name], value, rtol=1e-3, atol=1e-4)


def test_minutes_are_counted_over_a_stop(tmp_path: Path) -> None:
    plan = replace(TINY, steps=None, minutes=0.03)
    run = trainer(tmp_path, plan)
    run.run()
    assert run.progress() == 1
    assert read_log(tmp_path)[-1]["rate"] < TINY.rate
    again = trainer(tmp_path, plan)
    assert again.progress() == 1
    again.run()
    assert again.step == run.step


def test_a_finished_run_is_left_as_it_is(tmp_path: Path) -> None:
    plan = replace(TINY, steps=1)
    torch.manual_seed(0)
    words = (DrawnPhotos(50, 96), tmp_path, plan, lambda _: {"box": 0.5})
    Trainer(build_mini(64), *words).run()
    before = (tmp_path / "metrics.jsonl").read_bytes()
    assert before.count(b"val_box") == 1
    Trainer(build_mini(64), *words).run()
    assert (tmp_path / "metrics.jsonl").read_bytes() == before


def test_two_processes_do_not_share_a_folder(tmp_path: Path) -> None:
    first = trainer(tmp_path)
    with pytest.raises(ValueError, match=f"another process trains in {tmp_path}"):
        trainer(tmp_path)
    first.run()
    assert trainer(tmp_path).step == TINY.steps


def test_a_run_goes_on_at_another_rate(tmp_path: Path) -> None:
    trainer(tmp_path, replace(TINY, steps=1)).run()
    again = trainer(tmp_path, replace(TINY, steps=2, rate=5e-4))
    assert again.step == 1
    groups = again.stepper.state()["optimiser"]["param_groups"]
    assert {group["peak"] for group in groups} == {5e-4, 2.5e-4}


def test_demo_learns_and_fills_its_folder(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    folder = tmp_path / "run"
    words = "--demo --steps 16 --side 64 --photos 2 --prompts 3 --corrections 0 --workers 0 --run"
    main([*words.split(), str(folder)])
    assert "16 steps" in capsys.readouterr().out
    losses = [line["loss"] for line in read_log(folder)]
    assert len(losses) == 16
    assert np.isfinite(losses).all()
    assert np.mean(losses[-4:]) < 0.8 * np.mean(losses[:4])
    config = json.loads((folder / "config.json").read_text())
    assert config["steps"] == 16
    assert config["command"] == f"{words} {folder}"
    with Image.open(folder / "curves.png") as curves:
        assert min(curves.size) > 500
    assert (folder / "state.pt").is_file()
    model = load_model(folder / "weights.safetensors")
    assert model.side == 64

    fresh = load_trainable(folder / "weights.safetensors")
    left = parser().parse_args([*words.split(), str(folder)])
    assert first_weights(left) is None
    (folder / "state.pt").rename(tmp_path / "state.pt")
    assert first_weights(left) == folder / "weights.safetensors"
    (tmp_path / "state.pt").rename(folder / "state.pt")
    state = torch.load(folder / "state.pt", weights_only=True)["average"]
    for name, value in fresh.state_dict().items():
        torch.testing.assert_close(value, state[f"module.{name}"], rtol=1e-3, atol=1e-3)


SIZES = ["--side", "64", "--photos", "2", "--prompts", "2", "--workers", "0"]
DEMO = ["--demo", *SIZES, "--corrections", "0", "--run"]


def test_where_only_weights_are_left_another_run_begins(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [*DEMO, str(tmp_path), "--steps"]
    main([*words, "3"])
    before = (tmp_path / "metrics.jsonl").read_text()
    (tmp_path / "state.pt").unlink()
    main([*words, "2"])
    assert f"first weights from: {tmp_path / 'weights.safetensors'}" in capsys.readouterr().out
    assert [line["step"] for line in read_log(tmp_path)] == [1, 2]
    assert (tmp_path / "metrics-before.jsonl").read_text() == before


def test_a_run_of_other_settings_is_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([*DEMO, str(tmp_path), "--steps", "1"])
    before = (tmp_path / "config.json").read_text()
    with pytest.raises(SystemExit):
        main([*DEMO, str(tmp_path), "--steps", "2", "--frozen", "0"])
    assert "go on as its config.json says" in capsys.readouterr().err
    assert (tmp_path / "config.json").read_text() == before


def test_weights_that_do_not_fit_are_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_file({"x": torch.zeros(1)}, tmp_path / "other.safetensors")
    (tmp_path / "broken.safetensors").write_text("nothing")
    for name, told in (
        ("other", "{} does not hold a SAM of a kind known here."),
        ("broken", "{} is no weights file: neither .safetensors nor torch's."),
        ("nowhere", "There is no weights file at {}."),
    ):
        start = tmp_path / f"{name}.safetensors"
        with pytest.raises(SystemExit):
            main([*DEMO, str(tmp_path / "run"), "--steps", "1", "--from", str(start)])
        assert told.format(start) in capsys.readouterr().err


def test_the_command_line_explains_itself(capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    for word in ("--demo", "--minutes", "metrics.jsonl", "resumes"):
        assert word in told
    with pytest.raises(SystemExit):
        main(["--run", "x"])
    assert "either --data PATH or --demo" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--run", "x", "--data", "nowhere"])
    assert "nowhere does not exist" in capsys.readouterr().err


def test_defaults_of_the_command_line() -> None:
    plan = plan_of(parser().parse_args(["--run", "x", "--data", "y", "--side", "384:512"]))
    assert plan == Plan(minutes=90, sides=(384, 512))
    assert plan_of(parser().parse_args(["--run", "x", "--demo"])) == Plan(steps=100)
