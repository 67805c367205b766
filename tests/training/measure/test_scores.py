"""Means: per source, then over sources; of all, of each kind, of each source."""

from __future__ import annotations

from sam_widget.training.measure.scores import Score, mean_over_sources, summary

SCORES = [
    Score("a", "object", {"box": 1.0}),
    Score("a", "part", {"box": 0.0}),
    Score("a", "part", {"box": 0.5}),
    Score("b", "object", {"box": 0.0}),
]


def test_means_are_taken_per_source_first() -> None:
    assert mean_over_sources(SCORES) == {"box": 0.25}


def test_of_all_of_each_kind_of_each_source() -> None:
    assert summary(SCORES) == {
        "all": {"box": 0.25, "masks": 4},
        "kind object": {"box": 0.5, "masks": 2},
        "kind part": {"box": 0.25, "masks": 2},
        "source a": {"box": 0.5, "masks": 3},
        "source b": {"box": 0.0, "masks": 1},
    }
    assert list(summary(reversed(SCORES))) == list(summary(SCORES))
