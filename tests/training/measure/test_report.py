"""The evaluation's tables, read as a person would."""

from __future__ import annotations

from sam_widget.training.measure.differences import Difference
from sam_widget.training.measure.report import Judged, table

MEANS = {
    "all": {"box": 0.25, "leading_fragmented": 0.5, "masks": 4.0},
    "source a": {"box": 0.75, "leading_fragmented": 0.0, "masks": 3.0},
}
BETTER = {
    "all": {"box": 0.5, "leading_fragmented": 0.25, "masks": 4.0},
    "source a": {"box": 0.75, "leading_fragmented": 0.125, "masks": 3.0},
}
GAINS = {
    "all": {
        "box": Difference(0.25, 0.125, 0.5),
        "leading_fragmented": Difference(-0.25, -0.5, 0.0),
    },
    "source a": {
        "box": Difference(0.0, 0.0, 0.0),
        "leading_fragmented": Difference(0.125, -1.0, 1.0),
    },
}
MINI = Judged("mini", 512, MEANS)
OTHER = Judged("runs/a/weights.safetensors", 384, BETTER, GAINS)


def words(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


def test_one_model_has_a_line_a_group() -> None:
    assert words(table([MINI])) == [
        ["masks", "box", "leading", "fragmented"],
        ["all", "4", "0.250", "0.500"],
        ["source", "a", "3", "0.750", "0.000"],
        *words(table([MINI]))[3:],
    ]
    assert "baseline: superpixels, one click 0.36" in table([MINI])


def test_each_further_model_is_compared_with_the_first() -> None:
    lines = words(table([MINI, OTHER, OTHER]))
    assert lines[:3] == [
        ["1:", "mini,", "512", "px"],
        ["2:", "runs/a/weights.safetensors,", "384", "px"],
        ["3:", "runs/a/weights.safetensors,", "384", "px"],
    ]
    assert lines[4:12] == [
        ["all", "4"],
        ["1", "0.250", "0.500"],
        ["2", "0.500", "0.250"],
        ["3", "0.500", "0.250"],
        ["2", "-", "1", "+0.250", "-0.250"],
        ["95", "%", "+0.125..+0.500", "-0.500..+0.000"],
        ["3", "-", "1", "+0.250", "-0.250"],
        ["95", "%", "+0.125..+0.500", "-0.500..+0.000"],
    ]


def test_columns_stand_under_their_names() -> None:
    for judged in ([MINI], [MINI, OTHER]):
        lines = table(judged).splitlines()
        head = next(line for line in lines if "masks" in line)
        end = head.index("box") + len("box")
        figures = [line for line in lines if "0.250" in line or ".." in line]
        assert all(line[end - 1].isdigit() and line[end] == " " for line in figures)
        assert len({len(line) for line in [head, *figures]}) == 1
