"""The panel of ``w.explain()``: views of the current click, drawn anew as it changes. Asks nobody.

Only the view that is seen is drawn: the others wait for their tab.
"""

from __future__ import annotations

from html import escape
from threading import RLock
from typing import TYPE_CHECKING, Any, Protocol

from ipywidgets import HTML, Button, Dropdown, HBox, Layout, Tab, ToggleButton, VBox

from sam_widget.document.records import Point
from sam_widget.segment.answers.worker import weakly, worker_for
from sam_widget.segment.switches import steps

from .marks import Picture, Words, heat, tint
from .speech import say
from .stage import Frame, Stage
from .study import Study
from .views.attention import (
    attention_frame,
    small_map,
    step_label,
    token_names,
    without_frame,
)
from .views.candidates import COLORS
from .views.kernels import kernels_frames, kernels_size
from .views.positions import nearness_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from sam_widget.segment.answers.worker import Executor
    from sam_widget.segment.overheard import Overheard

    from .marks import Mark

TOKENS = 12  # px of each token's stripe
SUMS = (1, 2, 4, 8, 16, 32)  # channels of 32: fewer frames than a lesson's, to follow a hand
FIRST_MASK = 2  # of the tokens: that of the first candidate


class View(Protocol):
    """What one tab shows."""

    title: str
    box: VBox

    def draw(self, study: Study, heard: Overheard) -> None:
        """Draw another click."""


class Explanation(HBox):  # type: ignore[misc]
    """A view of a widget, and beside it what goes on inside the model for its current click.

    Parameters
    ----------
    widget : SamWidget
        Shown at the left; it lives on when this is closed.

    Attributes
    ----------
    heard : Overheard or None
        What is drawn: the click's answer, and the trace of it.
    said : str
        What is written instead, where there is nothing to draw.
    """

    _executor: Callable[[str], Executor] = staticmethod(worker_for)

    def __init__(self, widget: Any) -> None:
        self.heard: Overheard | None = None
        self.said = ""
        self._study: Study | None = None
        self._drawing, self._owed = RLock(), False
        self._step = weakly(self, Explanation._draw)
        self._end: Callable[[], None] = lambda: None
        self._attention = AttentionView(self._draw)
        self._views: tuple[View, ...] = (
            *(PromptView(), self._attention, KernelsView(), CandidatesView()),
        )
        self._sentence = HTML(layout=Layout(flex="1 1 auto"))
        close = Button(description=say("Close", "닫기"), icon="times", layout=Layout(width="auto"))
        close.on_click(lambda _: self.close())
        self._tabs = Tab([each.box for each in self._views])
        self._tabs.titles = [each.title for each in self._views]
        self._tabs.observe(lambda _: self._draw(), "selected_index")
        panel = VBox([HBox([self._sentence, close]), self._tabs])
        panel.layout = Layout(flex="1 1 520px", min_width="0")
        left = VBox([widget], layout=Layout(flex="1 1 360px", min_width="0"))
        super().__init__([left, panel], layout=Layout(flex_flow="row wrap"))
        self.add_class("sam-explained")

    def begin(self, switch: Callable[[frozenset[str]], None], end: Callable[[], None]) -> None:
        """Call ``switch`` with the steps that are switched off, ``end`` when this is closed."""
        self._attention.switch, self._end = switch, end

    def show(self, heard: Overheard | str) -> None:
        """Show a click, or a sentence where there is none."""
        with self._drawing:
            self.heard, self.said = (None, heard) if isinstance(heard, str) else (heard, "")
            if self.heard is not None:
                self._study = _seen(self.heard, self._study)
            self._sentence.value = f"<p>{escape(self.said)}</p>"
            self._tabs.layout.display = "none" if self.said else None
        self._draw_soon()

    def end(self) -> None:
        """Follow nothing more; what is seen stays."""
        self.begin(lambda _: None, lambda: None)

    def close(self) -> None:
        """Follow nothing more, and leave the page; the widget stays."""
        self._end()
        self.children = ()
        super().close()

    def _draw_soon(self) -> None:
        """Draw on a thread of its own, so that the model is free for clicks; the newest counts."""
        if not self._owed:
            self._owed = True
            self._executor("drawing").submit(self._step)

    def _draw(self) -> None:
        self._owed = False
        with self._drawing:
            if self.heard is not None and self._study is not None:
                self._views[self._tabs.selected_index or 0].draw(self._study, self.heard)


def explain(widget: Any) -> Explanation:
    """Return the panel that ``SamWidget.explain`` shows."""
    return Explanation(widget)


def _seen(heard: Overheard, before: Study | None) -> Study:
    """Return the photo as a study; that of before where it is the same, whose picture is drawn."""
    if before is not None and before.pixels is heard.pixels:
        return before
    return Study(heard.pixels, heard.segmenter, heard.embedding)


class _Staged:
    """A view on one stage, made when its size is known."""

    title = ""

    def __init__(self) -> None:
        self.box = VBox()
        self._stages: list[Stage] = []

    def _show(self, number: int, size: tuple[int, int], *frames: Frame) -> None:
        """Show frames on the stage of a number, the next free one or one that is there."""
        new = number == len(self._stages)
        if not new and self._stages[number].size == size:
            self._stages[number].show(*frames)
            return
        if not new:
            self._stages[number].close()
        stage = Stage(frames, size)
        stage.step = len(frames) - 1
        self._stages[number : number + 1] = [stage]
        others = [each for each in self.box.children if not isinstance(each, Stage)]
        self.box.children = [*self._stages, *others]


class PromptView(_Staged):
    """The point as the prompt encoder says it: what is encoded alike, and the tokens themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.title = say("Prompt", "프롬프트")

    def draw(self, study: Study, heard: Overheard) -> None:
        """Draw another click."""
        tokens = heard.trace["prompt_encoder"].array()[0]  # (N, 256)
        width, height = study.size
        below = (0.0, height + 6.0, float(width), height + 6.0 + TOKENS * len(tokens))
        stripes = heat(tokens.clip(-2, 2), below, "coolwarm") if len(tokens) else None
        points = [each for each in heard.prompts if isinstance(each, Point)]
        marks: list[Mark] = [] if stripes is None else [stripes]
        caption = say("the prompt's tokens, 256 numbers each", "프롬프트의 토큰, 각각 수 256개")
        if points:
            x, y = points[-1].x, points[-1].y
            marks += [heat(nearness_map(study, x, y), study.box, opacity=0.6), *study.dot(x, y)]
            caption = say(
                f"bright: encoded like {x:.0f}, {y:.0f}; below: the tokens, 256 numbers each",
                f"밝은 곳: {x:.0f}, {y:.0f}과 비슷한 부호; 아래: 토큰, 각각 수 256개",
            )
        size = width, round(height + 6 + TOKENS * max(1, len(tokens)))
        self._show(0, size, Frame((study.picture,), tuple(marks), caption))


class AttentionView(_Staged):
    """Who looks where at each step, and the mask without steps that are switched off."""

    def __init__(self, again: Callable[[], None]) -> None:
        super().__init__()
        self.title = say("Attention", "어텐션")
        self.switch: Callable[[frozenset[str]], None] = lambda _: None
        self._token = Dropdown(description=say("token", "토큰"), layout=Layout(width="220px"))
        self._token.observe(lambda _: again(), "value")
        self._switches = HBox(layout=Layout(flex_flow="row wrap"))
        self.box.children = [self._token, self._switches]

    def draw(self, study: Study, heard: Overheard) -> None:
        """Draw another click."""
        names = token_names(heard.trace)
        if tuple(self._token.options) != names:
            kept = self._token.index
            self._token.options = names
            self._token.index = FIRST_MASK if kept is None else min(kept, len(names) - 1)
        if not self._switches.children:
            self._switches.children = [self._button(each) for each in steps(heard.segmenter.sam)]
        size = study.size[0], round(3 * (small_map(study)[1] + 4))
        self._show(0, size, attention_frame(study, heard, self._token.index or 0))
        self._show(1, study.size, without_frame(study, heard))

    def _button(self, step: str) -> ToggleButton:
        button = ToggleButton(value=True, description=step_label(step), icon="check")
        button.layout = Layout(width="auto")
        button.tooltip = say(f"{step}: press to leave it out", f"{step}: 누르면 뺍니다")
        button.step = step

        def pressed(_: Any) -> None:
            button.icon = "check" if button.value else ""
            off = (each.step for each in self._switches.children if not each.value)
            self.switch(frozenset(off))

        button.observe(pressed, "value")
        return button


class KernelsView(_Staged):
    """The leading mask as a sum of feature maps."""

    def __init__(self) -> None:
        super().__init__()
        self.title = say("Mask as a sum", "합으로 된 마스크")

    def draw(self, study: Study, heard: Overheard) -> None:
        """Draw another click."""
        self._show(0, kernels_size(study), *kernels_frames(study, heard, SUMS))


class CandidatesView(_Staged):
    """The three candidates with their predicted IoU."""

    def __init__(self) -> None:
        super().__init__()
        self.title = say("Candidates", "후보")

    def draw(self, study: Study, heard: Overheard) -> None:
        """Draw another click."""
        said = heard.without
        width, height = (side / 3 for side in study.size)
        back: list[Picture] = []
        front: list[Picture | Words] = []
        for i, (name, score) in enumerate(zip(said.names, said.scores, strict=True)):
            box = i * width, 0.0, (i + 1) * width - 4, height
            back.append(Picture(study.picture.pixels, box))
            front.append(tint(study.cropped(said.logits[i]) > 0, COLORS[i], box, 0.55))
            text = f"{name} {score:.2f}"
            front.append(Words(text, box[0], height + 18, 14, COLORS[i]))
        leads = said.names[said.best]
        caption = say(f"predicted IoU; {leads} leads", f"예측 IoU; {leads} 후보가 앞섭니다")
        frame = Frame(tuple(back), tuple(front), caption)
        self._show(0, (study.size[0], round(height) + 26), frame)
