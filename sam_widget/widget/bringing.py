"""Bringing: edits whose masks' bytes must be there before them, pushed together. No screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sam_widget.document.records import Object

from . import acts
from .wholes import Brought

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sam_widget.document.edits import Document, Edit
    from sam_widget.document.patch import Patch
    from sam_widget.document.session import Session
    from sam_widget.regions import Region


def push(session: Session, make: Callable[[Document], Brought | None]) -> Patch | None:
    """Push what ``make`` makes of the document of that moment, with the bytes that it brings.

    Raises
    ------
    EditError
        ``make`` raised it, or the edit cannot be; nothing has changed.
    """
    put: list[str] = []

    def act(document: Document) -> Edit | None:
        made = make(document)
        if made is None:
            return None
        put.extend(map(session.blobs.put, made.data))
        return made.edit

    try:
        return session.act(act)
    finally:
        session.blobs.settle(put)


def bring(session: Session, regions: Iterable[Region]) -> tuple[str, ...]:
    """Make accepted objects of regions, exact, in one step of undo; return their ids, in order.

    Raises
    ------
    EditError
        One of them is empty or of another size, they are too many, or there is no image.
    """
    given = tuple(regions)

    def add(document: Document) -> Brought | None:
        edit = acts.add_regions(document, given)
        if edit is None:
            return None
        return Brought(edit, tuple(each.mask.to_bytes() for each in given))

    patch = push(session, add)
    put = patch.edit.put.values() if patch else ()
    return tuple(each.id for each in put if isinstance(each, Object))
