"""The wheel, a stage's efforts, a gain as matplotlib figures. Knows no screen, runs nothing."""

from __future__ import annotations

import base64
import io
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from .measured import ASSISTED, AUTOMATIC, PAPER, SEMI

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from .log import Log, Round
    from .measured import Measured
    from .retrain import Retrained

COLORS = {ASSISTED: "#0072b2", SEMI: "#d55e00", AUTOMATIC: "#009e73"}
PALE = "#888888"


def wheel(log: Log) -> Figure:
    """Draw a log: masks an image, seconds and clicks a mask, and what each retraining gained."""
    drawn = Figure(figsize=(11, 6.4), layout="constrained")
    masks, seconds, clicks, gain = drawn.subplots(2, 2).flat
    _masks(masks, log.rounds)
    _line(seconds, log.rounds, "seconds", "seconds a mask (simulated)")
    _line(clicks, log.rounds, "clicks", "clicks a mask")
    _gain(gain, log.rounds)
    return drawn


def efforts(told: Measured) -> Figure:
    """Draw the seconds and the clicks of each mask by hand, in order, and their running means."""
    drawn = Figure(figsize=(9, 3), layout="constrained")
    series: tuple[tuple[str, list[float]], ...] = (
        ("seconds", [seconds for seconds, _ in told.each if seconds is not None]),
        ("clicks", [float(clicks) for _, clicks in told.each]),
    )
    for axis, (title, values) in zip(drawn.subplots(1, 2), series, strict=True):
        axis.plot(range(1, len(values) + 1), values, ".", color=PALE, ms=4)
        window = min(len(values), max(3, len(values) // 5))
        if len(values) > 1:
            mean = np.convolve(values, np.ones(window) / window, "valid")
            axis.plot(np.arange(window, len(values) + 1), mean, color=COLORS[ASSISTED])
        axis.set(title=f"{title} a mask", xlabel="masks, in order")
        axis.set_ylim(bottom=0)
    return drawn


def gain(found: Retrained) -> Figure:
    """Draw what a retraining gained in each measure, with the 95 % intervals of the gain."""
    drawn = Figure(figsize=(7, 2.6), layout="constrained")
    axis = drawn.subplots()
    color = COLORS[ASSISTED] if found.better else PALE
    names = list(found.gain)[::-1]
    for row, name in enumerate(names):
        gained = found.gain[name]
        was, now = found.before[name], found.after[name]
        reach = [[gained.mean - gained.low], [gained.high - gained.mean]]
        axis.plot([was, now], [row, row], color=color)
        axis.plot(was, row, "|", color=PALE, ms=14)
        axis.errorbar(now, row, xerr=reach, fmt="o", color=color, capsize=3)
    axis.set_yticks(range(len(names)), [name.replace("_", " ") for name in names])
    kept = "kept" if found.better else "not kept"
    axis.set(title=f"held out, before (|) and after: {kept}", ylim=(-0.6, len(names) - 0.4))
    return drawn


def as_html(drawn: Figure) -> str:
    """Return a figure as an HTML element that holds its picture."""
    out = io.BytesIO()
    drawn.savefig(out, format="png", dpi=90)
    code = base64.b64encode(out.getvalue()).decode("ascii")
    return f"<img src='data:image/png;base64,{code}' style='max-width:100%'>"


def _masks(axis: Axes, rounds: Sequence[Round]) -> None:
    for number, each in enumerate(rounds):
        axis.bar(number, each.measured.masks_an_image, color=COLORS[each.stage])
    _stages(axis, rounds, {stage: told.masks for stage, told in PAPER.items()})
    axis.set(title="masks an image")


def _line(axis: Axes, rounds: Sequence[Round], what: str, title: str) -> None:
    points = [(i, getattr(each.measured, what), each.stage) for i, each in enumerate(rounds)]
    for stage, some in groupby(points, key=lambda point: point[2]):
        kept = [(i, value) for i, value, _ in some if value is not None]
        axis.plot([i for i, _ in kept], [v for _, v in kept], "o-", color=COLORS[stage])
    axis.set_ylim(bottom=0)
    seconds = {stage: told.seconds for stage, told in PAPER.items()}
    _stages(axis, rounds, seconds if what == "seconds" else {})
    axis.set(title=title)


def _gain(axis: Axes, rounds: Sequence[Round]) -> None:
    for number, each in enumerate(rounds):
        gained = each.retrained
        if gained is None:
            continue
        was, now, gain = gained.headline
        color = COLORS[each.stage] if gained.better else PALE
        axis.plot([number, number + 0.5], [was, now], color=color)
        axis.errorbar(
            number + 0.5, now, [[gain.mean - gain.low], [gain.high - gain.mean]], fmt="o",
            color=color, mfc=color if gained.better else "white", capsize=3,
        )  # fmt: skip
    _stages(axis, rounds, {})
    axis.set(title="IoU after one click, held out: before and after retraining")


def _stages(
    axis: Axes, rounds: Sequence[Round], paper: Mapping[str, tuple[float, float] | None]
) -> None:
    """Name the rounds below, and say above each stage what the paper began and ended with."""
    axis.set_xticks(range(len(rounds)), [each.stage.replace("-", "-\n") for each in rounds])
    axis.tick_params(axis="x", labelsize=7)
    axis.set_xlim(-0.6, len(rounds) - 0.4)
    low, high = axis.get_ylim()
    axis.set_ylim(low, high + 0.15 * (high - low))  # room for what is said there
    for stage in dict.fromkeys(each.stage for each in rounds):
        ends, those = paper.get(stage), [i for i, r in enumerate(rounds) if r.stage == stage]
        if ends is None:
            continue
        told = " to ".join(f"{end:g}" for end in dict.fromkeys(ends))
        axis.annotate(
            f"paper: {told}", (sum(those) / len(those), 1), xycoords=("data", "axes fraction"),
            xytext=(0, -10), textcoords="offset points", ha="center", fontsize=8,
            color=COLORS[stage],
        )  # fmt: skip
