"""The fully automatic stage on one photo: a grid of prompts, filters, masks. No folder, no screen.

The steps are those of the paper (SAM, section 4 and appendix B): everything mode; then specks and
holes go, and so does what is nearly the whole image.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from sam_widget.errors import SamError, shown
from sam_widget.formats.annotated import Annotated
from sam_widget.images import read_image
from sam_widget.made import Made
from sam_widget.models.packaged import DEFAULT
from sam_widget.paths import as_path, is_address
from sam_widget.progress import progress_bar
from sam_widget.segment.everything.search import Search, measure
from sam_widget.segment.loaded import segmenter_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sam_widget.models.thresholds import Thresholds
    from sam_widget.segment.everything.find import Proposal
    from sam_widget.segment.everything.funnel import Funnel
    from sam_widget.segment.loaded import AnyModel
    from sam_widget.segment.segmenter import Segmenter

LONGEST_PATH = 4096  # characters; a longer text is a picture spelt out
STAGE = "fully-automatic"


@dataclass(frozen=True)
class Settings:
    """How the fully automatic stage looks, and what it leaves out; by default as the paper says.

    Attributes
    ----------
    search : Search, optional
        The grid, the crops and their filters; by default ``Search.suited`` to the model. The
        paper's own for SA-1B is ``Search(crop_n_layers=2, crop_n_points_downscale_factor=2)``.
    smallest_piece : float
        Fill holes and drop islands of fewer pixels, and masks of which nothing else is there; 0
        leaves all as they are.
    largest : float
        Leave out masks that cover this share of the image, above 0 and up to 1, or more; with 1
        that is the whole image alone.
    """

    search: Search | None = None
    smallest_piece: float = 100
    largest: float = 0.95

    def __post_init__(self) -> None:
        if not isinstance(self.search, (Search, type(None))):
            raise SamError(
                f"search is a Search, as Search(points_per_side=16), not {shown(self.search)}."
            )
        for name in ("smallest_piece", "largest"):
            object.__setattr__(self, name, measure(name, getattr(self, name)))
        if not 0 < self.largest <= 1:
            raise SamError(f"largest is a share above 0 and up to 1, not {shown(self.largest)}.")

    def searching(self, thresholds: Thresholds) -> Search:
        """Return the search: by a model's own thresholds, where none was given."""
        return self.search or Search.suited(thresholds)

    def to_json(self) -> dict[str, Any]:
        """Return them as ``json.dumps`` takes them."""
        plain = asdict(self)
        if plain["search"] and plain["search"]["point_grids"] is not None:
            grids = self.search.grids() if self.search else []
            plain["search"]["point_grids"] = [grid.tolist() for grid in grids]
        return plain


def automatic(
    image: Any,
    model: AnyModel = DEFAULT,
    settings: Settings | None = None,
    *,
    progress: bool = True,
) -> tuple[Annotated, Funnel]:
    """Annotate one photo without a click: the data engine's fully automatic stage.

    Parameters
    ----------
    image : str, Path, ndarray, PIL.Image.Image, ...
        Whatever ``read_image`` takes.
    model : Segmenter, Sam, str or Path
        A model's name or file, or one that is loaded.
    settings : Settings, optional
        How to look, and what to leave out.
    progress : bool
        Whether to show a bar. To stop, interrupt.

    Returns
    -------
    tuple of Annotated and Funnel
        The photo's name, size and masks, the surest first; and how many masks each filter dropped.
        A photo that has no file's name is called "image".

    Raises
    ------
    ImageError, CheckpointError
        The image or the model cannot be had, in one sentence.
    SamError
        The model answers one prompt at a time, or the settings are none.
    """
    if not isinstance(settings, (Settings, type(None))):
        raise SamError(f"settings are Settings(...), not {shown(settings)}.")
    pixels = read_image(image).pixels
    segmenter = segmenter_of(model)
    return annotated(segmenter, pixels, settings or Settings(), _name(image), progress)


def annotated(
    segmenter: Segmenter,
    pixels: NDArray[np.uint8],
    settings: Settings,
    name: str,
    progress: bool = False,
) -> tuple[Annotated, Funnel]:
    """Annotate the pixels of a photo, (H, W, 3) uint8 RGB, as ``automatic`` does."""
    tqdm = progress_bar()
    # torch, which a segmenter has brought in such a way that its threads do not spin
    from sam_widget.segment.everything.find import everything  # noqa: PLC0415

    search = settings.searching(segmenter.thresholds)
    height, width = pixels.shape[:2]
    total = search.points((width, height))
    with tqdm(
        desc="Everything", total=total, unit="point", disable=not progress, leave=False
    ) as bar:
        for sweep in everything(segmenter, pixels, search):
            bar.update(sweep.done - bar.n)
            last = sweep
    found, funnel = _cleaned(last.found, last.funnel, settings, search)
    made = Made(model=segmenter.name, fingerprint=segmenter.key, stage=STAGE)
    regions = tuple(replace(each.region(), made=made) for each in found)
    return Annotated(name, (width, height), regions), funnel


def _name(image: Any) -> str:
    """Return a photo's file name; "image" where it is of no file."""
    text = isinstance(image, str) and (is_address(image) or len(image) > LONGEST_PATH)
    if text or not isinstance(image, (str, os.PathLike)):
        return "image"
    return as_path(image).name.replace("\\", "_")


def _cleaned(
    found: tuple[Proposal, ...], funnel: Funnel, settings: Settings, search: Search
) -> tuple[tuple[Proposal, ...], Funnel]:
    """Do what comes after the filters, and count what goes."""
    from sam_widget.segment.everything.find import without_small_pieces  # noqa: PLC0415

    least = settings.smallest_piece
    before = len(found)
    if least > 0:
        overlap = max(search.box_nms_thresh, search.crop_nms_thresh)
        found = without_small_pieces(found, least, overlap)
    cleaned = before - len(found)
    large = [each for each in found if each.mask.area >= max(1, least)]
    width, height = found[0].size if found else (0, 0)
    things = [each for each in large if each.mask.area < settings.largest * width * height]
    things.sort(key=lambda each: -each.predicted_iou)
    counted = replace(
        funnel,
        cleaned=cleaned,
        too_small=len(found) - len(large),
        too_large=len(large) - len(things),
    )
    return tuple(things), counted
