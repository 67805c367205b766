"""Where a point is, as the prompt encoder says it: one vector, and how like it all places are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from sam_widget.lessons.marks import heat
from sam_widget.lessons.speech import say
from sam_widget.lessons.stage import Frame, Stage

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sam_widget.lessons.study import Study


def position(study: Study, x: float, y: float) -> NDArray[np.float32]:
    """Return (256,) float32: the positional encoding of a place of the photo, px.

    Sines and cosines of random projections (Tancik et al. 2020); the paper's Appendix A.
    """
    encoder = study.segmenter.sam.prompt_encoder
    there = torch.from_numpy(study.embedding.frame.to_model([[x, y]]))
    with torch.inference_mode():
        code: NDArray[np.float32] = (
            encoder.pe_layer((there + 0.5) / encoder.side)[0].float().numpy()
        )
    return code


def nearness_map(study: Study, x: float, y: float) -> NDArray[np.float32]:
    """Return (h, w) float32, -1..1: the cosine of a place's encoding with every place's.

    On the embedding's grid, cut to the photo.
    """
    encoder = study.segmenter.sam.prompt_encoder
    with torch.inference_mode():
        grid = encoder.get_dense_pe()[0].float().numpy()
    code = position(study, x, y)
    norms = np.linalg.norm(grid, axis=0) * np.linalg.norm(code)
    cosines: NDArray[np.float32] = np.tensordot(code, grid, 1) / norms
    return study.cropped(cosines)


def positions_on(study: Study, x: float, y: float) -> Stage:
    """Draw how like a point's encoding every place's is; the point follows the mouse."""
    stage = Stage([_frame(study, x, y)], study.size)
    stage.on_point(lambda at_x, at_y: stage.show(_frame(study, *study.in_photo(at_x, at_y))))
    return stage


def _frame(study: Study, x: float, y: float) -> Frame:
    said = say("bright: encoded alike to {:.0f}, {:.0f}", "밝은 곳: {:.0f}, {:.0f}과 비슷한 부호")
    near = heat(nearness_map(study, x, y), study.box, opacity=0.75)
    return Frame((study.picture,), (near, *study.dot(x, y)), said.format(x, y))


def tokens_of(
    study: Study, *points: tuple[float, float], positive: bool = True
) -> NDArray[np.float32]:
    """Return (N + 1, 256) float32: the tokens of N points, and that of no point at the end."""
    encoder = study.segmenter.sam.prompt_encoder
    there = torch.from_numpy(study.embedding.frame.to_model(np.array(points)))[None]
    labels = torch.full((1, len(points)), int(positive))
    with torch.inference_mode():
        sparse: NDArray[np.float32] = encoder((there, labels))[0][0].float().numpy()
    return sparse


def box_tokens(study: Study, box: tuple[float, float, float, float]) -> NDArray[np.float32]:
    """Return (2, 256) float32: the tokens of a box's corners; x0 y0 x1 y1 in the photo, px."""
    there = study.embedding.frame.to_model(np.reshape(box, (2, 2)))
    with torch.inference_mode():
        sparse: NDArray[np.float32] = (
            study.segmenter.sam.prompt_encoder(boxes=torch.from_numpy(there).reshape(1, 4))[0][0]
            .float()
            .numpy()
        )
    return sparse


def stripes_of(vectors: dict[str, NDArray[np.float32]], most: float = 2.0) -> Figure:
    """Draw vectors as rows of colours, -most..most, names beside: what differs is seen at once."""
    from matplotlib.figure import Figure  # noqa: PLC0415  an extra, heavy

    figure = Figure((8, 0.5 + 0.45 * len(vectors)), layout="tight")
    axes = figure.subplots()
    rows = np.stack(list(vectors.values()))
    axes.imshow(rows, aspect="auto", cmap="coolwarm", vmin=-most, vmax=most)
    axes.set_yticks(range(len(vectors)), list(vectors))
    axes.set_xlabel(say("the token's 256 numbers", "토큰의 수 256개"))
    return figure
