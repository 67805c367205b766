"""SamAutomaticMaskGenerator beside segment_anything's, on what mini finds in photos."""

from __future__ import annotations

import sys
from types import ModuleType

import numpy as np
import pytest
import skimage.data
from pycocotools import mask as mask_utils
from scipy import ndimage

from sam_widget.masks import Mask
from sam_widget.segment.compat import SamAutomaticMaskGenerator
from sam_widget.segment.compat import generator as home
from tests.segment import twins

# mini without its skips is unsure of everything: these leave out some of its masks, not all
SOME = {"points_per_side": 6, "pred_iou_thresh": 0.36, "stability_score_thresh": 0.5}
ALL = {"points_per_side": 5, "pred_iou_thresh": 0.0, "stability_score_thresh": 0.0}
KEYS = {
    "segmentation", "area", "bbox", "predicted_iou", "point_coords", "stability_score", "crop_box",
}  # fmt: skip


@pytest.fixture(scope="module")
def pair():
    return twins.mini(256)


@pytest.fixture(scope="module")
def coffee():
    return skimage.data.coffee()[::2, ::2].copy()


@pytest.fixture
def opencv(monkeypatch):
    """What the reference asks of OpenCV, by scipy."""

    def components(image: np.ndarray, connectivity: int):
        assert connectivity == 8
        labels, count = ndimage.label(image, np.ones((3, 3)))
        areas = np.bincount(labels.ravel(), minlength=count + 1)
        return count + 1, labels, np.stack([areas] * 5, axis=1), None

    module = ModuleType("cv2")
    module.connectedComponentsWithStats = components
    monkeypatch.setitem(sys.modules, "cv2", module)


def both(reference, pair, image, **settings):
    theirs = reference.SamAutomaticMaskGenerator(pair[0], **settings).generate(image)
    ours = SamAutomaticMaskGenerator(pair[1], **settings).generate(image)
    return theirs, ours


def same(theirs: list[dict], ours: list[dict]) -> None:
    assert len(theirs) == len(ours) > 1
    for wanted, got in zip(theirs, ours, strict=True):
        assert got.keys() == wanted.keys() == KEYS
        if isinstance(wanted["segmentation"], dict):
            assert got["segmentation"] == wanted["segmentation"]
        else:
            assert got["segmentation"].dtype == wanted["segmentation"].dtype == bool
            np.testing.assert_array_equal(got["segmentation"], wanted["segmentation"])
        for key in ("area", "bbox", "crop_box"):
            assert got[key] == wanted[key], key
        assert {type(number) for number in (got["area"], *got["bbox"], *got["crop_box"])} == {int}
        for key in ("predicted_iou", "point_coords"):
            assert np.allclose(got[key], wanted[key], atol=1e-5), key
        # a logit on the offset's border falls to either side by how the sums were rounded
        stable = got["stability_score"], wanted["stability_score"]
        assert np.isclose(*stable, rtol=0, atol=1e-3, equal_nan=True)
        assert type(got["predicted_iou"]) is type(got["stability_score"]) is float


@pytest.mark.parametrize("mode", ["binary_mask", "uncompressed_rle", "coco_rle"])
@pytest.mark.filterwarnings("ignore:__array__:DeprecationWarning")  # pycocotools' own
def test_the_same_dictionaries(reference, pair, coffee, mode):
    theirs, ours = both(reference, pair, coffee, **SOME, output_mode=mode)
    same(theirs, ours)
    areas = [each["area"] for each in ours]
    assert len(set(areas)) > len(areas) // 2, "masks that are all alike prove nothing"
    if mode == "coco_rle":
        assert mask_utils.area(ours[0]["segmentation"]) == ours[0]["area"]


def test_the_same_with_the_filters_off(reference, pair):
    image = skimage.data.astronaut()[::3, ::2]
    theirs, ours = both(reference, pair, image, **ALL)
    same(theirs, ours)
    none = both(reference, pair, image, **ALL, box_nms_thresh=1.0)
    same(*none)
    assert len(none[0]) == 3 * 25 > len(theirs)


def test_the_same_in_crops(reference, pair, coffee):
    settings = {
        **ALL, "points_per_side": 4, "stability_score_thresh": 0.3, "crop_n_layers": 1,
        "crop_n_points_downscale_factor": 2, "crop_nms_thresh": 0.6, "crop_overlap_ratio": 0.4,
    }  # fmt: skip
    theirs, ours = both(reference, pair, coffee, **settings)
    same(theirs, ours)
    assert len({tuple(each["crop_box"]) for each in ours}) > 2


def test_the_same_after_small_pieces_are_cleaned(reference, pair, coffee, opencv):
    plain = SamAutomaticMaskGenerator(pair[1], **ALL).generate(coffee)
    theirs, ours = both(reference, pair, coffee, **ALL, min_mask_region_area=150)
    same(theirs, ours)
    before = {tuple(each["point_coords"][0]): each["area"] for each in plain}
    changed = [each for each in ours if before[tuple(each["point_coords"][0])] != each["area"]]
    assert len(changed) > 3


def test_the_same_at_points_of_ones_own(reference, pair, coffee):
    grid = np.array([[0.3, 0.4], [0.5, 0.5], [0.71, 0.22]])
    settings = {**ALL, "points_per_side": None, "point_grids": [grid], "box_nms_thresh": 0.95}
    theirs, ours = both(reference, pair, coffee, **settings)
    same(theirs, ours)
    size = coffee.shape[1], coffee.shape[0]
    asked = {tuple(each["point_coords"][0]) for each in ours}
    assert asked == {tuple(point) for point in grid * size}


def test_stability_may_be_asked_elsewhere(reference, pair, coffee):
    settings = {**ALL, "stability_score_thresh": 0.6, "stability_score_offset": 0.4}
    same(*both(reference, pair, coffee, **settings))


# The walk of the reference's notebook on everything in an image.
WALK = """
generator = SamAutomaticMaskGenerator(sam, points_per_side=5, pred_iou_thresh=0.3,
                                      stability_score_thresh=0.3)
masks = generator.generate(image)
count, keys = len(masks), sorted(masks[0].keys())

largest_first = sorted(masks, key=lambda each: each["area"], reverse=True)
painted = np.ones((*largest_first[0]["segmentation"].shape, 4))
painted[:, :, 3] = 0
for i, each in enumerate(largest_first):
    painted[each["segmentation"]] = [i / count, 0.5, 1 - i / count, 0.35]

finer = SamAutomaticMaskGenerator(
    model=sam,
    points_per_side=4,
    pred_iou_thresh=0.2,
    stability_score_thresh=0.3,
    crop_n_layers=1,
    crop_n_points_downscale_factor=2,
    min_mask_region_area=100,
)
more = len(finer.generate(image))
"""


def test_the_notebook_runs_with_another_import_line(pair, coffee, opencv):
    told = []
    for sam, package in zip(pair, ("segment_anything", "sam_widget.segment.compat"), strict=True):
        names = {"np": np, "sam": sam, "image": coffee}
        exec(f"from {package} import SamAutomaticMaskGenerator\n{WALK}", names)
        told.append([names["count"], names["keys"], names["more"]])
        assert (names["painted"][..., 3] > 0).mean() > 0.3
    assert told[0] == told[1]
    assert told[0][0] > 3


def test_nothing_found_is_an_empty_list(pair, coffee):
    generator = SamAutomaticMaskGenerator(pair[1], points_per_side=2, pred_iou_thresh=0.99)
    with pytest.warns(UserWarning, match=r"No mask was kept: .* \(pred_iou_thresh=0\.99\)"):
        assert generator.generate(coffee) == []


def test_an_empty_grid_is_an_empty_list(pair, coffee):
    settings = {"points_per_side": None, "point_grids": [np.zeros((0, 2))]}
    generator = SamAutomaticMaskGenerator(pair[1], **settings)
    with pytest.warns(UserWarning, match=r"Nothing was looked for"):
        assert generator.generate(coffee) == []


def test_crops_alone_are_found_like_theirs(reference, pair, coffee):
    """The reference cannot leave the whole image out; it finds the same in the crops."""
    grid = np.array([[0.3, 0.4], [0.6, 0.6]])
    settings = {**ALL, "points_per_side": None, "crop_n_layers": 1, "box_nms_thresh": 0.95}
    settings |= {"crop_nms_thresh": 1.0}
    one_in_a_corner = np.array([[0.001, 0.001]])
    theirs = reference.SamAutomaticMaskGenerator(
        pair[0], **settings, point_grids=[one_in_a_corner, grid]
    ).generate(coffee)
    ours = SamAutomaticMaskGenerator(
        pair[1], **settings, point_grids=[np.zeros((0, 2)), grid]
    ).generate(coffee)
    same([each for each in theirs if each["crop_box"][2:] != [300, 200]], ours)


def test_its_settings_can_be_changed(pair, coffee):
    generator = SamAutomaticMaskGenerator(pair[1], **ALL)
    many = generator.generate(coffee)
    generator.pred_iou_thresh = float(np.median([each["predicted_iou"] for each in many]))
    few = generator.generate(coffee)
    assert 0 < len(few) < len(many)
    assert min(each["predicted_iou"] for each in few) > generator.pred_iou_thresh


def test_small_pieces_of_masks_made_elsewhere(reference, pair, coffee, opencv):
    """The static method takes the reference's own structure, and its answer is the reference's."""
    data = reference.utils.amg.MaskData
    settings = {**ALL, "output_mode": "uncompressed_rle", "box_nms_thresh": 0.9}
    records = SamAutomaticMaskGenerator(pair[1], **settings).generate(coffee)
    made = []
    for generator in (reference.SamAutomaticMaskGenerator, SamAutomaticMaskGenerator):
        boxes = np.array([each["bbox"] for each in records])
        boxes[:, 2:] += boxes[:, :2]
        rles = [dict(each["segmentation"]) for each in records]
        given = data(rles=rles, boxes=boxes, names=np.arange(len(rles)))
        made.append(generator.postprocess_small_regions(given, 150, 0.7))
    assert 0 < len(made[0]["rles"]) < len(records)
    assert made[1]["rles"] == made[0]["rles"]
    np.testing.assert_array_equal(made[1]["boxes"], made[0]["boxes"])
    np.testing.assert_array_equal(made[1]["names"], made[0]["names"])


def test_what_cannot_be_is_said(pair, monkeypatch):
    with pytest.raises(ValueError, match="not png"):
        SamAutomaticMaskGenerator(pair[1], output_mode="png")
    with pytest.raises(ValueError, match="either points_per_side or point_grids"):
        SamAutomaticMaskGenerator(pair[1], point_grids=[np.zeros((1, 2))])
    with pytest.raises(ValueError, match=r"point_grids\[0\] .* of shape \(2,\)"):
        SamAutomaticMaskGenerator(pair[1], None, point_grids=np.zeros((1, 2)))
    monkeypatch.setitem(sys.modules, "pycocotools", None)
    with pytest.raises(ImportError, match="pip install pycocotools"):
        SamAutomaticMaskGenerator(pair[1], output_mode="coco_rle")


def test_boxes_are_counted_from_centre_to_centre():
    mask = Mask.from_array(np.ones((3, 5), bool))
    assert home._bbox(mask.box) == [0, 0, 4, 2]
    assert home._bbox((0, 0, 0, 0)) == [0, 0, 0, 0]
