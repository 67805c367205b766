"""What others wrote, as they write it: sizes from photos, grouped shapes, classes alone."""

from __future__ import annotations

import json

import numpy as np
import pytest
from PIL import Image

from sam_widget import read_annotations
from tests.formats.conftest import OLD_COCO

pytestmark = OLD_COCO

PHOTO = np.zeros((60, 90, 3), np.uint8)
SQUARE = np.zeros((60, 90), bool)
SQUARE[10:30, 20:50] = True


def shapes_of(tmp_path, *shapes, **more):
    told = {"imageWidth": 90, "imageHeight": 60, "imagePath": "..\\photos\\a.jpg"} | more
    (tmp_path / "a.json").write_text(json.dumps(told | {"shapes": list(shapes)}))
    (found,) = read_annotations(tmp_path)
    return found


def shape(kind, points, **more):
    return {"label": "a", "points": points, "shape_type": kind, "flags": {}} | more


@pytest.mark.parametrize(
    "given",
    [
        shape("rectangle", [[50, 30], [20, 10]]),
        shape("polygon", [[20, 10], [50, 10], [50, 30], [20, 30]]),
        shape(None, [[20, 10], [50, 10], [50, 30], [20, 30]]),
        shape("oriented_rectangle", [[20, 10], [50, 10], [50, 30], [20, 30]]),
    ],
)
def test_labelmes_shapes(tmp_path, given):
    found = shapes_of(tmp_path, given)
    assert (found.name, found.size) == ("a.jpg", (90, 60))
    np.testing.assert_array_equal(found.regions[0].array(), SQUARE)


def test_labelmes_circle_and_group(tmp_path):
    parts = (shape("circle", [[20, 20], [26, 28]], group_id=1), shape("circle", [[60, 40], [60, 45]], group_id=1))  # fmt: skip  # noqa: E501
    (region,) = shapes_of(tmp_path, *parts).regions
    y, x = np.mgrid[:60, :90] + 0.5
    wanted = (np.hypot(x - 20, y - 20) < 10) | (np.hypot(x - 60, y - 40) < 5)
    assert (region.array() ^ wanted).sum() < 4  # its 256 corners lie on the circle
    assert len(region.polygons()) == 2


def test_labelmes_lines_are_left_out_and_that_is_said(tmp_path):
    with pytest.warns(UserWarning, match="2 shapes without an area"):
        found = shapes_of(tmp_path, shape("line", [[0, 0], [9, 9]]), shape("point", [[3, 3]]))
    assert found.regions == ()


def yolo_folder(tmp_path, line, **photo):
    for name in ("images/train", "labels/train"):
        (tmp_path / name).mkdir(parents=True)
    Image.fromarray(PHOTO).save(tmp_path / "images/train/a.jpg", **photo)
    (tmp_path / "labels/train/a.txt").write_text(line)
    (tmp_path / "data.yaml").write_text(
        "path: ../x\ntrain: images/train\nnames:\n  0: cat\n  1: dog\n"
    )
    return tmp_path


def test_a_data_set_of_yolos_has_its_sizes_from_its_photos(tmp_path):
    line = f"1 {20 / 90} {10 / 60} {50 / 90} {10 / 60} {50 / 90} 0.5 {20 / 90} 0.5\n"
    (found,) = read_annotations(yolo_folder(tmp_path, line))
    assert (found.name, found.size) == ("train/a.jpg", (90, 60))
    (region,) = found.regions
    assert region.label == "dog"
    np.testing.assert_array_equal(region.array(), SQUARE)


def test_yolos_shares_are_of_the_photo_as_it_is_seen(tmp_path):
    exif = Image.Exif()
    exif[274] = 6  # on its side: 60 x 90 as it is seen
    (found,) = read_annotations(yolo_folder(tmp_path, "0 0 0 1 0 1 1 0 1\n", exif=exif.tobytes()))
    assert found.size == (60, 90)
    assert found.regions[0].area == 60 * 90


def test_yolos_boxes_are_left_out_and_that_is_said(tmp_path):
    with pytest.warns(UserWarning, match="1 boxes without an outline"):
        (found,) = read_annotations(yolo_folder(tmp_path, "0 0.5 0.5 0.2 0.2\n"))
    assert found.regions == ()


def test_vocs_own_classes_and_void(tmp_path):
    (tmp_path / "SegmentationClass").mkdir()
    numbers = np.zeros((60, 90), np.uint8)
    numbers[10:30, 20:50] = 15
    numbers[9, 20:50] = 255
    picture = Image.fromarray(numbers)
    palette = [0] * 768
    palette[45:48], palette[765:] = (192, 128, 128), (224, 224, 192)
    picture.putpalette(palette)
    picture.save(tmp_path / "SegmentationClass" / "2007_000032.png")
    (found,) = read_annotations(tmp_path)
    assert found.name == "2007_000032.jpg"
    (region,) = found.regions
    assert region.label == "person"
    np.testing.assert_array_equal(region.array(), SQUARE)


def test_a_label_image_of_others(tmp_path):
    Image.fromarray(SQUARE * np.uint8(7)).save(tmp_path / "a.png")
    (found,) = read_annotations(tmp_path)
    assert [region.label for region in found.regions] == ["7"]
    np.testing.assert_array_equal(found.regions[0].array(), SQUARE)


def test_arrays_of_others(tmp_path):
    np.savez(tmp_path / "a.npz", masks=np.stack([SQUARE, ~SQUARE]))
    (found,) = read_annotations(tmp_path)
    assert found.name == "a.jpg"
    np.testing.assert_array_equal([each.array() for each in found.regions], [SQUARE, ~SQUARE])


def test_geojson_of_others(tmp_path):
    ring = [[20, 10], [50, 10], [50, 30], [20, 30], [20, 10]]
    features = [
        {"type": "Feature", "properties": {"name": "roof"}, "geometry": {"type": "Polygon", "coordinates": [ring]}},  # noqa: E501
        {"type": "Feature", "properties": None, "geometry": {"type": "Point", "coordinates": [1, 2]}},  # noqa: E501
    ]  # fmt: skip
    told = {"type": "FeatureCollection", "features": features}
    (tmp_path / "a.geojson").write_text(json.dumps(told))
    with pytest.warns(UserWarning, match="1 features that are no polygons"):
        (found,) = read_annotations(tmp_path / "a.geojson", size=(90, 60))
    assert [region.label for region in found.regions] == ["roof"]
    np.testing.assert_array_equal(found.regions[0].array(), SQUARE)


def test_photos_and_journals_beside_notes_are_not_read(tmp_path):
    Image.fromarray(PHOTO).save(tmp_path / "a.png")
    told = {
        "image": {"file_name": "a.png", "width": 90, "height": 60},
        "annotations": [],
    }
    (tmp_path / "a.json").write_text(json.dumps(told))
    (tmp_path / ".sam_widget").mkdir()
    (tmp_path / ".sam_widget" / "x.json").write_text("{}")
    assert [each.name for each in read_annotations(tmp_path)] == ["a.png"]
