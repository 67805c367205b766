"""Everything in an image: a grid of points, crops, filters, and of what overlaps the best.

The steps and their numbers are those of ``segment_anything``'s automatic mask generator (paper,
section 5 and appendix B), and so are the results. What differs is where the work is done: logits
stay as small as the decoder gives them, and only masks that survive every filter are drawn.
"""

from __future__ import annotations

import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from math import ceil, inf
from typing import TYPE_CHECKING

import numpy as np
import torch

from sam_widget.components import drop_islands, fill_holes
from sam_widget.document.records import Point
from sam_widget.errors import SamError, shown
from sam_widget.images.huge import HugePicture, open_picture
from sam_widget.lifetime import busy, handing_over
from sam_widget.masks import Mask
from sam_widget.models.mask_decoder import Drawn
from sam_widget.pictured import picture_of
from sam_widget.progress import progress_bar
from sam_widget.regions import Region, formerly
from sam_widget.segment.enlarge import Enlarged, seen
from sam_widget.segment.loaded import embedded, segmenter_of

from .funnel import Funnel
from .in_windows import Seen, everything_in_windows
from .search import Search, measure, near_edge, suppress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from numpy.typing import NDArray

    from sam_widget.geometry import Box
    from sam_widget.images.huge import AnyPicture
    from sam_widget.segment.loaded import AnyModel
    from sam_widget.segment.prompts import Embedding
    from sam_widget.segment.segmenter import Segmenter

    # of each mask: logits, predicted IoU, point
    Asked = tuple[list[NDArray[np.float32]], list[float], list[NDArray[np.float64]]]


FINER = 4  # samples of the decoder's grid along one of the embedding
A_SWEEP = {"cpu": 4}  # points between two looks at the clock; elsewhere as many as memory allows


@dataclass(frozen=True, eq=False)
class Proposal:
    """One mask that came up, drawn when it is asked for: most are driven out before.

    Attributes
    ----------
    box : tuple of int
        x0, y0, x1, y1, half open, around the mask, in image pixels; zeros where it is empty.
    predicted_iou : float
        What the model expects of the mask, about 0..1.
    stability_score : float
        IoU of the mask cut at a higher and at a lower logit, 0..1; NaN where both are empty.
    point : tuple of float
        x, y in image pixels, pixel centres at .5: what was asked about.
    crop : tuple of int
        x0, y0, x1, y1, half open: the part of the image that the model saw.
    drawing : Enlarged or Mask
        The mask, or what it is made of when it is asked for.
    size : tuple of int
        (width, height) of the image.
    """

    box: Box
    predicted_iou: float
    stability_score: float
    point: tuple[float, float]
    crop: Box
    drawing: Enlarged | Mask
    size: tuple[int, int]

    @cached_property
    def mask(self) -> Mask:
        """The mask at the image's size."""
        if isinstance(self.drawing, Mask):
            return self.drawing
        mask = self.drawing.mask()
        return Mask(self.size, self.drawing.frame.placed(mask.box), mask.runs)

    def region(self) -> Region:
        """Return what is known of it, drawn."""
        asked = Point("", "", *self.point)
        return Region(self.mask, "", self.predicted_iou, self.stability_score, (asked,), self.crop)

    def __repr__(self) -> str:
        sure = f"predicted IoU {self.predicted_iou:.2f}, stability {self.stability_score:.2f}"
        return f"<Proposal: in {self.box} of {self.size[0]} x {self.size[1]} px, {sure}>"

    def _repr_png_(self) -> bytes:
        return picture_of(self.mask)


@dataclass(frozen=True, eq=False)
class Sweep:
    """How far the search is, and what it has found so far.

    Attributes
    ----------
    done, total : int
        Points asked about, and to be asked about.
    highest_iou : float
        The highest predicted IoU of any mask until now, left out or not; -inf where there was none.
    highest_stability : float
        The highest stability of those whose predicted IoU was enough; -inf where none was.
    """

    done: int
    total: int
    highest_iou: float
    highest_stability: float
    _before: tuple[Proposal, ...]
    _here: tuple[Proposal, ...]
    _search: Search
    _tally: Funnel = field(default_factory=Funnel)  # but for what overlaps

    def __repr__(self) -> str:
        return f"<Sweep: {self.done} of {self.total} points>"

    @cached_property
    def found(self) -> tuple[Proposal, ...]:
        """The best of what overlaps, until now; what comes later may still drive some of it out."""
        if self._search.crop_n_layers:
            return best_of_crops(self._within, self._search.crop_nms_thresh)
        return self._within

    @property
    def funnel(self) -> Funnel:
        """How many masks each filter has dropped of those that came up until now."""
        left = self._tally.kept
        within = len(self._within)
        return replace(self._tally, overlap=left - within, crop_overlap=within - len(self.found))

    @cached_property
    def _within(self) -> tuple[Proposal, ...]:
        return self._before + best_within(self._here, self._search.box_nms_thresh)


def everything(
    segmenter: Segmenter,
    pixels: NDArray[np.uint8],
    search: Search | None = None,
    embedding: Embedding | None = None,
) -> Iterator[Sweep]:
    """Look for everything in an image, a few points at a time.

    Parameters
    ----------
    segmenter : Segmenter
    pixels : ndarray
        (H, W, 3) uint8, RGB.
    search : Search, optional
        By default ``Search.suited`` to the model.
    embedding : Embedding, optional
        Of the whole image, where there is one already.

    Yields
    ------
    Sweep
        After every few points, once where there are none; the last one's ``found`` is the answer.
        Close the generator, or just leave its loop, to stop.
    """
    search = search or Search.suited(segmenter.thresholds)
    height, width = pixels.shape[:2]
    most = search.points_per_batch
    at_once = min(most, A_SWEEP.get(segmenter.device.type, most))
    grids, total = search.grids(), search.points((width, height))
    before: tuple[Proposal, ...] = ()
    done, surest, stablest, tally = 0, -inf, -inf, Funnel()
    if not total:
        yield Sweep(done, total, surest, stablest, (), (), search)
    with ThreadPoolExecutor(torch.get_num_threads()) as pool:
        for crop, layer in search.crops((width, height)):
            x0, y0, x1, y1 = crop
            points = grids[layer] * (x1 - x0, y1 - y0) + (x0, y0)
            if not len(points):
                continue
            encoded = embedding if crop == (0, 0, width, height) else None
            if encoded is None:
                encoded = segmenter.embed(np.ascontiguousarray(pixels[y0:y1, x0:x1]))
                encoded = replace(encoded, frame=encoded.frame.at(x0, y0))
            view = _View(segmenter, encoded, (width, height), search)
            here: list[Proposal] = []
            for start in range(0, len(points), at_once):
                some = points[start : start + at_once]
                with busy():
                    highest, masks, asked = view.ask(some)
                    surest = max(surest, highest)
                    with handing_over():
                        taken = pool.map(view.take, *asked)
                    unsure = masks - len(asked[0])
                    tally += Funnel(points=len(some), masks=masks, predicted_iou=unsure)
                    for stability, found, dropped in taken:
                        stablest = max(stablest, stability)  # NaN is never the higher one
                        here += found
                        tally += dropped
                done += len(some)
                yield Sweep(done, total, surest, stablest, before, tuple(here), search, tally)
            before += best_within(here, search.box_nms_thresh)


def find_everything(
    model: AnyModel,
    image: Any,
    search: Search | None = None,
    *,
    smallest_piece: float = 0,
    embedding: Embedding | None = None,
    progress: bool = True,
) -> tuple[Region, ...]:
    """Find everything in an image, with a progress bar. To stop, interrupt: nothing is kept then.

    A huge picture is looked at in windows of 1024 px: of its own pixels, then of half as many a
    side, ... until one is all of it. What two see comes once, with the finer one's border.

    Parameters
    ----------
    model : Segmenter, Sam, str or Path
        A model's name or file, or one that is loaded.
    image : str, Path, ndarray, PIL.Image.Image, HugePicture, ...
        Whatever ``SamWidget`` takes as one picture.
    search : Search, optional
        How fine to look (in each window), what to leave out; by default ``Search.suited``.
    smallest_piece : float
        Fill smaller holes and drop smaller islands, in pixels.
    embedding : Embedding, optional
        Of the image; by default from the cache that the process shares. A huge picture has none.
    progress : bool
        Whether to show the bar.

    Returns
    -------
    tuple of Region
        The surest first. Where nothing is left, a warning tells why: there was no point to ask
        about, or how far the thresholds were off.

    Raises
    ------
    ImageError, CheckpointError
        The image or the model cannot be had, in one sentence.
    SamError
        `model`, `search` or `smallest_piece` is none, or an embedding came with a huge picture.
    """
    tqdm = progress_bar()

    if search is not None and not isinstance(search, Search):
        raise SamError(f"search is a Search, as Search(points_per_side=16), not {shown(search)}.")
    smallest_piece = measure("smallest_piece", smallest_piece)
    segmenter = segmenter_of(model)
    search = search or Search.suited(segmenter.thresholds)
    with tqdm(desc="Everything", unit="point", disable=not progress, leave=False) as bar:
        for sweep in _sweeps(segmenter, open_picture(image), search, embedding):
            bar.total = sweep.total
            bar.update(sweep.done - bar.n)
            last = sweep
        found = last.found
    if not found:
        warnings.warn(_why_nothing(last, search), stacklevel=2)
    overlap = max(search.box_nms_thresh, search.crop_nms_thresh)
    if smallest_piece > 0:
        found = without_small_pieces(found, smallest_piece, overlap)
    return tuple(each.region() for each in found)


def _sweeps(
    segmenter: Segmenter, picture: AnyPicture, search: Search, embedding: Embedding | None
) -> Iterator[Sweep | Seen]:
    if isinstance(picture, HugePicture):
        if embedding is not None:
            raise SamError("A huge picture is seen in windows and has no embedding; give none.")
        return everything_in_windows(picture, search, partial(everything, segmenter, search=search))
    if embedding is None and len(search.grids()[0]):
        embedding = embedded(segmenter, picture.pixels)
    return everything(segmenter, picture.pixels, search, embedding)


def best_within(found: Sequence[Proposal], overlap: float) -> tuple[Proposal, ...]:
    """Of what overlaps, by IoU of boxes above `overlap`, keep what the model is surest of."""
    scores = np.array([each.predicted_iou for each in found], np.float32)
    return _survivors(found, scores, overlap)


def best_of_crops(found: Sequence[Proposal], overlap: float) -> tuple[Proposal, ...]:
    """Of what overlaps keep what was seen in the smaller crop: it was seen larger."""
    crops = np.array([each.crop for each in found], np.int64).reshape(-1, 4)
    areas = (crops[:, 2] - crops[:, 0]) * (crops[:, 3] - crops[:, 1])
    return _survivors(found, (1 / areas).astype(np.float32), overlap)


def without_small_pieces(
    found: Sequence[Proposal], area: float, overlap: float
) -> tuple[Proposal, ...]:
    """Fill holes and drop islands smaller than `area`; then, of what overlaps, keep the untouched.

    Parameters
    ----------
    found : sequence of Proposal
    area : float
        Pixels.
    overlap : float
        IoU of boxes above which two are one.
    """
    cleaned = []
    for each in found:
        mask = drop_islands(fill_holes(each.mask, area), area)
        cleaned.append(each if mask is each.mask else replace(each, box=mask.box, drawing=mask))
    untouched = [new is old for new, old in zip(cleaned, found, strict=True)]
    return _survivors(cleaned, np.array(untouched, np.float32), overlap)


@dataclass(frozen=True)
class _View:
    """One crop as the model sees it."""

    segmenter: Segmenter
    embedding: Embedding
    size: tuple[int, int]
    search: Search

    @cached_property
    def drawn(self) -> Drawn:
        """What of the masks can matter: neither padding nor what the model is unsure of."""
        frame = self.embedding.frame
        rows, columns = seen(self.embedding.grid * FINER, frame)
        least = self.search.pred_iou_thresh
        return Drawn(least if least > 0 else -inf, ceil(rows / FINER), ceil(columns / FINER))

    def ask(self, points: NDArray[np.float64]) -> tuple[float, int, Asked]:
        """Return the highest predicted IoU, how many masks, and those that it is sure enough of."""
        # segment_anything takes a pixel's corner for its centre here; so do these results
        corner = 0.5 / np.array(self.embedding.frame.scale)
        least = self.search.pred_iou_thresh
        logits, iou = self.segmenter.decode_batch(
            self.embedding,
            (points + corner)[:, None],
            np.ones((len(points), 1)),
            multimask=True,
            drawn=self.drawn,
        )
        sure = iou > least if least > 0 else torch.ones_like(iou, dtype=torch.bool)
        whose = sure.nonzero()[:, 0].tolist()
        above = logits[sure] - self.segmenter.mask_threshold
        asked = list(above.cpu().numpy()), iou[sure].tolist(), [points[i] for i in whose]
        return float(iou.max()), iou.numel(), asked

    def take(
        self, logits: NDArray[np.float32], predicted_iou: float, point: NDArray[np.float64]
    ) -> tuple[float, tuple[Proposal, ...], Funnel]:
        """Measure one mask's stability; the mask, or which filter leaves it out."""
        frame = self.embedding.frame
        offset, least = self.search.stability_score_offset, self.search.stability_score_thresh
        drawing = Enlarged.of(logits, frame, -abs(offset))
        measured = drawing.measure(offset)
        stable = measured.stability
        if least > 0 and not np.float32(stable) >= np.float32(least):
            return stable, (), Funnel(stability=1)
        if near_edge(measured.box, frame.window, self.size):
            return stable, (), Funnel(crop_edge=1)
        x, y = (point + 0.5).tolist()
        box = frame.placed(measured.box)
        found = Proposal(box, predicted_iou, stable, (x, y), frame.window, drawing, self.size)
        return stable, (found,), Funnel()


def _why_nothing(sweep: Sweep | Seen, search: Search) -> str:
    """Say in one sentence how far the masks stayed below the thresholds, or that none was made."""
    if not sweep.total:
        return "Nothing was looked for: point_grids holds no point; give at least one."
    measured = sweep.highest_stability > -inf
    stability = f"{sweep.highest_stability:.3f}" if measured else "not measured"
    return (
        f"No mask was kept: the highest predicted IoU was {sweep.highest_iou:.3f} "
        f"(pred_iou_thresh={search.pred_iou_thresh:g}), the highest stability {stability} "
        f"(stability_score_thresh={search.stability_score_thresh:g}); lower the thresholds."
    )


def _survivors(
    found: Sequence[Proposal], scores: NDArray[np.float32], overlap: float
) -> tuple[Proposal, ...]:
    boxes = np.array([each.box for each in found], np.float32).reshape(-1, 4)
    return tuple(found[i] for i in suppress(boxes, scores, overlap))


def __getattr__(name: str) -> Any:
    return formerly(__name__, "Found", name)
