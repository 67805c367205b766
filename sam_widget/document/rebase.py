"""What a page meant by an edit that it made on an older document, made again on the one of now.

Two hands are at work at once, or one is faster than the wire: the first click of each opens an
object, one accepts while the other goes on clicking, an undo takes away what a click stands on.
Whatever a person did is done here as it would have been, had they seen the document of now. Decides
no rule: what comes out is checked as every edit is.
"""

from __future__ import annotations

from collections import deque
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from .edits import Document, Edit, EditError, apply, put_away
from .records import Mark, Object, Prompt, new_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .records import Record

UNSEEN = 2**20  # bytes of its own edits that a page may not have seen confirmed

OTHER_PICTURE = "The picture has changed meanwhile; that was meant for the one before."
GONE = "That object is gone meanwhile; undo or redo brings it again."
ACCEPTED = "That object was accepted meanwhile; undo opens it again."


class Sight:
    """What one page has before its eyes: its own steps, as it made them, on what it had heard."""

    def __init__(self) -> None:
        self._own: deque[tuple[int, Edit]] = deque()  # with the version at which each was settled
        self._names: dict[str, str] = {}  # of objects that became others, for the page's next steps

    def look(self, version: int) -> None:
        """Take it that the page has heard of this version (-1: it does not say)."""
        while self._own and (version < 0 or self._own[0][0] <= version):
            self._own.popleft()
        if not self._own:
            self._names.clear()

    def did(self, version: int, edit: Edit) -> None:
        """Note an edit of the page, as it made it; the document was then of this version."""
        self._own.append((version, edit))
        while sum(each.weight for _, each in self._own) > UNSEEN:
            self._own.popleft()

    def again(self, base: Document, now: Document, edit: Edit) -> Edit:
        """Return the edit as it would be on the document of now.

        Parameters
        ----------
        base : Document
            What the kernel had told the page when it made the edit.
        now : Document
        edit : Edit

        Raises
        ------
        EditError
            Nothing is left of what it was meant for.
        """
        if base is now and not self._own:
            return edit
        for _, own in self._own:
            base = apply(base, own)
        return _Rebase(base, now, edit, self._names).made()


class _Rebase:
    """One edit on its way from the document that was seen to the one of now."""

    def __init__(self, seen: Document, now: Document, edit: Edit, names: dict[str, str]) -> None:
        self._seen, self._now, self._edit, self._names = seen, now, edit, names
        self._put: dict[str, Record] = {}
        self._drop: list[str] = []

    def made(self) -> Edit:
        was, image = self._seen.image(), self._now.image()
        if was is not None and image is not None and was.id != image.id:
            raise EditError(OTHER_PICTURE)
        for name in self._edit.drop:
            self._take_away(name)
        for record in self._edit.put.values():
            if isinstance(record, Object):
                self._object(record)
        for name, record in self._edit.put.items():
            if isinstance(record, Mark):
                self._mark(record)
            elif not isinstance(record, Object):
                self._put[name] = record  # the rules will say what they think of it
        self._make_room()
        self._drop += [name for name in self._edit.drop if name in self._put]  # it comes last
        if self._edit.drop and not self._drop and not self._put:
            raise EditError(ACCEPTED)
        return Edit(self._put, tuple(self._drop), self._edit.group)

    def _take_away(self, name: str) -> None:
        if name in self._edit.put:
            return
        was, record = self._seen.get(name), self._now.get(name)
        if (
            isinstance(was, Mark)
            and isinstance(record, Mark)
            and self._locked_since(was.object, record.object)
        ):
            return  # accepted: it stays
        if self._edit.put and isinstance(was, Object) and self._asked_since(name):
            return  # it was empty, and gave way to another: it will, but not be lost
        self._drop.append(name)

    def _make_room(self) -> None:
        """Put away what came open since, where the edit opens an accepted object again."""
        after = apply(self._now, Edit(self._put, tuple(self._drop)))
        opened = [each.id for each in after.of_type(Object) if not each.locked]
        again = any(here.locked for here in map(self._here, opened) if here)
        if again and len(opened) > 1:
            away = put_away(self._now)
            self._put |= away.put
            self._drop += away.drop

    def _object(self, record: Object) -> None:
        name = self._name(record.id)
        seen, here = self._seen.get(record.id), self._here(name)
        if here is not None and isinstance(seen, Object):
            self._change(seen, here, record)
        elif here is not None:
            self._put[record.id] = record
        elif seen is None:
            self._open(record)
        elif not any(self._marks_put(record.id)):
            raise EditError(GONE)

    def _change(self, seen: Object, here: Object, record: Object) -> None:
        """Change of an object what the person changed, and leave the rest as others have it."""
        names = [field.name for field in fields(Object) if field.name != "id"]
        now = {each: getattr(record, each) for each in names}
        changed = {each: v for each, v in now.items() if v != getattr(seen, each)}
        if not changed or (here.locked and not seen.locked and changed == {"choice": None}):
            return  # the latter came with a prompt, which goes to another object now
        if changed.get("locked") and self._asked(self._seen, seen.id) != self._asked(
            self._now, here.id
        ):
            changed["choice"] = here.choice  # what was shown is not what is accepted
        self._put[here.id] = replace(here, **changed)

    def _open(self, record: Object) -> None:
        """Open a new object, or take the one that is open by now."""
        opened = self._now.open_object()
        if opened is not None and not record.locked and not self._closes(opened.id):
            self._names[record.id] = opened.id
        else:
            self._put[record.id] = self._numbered(record)

    def _mark(self, mark: Mark) -> None:
        name = self._name(mark.object)
        if self._here(name) is None and name not in self._put:
            if not mark.adds():
                raise EditError(GONE)
            self._revive(mark.object)
        elif name not in self._put and self._locked_since(mark.object, name):
            if not mark.adds():
                raise EditError(ACCEPTED)
            self._succeed(mark.object)
        target = self._name(mark.object)
        there = self._here(target)
        asks = isinstance(mark, Prompt)
        if asks and target != mark.object and there and there.choice is not None:
            self._put.setdefault(target, replace(there, choice=None))
        if isinstance(mark, Prompt) and mark.single:
            self._only_one(mark, target)
        self._put[mark.id] = replace(mark, object=target)

    def _revive(self, name: str) -> None:
        """Find an object for a mark whose own has been taken back."""
        given = self._edit.put.get(name)
        seen = given if isinstance(given, Object) else self._seen.get(name)
        if isinstance(seen, Object):
            self._names.pop(name, None)
            self._open(replace(seen, choice=None, locked=False))

    def _succeed(self, name: str) -> None:
        """Find an object for a mark whose own has been accepted."""
        seen = self._seen.get(name)
        if isinstance(seen, Object):
            fresh = Object(new_id(), seen.image, color=seen.color, order=seen.order)
            self._open(fresh)
            self._names[name] = self._name(fresh.id)

    def _only_one(self, prompt: Prompt, target: str) -> None:
        """Let what was to be the only one of its kind take the place of those that came since."""
        before = {each.id for each in self._seen.kind_of(prompt.object, prompt.tag)}
        if before <= set(self._edit.drop):
            kin = [each.id for each in self._now.kind_of(target, prompt.tag)]
            gone = {*before, *self._drop, prompt.id}
            self._drop += [each for each in kin if each not in gone]

    def _numbered(self, record: Object) -> Object:
        """Put a new object after those that came since."""
        last = max((each.order for each in self._now.of_type(Object)), default=-1)
        behind = max(0, last + 1 - record.order)
        return replace(record, order=record.order + behind, color=record.color + behind)

    def _name(self, name: str) -> str:
        return self._names.get(name, name)

    def _here(self, name: str) -> Object | None:
        record = self._now.get(name)
        return record if isinstance(record, Object) else None

    def _locked_since(self, name: str, target: str) -> bool:
        seen, here = self._seen.get(name), self._here(target)
        return isinstance(seen, Object) and not seen.locked and here is not None and here.locked

    def _asked_since(self, name: str) -> bool:
        return not self._asked(self._seen, name) and bool(self._asked(self._now, name))

    def _closes(self, name: str) -> bool:
        """Whether the edit itself accepts or drops the object that is open."""
        put = self._edit.put.get(name)
        return name in self._edit.drop or (isinstance(put, Object) and put.locked)

    def _marks_put(self, name: str) -> list[Record]:
        puts: Mapping[str, Record] = self._edit.put
        return [each for each in puts.values() if isinstance(each, Mark) and each.object == name]

    @staticmethod
    def _asked(document: Document, name: str) -> set[str]:
        return {each.id for each in document.marks_of(name)}
