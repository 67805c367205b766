"""Checks: ``check("2.1", answer)`` says right, or gives a hint. The exercises have their own rooms.

A check is tolerant of every right answer, needs no network, and can be wrapped by a grader:
``assert check("2.1", answer)`` holds exactly where the answer is right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from sam_widget.errors import SamError, in_short, shown

from . import exercises
from .speech import say

if TYPE_CHECKING:
    from collections.abc import Callable

LESSONS = 9
ROOMS = {each.name for each in iter_modules(exercises.__path__)}


@dataclass(frozen=True)
class Verdict:
    """What a check says of an answer; true where it is right.

    Attributes
    ----------
    right : bool
        Whether it is.
    said : str
        Why it is right, or a hint: one or two sentences in the language that is spoken.
    """

    right: bool
    said: str

    def __bool__(self) -> bool:
        return self.right

    def __repr__(self) -> str:
        return f"{'✔' if self.right else '✘'} {self.said}"

    def _repr_html_(self) -> str:
        color = "#15803d" if self.right else "#b45309"
        return (
            f'<div style="border-left:4px solid {color};padding:4px 12px">'
            f"<b>{'✔' if self.right else '✘'}</b> {escape(self.said)}</div>"
        )


def right(en: str, ko: str) -> Verdict:
    """Return that an answer is right, and why."""
    return Verdict(right=True, said=say(en, ko))


def hint(en: str, ko: str) -> Verdict:
    """Return that an answer is not right yet, and where to look."""
    return Verdict(right=False, said=say(en, ko))


def check(number: str, answer: Any) -> Verdict:
    """Look at an answer to an exercise.

    Parameters
    ----------
    number : str
        "2.1": lesson 2, exercise 1.
    answer : object
        What the exercise asks for; a wrong kind of thing is a wrong answer, never an error.

    Returns
    -------
    Verdict
        True where the answer is right.

    Raises
    ------
    SamError
        There is no such exercise.
    """
    look = _exercise(number)
    if answer is None or answer is ...:
        return hint(
            "Nothing is filled in yet: put your answer in place of the dots.",
            "아직 답이 비어 있습니다. 점 세 개(...) 자리에 답을 써 넣으세요.",
        )
    try:
        return look(answer)
    except Exception as error:  # noqa: BLE001  a student's answer may be anything
        return hint(
            f"This could not be looked at ({in_short(error)}): read again what is asked for.",
            f"답을 확인할 수 없습니다({in_short(error)}). 무엇을 묻는지 다시 읽어 보세요.",
        )


def _exercise(number: str) -> Callable[[Any], Verdict]:
    """Return the function ``exercise_2_1`` of the room ``exercises/lesson_2.py``."""
    parts = re.fullmatch(rf"([1-{LESSONS}])\.([1-9])", str(number).strip())
    if parts:
        name = f"lesson_{parts[1]}"
        lesson = import_module(f".{name}", exercises.__name__) if name in ROOMS else None
        found = getattr(lesson, f"exercise_{parts[1]}_{parts[2]}", None)
        if found is not None:
            look: Callable[[Any], Verdict] = found
            return look
    raise SamError(f'There is no exercise {shown(number)}: "2.1" is the first of lesson 2.')
