"""Shards, weights of sources, batches."""

from __future__ import annotations

import io
import json
import tarfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from pycocotools import mask as coco_mask

from sam_widget.training.data.augment import Recipe, make_example
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.data.photos import (
    Annotation,
    DataError,
    Photo,
    ShardPhotos,
    photo_weights,
    training_shards,
)
from sam_widget.training.data.stream import Stream, batches, collate
from tests.training.conftest import OLD_COCO, add, write_shard

pytestmark = OLD_COCO

DRAWN = DrawnPhotos(20, 96)


def test_a_shard_is_read_as_it_was_written(shard: Path, masks: list[np.ndarray]) -> None:
    photos = ShardPhotos([shard])
    assert photos.names == ["cats-1", "cats-2", "dogs-1"]
    assert photos.sources == ["cats", "cats", "dogs"]
    photo = photos[0]
    assert photo.pixels.size == (90, 60)
    assert [a.kind for a in photo.annotations] == ["part", "part"]
    for annotation, mask in zip(photo.annotations, masks, strict=True):
        np.testing.assert_array_equal(annotation.array(), mask)
        assert (np.asarray(photo.pixels)[mask] == 255).all()


def test_sa1bs_shards_are_one_source(tmp_path: Path, masks: list[np.ndarray]) -> None:
    shard = write_shard(tmp_path / "sa_000000.tar", {"./sa_1": masks, "./sa_22": masks[1:]})
    photos = ShardPhotos([shard])
    assert photos.sources == ["sa", "sa"]
    np.testing.assert_array_equal(photos[1].annotations[0].array(), masks[1])


def test_a_broken_photo_in_a_shard_is_named(tmp_path: Path) -> None:
    path = tmp_path / "train-00.tar"
    with tarfile.open(path, "w") as tar:
        add(tar, "cats-1.webp", b"no picture")
        add(tar, "cats-1.json", b"{}")
    with pytest.raises(DataError, match=r"cats-1 in .*train-00\.tar cannot be read"):
        ShardPhotos([path])[0]


@pytest.mark.parametrize(
    ("segmentation", "told"),
    [
        ({"size": [6, 9], "counts": "0"}, r"a mask of \[6, 9\].* photo of 60 x 90"),
        ({"size": [60, 90], "counts": "21"}, "not to 5400 px"),
        ("circle", "neither polygons nor run lengths"),
    ],
)
def test_a_mask_in_a_shard_fits_its_photo(tmp_path: Path, segmentation: object, told: str) -> None:
    path = tmp_path / "sa_0.tar"
    picture = io.BytesIO()
    Image.new("RGB", (90, 60)).save(picture, "PNG")
    records = [{"segmentation": [[1, 1, 5, 5]]}, {"segmentation": [[0, 0, 4, 0, 4, 3, 0, 3]]}]
    for more, name in (([], "sa_1"), ([{"segmentation": segmentation}], "sa_2")):
        with tarfile.open(path, "w") as tar:
            add(tar, f"{name}.png", picture.getvalue())
            add(tar, f"{name}.json", json.dumps({"annotations": records + more}).encode())
        if more:
            with pytest.raises(DataError, match=f"{name} in .*: .*{told}"):
                ShardPhotos([path])[0]
        else:
            [drawn] = ShardPhotos([path])[0].annotations
            assert drawn.array().sum() == 12


def test_training_never_sees_the_validation_shard(shard: Path) -> None:
    shard.with_name("val.tar").write_bytes(shard.read_bytes())
    assert training_shards(shard.parent) == [shard]


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no train-\*\.tar"):
        training_shards(tmp_path)
    broken = tmp_path / "train-00.tar"
    broken.write_text("no tar")
    with pytest.raises(DataError, match="cannot be read as a tar shard"):
        ShardPhotos([broken])
    with tarfile.open(broken, "w") as tar:
        add(tar, "cats-1.webp", b"a picture without its JSON")
    with pytest.raises(DataError, match="no photo with masks"):
        ShardPhotos([broken])


def test_sources_are_drawn_by_the_root_of_their_photos() -> None:
    weights = photo_weights(["big"] * 400 + ["small"] * 4 + ["dsb2018"] * 4)
    assert weights.sum() == pytest.approx(1)
    big, small, dense = weights[:400].sum(), weights[400:404].sum(), weights[404:].sum()
    assert big / small == pytest.approx(10)
    assert dense / small == pytest.approx(0.6)


def test_the_stream_follows_the_weights_and_the_seed(shard: Path) -> None:
    stream = Stream(ShardPhotos([shard]), Recipe(64, prompts=2), seed=1)
    drawn = [stream[i].source for i in range(200)]
    assert drawn.count("cats") / 200 == pytest.approx(2**0.5 / (1 + 2**0.5), abs=0.1)
    again = Stream(ShardPhotos([shard]), Recipe(64, prompts=2), seed=1)[7]
    torch.testing.assert_close(stream[7].image, again.image)
    torch.testing.assert_close(stream[7].boxes, again.boxes)
    other = Stream(ShardPhotos([shard]), Recipe(64, prompts=2), seed=2)
    assert any(not torch.equal(stream[i].image, other[i].image) for i in range(3))


@pytest.mark.parametrize("workers", [0, 1])
def test_batches_go_on_where_they_are_told(shard: Path, workers: int) -> None:
    stream = Stream(ShardPhotos([shard]), Recipe(64), seed=1)
    source = batches(stream, first=6, per_batch=3, workers=workers, collate=collate)
    next(source)
    batch = next(source)
    source.close()
    assert batch.images.shape == (3, 3, 64, 64)
    torch.testing.assert_close(batch.images, collate([stream[i] for i in (9, 10, 11)]).images)


def test_an_example_without_crop_is_the_photo_scaled(masks: list[np.ndarray]) -> None:
    pixels = np.zeros((60, 90, 3), np.uint8)
    pixels[masks[0]] = 255
    annotations = compressed(masks)
    for seed in range(20):
        recipe = Recipe(192, crop=0.0, boxes=0.5)
        example = make_example(
            Image.fromarray(pixels), annotations, "cats", recipe, np.random.default_rng(seed)
        )
        assert example is not None
        width, height = example.size
        assert max(width, height) <= 192
        assert width / height == pytest.approx(1.5, abs=0.05)
        assert not example.image[:, height:].any()
        assert not example.image[:, :, width:].any()
        assert example.masks.shape == (2, 96, 96)
        share = (example.masks > 127).float().sum((1, 2)) * 4 / (width * height)
        expected = sorted(m.mean() for m in masks)
        np.testing.assert_allclose(sorted(share.tolist()), expected, rtol=0.2)
        for mask, (x, y), box in zip(example.masks, example.clicks, example.boxes, strict=True):
            inside = torch.nn.functional.interpolate(mask[None, None].float(), scale_factor=2)
            assert inside[0, 0, int(y + 0.5), int(x + 0.5)] > 127
            assert box[2] > box[0]
            assert box[3] > box[1]
            assert box.min() >= -0.5
            assert box[2] <= width - 0.5


def test_a_mask_cropped_away_is_dropped(masks: list[np.ndarray]) -> None:
    speck = np.zeros((60, 90), bool)
    speck[0, 0] = True
    picture = Image.new("RGB", (90, 60))
    rng = np.random.default_rng(0)
    assert make_example(picture, compressed([speck]), "cats", Recipe(64), rng) is None
    example = make_example(picture, compressed([speck, masks[0]]), "cats", Recipe(64), rng)
    assert example is not None
    assert len(example.masks) == 1


def test_upside_down_only_where_that_means_nothing() -> None:
    top = np.zeros((64, 64), bool)
    top[:24] = True
    picture = Image.new("RGB", (64, 64))

    def sides(source: str) -> set[str]:
        found = set()
        for seed in range(40):
            example = make_example(
                picture,
                compressed([top]),
                source,
                Recipe(64, crop=0.0),
                np.random.default_rng(seed),
            )
            assert example is not None
            w, h = example.size[0] // 2, example.size[1] // 2
            mask = example.masks[0, :h, :w] > 127
            for name, part in {
                "top": mask[0],
                "bottom": mask[-1],
                "left": mask[:, 0],
                "right": mask[:, -1],
            }.items():
                if part.all():
                    found.add(name)
        return found

    assert sides("cats") == {"top"}
    assert sides("dsb2018") == {"top", "bottom", "left", "right"}


def test_drawn_photos_have_nested_masks_and_are_always_the_same() -> None:
    photos = DrawnPhotos(20, 96)
    first, again = photos[3], photos[3]
    np.testing.assert_array_equal(np.asarray(first.pixels), np.asarray(again.pixels))
    assert {a.kind for i in range(20) for a in photos[i].annotations} == {"object", "part"}
    with pytest.raises(IndexError):
        photos[20]


def compressed(masks: list[np.ndarray]) -> list[Annotation]:
    return [Annotation(coco_mask.encode(np.asfortranarray(m.astype(np.uint8)))) for m in masks]


@dataclass(frozen=True)
class Sparse:
    """Drawn photos of which one in twenty has masks."""

    @property
    def sources(self) -> list[str]:
        return ["drawn"] * 20

    def __getitem__(self, index: int) -> Photo:
        photo = DRAWN[index]
        return photo if index == 7 else replace(photo, annotations=())


def test_photos_without_masks_do_not_end_the_row() -> None:
    row = Stream(Sparse(), Recipe(64), 0)
    for number in range(20):
        assert len(row[number].masks) > 0


def test_nothing_but_photos_without_masks_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sparse, "__getitem__", lambda *_: replace(DRAWN[0], annotations=()))
    with pytest.raises(DataError, match="photos in a row had no mask"):
        Stream(Sparse(), Recipe(64), 0)[0]
