"""Logits at the image's size: equal to torch's, and the mask alone equal to the whole."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from sam_widget.geometry import Frame
from sam_widget.segment.upscale import bilinear, image_logits, image_mask


def by_torch(logits: np.ndarray, frame: Frame) -> np.ndarray:
    width, height = frame.resized
    x = torch.from_numpy(logits)[None, None]
    x = F.interpolate(x, (frame.side, frame.side), mode="bilinear")[..., :height, :width]
    return F.interpolate(x, (frame.height, frame.width), mode="bilinear")[0, 0].numpy()


@pytest.mark.parametrize("size", [(180, 120), (1, 1), (37, 300), (500, 3), (20, 30)])
def test_logits_equal_torch(size):
    logits = np.random.default_rng(0).normal(size=(16, 16)).astype(np.float32)
    frame = Frame(*size, 64)
    assert np.allclose(image_logits(logits, frame), by_torch(logits, frame), atol=1e-5)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.tuples(st.integers(1, 200), st.integers(1, 200)),
    st.lists(st.tuples(st.integers(0, 15), st.integers(0, 15)), max_size=6),
    st.floats(-4, -0.25),
)
def test_the_mask_alone_equals_the_whole(size, islands, ground):
    logits = np.full((16, 16), ground, np.float32)
    for x, y in islands:
        logits[y, x] = 1.0
    frame = Frame(*size, 64)
    expected = image_logits(logits, frame) > 0
    assert np.array_equal(image_mask(logits, frame).to_array(), expected)


def test_a_region_is_a_cut_of_the_whole():
    grid = np.random.default_rng(1).normal(size=(9, 13)).astype(np.float32)
    whole = bilinear(grid, (50, 40), (0, 0, 50, 40))
    assert np.array_equal(bilinear(grid, (50, 40), (7, 3, 31, 29)), whole[3:29, 7:31])
