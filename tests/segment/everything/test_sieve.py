"""The filters of everything mode: one rule for Python and the page, by golden/sieve.json."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sam_widget.segment.everything.search import coarse_to_fine, grid, suppress
from sam_widget.segment.everything.sieve import Measures, Sieve

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "sieve.json").read_text("utf-8"))
SHARES = st.floats(0, 1, width=32)
SIDES = st.integers(0, 20)
BOXES = st.builds(lambda x, y, w, h: (x, y, x + w, y + h), SIDES, SIDES, SIDES, SIDES)
FOUND = st.lists(st.builds(Measures, SHARES, SHARES, st.integers(0, 50), BOXES), max_size=12)
SIEVES = st.builds(Sieve, SHARES, SHARES, st.integers(0, 50), SHARES)


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_golden_fates(case):
    found = [Measures(iou, stable, area, tuple(box)) for iou, stable, area, box in case["found"]]
    fates = Sieve(**case["sieve"]).fates(found)
    assert [[each.dropped, each.by, each.share] for each in fates] == case["fates"]


@given(SIEVES, FOUND)
def test_what_shows_is_what_the_search_keeps_of_the_same(sieve, found):
    fates = sieve.fates(found)
    passed = [
        i
        for i, one in enumerate(found)
        if (one.predicted_iou > np.float32(sieve.predicted_iou) or sieve.predicted_iou <= 0)
        and (one.stability >= np.float32(sieve.stability) or sieve.stability <= 0)
        and one.area >= max(1, sieve.area)
    ]
    boxes = np.array([found[i].box for i in passed], np.float32).reshape(-1, 4)
    scores = np.array([found[i].predicted_iou for i in passed], np.float32)
    kept = {passed[i] for i in suppress(boxes, scores, sieve.overlap)}
    assert {i for i, fate in enumerate(fates) if fate.dropped is None} == kept
    for fate in fates:
        assert (fate.dropped == "overlap") == (fate.by is not None)
        assert fate.by is None or (fate.by in kept and fate.share > sieve.overlap)


@pytest.mark.parametrize("side", [1, 2, 5, 8, 17])
def test_the_grid_in_an_order_that_is_coarse_first(side):
    places = coarse_to_fine(side)
    assert sorted(map(tuple, places)) == sorted(map(tuple, grid(side)))
    if side >= 8:
        corners = {(x > 0.5, y > 0.5) for x, y in places[:4]}
        assert len(corners) == 4
