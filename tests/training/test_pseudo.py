"""Pseudo-labels: what a model is sure of, on drawn photos whose truth is known."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sam_widget.masks import Mask
from sam_widget.models.checkpoints import load_model, save_sam
from sam_widget.models.sam import Sam
from sam_widget.segment.segmenter import Segmenter
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.data.photos import DataError
from sam_widget.training.data.readers import open_photos
from sam_widget.training.forms import trainable
from sam_widget.training.pseudo import Sure, label, label_folder, main

from .conftest import OLD_COCO

pytestmark = [OLD_COCO, pytest.mark.slow]

DRAWN = DrawnPhotos(20, 384)
EASY = Sure(points=8, iou=0.4, stability=0.55)


@pytest.fixture
def sam() -> Sam:
    sam = load_model("mini", "cpu", "float32")
    sam.side = 384
    return sam


def test_labels_lie_on_what_was_drawn(sam: Sam) -> None:
    segmenter = Segmenter(sam)
    reached = []
    for number in range(3):
        photo = DRAWN[number]
        truth = [Mask.from_array(a.array().astype(bool)) for a in photo.annotations]
        found = label(segmenter, np.asarray(photo.pixels), EASY)
        reached += [max(each.mask.iou(mask) for mask in truth) for each in found]
        for each in found:
            assert each.predicted_iou > EASY.iou
            assert each.stability_score >= EASY.stability
    assert len(reached) >= 5
    assert np.mean(reached) > 0.6


def test_whole_photos_and_specks_are_no_things(sam: Sam) -> None:
    segmenter, pixels = Segmenter(sam), np.asarray(DRAWN[1].pixels)
    area = pixels.shape[0] * pixels.shape[1]
    found = label(segmenter, pixels, EASY)
    shares = sorted(each.mask.area / area for each in found)
    narrow = replace(EASY, smallest=shares[1], largest=shares[-2], most=len(shares))
    left = sorted(each.mask.area / area for each in label(segmenter, pixels, narrow))
    assert left == shares[1:-1]
    assert len(label(segmenter, pixels, replace(EASY, most=1))) == 1


def test_a_folder_is_labelled_read_back_and_not_labelled_twice(
    sam: Sam, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photos, labels = tmp_path / "photos", tmp_path / "labels"
    (photos / "deep").mkdir(parents=True)
    for name, number in (("a.png", 1), ("deep/a.png", 2)):
        DRAWN[number].pixels.save(photos / name)
    (photos / "broken.jpg").write_bytes(b"no picture")
    segmenter = Segmenter(sam)
    count, masks = label_folder(segmenter, photos, labels, EASY)
    assert count == 2
    read = open_photos(labels)
    assert [p.name for p in sorted(labels.glob("*.json"))] == ["a.json", "deep_a.json"]
    expected = label(segmenter, np.asarray(DRAWN[1].pixels), EASY)
    assert masks == len(read[0].annotations) + len(read[1].annotations) > len(expected)
    for annotation, each in zip(read[0].annotations, expected, strict=True):
        np.testing.assert_array_equal(annotation.array() > 0, each.mask.to_array())
    told = json.loads((labels / "a.json").read_text())
    assert told["annotations"][0]["area"] == expected[0].mask.area
    with Image.open(labels / "a.jpg") as picture:
        assert picture.size == (told["image"]["width"], told["image"]["height"])

    (labels / "a.json").write_text("{}")
    path = tmp_path / "model.safetensors"
    save_sam(trainable(sam), path)
    main(["--photos", str(photos), "--to", str(labels), "--model", str(path)])
    assert "2 photos labelled" in capsys.readouterr().out
    assert (labels / "a.json").read_text() == "{}"


def test_photos_of_one_name_are_labelled_apart(sam: Sam, tmp_path: Path) -> None:
    photos, labels = tmp_path / "photos", tmp_path / "labels"
    (photos / "a").mkdir(parents=True)
    for number, name in enumerate(("a_b.png", "a_b.jpg", "a/b.jpg")):
        DRAWN[number].pixels.resize((64, 64)).save(photos / name)
    label_folder(Segmenter(sam), photos, labels, replace(EASY, points=2))
    names = {"a_b", "a_b_jpg", "a_b_png"}
    assert {path.stem for path in labels.glob("*.json")} == names
    assert {path.stem for path in labels.glob("*.jpg")} == names


def test_photos_of_yours_are_not_written_over(sam: Sam, tmp_path: Path) -> None:
    DRAWN[1].pixels.save(tmp_path / "a.jpg")
    before = (tmp_path / "a.jpg").read_bytes()
    for to in (tmp_path, tmp_path / "labels", tmp_path / "x" / ".."):
        with pytest.raises(DataError, match="a folder of their own"):
            label_folder(Segmenter(sam), tmp_path, to)
    assert [path.name for path in tmp_path.iterdir()] == ["a.jpg"]
    assert (tmp_path / "a.jpg").read_bytes() == before


def test_a_folder_without_pictures_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(DataError, match="no picture in"):
        label_folder(Segmenter(load_model("mini", "cpu")), tmp_path / "from", tmp_path / "to")
    with pytest.raises(SystemExit):
        main(["--photos", str(tmp_path), "--to", "x", "--model", "nobody"])
    assert "no model called 'nobody'" in capsys.readouterr().err
