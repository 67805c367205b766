"""Connected pieces: equal to scipy's, and to the rules by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps
from scipy import ndimage

from sam_widget.components import drop_islands, fill_holes, islands
from sam_widget.masks import Mask

TOUCHING = np.ones((3, 3))  # sides and corners
ARRAYS = nps.arrays(np.bool_, nps.array_shapes(min_dims=2, max_dims=2, max_side=14))


def drawn(*rows: str) -> Mask:
    return Mask.from_array(np.array([[letter == "#" for letter in row] for row in rows]))


def spiral(side: int) -> np.ndarray:
    """One piece that is long and winds: labels have far to go."""
    array = np.zeros((side, side), bool)
    array[::4] = True
    for i, row in enumerate(range(0, side - 4, 4)):
        array[row : row + 5, -1 if i % 2 else 0] = True
    return array


@given(ARRAYS, st.integers(0, 30))
@example(spiral(41), 5)
@example(~spiral(41), 5)
def test_equal_to_scipys_pieces(array, limit):
    mask = Mask.from_array(array)
    labels, _ = ndimage.label(~array, TOUCHING)
    areas = np.bincount(labels.ravel())
    expected = array | ((areas < limit)[labels] & (labels > 0))
    np.testing.assert_array_equal(fill_holes(mask, limit).to_array(), expected)

    labels, count = ndimage.label(array, TOUCHING)
    areas = np.bincount(labels.ravel())
    kept = (areas >= limit)[labels] & array
    if count and not kept.any():
        kept = labels == 1 + areas[1:].argmax()
    np.testing.assert_array_equal(drop_islands(mask, limit).to_array(), kept)


@given(ARRAYS)
@example(spiral(41))
@example(np.zeros((3, 4), bool))
def test_as_many_islands_as_scipy_counts(array):
    assert islands(Mask.from_array(array)) == ndimage.label(array, TOUCHING)[1]


def test_a_hole_is_closed_by_corners_too():
    mask = drawn("####.", "#..##", "##.##", "#####")
    assert fill_holes(mask, 4) == drawn("#####", "#####", "#####", "#####")
    assert fill_holes(mask, 3) == drawn("#####", "#..##", "##.##", "#####")


def test_islands_that_touch_at_a_corner_are_one():
    mask = drawn("##...", "##...", "..#..", ".....", "....#")
    assert drop_islands(mask, 2) == drawn("##...", "##...", "..#..", ".....", ".....")


def test_the_largest_stays_when_all_are_small():
    mask = drawn("##..#", ".....", "###..")
    assert drop_islands(mask, 100) == drawn(".....", ".....", "###..")


@pytest.mark.parametrize("clean", [fill_holes, drop_islands])
def test_nothing_to_do_returns_the_mask_itself(clean):
    mask = drawn("###", "###", "...")
    assert clean(mask, 3) is mask
    empty = drawn("...", "...")
    assert clean(empty, 3) is empty


def test_a_large_mask_of_specks():
    array = np.random.default_rng(0).random((1200, 1800)) > 0.5
    mask = drop_islands(fill_holes(Mask.from_array(array), 100), 100)
    labels, count = ndimage.label(mask.to_array(), TOUCHING)
    assert count == 0 or np.bincount(labels.ravel())[1:].min() >= 100
