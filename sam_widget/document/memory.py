"""Memory: answers that were true once, so that undo needs no model. Bounded; owns no document."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from .edits import Document, Edit, apply, squash
from .records import Answer, Object, Prompt

if TYPE_CHECKING:
    from collections.abc import Iterable

Question: TypeAlias = tuple[str, frozenset[Prompt]]

REMEMBERED = 256  # answers; their masks are some 50 kB for each


class Memory:
    """The last answers by what was asked. Not thread-safe: its session holds the lock."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Question, Answer] = OrderedDict()

    def remember(self, document: Document, answer: Answer) -> None:
        """Keep an answer that is true in the document; beyond 256 the longest unused goes."""
        question = _question(document, answer.object)
        self._answers[question] = answer
        self._answers.move_to_end(question)
        if len(self._answers) > REMEMBERED:
            self._answers.popitem(last=False)

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

    def clear(self) -> None:
        """Forget everything."""
        self._answers.clear()


def _question(document: Document, name: str) -> Question:
    return name, frozenset(document.prompts_of(name))


def _owners(records: Iterable[object]) -> tuple[str, ...]:
    """Ids of the objects that the records are or belong to, each once."""
    owners: dict[str, None] = {}
    for record in records:
        if isinstance(record, Prompt):
            owners[record.object] = None
        elif isinstance(record, Object):
            owners[record.id] = None
    return tuple(owners)
