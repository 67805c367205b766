"""Every layout of photos and masks, and what is wrong with some."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as coco_mask

from sam_widget import SamWidget
from sam_widget.formats.segmentations import compressed
from sam_widget.masks import Mask
from sam_widget.training.data.photos import DataError, photo_weights
from sam_widget.training.data.readers import GivenPhotos, open_photos, without
from tests.training.conftest import OLD_COCO, write_shard
from tests.training.layouts import coco_file, rle, runs, sa1b_folder, white_where

pytestmark = OLD_COCO


def test_every_form_of_a_mask_says_the_same(masks: list[np.ndarray]) -> None:
    for mask in (*masks, np.ones((60, 90), bool)):
        for form in (rle(mask), runs(mask), {**rle(mask), "counts": rle(mask)["counts"].encode()}):
            found = compressed(form, (90, 60))
            np.testing.assert_array_equal(coco_mask.decode(found), mask)
    for nothing in (rle(np.zeros((60, 90), bool)), [[1, 1, 5, 5]]):
        assert not coco_mask.area(compressed(nothing, (90, 60)))


def test_random_run_lengths_survive() -> None:
    rng = np.random.default_rng(0)
    for _ in range(60):
        mask = rng.random(rng.integers(1, 60, 2)) < rng.choice([0.03, 0.5, 0.97])
        mask[0, 0] = True
        for form in (rle(mask), runs(mask)):
            found = compressed(form, mask.shape[::-1])
            np.testing.assert_array_equal(coco_mask.decode(found), mask)


@pytest.mark.parametrize(
    ("segmentation", "told"),
    [
        ({"size": [60, 90], "counts": "zzzz"}, "sum to|do not have"),
        ({"size": [60, 90], "counts": "0"}, "not to 5400 px"),
        ({"size": [60, 90], "counts": "T"}, "middle of a number"),
        ({"size": [60, 90], "counts": ""}, "middle of a number"),
        ({"size": [60, 90], "counts": "\x01"}, "do not have"),
        ({"size": [60, 90], "counts": [10, 5]}, "sum to 15"),
        ({"size": [60, 90], "counts": [-1, 5401]}, "whole numbers"),
        ({"size": [60, 90], "counts": 3}, "neither a list of numbers nor text"),
        ({"size": [90, 60], "counts": [5400]}, "photo of 60 x 90"),
        ([[1, 2, 3, 4, 5]], "x and y by turns"),
        ([["a", 2, 3, 4, 5, 6]], "x and y by turns"),
        ([[float("nan"), 1, 5, 5, 9, 9]], "not a number"),
        ([[0, 0, 1e9, 0, 1e9, 1e9]], "far outside of its photo of 90 x 60 px"),
        ([[0, 0, 9, 0, 9, float("-inf")]], "far outside"),
        ("circle", "neither polygons nor run lengths"),
    ],
)
def test_a_bad_segmentation_is_said(segmentation: object, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        compressed(segmentation, (90, 60))


def test_a_polygon_is_cut_by_its_photo() -> None:
    found = compressed([[-20, -20, 10, -20, 10, 10, -20, 10]], (90, 60))
    assert coco_mask.decode(found).sum() == coco_mask.decode(found)[:10, :10].sum() == 100


def test_a_folder_in_sa1bs_layout(tmp_path: Path, masks: list[np.ndarray]) -> None:
    photos = open_photos(sa1b_folder(tmp_path, masks))
    assert list(photos.sources) == ["cats"]
    photo = photos[0]
    assert photo.pixels.size == (90, 60)
    for annotation, mask in zip(photo.annotations, masks, strict=True):
        np.testing.assert_array_equal(annotation.array(), mask)
        assert (np.asarray(photo.pixels)[mask] == 255).all()


def test_exif_turns_a_photo_only_where_its_masks_are_turned(
    tmp_path: Path, masks: list[np.ndarray]
) -> None:
    folder = sa1b_folder(tmp_path, masks)
    lying = Image.fromarray(np.zeros((90, 60, 3), np.uint8))
    exif = lying.getexif()
    exif[0x0112] = 6
    lying.save(folder / "cats" / "sa_1.png", exif=exif)
    assert open_photos(folder)[0].pixels.size == (90, 60)
    lying.save(folder / "cats" / "sa_1.png")
    with pytest.raises(DataError, match=r"sa_1.json: a mask of \[60, 90\].*photo of 90 x 60"):
        open_photos(folder)[0]


def test_a_coco_file_finds_its_pictures(tmp_path: Path, masks: list[np.ndarray]) -> None:
    path = coco_file(tmp_path / "coco", masks)
    photos = open_photos(path)
    assert list(photos.sources) == ["instances_train2017"]
    first, crowd, drawn = photos[0].annotations
    assert [a.kind for a in (first, crowd, drawn)] == ["object", "group", "object"]
    assert [a.label for a in (first, crowd, drawn)] == ["cat", "cat", "dog"]
    np.testing.assert_array_equal(first.array(), masks[0])
    np.testing.assert_array_equal(crowd.array(), masks[1])
    np.testing.assert_array_equal(drawn.array(), masks[0])
    moved = tmp_path / "elsewhere"
    (path.parent.parent / "train2017").rename(moved)
    with pytest.raises(DataError, match=r"1 of 1 pictures of .* such as 000\.png"):
        open_photos(path)
    assert len(open_photos(path, moved)[0].annotations) == 3


def test_a_coco_file_says_which_way_a_photo_is_turned(
    tmp_path: Path, masks: list[np.ndarray]
) -> None:
    path = coco_file(tmp_path, masks)
    picture = tmp_path / "train2017" / "000.png"
    lying = white_where(masks).transpose(Image.Transpose.ROTATE_90)
    exif = lying.getexif()
    exif[0x0112] = 6
    lying.save(picture, exif=exif)
    photo = open_photos(path)[0]
    np.testing.assert_array_equal(np.asarray(photo.pixels), np.asarray(white_where(masks)))
    np.testing.assert_array_equal(photo.annotations[2].array(), masks[0])


def test_shards_are_opened_by_folder_or_by_name(tmp_path: Path, masks: list[np.ndarray]) -> None:
    shard = write_shard(tmp_path / "sa_000000.tar", {"cats-1": masks})
    write_shard(tmp_path / "val.tar", {"dogs-1": masks})
    for path in (tmp_path, shard):
        assert list(open_photos(path).sources) == ["cats"]
    shard.rename(tmp_path / "train-00.tar")
    write_shard(tmp_path / "other.tar", {"pigs-1": masks})
    assert list(open_photos(tmp_path).sources) == ["cats"]


def test_what_cannot_be_opened_is_said(tmp_path: Path, masks: list[np.ndarray]) -> None:
    with pytest.raises(DataError, match="nowhere does not exist"):
        open_photos(tmp_path / "nowhere")
    with pytest.raises(DataError, match=r"neither \.tar shards nor"):
        open_photos(tmp_path)
    bad = tmp_path / "bad.json"
    for text, told in (
        ("{", "cannot be read as JSON"),
        ("[]", "no images and annotations"),
        ('{"images": [], "annotations": []}', "no image with masks"),
        ('{"images": [], "annotations": [{"image_id": 3}]}', "unknown image: id 3"),
        ('{"images": [{}], "annotations": []}', "an entry lacks 'id'"),
    ):
        bad.write_text(text)
        with pytest.raises(DataError, match=told):
            open_photos(tmp_path)
    folder = sa1b_folder(tmp_path / "sa1b", masks)
    (folder / "cats" / "sa_1.png").write_bytes(b"no picture")
    with pytest.raises(DataError, match=r"sa_1\.png is not a picture"):
        open_photos(folder)[0]
    (folder / "cats" / "sa_1.json").write_text('{"annotations": [{}]}')
    white_where(masks).save(folder / "cats" / "sa_1.png")
    assert open_photos(folder)[0].annotations == ()
    assert open_photos(folder)[0].skipped == 1
    (folder / "cats" / "sa_1.json").write_text("[]")
    with pytest.raises(DataError, match="no list of annotations"):
        open_photos(folder)[0]


def test_pairs_of_yours(masks: list[np.ndarray]) -> None:
    picture = white_where(masks)
    photos = GivenPhotos(
        [
            (picture, masks),
            (np.asarray(picture), np.stack(masks)),
            (picture, [Mask.from_array(m) for m in masks]),
            (picture, masks[0]),
        ],
        "mine",
    )
    assert list(photos.sources) == ["mine"] * 4
    for number in range(4):
        for annotation, mask in zip(photos[number].annotations, masks, strict=False):
            np.testing.assert_array_equal(annotation.array(), mask)
    assert len(photos[3].annotations) == 1
    with pytest.raises(DataError, match=r"a mask is \(9, 9\), its image \(60, 90\)"):
        GivenPhotos([(picture, [np.ones((9, 9), bool)])])
    with pytest.raises(DataError, match="no photo with a mask"):
        GivenPhotos([(picture, [np.zeros((60, 90), bool)])])
    assert len(GivenPhotos([(picture, []), (picture, masks)])) == 1
    with pytest.raises(DataError, match=r"a SamWidget or a pair \(image, masks\), not ndarray"):
        GivenPhotos(np.zeros((2, 60, 90, 3), np.uint8))


def test_widgets_bring_their_objects(masks: list[np.ndarray]) -> None:
    widget = SamWidget(white_where(masks))
    for mask in masks:
        rows, columns = np.nonzero(mask)
        widget.add_box(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        widget.wait(60)
        widget.accept()
    [photo] = [GivenPhotos([widget])[0]]
    assert len(photo.annotations) == len(masks) == len(widget.objects)
    for annotation, thing in zip(photo.annotations, widget.objects, strict=True):
        np.testing.assert_array_equal(annotation.array().astype(bool), thing.mask)
    widget.close()
    np.testing.assert_array_equal(np.asarray(photo.pixels), np.asarray(white_where(masks)))
    empty = SamWidget(white_where(masks))
    with pytest.raises(DataError, match="no photo with a mask"):
        GivenPhotos([empty])
    empty.close()
    with pytest.raises(DataError, match=r"as a list too: \[widget\]"):
        GivenPhotos(widget)


def test_sources_are_left_out(shard: Path) -> None:
    photos = open_photos(shard)
    kept = without(photos, ["cats"])
    assert list(kept.sources) == ["dogs"]
    assert kept[0].source == "dogs"
    assert photo_weights(kept.sources).tolist() == [1.0]
    with pytest.raises(DataError, match="no photo is from pigs; there are cats, dogs"):
        without(photos, ["pigs"])
    with pytest.raises(DataError, match="no photo is left"):
        without(photos, ["cats", "dogs"])


def test_a_folder_with_nothing_but_what_checks_says_so(tmp_path: Path) -> None:
    (tmp_path / "val.tar").write_bytes(b"")
    with pytest.raises(DataError, match=r"has val\.tar alone"):
        open_photos(tmp_path)
