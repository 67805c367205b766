"""Examples on some pictures, and what is like them on many. The hunts' logic is not here."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterable, Sequence, Sized
from contextlib import closing
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sam_widget.document.records import Point
from sam_widget.errors import SamError, shown
from sam_widget.images import ImageError, read_image
from sam_widget.lifetime import busy
from sam_widget.masks import Mask
from sam_widget.models.packaged import DEFAULT
from sam_widget.paths import as_path
from sam_widget.progress import progress_bar
from sam_widget.regions import Region
from sam_widget.segment.loaded import embedded, model_of
from sam_widget.segment.mask_prompt import GivenMask
from sam_widget.segment.precompute import read_ahead, sources_of
from sam_widget.segment.prompts import Prompts

from .chase import MOST
from .features import Look, Traits
from .hunt import Hunt
from .proposal import Proposal, Proposals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sam_widget.segment.loaded import AnyModel
    from sam_widget.segment.model import Model
    from sam_widget.segment.prompts import Prediction

WANTED = "examples are pairs of an image and its masks: [(image, [mask, ...]), ...]"


def find_alike(
    examples: Any,
    images: Any,
    model: AnyModel = DEFAULT,
    *,
    refused: Any = (),
    clicks: int = MOST,
    progress: bool = True,
) -> tuple[Proposals, ...]:
    """Find what is like examples on many pictures, with a progress bar.

    Embeddings come from the cache that the process shares, and go there. Interrupted, it warns and
    returns what is proposed on the pictures that are done; called again, it goes on as quickly as
    their embeddings are read.

    Parameters
    ----------
    examples : iterable of (image, masks)
        Pictures with one or more examples on each, as Regions, Masks or (H, W) arrays; a Region's
        label is what proposals are called. One mask may stand alone for several.
    images : path, or iterable of whatever ``read_image`` takes
        A folder stands for the pictures right in it, by name; a single picture for itself.
    model : str, Path, Model or Sam
        As ``SamWidget`` takes it.
    refused : iterable of (image, masks)
        The same of what is none, though it looked like one.
    clicks : int
        The most that the model is asked on one picture.
    progress : bool
        Whether to show the bar.

    Returns
    -------
    tuple of Proposals
        One for each picture, in order; ``.annotated`` is what every format writes. A picture that
        cannot be read is left out, and told at the end.

    Raises
    ------
    SamError
        There is no example, or what was given is none; or the model shows no features.
    ImageError
        `images` is neither one nor several, or an example's picture cannot be read.
    CheckpointError
        The model cannot be had.
    """
    tqdm = progress_bar()

    looks = model_of(model)
    ones, label = _described(looks, examples)
    none, _ = _described(looks, refused)
    if ones is None:
        raise SamError(f"There is no example: {WANTED}.")
    sources = sources_of(images)
    total = len(sources) if isinstance(sources, Sized) else None
    done: list[Proposals] = []
    failed: list[str] = []
    given, read = tee(sources)
    bar = tqdm(total=total, desc="Alike", unit="picture", disable=not progress, leave=False)
    with bar, closing(read_ahead(read)) as readings:
        try:
            for number, (source, reading) in enumerate(zip(given, readings, strict=True), 1):
                try:
                    pixels, _ = reading()
                except ImageError as error:
                    failed.append(str(error))
                else:
                    hunt = Hunt(Look.of(embedded(looks, pixels)), (), ones, none)
                    found = _proposals(looks, pixels, hunt, label, clicks)
                    height, width = pixels.shape[:2]
                    done.append(Proposals(_name(source, images, number), (width, height), found))
                bar.update()
        except KeyboardInterrupt:
            said = f"Stopped: what is proposed on the {len(done)} pictures before is returned."
            warnings.warn(said, stacklevel=2)
    for sentence in failed:
        tqdm.write(sentence, file=sys.stderr)
    return tuple(done)


def _proposals(
    model: Model[Any], pixels: NDArray[np.uint8], hunt: Hunt, label: str, clicks: int
) -> tuple[Proposal, ...]:
    """Hunt on one picture to the end."""
    embedding = embedded(model, pixels)
    said: list[tuple[Prediction, int, tuple[float, float]]] = []  # of each mask that came up
    for _ in range(clicks):
        place = hunt.place()
        if place is None:
            break
        with busy():
            prediction = model.predict(
                embedding, Prompts(np.array([place], np.float32), np.ones(1, np.int64))
            )
        hunt.heard(prediction.logits, prediction.scores)
        said += [(prediction, i, place) for i in range(len(prediction.logits))]
    found = []
    for one in hunt.ranked:
        prediction, i, (x, y) = said[one.index]
        iou, stable = float(prediction.scores[i]), float(prediction.stability[i])
        region = Region(prediction.mask(i), label, iou, stable, (Point("", "", x, y),))
        found.append(Proposal(region, one.score, one.likeness))
    return tuple(found)


def _described(model: Model[Any], examples: Any) -> tuple[Traits | None, str]:
    """Return what examples look like, None of none, and what they are called."""
    pairs = list(examples) if isinstance(examples, Iterable) else [examples]
    traits, labels = [], []
    for pair in pairs:
        if not isinstance(pair, Sequence) or len(pair) != 2:
            raise SamError(f"{WANTED}, not {shown(pair)}.")
        pixels = read_image(pair[0]).pixels
        size = pixels.shape[1], pixels.shape[0]
        one = isinstance(pair[1], Region | Mask) or getattr(pair[1], "ndim", 0) == 2
        masks = [pair[1]] if one else list(pair[1])
        regions = [each for each in masks if isinstance(each, Region)]
        labels += [each.label for each in regions if each.label]
        plain = [
            GivenMask.of(each.mask if isinstance(each, Region) else each, size).mask
            for each in masks
        ]
        look = Look.of(embedded(model, pixels))
        traits.append(look.drawn(look.grids(*plain)))
    return (Traits.joined(*traits) if traits else None), labels[0] if labels else ""


def _name(source: Any, images: Any, number: int) -> str:
    """Return what a picture is called: a file relative to its folder, else its number."""
    if not isinstance(source, str | os.PathLike):
        return str(number)
    path = Path(source)
    folder = as_path(images) if isinstance(images, str | os.PathLike) else path.parent
    inside = path.is_relative_to(folder) and path != folder
    return path.relative_to(folder).as_posix() if inside else path.name
