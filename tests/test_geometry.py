"""Frame: there and back, SAM's rounding, the half pixel."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sam_widget.geometry import Frame

SIDES = st.integers(1, 5000)


@given(SIDES, SIDES, st.sampled_from([64, 512, 1024]), st.floats(0, 1), st.floats(0, 1))
def test_there_and_back(width, height, side, u, v):
    frame = Frame(width, height, side)
    xy = np.array([[u * width, v * height]])
    np.testing.assert_allclose(
        frame.to_image(frame.to_model(xy)), xy, atol=1e-3 * max(width, height) / side + 1e-3
    )


@given(SIDES, SIDES, st.sampled_from([64, 512, 1024]))
def test_the_picture_fills_the_longest_side(width, height, side):
    w, h = Frame(width, height, side).resized
    assert max(w, h) == side
    assert min(w, h) >= 1
    scale = side / max(width, height)
    assert abs(w - max(1, width * scale)) <= 0.5
    assert abs(h - max(1, height * scale)) <= 0.5


def test_corners_lie_half_a_pixel_outside_the_first_centre():
    frame = Frame(300, 200, 1024)
    w, h = frame.resized
    assert (w, h) == (1024, 683)
    np.testing.assert_allclose(frame.to_model([0, 0]), [-0.5, -0.5])
    np.testing.assert_allclose(frame.to_model([300, 200]), [w - 0.5, h - 0.5], rtol=1e-6)


def test_shapes_and_types():
    frame = Frame(300, 200, 512)
    for shape in [(2,), (7, 2), (3, 4, 2), (0, 2)]:
        assert frame.to_model(np.zeros(shape)).shape == shape
        assert frame.to_image(np.zeros(shape)).dtype == np.float32


@pytest.mark.parametrize("sides", [(0, 5, 64), (5, -1, 64), (5, 5, 0)])
def test_no_side_is_empty(sides):
    with pytest.raises(ValueError, match="sides of at least 1 px, not"):
        Frame(*sides)


@given(SIDES, SIDES, st.integers(0, 9000), st.integers(0, 9000), st.floats(0, 1), st.floats(0, 1))
def test_a_window_is_seen_as_the_same_pixels_alone_would_be(width, height, left, top, u, v):
    alone = Frame(width, height, 512)
    window = alone.at(left, top)
    inside = np.array([u * width, v * height])
    there = np.add(inside, (left, top))
    np.testing.assert_allclose(window.to_model(there), alone.to_model(inside), atol=1e-3)
    back = window.to_image(window.to_model(there))
    np.testing.assert_allclose(back, there, atol=1e-3 * max(width, height) / 512 + 2e-3)
    assert (window.resized, window.scale) == (alone.resized, alone.scale)


def test_boxes_of_a_window_are_placed_on_the_image():
    whole, window = Frame(300, 200, 512), Frame(30, 20, 512, 100, 7)
    assert whole.window == (0, 0, 300, 200)
    assert window.window == (100, 7, 130, 27)
    assert window.placed((0, 1, 30, 4)) == (100, 8, 130, 11)
    assert window.placed((0, 0, 0, 0)) == (0, 0, 0, 0), "nothing is nowhere"
    assert whole.placed((5, 6, 7, 8)) == (5, 6, 7, 8)


@pytest.mark.parametrize("corner", [(-1, 0), (0, -3)])
def test_a_window_begins_on_the_image(corner):
    with pytest.raises(ValueError, match="begins on the image"):
        Frame(5, 5, 64, *corner)


@given(SIDES, SIDES, st.sampled_from([112, 512, 1008]), st.floats(0, 1), st.floats(0, 1))
def test_stretched_a_picture_fills_the_square_and_comes_back(width, height, side, u, v):
    frame = Frame(width, height, side, stretched=True)
    assert frame.resized == (side, side)
    np.testing.assert_allclose(frame.scale, (side / width, side / height))
    xy = np.array([[u * width, v * height]])
    there = frame.to_model(xy)
    np.testing.assert_allclose(there, [[u * side - 0.5, v * side - 0.5]], atol=1e-3)
    np.testing.assert_allclose(
        frame.to_image(there), xy, atol=1e-3 * max(width, height) / side + 1e-3
    )


def test_a_window_stays_stretched_where_it_goes():
    frame = Frame(30, 20, 64, stretched=True).at(7, 3)
    assert frame.stretched
    assert frame.window == (7, 3, 37, 23)
    np.testing.assert_allclose(frame.to_model([37, 23]), [63.5, 63.5])


def test_the_grid_goes_to_the_image_past_the_padding_or_at_once():
    assert Frame(300, 200, 1024).on_the_way(256) == (1024, (1024, 683))
    assert Frame(300, 200, 1024, stretched=True).on_the_way(256) == (256, (256, 256))
