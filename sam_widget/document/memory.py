"""Memory: answers that were true once, so that undo needs no model. Bounded; owns no document."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from .edits import Document, Edit, apply, squash
from .records import Answer, Object, Prompt

if TYPE_CHECKING:
    from collections.abc import Iterable

Question: TypeAlias = tuple[str, float, frozenset[Prompt]]

REMEMBERED = 256  # answers
REMEMBERED_BYTES = 128 * 2**20  # of their masks; as a rule an answer's are some 50 kB


class Memory:
    """The last answers by what was asked. Not thread-safe: its session holds the lock."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Question, Answer] = OrderedDict()
        self._sizes: dict[Question, int] = {}

    def remember(self, document: Document, answer: Answer, size: int) -> None:
        """Keep an answer that is true in the document; `size` is the bytes of its masks.

        Beyond 256, or 128 MiB, the longest unused goes.
        """
        question = _question(document, answer.object)
        self._answers[question] = answer
        self._answers.move_to_end(question)
        self._sizes[question] = size
        total = sum(self._sizes.values())
        while len(self._answers) > REMEMBERED or (total > REMEMBERED_BYTES and self._answers):
            gone, _ = self._answers.popitem(last=False)
            total -= self._sizes.pop(gone)

    def make_true(self, before: Document, edit: Edit) -> Edit:
        """Add to an edit the remembered answers that are true after it and not yet there."""
        after = apply(before, edit)
        dropped = (before[name] for name in edit.drop if name in before)
        for name in _owners((*edit.put.values(), *dropped)):
            question = _question(after, name)
            if name not in after or after.answer_of(name) or question not in self._answers:
                continue
            self._answers.move_to_end(question)
            # prompts that came back may stand in another order; to the model it is the same
            asked = tuple(prompt.id for prompt in after.prompts_of(name))
            answer = replace(self._answers[question], of=asked)
            old = tuple(each.id for each in after.answers_of(name))
            edit = squash(edit, Edit.of(answer, drop=old, group=edit.group))
        return edit

    def answers(self) -> Iterable[Answer]:
        """Return all that is remembered."""
        return self._answers.values()

    def prompts(self) -> Iterable[Prompt]:
        """Return all prompts that were asked about in what is remembered."""
        return (prompt for *_, asked in self._answers for prompt in asked)

    def clear(self) -> None:
        """Forget everything."""
        self._answers.clear()
        self._sizes.clear()


def _question(document: Document, name: str) -> Question:
    thing = document.get(name)
    cut = thing.threshold if isinstance(thing, Object) else 0.0
    return name, cut, frozenset(document.prompts_of(name))


def _owners(records: Iterable[object]) -> tuple[str, ...]:
    """Ids of the objects that the records are or belong to, each once."""
    owners: dict[str, None] = {}
    for record in records:
        if isinstance(record, Prompt):
            owners[record.object] = None
        elif isinstance(record, Object):
            owners[record.id] = None
    return tuple(owners)
