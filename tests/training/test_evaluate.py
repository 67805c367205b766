"""The frozen protocol, against an oracle that knows the masks."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from pycocotools import mask as coco_mask
from scipy import ndimage

from sam_widget import SamPredictor
from sam_widget.models.architectures import at_side
from sam_widget.models.checkpoints import load_model, save_sam
from sam_widget.models.features import Features
from sam_widget.models.mini import build_mini
from sam_widget.models.sam import Sam
from sam_widget.models.thresholds import Thresholds
from sam_widget.segment.prompts import Prompts
from sam_widget.segment.segmenter import Segmenter
from sam_widget.training.clicks import correction, innermost
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.data.photos import Annotation, Photo, ShardPhotos
from sam_widget.training.evaluate import _load, main, quick, score_photo

from .conftest import OLD_COCO, write_shard

pytestmark = OLD_COCO


def corner(mask: np.ndarray) -> tuple[int, int]:
    return int(mask.any(0).argmax()), int(mask.any(1).argmax())


class Oracle:
    """Knows the masks of one photo, and answers at the photo's own resolution.

    A prompt is known by its click or its box's corner. With `shrink`, a first click gets the right
    half of the mask only.
    """

    grid = 1
    thresholds = Thresholds()

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
        out = np.full((count, 4, self.side, self.side), -2.0, np.float32)
        for i, mask in enumerate(truth):
            height, width = mask.shape
            shown = mask.copy()
            if self.shrink and masks is None and boxes is None:
                columns = np.flatnonzero(mask.any(0))
                shown[:, : (columns[0] + columns[-1] + 1) // 2] = False
            out[i, 0 if boxes is not None or masks is not None else 2, :height, :width] = np.where(
                shown, 2, -2
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
            "leading": 1,
            "best_of_three": 1,
            "calibration": 0,
            "bias": 0,
            "fragmented": 0,
            "leading_fragmented": 0,
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


class Told(Oracle):
    """Says the same to every prompt: an empty mask, and the logits and predicted IoU of three."""

    def __init__(self, photo: Photo, logits: np.ndarray, iou: list[float]) -> None:
        super().__init__(photo)
        height, width = logits.shape[1:]
        square = np.full((1, 4, self.side, self.side), -5.0, np.float32)
        square[0, 1:, :height, :width] = logits
        self.answer = torch.from_numpy(square), torch.tensor([[0.0, *iou]])

    def decode(self, *_, **__):
        return self.answer


@pytest.mark.parametrize("pieces", [3, 4])
def test_the_likeliest_mask_is_scored_and_the_one_that_leads(pieces: int) -> None:
    truth = np.zeros((60, 90), bool)
    truth[10:50, 20:60] = True
    shreds = np.zeros_like(truth)
    for i in range(pieces):
        shreds[10:50, 20 + 10 * i : 25 + 10 * i] = True
    shreds[9, 19] = True  # touches the first by its corner
    # A faint mask, which a higher cut loses, and a steady one.
    logits = np.where(np.stack([truth, shreds, ~truth]), 5.0, -5.0)
    logits[0] = np.where(truth, 0.5, -5)
    code = coco_mask.encode(np.asfortranarray(truth.astype(np.uint8)))
    photo = Photo(Image.new("RGB", (90, 60)), (Annotation(code),), "drawn")
    [score] = score_photo(Told(photo, logits, [0.9, 0.8, 0.1]), photo)
    assert score.values["one_click"] == 1
    assert score.values["leading"] == pytest.approx(
        pieces * 200 / 1601, abs=1e-3
    )  # the corner melts
    assert score.values["fragmented"] == 0
    assert score.values["leading_fragmented"] == (pieces > 3)
    [score] = score_photo(Told(photo, logits[[1, 0, 2]], [0.9, 0.1, 0.1]), photo)
    assert score.values["fragmented"] == (pieces > 3)


@pytest.fixture(scope="module")
def mini() -> Sam:
    return at_side(load_model("mini", "cpu", "float32"), 256)


def overlap(mask: np.ndarray, truth: np.ndarray) -> float:
    return (mask & truth).sum() / (mask | truth).sum()


def test_the_widgets_own_answer_is_the_one_that_leads(mini: Sam) -> None:
    drawn = DrawnPhotos(2, 300)[1]
    segmenter = Segmenter(mini)
    embedding = segmenter.embed(np.asarray(drawn.pixels))
    scores = score_photo(mini, drawn)
    for score, annotation in zip(scores, drawn.annotations, strict=True):
        truth = annotation.array().astype(bool)
        click = np.array([innermost(truth)], np.float32) + 0.5
        said = segmenter.predict(embedding, Prompts(click, np.array([1])))
        shown = said.masks()[said.best].to_array()
        assert score.values["leading"] == pytest.approx(overlap(shown, truth), abs=1e-6)
    assert any(score.values["leading"] != score.values["one_click"] for score in scores)


def test_the_protocol_by_the_predictor_that_everybody_knows(mini: Sam) -> None:
    drawn = DrawnPhotos(2, 256)[1]  # as large as the model's input: nothing is resized
    predictor = SamPredictor(mini)
    predictor.set_image(np.asarray(drawn.pixels))
    for score, annotation in zip(score_photo(mini, drawn, 2), drawn.annotations, strict=True):
        truth = annotation.array().astype(bool)
        clicks, labels = np.array([innermost(truth)]), np.ones(1)
        masks, sure, logits = predictor.predict(clicks, labels)
        best = sure.argmax()
        click, positive = correction(masks[best], truth)
        clicks, labels = np.append(clicks, [click], 0), np.append(labels, positive)
        fed = logits[best : best + 1]
        again, *_ = predictor.predict(clicks, labels, None, fed, multimask_output=False)
        ys, xs = np.nonzero(truth)
        box = np.array([xs.min(), ys.min(), xs.max() + 1, ys.max() + 1]) - 0.5
        boxed, *_ = predictor.predict(box=box, multimask_output=False)
        reached = [overlap(mask, truth) for mask in masks]
        expected = {
            "one_click": reached[best],
            "best_of_three": max(reached),
            "calibration": abs(sure[best] - reached[best]),
            "bias": sure[best] - reached[best],
            "fragmented": float(ndimage.label(masks[best], np.ones((3, 3)))[1] > 3),
            "box": overlap(boxed[0], truth),
            "clicks_2": overlap(again[0], truth),
        }
        for name, value in expected.items():
            assert score.values[name] == pytest.approx(value, abs=0.005), name


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """The file of a model with random weights."""
    torch.manual_seed(0)
    path = tmp_path / "weights.safetensors"
    save_sam(build_mini(64), path)
    return path


@pytest.fixture
def val(tmp_path: Path, masks: list[np.ndarray]) -> Path:
    return write_shard(tmp_path / "val.tar", {"cats-1": masks, "dogs-1": masks[1:]})


def test_the_command_line_scores_a_weights_file(
    tmp_path: Path, val: Path, weights: Path, capsys: pytest.CaptureFixture
) -> None:
    words = ["--weights", weights, "--data", val]
    main([str(w) for w in [*words, "--clicks", "3", "--json", tmp_path / "out.json"]])
    told = capsys.readouterr().out
    assert "source dogs" in told
    assert "2 photos, 3 masks" in told
    result = json.loads((tmp_path / "out.json").read_text())
    assert (result["photos"], result["masks"]) == (2, 3)
    [model] = result["models"]
    assert model["side"] == 64
    assert 0 <= model["means"]["all"]["clicks_3"] <= 1
    assert model["differences"] == {}


def test_the_command_line_compares_models_on_the_same_masks(
    tmp_path: Path, val: Path, weights: Path, capsys: pytest.CaptureFixture
) -> None:
    models = [str(weights), f"{weights}:96", str(weights)]
    out = tmp_path / "out.json"
    main(["--weights", *models, "--data", str(val), "--json", str(out)])
    told = capsys.readouterr().out
    assert f"2: {weights}, 96 px" in told
    one, other, again = json.loads(out.read_text())["models"]
    assert [m["side"] for m in (one, other, again)] == [64, 96, 64]
    main(["--weights", f"{weights}:96", "--data", str(val), "--json", str(out)])
    [alone] = json.loads(out.read_text())["models"]
    assert other["means"] == alone["means"]  # in company as alone
    assert again["means"] == one["means"]
    for group, means in one["means"].items():
        for name, found in other["differences"][group].items():
            assert found["mean"] == pytest.approx(other["means"][group][name] - means[name])
            assert found["low"] <= found["mean"] <= found["high"]
            assert again["differences"][group][name] == {"mean": 0, "low": 0, "high": 0}


def test_a_quick_look_takes_a_few_of_each_source(shard: Path) -> None:
    torch.manual_seed(0)
    found = quick(ShardPhotos([shard]), per_source=1, masks=1)(build_mini(64))
    assert set(found) == {
        *("one_click", "leading", "best_of_three", "calibration", "bias"),
        *("fragmented", "leading_fragmented", "box"),
    }


def test_some_sources_alone(val: Path, weights: Path, capsys: pytest.CaptureFixture) -> None:
    words = ["--weights", str(weights), "--data", str(val)]
    main([*words, "--only", "dogs"])
    told = capsys.readouterr().out
    assert "1 photos, 1 masks" in told
    assert "source cats" not in told
    for wrong, why in (
        ([*words, "--only", "pigs"], "no photo is from pigs; there are cats, dogs"),
        ([*words, "--clicks", "0"], "1 to 10 clicks"),
        ([*words, "--json", "nowhere/out.json"], "nowhere/out.json cannot be written"),
        (["--data", "nowhere"], "nowhere does not exist"),
        (["--data", str(val), "--weights", f"{weights}:100"], "must be a multiple of 32 px"),
        (["--data", str(val), "--weights", "mini", "no/such.pth"], "no/such.pth"),
    ):
        with pytest.raises(SystemExit):
            main(wrong)
        assert why in capsys.readouterr().err


@pytest.mark.parametrize("photos", ["0", "-3"])
def test_at_least_one_photo(shard: Path, photos: str, capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit):
        main(["--data", str(shard), "--photos", photos])
    assert "at least one photo" in capsys.readouterr().err


def test_a_file_may_be_named_like_a_side(tmp_path: Path) -> None:
    path = tmp_path / "a:512"
    save_sam(build_mini(64), path)
    name, sam = _load(str(path))
    assert (name, sam.side) == (str(path), 64)
