"""Photos with masks as labelme, YOLO and Pascal VOC keep them, to learn from."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from sam_widget import Annotated, Mask, Region, write_annotations
from sam_widget.formats.errors import DataError
from sam_widget.training.data.annotated import AnnotatedPhotos
from sam_widget.training.data.readers import open_photos
from tests.formats import shapes
from tests.formats.conftest import OLD_COCO

pytestmark = OLD_COCO

PHOTO = np.random.default_rng(0).integers(0, 256, (60, 90, 3), np.uint8)
THING = shapes.blob()
LAYOUTS = [("labelme", ""), ("yolo", "images"), ("voc", "JPEGImages")]


def folder_of(tmp_path, name, below, photo=PHOTO):
    (tmp_path / below).mkdir(parents=True, exist_ok=True)
    # lossless, whatever its name says: what is compared are pixels
    Image.fromarray(photo).save(tmp_path / below / "a.jpg", "PNG")
    regions = (Region(Mask.from_array(THING), "cup"),)
    write_annotations(Annotated("a.jpg", (90, 60), regions), tmp_path, name)
    return tmp_path


@pytest.mark.parametrize(("name", "below"), LAYOUTS)
def test_the_masks_that_went_in_come_out(tmp_path, name, below):
    photos = open_photos(folder_of(tmp_path / "cups", name, below))
    assert isinstance(photos, AnnotatedPhotos)
    assert list(photos.sources) == ["cups"]
    photo = photos[0]
    np.testing.assert_array_equal(np.asarray(photo.pixels), PHOTO)
    (note,) = photo.annotations
    np.testing.assert_array_equal(note.array().astype(bool), THING)
    assert (note.label, photo.skipped) == ("cup", 0)


@pytest.mark.parametrize(("name", "below"), LAYOUTS[1:])
def test_pictures_elsewhere_are_named(tmp_path, name, below):
    folder, there = folder_of(tmp_path / "cups", name, below), tmp_path / "elsewhere"
    (folder / below).rename(there)
    assert len(open_photos(folder, there).sources) == 1
    with pytest.raises(DataError, match="name its folder as images"):
        open_photos(folder)


def test_a_photo_of_another_size_is_refused(tmp_path):
    photos = open_photos(folder_of(tmp_path, "voc", "JPEGImages", PHOTO[:30, :45]))
    with pytest.raises(DataError, match="resize one of the two"):
        photos[0]
