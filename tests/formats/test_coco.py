"""COCO's file: what was written comes back, and pycocotools reads the same masks."""

from __future__ import annotations

import contextlib
import io
import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from pycocotools.coco import COCO

from sam_widget import Mask, Region
from sam_widget.formats import coco
from sam_widget.formats.annotated import Annotated
from sam_widget.formats.errors import DataError
from tests.formats import shapes
from tests.formats.conftest import OLD_COCO

pytestmark = OLD_COCO

anew = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def theirs(path):
    """Every mask as pycocotools decodes it, by image's name; and the name of its category."""
    with contextlib.redirect_stdout(io.StringIO()):
        file = COCO(str(path))
    found = {image["file_name"]: [] for image in file.loadImgs(file.getImgIds())}
    for note in file.loadAnns(sorted(file.getAnnIds())):
        name = file.loadImgs(note["image_id"])[0]["file_name"]
        label = file.loadCats(note["category_id"])[0]["name"]
        found[name].append((label, file.annToMask(note).astype(bool)))
    return found


@anew
@given(images=shapes.images())
@pytest.mark.parametrize("masks", ["run lengths", "polygons"])
def test_any_masks_come_back(tmp_path, images, masks):
    path = tmp_path / "notes.json"
    loss = coco.write(images, path, masks=masks)
    assert list(coco.read(path)) == images
    assert loss.exact
    assert (loss.images, loss.objects) == (len(images), sum(len(each.regions) for each in images))
    read = theirs(path)
    for each in images:
        said = [(region.label or "object", region.array()) for region in each.regions]
        assert [label for label, _ in read[each.name]] == [label for label, _ in said]
        for (_, one), (_, other) in zip(read[each.name], said, strict=True):
            np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("array", [shapes.PINCHED, shapes.ISLANDS, shapes.RING_IN_RING])
def test_holes_and_islands_are_pycocotools_own(tmp_path, array):
    region = Region(Mask.from_array(array), "thing")
    loss = coco.write(
        [Annotated("a.png", region.size, (region,))], tmp_path / "a.json", masks="polygons"
    )
    ((_, mask),) = theirs(tmp_path / "a.json")["a.png"]
    np.testing.assert_array_equal(mask, array)
    assert loss.exact


def test_filled_holes_are_counted(tmp_path):
    region = Region(Mask.from_array(shapes.blob()), "thing")
    annotated = Annotated("a.png", region.size, (region,))
    loss = coco.write([annotated], tmp_path / "a.json", masks="polygons", holes="filled")
    (lost,) = loss.lost
    assert (lost.holes, lost.parts, lost.missing) == (2, 0, 0)
    ((_, mask),) = theirs(tmp_path / "a.json")["a.png"]
    assert lost.added == mask.sum() - region.area > 0
    (back,) = next(iter(coco.read(tmp_path / "a.json"))).regions
    np.testing.assert_array_equal(back.array(), mask)
    assert lost.iou == region.mask.iou(back.mask)


def test_less_detail_is_smaller_and_says_what_it_costs(tmp_path):
    region = Region(Mask.from_array(shapes.blob((900, 600))), "thing")
    annotated = Annotated("a.png", region.size, (region,))
    sizes, ious = [], []
    for detail in ("exact", 1.0, 4.0):
        loss = coco.write([annotated], tmp_path / "a.json", masks="polygons", detail=detail)
        sizes.append((tmp_path / "a.json").stat().st_size)
        ious.append(loss.mean_iou)
        ((_, mask),) = theirs(tmp_path / "a.json")["a.png"]
        both, either = mask & region.array(), mask | region.array()
        assert loss.mean_iou == both.sum() / either.sum()
    assert sizes[0] > sizes[1] > sizes[2]
    assert 1 == ious[0] > ious[1] > ious[2] > 0.9


def test_categories_keep_their_order(tmp_path):
    region = Region(Mask.from_array(shapes.PINCHED), "cup")
    loss = coco.write(
        [Annotated("a.png", (4, 4), (region,))], tmp_path / "a.json", categories=["plate", "cup"]
    )
    told = json.loads((tmp_path / "a.json").read_text())
    assert [(each["id"], each["name"]) for each in told["categories"]] == [(1, "plate"), (2, "cup")]
    assert told["annotations"][0]["category_id"] == 2
    assert loss.unsaid == ()


@pytest.mark.parametrize(
    "choice", [{"masks": "polygon"}, {"holes": "kept"}, {"detail": -1}, {"detail": "low"}]
)
def test_a_choice_that_is_none(tmp_path, choice):
    region = Region(Mask.from_array(shapes.PINCHED))
    with pytest.raises(ValueError, match=r"masks is|holes is|A tolerance is"):
        coco.write(
            [Annotated("a.png", (4, 4), (region,))],
            tmp_path / "a.json",
            **{"masks": "polygons"} | choice,
        )


@pytest.mark.parametrize(
    ("image", "note", "said"),
    [
        ({"file_name": "../a.png"}, {}, "leads out of its folder"),
        ({"file_name": "/etc/passwd"}, {}, "leads out of its folder"),
        ({"width": None}, {"segmentation": [[0, 0, 2, 0, 2, 2]]}, "width and height are not said"),
        ({}, {"segmentation": {"size": [9, 9], "counts": [81]}}, "lies on a photo of 4 x 4"),
        ({}, {"segmentation": {"size": [4, 4], "counts": [15]}}, "sum to 15"),
        ({}, {"segmentation": {"size": [4, 4], "counts": [10**30]}}, "sum to"),
        ({}, {"segmentation": [[0, 0, 1e300, 0, 2, 2]]}, "far outside"),
        ({}, {"segmentation": [[0, 0, float("nan"), 0, 2, 2]]}, "not a number"),
        ({}, {"image_id": 8}, "unknown image: id 8"),
        ({}, {"sam_widget": [1]}, "is a mapping"),
        ({"width": 60_000, "height": 60_000},
         {"segmentation": {"size": [60_000] * 2, "counts": [60_000] * 60_000}}, "pieces of rows"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused(tmp_path, image, note, said):
    told = {
        "images": [{"id": 7, "file_name": "a.png", "width": 4, "height": 4} | image],
        "annotations": [{"id": 1, "image_id": 7, "segmentation": [[0, 0, 2, 0, 2, 2]]} | note],
    }
    (tmp_path / "a.json").write_text(json.dumps(told))
    with pytest.raises(DataError, match=said):
        list(coco.read(tmp_path / "a.json"))


def test_boxes_alone_are_left_out_and_that_is_said(tmp_path):
    told = {
        "images": [{"id": 7, "file_name": "a.png", "width": 4, "height": 4}],
        "annotations": [{"id": 1, "image_id": 7, "bbox": [0, 0, 2, 2]}],
    }
    (tmp_path / "a.json").write_text(json.dumps(told))
    with pytest.warns(UserWarning, match=r"a\.json: 1 annotation without a mask is left out"):
        (found,) = coco.read(tmp_path / "a.json")
    assert found.regions == ()


def test_two_points_are_no_region_and_a_lost_name_is_said(tmp_path):
    told = {
        "images": [{"id": 7, "file_name": "a.png", "width": 4, "height": 4}],
        "annotations": [
            {"id": 1, "image_id": 7, "segmentation": [[0, 0, 2, 2]]},
            {"id": 2, "image_id": 7, "category_id": 9, "segmentation": [[0, 0, 2, 0, 2, 2]]},
        ],
    }
    (tmp_path / "a.json").write_text(json.dumps(told))
    with (
        pytest.warns(UserWarning, match="1 annotation without a mask is left out"),
        pytest.warns(UserWarning, match="1 annotation is of a category that the file does not"),
    ):
        (found,) = coco.read(tmp_path / "a.json")
    (region,) = found.regions
    assert not region.label
    assert region.area
