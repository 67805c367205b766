"""A mask as a sum: a token's kernel of 32 numbers times 32 feature maps, built up one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sam_widget.lessons.marks import Rect, Words, heat, tint
from sam_widget.lessons.speech import say
from sam_widget.lessons.stage import Frame, Stage

from .attention import click, hear
from .candidates import COLORS, iou

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from sam_widget.lessons.marks import Box, Mark
    from sam_widget.lessons.study import Study
    from sam_widget.segment.overheard import Overheard
    from sam_widget.segment.trace import Traced

PRODUCT = "mask_decoder.product"
COLUMNS, GAP = 8, 3


def factors(
    heard: Mapping[str, Traced], mask: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return a mask's kernel (32,) and the upscaled features (32, h, w), float32.

    The kernel is what a hypernetwork makes of the mask's token; their product is the mask's
    logits, on the decoder's own grid (paper, Appendix A).
    """
    kernels, pixels = (each.float().cpu().numpy()[0] for each in heard[PRODUCT].given)
    return kernels[mask], pixels


def leading_row(heard: Overheard) -> int:
    """Return which row of the trace's masks the candidate is that leads, of the last answer."""
    made = heard.trace[PRODUCT].array()[0]
    return int(np.argmin(np.abs(made - heard.without.logits[heard.without.best]).mean((1, 2))))


def built_up(
    kernel: NDArray[np.float32], pixels: NDArray[np.float32]
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return the order of channels, the weightiest first, and their partial sums (32, h, w).

    A channel weighs as much as its part of the logits varies over the picture; the last partial
    sum is the logits.
    """
    parts = kernel[:, None, None] * pixels
    order = np.argsort(-parts.std((1, 2)), kind="stable")
    sums: NDArray[np.float32] = np.cumsum(parts[order], axis=0, dtype=np.float64).astype("f4")
    return order, sums


def kernels_frames(
    study: Study, heard: Overheard, counts: Iterable[int] = range(1, 33)
) -> tuple[Frame, ...]:
    """Draw 32 feature maps, and below them the mask of as many as are summed, a frame each."""
    kernel, pixels = factors(heard.trace, leading_row(heard))
    order, sums = built_up(kernel, pixels)
    low = [study.cropped(pixels[channel])[::2, ::2] for channel in order]
    maps = tuple(heat(each, _cell(study, i), "gray") for i, each in enumerate(low))
    rings = [
        Rect(_cell(study, i), "#ef4444" if kernel[channel] < 0 else "#22c55e", width=2)
        for i, channel in enumerate(order)
    ]
    frames = []
    for count in counts:
        logits, whole = study.cropped(sums[count - 1]), study.cropped(sums[-1])
        weight = say("kernel {:+.2f}", "커널 {:+.2f}").format(kernel[order[count - 1]])
        marks = (*rings[:count], *_mask(study, logits, weight))
        frames.append(Frame(maps, marks, _caption(count, logits, whole)))
    return tuple(frames)


def _mask(study: Study, logits: NDArray[np.float32], weight: str) -> tuple[Mark, ...]:
    box, soft = _below(study), 1 / (1 + np.exp(-logits.clip(-30, 30)))
    return (
        heat(soft[::2, ::2], box, "gray"),
        tint(logits > 0, COLORS[0], box, 0.45),
        Words(weight, box[2] + 8, box[1] + 16, 13, "#475569"),
    )


def _caption(count: int, logits: NDArray[np.float32], whole: NDArray[np.float32]) -> str:
    agreed = iou(logits > 0, whole > 0)
    return say(
        f"{count} of 32 channels: IoU {agreed:.2f} with the whole sum",
        f"채널 32개 중 {count}개의 합: 전체 합과의 IoU {agreed:.2f}",
    )


def _cell(study: Study, number: int) -> Box:
    row, column = divmod(number, COLUMNS)
    width = study.size[0] / COLUMNS - GAP
    height = width * study.size[1] / study.size[0]
    left, top = column * (width + GAP), row * (height + GAP)
    return left, top, left + width, top + height


def _below(study: Study) -> Box:
    top = _cell(study, 31)[3] + 2 * GAP
    width, height = (0.6 * side for side in study.size)
    return 0.0, top, width, top + height


def kernels_size(study: Study) -> tuple[int, int]:
    """Return the stage's width and height, px."""
    return study.size[0], round(_below(study)[3])


def kernels_on(study: Study, x: float, y: float) -> Stage:
    """Draw how the mask of a click at x y of the photo, px, is summed up of 32 channels."""
    heard = hear(study, click(x, y))
    return Stage(kernels_frames(study, heard), kernels_size(study), seconds=0.4)
