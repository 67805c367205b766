"""Who looks where in the two-way decoder: each token, head and step; a step can be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sam_widget.lessons.marks import Picture, Words, heat
from sam_widget.lessons.speech import say
from sam_widget.lessons.stage import Frame, Stage
from sam_widget.segment.overheard import Overheard, listened
from sam_widget.segment.prompts import Prompts
from sam_widget.segment.switches import WHERE, steps

from .candidates import COLORS, iou

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from sam_widget.lessons.study import Study
    from sam_widget.segment.prompts import Prediction
    from sam_widget.segment.trace import Traced

READING = "token_to_image"
GAP, LABEL = 4, 64  # px between small maps, and left of them


def click(x: float, y: float) -> Prompts:
    """Return a click on the thing at x y of the photo, px."""
    return Prompts(np.array([[x, y]], np.float32), np.array([1]))


def hear(study: Study, prompts: Prompts, off: Iterable[str] = ()) -> Overheard:
    """Ask a model that has seen a photo, and listen: with steps of ``steps(sam)`` left out."""

    def ask() -> Prediction:
        return study.segmenter.predict(study.embedding, prompts)

    heard = listened(study.segmenter, ask, frozenset(off))
    return Overheard(study.pixels, study.segmenter, study.embedding, (), *heard, frozenset(off))


def reading_steps(heard: Mapping[str, Traced]) -> tuple[str, ...]:
    """Return the names, in a trace, of the attentions by which tokens read the image."""
    return tuple(name for name in heard if name.startswith(WHERE) and READING in name)


def token_names(heard: Mapping[str, Traced]) -> tuple[str, ...]:
    """Name the N tokens of a trace in order: the IoU's, the masks', the prompt's."""
    count = heard[WHERE + "layers.0.self_attn"].shape[1] - 5
    prompt = [say(f"prompt {i + 1}", f"프롬프트 {i + 1}") for i in range(count)]
    masks = [say(f"mask {i}", f"마스크 {i}") for i in range(4)]
    return (say("IoU", "IoU"), *masks, *prompt)


def looks(study: Study, heard: Mapping[str, Traced], step: str, token: int) -> NDArray[np.float32]:
    """Return (heads, h, w) float32: the shares that a token gives to the photo's places.

    Of each head they sum to 1 over the embedding's whole square, of which the photo's part is
    returned. At the last step only the tokens that are asked for look: 0 heads for the others.
    """
    side = study.embedding.grid
    row = _row(heard, step, token)
    shares = heard[step].weights()[0].float().cpu().numpy()  # (heads, N, P)
    at = shares[:, row] if row is not None else shares[:0, 0]
    maps: NDArray[np.float32] = study.cropped(at.reshape(-1, side, side))
    return maps


def _row(heard: Mapping[str, Traced], step: str, token: int) -> int | None:
    """Return which row of a step's is a token's: the last step has only the wanted ones."""
    if not step.startswith(WHERE + "final"):
        return token
    wanted = list(heard[WHERE[:-1]].given[2])
    return wanted.index(token) if token in wanted else None


def attention_frame(study: Study, heard: Overheard, token: int) -> Frame:
    """Draw steps as rows and heads as columns: where a token looks is bright."""
    marks: list[Picture | Words] = []
    names = reading_steps(heard.trace)
    width, height = small_map(study)
    for row, step in enumerate(names):
        top = row * (height + GAP)
        marks.append(Words(step_label(step), 0, top + height / 2 + 4, 12, "#475569"))
        for column, shares in enumerate(looks(study, heard.trace, step, token)):
            left = LABEL + column * (width + GAP)
            marks.append(heat(shares**0.5, (left, top, left + width, top + height)))
    name = token_names(heard.trace)[token]
    caption = say(
        f'token "{name}": a row is a step, a column is a head',
        f'토큰 "{name}": 행은 단계, 열은 헤드입니다',
    )
    return Frame((), tuple(marks), caption)


def small_map(study: Study, heads: int = 8) -> tuple[float, float]:
    """Return width and height, px, of one of the maps."""
    width = (study.size[0] - LABEL) / heads - GAP
    return width, width * study.size[1] / study.size[0]


def step_label(step: str) -> str:
    """Return a step's name for people: "2: tokens read", and so on."""
    name = step.removeprefix(WHERE)
    who = {
        "self_attn": say("tokens", "토큰끼리"),
        "cross_attn_token_to_image": say("read", "읽기"),
        "cross_attn_image_to_token": say("write", "쓰기"),
    }
    number, _, kind = name.removeprefix("layers.").partition(".")
    return f"{int(number) + 1} {who[kind]}" if kind else say("last read", "끝 읽기")


def without_frame(study: Study, heard: Overheard) -> Frame:
    """Draw the leading mask with every step, and without those that are switched off."""
    best = int(heard.said.best)
    whole, less = (each.mask(best) for each in (heard.said, heard.without))
    names = ", ".join(step_label(each) for each in steps(heard.segmenter.sam) if each in heard.off)
    caption = say("every step works", "모든 단계가 켜져 있습니다")
    if names:
        caption = say(
            f"without {names} (orange): IoU {agreed(heard):.2f} with the mask of all steps (blue)",
            f"{names} 없이(주황): 모든 단계의 마스크(파랑)와 IoU {agreed(heard):.2f}",
        )
    marks = (study.tinted(whole, COLORS[0], 0.35), study.tinted(less, COLORS[1], 0.6))
    return Frame((study.picture,), marks if names else marks[:1], caption)


def agreed_without(study: Study, x: float, y: float) -> tuple[float, ...]:
    """Return the IoU of a click's leading mask with itself without each of ``steps``."""
    point, names = click(x, y), steps(study.segmenter.sam)
    return tuple(agreed(hear(study, point, [name])) for name in names)


def agreed(heard: Overheard) -> float:
    """Return the IoU of the leading mask with the same candidate without what is switched off."""
    best = int(heard.said.best)
    return iou(heard.said.logits[best] > 0, heard.without.logits[best] > 0)


def attention_on(study: Study, x: float, y: float, token: int = 2) -> Stage:
    """Draw what a token looks at after a click at x y of the photo, px; a frame each token."""
    heard = hear(study, click(x, y))
    frames = [attention_frame(study, heard, i) for i in range(len(token_names(heard.trace)))]
    height = round(3 * (small_map(study)[1] + GAP))
    stage = Stage(frames, (study.size[0], height))
    stage.step = token
    return stage


def steps_off(study: Study, x: float, y: float) -> Stage:
    """Draw the mask of a click with each step of the two-way decoder left out, a frame each."""
    point = click(x, y)
    heard = [hear(study, point, [step]) for step in steps(study.segmenter.sam)]
    frames = [without_frame(study, each) for each in heard]
    marked = [Frame(f.back, (*f.front, *study.dot(x, y)), f.caption) for f in frames]
    return Stage(marked, study.size, seconds=1.5)
