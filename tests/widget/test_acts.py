"""What Python's methods do to a document is what the page's gestures do: golden/acts.json."""

import json
from pathlib import Path

import pytest

from sam_widget.document.edits import Document, EditError, apply
from sam_widget.document.records import MaskPrompt, record_from_json, record_to_json
from sam_widget.widget import acts

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "acts.json").read_text("utf-8"))


def _box(document, another=False, **corners):
    return acts.add_box(document, corners, another)


ACTS = {
    "point": acts.add_point,
    "box": _box,
    "mask": lambda document, **given: acts.add_mask(document, MaskPrompt("", "", **given)),
    "pick": lambda document, picks: acts.pick(document, [acts.Pick(**each) for each in picks]),
    "stroke": acts.add_stroke,
    "paint": acts.paint,
    "erase": lambda document, **given: acts.paint(document, **given, positive=False),
    "clean_up": acts.clean_up,
    "choose": acts.choose,
    "cut": acts.cut,
    "accept": acts.accept,
    "clear": acts.clear,
    "reopen": acts.reopen,
    "rename": acts.rename,
    "recolor": acts.recolor,
    "move": acts.move,
    "delete": acts.delete,
}


def made(document, act, given):
    """The edit of an act, its new ids counted as +0, +1; None where it changes nothing."""
    try:
        edit = ACTS[act](document, **given)
    except EditError:
        return None
    if edit is None or apply(document, edit) == document:
        return None
    fresh = {name: f"+{i}" for i, name in enumerate(n for n in edit.put if n not in document)}
    put = [record_to_json(record) for record in edit.put.values()]
    named = [
        record
        | {
            each: fresh.get(record[each], record[each])
            for each in ("id", "object")
            if each in record
        }
        for record in put
    ]
    return {"put": named, "drop": list(edit.drop)}


@pytest.mark.parametrize("case", GOLDEN["acts"], ids=lambda case: case["name"])
def test_golden_acts(case):
    records = map(record_from_json, GOLDEN["documents"][case["document"]])
    document = Document({record.id: record for record in records})
    assert made(document, case["act"], case["given"]) == case["edit"]
