"""The frozen protocol, against an oracle that knows the masks."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from sam_widget.models.checkpoints import save_sam
from sam_widget.models.features import Features
from sam_widget.models.mini import build_mini
from sam_widget.training.clicks import innermost
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.data.photos import Photo, ShardPhotos
from sam_widget.training.evaluate import (
    Score,
    main,
    mean_over_sources,
    quick,
    score_photo,
    summary,
    table,
)

from .conftest import OLD_COCO, write_shard

pytestmark = OLD_COCO


def corner(mask: np.ndarray) -> tuple[int, int]:
    return int(mask.any(0).argmax()), int(mask.any(1).argmax())


class Oracle:
    """Knows the masks of one photo, and answers at the photo's own resolution.

    A prompt is known by its click or its box's corner. With `shrink`, a first click gets the right
    half of the mask only.
    """

    def __init__(self, photo: Photo, shrink: bool = False) -> None:
        self.masks = np.stack([a.array() for a in photo.annotations]).astype(bool)
        self.side = max(photo.pixels.size)
        self.shrink = shrink
        self.clicks: list[tuple[np.ndarray, np.ndarray]] = []
        self.prompt_encoder = self

    def get_dense_pe(self) -> torch.Tensor:
        return torch.zeros(1)

    def preprocess(self, pixels: torch.Tensor) -> torch.Tensor:
        return pixels

    def image_encoder(self, _: torch.Tensor) -> Features:
        return Features(torch.zeros(1))

    def decode(self, _, points=None, boxes=None, masks=None):
        given = boxes[:, :2] if points is None else points[0][:, 0]
        count = len(given)
        known = [corner(m) if points is None else innermost(m) for m in self.masks]
        # The model's pixel centres are whole numbers, a box's corner lies half a pixel before.
        asked = [tuple((xy + 0.5 * (points is None)).tolist()) for xy in given]
        truth = [self.masks[known.index(xy)] for xy in asked]
        if points is not None and masks is not None:
            self.clicks.append((points[0].numpy(), points[1].numpy()))
        out = np.full((count, 4, self.side, self.side), -1.0, np.float32)
        for i, mask in enumerate(truth):
            height, width = mask.shape
            shown = mask.copy()
            if self.shrink and masks is None and boxes is None:
                columns = np.flatnonzero(mask.any(0))
                shown[:, : (columns[0] + columns[-1] + 1) // 2] = False
            out[i, 0 if boxes is not None or masks is not None else 2, :height, :width] = np.where(
                shown, 1, -1
            )
        iou = torch.tensor([[0.0, 0.1, 1.0, 0.2]]).expand(count, 4)
        return torch.from_numpy(out), iou


@pytest.fixture
def photo() -> Photo:
    drawn = DrawnPhotos(1, 120)[0]
    return Photo(drawn.pixels, drawn.annotations[:8], drawn.source)


def test_an_oracle_scores_one(photo: Photo) -> None:
    scores = score_photo(Oracle(photo), photo, clicks=2)
    assert len(scores) == len(photo.annotations)
    for score in scores:
        assert score.values == {
            "one_click": 1,
            "best_of_three": 1,
            "calibration": 0,
            "bias": 0,
            "box": 1,
            "clicks_2": 1,
        }


def test_a_later_click_goes_into_the_error_with_the_logits_fed_back(photo: Photo) -> None:
    oracle = Oracle(photo, shrink=True)
    scores = score_photo(oracle, photo, clicks=2)
    for score, mask in zip(scores, oracle.masks, strict=True):
        kept = mask.copy()
        columns = np.flatnonzero(mask.any(0))
        kept[:, : (columns[0] + columns[-1] + 1) // 2] = False
        iou = kept.sum() / mask.sum()
        assert score.values["one_click"] == pytest.approx(iou)
        assert score.values["calibration"] == pytest.approx(1 - iou)
        assert score.values["bias"] == pytest.approx(1 - iou)
        assert score.values["clicks_2"] == 1
    xy, labels = (np.concatenate(parts) for parts in zip(*oracle.clicks, strict=True))
    assert xy.shape == (len(scores), 2, 2)
    assert (labels == 1).all()  # what is missed is clicked positive
    for (x, y), mask in zip(xy[:, 1], oracle.masks, strict=True):
        columns = np.flatnonzero(mask.any(0))
        assert mask[round(float(y)), round(float(x))]
        assert x < (columns[0] + columns[-1] + 1) // 2


def test_means_are_taken_per_source_first() -> None:
    scores = [
        Score("a", "object", {"box": 1.0}),
        Score("a", "part", {"box": 0.0}),
        Score("a", "part", {"box": 0.5}),
        Score("b", "object", {"box": 0.0}),
    ]
    assert mean_over_sources(scores) == {"box": 0.25}
    means = summary(scores)
    assert means["all"] == {"box": 0.25, "masks": 4}
    assert means["kind object"] == {"box": 0.5, "masks": 2}
    assert means["kind part"] == {"box": 0.25, "masks": 2}
    assert means["source a"] == {"box": 0.5, "masks": 3}
    assert "baseline: superpixels" in table(means)


def test_the_command_line_scores_a_weights_file(
    tmp_path: Path, masks: list[np.ndarray], capsys: pytest.CaptureFixture
) -> None:
    shard = write_shard(tmp_path / "val.tar", {"cats-1": masks, "dogs-1": masks[1:]})
    torch.manual_seed(0)
    save_sam(build_mini(64), tmp_path / "weights.safetensors")
    words = ["--weights", tmp_path / "weights.safetensors", "--data", shard]
    main([str(w) for w in [*words, "--clicks", "3", "--json", tmp_path / "out.json"]])
    told = capsys.readouterr().out
    assert "source dogs" in told
    assert "2 photos, 3 masks" in told
    result = json.loads((tmp_path / "out.json").read_text())
    assert result["side"] == 64
    assert 0 <= result["means"]["all"]["clicks_3"] <= 1


def test_a_quick_look_takes_a_few_of_each_source(shard: Path) -> None:
    torch.manual_seed(0)
    found = quick(ShardPhotos([shard]), per_source=1, masks=1)(build_mini(64))
    assert set(found) == {"one_click", "best_of_three", "calibration", "bias", "box"}


def test_some_sources_alone(
    tmp_path: Path, masks: list[np.ndarray], capsys: pytest.CaptureFixture
) -> None:
    shard = write_shard(tmp_path / "val.tar", {"cats-1": masks, "dogs-1": masks[1:]})
    torch.manual_seed(0)
    save_sam(build_mini(64), tmp_path / "weights.safetensors")
    words = ["--weights", str(tmp_path / "weights.safetensors"), "--data", str(shard)]
    main([*words, "--only", "dogs"])
    told = capsys.readouterr().out
    assert "1 photos, 1 masks" in told
    assert "source cats" not in told
    for wrong, why in (
        ([*words, "--only", "pigs"], "no photo is from pigs; there are cats, dogs"),
        ([*words, "--clicks", "0"], "1 to 10 clicks"),
        ([*words, "--json", "nowhere/out.json"], "nowhere/out.json cannot be written"),
        (["--data", "nowhere"], "nowhere does not exist"),
        ([*words, "--side", "100"], "must be a multiple of 32 px"),
        (["--data", str(shard), "--weights", "no/such.pth"], "no/such.pth"),
    ):
        with pytest.raises(SystemExit):
            main(wrong)
        assert why in capsys.readouterr().err
