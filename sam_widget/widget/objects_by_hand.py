"""ObjectsByHand: what Python does to objects as wholes: add them, put them together. No logic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sam_widget.document.edits import EditError
from sam_widget.document.records import Object
from sam_widget.errors import shown
from sam_widget.regions import Region
from sam_widget.segment.mask_prompt import GivenMask

from . import acts
from .seen import Seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sam_widget.document.edits import Document, Edit

    from .desk import Desk


class ObjectsByHand(Seen):
    """A widget whose objects can be put together."""

    _desk: Desk | None

    def add_objects(self, regions: Iterable[Any]) -> tuple[str, ...]:
        """Add masks of another program, or of a file, as accepted objects: exact, no model asked.

        One step of undo for all. A Region keeps its label, predicted IoU and stability score; it
        gets an id of its own.

        Parameters
        ----------
        regions : iterable of Region, Mask, ndarray or tensor
            Of the image's size; arrays as ``add_mask`` takes them.

        Returns
        -------
        tuple of str
            The new objects' ids, in order.

        Raises
        ------
        MaskError, EditError
            One of them is no mask, empty or of another size, they are too many, or there is no
            image; nothing changed.
        """
        desk = self._check_open()
        image = acts.image_of(desk.session.document)
        try:
            given = [_region(each, (image.width, image.height)) for each in regions]
        except TypeError:
            wanted = "add_objects takes regions or masks, several in a list"
            raise EditError(f"{wanted}, not {shown(regions)}.") from None
        made: list[str] = []

        def add(document: Document) -> Edit | None:
            edit = acts.add_regions(document, given)
            put = edit.put.values() if edit else ()
            made[:] = [each.id for each in put if isinstance(each, Object)]
            return edit

        with desk.session.blobs.lent(*(each.mask.to_bytes() for each in given)):
            desk.do(add)
        return tuple(made)

    def _check_open(self) -> Desk:
        raise NotImplementedError


def _region(given: Any, size: tuple[int, int]) -> Region:
    return given if isinstance(given, Region) else Region(GivenMask.of(given, size).mask)
