"""Maker: who draws on a photo, for what is known of each object. Counts nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Maker:
    """A model, a clock, and what all of it is for.

    Attributes
    ----------
    model : str
        Its name.
    seconds : mapping of str to float
        What it took a person until objects were accepted, by their ids, where that is known.
    stage : str
        Of the data engine, as ``Made.stage``.
    """

    model: str
    seconds: Mapping[str, float]
    stage: str = ""


NOBODY = Maker("", MappingProxyType({}))
