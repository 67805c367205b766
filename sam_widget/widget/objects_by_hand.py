"""ObjectsByHand: what Python does to objects as wholes: add, put together, lock, hide. No logic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets as t

from sam_widget.document.edits import EditError
from sam_widget.document.records import Object
from sam_widget.errors import shown
from sam_widget.regions import Region
from sam_widget.segment.mask_prompt import GivenMask

from . import acts, wholes
from .bringing import bring
from .watched import Watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sam_widget.document.edits import Document, Edit

    from .arranging import Overlapped
    from .desk import Desk


class ObjectsByHand(Watched):
    """A widget whose objects can be put together."""

    _desk: Desk | None

    def add_objects(self, regions: Iterable[Any]) -> tuple[str, ...]:
        """Add masks of another program, or of a file, as accepted objects: exact, no model asked.

        One step of undo for all. A Region keeps its label, predicted IoU, stability score, the
        prompts that it came of and how it was made, and stays a part of what comes along; it gets
        an id of its own. Nothing is cut, whatever ``w.overlap`` says.

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
        return bring(desk.session, given)

    def merge(self, ids: Iterable[Any], label: str | None = None) -> str:
        """Make one object of several, in one step of undo: exactly the pixels of any of them.

        Parameters
        ----------
        ids : iterable of str or Region
            Two or more. The first takes in the others, which go; what is a part of one of them is
            a part of the first.
        label : str, optional
            Its label; by default the first one that one of them has.

        Returns
        -------
        str
            The id of the first.

        Raises
        ------
        EditError
            There is no such object, one has no mask yet, or is locked against change (``lock``).
        """
        names = wholes.ids_of(ids)
        self._check_open().arrange(lambda seen: wholes.merge(seen, names, label))
        return names[0]

    def subtract(self, from_id: str, ids: Iterable[Any]) -> int:
        """Take from an object the pixels that others have, in one step of undo; these stay.

        Returns
        -------
        int
            Pixels that it lost; with 0 nothing has changed.

        Raises
        ------
        EditError
            As ``merge``; or nothing would be left of it.
        """
        return self._lost(from_id, lambda seen: wholes.subtract(seen, from_id, ids))

    def intersect(self, ids: Iterable[Any]) -> int:
        """Leave of the first object what all of these have in common, in one step; the others stay.

        Returns
        -------
        int
            Pixels that it lost; with 0 nothing has changed.

        Raises
        ------
        EditError
            As ``merge``; or nothing would be left of it.
        """
        names = wholes.ids_of(ids)
        return self._lost(names[0], lambda seen: wholes.intersect(seen, names))

    def keep_parts(self) -> tuple[str, ...]:
        """Accept all three candidates of the open object: as a whole, and parts of it.

        The largest is the object itself. The others become objects of their own, each a part
        (``Region.parent``) of the smallest that it lies in; of two that are nearly the same (IoU
        0.95) one is kept. Their masks are exact, and one step of undo takes all back.

        Returns
        -------
        tuple of str
            Ids, the whole's first.

        Raises
        ------
        EditError
            Nothing is open that has candidates.
        """
        patch = self._check_open().arrange(wholes.keep_parts)
        put = patch.edit.put.values() if patch else ()
        return tuple(each.id for each in put if isinstance(each, Object))

    def lock(self, *ids: Any) -> None:
        """Lock objects against change: neither hand nor Python alters or deletes them.

        Their place in the list can change, and they can be hidden. ``undo`` unlocks what was locked
        last. (``Region.locked`` is another thing: that the object is accepted.)

        Raises
        ------
        EditError
            There is no such object.
        """
        self._do(lambda document: wholes.protect(document, ids, True))

    def unlock(self, *ids: Any) -> None:
        """Let objects be changed again."""
        self._do(lambda document: wholes.protect(document, ids, False))

    def hide(self, *ids: Any) -> None:
        """Show objects no more on the photo; without ids, none. They are what they were.

        ``w.hidden`` has the ids; it is no step of undo.

        Raises
        ------
        EditError
            There is no such object.
        """
        self.hidden = (*self.hidden, *self._named(ids))

    def show(self, *ids: Any) -> None:
        """Show objects on the photo that were hidden; without ids, all."""
        gone = set(self._named(ids)) if ids else set(self.hidden)
        self.hidden = tuple(each for each in self.hidden if each not in gone)

    @property
    def overlapped(self) -> Overlapped | None:
        """What ``w.overlap`` did to the object that was accepted last; None before there is one."""
        return None if self._desk is None else self._desk.overlaps.last

    def _named(self, ids: tuple[Any, ...]) -> tuple[str, ...]:
        document = self.outcome.document
        if not ids:
            return tuple(each.id for each in document.of_type(Object))
        return tuple(acts.object_of(document, each).id for each in wholes.ids_of(ids))

    def _lost(self, name: str, act: Callable[[Any], wholes.Brought | None]) -> int:
        desk = self._check_open()
        before: list[int] = []

        def make(seen: Any) -> wholes.Brought | None:
            made = act(seen)
            before.append(seen.mask_of(acts.object_of(seen.document, name)).area)
            return made

        patch = desk.arrange(make)
        if patch is None:
            return 0
        after = desk.outcome
        return before[0] - after.mask_of(acts.object_of(after.document, name)).area

    def _count(self) -> None:
        """Remember the labels that are used: they are offered again."""
        super()._count()
        used = (each.label for each in self.outcome.objects if each.label)
        fresh = [each for each in dict.fromkeys(used) if each not in self.labels]
        if fresh:
            self.labels = (*self.labels, *fresh)[-MOST_LABELS:]

    @t.observe("overlap")
    def _overlaps(self, change: t.Bunch) -> None:
        if self._desk is not None:
            self._desk.overlaps.rule = change["new"]

    def _do(self, act: Callable[[Document], Edit | None]) -> None:
        raise NotImplementedError

    def _check_open(self) -> Desk:
        raise NotImplementedError


MOST_LABELS = 1000


def _region(given: Any, size: tuple[int, int]) -> Region:
    return given if isinstance(given, Region) else Region(GivenMask.of(given, size).mask)
