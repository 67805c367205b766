"""IoU, Dice and boundary F: by hand, and beside the benchmark's own way of counting."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from sam_widget.agreement import Agreement, boundary_f
from sam_widget.masks import Mask, MaskError


def box(x0, y0, x1, y1, size=(100, 80)):
    array = np.zeros(size[::-1], bool)
    array[y0:y1, x0:x1] = True
    return Mask.from_array(array)


def dense(mask, truth, tolerance=0.008):
    """Boundary F as the benchmark's code counts it: whole arrays, dilated by a disk."""

    def border(array):
        right, down, both = (np.zeros_like(array) for _ in range(3))
        right[:, :-1] = array[:, 1:]
        right[:, -1] = array[:, -1]
        down[:-1] = array[1:]
        down[-1] = array[-1]
        both[:-1, :-1] = array[1:, 1:]
        both[-1, :-1] = array[-1, 1:]
        both[:-1, -1] = array[1:, -1]
        both[-1, -1] = array[-1, -1]
        return (array ^ right) | (array ^ down) | (array ^ both)

    mine, true = border(mask), border(truth)
    reach = tolerance if tolerance >= 1 else math.ceil(tolerance * np.linalg.norm(mask.shape))
    ys, xs = np.ogrid[-reach : reach + 1, -reach : reach + 1]
    disk = xs**2 + ys**2 <= reach**2
    if not mine.any() or not true.any():
        return float(mine.any() == true.any())
    precision = (mine & ndimage.binary_dilation(true, disk)).sum() / mine.sum()
    recall = (true & ndimage.binary_dilation(mine, disk)).sum() / true.sum()
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def test_by_hand():
    half = Agreement.of(box(0, 10, 20, 30), box(10, 10, 30, 30))
    assert half.iou == pytest.approx(1 / 3)
    assert half.dice == pytest.approx(0.5)
    same = box(5, 5, 50, 50)
    assert Agreement.of(same, same) == Agreement(1.0, 1.0, 1.0)
    inner = Agreement.of(box(20, 20, 40, 40), box(10, 10, 50, 60))
    assert inner.iou == pytest.approx(400 / 2000)
    assert inner.dice == pytest.approx(2 * 400 / 2400)
    assert inner.boundary == 0  # 10 px apart, and 2 px are near


def test_a_border_that_is_two_pixels_off_is_near_and_three_are_not():
    truth = box(20, 20, 60, 60)  # a diagonal of 128 px: 0.008 of it, rounded up, are 2 px
    assert boundary_f(box(22, 20, 60, 60), truth) == 1
    assert boundary_f(box(23, 20, 60, 60), truth) < 1
    # of the left side's border, two columns of 40 rows, none is near but at its ends
    assert boundary_f(box(40, 20, 60, 60), truth, 1) == pytest.approx(
        dense(box(40, 20, 60, 60).to_array(), truth.to_array(), 1)
    )


def test_nothing():
    empty, some = box(0, 0, 0, 0), box(5, 5, 9, 9)
    assert Agreement.of(empty, empty) == Agreement(1.0, 1.0, 1.0)
    for one, other in ((empty, some), (some, empty)):
        assert Agreement.of(one, other) == Agreement(0.0, 0.0, 0.0)
    whole = box(0, 0, 100, 80)  # no border at all, as the benchmark counts
    assert Agreement.of(whole, whole) == Agreement(1.0, 1.0, 1.0)
    with pytest.raises(MaskError, match="different images"):
        Agreement.of(some, box(0, 0, 3, 3, (9, 9)))
    with pytest.raises(MaskError, match="different images"):
        boundary_f(some, box(0, 0, 3, 3, (9, 9)))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_as_the_benchmark_counts(data):
    height, width = data.draw(st.integers(1, 40)), data.draw(st.integers(1, 40))
    seed = data.draw(st.integers(0, 2**16))
    rng = np.random.default_rng(seed)
    blur = data.draw(st.sampled_from([0, 1, 3]))
    pair = []
    for _ in range(2):
        noise = rng.random((height, width))
        noise = ndimage.gaussian_filter(noise, blur) if blur else noise
        pair.append(noise > np.quantile(noise, data.draw(st.sampled_from([0.0, 0.3, 0.6, 0.95]))))
    tolerance = data.draw(st.sampled_from([0.008, 0.05, 1, 4]))
    masks = [Mask.from_array(each) for each in pair]
    assert boundary_f(*masks, tolerance) == pytest.approx(dense(*pair, tolerance))
    shared, either = (pair[0] & pair[1]).sum(), (pair[0] | pair[1]).sum()
    both = Agreement.of(*masks)
    assert both.iou == pytest.approx(shared / either if either else 1)
    total = sum(each.sum() for each in pair)
    assert both.dice == pytest.approx(2 * shared / total if total else 1)
