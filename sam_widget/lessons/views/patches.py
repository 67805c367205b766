"""Who looks at whom in an image encoder: within a window, and everywhere, from one patch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from sam_widget.lessons.marks import Line, Rect, heat
from sam_widget.lessons.speech import say
from sam_widget.lessons.stage import Frame, Stage
from sam_widget.segment.trace import trace

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sam_widget.lessons.marks import Mark
    from sam_widget.lessons.study import Study
    from sam_widget.segment.trace import Traced

SHARPNESS = 12.0  # of everywhere's look: what a cosine is multiplied with before the softmax


@dataclass(frozen=True, eq=False)
class Looks:
    """What one attention of an encoder heard of a photo.

    Attributes
    ----------
    traced : Traced
        A window attention's part.
    grid : tuple of 2 ints
        Rows and columns of patches that have some of the photo in them.
    vectors : ndarray
        (rows, columns, C) float32 of length 1: the embedding there.
    """

    traced: Traced
    grid: tuple[int, int]
    vectors: NDArray[np.float32]

    @classmethod
    def of(cls, study: Study, name: str = "layers.2.blocks.5.attn") -> Self:
        """Let the study's model, one with windows such as ``small``, see the photo once more."""
        with trace(study.segmenter) as heard:
            study.segmenter.embed(study.pixels)
        traced = heard[f"image_encoder.{name}"]
        embedding = study.embedding.features.embedding[0].float().cpu().numpy()
        cut = study.cropped(embedding)
        vectors = np.moveaxis(cut / np.linalg.norm(cut, axis=0), 0, -1)
        return cls(traced, vectors.shape[:2], vectors)

    @property
    def window(self) -> int:
        """Patches along a window's side."""
        return int(self.traced.given[0].shape[1])

    def through_window(self, row: int, column: int) -> NDArray[np.float32]:
        """Return (rows, columns) float32: what a patch looks at, the mean over the heads.

        0 outside of its window. The sum is 1, less what it looks at where the photo is padded.
        """
        side, (rows, columns) = self.window, self.grid
        across = round(self.traced.given[0].shape[0] ** 0.5)
        shares = self.traced.weights(row % side, column % side)
        mine = shares[(row // side) * across + column // side].mean(0).float().cpu().numpy()
        whole = np.zeros((across * side, across * side), np.float32)
        top, left = row // side * side, column // side * side
        whole[top : top + side, left : left + side] = mine
        return whole[:rows, :columns]

    def everywhere(self, row: int, column: int) -> NDArray[np.float32]:
        """Return (rows, columns) float32 of sum 1: a look at all patches, by likeness alone.

        No layer of ``small`` looks everywhere, so this is what attention would be without learnt
        projections: the softmax of the cosines between the embedding's vectors.
        """
        cosines = self.vectors @ self.vectors[row, column]
        shares = np.exp(SHARPNESS * (cosines - cosines.max()))
        total: NDArray[np.float32] = shares / shares.sum()
        return total


def looks_on(study: Study, looks: Looks, x: float, y: float) -> Stage:
    """Draw the patch under the mouse, and what it looks at: in its window, then everywhere."""
    stage = Stage(_frames(study, looks, x, y), study.size, seconds=1.5)
    stage.on_point(
        lambda at_x, at_y: stage.show(_frames(study, looks, *study.in_photo(at_x, at_y)))
    )
    return stage


def _frames(study: Study, looks: Looks, x: float, y: float) -> tuple[Frame, ...]:
    rows, columns = looks.grid
    height, width = study.pixels.shape[:2]
    row, column = min(int(y / height * rows), rows - 1), min(int(x / width * columns), columns - 1)
    cell = study.size[0] / columns, study.size[1] / rows
    here = Rect((column * cell[0], row * cell[1], (column + 1) * cell[0], (row + 1) * cell[1]),
                "#22c55e", 2)  # fmt: skip
    windowed = _heat(looks.through_window(row, column), study.box)
    everywhere = _heat(looks.everywhere(row, column), study.box)
    photo, grid = (study.picture,), looks.grid
    said = (
        say("{} x {} patches", "패치 {} x {}개").format(columns, rows),
        say("attention in a window of {0} x {0}", "{0} x {0} 창 안의 어텐션").format(looks.window),
        say("a look everywhere, by likeness", "비슷한 곳을 어디든 보기"),
    )
    return (
        Frame(photo, (*_lines(study, grid, 1), here), said[0]),
        Frame(photo, (windowed, *_lines(study, grid, looks.window), here), said[1]),
        Frame(photo, (everywhere, here), said[2]),
    )


def _heat(shares: NDArray[np.float32], box: Any) -> Mark:
    return heat(np.sqrt(shares), box, "inferno", 0.75)


def _lines(study: Study, grid: tuple[int, int], step: int) -> tuple[Mark, ...]:
    (rows, columns), (width, height) = grid, study.size
    down = [width * each / columns for each in range(step, columns, step)]
    across = [height * each / rows for each in range(step, rows, step)]
    color, opacity = ("white", 0.35 if step == 1 else 0.8)
    return (
        *(Line(((x, 0.0), (x, float(height))), color, 1, opacity) for x in down),
        *(Line(((0.0, y), (float(width), y)), color, 1, opacity) for y in across),
    )
