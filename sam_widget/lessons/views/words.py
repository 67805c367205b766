"""A phrase as a prompt: how near phrases are to each other, and where on a photo they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sam_widget.lessons.marks import Picture
from sam_widget.lessons.speech import say
from sam_widget.lessons.stage import Frame, Stage
from sam_widget.segment.text.minilm import encoder
from sam_widget.segment.text.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

WIDTH = 480  # px on the stage


def nearness(phrases: Sequence[str], others: Sequence[str]) -> NDArray[np.float32]:
    """Return (N, M) float32: the cosine between the vectors of phrases and of others, -1..1."""
    first, second = (encoder()(list(each)).numpy() for each in (phrases, others))
    cosines: NDArray[np.float32] = first @ second.T  # each vector is of length 1
    return cosines


def probability(photo: NDArray[np.uint8], phrase: str) -> NDArray[np.float32]:
    """Return (h, w) float32, 0..1, over the whole photo: how likely a place is what is said."""
    return words().propose(photo, phrase).heat


def phrases_on(photo: NDArray[np.uint8], phrases: Sequence[str]) -> Stage:
    """Draw where each phrase is, a frame each: what is likely is clear, the rest lies in the dark.

    Parameters
    ----------
    photo : ndarray
        (H, W, 3) uint8, RGB.
    phrases : sequence of str
        English nouns.
    """
    height = round(WIDTH * photo.shape[0] / photo.shape[1])
    box = (0, 0, WIDTH, height)
    frames = []
    for phrase in phrases:
        likely = probability(photo, phrase)
        caption = say(
            f"{phrase}: {(likely > 0.5).mean():.0%} of the photo is likelier than not",
            f"{phrase}: 사진의 {(likely > 0.5).mean():.0%}에서 확률이 절반을 넘습니다",
        )
        frames.append(Frame((Picture(photo, box),), (shade(likely, box),), caption))
    return Stage(frames, (WIDTH, height), seconds=1.5)


def shade(likely: NDArray[np.float32], box: tuple[float, float, float, float]) -> Picture:
    """Return darkness over what is not likely: (h, w) float, all of it to 0.25, none from 0.75."""
    pixels = np.zeros((*likely.shape, 4), np.uint8)
    pixels[..., 3] = np.round(220 * np.clip(1.5 - 2 * likely, 0, 1))
    return Picture(pixels, box)


def table_of(phrases: Sequence[str], others: Sequence[str]) -> Figure:
    """Draw who is near whom, as a matplotlib figure of numbers in colours."""
    from matplotlib.figure import Figure  # noqa: PLC0415  an extra, heavy

    cosines = nearness(phrases, others)
    figure = Figure((1.5 + 0.8 * len(others), 1 + 0.4 * len(phrases)), layout="tight")
    axes = figure.subplots()
    axes.imshow(cosines, cmap="viridis", vmin=0, vmax=1, aspect="auto")
    axes.set_xticks(range(len(others)), others)
    axes.set_yticks(range(len(phrases)), phrases)
    for (row, column), cosine in np.ndenumerate(cosines):
        ink = "black" if cosine > 0.6 else "white"
        axes.text(column, row, f"{cosine:.2f}", ha="center", va="center", color=ink)
    return figure
