"""One mask as a person sees it: what is noise is not drawn, what was clicked always is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sam_widget.components import islands
from sam_widget.geometry import Frame
from sam_widget.masks import Mask
from sam_widget.segment.drawing import drawn
from sam_widget.segment.enlarge import Enlarged, smooth

FRAME = Frame(640, 640, 256)  # 64 samples, 10 image px each


def patches(*places: tuple[int, int, int, float]) -> np.ndarray:
    """A sure background with square patches: x, y, side, in samples, and their logit."""
    logits = np.full((64, 64), -6, np.float32)
    for x, y, side, value in places:
        logits[y : y + side, x : x + side] = value
    return logits


def test_specks_and_pinholes_are_noise() -> None:
    clean = drawn(patches((20, 20, 20, 6)), FRAME)
    noisy = patches((20, 20, 20, 6), (5, 5, 2, 8), (50, 8, 2, 8))
    noisy[30, 30] = -20
    assert islands(Enlarged.of(noisy, FRAME, way=smooth).mask()) == 3
    assert drawn(noisy, FRAME) == clean
    assert islands(clean) == 1


def test_islands_and_holes_of_some_size_are_things() -> None:
    logits = patches((10, 10, 20, 6), (45, 45, 5, 6))
    logits[18:22, 18:22] = -6
    mask = drawn(logits, FRAME)
    assert islands(mask) == 2
    assert not mask.to_array()[200, 200]


def test_the_only_thing_is_drawn_however_small() -> None:
    mask = drawn(patches((30, 30, 2, 9), (10, 50, 1, 9)), FRAME)
    assert islands(mask) == 1
    assert mask.to_array()[310, 310]


def test_nothing_is_nothing() -> None:
    assert drawn(patches(), FRAME) == Mask.from_array(np.zeros((640, 640), bool))


@settings(max_examples=40, derandomize=True)
@given(
    st.tuples(st.integers(1, 300), st.integers(1, 300)),
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(1, 20), st.floats(1, 9)),
        max_size=6,
    ),
)
def test_nothing_but_small_pieces_differs(size, places) -> None:
    frame = Frame(*size, 256)
    plain = Enlarged.of(patches(*places), frame, way=smooth).mask()
    mask = drawn(patches(*places), frame)
    assert islands(mask) <= islands(plain)
    assert bool(mask.area) == bool(plain.area)
    apart = np.count_nonzero(mask.to_array() != plain.to_array())
    speck = 4 * (4 / frame.scale[0]) * (4 / frame.scale[1])
    assert apart <= speck * 20


@pytest.mark.parametrize("size", [(1800, 1200), (32, 24)])
def test_it_is_as_large_as_the_image(size: tuple[int, int]) -> None:
    assert drawn(patches((2, 2, 30, 5)), Frame(*size, 256)).size == size
