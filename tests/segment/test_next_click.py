"""The next click lies in the middle of what candidates do not agree about."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sam_widget.masks import Mask
from sam_widget.segment.next_click import next_click

EVEN = np.array([0.8, 0.8, 0.8])


def rectangle(x0, y0, x1, y1, size=(60, 80)):
    mask = np.zeros(size, bool)
    mask[y0:y1, x0:x1] = True
    return mask


WHOLE, PART, BIT = rectangle(5, 5, 70, 50), rectangle(5, 5, 25, 50), rectangle(5, 5, 15, 15)


def test_it_is_the_middle_of_the_largest_part_with_the_likelier_sign():
    found = next_click(np.stack([WHOLE, PART, BIT]), EVEN)
    assert (found.x, found.y) == pytest.approx((47.5, 27.5), abs=1.5)
    assert not found.positive  # one of three holds it
    assert found.keeps == (1, 2)
    assert found.area == 45 * 45
    sure = next_click(np.stack([WHOLE, PART, BIT]), np.array([0.9, 0.3, 0.3]))
    assert sure.positive
    assert sure.keeps == (0,)


def test_it_keeps_away_from_prompts():
    masks = np.stack([WHOLE, PART, BIT])
    first = next_click(masks, EVEN)
    again = next_click(masks, EVEN, [(first.x, first.y)])
    assert np.hypot(again.x - first.x, again.y - first.y) > 5
    assert masks[0, int(again.y), int(again.x)]


@pytest.mark.parametrize(
    "masks",
    [
        np.stack([WHOLE] * 3),
        np.stack([WHOLE, WHOLE, rectangle(5, 5, 70, 49) | rectangle(6, 49, 70, 50)]),
        np.zeros((3, 60, 80), bool),
        np.zeros((3, 1, 1), bool),
    ],
    ids=["the same", "but for a pixel", "empty", "of one pixel"],
)
def test_none_where_they_agree(masks):
    assert next_click(masks, EVEN) is None


def test_masks_as_run_lengths_say_the_same():
    masks = np.stack([WHOLE, PART, BIT])
    lengths = [Mask.from_array(each) for each in masks]
    assert next_click(lengths, EVEN) == next_click(masks, EVEN)


def test_a_large_photo_is_looked_at_from_afar():
    masks = np.stack([WHOLE, PART, BIT]).repeat(30, 1).repeat(30, 2)
    found = next_click(masks, EVEN)
    assert (found.x / 30, found.y / 30) == pytest.approx((47.5, 27.5), abs=1.5)
    assert found.area == pytest.approx(45 * 45 * 900, rel=0.05)


@settings(max_examples=60, derandomize=True)
@given(
    st.lists(st.tuples(*[st.integers(0, 79)] * 4), min_size=3, max_size=3),
    st.lists(st.floats(0, 1), min_size=3, max_size=3),
    st.lists(st.tuples(st.floats(0, 80), st.floats(0, 60)), max_size=4),
)
def test_it_decides_what_it_says(corners, scores, taken):
    masks = np.stack(
        [rectangle(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in corners]
    )
    found = next_click(masks, np.array(scores), taken)
    if found is None:
        return
    says = masks[:, int(found.y), int(found.x)]
    assert 0 < says.sum() < 3
    assert tuple(np.flatnonzero(says == found.positive)) == found.keeps
    assert all(np.hypot(found.x - x, found.y - y) > 1 for x, y in taken)
