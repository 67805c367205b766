"""Settings that are numbers: what is none is refused where it is given, by every dataclass."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from sam_widget.errors import SamError
from sam_widget.training.__main__ import main
from sam_widget.training.few_photos import Course
from sam_widget.training.gain import Trial
from sam_widget.training.mae.compare import Contest
from sam_widget.training.mae.run import MaePlan
from sam_widget.training.pseudo import Sure
from sam_widget.training.run.plan import Plan

KINDS: list[tuple[Any, str, str]] = [
    (Course, "steps", "int"),
    (Course, "photos", "int"),
    (Course, "prompts", "int"),
    (Course, "corrections", "float"),
    (Course, "iou_weight", "float"),
    (Course, "rate", "float"),
    (Course, "remember", "float"),
    (Course, "keep", "float"),
    (Course, "seed", "int"),
    (Plan, "steps", "int"),
    (Plan, "photos", "int"),
    (Plan, "replays", "int"),
    (Plan, "rate", "float"),
    (Plan, "corrections", "float"),
    (Plan, "frozen", "int"),
    (Plan, "save_minutes", "float"),
    (Plan, "workers", "int"),
    (Plan, "at_once", "int"),
    (MaePlan, "steps", "int"),
    (MaePlan, "share", "float"),
    (Trial, "learn", "int"),
    (Contest, "side", "int"),
    (Sure, "points", "int"),
    (Sure, "iou", "float"),
]
WRONG: list[Any] = ["3", True, math.nan, math.inf, -1, [1], np.array([1, 2]), "nan"]


def made(kind: Any, **settings: Any) -> Any:
    needed = {"steps": 5} if issubclass(kind, Plan | MaePlan) else {}
    return kind(**(needed | settings))


@pytest.mark.parametrize(("kind", "name", "type_"), KINDS)
def test_what_is_no_such_number_is_refused_where_it_is_given(
    kind: Any, name: str, type_: str
) -> None:
    for value in [*WRONG, *([1.5] if type_ == "int" else ())]:
        with pytest.raises(
            SamError, match=rf"^{name} is a (whole )?number from .*, not "
        ) as caught:
            made(kind, **{name: value})
        said = str(caught.value)
        assert said.endswith(".")
        assert "\n" not in said


def test_numbers_of_numpy_are_numbers() -> None:
    assert Course(steps=np.int64(3), rate=np.float32(0.5), keep=0).steps == 3
    assert Plan(steps=np.int64(3), at_once=None).at_once is None


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"steps": 0}, "at least one step"),
        ({"photos": 0}, "one photo"),
        ({"prompts": 0}, "one prompt"),
        ({"keep": 1}, "from 0 to under 1"),
        ({"rate": 0}, "nothing is learnt"),
        ({"keep": None}, "keep is a number from 0 on, not None"),
    ],
)
def test_a_course_that_learns_nothing_is_refused(settings: dict[str, Any], told: str) -> None:
    with pytest.raises(SamError, match=told):
        Course(**settings)


@pytest.mark.parametrize(
    ("sides", "told"),
    [
        ("384", "several input sizes"),
        (384, "several input sizes"),
        (("384",), "a side is a whole number"),
        ((33,), "multiple of 32"),
        ((), "multiple of 32"),
        ((math.nan,), "a side is a whole number"),
    ],
)
def test_sides_that_are_none_are_refused(sides: Any, told: str) -> None:
    with pytest.raises(SamError, match=told):
        Plan(steps=1, sides=sides)


WORDS = {
    "--remember -1": "--remember is a number from 0 on, not -1.0",
    "--remember nan": "--remember is a number from 0 on, not nan",
    "--answers -1": "--answers is a number from 0 on",
    "--embedding inf": "--embedding is a number from 0 on",
    "--labels -0.5": "--labels is a number from 0 on",
    "--scenes -1": "--scenes is a whole number from 0 on",
    "--threads 0": "--threads is a whole number from 1 on",
    "--teacher-side 0": "--teacher-side is a whole number from 1 on",
    "--side abc": "--side is one size or several",
    "--side 384:": "--side is one size or several",
    "--rate nan": "rate is a number from 0 on",
    "--seed -1": "seed is a whole number from 0 on",
    "--workers -1": "workers is a whole number from 0 on",
    "--minutes nan": "minutes is a number from 0 on",
    "--last 2": "last is a number from 0 to 1",
}


@pytest.mark.parametrize("words", WORDS)
def test_the_command_line_says_what_a_number_may_be(
    words: str, capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp() / "never"
    with pytest.raises(SystemExit):
        main(["--demo", "--run", str(folder), *words.split()])
    assert WORDS[words] in capsys.readouterr().err
    assert not folder.exists()
