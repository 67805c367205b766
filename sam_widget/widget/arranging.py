"""Arranging: what page and kernel say of objects as wholes, beside the document. Values alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal


@dataclass(frozen=True)
class Arrange:
    """Objects shall be put together: merged, the others taken from the first, or what is common.

    With "parts" the open object's candidates become an object with parts.
    """

    tag: ClassVar[str] = "arrange"
    client: str
    how: Literal["merge", "subtract", "intersect", "parts"]
    objects: tuple[str, ...]


@dataclass(frozen=True)
class Overlapped:
    """An object that was accepted lies on others: what the rule did about it.

    Attributes
    ----------
    object : str
        Its id.
    rule : str
        "keep": nothing; "cut": it lost what others have; "replace": they lost it.
    others : int
        How many it lay on, parts and wholes of it not counted.
    pixels : int
        How many of its pixels others had.
    held : int
        Of the others, those that are locked against change and lost nothing.
    gone : int
        Of the others, those of which nothing was left: they went.
    whole : bool
        Nothing would have been left of it: it stayed as it was.
    """

    tag: ClassVar[str] = "overlapped"
    object: str
    rule: str
    others: int
    pixels: int
    held: int = 0
    gone: int = 0
    whole: bool = False
