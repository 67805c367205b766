"""Logits at the image's size: equal to torch's."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from sam_widget.geometry import Frame
from sam_widget.segment.upscale import bilinear, image_logits


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


def test_a_region_is_a_cut_of_the_whole():
    grid = np.random.default_rng(1).normal(size=(9, 13)).astype(np.float32)
    whole = bilinear(grid, (50, 40), (0, 0, 50, 40))
    assert np.array_equal(bilinear(grid, (50, 40), (7, 3, 31, 29)), whole[3:29, 7:31])


@pytest.mark.parametrize("size", [(180, 120), (1, 1), (37, 300), (500, 3), (20, 30)])
def test_of_a_stretched_picture_the_way_is_one_step(size):
    logits = np.random.default_rng(2).normal(size=(16, 16)).astype(np.float32)
    frame = Frame(*size, 64, stretched=True)
    by_torch = F.interpolate(torch.from_numpy(logits)[None, None], size[::-1], mode="bilinear")
    assert np.allclose(image_logits(logits, frame), by_torch[0, 0].numpy(), atol=1e-5)
