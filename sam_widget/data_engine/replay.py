"""Replay: one mask's clicks, answered by another model as they were given. Reads no file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sam_widget.corrections import corrected
from sam_widget.document.corrections import Combine
from sam_widget.errors import SamError, in_short
from sam_widget.made import Made
from sam_widget.segment.naming import CLEAR

if TYPE_CHECKING:
    from sam_widget.document.corrections import Correction
    from sam_widget.regions import Region
    from sam_widget.segment.prompts import Prediction

    from .seen import Seen


class ReplayError(SamError):
    """A mask that cannot be answered again, and why, in one sentence."""


def replayed(seen: Seen, region: Region) -> Region:
    """Give a mask's prompts to another model, one after the other, each answer fed into the next.

    Where the model offers several masks, and a person has chosen, that one is taken which agrees
    best with the mask that was accepted: what was meant does not change with the model. Corrections
    by hand are made again on what comes.

    Parameters
    ----------
    seen : Seen
        The image, before the new model.
    region : Region

    Returns
    -------
    Region
        As it was, but for the mask, its scores, and who made it. The mask is cut at the model's own
        border.

    Raises
    ------
    ReplayError
        It has no prompts, or was changed by hand in a way that is not known, or a prompt's bytes
        are not in the file, or the model does not take them.
    """
    why = _cannot(region)
    if why:
        raise ReplayError(why)
    said: Prediction | None = None
    choice = 0
    try:
        for count in range(1, len(region.prompts) + 1):
            given = region.prompts[:count]
            if any(each.affirms() for each in given):
                said = seen.ask(given, None if said is None else said.fed(choice))
                choice = _meant(said, region)
    except SamError as error:
        raise ReplayError(f"Its prompts cannot be asked: {in_short(error)}.") from error
    if said is None:
        raise ReplayError("None of its prompts says what is wanted.")
    made = replace(
        region.made or Made(),
        model=seen.model_name,
        fingerprint=seen.model_key,
        candidate=choice,
    )
    return replace(
        region,
        mask=corrected(said.mask(choice), by_hand(region)),
        corrections=by_hand(region),
        predicted_iou=float(said.scores[choice]),
        stability_score=float(said.stability[choice]),
        made=made,
    )


def by_hand(region: Region) -> tuple[Correction, ...]:
    """Return what was done by hand to what a model drew.

    An object that was brought into a widget begins with its own mask as a correction; where the
    prompts are there that it came of elsewhere, these draw it.
    """
    first, *later = region.corrections or (None,)
    if not isinstance(first, Combine) or first.known is None or not first.known.asked:
        return region.corrections
    elsewhere = all(each.id.startswith(first.id) for each in region.prompts)
    return tuple(later) if elsewhere else region.corrections


def _cannot(region: Region) -> str | None:
    """Say in one sentence why a mask cannot be answered again; None where it may."""
    if not region.prompts:
        return "It has no prompts: it was drawn by hand, or comes from a file without them."
    if any(each.blobs() for each in by_hand(region)):
        return "A mask was put together with it by hand, whose pixels are not in the file."
    if region.made is not None and region.made.pixels_by_hand and not region.corrections:
        return "It was corrected by hand, and how is not in the file."
    if region.crop is not None and region.crop != (0, 0, *region.size):
        return "The model saw a part of the photo only."
    return None


def _meant(said: Prediction, region: Region) -> int:
    """Return which candidate is the one that was meant."""
    chosen = region.made is not None and region.made.candidate not in (None, 0)
    if said.names == CLEAR and not chosen:
        return said.best
    masks = said.masks()
    return max(range(len(masks)), key=lambda i: (masks[i].iou(region.mask), i == said.best))
