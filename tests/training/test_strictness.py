"""Thresholds of one model that are as strict as another's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from sam_widget.models.checkpoints import load_model, save_sam
from sam_widget.models.mini import build_mini
from sam_widget.models.thresholds import Thresholds
from sam_widget.segment.segmenter import Segmenter
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.strictness import as_strict, main, sureness

from .conftest import OLD_COCO, write_shard

pytestmark = OLD_COCO


def test_equal_shares_are_left() -> None:
    rng = np.random.default_rng(0)
    theirs = rng.uniform(0.5, 1, (4000, 2))
    ours = np.stack([(theirs[:, 0] - 0.5) / 2, theirs[:, 1] ** 2], 1)  # lower, in the same order
    found = as_strict(ours, theirs, Thresholds(0.88, 0.95))
    assert found.predicted_iou == pytest.approx(0.19, abs=0.01)
    assert found.stability_score == pytest.approx(0.95**2, abs=0.01)
    kept = [
        np.mean((x[:, 0] > t.predicted_iou) & (x[:, 1] >= t.stability_score))
        for x, t in ((theirs, Thresholds()), (ours, found))
    ]
    assert kept[1] == pytest.approx(kept[0], abs=0.01)


def test_a_model_is_as_strict_as_itself() -> None:
    sure = np.random.default_rng(1).uniform(0, 1, (2000, 2))
    found = as_strict(sure, sure, Thresholds(0.4, 0.7))
    assert (found.predicted_iou, found.stability_score) == pytest.approx((0.4, 0.7), abs=0.011)


@pytest.mark.parametrize("level", [-1.0, 2.0])
def test_where_all_or_nothing_is_left_the_threshold_is_still_one(level: float) -> None:
    theirs, ours = np.full((50, 2), level), np.random.default_rng(0).uniform(-1, 2, (50, 2))
    found = as_strict(ours, theirs, Thresholds())
    assert found.predicted_iou in {0.0, 1.0}


def test_a_photo_is_asked_at_64_points_for_three_masks_each() -> None:
    torch.manual_seed(0)
    segmenter = Segmenter(build_mini(64).eval())
    sure = sureness(segmenter, np.asarray(DrawnPhotos(1, 96)[0].pixels))
    assert sure.shape == (64 * 3, 2)
    assert sure[:, 1].min() >= 0
    assert sure[:, 1].max() <= 1


def test_the_command_line_writes_them_beside_the_weights(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torch.manual_seed(0)
    save_sam(build_mini(64), tmp_path / "a.safetensors")
    photo = DrawnPhotos(1, 96)[0]
    masks = [each.array().astype(bool) for each in photo.annotations]
    shard = write_shard(tmp_path / "val.tar", {"cats-1": masks, "dogs-1": masks})
    words = ["--data", shard, "--weights", tmp_path / "a.safetensors", "--photos", "2"]
    words += ["--like", tmp_path / "a.safetensors", "--save", tmp_path / "b.safetensors"]
    main([str(word) for word in words])
    said = capsys.readouterr().out
    found = load_model(tmp_path / "b.safetensors", "cpu").thresholds
    assert str(found) in said
    with pytest.raises(SystemExit):
        main(["--data", str(shard), "--weights", "nowhere.pth", "--like", "mini"])
    assert "nowhere.pth" in capsys.readouterr().err


@pytest.mark.parametrize("more", [("--photos", "0"), ("--photos", "-2"), ("--save", ".")])
def test_a_senseless_word_is_refused_before_the_work(
    more: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--data", str(tmp_path), "--weights", "mini", "--like", "mini", *more]
    with pytest.raises(SystemExit):
        main(words)
    assert {"--photos": "at least one photo", "--save": "it is a folder"}[
        more[0]
    ] in capsys.readouterr().err
