"""Region: a mask with what is known of it; its polygons are the mask again."""

import dataclasses
import importlib
import warnings

import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import ndimage

import sam_widget
from sam_widget import Mask, Region
from sam_widget.document.records import Point
from sam_widget.segment.everything.find import Proposal, find_everything
from sam_widget.segment.everything.search import Search
from sam_widget.segment.segmenter import Segmenter
from tests.segment import twins

shapes = st.tuples(st.integers(1, 14), st.integers(1, 14))
ARRAYS = st.one_of(
    arrays.arrays(bool, shapes),
    arrays.arrays(bool, shapes, elements=st.sampled_from([True, True, True, False])),
)


def drawn(*rows):
    return np.array([[each == "#" for each in row] for row in rows])


def filled(rings, shape):
    """Fill what an odd number of rings surround, by the sides that cross each row."""
    array = np.zeros(shape, bool)
    for ring in rings:
        for (x, y), (to_x, to_y) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
            if x == to_x:
                array[min(y, to_y) : max(y, to_y), x:] ^= True
    return array


def area(ring):
    """By the shoelace; y is down, so clockwise on the screen is positive."""
    x, y = ring.T
    return int((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) / 2


PINCHED = drawn("####", "#.##", "##.#", "####")  # its holes touch by a corner
CLOSED_BY_A_CORNER = drawn("###", "#.#", "##.")  # its hole touches what is around
RINGS_IN_RINGS = np.max(np.abs(np.mgrid[-9:10, -9:10]), axis=0) % 2 == 1
CHESS = np.indices((9, 8)).sum(0) % 2 == 0


class TestPolygons:
    @given(ARRAYS)
    @example(PINCHED)
    @example(CLOSED_BY_A_CORNER)
    @example(RINGS_IN_RINGS)
    @example(~RINGS_IN_RINGS)
    @example(CHESS)
    @example(~CHESS)
    def test_they_are_the_mask_again(self, array):
        polygons = Region(Mask.from_array(array)).polygons()
        labels, count = ndimage.label(array)  # pieces that touch by their sides
        assert len(polygons) == count
        for polygon in polygons:
            piece = filled(polygon, array.shape)
            (label,) = np.unique(labels[piece])
            np.testing.assert_array_equal(piece, labels == label)
            assert sum(map(area, polygon)) == piece.sum()
        every = [ring for polygon in polygons for ring in polygon]
        np.testing.assert_array_equal(filled(every, array.shape), array)

    @given(ARRAYS)
    @example(PINCHED)
    @example(CLOSED_BY_A_CORNER)
    @example(RINGS_IN_RINGS)
    @example(CHESS)
    def test_rings_are_simple_and_turned_as_said(self, array):
        for outer, *holes in Region(Mask.from_array(array)).polygons():
            assert area(outer) > 0
            for hole in holes:
                assert area(hole) < 0
                assert filled([outer], array.shape)[filled([hole], array.shape)].all()
            for ring in (outer, *holes):
                assert ring.dtype == np.int64
                assert len({(x, y) for x, y in ring.tolist()}) == len(ring)
                steps = np.diff(ring, axis=0, append=ring[:1])
                assert ((steps != 0).sum(axis=1) == 1).all()  # along one axis,
                assert ((steps[1:] != 0) != (steps[:-1] != 0)).all()  # by turns

    def test_a_square_with_a_hole_in_its_place(self):
        array = np.zeros((20, 30), bool)
        array[5:9, 10:16] = True
        array[6:8, 12:14] = False
        ((outer, hole),) = Region(Mask.from_array(array)).polygons()
        assert outer.tolist() == [[10, 5], [16, 5], [16, 9], [10, 9]]
        assert hole.tolist() == [[12, 6], [12, 8], [14, 8], [14, 6]]

    def test_pieces_come_from_top_to_bottom_each_with_its_holes(self):
        polygons = Region(Mask.from_array(RINGS_IN_RINGS)).polygons()
        assert [len(each) for each in polygons] == [2, 2, 2, 2, 2]
        tops = [int(outer[0][1]) for outer, _ in polygons]
        assert tops == [0, 2, 4, 6, 8]

    def test_corners_that_touch(self):
        two = Region(Mask.from_array(drawn("#.", ".#"))).polygons()
        assert [len(each) for each in two] == [1, 1]
        (closed,) = Region(Mask.from_array(CLOSED_BY_A_CORNER)).polygons()
        assert [area(ring) for ring in closed] == [8, -1]
        (pinched,) = Region(Mask.from_array(PINCHED)).polygons()
        assert [area(ring) for ring in pinched] == [16, -1, -1]

    def test_nothing_has_none(self):
        assert Region(Mask.from_array(np.zeros((3, 4), bool))).polygons() == ()

    def test_matplotlib_says_the_same_of_every_pixels_centre(self):
        path = pytest.importorskip("matplotlib.path")
        y, x = np.mgrid[:60, :80]
        array = (np.hypot(x - 40, y - 30) < 25) & (np.hypot(x - 35, y - 28) > 9)
        centres = np.stack([x.ravel() + 0.5, y.ravel() + 0.5], 1)
        ((outer, hole),) = Region(Mask.from_array(array)).polygons()
        inside = [path.Path(ring).contains_points(centres) for ring in (outer, hole)]
        np.testing.assert_array_equal((inside[0] & ~inside[1]).reshape(array.shape), array)


ARRAY = np.zeros((40, 60), bool)
ARRAY[10:20, 30:50] = True
MASK = Mask.from_array(ARRAY)
CAT = Region(MASK, "cat", 0.91, 0.95, (Point("p", "o", 40.0, 15.0),), id="o", locked=True)


class TestValue:
    def test_what_the_mask_knows(self):
        assert CAT.box == (30, 10, 50, 20)
        assert CAT.area == 200
        assert CAT.size == (60, 40)
        np.testing.assert_array_equal(CAT.array(), ARRAY)
        CAT.array()[:] = False  # the caller's own
        np.testing.assert_array_equal(CAT.array(), ARRAY)

    def test_numpy_takes_it(self):
        np.testing.assert_array_equal(np.asarray(CAT), ARRAY)
        assert np.asarray(CAT, np.uint8).sum() == 200
        assert np.stack([CAT, CAT]).shape == (2, 40, 60)
        photo = np.arange(40 * 60).reshape(40, 60)
        np.testing.assert_array_equal(photo[CAT.mask], photo[ARRAY])
        np.testing.assert_array_equal(np.where(CAT, photo, 0), np.where(ARRAY, photo, 0))

    def test_a_mask_is_indexed_as_its_array(self):
        assert CAT.mask.shape == ARRAY.shape
        assert CAT.mask[15, 40]
        np.testing.assert_array_equal(CAT.mask[8:12, ::2], ARRAY[8:12, ::2])
        with pytest.raises(TypeError):
            iter(CAT.mask)

    def test_equal_by_content_and_frozen(self):
        again = dataclasses.replace(CAT, mask=Mask.from_array(ARRAY))
        assert again == CAT
        assert hash(again) == hash(CAT)
        assert dataclasses.replace(CAT, label="dog") != CAT
        with pytest.raises(dataclasses.FrozenInstanceError):
            CAT.label = "dog"

    def test_one_line_says_what_is_known(self):
        known = "200 px in (30, 10, 50, 20)"
        sure = "predicted IoU 0.91, stability 0.95"
        assert repr(CAT) == f"<Region 'cat': {known}, {sure}, accepted>"
        assert repr(Region(MASK)) == f"<Region: {known}>"
        assert "open" in repr(dataclasses.replace(CAT, locked=False))


class TestSpoken:
    """By everything that finds, draws or reads masks."""

    def test_by_find_everything(self):
        segmenter = Segmenter(twins.mini(128)[1], "mini", "regions")
        pixels = np.random.default_rng(0).integers(0, 256, (40, 60, 3), np.uint8)
        search = Search(3, pred_iou_thresh=0, stability_score_thresh=0)
        found = find_everything(segmenter, pixels, search, progress=False)
        assert found
        for each in found:
            assert isinstance(each, Region)
            assert each.size == (60, 40)
            assert each.crop == (0, 0, 60, 40)
            (point,) = each.prompts
            assert 0 < point.x < 60
            assert 0 < point.y < 40
            assert isinstance(each.predicted_iou, float)

    def test_by_trainings_reader(self):
        pytest.importorskip("pycocotools")
        from sam_widget.training.data.readers import GivenPhotos

        photo = GivenPhotos([(np.zeros((40, 60, 3), np.uint8), [CAT])])[0]
        assert photo.regions == (Region(MASK),)


class TestOldNames:
    """They hold for one release, and say what to write."""

    @pytest.mark.parametrize(
        ("home", "name"),
        [
            ("sam_widget.widget", "Segment"),
            ("sam_widget.widget.outcome", "Segment"),
            ("sam_widget.segment.everything.find", "Found"),
        ],
    )
    def test_a_class(self, home, name):
        module = importlib.import_module(home)
        with pytest.warns(DeprecationWarning, match=f"{name} is sam_widget.Region now") as told:
            assert getattr(module, name) is Region
        assert told[0].filename == __file__
        with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
            module.Nothing  # noqa: B018

    @pytest.mark.parametrize(
        ("old", "new"),
        [("score", 0.91), ("stability", 0.95), ("runs", MASK), ("point", (40.0, 15.0))],
    )
    def test_an_attribute(self, old, new):
        with pytest.warns(DeprecationWarning, match=f"Region.{old} is ") as told:
            assert getattr(CAT, old) == new
        assert told[0].filename == __file__

    def test_new_ones_are_silent(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            repr(CAT)
            assert sam_widget.Region is Region
            assert dataclasses.replace(CAT) == CAT
            Proposal(MASK.box, 0.9, 0.9, (1.5, 1.5), (0, 0, 60, 40), MASK, (60, 40)).region()
