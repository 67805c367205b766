"""Polygons become the mask that they were drawn round; shapely says what lies inside."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from sam_widget import Mask, Region, SamError
from sam_widget.fills import filled
from sam_widget.outlines import bridged, polygons
from sam_widget.run_lengths import MaskError
from tests.formats import shapes

corners = st.lists(st.tuples(st.floats(-5, 20), st.floats(-5, 20)), min_size=3, max_size=7)


@given(shapes.masks)
def test_outlines_filled_are_the_mask(array):
    mask = Mask.from_array(array)
    assert filled(polygons(mask), mask.size) == mask


@given(shapes.masks.filter(np.any))
def test_one_ring_with_bridges_is_the_mask(array):
    mask = Mask.from_array(array)
    rings = [ring for polygon in polygons(mask) for ring in polygon]
    assert filled([[bridged(rings)]], mask.size) == mask


@settings(deadline=None)
@given(st.lists(corners, max_size=3))
def test_shapely_finds_the_same_centres_inside(rings):
    good = [ring for ring in rings if shapely.Polygon(ring).is_valid]
    y, x = np.mgrid[:12, :15] + 0.5
    wanted = np.zeros((12, 15), bool)
    sure = np.ones((12, 15), bool)
    for ring in good:
        polygon = shapely.Polygon(ring)
        wanted |= shapely.contains_xy(polygon, x, y)
        with np.errstate(all="ignore"):  # a side of 1e-172 is no side to shapely
            far = shapely.distance(polygon.boundary, shapely.points(x, y))
        sure &= far > 1e-6
    found = filled([[ring] for ring in good], (15, 12)).to_array()
    np.testing.assert_array_equal(found[sure], wanted[sure])


def test_a_hole_is_left_out_and_what_overlaps_is_there_once():
    outer, hole = [(0, 0), (6, 0), (6, 6), (0, 6)], [(2, 2), (4, 2), (4, 4), (2, 4)]
    assert filled([[outer, hole]], (6, 6)).area == 32
    assert filled([[outer], [outer]], (6, 6)).area == 36
    assert filled([], (6, 6)).area == filled([[[]]], (6, 6)).area == 0


def test_what_is_no_outline_is_refused():
    with pytest.raises(MaskError, match="finite numbers"):
        filled([[[(0, 0), (np.nan, 1), (1, 1)]]], (4, 4))
    comb = np.stack([np.arange(5000), np.arange(5000) % 2 * 60_000], 1)
    with pytest.raises(MaskError, match="crosses 300000000 rows"):
        filled([[comb]], (60_000, 60_000))


def test_less_detail_keeps_holes_and_pieces():
    region = Region(Mask.from_array(shapes.blob((900, 600))))
    exact, plain = region.polygons(), region.polygons(detail=3)
    assert [len(each) for each in plain] == [len(each) for each in exact]
    assert sum(map(len, plain[0])) < sum(map(len, exact[0])) / 5
    for one, other in zip(exact, plain, strict=True):
        far = shapely.hausdorff_distance(shapely.LinearRing(one[0]), shapely.LinearRing(other[0]))
        assert far <= 3
        assert {*map(tuple, other[0])} <= {*map(tuple, one[0])}


@pytest.mark.parametrize("detail", [-1, "low", None, float("nan"), True])
def test_what_is_no_tolerance(detail):
    with pytest.raises(SamError, match="A tolerance is in pixels, 0 or more"):
        Region(Mask.from_array(shapes.PINCHED)).polygons(detail)


@given(shapes.masks)
def test_shapely_reads_a_region_as_it_is(array):
    region = Region(Mask.from_array(array))
    shape = shapely.geometry.shape(region)
    assert shape.is_valid
    assert shape.area == region.area
    assert not region.area or shape.bounds == region.box
