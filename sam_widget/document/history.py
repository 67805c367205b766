"""History: what undo and redo would do, as a frozen value. Knows no session, no derived record."""

from __future__ import annotations

from dataclasses import dataclass

from .edits import Document, Edit, invert, squash

DEPTH = 1000  # steps that can be undone
BYTES = 16 * 2**20  # that these may hold


@dataclass(frozen=True)
class History:
    """The edits that lead back, newest last, and those that lead forth again, next last."""

    past: tuple[Edit, ...] = ()
    future: tuple[Edit, ...] = ()

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return bool(self.past)

    @property
    def can_redo(self) -> bool:
        """Whether an undone step can be done again."""
        return bool(self.future)

    def record(self, inverse: Edit) -> History:
        """Remember how to undo an edit just made; what was undone before is forgotten.

        An edit of the last one's ``group`` joins its step, unless something was undone between.
        """
        past = self.past
        last = past[-1] if past else None
        if last and inverse.group is not None and inverse.group == last.group and not self.future:
            past, inverse = past[:-1], squash(inverse, last)
        past = (*past, inverse)[-DEPTH:]
        over, first = sum(each.weight for each in past) - BYTES, 0
        while over > 0 and first < len(past) - 1:  # the last step can always be undone
            over, first = over - past[first].weight, first + 1
        return History(past[first:])

    def undo(self, document: Document) -> tuple[Edit, History] | None:
        """Return the edit that undoes the last step and the history after it; None without one."""
        if not self.past:
            return None
        edit = self.past[-1]
        return edit, History(self.past[:-1], (*self.future, invert(document, edit)))

    def redo(self, document: Document) -> tuple[Edit, History] | None:
        """Return the edit that does the last undone step again and the history after it."""
        if not self.future:
            return None
        edit = self.future[-1]
        return edit, History((*self.past, invert(document, edit)), self.future[:-1])
