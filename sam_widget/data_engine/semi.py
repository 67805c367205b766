"""Semi-automatic: what the model is sure of is filled in, what it missed is added by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sam_widget.made import Made
from sam_widget.segment.everything.search import Search
from sam_widget.segment.loaded import segmenter_of
from sam_widget.training.numbers import check_number

from .annotator import Sitting
from .automatic import Settings, annotated
from .going import going
from .measured import SEMI, Harvest
from .seen import Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
    from numpy.typing import NDArray

    from sam_widget.formats.annotated import Annotated
    from sam_widget.models.thresholds import Thresholds
    from sam_widget.regions import Region
    from sam_widget.segment.loaded import AnyModel
    from sam_widget.segment.segmenter import Segmenter
    from sam_widget.widget import SamWidget

    from .annotator import Annotator, KnownPhoto


@dataclass(frozen=True)
class Confident:
    """What is sure enough to be filled in before a person looks.

    The paper trained a detector of things on the masks of the stage before; here it is everything
    mode, and the model's own estimates decide.

    Attributes
    ----------
    points : int
        Along each side of the grid of clicks.
    strict : float
        How far above the model's own thresholds of predicted IoU and stability, as a share of what
        is left up to 1: 0 fills in all that everything mode shows.
    """

    points: int = 16
    strict: float = 0.0

    def __post_init__(self) -> None:
        check_number("points", self.points, 1, whole=True)
        check_number("strict", self.strict, 0, 1)

    def settings(self, thresholds: Thresholds) -> Settings:
        """Return the same for the fully automatic stage, by a model's own thresholds."""
        iou, stability = (
            own + self.strict * (1 - own)
            for own in (thresholds.predicted_iou, thresholds.stability_score)
        )
        return Settings(
            Search(
                points_per_side=self.points, pred_iou_thresh=iou, stability_score_thresh=stability
            )
        )


def confident(
    segmenter: Segmenter, pixels: NDArray[np.uint8], what: Confident | None = None
) -> tuple[Region, ...]:
    """Return the masks of a photo that a model is sure of, the surest first.

    Parameters
    ----------
    segmenter : Segmenter
    pixels : ndarray
        (H, W, 3) uint8, RGB.
    what : Confident, optional
        What counts as such.
    """
    settings = (what or Confident()).settings(segmenter.thresholds)
    found, _ = annotated(segmenter, pixels, settings, "photo")
    made = Made(segmenter.name, segmenter.key, stage=SEMI)
    return tuple(replace(each, made=made) for each in found.regions)


def fill(
    widget: SamWidget, model: AnyModel | None = None, what: Confident | None = None
) -> tuple[str, ...]:
    """Put the masks that a model is sure of into a widget, as accepted objects.

    Whoever works in it deletes what is wrong and clicks for what is missed; ``undo`` takes all of
    them out.

    Parameters
    ----------
    widget : SamWidget
        With a photo.
    model : Segmenter, Sam, str or Path, optional
        Who is sure; by default the widget's own.
    what : Confident, optional

    Returns
    -------
    tuple of str
        The new objects' ids.

    Raises
    ------
    SamError
        There is no photo, or the model answers one prompt at a time.
    """
    given: Any = widget.model if model is None else model
    pixels = widget.image
    if pixels is None:
        return ()
    return tuple(widget.add_objects(confident(segmenter_of(given), pixels, what)))


def semi_automatic(
    model: AnyModel,
    photos: Iterable[KnownPhoto],
    annotator: Annotator,
    what: Confident | None = None,
    keep: Callable[[Annotated], object] = lambda _: None,
) -> Harvest:
    """Fill in what a model is sure of, and have the simulated annotator add what it missed.

    The annotator looks at each mask that was filled in, and keeps those that agree with the truth
    that it knows; others, which may be of things that nobody asked for, it refuses. A bar shows how
    far it is; interrupted, what was made until then is returned.

    Parameters
    ----------
    model : Segmenter, Sam, str or Path
    photos : iterable of KnownPhoto
        With the masks that are wanted.
    annotator : Annotator
    what : Confident, optional
        What is filled in.
    keep : callable, optional
        Takes each image's annotations as they are done, to write them.

    Returns
    -------
    Harvest
        First in each image what was filled in and kept, without clicks, then what was clicked for.
    """
    helper = segmenter_of(model)

    def sit(photo: KnownPhoto) -> Sitting:
        filled = confident(helper, photo.pixels, what)
        kept, left, verdicts = annotator.judge(filled, photo.truths)
        added = annotator.annotate(Seen(helper, photo.pixels), left, SEMI)
        return Sitting(kept + added.regions, verdicts + added.spent)

    return going(SEMI, photos, sit, keep)
