"""Writes tests/golden/store.json, what a page must do: `python -m tests.simulation.scenarios`.

Each step is one of {"start": true} (the page comes to life), {"local": edit}, {"undo": true},
{"redo": true}, {"receive": message} (every blob that it names comes with some bytes), {"later":
true} (two seconds without any message). After it, ``expect`` holds: the confirmed version (-1 for
none), the shown document and the order of its records, the number of pending steps, and what this
step has sent.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sam_widget.document.edits import Edit, edit_from_json, edit_to_json
from sam_widget.document.patch import Origin
from sam_widget.document.plain import to_plain
from sam_widget.document.records import Answer, Candidate, Image, Object, Point
from sam_widget.segment.answers.status import Status
from sam_widget.widget.protocol import (
    Blobs,
    FromKernel,
    Patch,
    Reject,
    Snapshot,
    message_to_json,
)

from .page import Page

if TYPE_CHECKING:
    from sam_widget.document.records import Record

TARGET = Path(__file__).parents[1] / "golden" / "store.json"
ME, OTHER = "page-me", "page-other"
READY = Status("ready", None, "mini is ready.", "mini")

PHOTO = Image("photo", "b-photo", 640, 480)
THING = Object("thing", "photo")
FIRST, SECOND = Point("p1", "thing", 10, 20), Point("p2", "thing", 30, 40)
FOREIGN = Point("p3", "thing", 5, 6)
ANSWER = Answer("a1", "thing", ("p1",), (Candidate("whole", "b-mask", 0.9, 0.8, 77),), 0, 0.05)
CLICK = Edit.of(THING, FIRST)


def snapshot(call: int, seq: int, version: int, *records: Record, to: str = ME) -> Snapshot:
    """One that mentions no blob but the photo's, whatever the records say."""
    document = {record.id: record for record in (PHOTO, *records)}
    return Snapshot(to, call, seq, version, document, ("b-photo",), False, False, READY)


def patch(version: int, edit: Edit, by: Origin | None = None, blobs: tuple[str, ...] = ()) -> Patch:
    return Patch(version, edit, by, blobs, True, False)


def mine(seq: int) -> Origin:
    return Origin(ME, seq)


START: dict[str, Any] = {"start": True}
LATER: dict[str, Any] = {"later": True}
UNDO: dict[str, Any] = {"undo": True}
REDO: dict[str, Any] = {"redo": True}


def local(edit: Edit) -> dict[str, Any]:
    return {"local": edit_to_json(edit)}


def receive(message: FromKernel) -> dict[str, Any]:
    return {"receive": message_to_json(message)}


def begin(*records: Record, version: int = 3) -> list[dict[str, Any]]:
    return [START, receive(snapshot(1, 0, version, *records))]


SCENARIOS: dict[str, list[dict[str, Any]]] = {
    "it says hello and shows the snapshot": begin(THING, FIRST),
    "an own edit shows at once and its patch acknowledges it": [
        *begin(),
        local(CLICK),
        receive(patch(4, CLICK, mine(1))),
    ],
    "what the kernel made of the edit is what counts": [
        *begin(THING, FIRST, ANSWER),
        receive(Blobs(ME, ("b-mask",))),
        local(Edit(drop=("thing",))),
        receive(patch(4, Edit(drop=("thing", "p1", "a1")), mine(1))),
    ],
    "a foreign patch comes while an own edit is pending": [
        *begin(THING, FIRST),
        local(Edit.of(SECOND)),
        receive(patch(4, Edit.of(FOREIGN), Origin(OTHER, 1))),
        receive(patch(5, Edit.of(SECOND), mine(1))),
    ],
    "a foreign patch drops what the pending edit stands on": [
        *begin(THING, FIRST),
        local(Edit.of(SECOND)),
        receive(patch(4, Edit(drop=("thing", "p1")), Origin(OTHER, 1))),
        receive(Reject(ME, 1, "The point is of an object that is not here any more.")),
    ],
    "the same edit by two pages: the second changes nothing": [
        *begin(THING, FIRST),
        local(Edit(drop=("p1",))),
        receive(patch(4, Edit(drop=("p1",)), Origin(OTHER, 1))),
        receive(patch(5, Edit(drop=("p1",)), mine(1))),
    ],
    "a doubled patch is dropped": [
        *begin(THING, FIRST),
        receive(patch(4, Edit.of(SECOND))),
        receive(patch(4, Edit.of(SECOND))),
        receive(patch(5, Edit(drop=("p2",)))),
        receive(patch(4, Edit.of(SECOND))),
    ],
    "a gap: hello once, steps wait, the snapshot sends them": [
        *begin(THING, FIRST),
        receive(patch(5, Edit.of(FOREIGN))),
        local(Edit.of(SECOND)),
        receive(patch(6, Edit(drop=("p1",)))),
        receive(snapshot(2, 0, 6, THING, FOREIGN)),
        receive(patch(7, Edit.of(SECOND), mine(1))),
    ],
    "a reject drops that step and no other": [
        *begin(THING),
        local(Edit.of(Point("p1", "thing", 900, 20))),
        local(Edit.of(SECOND)),
        receive(Reject(ME, 1, "The point at x 900, y 20 lies outside the image of 640 x 480 px.")),
        receive(patch(4, Edit.of(SECOND), mine(2))),
    ],
    "a reject without a count drops nothing": [
        *begin(THING),
        local(Edit.of(FIRST)),
        receive(Reject(ME, None, "The message has the unknown type 'pusch'.")),
    ],
    "a lost push is sent again after the snapshot": [
        *begin(),
        local(CLICK),
        local(Edit.of(SECOND)),
        LATER,
        receive(snapshot(2, 0, 3)),
        receive(patch(4, CLICK, mine(1))),
        receive(patch(5, Edit.of(SECOND), mine(2))),
    ],
    "a lost acknowledgement is made good by the snapshot's seq": [
        *begin(),
        local(CLICK),
        local(Edit.of(SECOND)),
        LATER,
        receive(snapshot(2, 1, 4, THING, FIRST)),
        receive(patch(5, Edit.of(SECOND), mine(2))),
    ],
    "an acknowledgement settles the steps before it": [
        *begin(THING),
        local(Edit.of(Point("p1", "thing", 900, 20))),
        local(Edit.of(SECOND)),
        receive(patch(4, Edit.of(SECOND), mine(2))),
        LATER,
    ],
    "the late answer comes after the question": [
        *begin(),
        local(CLICK),
        LATER,
        receive(patch(4, CLICK, mine(1))),
        receive(snapshot(2, 1, 4, THING, FIRST)),
    ],
    "a restarted kernel counts from the start": [
        *begin(THING, FIRST, version=17),
        local(Edit.of(SECOND)),
        LATER,
        receive(snapshot(2, 0, 0, THING)),
        receive(patch(1, Edit.of(SECOND), mine(1))),
    ],
    "an unanswered hello is repeated; only the latest call's snapshot is taken, once": [
        START,
        LATER,
        receive(snapshot(1, 0, 3, THING)),
        receive(snapshot(2, 0, 5, THING, FIRST)),
        receive(patch(6, Edit.of(SECOND))),
        receive(snapshot(2, 0, 5, THING, FIRST)),
    ],
    "what is for another page is not taken": [
        *begin(THING, FIRST),
        local(Edit.of(SECOND)),
        receive(snapshot(1, 5, 9, to=OTHER)),
        receive(Reject(OTHER, 1, "The image cannot be dropped; opening another one replaces it.")),
        receive(Blobs(OTHER, ("b-mask",))),
    ],
    "another page's patch with the same seq acknowledges nothing": [
        *begin(THING, FIRST),
        local(Edit.of(SECOND)),
        receive(patch(4, Edit.of(FOREIGN), Origin(OTHER, 1))),
    ],
    "undo and redo are steps that show when the kernel answers": [
        *begin(THING, FIRST),
        UNDO,
        receive(patch(4, Edit(drop=("thing", "p1")), mine(1))),
        REDO,
        receive(patch(5, CLICK, mine(2))),
        REDO,
        receive(Reject(ME, 3, "There is nothing to redo.")),
    ],
    "a lost undo is sent again, in its place": [
        *begin(THING, FIRST),
        UNDO,
        local(CLICK),
        LATER,
        receive(snapshot(2, 0, 3, THING, FIRST)),
    ],
    "steps before the first snapshot show and wait": [
        START,
        local(CLICK),
        UNDO,
        receive(snapshot(1, 0, 3)),
    ],
    "patches before the first snapshot are of no use": [
        START,
        receive(patch(4, CLICK)),
        receive(snapshot(1, 0, 4, THING, FIRST)),
    ],
    "an answer comes with its blobs": [
        *begin(THING, FIRST),
        receive(patch(4, Edit.of(ANSWER), None, ("b-mask",))),
    ],
    "an answer comes back whose blob this page never had": [
        *begin(THING),
        receive(patch(4, Edit.of(FIRST, ANSWER))),
        receive(Blobs(ME, ("b-mask",))),
        LATER,
    ],
    "lost blobs are asked for again; what the kernel lacks makes no loop": [
        *begin(THING),
        receive(patch(4, Edit.of(FIRST, ANSWER))),
        LATER,
        receive(Blobs(ME, ())),
        receive(READY),
    ],
    "a patch that leaves a gap brings its blobs all the same": [
        *begin(THING),
        receive(patch(5, Edit.of(ANSWER), None, ("b-mask",))),
        receive(snapshot(2, 0, 5, THING, FIRST, ANSWER)),
    ],
    "at rest it never asks": [*begin(THING, FIRST), LATER],
    "another image opens": [
        *begin(THING, FIRST),
        local(Edit.of(SECOND)),
        receive(
            patch(
                4,
                Edit.of(Image("other", "b-other", 9, 9), drop=("photo", "thing", "p1")),
                None,
                ("b-other",),
            )
        ),
        receive(Reject(ME, 1, "The point is of an object that is not here any more.")),
    ],
    "a put record keeps its place, a dropped one that returns comes last": [
        *begin(THING, FIRST, SECOND),
        receive(patch(4, Edit.of(Object("thing", "photo", label="cat")))),
        receive(patch(5, Edit(drop=("p1",)))),
        receive(patch(6, Edit.of(FIRST))),
    ],
}


def play(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Let the Python page take the steps; each gets its ``expect``."""
    page = Page(ME)
    played = []
    for step in steps:
        ((verb, given),) = step.items()
        if verb == "local":
            page.push(edit_from_json(given))
        elif verb == "receive":
            page.receive(given, [b"bytes"] * len(given.get("blobs", ())))
        else:
            getattr(page, verb)()
        expect = {
            "version": page.version,
            "shown": to_plain(page.shown),
            "order": list(page.shown),
            "pending": len(page.pending),
            "sent": page.outbox.copy(),
        }
        page.outbox.clear()
        played.append({**step, "expect": expect})
    return played


def store() -> list[dict[str, Any]]:
    """Return what store.json holds."""
    return [{"name": name, "client": ME, "steps": play(steps)} for name, steps in SCENARIOS.items()]


def pretty(value: Any, depth: int = 0) -> str:
    """JSON with whatever fits on a line on one line."""
    flat = json.dumps(value, ensure_ascii=False)
    numbers = isinstance(value, list) and all(isinstance(each, int) for each in value)
    if len(flat) + depth <= 160 or numbers or not isinstance(value, dict | list) or not value:
        return flat
    inner, outer = "\n" + " " * (depth + 1), "\n" + " " * depth
    if isinstance(value, list):
        rows = [pretty(each, depth + 1) for each in value]
        return f"[{inner}{f',{inner}'.join(rows)}{outer}]"
    rows = [f"{json.dumps(key)}: {pretty(each, depth + 1)}" for key, each in value.items()]
    return f"{{{inner}{f',{inner}'.join(rows)}{outer}}}"


if __name__ == "__main__":
    TARGET.write_text(pretty(store()) + "\n", encoding="utf-8")
