"""A dataclass's fields as options of a command line, and back."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import pytest

from sam_widget.training.options import offer, taken
from sam_widget.training.run.results import room_for


@dataclass(frozen=True)
class Walk:
    """Something with settings."""

    far_away: float = 2.5
    steps: int = 3
    place: str = "park"
    secret: int = 7

    def __post_init__(self) -> None:
        if self.steps < 1:
            raise ValueError("no step at all.")


TOLD = {"far_away": "how far, km", "steps": "", "place": "where"}


def parser() -> argparse.ArgumentParser:
    out = argparse.ArgumentParser()
    offer(out, Walk(steps=5), TOLD)
    return out


def test_what_is_not_said_is_the_default() -> None:
    assert taken(Walk, parser().parse_args([])) == Walk(steps=5)


def test_what_is_said_has_the_fields_type() -> None:
    given = parser().parse_args(["--far-away", "1", "--steps", "2", "--place", "hill"])
    assert taken(Walk, given) == Walk(1.0, 2, "hill")
    assert isinstance(given.far_away, float)
    assert taken(Walk, given, place="sea", secret=8) == Walk(1.0, 2, "sea", 8)


def test_fields_that_are_not_told_about_have_no_option(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for wrong, why in (
        (["--secret", "1"], "unrecognized arguments: --secret"),
        (["--steps", "1.5"], "invalid int value"),
    ):
        with pytest.raises(SystemExit):
            parser().parse_args(wrong)
        assert why in capsys.readouterr().err
    with pytest.raises(ValueError, match="no step"):
        taken(Walk, parser().parse_args(["--steps", "0"]))


def test_help_tells_words_and_default() -> None:
    told = parser().format_help()
    assert "how far, km (default: 2.5)" in told
    assert "--steps STEPS" in told
    assert "default: 5" in told


def test_room_for_a_result_is_looked_for_and_left_as_it_was(tmp_path: Path) -> None:
    room_for(None)
    room_for(tmp_path / "here.json")
    with pytest.raises(ValueError, match=r"there.json cannot be written: No such file"):
        room_for(tmp_path / "nowhere" / "there.json")
    assert not list(tmp_path.iterdir())
