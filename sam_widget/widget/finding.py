"""Finding: what Python does in everything mode, beside the page's button. None of its logic."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

from sam_widget.document.edits import EditError
from sam_widget.progress import progress_bar
from sam_widget.segment.everything.search import count, measure

from . import acts
from .everything import MOST_SIDE, SIDE
from .watched import Watched

if TYPE_CHECKING:
    from sam_widget.regions import Region

    from .desk import Desk

FROM_AFAR = (
    "Everything mode sees a huge picture whole and made small, so small things are missed:"
    " sam_widget.find_everything(model, picture) looks through it in windows, and"
    " w.add_objects(regions) takes what it finds."
)


class Finding(Watched):
    """A widget that finds everything on its photo."""

    def find_everything(
        self,
        points_per_side: int = SIDE,
        *,
        predicted_iou: float | None = None,
        stability: float | None = None,
        smallest_area: float = 0,
        overlap: float = 0.7,
        progress: bool = True,
    ) -> tuple[Region, ...]:
        """Find everything on the photo, as the page's button does, and wait. To stop, interrupt.

        The page shows the masks as they come, each the one that a click gives there, and its
        sliders go on from these filters; clicks are answered first. ``sam_widget.find_everything``
        is the search of ``segment_anything``, with its crops and its way of drawing. A huge picture
        is seen whole and made small, and a warning says so: ``find_everything(model, picture)``
        looks through all of it, and ``w.add_objects`` takes what that finds.

        Parameters
        ----------
        points_per_side : int
            Of the grid of clicks, 1 to 64.
        predicted_iou : float, optional
            Leave out masks of a predicted IoU up to this, 0..1; by default as the model's own
            thresholds say, here as for the next.
        stability : float, optional
            Leave out masks of a lower stability, 0..1.
        smallest_area : float
            Leave out masks of fewer pixels.
        overlap : float
            IoU of two boxes above which the surer mask drives out the other.
        progress : bool
            Whether to show a bar.

        Returns
        -------
        tuple of Region
            ``w.everything``: what the page shows; a warning says where a page has stopped it.

        Raises
        ------
        EditError
            There is no photo, or the widget is closed.
        SamError
            An argument is none of these.
        CheckpointError, AnswerError
            The model cannot be had, or failed. What was found until then stays.
        """
        tqdm = progress_bar()

        side = count("points_per_side", points_per_side, 1, MOST_SIDE)
        smallest = round(measure("smallest_area", smallest_area))
        given = {"predicted_iou": predicted_iou, "stability": stability}
        named = {name: measure(name, share) for name, share in given.items() if share is not None}
        overlap = measure("overlap", overlap)
        desk = self._check_open()
        acts.image_of(desk.session.document)
        desk.wait(None)  # until the model is there, whose own thresholds may be meant
        everything = desk.everything
        if desk.keeping.picture is not None and desk.keeping.picture.depth:
            warnings.warn(FROM_AFAR, stacklevel=2)
        desk.seek(side, replace(desk.suited, area=smallest, overlap=overlap, **named))
        try:
            with tqdm(
                desc="Everything", total=side**2, unit="point", disable=not progress, leave=False
            ) as bar:
                reach = everything.wait(lambda reach: bar.update(reach.done - bar.n))
        except KeyboardInterrupt:
            everything.stop()
            raise
        found = everything.regions
        if reach.what == "stopped":
            here = f"Stopped in the page after {reach.done} of {reach.total} points."
            warnings.warn(reach.why or here, stacklevel=2)
        elif not found:
            warnings.warn(everything.why_nothing(), stacklevel=2)
        return found

    @property
    def everything(self) -> tuple[Region, ...]:
        """What everything mode shows now, by the page's sliders, the surest first; () without it.

        A Region's prompt is the click that gives it; ``pick`` makes an object of it.
        """
        return self._check_open().everything.regions

    def pick(self, *regions: Region) -> None:
        """Make accepted objects of what everything mode has found, all in one step for undo.

        Parameters
        ----------
        *regions : Region
            Some of ``w.everything``, or ``*w.everything`` for all.

        Raises
        ------
        SamError
            One of them was not found on this photo, or has been forgotten.
        EditError
            There would be too many objects.
        """
        desk = self._check_open()
        picks = desk.everything.picks(regions)
        desk.do(lambda document: acts.pick(document, picks))
        desk.wait(None)

    def _check_open(self) -> Desk:
        raise EditError("This widget is not open yet.")
