"""Annotation files as people have them, and what comes of each: a row each.

The photo is a.png, 64 x 48 px, in images/ beside notes.json.
"""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from sam_widget.training.data.coco import CocoPhotos
from sam_widget.training.data.photos import DataError, ShardPhotos
from sam_widget.training.data.readers import open_photos
from tests.training.conftest import OLD_COCO, add
from tests.training.data.test_given import A, one_sentence
from tests.training.layouts import rle

pytestmark = OLD_COCO

BOX = [[6, 4, 30, 4, 30, 20, 6, 20]]  # A as a polygon


def coco(
    image: dict[str, Any] | None = None, note: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """Return a good file with something changed; None takes a key away."""
    own = {"id": 7, "file_name": "a.png", "width": 64, "height": 48} | (image or {})
    said = {"id": 1, "image_id": 7, "category_id": 3, "segmentation": BOX} | (note or {})
    told = {"images": [own], "annotations": [said], "categories": [{"id": 3, "name": "cat"}]}
    return told | more


def named(name: str) -> dict[str, Any]:
    return coco({"file_name": name})


def noted(segmentation: Any) -> dict[str, Any]:
    """Return a file with a good annotation and another."""
    told = coco()
    told["annotations"].append({"id": 2, "image_id": 7, "segmentation": segmentation})
    return told


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = tmp_path / "set"
    (place / "images" / "deep").mkdir(parents=True)
    picture = Image.fromarray(np.zeros((48, 64, 3), np.uint8))
    for name in ("a.png", "deep/b.png", "a b.png", "Upper.PNG", "two.png", "TWO.png"):
        picture.save(place / "images" / name)
    picture.save(tmp_path / "secret.png")
    return place


def read(place: Path, told: Any) -> list[Any]:
    text = told if isinstance(told, bytes) else json.dumps(told).encode()
    (place / "notes.json").write_bytes(text)
    photos = open_photos(place / "notes.json")
    return [photos[number] for number in range(len(photos.sources))]


TEXT = json.dumps(coco())
TAKEN: dict[str, Any] = {
    "as it should be": coco(),
    "Windows' path": named("images\\a.png"),
    "Windows' absolute path": named("C:\\Users\\me\\a.png"),
    "absolute path": named("/home/me/a.png"),
    "climbing path, the file is here": named("../../elsewhere/a.png"),
    "the folder's own name": named("images/a.png"),
    "a dot": named("./a.png"),
    "below": named("deep/b.png"),
    "below, as Windows has it": named("deep\\b.png"),
    "%20": named("a%20b.png"),
    "blanks": named("a b.png"),
    "another case": named("UPPER.png"),
    "another suffix's case": named("a.PNG"),
    "other keys say more": coco({"coco_url": "http://x/y.png", "path": "/nowhere/z.png"}),
    "byte order mark": b"\xef\xbb\xbf" + TEXT.encode(),
    "UTF-16": TEXT.encode("utf-16"),
    "UTF-16, big": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "images by id": coco(images={"7": {"file_name": "a.png", "width": 64, "height": 48}}),
    "ids as text": coco(note={"image_id": "7", "category_id": "3"}),
    "ids as fractions": coco(note={"image_id": 7.0}),
    "sizes as text": coco({"width": "64", "height": "48"}),
    "no sizes": coco({"width": None, "height": 0}),
    "the same image twice": coco(images=[*coco()["images"], *coco()["images"]]),
    "no categories": coco(categories=None),
    "a category that is not there": coco(note={"category_id": 99}),
    "a category without a name": coco(categories=[{"id": 3}]),
    "run lengths": coco(note={"segmentation": rle(A)}),
    "swapped sizes, but run lengths that fit": coco(
        {"width": 48, "height": 64}, {"segmentation": rle(A)}
    ),
    "one polygon without its list": coco(note={"segmentation": BOX[0]}),
    "a crowd": coco(note={"iscrowd": 1}),
    "a flat polygon beside it": coco(note={"segmentation": [*BOX, [1, 1, 5, 5]]}),
}


@pytest.mark.parametrize("row", TAKEN)
def test_what_is_meant_is_read(row: str, place: Path) -> None:
    [photo] = read(place, TAKEN[row])
    [annotation] = photo.annotations
    np.testing.assert_array_equal(annotation.array(), A)
    assert annotation.kind == ("group" if row == "a crowd" else "object")


SKIPPED: dict[str, Any] = {
    "null": None,
    "no polygons": [],
    "an empty polygon": [[]],
    "nothing": {},
    "two points": [[1, 1, 5, 5]],
    "outside": [[70, 4, 90, 4, 90, 20]],
    "empty run lengths": rle(np.zeros_like(A)),
}


@pytest.mark.parametrize("row", SKIPPED)
def test_an_annotation_without_a_mask_is_not_the_end(row: str, place: Path) -> None:
    [photo] = read(place, noted(SKIPPED[row]))
    assert len(photo.annotations) == 1
    photos = CocoPhotos(place / "notes.json")
    assert photos.skipped + photo.skipped == 1


def test_boxes_alone_are_no_masks(place: Path) -> None:
    told = coco()
    del told["annotations"][0]["segmentation"]
    with pytest.raises(DataError, match="no image with masks: its 1 annotation has no seg"):
        read(place, told)


DEEP = 200_000
REFUSED: dict[str, tuple[Any, str]] = {
    "half the size": (coco({"width": 32, "height": 24}), "masks for 32 x 24 px.*half the size"),
    "turned": (coco({"width": 48, "height": 64}), "width and height are swapped.*EXIF"),
    "another picture": (coco({"width": 640, "height": 100}), "of another picture"),
    "run lengths of half the size": (
        coco(note={"segmentation": rle(np.ones((24, 32), bool))}),
        "annotation 1: a mask of .24, 32. .*half the size",
    ),
    "out of the folder": (named("../secret.png"), "are not in .*such as ../secret.png"),
    "absolute, not here": (named("/etc/passwd"), "are not in"),
    "hidden climbing": (named("%2e%2e/secret.png"), "are not in"),
    "Windows' climbing": (named("..\\secret.png"), "are not in"),
    "case that fits two": (named("tWo.png"), "are not in"),
    "no such picture": (named("b.png"), "1 of 1 pictures of .* are not in .*such as b.png"),
    "a folder for a picture": (named("deep"), "are not in"),
    "no name": (named(""), "'' is no file name"),
    "a number for a name": (coco({"file_name": 5}), "5 is no file name"),
    "a NUL in a name": (named("a\0.png"), "are not in"),
    "two of one id": (
        coco(images=[*coco()["images"], *named("deep/b.png")["images"]]),
        "two images of id 7, 'a.png' and 'deep/b.png'",
    ),
    "two that are one file": (
        coco(
            images=[
                {"id": 7, "file_name": "/x/a.png"},
                {"id": 8, "file_name": "/y/a.png"},
            ],
            annotations=[coco()["annotations"][0], {**coco()["annotations"][0], "image_id": 8}],
        ),
        "has only one, a.png",
    ),
    "an odd polygon": (noted([[1, 2, 3, 4, 5, 6, 7]]), "annotation 2: .*x and y by turns"),
    "a polygon of text": (noted([["1", "2", "3", "4", "5", "6"]]), "x and y by turns"),
    "NaN": (json.dumps(noted([[float("nan"), 1, 2, 3, 4, 5]])).encode(), "not a number"),
    "huge numbers": (noted([[10**400, 1, 2, 3, 4, 5]]), "far outside"),
    "huge counts": (noted({"size": [48, 64], "counts": [10**30]}), "not to 3072 px"),
    "counts without end": (noted({"size": [48, 64], "counts": "o" * 9999}), "larger than any"),
    "a shape in words": (noted("circle"), "neither polygons nor run lengths"),
    "a shape as a number": (noted(5), "neither polygons nor run lengths"),
    "an unknown image": (coco(note={"image_id": 9}), "unknown image: id 9"),
    "no image's id": (coco(annotations=[{"segmentation": BOX}]), "lacks 'image_id'"),
    "a list for an id": (coco(note={"image_id": [7]}), r"\[7\] is no id"),
    "text for images": (coco(images="a.png"), "its images are no list"),
    "text for an annotation": (coco(annotations=["a"]), "its annotations are no list"),
    "nothing": (b"", "is empty: a COCO file"),
    "blanks": (b" \n", "is empty"),
    "broken": (TEXT[:-5].encode(), "cannot be read as JSON"),
    "Latin 1": ('{"images": "ä"}'.encode("latin-1"), "cannot be read as JSON"),
    "JSON Lines": (b'{"a": 1}\n{"a": 2}\n', "JSON Lines"),
    "nested lists": (b"[" * DEEP, "nested deeper"),
    "nested objects": (b'{"a":' * DEEP, "nested deeper"),
    "a photo": (b"\xff\xd8\xff\xe0xxxx", "is a picture in JPEG: a COCO file"),
    "HTML": (b"<!doctype html><html>", "is a web page"),
    "LabelMe": ({"version": "5", "shapes": [], "imagePath": "a.png"}, "LabelMe.*labelme2coco"),
    "VIA project": ({"_via_settings": {}, "_via_img_metadata": {}}, "project of VIA.*export"),
    "VIA": ({"a.png99": {"filename": "a.png", "regions": []}}, "an export of VIA"),
    "VoTT": ({"assets": {"x": {"asset": {}, "regions": []}}, "asset": {}, "regions": []}, "VoTT"),
    "Cityscapes": ({"imgHeight": 1, "imgWidth": 1, "objects": []}, "Cityscapes"),
    "Supervisely": ({"description": "", "size": {}, "objects": []}, "Supervisely"),
    "GeoJSON": ({"type": "FeatureCollection", "features": []}, "GeoJSON"),
    "panoptic": (coco(annotations=[{"segments_info": [], "image_id": 7}]), "panoptic"),
    "captions": (coco(annotations=[{"caption": "a cat", "image_id": 7}]), "captions"),
    "Label Studio": ([{"data": {}, "annotations": []}], "Label Studio"),
    "results": ([{"image_id": 7, "segmentation": rle(A), "score": 0.9}], "annotations or results"),
    "SA-1B": ({"image": {}, "annotations": []}, "SA-1B's notes of one picture"),
    "something": ({"a": 1}, "no images and annotations"),
    "a number": (b"5", "no images and annotations"),
}


@pytest.mark.parametrize("row", REFUSED)
def test_what_is_wrong_is_said_in_a_sentence(row: str, place: Path) -> None:
    told, why = REFUSED[row]
    with pytest.raises(DataError, match=why) as caught:
        read(place, told)
    one_sentence(str(caught.value).replace(str(place), ""))


OTHER_FILES = {
    "a.xml": (b"<annotation><folder>x</folder></annotation>", "Pascal VOC"),
    "b.xml": (b'<?xml version="1.0"?>\n<annotations><version>1.1', "CVAT"),
    "c.txt": (b"0 0.5 0.5 0.25 0.25\n1 0.1 0.2 0.3 0.4\n", "labels of YOLO"),
    "d.csv": (b"image,x,y\n", "cannot be read as a tar shard"),
    "e.png": (b"\x89PNG\r\n\x1a\n", "a picture in PNG"),
    "f.tar.gz": (b"\x1f\x8b\x08", "a gzip archive"),
    "g.zip": (b"PK\x03\x04", "a zip archive"),
}


@pytest.mark.parametrize("name", OTHER_FILES)
def test_other_files_are_called_what_they_are(name: str, tmp_path: Path) -> None:
    data, told = OTHER_FILES[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DataError, match=told) as caught:
        open_photos(tmp_path / name)
    one_sentence(str(caught.value).replace(str(tmp_path), ""))


def test_folders_of_others_are_called_what_they_seem(place: Path) -> None:
    for name, told in (("labels/a.txt", "YOLO"), ("notes/a.xml", "Pascal VOC")):
        (place / name).parent.mkdir()
        (place / name).write_text("x")
        with pytest.raises(DataError, match=told):
            open_photos(place)
    (place / "images" / "a.json").write_text('{"shapes": [], "imagePath": "a.png"}')
    with pytest.raises(DataError, match="LabelMe"):
        open_photos(place)[0]


def test_a_pasted_path_is_understood(place: Path) -> None:
    read(place, coco())
    photos = open_photos(f'"{place / "notes.json"}"', f"file://{place / 'images'}")
    assert len(photos.sources) == 1


DEEP_JSON = b'{"annotations":' + b"[" * DEEP
SHARDS = {
    "deep": (DEEP_JSON, "nested deeper"),
    "no list": (b"{}", "no list of annotations"),
    "a number": (b"5", "no list of annotations"),
    "no JSON": (b"{", "cannot be read"),
    "half the size": (
        json.dumps(
            {"image": {"width": 32, "height": 24}, "annotations": [{"segmentation": BOX}]}
        ).encode(),
        "half the size",
    ),
    "text": (b'{"annotations": ["a"]}', "an annotation is a dictionary, not str"),
}


@pytest.mark.parametrize("row", SHARDS)
def test_shards_and_folders_say_the_same(row: str, place: Path) -> None:
    data, told = SHARDS[row]
    picture = place / "images" / "a.png"
    with tarfile.open(place / "x.tar", "w") as tar:
        add(tar, "a-1.png", picture.read_bytes())
        add(tar, "a-1.json", data)
    with pytest.raises(DataError, match=told) as caught:
        ShardPhotos([place / "x.tar"])[0]
    one_sentence(str(caught.value).replace(str(place), ""))
    (place / "x.tar").unlink()
    (place / "images" / "a.json").write_bytes(data)
    with pytest.raises(DataError, match=f"{told}|cannot be read as JSON") as caught:
        open_photos(place)[0]
    one_sentence(str(caught.value).replace(str(place), ""))
