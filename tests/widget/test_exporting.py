"""w.export and w.load: what was accepted goes to files, and theirs come in, exact."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from PIL import Image

from sam_widget import Mask, Region, SamWidget, read_annotations, write_annotations
from sam_widget.document.edits import EditError
from sam_widget.formats.annotated import Annotated
from sam_widget.formats.doors import FORMATS
from sam_widget.formats.errors import DataError
from sam_widget.made import Made
from sam_widget.training.data.readers import open_photos
from tests.formats.conftest import OLD_COCO
from tests.widget.page import PHOTO, Page, Quiet

pytestmark = OLD_COCO
SIZE = (PHOTO.shape[1], PHOTO.shape[0])


def square(x, y, side=6, label="", **known):
    array = np.zeros(PHOTO.shape[:2], bool)
    array[y : y + side, x : x + side] = True
    array[y + 1, x + 1] = False
    return Region(Mask.from_array(array), label, **known)


@pytest.fixture
def filled(w):
    w.add_objects([square(2, 3, label="cup"), square(20, 10)])
    return w


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("out", None), ("a.json", None), ("a.geojson", None), ("a.npz", None), ("a.tif", None),
        ("a.png", None), ("out", "coco"), ("a.json", "coco"), ("a.json", "labelme"),
        ("out", "yolo"), ("out", "voc"), ("out", "cutouts"), ("deep/er/a.npz", None),
    ],
)  # fmt: skip
def test_what_was_exported_is_loaded_exact(filled, tmp_path, path, name):
    loss = filled.export(tmp_path / path, name)
    assert loss.exact
    assert loss.objects == 2
    assert (tmp_path / path).exists()
    before = filled.objects
    ids = filled.load(tmp_path / path, name)
    came = [each for each in filled.objects if each.id in ids]
    assert [(each.mask, each.label) for each in came] == [(e.mask, e.label) for e in before]
    assert filled.undo()
    assert filled.objects == before


def test_an_open_object_is_left_out_and_that_is_said(filled, tmp_path):
    filled.add_point(30, 20)
    loss = filled.export(tmp_path / "a.json")
    assert loss.objects == 2
    assert loss.notes == ("The open object is left out: accept it first.",)


def test_the_photo_is_called_as_its_file(tmp_path):
    Image.fromarray(PHOTO).save(tmp_path / "mug.png")
    w = Quiet(tmp_path / "mug.png")
    w.add_objects([square(2, 3)])
    w.export(tmp_path / "notes.json")
    assert json.loads((tmp_path / "notes.json").read_text())["image"]["file_name"] == "mug.png"
    w.export(tmp_path / "notes.json", name="other.jpg")
    assert json.loads((tmp_path / "notes.json").read_text())["image"]["file_name"] == "other.jpg"
    w.export(tmp_path / "out", "labelme")
    assert (tmp_path / "out" / "mug.json").is_file()


def test_of_many_photos_in_a_file_its_own_is_loaded(w, tmp_path):
    images = [
        Annotated("a/one.jpg", SIZE, (square(2, 3, label="one"),)),
        Annotated("a/two.jpg", SIZE, (square(4, 5, label="two"),)),
    ]
    write_annotations(images, tmp_path / "all.json", "coco")
    with pytest.raises(DataError, match=r"is of 2 photos, a/one\.jpg, a/two\.jpg"):
        w.load(tmp_path / "all.json")
    assert not w.objects
    w.load(tmp_path / "all.json", name="two.png")
    assert [each.label for each in w.objects] == ["two"]


def test_who_made_it_stays_and_else_it_is_imported(w, tmp_path):
    made = Made("small", seconds=3.5, stage="assisted-manual")
    images = [Annotated("a.jpg", SIZE, (square(2, 3, made=made), square(9, 9)))]
    write_annotations(images, tmp_path, "sa1b")
    w.load(tmp_path)
    assert [each.made for each in w.objects] == [made, Made(stage="imported")]


def test_masks_of_another_photo_are_refused(w, tmp_path):
    turned = Region(Mask.from_array(np.ones(SIZE, bool)))
    write_annotations([Annotated("a.jpg", turned.size, (turned,))], tmp_path, "sa1b")
    with pytest.raises(DataError, match="width and height are swapped, as where EXIF turns"):
        w.load(tmp_path)
    assert not w.objects


def test_a_photo_on_its_side_is_learnt_from_as_it_is_seen(tmp_path):
    """EXIF's rotation is applied once: in the widget, in the file, and in training."""
    exif = Image.Exif()
    exif[274] = 6
    rotated = Image.fromarray(PHOTO).rotate(90, expand=True)
    rotated.save(tmp_path / "side.png", exif=exif)
    w = Quiet(tmp_path / "side.png")
    np.testing.assert_array_equal(w.image, PHOTO)
    w.add_objects([square(2, 3, label="cup")])
    w.export(tmp_path / "side.json")
    w.export(tmp_path / "coco" / "instances.json", "coco")
    w.close()
    for photos in (
        open_photos(tmp_path),
        open_photos(tmp_path / "coco" / "instances.json", tmp_path),
    ):
        (photo,) = [photos[number] for number in range(len(photos))]
        np.testing.assert_array_equal(np.asarray(photo.pixels), PHOTO)
        (note,) = photo.annotations
        np.testing.assert_array_equal(note.array().astype(bool), square(2, 3).array())
        assert note.label == "cup"


def test_what_cannot_be_exported(filled, tmp_path):
    (tmp_path / "file").write_text("")
    for door, said in (
        (lambda: filled.export(tmp_path, "cocoa"), "format is one of"),
        (lambda: filled.export(tmp_path, "npz", detail=3), "lets you choose nothing"),
        (lambda: filled.export(tmp_path / "a.json", "yolo"), "name a folder"),
        (lambda: filled.export(tmp_path / "file" / "out"), "cannot be written"),
        (lambda: filled.export(tmp_path / "a.json", name="../a.jpg"), "leads out"),
        (lambda: filled.load(tmp_path / "none.json"), "does not exist"),
    ):
        with pytest.raises(DataError, match=said):
            door()
    with pytest.raises(EditError, match="image"):
        SamWidget().export(tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file"]


def test_a_folder_of_photos_is_exported_whole(tmp_path):
    photos = tmp_path / "photos"
    photos.mkdir()
    for name in ("a.png", "b.png", "c.png"):
        Image.fromarray(PHOTO).save(photos / name)
    w = Quiet(photos)
    try:
        w.add_objects([square(2, 3, label="first")])
        w.next()
        w.add_objects([square(5, 3, label="second")])
        loss = w.export(tmp_path / "all.json", "coco")
        assert (loss.images, loss.objects, loss.exact) == (2, 2, True)
        found = {
            each.name: each.regions[0].label for each in read_annotations(tmp_path / "all.json")
        }
        assert found == {"a.png": "first", "b.png": "second"}
        with pytest.raises(DataError, match="there are 2 photos: name a folder"):
            w.export(tmp_path / "a.npz")
        cut = w.export(tmp_path / "cut", "cutouts")
        assert (cut.images, cut.exact) == (2, True)
    finally:
        w.close()


def test_what_was_written_beside_photos_that_nobody_opened_goes_along(tmp_path):
    for name in ("a.png", "b.png", "c.png"):
        Image.fromarray(PHOTO).save(tmp_path / name)
    images = [Annotated("b.png", SIZE, (square(2, 3, label="found"),))]
    write_annotations(images, tmp_path, "sa1b")
    (tmp_path / "c.json").write_text("{}")  # somebody's, of another kind
    w = Quiet(tmp_path)
    try:
        w.export(tmp_path / "out" / "instances.json", "coco")
    finally:
        w.close()
    found = {each.name: each.regions for each in read_annotations(tmp_path / "out")}
    assert list(found) == ["a.png", "b.png"]
    assert found["b.png"] == images[0].regions


def test_photos_in_memory_are_exported_too(tmp_path):
    w = Quiet([PHOTO, PHOTO[::-1]])
    try:
        w.add_objects([square(2, 3, label="first")])
        w.next()
        w.add_objects([square(5, 3, label="second")])
        assert w.export(tmp_path / "out", "npz").objects == 2
        found = [each.regions[0].label for each in read_annotations(tmp_path / "out")]
        assert sorted(found) == ["first", "second"]
    finally:
        w.close()


def asks(page, name):
    page.says({"type": "export", "client": "page", "format": name})
    return page.last("exported")


def test_a_page_exports_to_a_new_folder_and_hears_where_and_what_is_lost(
    filled, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    page = Page(filled)
    first = asks(page, "yolo")
    assert first["where"] == "annotations/image-yolo"
    assert (first["images"], first["objects"], first["changed"], first["why"]) == (1, 2, 0, "")
    assert (tmp_path / first["where"] / "data.yaml").is_file()
    again = asks(page, "yolo")["where"]
    assert again == "annotations/image-yolo-2"
    ids = filled.load(tmp_path / again, name="image.jpg")
    assert [each.mask for each in filled.objects if each.id in ids] == [
        each.mask for each in filled.objects if each.id not in ids
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_a_page_exports_every_format(filled, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    told = asks(Page(filled), name)
    assert told["why"] == ""
    assert any(each.is_file() for each in (tmp_path / told["where"]).rglob("*"))


def test_a_page_hears_why_there_is_no_export_and_nothing_is_left(w, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = Page(w)
    w.add_point(30, 20)
    assert asks(page, "coco")["why"] == "There is nothing to export yet: accept a mask first."
    w.accept()
    (tmp_path / "annotations").write_text("in the way")
    assert re.search("annotations.*(Not a directory|is no folder)", asks(page, "coco")["why"])
    assert [each.name for each in tmp_path.iterdir()] == ["annotations"]
