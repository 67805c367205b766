"""Innermost points and corrections."""

from __future__ import annotations

import numpy as np
import pytest

from sam_widget.training.clicks import correction, innermost, noised_box, uniform


def rectangle(x0: int, y0: int, x1: int, y1: int) -> np.ndarray:
    mask = np.zeros((40, 60), bool)
    mask[y0:y1, x0:x1] = True
    return mask


def test_innermost_of_a_disc_is_its_centre() -> None:
    y, x = np.ogrid[:40, :60]
    assert innermost((x - 31) ** 2 + (y - 17) ** 2 <= 100) == (31, 17)


def test_innermost_avoids_the_thin_arm() -> None:
    mask = rectangle(5, 10, 14, 19) | rectangle(14, 14, 55, 16)
    assert innermost(mask) == (9, 14)


def test_the_image_border_counts_as_background() -> None:
    # Were the border inside, the corner would be the deepest.
    assert innermost(rectangle(0, 0, 9, 9)) == (4, 4)
    x, y = innermost(np.ones((21, 41), bool))
    assert y == 10
    assert 10 <= x <= 30


def test_innermost_lies_inside_whatever_the_shape() -> None:
    rng = np.random.default_rng(0)
    for _ in range(50):
        mask = rng.random((17, 23)) < 0.3
        x, y = innermost(mask)
        assert mask[y, x]


def test_an_empty_mask_has_no_innermost_point() -> None:
    with pytest.raises(ValueError, match="empty mask"):
        innermost(np.zeros((4, 4), bool))


def test_uniform_reaches_every_pixel_and_no_other() -> None:
    mask = rectangle(3, 3, 5, 6)
    rng = np.random.default_rng(0)
    drawn = {uniform(mask, rng) for _ in range(300)}
    assert drawn == {(x, y) for x in (3, 4) for y in (3, 4, 5)}


def test_a_correction_falls_into_the_larger_error() -> None:
    truth = rectangle(10, 10, 30, 30)
    too_little = rectangle(10, 10, 30, 15) | rectangle(40, 10, 44, 14)
    (x, y), positive = correction(too_little, truth)
    assert positive
    assert (truth & ~too_little)[y, x]
    too_much = rectangle(12, 10, 55, 30)
    (x, y), positive = correction(too_much, truth)
    assert not positive
    assert (too_much & ~truth)[y, x]
    assert 39 <= x <= 45


@pytest.mark.parametrize("seed", range(8))
def test_a_random_correction_falls_there_too(seed: int) -> None:
    truth, predicted = rectangle(10, 10, 30, 30), rectangle(20, 10, 35, 30)
    (x, y), positive = correction(predicted, truth, np.random.default_rng(seed))
    assert positive
    assert (truth & ~predicted)[y, x]


def test_nothing_wrong_needs_no_correction() -> None:
    assert correction(rectangle(1, 1, 9, 9), rectangle(1, 1, 9, 9)) is None


def test_noise_on_a_box_is_a_tenth_of_its_side_and_20_px_at_most() -> None:
    rng = np.random.default_rng(0)
    small = np.array([100, 100, 150, 120], np.float32)
    moved = np.stack([noised_box(small, (1000, 1000), rng) for _ in range(2000)]) - small
    np.testing.assert_allclose(moved.std(0), [5, 2, 5, 2], rtol=0.1)
    large = np.array([100, 100, 900, 900], np.float32)
    moved = np.stack([noised_box(large, (1000, 1000), rng) for _ in range(500)]) - large
    assert np.abs(moved).max() == 20
    kept = np.stack([noised_box(large, (905, 905), rng) for _ in range(500)])
    assert kept.max() <= 905


def test_a_noised_box_keeps_an_area() -> None:
    rng = np.random.default_rng(0)
    for _ in range(200):
        x0, y0, x1, y1 = noised_box(np.array([5, 5, 6, 60], np.float32), (60, 60), rng)
        assert x1 > x0
        assert y1 > y0
