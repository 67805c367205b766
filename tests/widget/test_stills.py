"""A fill is seen, and so is what is under it: on dark photos as on bright ones."""

import numpy as np
import pytest

from sam_widget.widget.palette import PALETTE
from sam_widget.widget.stills import LIGHT, filled

FUR = np.random.default_rng(0).uniform(0, 1, (500, 1)).astype(np.float32)


@pytest.mark.parametrize("color", PALETTE)
@pytest.mark.parametrize(("dark", "bright"), [(5, 45), (90, 150), (205, 250)])
def test_fur_stays_readable_under_a_fill(color, dark, bright):
    plain = np.repeat(dark + (bright - dark) * FUR, 3, 1)
    laid = filled(plain, color, 0.5)
    assert (laid @ LIGHT).std() > 0.75 * (plain @ LIGHT).std()
    assert np.abs(laid - plain).max(1).mean() > 15  # and the fill is seen


@pytest.mark.parametrize("color", PALETTE)
def test_opacity_says_how_much(color):
    plain = np.repeat(255 * FUR, 3, 1)
    np.testing.assert_allclose(filled(plain, color, 0), plain)
    np.testing.assert_allclose(filled(plain, color, 1), np.broadcast_to(color, (500, 3)), atol=1e-3)
