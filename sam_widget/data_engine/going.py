"""Going: photo after photo, each done and kept, with a bar; what was done stays. Knows no model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tqdm.auto import tqdm

from sam_widget.formats.annotated import Annotated
from sam_widget.lifetime import busy

from .measured import Harvest, Spent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .annotator import KnownPhoto, Sitting


def going(
    stage: str,
    photos: Iterable[KnownPhoto],
    sit: Callable[[KnownPhoto], Sitting],
    keep: Callable[[Annotated], object],
) -> Harvest:
    """Do a stage's work on each photo.

    Parameters
    ----------
    stage : str
        For the bar and the harvest.
    photos : iterable of KnownPhoto
    sit : callable
        What is done for one.
    keep : callable
        Takes what came of it before the next one is begun.

    Returns
    -------
    Harvest
        Of all photos; interrupted, of those that were done.
    """
    images: list[Annotated] = []
    spent = Spent()
    try:
        for photo in tqdm(photos, unit="photo", desc=stage):
            with busy():
                sitting = sit(photo)
            height, width = photo.pixels.shape[:2]
            image = Annotated(photo.name, (width, height), sitting.regions)
            keep(image)
            images.append(image)
            spent += sitting.spent
    except KeyboardInterrupt:
        pass
    return Harvest(stage, tuple(images), spent)
