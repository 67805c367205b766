"""The measure of fine-tuning: who learns, who judges, and the table."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from sam_widget.models.checkpoints import load_model, save_sam
from sam_widget.training import few_photos
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.data.photos import DataError, Photo
from sam_widget.training.few_photos import Course
from sam_widget.training.forms import trainable
from sam_widget.training.gain import Trial, main, measure, table

from .conftest import OLD_COCO, write_shard

pytestmark = [OLD_COCO, pytest.mark.slow]

DRAWN = DrawnPhotos(60, 128)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    sam = load_model("mini", "cpu", "float32")
    sam.side = 64
    path = tmp_path / "base.safetensors"
    save_sam(trainable(sam), path)
    return path


class Named:
    """Drawn photos that pretend to be of several sources."""

    def __init__(self, sources: list[str]) -> None:
        self.sources = sources
        self.read: list[int] = []

    def __getitem__(self, number: int) -> Photo:
        self.read.append(number)
        photo = DRAWN[number]
        return Photo(photo.pixels, photo.annotations, self.sources[number])


def test_gain_is_measured_on_photos_that_were_not_learnt(base: Path) -> None:
    photos = Named(["leaves"] * 7 + ["boards"] * 6 + ["other"] * 3)
    learnt: list[set[int]] = []
    real = few_photos.Stream

    class Watched(real):
        def __init__(self, chosen, *more):
            learnt.append(set(chosen.numbers))
            super().__init__(chosen, *more)

    few_photos.Stream = Watched
    try:
        trial = Trial(("leaves", "boards"), learn=3, judge=3, rest=2)
        gains = measure(base, photos, trial, Course(steps=2))
    finally:
        few_photos.Stream = real
    assert [gain.source for gain in gains] == ["leaves", "boards"]
    assert [len(numbers) for numbers in learnt] == [3, 3]
    assert learnt[0] < set(range(7))
    assert learnt[1] < set(range(7, 13))
    judged = set(photos.read) - learnt[0] - learnt[1]
    assert len(judged & set(range(7))) == 3
    assert judged & set(range(13, 16)) == {13, 14}
    assert gains[0].before != gains[0].after
    assert gains[0].rest_before == gains[1].rest_before != gains[0].rest_after
    lines = table(gains).splitlines()
    assert len(lines) == 5
    assert f"{gains[0].after['one_click']:.3f}" in lines[1]
    with pytest.raises(DataError, match="boards has 6 photos; 7 are needed"):
        measure(base, photos, Trial(("boards",), 3, 4), Course(steps=1))


def test_the_command_line(
    base: Path, tmp_path: Path, masks: list[np.ndarray], capsys: pytest.CaptureFixture[str]
) -> None:
    cats = {f"cats-{number}": masks for number in range(3)}
    write_shard(tmp_path / "train-00.tar", {**cats, "dogs-1": masks})
    write_shard(tmp_path / "val.tar", {"dogs-2": masks[1:]})
    words = ["--data", str(tmp_path), "--model", str(base), "--learn", "1", "--judge", "2"]
    out = tmp_path / "gain.json"
    main([*words, "--sources", "cats", "--steps", "1", "--json", str(out)])
    [gain] = json.loads(out.read_text())
    assert gain["source"] == "cats"
    lines = capsys.readouterr().out.splitlines()
    assert f"{gain['before']['box']:.3f} {gain['after']['box']:.3f}" in lines[1]
    assert f"{gain['rest_before']['one_click']:.3f}" in lines[2]
    with pytest.raises(SystemExit):
        main(words)
    assert "coffee_leaves has 0 photos; 3 are needed" in capsys.readouterr().err
