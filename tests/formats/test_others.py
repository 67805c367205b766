"""Readers that others wrote see the same masks; what none installs here for, its published rules.

labelme itself brings Qt: what it reads is held to the checks of its ``labelme/_label_file.py``.
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import warnings
from importlib import import_module

import geojson
import numpy as np
import pytest
import shapely
import tifffile
from PIL import Image
from pycocotools import coco as pycoco
from scipy import ndimage
from skimage import io as skimage_io
from skimage.measure import regionprops

from sam_widget import Annotated, Mask, Region, write_annotations
from sam_widget.formats.geojson import feature
from tests.formats import shapes
from tests.formats.conftest import OLD_COCO

pytestmark = OLD_COCO

SIZE = (90, 60)
PHOTO = np.random.default_rng(0).integers(0, 256, (60, 90, 3), np.uint8)


def turned(array):
    return np.ascontiguousarray(array[::-1, ::-1])


THINGS = (shapes.blob(holes=2), turned(shapes.blob(holes=0)) & ~shapes.blob(holes=2))
IMAGE = Annotated(
    "a.png",
    SIZE,
    (Region(Mask.from_array(THINGS[0]), "cup"), Region(Mask.from_array(THINGS[1]), "plate")),
)


@pytest.fixture
def sv():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it has no OpenCV
        return import_module("supervision")


@pytest.fixture
def folder(tmp_path):
    """A folder with the photo in images/, as data sets have it."""
    (tmp_path / "images").mkdir()
    Image.fromarray(PHOTO).save(tmp_path / "images" / "a.png")
    return tmp_path


def pycocotools_masks(path):
    with contextlib.redirect_stdout(io.StringIO()):
        file = pycoco.COCO(str(path))
    return [file.annToMask(note) for note in file.loadAnns(file.getAnnIds())]


def hotcoco_masks(path):
    file = import_module("hotcoco").COCO(str(path))
    return [file.annToMask(note) for note in file.loadAnns(file.getAnnIds())]


@pytest.mark.parametrize("theirs", [pycocotools_masks, hotcoco_masks])
@pytest.mark.parametrize("masks", ["run lengths", "polygons"])
def test_coco(folder, theirs, masks):
    write_annotations([IMAGE], folder / "a.json", "coco", masks=masks)
    for found, array in zip(theirs(folder / "a.json"), THINGS, strict=True):
        np.testing.assert_array_equal(found.astype(bool), array)


def test_coco_by_supervision(folder, sv):
    write_annotations([IMAGE], folder / "a.json", "coco")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = sv.DetectionDataset.from_coco(
            str(folder / "images"), str(folder / "a.json"), force_masks=True
        )
        _, _, detections = found[0]
    assert found.classes == ["cup", "plate"]
    np.testing.assert_array_equal(detections.mask, THINGS)


def test_yolo_by_supervision(folder, sv):
    write_annotations([IMAGE], folder, "yolo")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = sv.DetectionDataset.from_yolo(
            *(str(folder / each) for each in ("images", "labels", "data.yaml")), force_masks=True
        )
        _, _, detections = found[0]
    assert found.classes == ["cup", "plate"]
    for mask, array in zip(detections.mask, THINGS, strict=True):
        # it draws the outline too, as OpenCV does: the same mask, at most a pixel wider, and the
        # bridges to holes and pieces
        assert not (array & ~mask).any()
        wider = mask & ~ndimage.binary_dilation(array, np.ones((3, 3)))
        assert wider.sum() < 60


def test_geojson_by_geojson_and_shapely(folder):
    transform = (0.25, 0.0, 512_000.25, 0.0, -0.25, 4_150_000.5)
    write_annotations([IMAGE], folder, "geojson", transform=transform, crs="EPSG:32652")
    found = geojson.loads((folder / "a.geojson").read_text())
    assert found.is_valid
    assert found.crs["properties"]["name"] == "EPSG:32652"
    for one, region in zip(found.features, IMAGE.regions, strict=True):
        shape = shapely.geometry.shape(one.geometry)
        assert shape.is_valid
        assert shape.area == region.area * 0.25 * 0.25
        x0, y0, x1, y1 = region.box
        assert shape.bounds == (512_000.25 + x0 / 4, 4_150_000.5 - y1 / 4, 512_000.25 + x1 / 4, 4_150_000.5 - y0 / 4)  # fmt: skip  # noqa: E501
        pieces = getattr(shape, "geoms", [shape])
        assert all(each.exterior.is_ccw for each in pieces)  # RFC 7946, 3.1.6
        assert not any(hole.is_ccw for each in pieces for hole in each.interiors)
        assert one.properties["label"] == region.label


def test_a_feature_is_a_shape_on_the_ground():
    said = feature(IMAGE.regions[0], transform=(2, 0, 100, 0, -2, 50))
    assert geojson.loads(json.dumps(said)).is_valid
    assert shapely.geometry.shape(said).area == 4 * IMAGE.regions[0].area
    assert said["properties"]["label"] == "cup"


def test_geojson_by_rasterio(folder):
    features = import_module("rasterio.features")
    transform = (0.25, 0.0, 512_000.25, 0.0, -0.25, 4_150_000.5)
    write_annotations([IMAGE], folder, "geojson", transform=transform)
    found = json.loads((folder / "a.geojson").read_text())["features"]
    affine = import_module("affine").Affine(*transform)
    for one, array in zip(found, THINGS, strict=True):
        drawn = features.rasterize([one["geometry"]], (60, 90), transform=affine)
        np.testing.assert_array_equal(drawn.astype(bool), array)


@pytest.mark.parametrize("shape", ["mask", "polygon"])
def test_labelme_by_its_rules(folder, shape):
    write_annotations([IMAGE], folder, "labelme", shapes=shape)
    found = json.loads((folder / "a.json").read_text())
    assert {"version", "flags", "shapes", "imagePath", "imageData", "imageHeight", "imageWidth"} <= found.keys()  # fmt: skip  # noqa: E501
    assert (found["imageWidth"], found["imageHeight"], found["imagePath"]) == (90, 60, "a.png")
    masks: dict[str, np.ndarray] = {}
    for each in found["shapes"]:
        assert isinstance(each["label"], str)
        assert isinstance(each["flags"], dict)
        assert isinstance(each["description"], str)
        assert each["group_id"] is None or isinstance(each["group_id"], int)
        assert all(len(point) == 2 for point in each["points"])
        mask = masks.setdefault(each["label"], np.zeros((60, 90), bool))
        if each["shape_type"] == "mask":  # as labelme.utils.shape.shapes_to_label pastes it
            (x1, y1), (x2, y2) = np.asarray(each["points"]).astype(int)
            picture = np.asarray(Image.open(io.BytesIO(base64.b64decode(each["mask"]))))
            mask[y1 : y2 + 1, x1 : x2 + 1] = picture.astype(bool)
        else:
            polygon = shapely.Polygon(each["points"]).buffer(0)
            y, x = np.mgrid[:60, :90] + 0.5
            mask |= shapely.contains_xy(polygon, x, y)
    np.testing.assert_array_equal(list(masks.values()), THINGS)


def test_voc_by_pillow(folder):
    write_annotations([IMAGE], folder, "voc", categories=["plate", "cup"])
    objects = Image.open(folder / "SegmentationObject" / "a.png")
    classes = Image.open(folder / "SegmentationClass" / "a.png")
    assert objects.mode == classes.mode == "P"
    np.testing.assert_array_equal(np.asarray(objects), THINGS[0] + 2 * THINGS[1])
    np.testing.assert_array_equal(np.asarray(classes), 2 * THINGS[0] + THINGS[1])
    # the palette's first colours, as the development kit's VOClabelcolormap makes them
    official = [0, 0, 0, 128, 0, 0, 0, 128, 0, 128, 128, 0, 0, 0, 128, 128, 0, 128]
    assert objects.getpalette()[:18] == official
    assert objects.getpalette()[-3:] == [224, 224, 192]
    assert (folder / "ImageSets" / "Segmentation" / "all.txt").read_text() == "a\n"
    assert "cup:0,128,0::\n" in (folder / "labelmap.txt").read_text()


@pytest.mark.parametrize("suffix", [".tif", ".png"])
def test_a_label_image_by_skimage(folder, suffix):
    write_annotations([IMAGE], folder, "label_image", suffix=suffix)
    found = skimage_io.imread(folder / f"a{suffix}")
    assert found.dtype == np.uint16
    assert [each.area for each in regionprops(found)] == [each.sum() for each in THINGS]
    if suffix == ".tif":
        np.testing.assert_array_equal(tifffile.imread(folder / "a.tif"), found)


def test_numpy_itself(folder):
    write_annotations([IMAGE], folder, "npz")
    with np.load(folder / "a.npz") as found:
        np.testing.assert_array_equal(found["masks"], THINGS)
        assert found["labels"].tolist() == ["cup", "plate"]
        assert found["boxes"].tolist() == [list(each.box) for each in IMAGE.regions]
        assert np.isnan(found["predicted_iou"]).all()


def test_cutouts_by_pillow(folder):
    write_annotations([IMAGE], folder / "cut", "cutouts", pictures=folder / "images")
    for name, region in zip(("1-cup.png", "2-plate.png"), IMAGE.regions, strict=True):
        found = np.asarray(Image.open(folder / "cut" / "a" / name))
        x0, y0, x1, y1 = region.box
        inside = region.array()[y0:y1, x0:x1]
        np.testing.assert_array_equal(found[..., 3], np.where(inside, 255, 0))
        np.testing.assert_array_equal(found[inside][:, :3], PHOTO[y0:y1, x0:x1][inside])
        assert not found[~inside].any(), "nothing of the photo goes along unseen"


def test_a_photo_on_its_side(folder):
    """EXIF's rotation is applied once: what is cut out is what read_image shows."""
    exif = Image.Exif()
    exif[274] = 6
    Image.fromarray(PHOTO).rotate(90, expand=True).save(folder / "images" / "side.png", exif=exif)
    image = Annotated("side.png", SIZE, IMAGE.regions[:1])
    write_annotations([image], folder / "cut", "cutouts", pictures=folder / "images")
    found = np.asarray(Image.open(folder / "cut" / "side" / "1-cup.png"))
    x0, y0, x1, y1 = image.regions[0].box
    inside = THINGS[0][y0:y1, x0:x1]
    np.testing.assert_array_equal(found[inside][:, :3], PHOTO[y0:y1, x0:x1][inside])
