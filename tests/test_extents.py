"""Diameter and perimeter of masks: of shapes that one knows, and beside scikit-image."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from skimage.measure import perimeter_crofton

from sam_widget.extents import diameter, perimeter
from sam_widget.masks import Mask


def disc(radius: float) -> np.ndarray:
    ys, xs = np.mgrid[:200, :200] + 0.5
    return np.hypot(xs - 100, ys - 100) <= radius


@pytest.mark.parametrize("radius", [10, 33.3, 80])
def test_of_a_disc(radius):
    mask = Mask.from_array(disc(radius))
    assert diameter(mask) == pytest.approx(2 * radius, abs=1.5)
    assert perimeter(mask) == pytest.approx(2 * math.pi * radius, rel=0.03)


def test_of_a_slanted_line_and_of_nothing():
    line = np.zeros((90, 90), bool)
    for i in range(60):
        line[i // 2 + 20, i + 10] = True
    assert diameter(Mask.from_array(line)) == pytest.approx(math.hypot(60, 30))
    assert perimeter(Mask.from_array(line)) == pytest.approx(2 * math.hypot(60, 30), rel=0.1)
    empty = Mask.from_array(np.zeros((3, 4), bool))
    assert (diameter(empty), perimeter(empty)) == (0, 0)
    pixel = np.zeros((3, 4), bool)
    pixel[1, 2] = True
    assert diameter(Mask.from_array(pixel)) == pytest.approx(math.sqrt(2))


@given(st.integers(0, 2**30), st.sampled_from([0.05, 0.5, 0.95]))
def test_it_is_the_longest_of_all_pairs_and_others_perimeter(seed, share):
    array = np.random.default_rng(seed).random((9, 13)) < share
    mask = Mask.from_array(array)
    ys, xs = np.nonzero(array)
    corners = np.array(
        [(x + i, y + j) for x, y in zip(xs, ys, strict=True) for i in (0, 1) for j in (0, 1)]
    )
    far = max((np.hypot(*(corners - each).T).max() for each in corners), default=0)
    assert diameter(mask) == pytest.approx(far)
    theirs = perimeter_crofton(np.pad(array, 2), directions=4)
    assert perimeter(mask) == pytest.approx(theirs)
