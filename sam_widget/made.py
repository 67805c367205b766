"""Made: how a mask came to be. Who counts is elsewhere; here is only what was counted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Made:
    """How a region was made: what an audit asks. Whatever nobody knows stays empty.

    Attributes
    ----------
    model : str
        The model's name, as ``SamWidget(model=...)`` takes it.
    fingerprint : str
        Of its weights: the same for the same numbers, whatever the file is called.
    candidate : int or None
        Which of the model's three masks it is: 0, 1 or 2.
    seconds : float or None
        What it took a person, from the first prompt to accepting it.
    clicks : int or None
        How many prompts it took.
    pixels_by_hand : int or None
        Pixels that corrections by hand put in or took away.
    stage : str
        Of the data engine (SAM, section 4): "assisted-manual", "semi-automatic",
        "fully-automatic"; "imported" for what was read from a file; empty where that is not known.
    """

    model: str = ""
    fingerprint: str = ""
    candidate: int | None = None
    seconds: float | None = None
    clicks: int | None = None
    pixels_by_hand: int | None = None
    stage: str = ""
