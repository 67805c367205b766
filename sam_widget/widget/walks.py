"""Walks over the places of a roll: which photo is tried after which. Opens no photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sam_widget.folders.photos import Photo, Roll


def first(roll: Roll, last: str | None, done: Callable[[Photo], bool]) -> Iterator[int]:
    """Yield the places to begin with: the photo of the name `last`, what is not done, all others.

    Every place comes once. A roll that is not whole is read only as far as it is walked.
    """
    tried = set[int]()
    places = range(len(roll)) if roll.whole else _counting(roll)
    if last is not None:
        if not roll.whole:
            _read_until(roll, last)
        if (place := roll.place(last)) is not None:
            tried.add(place)
            yield place
    for wanted in (True, False):
        for place in places if wanted else range(len(roll)):
            photo = roll.at(place)
            if photo is None or place in tried:
                continue
            if wanted and done(photo):
                continue
            tried.add(place)
            yield place


def onward(roll: Roll, place: int, step: int, left: Callable[[Photo], bool]) -> Iterator[int]:
    """Yield the places after one, in steps of 1 or -1, whose photos are left by a filter."""
    place += step
    while place >= 0 and (photo := roll.at(place)) is not None:
        if left(photo):
            yield place
        place += step


def _counting(roll: Roll) -> Iterator[int]:
    place = 0
    while roll.at(place) is not None:
        yield place
        place += 1


def _read_until(roll: Roll, name: str) -> None:
    """Read on until a photo of this name is known."""
    for _ in _counting(roll):
        if roll.place(name) is not None:
            return
