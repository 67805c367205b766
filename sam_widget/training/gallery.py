"""Pictures of how a model answers: its failures, or a fair cross-section. Measures nothing new."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.figure import Figure
from tqdm import tqdm

from sam_widget.errors import SamError
from sam_widget.models.checkpoints import load_model
from sam_widget.segment.prompts import Prompts
from sam_widget.segment.segmenter import Segmenter
from sam_widget.training.clicks import innermost
from sam_widget.training.data.readers import open_photos
from sam_widget.training.numbers import check_number
from sam_widget.training.options import grammar_of
from sam_widget.training.run.results import room_for, save_result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from sam_widget.training.data.photos import Photo, Photos

DESCRIPTION = """\
Draw how a model answers one click: photo, click, the mask wanted (white line), the one of its
three masks that leads (blue), and its IoU. One picture a source.

  python -m sam_widget.training.gallery --data val.tar --out failures.png --rank 0.05
      of each source the mask at the worst twentieth: where it fails
  python -m sam_widget.training.gallery --data val.tar --out median.png --rank 0.5
      of each source the median: what to expect
"""

BLUE = np.array([0.0, 114.0, 178.0])  # of Okabe and Ito's colours, seen by everybody


@dataclass(frozen=True)
class Answer:
    """One click answered."""

    photo: int
    source: str
    click: tuple[float, float]
    """x, y, px."""
    wanted: NDArray[np.bool_]
    got: NDArray[np.bool_]
    iou: float


def answers(segmenter: Segmenter, photos: Photos, number: int, most: int = 12) -> list[Answer]:
    """Click some masks of a photo at their innermost points, by the evaluation's rule.

    Parameters
    ----------
    number
        Of the photo.
    most
        Masks at most, chosen by chance that is the same each time.
    """
    photo: Photo = photos[number]
    embedding = segmenter.embed(np.asarray(photo.pixels))
    out = []
    for chosen in np.random.default_rng(number).permutation(len(photo.annotations))[:most]:
        wanted = photo.annotations[chosen].array().astype(bool)
        x, y = innermost(wanted)
        click = (float(x) + 0.5, float(y) + 0.5)
        said = segmenter.predict(embedding, Prompts(np.array([click], np.float32), np.ones(1, int)))
        got = said.masks()[said.best].to_array()
        iou = (wanted & got).sum() / max(1, (wanted | got).sum())
        out.append(Answer(number, photo.source, click, wanted, got, float(iou)))
    return out


def at_rank(found: Sequence[Answer], rank: float) -> list[Answer]:
    """Return of each source the answer at a rank of IoU, 0 the worst, 1 the best; worst first."""
    chosen = []
    for source in sorted({a.source for a in found}):
        own = sorted((a for a in found if a.source == source), key=lambda a: a.iou)
        chosen.append(own[min(len(own) - 1, int(rank * len(own)))])
    return sorted(chosen, key=lambda a: a.iou)


def draw(chosen: Sequence[Answer], photos: Photos, columns: int = 6) -> Figure:
    """Draw answers side by side."""
    rows = -(-len(chosen) // columns)
    figure = Figure(figsize=(2.2 * columns, 2.35 * rows), layout="constrained")
    grid = figure.subplots(rows, columns, squeeze=False)
    for axes in grid.flat:
        axes.set_axis_off()
    for axes, answer in zip(grid.flat, chosen, strict=False):
        _draw(axes, answer, np.asarray(photos[answer.photo].pixels))
    return figure


def _draw(axes: Axes, answer: Answer, pixels: NDArray[np.uint8]) -> None:
    shown = pixels.astype(np.float32)
    shown[answer.got] = 0.45 * shown[answer.got] + 0.55 * BLUE
    axes.imshow(shown.astype(np.uint8))
    for width, colour in ((2.2, "black"), (1.2, "white")):
        axes.contour(answer.wanted, [0.5], colors=colour, linewidths=width)
    axes.plot(*answer.click, "o", color="#e69f00", markeredgecolor="black", markersize=6)
    axes.set_title(f"{answer.source}  {answer.iou:.2f}", fontsize=8)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, click, draw."""
    grammar = grammar_of("training.gallery", DESCRIPTION)
    grammar.add_argument("--weights", default="mini", help="a model's name or file (default: mini)")
    grammar.add_argument("--data", type=Path, required=True, help="photos with masks, say val.tar")
    grammar.add_argument("--photos", type=int, default=5, help="of each source (default: 5)")
    grammar.add_argument("--rank", type=float, default=0.05, help="0 worst, 1 best (default: 0.05)")
    grammar.add_argument("--out", type=Path, required=True, help="the picture to write")
    given = grammar.parse_args(arguments)
    try:
        check_number("photos", given.photos, 1, whole=True)
        check_number("rank", given.rank, 0, 1)
        _known_format(given.out)
        room_for(given.out)
        photos = open_photos(given.data)
        segmenter = Segmenter(load_model(given.weights, "cpu", "float32"))
    except ValueError as error:
        grammar.error(str(error))
    left = dict.fromkeys(photos.sources, given.photos)
    found: list[Answer] = []
    for number, source in enumerate(tqdm(photos.sources, unit="photo", disable=None)):
        if left[source]:
            left[source] -= 1
            found += answers(segmenter, photos, number)
    drawn = draw(at_rank(found, given.rank), photos)
    try:
        save_result(lambda place: drawn.savefig(place, dpi=90), given.out)
    except ValueError as error:
        grammar.error(str(error))


def _known_format(file: Path) -> None:
    known = FigureCanvasBase.get_supported_filetypes()
    if file.suffix.removeprefix(".").lower() not in known:
        raise SamError(f"{file} has no suffix of a picture, such as .png, .pdf or .svg.")


if __name__ == "__main__":
    main()
