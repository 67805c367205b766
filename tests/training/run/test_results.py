"""What long work gave outlives its save: a disk that really refuses, at every door that saves."""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from sam_widget.errors import SamError
from sam_widget.models.checkpoints import load_model, load_trainable, save_sam
from sam_widget.models.mini import build_mini
from sam_widget.models.sam import Sam
from sam_widget.segment.segmenter import Segmenter
from sam_widget.training import mix, pseudo
from sam_widget.training.__main__ import main as train
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.few_photos import Course
from sam_widget.training.fine_tune import fine_tune
from sam_widget.training.fine_tune import main as fine_tune_command
from sam_widget.training.mae.run import MaePlan, Pretraining
from sam_widget.training.run.curves import read_log
from sam_widget.training.run.loop import Trainer
from sam_widget.training.run.plan import Plan
from sam_widget.training.run.precision import Precision
from sam_widget.training.run.results import SaveError, room_for, save_result, write_whole
from tests.training.conftest import OLD_COCO
from tests.training.layouts import sa1b_folder

pytestmark = OLD_COCO

SMALL = 100_000  # bytes that a file may have on a "full disk"


@contextmanager
def full_disk() -> Iterator[None]:
    """Let the system refuse whatever goes beyond `SMALL` bytes of a file, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files and a home, of this test alone."""
    place = tmp_path / "elsewhere"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setenv("HOME", str(place))
    return place


@pytest.fixture
def base() -> Sam:
    sam = load_model("mini", "cpu", "float32")
    sam.side = 64
    return sam


def filled(monkeypatch: pytest.MonkeyPatch, module: Any, folder: Path) -> None:
    """Make `save_sam` of a module meet a full disk in one folder, after half the file."""
    real = save_sam

    def broken(sam: Sam, place: Path, *more: Any) -> None:
        if place.parent == folder:
            place.write_bytes(b"half")
            with full_disk():
                real(sam, place, *more)
        real(sam, place, *more)

    monkeypatch.setattr(module, "save_sam", broken)


def sentence(error: BaseException | str) -> str:
    said = str(error)
    assert said.endswith(".")
    assert ". " not in said
    assert "\n" not in said
    assert "Errno" not in said
    assert "os error" not in said
    return said


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text("old")

    def half(place: Path) -> None:
        place.write_text("ha")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_whole(half, file)
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
    assert file.read_text() == "old"
    write_whole(lambda place: place.write_text("new"), file)
    assert file.read_text() == "new"


WRITERS: dict[str, Callable[[Path], object]] = {
    "text": lambda place: place.write_text("x" * 2 * SMALL),
    "safetensors": lambda place: save_sam(build_mini(64), place),
    "torch": lambda place: torch.save(torch.zeros(SMALL), place),
}


@pytest.mark.parametrize("writer", WRITERS)
def test_what_a_disk_refuses_is_kept_elsewhere_and_said(
    writer: str, tmp_path: Path, elsewhere: Path
) -> None:
    file = tmp_path / "result.bin"

    def write(place: Path) -> None:
        if place.is_relative_to(elsewhere):
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        WRITERS[writer](place)

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with full_disk(), pytest.raises(SaveError) as caught:
        save_result(write, file)
    assert not file.exists()
    kept = caught.value.kept
    assert kept is not None
    assert kept.parent.parent == elsewhere
    assert kept.stat().st_size > SMALL
    assert str(kept) in sentence(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["elsewhere"]
    assert [path.name for path in kept.parent.iterdir()] == ["result.bin"]


def test_where_nothing_can_be_kept_nothing_half_is_left(tmp_path: Path, elsewhere: Path) -> None:
    with full_disk(), pytest.raises(SaveError, match="no other folder") as caught:
        save_result(WRITERS["text"], tmp_path / "result.txt")
    sentence(caught.value)
    assert caught.value.kept is None
    assert list(elsewhere.iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["elsewhere"]


def test_what_was_learnt_is_in_hand_and_elsewhere(
    base: Sam, tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(monkeypatch, sys.modules["sam_widget.training.fine_tune"], tmp_path)
    old = {name: value.clone() for name, value in base.state_dict().items()}
    with pytest.raises(SaveError, match="File too large; it is in") as caught:
        fine_tune(base, DrawnPhotos(4, 96), tmp_path / "leaves.safetensors", course=Course(steps=2))
    sentence(caught.value)
    tuned = caught.value.model
    assert any(not torch.equal(value, old[name]) for name, value in tuned.state_dict().items())
    assert caught.value.kept is not None
    again = load_model(caught.value.kept, "cpu", "float32")
    for name, value in again.state_dict().items():
        torch.testing.assert_close(value, tuned.state_dict()[name], rtol=1e-2, atol=1e-2)
    assert not list(tmp_path.glob("*leaves*"))


BEFORE: dict[str, tuple[str, str]] = {
    "no such folder": ("nowhere/leaves.safetensors", "No such file or directory"),
    "a folder of that name": ("folder.safetensors", "is a folder"),
    "a file for a folder": ("file/leaves.safetensors", "Not a directory"),
    "a name too long": (f"{'x' * 250}.safetensors", "File name too long"),
    "a NUL": ("a\0b.safetensors", "null byte"),
    "a queue": ("fifo.safetensors", "no regular file"),
    "another suffix": ("leaves.pth", "ending in .safetensors"),
    "nothing": ("", "is empty"),
}


@pytest.mark.parametrize("row", BEFORE)
def test_a_place_that_takes_no_file_is_refused_before_the_work(
    row: str, base: Sam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, told = BEFORE[row]
    (tmp_path / "folder.safetensors").mkdir()
    (tmp_path / "file").touch()
    os.mkfifo(tmp_path / "fifo.safetensors")
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr("sam_widget.training.fine_tune.train", lambda *_: pytest.fail("learnt"))
    with pytest.raises(SamError, match=told) as caught:
        fine_tune(base, DrawnPhotos(4, 96), str(tmp_path / name) if name else "")
    sentence(caught.value)
    assert sorted(tmp_path.iterdir()) == before


def test_a_disk_without_room_is_found_before_the_work(
    base: Sam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, masks: list[np.ndarray],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    model = tmp_path / "base.safetensors"
    save_sam(build_mini(64), model)
    photos = sa1b_folder(tmp_path / "photos", masks)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=50))
    monkeypatch.setattr("sam_widget.training.fine_tune.train", lambda *_: pytest.fail("learnt"))
    told = r"it will take \d+\.\d MB and the disk has 0\.0 MB left: make room"
    with pytest.raises(SaveError, match=told) as caught:
        fine_tune(base, DrawnPhotos(4, 96), tmp_path / "a.safetensors")
    sentence(caught.value)
    with pytest.raises(SaveError, match=told):
        trainer(tmp_path / "run").run()
    with pytest.raises(SaveError, match=told):
        pseudo.label_folder(Segmenter(base), photos, tmp_path / "labels")
    words = ["--save", str(tmp_path / "x.safetensors")]
    doors = (
        lambda: mix.main(["--old", str(model), "--new", str(model), "--keep", "0.5", *words]),
        lambda: fine_tune_command(["--data", str(photos), "--model", str(model), *words]),
        lambda: train([*DEMO, "--run", str(tmp_path / "demo")]),
    )
    for door in doors:
        with pytest.raises(SystemExit) as left:
            door()
        assert "make room" in capsys.readouterr().err + str(left.value)
    room_for(tmp_path / "small.json", 49)
    assert not list(tmp_path.glob("*.part*"))


DEMO = [
    "--demo",
    "--steps",
    "2",
    "--side",
    "64",
    "--photos",
    "1",
    "--prompts",
    "2",
    "--corrections",
    "0",
    "--workers",
    "0",
]
TINY = Plan(steps=3, sides=(64,), photos=1, prompts=2, corrections=0.0, workers=0)


def trainer(folder: Path, plan: Plan = TINY) -> Trainer:
    torch.manual_seed(0)
    return Trainer(build_mini(64), DrawnPhotos(9, 96), folder, plan)


def pretraining(folder: Path) -> Pretraining:
    plan = MaePlan(steps=2, side=64, width=48, depth=3, heads=3, photos=2, workers=0)
    return Pretraining(DrawnPhotos(9, 96), folder, plan, Precision(torch.device("cpu")))


@pytest.mark.parametrize("run_of", [trainer, pretraining])
def test_a_run_that_its_folder_cannot_take_is_kept_elsewhere_and_goes_on_there(
    run_of: Callable[[Path], Any], tmp_path: Path, elsewhere: Path
) -> None:
    run = run_of(tmp_path / "run")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    real = run._save_in

    def watched(folder: Path) -> None:
        if folder.is_relative_to(elsewhere):
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        real(folder)

    run._save_in = watched
    with full_disk(), pytest.raises(SaveError, match="File too large; this run is in") as caught:
        run.run()
    kept = caught.value.kept
    assert kept is not None
    assert str(kept) in sentence(caught.value)
    names = {path.name for path in kept.iterdir()}
    assert {"state.pt", "weights.safetensors", "config.json", "metrics.jsonl"} <= names
    assert not any("part" in path.name for path in [*kept.iterdir(), *run.folder.iterdir()])
    assert not run.state_file.exists()
    again = run_of(kept)
    assert again.step == run.step
    assert again.progress() == 1


def test_a_checkpoint_on_the_way_that_fails_is_said_and_training_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = trainer(tmp_path / "run", Plan(**{**vars(TINY), "save_minutes": 0.0}))
    real, tries = run._save_in, []

    def sometimes(folder: Path) -> None:
        tries.append(run.step)
        if run.step == 1:
            with full_disk():
                real(folder)
        real(folder)

    monkeypatch.setattr(run, "_save_in", sometimes)
    run.run()
    assert tries == [1, 2, 3, 3]
    assert "took no checkpoint at step 1: File too large." in capsys.readouterr().out
    assert trainer(tmp_path / "run").step == 3


def test_a_log_that_cannot_be_written_is_written_later(tmp_path: Path) -> None:
    run = trainer(tmp_path / "run")
    log = run.folder / "metrics.jsonl"
    log.mkdir()
    run.step = 1
    run._log({"loss": 1.0})
    log.rmdir()
    run.step = 2
    run._log({"loss": 2.0})
    assert [line["step"] for line in read_log(run.folder)] == [1, 2]


def test_a_broken_state_is_said(tmp_path: Path) -> None:
    trainer(tmp_path / "run").run()
    (tmp_path / "run" / "state.pt").write_bytes(b"half of it")
    with pytest.raises(SamError, match=r"state\.pt is broken: remove it") as caught:
        trainer(tmp_path / "run")
    sentence(caught.value)


def test_a_file_is_no_runs_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "run"):
        with pytest.raises(SaveError, match=r"cannot be a run's folder: (File exists|Not a dir)"):
            trainer(folder)


def test_labels_stop_with_a_sentence_and_no_half_photo(
    tmp_path: Path, base: Sam, monkeypatch: pytest.MonkeyPatch
) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (300, 400, 3), np.uint8)
    (tmp_path / "photos").mkdir()
    Image.new("RGB", (40, 30)).save(tmp_path / "photos" / "a.png")
    Image.fromarray(noise).save(tmp_path / "photos" / "b.png")
    monkeypatch.setattr(pseudo, "label", lambda *_: ())
    with full_disk(), pytest.raises(SaveError, match="goes on from there") as caught:
        pseudo.label_folder(Segmenter(base), tmp_path / "photos", tmp_path / "labels")
    sentence(caught.value)
    assert sorted(path.name for path in (tmp_path / "labels").iterdir()) == ["a.jpg", "a.json"]
    assert pseudo.label_folder(Segmenter(base), tmp_path / "photos", tmp_path / "labels") == (2, 0)


def test_mixing_keeps_its_mixture(
    tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    model = tmp_path / "a.safetensors"
    save_sam(build_mini(64), model)
    filled(monkeypatch, mix, tmp_path)
    words = ["--old", str(model), "--new", str(model), "--keep", "0.5"]
    with pytest.raises(SystemExit):
        mix.main([*words, "--save", str(tmp_path / "b.safetensors")])
    assert "b.safetensors cannot be written: File too large; it is in" in capsys.readouterr().err
    [kept] = elsewhere.rglob("b.safetensors")
    assert load_trainable(kept).side == 64
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.safetensors", "elsewhere"]
