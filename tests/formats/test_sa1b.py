"""SA-1B's JSON: what was written comes back whole; what others wrote is read; the rest refused."""

from __future__ import annotations

import json

import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycocotools import mask as coco_mask

from sam_widget import Mask, Region
from sam_widget.document.corrections import Brush
from sam_widget.document.records import Box, Point
from sam_widget.formats import sa1b
from sam_widget.formats.annotated import Annotated
from sam_widget.formats.errors import DataError
from sam_widget.made import Made
from tests.formats.conftest import OLD_COCO

pytestmark = OLD_COCO

MADE = Made("small", "sha256:1", 2, 4.5, 3, 120, "assisted-manual")


def region(array, label="", **known):
    return Region(Mask.from_array(np.asarray(array, bool)), label, **known)


@pytest.fixture
def known():
    array = np.zeros((6, 9), bool)
    array[1:4, 2:7] = True
    array[2, 4] = False
    return region(
        array,
        "cup",
        predicted_iou=0.875,
        stability_score=0.96875,
        prompts=(Point("p1", "o1", 3.5, 2.5), Box("p2", "o1", 2.0, 1.0, 7.0, 4.0)),
        crop=(0, 0, 8, 6),
        id="o1",
        locked=True,
        corrections=(Brush("b1", "o1", (3.5, 2.5, 4.5, 2.5), 2.0),),
        made=MADE,
    )


def test_all_that_is_known_comes_back(tmp_path, known):
    annotated = Annotated("mugs/a.jpg", (9, 6), (known, region(np.zeros((6, 9)))))
    loss = sa1b.write([annotated], tmp_path)
    assert (loss.exact, loss.objects, loss.unsaid) == (True, 2, ())
    assert list(sa1b.read(tmp_path)) == [annotated]
    assert [path.name for path in (tmp_path / "mugs").iterdir()] == ["a.json"]


def test_the_file_says_what_sa_1b_says(tmp_path, known):
    path = tmp_path / "sa_223750.json"
    sa1b.write_one(Annotated("sa_223750.jpg", (9, 6), (known,)), path)
    told = json.loads(path.read_text())
    assert told["image"] == {
        "image_id": 223750,
        "width": 9,
        "height": 6,
        "file_name": "sa_223750.jpg",
    }
    (note,) = told["annotations"]
    assert (coco_mask.decode(note["segmentation"]) == known.array()).all()
    assert (note["bbox"], note["area"]) == ([2, 1, 5, 3], 14)
    assert (note["predicted_iou"], note["stability_score"]) == (0.875, 0.96875)
    assert (note["crop_box"], note["point_coords"]) == ([0, 0, 8, 6], [[3.5, 2.5]])


def test_what_meta_wrote_is_read(tmp_path):
    array = np.zeros((5, 4), np.uint8, order="F")
    array[1:3, 1:] = 1
    rle = coco_mask.encode(array)
    note = {
        "bbox": [1, 1, 3, 2], "area": 6, "predicted_iou": 0.9, "stability_score": 0.95, "id": 5,
        "segmentation": {"size": [5, 4], "counts": rle["counts"].decode()},
        "point_coords": [[2.0, 1.5]], "crop_box": [0, 0, 4, 5],
    }  # fmt: skip
    image = {"image_id": 1, "width": 4, "height": 5, "file_name": "sa_1.jpg"}
    (tmp_path / "sa_1.json").write_text(json.dumps({"image": image, "annotations": [note]}))
    (found,) = sa1b.read(tmp_path)
    assert (found.name, found.size) == ("sa_1.jpg", (4, 5))
    (one,) = found.regions
    assert (one.array() == array.astype(bool)).all()
    assert (one.predicted_iou, one.stability_score) == (0.9, 0.95)
    assert [(each.x, each.y) for each in one.prompts] == [(2.0, 1.5)]


@given(
    st.lists(arrays.arrays(bool, (5, 7)), max_size=3),
    st.text(max_size=5),
    st.floats(0, 1) | st.none(),
)
def test_any_mask_and_label_come_back(tmp_path_factory, masks, label, score):
    regions = tuple(region(mask, label, predicted_iou=score) for mask in masks)
    annotated = Annotated("a.png", (7, 5), regions)
    path = tmp_path_factory.mktemp("sa1b") / "a.json"
    try:
        label.encode()
    except UnicodeEncodeError:
        return
    assert sa1b.write_one(annotated, path).exact
    assert sa1b.read_one(path) == annotated


def test_two_images_of_one_file_are_refused(tmp_path):
    images = [Annotated("a.png", (2, 2)), Annotated("a.jpg", (2, 2))]
    with pytest.raises(DataError, match=r"would both be written to .*a\.json"):
        sa1b.write(images, tmp_path)


@pytest.mark.parametrize(
    "name", ["../a.jpg", "/etc/a.jpg", "C:\\a.jpg", "", " ", "a\0.jpg", "b/../../a"]
)
def test_a_name_that_leads_out_is_refused(name):
    with pytest.raises(DataError, match="name"):
        Annotated(name, (2, 2))


IMAGE = {"width": 2, "height": 2, "file_name": "a.jpg"}


def noted(image=IMAGE, size=(2, 2), counts=(0, 4), **more):
    segmentation = {"size": list(size), "counts": list(counts)}
    return {"image": image, "annotations": [{"segmentation": segmentation} | more]}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([], "no list of annotations"),
        ({"annotations": 3}, "no list of annotations"),
        ({"annotations": []}, "does not say its image's size"),
        ({"image": {"width": -2, "height": 2}, "annotations": []}, "does not say its image's size"),
        ({"image": IMAGE, "annotations": [3]}, "an annotation is a dictionary, not int"),
        ({"image": IMAGE, "annotations": [{}]}, "has no segmentation"),
        (noted(counts=[5]), "sum to 5, not to 4 px"),
        (noted(size=[9, 2], counts=[18]), r"a mask of \[9, 2\] .* lies on a photo of 2 x 2"),
        (noted(IMAGE | {"file_name": "../../x"}), "leads out of its folder"),
        (noted(point_coords=[["a", 1]]), "a point is x and y"),
        (noted(point_coords=[[float("nan"), 1]]), "a point is x and y"),
        (noted(sam_widget={"prompts": 3}), "prompts must be a list"),
        (noted(sam_widget={"made": {"clicks": "x"}}), "made.clicks must be a whole number"),
    ],
)
def test_what_contradicts_itself_is_refused(tmp_path, told, said):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(told))
    with pytest.raises(DataError, match=said):
        sa1b.read_one(path)


def test_depth_without_end_is_refused(tmp_path):
    (tmp_path / "a.json").write_text("[" * 200_000)
    with pytest.raises(DataError, match="nested deeper"):
        sa1b.read_one(tmp_path / "a.json")
