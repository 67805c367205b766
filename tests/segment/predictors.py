"""Their predictor and ours on one photo, and when two answers count as the same. No test is here.

The folder's conftest takes the fixtures.
"""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data

from sam_widget.segment.compat import SamPredictor
from tests.segment import twins

POINTS = np.array([[120, 80], [300, 200]])
LABELS = np.array([1, 0])
BOX = np.array([60, 40, 330, 260])


@pytest.fixture(scope="module")
def pair():
    return twins.small_vit()


@pytest.fixture(scope="module")
def coffee():
    return skimage.data.coffee()[::2, ::2].copy()  # 200 x 300


@pytest.fixture
def both(reference, pair, coffee):
    theirs, ours = reference.SamPredictor(pair[0]), SamPredictor(pair[1])
    theirs.set_image(coffee)
    ours.set_image(coffee)
    return theirs, ours


def same(theirs, ours, logits: bool = False) -> None:
    """Compare two answers: masks, scores, low-resolution logits."""
    full, scores, low = (np.asarray(each) for each in ours)
    wanted, wanted_scores, wanted_low = (np.asarray(each) for each in theirs)
    assert full.shape == wanted.shape
    assert full.dtype == wanted.dtype
    assert low.dtype == wanted_low.dtype
    reach = float(np.ptp(wanted_low))
    assert reach > 1, "the weights say nothing"
    assert np.abs(low - wanted_low).max() < 1e-4 * reach
    assert np.abs(scores - wanted_scores).max() < 1e-4
    if logits:
        assert np.abs(full - wanted).max() < 1e-4 * reach
    else:
        assert 0.01 < wanted.mean() < 0.99
        assert np.mean(full != wanted) < 1e-4  # where a logit is 0 but for rounding
