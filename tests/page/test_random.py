"""Dice at a real page: whatever hands do, it agrees with the kernel, and all can be undone.

    RANDOM_GESTURES=20000 pytest tests/page/test_random.py

goes on for longer; without it the gestures are few and always the same. A soak beside it: clicks
without end leave page and kernel as large as they were (SOAK_CLICKS=10000).
"""

from __future__ import annotations

import math
import os
import random
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from sam_widget.segment.answers.asking import LOGITS_BYTES
from tests.page.sam import COFFEE_SIZE, MILLISECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.page.sam import Sam

GESTURES = int(os.environ.get("RANDOM_GESTURES", "60"))
CLICKS = int(os.environ.get("SOAK_CLICKS", "60"))
MARK = 40  # px of the photo: no mark reaches so far
EACH = 20  # gestures between two looks
WARM = min(1000, CLICKS // 2)  # of a soak's clicks, before the first measure
GROWN = 1.05  # of what it was, but for what fills up first: the logits that may be fed back

KEYS = (
    *("1", "2", "3", "Enter", "z", "Shift+z", "Control+y", "x", "x", "p", "b", "Backspace"),
    *("d", "e", "l", "c", "BracketLeft", "BracketRight"),
    *("Escape", "+", "-", "0", "ArrowLeft", "ArrowDown", "?", "h", "F2", "Tab"),
)
LEAVING = ("Tab", "Escape")  # after these the focus may be elsewhere
EVERYTHING = (
    "__import__('numpy').logical_or.reduce([thing.array() for thing in w.objects]"
    " or [__import__('numpy').zeros((400, 600), bool)])"
)
PYTHON = (
    "w.add_point(300, 200)",
    "w.add_box(100, 100, 200, 180)",
    "w.add_box(300, 100, 420, 180, another=True)",
    "w.add_stroke([(120, 90), (300, 240)], 9)",
    "w.paint([(120, 90), (300, 240)], 9)",
    "w.erase([(520, 90), (300, 240)], 15)",
    "w.clean_up(islands=300, holes=300)",
    "w.undo()",
    "w.redo()",
    "w.accept()",
    "w.clear()",
    "w.choose(2)",
    "w.objects and w.rename(w.objects[0].id, '<b>&amp;</b>')",
    "w.objects and w.delete(w.objects[-1].id)",
    "w.objects and w.reopen(w.objects[0].id)",
)


def gestures(sam: Sam, dice: random.Random) -> list[Callable[[], object]]:
    """What a person may do next, at a place and with a key that the dice choose; says the key."""
    mouse, keyboard = sam.page.mouse, sam.page.keyboard
    box = sam.marks.bounding_box()
    assert box is not None

    def place() -> tuple[float, float]:
        return (
            box["x"] + dice.uniform(2, box["width"] - 2),
            box["y"] + dice.uniform(2, box["height"] - 2),
        )

    def key() -> str:
        pressed = dice.choice(KEYS)
        keyboard.press(pressed)
        return pressed

    def drag() -> str:
        mouse.move(*place())
        mouse.down()
        mouse.move(*place(), steps=3)
        forgets = dice.random() < 0.2
        if forgets:
            keyboard.press("Escape")
        mouse.up()
        return "Escape" if forgets else ""

    def wheel() -> None:
        mouse.move(*place())
        keyboard.down("Control")
        mouse.wheel(0, dice.choice((-240, -120, 120, 240)))
        keyboard.up("Control")

    def python() -> None:
        line = dice.choice(PYTHON)
        told = sam.notebook.execute(
            f"from sam_widget.document.edits import EditError\n"
            f"try: {line}\nexcept EditError as error: print(error)"
        )
        assert told.count("\n") <= 1, told

    def button() -> None:
        enabled = sam.root.locator(
            ".sam-toolbar button:enabled:not([data-action=hide]), button.sam-candidate:enabled"
        )
        enabled.nth(dice.randrange(enabled.count())).click(timeout=MILLISECONDS)

    return [
        *[lambda: mouse.click(*place())] * 5,
        lambda: mouse.click(*place(), button="right"),
        lambda: mouse.dblclick(*place()),
        *[key] * 6,
        *[drag, wheel, python, button] * 2,
    ]


def at_rest(sam: Sam) -> None:
    """Hands off: everything is answered, and what is painted is what Python has."""
    sam.page.mouse.move(5, 5)
    sam.settle()
    expect(sam.status).to_have_attribute("data-what", "ready", timeout=MILLISECONDS)
    if sam.button("hide").get_attribute("aria-pressed") == "true":
        sam.button("hide").click()
    if sam.button("untidy").is_visible():  # what would be filled is painted, and only shown
        sam.button("untidy").click()
    sam.rest()
    sam.assert_paints(EVERYTHING)
    rows = sam.root.locator(".sam-object-list li").count()
    assert rows == sam.notebook.value("len([o for o in w.objects if o.locked])")


def test_whatever_hands_do_page_and_kernel_agree(sam: Sam) -> None:
    dice = random.Random(17)
    sam.marks.click(position={"x": 200, "y": 100})
    for i in range(GESTURES):
        done = dice.choice(gestures(sam, dice))()
        if done in LEAVING:
            sam.root.evaluate("(root) => root.contains(document.activeElement) || root.focus()")
        else:
            inside = sam.root.evaluate("(root) => root.contains(document.activeElement)")
            assert inside, f"after gesture {i} ({done}) no key would be heard"
        if i % EACH == EACH - 1:
            at_rest(sam)
    for _ in range(GESTURES * 3):
        if not sam.notebook.value("w.undo()"):
            break
    at_rest(sam)
    assert sam.notebook.value("[len(w.objects), len(w.prompts), len(w.document)]") == [0, 0, 1]
    assert sam.notebook.kinds() == ["code", "code"], "no key of ours reached the notebook"


def sizes(sam: Sam) -> tuple[int, int]:
    """Bytes that the page's scripts hold, and the kernel's resident memory, after a tidying."""
    devtools = sam.page.context.new_cdp_session(sam.page)
    devtools.send("HeapProfiler.collectGarbage")
    devtools.send("Performance.enable")
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    devtools.detach()
    heap = next(each["value"] for each in metrics if each["name"] == "JSHeapUsedSize")
    held = sam.notebook.value(
        "(__import__('gc').collect(), int(open('/proc/self/statm').read().split()[1]) * 4096)[1]"
    )
    return int(heap), held


def elsewhere(marks: list[tuple[float, float]], dice: random.Random) -> tuple[float, float]:
    """A place on the photo with no mark under it: a click on one is no new prompt."""
    while True:
        at = dice.uniform(10, COFFEE_SIZE[0] - 10), dice.uniform(10, COFFEE_SIZE[1] - 10)
        if all(math.dist(at, mark) > MARK for mark in marks):
            return at


def test_clicks_without_end_leave_page_and_kernel_as_they_were(sam: Sam) -> None:
    dice = random.Random(5)
    before = (0, 0)
    marks: list[tuple[float, float]] = []
    for i in range(CLICKS):
        if i == WARM:
            before = sizes(sam)
        at = elsewhere(marks, dice)
        sam.click(at)
        marks.append(at)
        if i % 5 == 4:
            sam.push("clear")
            marks.clear()
    after = sizes(sam)
    told = f"page and kernel, {WARM} to {CLICKS} clicks: {before} to {after} bytes"
    assert after[0] < GROWN * before[0], told
    assert after[1] < GROWN * before[1] + LOGITS_BYTES * (CLICKS < 2000), told
    print(told)
