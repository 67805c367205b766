"""A mask enlarged band by band: equal to the whole image's logits, which it never makes."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from sam_widget.geometry import Frame
from sam_widget.segment.enlarge import Enlarged, reference, smooth
from sam_widget.segment.upscale import image_logits

SIZES = [(180, 120), (120, 180), (1, 1), (37, 300), (500, 3), (20, 30), (700, 650)]


def wavy(samples: int, grid: int = 16) -> np.ndarray:
    """Smooth hills that cross 0 in many places."""
    noise = torch.from_numpy(np.random.default_rng(samples).normal(size=(1, 1, samples, samples)))
    return 4 * F.interpolate(noise, (grid, grid), mode="bicubic")[0, 0].float().numpy()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("samples", [3, 8, 16])
@pytest.mark.parametrize("stretched", [False, True])
def test_equal_to_the_whole(size, samples, stretched):
    logits, frame = wavy(samples), Frame(*size, 64, stretched=stretched)
    whole = image_logits(logits, frame)
    unsure = np.abs(np.abs(whole) - [[1.0]]).min(initial=1) < 1e-4 or np.abs(whole).min() < 1e-4
    slack = 2 if unsure else 0  # pixels that rounding decides

    enlarged = Enlarged.of(logits, frame, lowest=-1)
    mask = enlarged.mask()
    assert np.count_nonzero(mask.to_array() != (whole > 0)) <= slack
    measured = enlarged.measure(1)
    assert measured.box == mask.box
    assert abs(measured.inner - np.count_nonzero(whole > 1)) <= slack
    assert abs(measured.outer - np.count_nonzero(whole > -1)) <= slack
    drawn = np.zeros((size[1], size[0]), bool)
    enlarged.draw(drawn)
    np.testing.assert_array_equal(drawn, mask.to_array())
    assert Enlarged.of(logits, frame).mask() == mask


def test_a_band_holds_the_whole_images_logits():
    logits, frame = wavy(8), Frame(180, 120, 64)
    whole = image_logits(logits, frame)
    seen = 0
    enlarged = Enlarged.of(logits, frame)
    for rows, band in enlarged.bands():
        assert np.allclose(band, whole[rows, enlarged.x], atol=1e-5)
        seen += rows.stop - rows.start
    assert seen == 120


@settings(max_examples=60, derandomize=True)
@given(
    st.tuples(st.integers(1, 200), st.integers(1, 200)),
    st.lists(st.tuples(st.integers(0, 15), st.integers(0, 15)), max_size=6),
    st.floats(-4, -0.25),
)
def test_islands_anywhere(size, islands, ground):
    logits = np.full((16, 16), ground, np.float32)
    for x, y in islands:
        logits[y, x] = 1.0
    frame = Frame(*size, 64)
    whole = image_logits(logits, frame)
    sure = np.abs(whole) > 1e-5
    mask = Enlarged.of(logits, frame).mask().to_array()
    np.testing.assert_array_equal(mask[sure], whole[sure] > 0)


def test_only_what_matters_is_kept():
    logits = np.full((256, 256), -8, np.float32)
    logits[40:48, 100:116] = 8
    enlarged = Enlarged.of(logits, Frame(1800, 1200, 1024), lowest=-1)
    assert enlarged.nbytes < 2_000
    nothing = Enlarged.of(logits - 20, Frame(1800, 1200, 1024), lowest=-1)
    assert nothing.nbytes == 0
    assert nothing.mask().area == 0
    assert nothing.measure(1).box == (0, 0, 0, 0)
    assert np.isnan(nothing.measure(1).stability)


def test_the_padding_is_not_seen():
    logits = np.full((16, 16), -1, np.float32)
    logits[12:] = 5  # below a picture twice as wide as high
    assert Enlarged.of(logits, Frame(200, 100, 64)).mask().area == 0


def test_stability_by_hand():
    logits = np.where(np.arange(16) < 8, 5, -5).astype(np.float32)[None].repeat(16, 0)
    frame = Frame(16, 16, 16)
    assert Enlarged.of(logits, frame, -1).measure(1).stability == 1
    logits[:, 8:10] = 0.5
    measured = Enlarged.of(logits, frame, -1).measure(1)
    assert (measured.inner, measured.outer) == (128, 160)
    assert measured.stability == pytest.approx(0.8)


@pytest.mark.parametrize("size", SIZES)
def test_the_smooth_way_is_a_cubic_spline(size):
    logits, frame = wavy(16), Frame(*size, 64)
    width, height = frame.resized
    seen = logits[: -(-height // 4), : -(-width // 4)]  # of 64 px, 4 to a sample
    places = [
        (np.arange(pixels) + 0.5) * inside / pixels / 4 - 0.5
        for pixels, inside in ((size[1], height), (size[0], width))
    ]
    grid = np.meshgrid(*places, indexing="ij")
    spline = ndimage.map_coordinates(seen, grid, order=3, prefilter=False, mode="nearest")
    mask = Enlarged.of(logits, frame, way=smooth).mask().to_array()
    sure = np.abs(spline) > 1e-4
    np.testing.assert_array_equal(mask[sure], spline[sure] > 0)


def test_the_smooth_way_draws_a_speck_smaller_and_nothing_where_nothing_is():
    frame = Frame(160, 160, 64)
    logits = np.full((16, 16), -6, np.float32)
    assert Enlarged.of(logits, frame, way=smooth).mask().area == 0
    logits[3, 3] = 4  # one sample, sure of itself, in the midst of doubt
    logits[8:14, 8:14] = 6
    specks = [
        ndimage.label(each.mask().to_array())[1]
        for each in (Enlarged.of(logits, frame), Enlarged.of(logits, frame, way=smooth))
    ]
    assert specks == [2, 1]


def test_the_smooth_way_is_rounder_where_the_decoder_is_sure():
    """A disc of sure samples is a staircase; the smooth outline of it is nearer to the circle."""
    y, x = np.mgrid[:64, :64]
    logits = np.where(np.hypot(x - 30, y - 25) < 12, 8, -8).astype(np.float32)
    frame = Frame(640, 640, 256)
    unevenness = []
    for way in (reference, smooth):
        disc = Enlarged.of(logits, frame, way=way).mask().to_array()
        rows, columns = np.nonzero(disc & ~ndimage.binary_erosion(disc))
        unevenness.append(np.hypot(columns - 304.5, rows - 254.5).std())
        assert disc.sum() == pytest.approx(np.pi * 120**2, rel=0.05)
    assert unevenness[1] < 0.95 * unevenness[0]
