"""The data engine as a wheel that turns: a frame for each round of a log, with its counters."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

from sam_widget.data_engine.measured import ASSISTED, AUTOMATIC, SEMI
from sam_widget.lessons.marks import Disc, Line, Words
from sam_widget.lessons.speech import say
from sam_widget.lessons.stage import Frame, Stage

if TYPE_CHECKING:
    from sam_widget.data_engine.log import Log, Round
    from sam_widget.lessons.marks import Mark

SIZE = 560, 300
MIDDLE, RADIUS = (160.0, 150.0), 105.0
STAGES = (ASSISTED, SEMI, AUTOMATIC)


def wheel_on(log: Log) -> Stage:
    """Draw a turn of the wheel, round by round: who annotates, and what it brought and cost."""
    frames = [_frame(each, number, len(log.rounds)) for number, each in enumerate(log.rounds, 1)]
    return Stage(frames, SIZE, seconds=2.0)


def said_of(one: Round) -> tuple[str, ...]:
    """Return a round's counters, a line each."""
    got = one.measured
    lines = [
        say("{} photos, {} masks", "사진 {}장, 마스크 {}개").format(got.images, got.masks),
        say("{:.1f} masks a photo", "사진마다 마스크 {:.1f}개").format(
            got.masks / max(1, got.images)
        ),
    ]
    if got.seconds is not None:
        lines.append(
            say("{:.1f} s a mask by hand", "손으로 마스크마다 {:.1f}초").format(got.seconds)
        )
    if got.clicks is not None:
        lines.append(say("{:.1f} clicks a mask", "마스크마다 클릭 {:.1f}번").format(got.clicks))
    if one.found is not None:
        lines.append(say("{:.0%} of the things found", "있는 것의 {:.0%}를 찾음").format(one.found))
    return tuple(lines)


def _frame(one: Round, number: int, rounds: int) -> Frame:
    names = (
        say("assisted", "보조 수동"),
        say("semi-auto", "반자동"),
        say("automatic", "자동"),
    )
    x, y = MIDDLE
    marks: list[Mark] = [Disc(x, y, RADIUS, "#cbd5e1", 3)]
    for place, (stage, name) in enumerate(zip(STAGES, names, strict=True)):
        angle = -pi / 2 + place * 2 * pi / 3
        at = x + RADIUS * cos(angle), y + RADIUS * sin(angle)
        now = stage == one.stage
        marks.append(Disc(*at, 34 if now else 26, "#2563eb" if now else "#94a3b8"))
        marks.append(Words(name, at[0], at[1] + 4, 11, "white", "center"))
        ahead = angle + pi / 3
        tip = x + RADIUS * cos(ahead), y + RADIUS * sin(ahead)
        back = x + RADIUS * cos(ahead - 0.15), y + RADIUS * sin(ahead - 0.15)
        marks.append(Line((back, tip), "#94a3b8", 3, arrow=12))
    marks.append(Words(one.model, x, y + 5, 13, "#475569", "center"))
    for row, line in enumerate(said_of(one)):
        marks.append(Words(line, 320, 90 + 28 * row, 15, "#475569"))
    caption = say("round {} of {}", "{}번째 바퀴, 모두 {}번").format(number, rounds)
    return Frame(front=tuple(marks), caption=caption)
