"""Paired differences of two models and their bootstrap intervals."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest

from sam_widget.training.measure.differences import Difference, compare
from sam_widget.training.measure.scores import Score, summary

Run = list[list[Score]]


def run(values: np.ndarray, source: str = "a", times: int = 1) -> Run:
    """One photo a row, one mask a column, each `times` times."""
    return [[Score(source, "part", {"box": float(v)}) for v in row] * times for row in values]


def of_all(one: Run, other: Run) -> Difference:
    return compare(one, other)["all"]["box"]


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def test_the_difference_of_means_is_the_mean_difference(rng: np.random.Generator) -> None:
    one = [*run(rng.random((6, 3)), "a"), *run(rng.random((2, 5)), "b")]
    other = [*run(rng.random((6, 3)), "a"), *run(rng.random((2, 5)), "b")]
    found = compare(one, other)
    before, after = (summary(score for photo in each for score in photo) for each in (one, other))
    assert found.keys() == before.keys()
    for group, values in found.items():
        expected = after[group]["box"] - before[group]["box"]
        assert values["box"].mean == pytest.approx(expected)
        assert values["box"].low < expected < values["box"].high


def test_two_runs_of_one_model_do_not_differ(rng: np.random.Generator) -> None:
    one = run(rng.random((5, 2)))
    assert of_all(one, one) == Difference(0, 0, 0)


def test_what_both_find_hard_does_not_count(rng: np.random.Generator) -> None:
    hard = rng.random((20, 2)) * 0.9
    assert astuple(of_all(run(hard), run(hard + 0.1))) == pytest.approx((0.1, 0.1, 0.1))


def test_the_interval_is_the_normal_one_where_photos_are_many(rng: np.random.Generator) -> None:
    gains = rng.normal(0.05, 0.2, (400, 1))
    found = of_all(run(np.zeros_like(gains)), run(gains))
    error = gains.std() / np.sqrt(len(gains))
    assert found.low == pytest.approx(gains.mean() - 1.96 * error, abs=0.1 * error)
    assert found.high == pytest.approx(gains.mean() + 1.96 * error, abs=0.1 * error)


def test_few_photos_of_a_source_seem_no_surer_than_they_are(rng: np.random.Generator) -> None:
    gains = rng.normal(0.05, 0.2, (200, 2))  # two photos of each of 200 sources
    pairs = [(f"s{i}", pair[:, None]) for i, pair in enumerate(gains)]
    one = [photo for source, pair in pairs for photo in run(0 * pair, source)]
    other = [photo for source, pair in pairs for photo in run(pair, source)]
    found = of_all(one, other)
    error = np.sqrt((gains.var(1, ddof=1) / 2).sum()) / len(gains)
    assert found.high - found.low == pytest.approx(2 * 1.96 * error, rel=0.05)


def test_more_masks_of_the_same_photos_are_no_more_sure(rng: np.random.Generator) -> None:
    gains = rng.normal(0, 0.2, (12, 1))
    once, tenfold = (
        of_all(run(0 * gains, times=times), run(gains, times=times)) for times in (1, 10)
    )
    assert astuple(tenfold) == pytest.approx(astuple(once))
    separate = gains.repeat(10, axis=0)  # each on a photo of its own
    sure = of_all(run(0 * separate), run(separate))
    assert sure.high - sure.low < 0.5 * (once.high - once.low)


def test_a_photo_counts_by_its_masks_and_a_source_once(rng: np.random.Generator) -> None:
    gains = [*run(np.full((1, 8), 0.5), "a"), *run(np.zeros((1, 2)), "a")]  # 0.4 on average
    gains += run(np.full((50, 2), 0.1), "b")
    nothing = [[Score(s.source, s.kind, {"box": 0.0}) for s in photo] for photo in gains]
    found = of_all(nothing, gains)
    assert found.mean == pytest.approx(0.25)
    # of the two photos of "a" the first may be drawn twice, or the second
    assert (found.low, found.high) == pytest.approx((0.05, 0.3))


def test_the_same_again(rng: np.random.Generator) -> None:
    one, other = run(rng.random((9, 2))), run(rng.random((9, 2)))
    assert compare(one, other) == compare(one, other)


@pytest.mark.parametrize(
    "other",
    [
        run(np.zeros((2, 2))),
        run(np.zeros((3, 1))),
        run(np.zeros((3, 2)), "b"),
        [[Score("a", "part", {"one_click": 0.0})] * 2] * 3,
    ],
    ids=["fewer photos", "fewer masks", "another source", "another value"],
)
def test_other_masks_are_not_compared(other: Run) -> None:
    with pytest.raises(ValueError, match=r"shorter|same masks"):
        compare(run(np.zeros((3, 2))), other)
