"""History: steps back and forth, groups, the bound."""

from sam_widget.document import history
from sam_widget.document.edits import Document, Edit, apply, invert
from sam_widget.document.history import History
from sam_widget.document.records import Object

EMPTY = Document()


def walk(*edits):
    """Make the edits and record them, as a session does."""
    document, past = EMPTY, History()
    for edit in edits:
        past = past.record(invert(document, edit))
        document = apply(document, edit)
    return document, past


def named(label, group=None):
    return Edit({"o": Object("o", "i", label)}, group=group)


def labels(document):
    return document["o"].label if "o" in document else None


def test_back_and_forth():
    document, past = walk(named("a"), named("b"), named("c"))
    seen = []
    while past.can_undo:
        edit, past = past.undo(document)
        document = apply(document, edit)
        seen.append(labels(document))
    assert seen == ["b", "a", None]
    while past.can_redo:
        edit, past = past.redo(document)
        document = apply(document, edit)
        seen.append(labels(document))
    assert seen[3:] == ["a", "b", "c"]
    assert past.redo(document) is None
    assert History().undo(document) is None


def test_a_new_edit_forgets_what_was_undone():
    document, past = walk(named("a"), named("b"))
    edit, past = past.undo(document)
    past = past.record(invert(apply(document, edit), named("c")))
    assert not past.can_redo
    assert len(past.past) == 2


def test_adjacent_edits_of_a_group_are_one_step():
    _, past = walk(named("a"), named("b", "g"), named("c", "g"), named("d", "h"), named("e", "g"))
    assert len(past.past) == 4
    assert past.past[1] == Edit({"o": Object("o", "i", "a")}, group="g")


def test_a_group_does_not_go_on_after_an_undo():
    document, past = walk(named("a"), named("b", "g"), named("c"))
    edit, past = past.undo(document)
    past = past.record(invert(apply(document, edit), named("d", "g")))
    assert len(past.past) == 3


def test_the_oldest_steps_are_forgotten(monkeypatch):
    monkeypatch.setattr(history, "DEPTH", 3)
    _, past = walk(*(named(letter) for letter in "abcdef"))
    assert len(past.past) == 3


def test_a_history_never_changes():
    document, past = walk(named("a"))
    before = past.past
    past.record(Edit())
    past.undo(document)
    assert past.past == before
    assert past == History(before)
