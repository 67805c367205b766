"""What everything mode leaves out: published for SAM, a model's own, or what its file says."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors import safe_open

from sam_widget.models.checkpoints import CheckpointError, load_model, save_sam
from sam_widget.models.mini import build_mini
from sam_widget.models.sam import Sam
from sam_widget.models.thresholds import Thresholds
from sam_widget.models.vit import SIZES, build_vit
from sam_widget.segment.everything.search import Search
from sam_widget.segment.segmenter import Segmenter
from sam_widget.training.forms import trainable


@pytest.fixture(scope="module")
def mini() -> Sam:
    torch.manual_seed(0)
    return build_mini(64)


def test_a_sam_has_the_published_ones() -> None:
    with torch.device("meta"):
        assert build_vit(SIZES["vit_b"]).thresholds == Thresholds(0.88, 0.95)
    assert Search() == Search.suited(Thresholds())


def test_mini_has_its_own(mini: Sam) -> None:
    assert mini.thresholds == Thresholds(0.4, 0.4)
    assert Search.suited(Segmenter(mini).thresholds, points_per_side=8) == Search(
        8, pred_iou_thresh=0.4, stability_score_thresh=0.4
    )


def test_what_is_said_counts_more_than_what_suits() -> None:
    search = Search.suited(Thresholds(0.4, 0.4), pred_iou_thresh=0.7)
    assert (search.pred_iou_thresh, search.stability_score_thresh) == (0.7, 0.4)


def test_a_file_says_them_and_they_stay_with_the_weights(mini: Sam, tmp_path: Path) -> None:
    mini.thresholds = Thresholds(0.55, 0.75)
    save_sam(mini, tmp_path / "own.safetensors")
    again = load_model(tmp_path / "own.safetensors", "cpu")
    assert again.thresholds == Thresholds(0.55, 0.75)
    save_sam(trainable(again), tmp_path / "tuned.safetensors")
    assert load_model(tmp_path / "tuned.safetensors", "cpu").thresholds == Thresholds(0.55, 0.75)
    with safe_open(tmp_path / "own.safetensors", "pt") as file:
        assert '"predicted_iou": "0.55"' in file.metadata()["sam_widget"]


@pytest.mark.parametrize("said", ["1.5", "-0.1", "nan", "much", ""])
def test_a_file_that_says_nonsense_is_refused(said: str, tmp_path: Path, mini: Sam) -> None:
    path = tmp_path / "own.safetensors"
    save_sam(mini, path, {"predicted_iou": said})
    with pytest.raises(CheckpointError, match=r"threshold of predicted_iou .* from 0 to 1"):
        load_model(path, "cpu")


def test_published_levels_become_as_strict_ones_of_the_models_own():
    own = Thresholds(0.4, 0.8)
    assert own.for_published(0.88, 0.95) == (0.4, 0.8)
    assert own.for_published(0.0, 0.0) == (0.0, 0.0)
    assert own.for_published(1.0, 1.0) == pytest.approx((1.0, 1.0))
    assert own.for_published(0.44, 0.475) == pytest.approx((0.2, 0.4))
    assert own.for_published(-1.0, 2.0) == (-1.0, 2.0)  # takes all, and nothing, as they do
    assert Thresholds().for_published(0.5, 0.9) == (0.5, 0.9)
