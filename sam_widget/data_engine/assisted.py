"""Assisted-manual: masks made click by click with the model's help. Of a person, or simulated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sam_widget.formats.annotated import Annotated
from sam_widget.made import Made
from sam_widget.segment.loaded import model_of

from .efforts import efforts
from .going import going
from .measured import ASSISTED, Harvest
from .seen import Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sam_widget.segment.loaded import AnyModel
    from sam_widget.widget import SamWidget

    from .annotator import Annotator, KnownPhoto, Sitting


def assisted_manual(
    model: AnyModel,
    photos: Iterable[KnownPhoto],
    annotator: Annotator,
    keep: Callable[[Annotated], object] = lambda _: None,
) -> Harvest:
    """Have the simulated annotator make the masks of photos (paper, section 4).

    A bar shows how far it is; interrupted, what was made until then is returned.

    Parameters
    ----------
    model : Segmenter, Sam, str or Path
        Who helps.
    photos : iterable of KnownPhoto
        With the masks that are wanted.
    annotator : Annotator
    keep : callable, optional
        Takes each image's annotations as they are done, to write them.

    Returns
    -------
    Harvest
        Each mask knows its clicks, and its simulated seconds.
    """
    helper = model_of(model)

    def sit(photo: KnownPhoto) -> Sitting:
        return annotator.annotate(Seen(helper, photo.pixels), photo.truths, ASSISTED)

    return going(ASSISTED, photos, sit, keep)


def annotated_by_hand(widget: SamWidget, name: str, stage: str = ASSISTED) -> Annotated:
    """Return a widget's accepted objects, each with the clicks and seconds that it took a person.

    Parameters
    ----------
    widget : SamWidget
        With a photo. What it was before, a journal that it goes on with tells too.
    name : str
        The photo's file name, relative to its folder.
    stage : str
        Of the data engine, for what a person has clicked for.

    Raises
    ------
    SamError
        There is no photo, or the name leads out of its folder.
    """
    history: dict[str, Any] = widget.history
    took = {each.object: each for each in efforts(history)}
    regions = []
    for region in widget.objects:
        effort = took.get(region.id)
        if effort is not None and effort.kept:
            made = region.made or Made(history["model"]["name"], history["model"]["key"] or "")
            made = replace(made, seconds=effort.seconds, clicks=effort.clicks, stage=stage)
            regions.append(replace(region, made=made))
        elif region.locked:
            regions.append(region)
    size = history["image"]["width"], history["image"]["height"]
    return Annotated(name, size, tuple(regions))
