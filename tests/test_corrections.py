"""Strokes to the pixel, and what corrections make of a mask: golden/corrections.json has both."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sam_widget.corrections import corrected, empty
from sam_widget.document.corrections import MOST_POINTS, WIDEST, Brush, CleanUp
from sam_widget.document.records import record_from_json
from sam_widget.masks import Mask
from sam_widget.strokes import less, stroke, union

GOLDEN = json.loads((Path(__file__).parent / "golden" / "corrections.json").read_text("utf-8"))
SIZE = (23, 17)
PLACES = st.floats(-6, 29).map(lambda value: round(value * 16) / 16)
PATHS = st.lists(st.tuples(PLACES, PLACES), min_size=1, max_size=5)
WIDTHS = st.sampled_from([0.25, 1, 1.5, 2, 3, 5.3, 9, 40])


def brush(*path: float, width: float = 1, positive: bool = True) -> Brush:
    return Brush("c", "a", path, width, positive)


def by_hand(*corrections: Brush | CleanUp, size: tuple[int, int] = SIZE) -> np.ndarray:
    return corrected(empty(*size), corrections).to_array()


def distances(path: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """How far each pixel's centre is from a line, the plain way."""
    ys, xs = np.mgrid[: size[1], : size[0]] + 0.5
    there = np.stack([xs, ys], axis=-1)
    ends = list(pairwise(path)) or [(path[0], path[0])]
    found = []
    for a, b in ends:
        long = ((b - a) ** 2).sum()
        t = np.clip(((there - a) * (b - a)).sum(-1) / long, 0, 1) if long else np.zeros(xs.shape)
        found.append(np.hypot(*np.moveaxis(there - (a + t[..., None] * (b - a)), -1, 0)))
    return np.min(found, axis=0)


@given(PATHS, WIDTHS)
def test_a_stroke_is_the_pixels_within_half_its_width_and_those_under_its_points(path, width):
    line = np.array(path, float)
    drawn = Mask.from_spans(SIZE, stroke(SIZE, line, width)).to_array()
    far = distances(line, SIZE)
    under = np.zeros_like(drawn)
    for x, y in line:
        if 0 <= x < SIZE[0] and 0 <= y < SIZE[1]:
            under[int(y), int(x)] = True
    wanted = (far <= width / 2) | under
    clear = abs(far - width / 2) > 1e-9  # on the edge itself a rounding decides
    assert np.array_equal(drawn[clear], wanted[clear])


@given(PATHS, PATHS, WIDTHS)
def test_spans_are_put_together_and_taken_away(path, other, width):
    one, two = (stroke(SIZE, np.array(each, float), width) for each in (path, other))
    first, second = (Mask.from_spans(SIZE, each).to_array() for each in (one, two))
    both = union(SIZE, np.concatenate([two, one]))
    assert np.array_equal(Mask.from_spans(SIZE, both).to_array(), first | second)
    assert np.array_equal(Mask.from_spans(SIZE, less(SIZE, one, two)).to_array(), first & ~second)


def test_a_dot_is_never_nothing():
    assert by_hand(brush(4, 4, width=0.1)).sum() == 1
    assert by_hand(brush(4, 4, width=0.1))[4, 4]


def test_an_eraser_takes_away_what_a_brush_gave_and_nothing_else():
    line = brush(3, 8, 20, 8, width=5)
    gone = brush(10.5, 8, width=5, positive=False)
    left = by_hand(line, gone)
    assert left.sum() == by_hand(line).sum() - by_hand(brush(10.5, 8, width=5)).sum()
    assert not by_hand(gone).any()
    assert np.array_equal(by_hand(line, gone, brush(10.5, 8, width=5)), by_hand(line))


def test_a_clean_up_counts_what_comes_before_it_and_leaves_what_comes_after():
    ring = brush(6.5, 3.5, 12.5, 3.5, 12.5, 9.5, 6.5, 9.5, 6.5, 3.5)
    speck = brush(20, 14)
    clean = by_hand(ring, speck, CleanUp("k", "a", 10, 100))
    assert clean.sum() == (by_hand(ring).any(0).sum() * by_hand(ring).any(1).sum())
    assert by_hand(ring, CleanUp("k", "a", 10, 100), speck).sum() > clean.sum()


def test_a_clean_up_leaves_something_and_never_fills_the_image():
    speck = brush(20, 14)
    assert by_hand(speck, CleanUp("k", "a", 1000, 1000)).sum() == by_hand(speck).sum()
    assert not by_hand(CleanUp("k", "a", 1000, 1000)).any()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (brush(), "1 to 2000 points"),
        (brush(1, 2, 3), "1 and a half"),
        (brush(*[1.0] * (2 * MOST_POINTS + 2)), "not 2001: draw several"),
        (brush(1, 2, width=0), "over 0 and at most 1024 px wide, not 0"),
        (brush(1, 2, width=WIDEST + 1), "not 1025"),
        (brush(1, 2, width=float("nan")), "not nan"),
        (brush(1, float("nan")), "finite"),
        (brush(1, 2, -3, 2, width=2), "by more than its own width"),
        (CleanUp("k", "a", -1, 0), "islands -1, holes 0"),
    ],
    ids=range(9),
)
def test_what_cannot_be_is_refused_in_a_sentence(wrong, says):
    assert says in wrong.fault(*SIZE)
    assert wrong.fault(*SIZE).endswith(".")
    assert brush(1, 2, -2, 2, width=2).fault(*SIZE) is None


def test_a_long_and_wide_stroke_on_a_large_photo():
    size = (6000, 4000)
    rng = np.random.default_rng(0)
    path = rng.uniform(0, size, (200, 2))
    spans = stroke(size, path, WIDEST)
    assert Mask.from_spans(size, spans).area > 0.9 * size[0] * size[1]


def bytes_of(case: dict, runs: list[int]) -> bytes:
    return np.array([*case["size"], *runs], "<u4").tobytes()


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_golden(case):
    there = {
        name: Mask.from_bytes(bytes_of(case, runs)) for name, runs in case.get("masks", {}).items()
    }
    corrections = map(record_from_json, case["corrections"])
    mask = corrected(empty(*case["size"]), corrections, there.__getitem__)
    assert [*mask.box, *mask.runs.tolist()] == case["mask"]
