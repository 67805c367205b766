"""A mask as a prompt: what the prompt encoder's convolutions make of it, layer by layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn

from sam_widget.lessons.marks import heat
from sam_widget.lessons.speech import say
from sam_widget.lessons.stage import Frame, Stage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sam_widget.lessons.marks import Picture
    from sam_widget.lessons.study import Study

GAP = 4.0  # px between maps


def readings(study: Study, logits: NDArray[np.float32]) -> tuple[NDArray[np.float32], ...]:
    """Read a mask as the prompt encoder does (paper, Appendix A).

    Parameters
    ----------
    study : Study
    logits : ndarray
        (h, w) float32 on the model's grid, as a Prediction has them.

    Returns
    -------
    tuple of ndarray
        float32, what each convolution says, after its norm and GELU where it has them: (4, h/2,
        w/2), (16, h/4, w/4) and (256, h/4, w/4). The last is added to the photo's embedding.
    """
    now = torch.from_numpy(logits)[None, None]
    said: list[torch.Tensor] = []
    with torch.inference_mode():
        for layer in study.segmenter.sam.prompt_encoder.mask_downscaling:
            now = layer(now)
            if isinstance(layer, nn.Conv2d):
                said.append(now)
            else:  # its norm, its GELU
                said[-1] = now
    return tuple(each[0].float().numpy() for each in said)


def no_mask(study: Study) -> NDArray[np.float32]:
    """Return (256,) float32: the learnt vector that is added everywhere where no mask is given."""
    weight = study.segmenter.sam.prompt_encoder.no_mask_embed.weight
    vector: NDArray[np.float32] = weight.detach()[0].float().numpy()
    return vector


def readings_on(study: Study, logits: NDArray[np.float32]) -> Stage:
    """Draw a mask's way through the convolutions, a frame each: maps side by side."""
    first, second, last = readings(study, logits)
    changed = np.linalg.norm(last - no_mask(study)[:, None, None], axis=0)
    steps = [
        (logits[None], say("the mask's logits: {} x {}", "마스크의 로짓: {} x {}")),
        (first, say("4 maps of {} x {}", "지도 4장, {} x {}")),
        (second, say("16 maps of {} x {}", "지도 16장, {} x {}")),
        (
            changed[None],
            say(
                "256 maps of {} x {}: how far each place is from 'no mask'",
                "지도 256장, {} x {}: 자리마다 '마스크 없음'에서 먼 정도",
            ),
        ),
    ]
    frames = [
        Frame((), _side_by_side(study, maps), said.format(*maps.shape[1:])) for maps, said in steps
    ]
    return Stage(frames, study.size, seconds=1.5)


def _side_by_side(study: Study, maps: NDArray[np.float32]) -> tuple[Picture, ...]:
    """Return maps (n, h, w) as marks: a square number of them fills the stage."""
    a_row = round(len(maps) ** 0.5)
    width, height = (side / a_row for side in study.size)
    return tuple(
        heat(
            study.cropped(one),
            (
                column * width,
                row * height,
                (column + 1) * width - GAP * (a_row > 1),
                (row + 1) * height - GAP * (a_row > 1),
            ),
        )
        for one, (row, column) in zip(maps, np.ndindex(a_row, a_row), strict=True)
    )
