"""Keyboard: 1 2 3, undo, redo, accept, clear; and JupyterLab's own shortcuts stay asleep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.page.sam import IN_THE_CUP, ON_THE_SAUCER, ON_THE_TABLE

if TYPE_CHECKING:
    from tests.page.sam import Sam


def test_digits_choose(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    (first,) = sam.chosen()
    for index in [each for each in (0, 1, 2) if each != first] + [first]:
        sam.press(str(index + 1))
        assert sam.chosen() == [index]
        mask = sam.assert_paints()
        assert np.array_equal(mask, sam.notebook.array(f"w.masks[{index}]"))


def test_shortcuts_of_jupyterlab_do_not_fire(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    kinds = sam.notebook.kinds()
    for key in ["1", "2", "a", "b", "x", "x", "m", "y", "r", "d", "d", "z", "Shift+z", "Enter"]:
        sam.page.keyboard.press(key)
    sam.settle()
    assert sam.notebook.kinds() == kinds
    assert sam.page.evaluate("() => window.testPanel.content.mode") == "command"
    # The same keys do fire once the notebook has the focus: so this test would have noticed.
    sam.notebook.cells.nth(1).locator(".jp-InputPrompt").click()
    sam.page.keyboard.press("a")
    expect(sam.notebook.cells).to_have_count(len(kinds) + 1)


@pytest.mark.parametrize("by", ["key", "button"])
def test_undo_and_redo(sam: Sam, by: str) -> None:
    def undo() -> None:
        sam.press("z") if by == "key" else sam.push("undo")

    def redo() -> None:
        sam.press("Shift+z") if by == "key" else sam.push("redo")

    sam.click(IN_THE_CUP)
    first = sam.assert_paints()
    sam.click(ON_THE_SAUCER)
    second = sam.assert_paints()
    assert not np.array_equal(first, second)
    undo()
    assert np.array_equal(sam.assert_paints(), first)
    undo()
    assert sam.notebook.value("w.mask is None and len(w.prompts) == 0")
    assert not sam.painted().any()
    redo()
    assert np.array_equal(sam.assert_paints(), first)
    redo()
    assert np.array_equal(sam.assert_paints(), second)
    expect(sam.button("redo")).to_be_disabled()
    expect(sam.button("undo")).to_be_enabled()


@pytest.mark.parametrize("by", ["key", "button"])
def test_accept_locks_and_the_next_click_opens_another(sam: Sam, by: str) -> None:
    sam.click(IN_THE_CUP)
    first = sam.assert_paints()
    sam.press("Enter") if by == "key" else sam.push("accept")
    assert sam.notebook.value("[each.locked for each in w.objects]") == [True]
    assert np.array_equal(sam.notebook.array("w.mask"), first), "still the mask that was taken"
    sam.click(ON_THE_TABLE)
    assert sam.notebook.value("[each.locked for each in w.objects]") == [True, False]
    second = sam.notebook.array("w.mask")
    assert not np.array_equal(first, second)
    sam.press("z")
    sam.press("z")
    assert np.array_equal(sam.assert_paints(), first), "undo reopens what was accepted"


@pytest.mark.parametrize("by", ["key", "button"])
def test_clear(sam: Sam, by: str) -> None:
    sam.click(IN_THE_CUP)
    mask = sam.assert_paints()
    sam.press("Escape") if by == "key" else sam.push("clear")
    assert sam.notebook.value("w.mask is None")
    assert not sam.painted().any()
    sam.press("z") if by == "key" else sam.push("undo")
    assert np.array_equal(sam.assert_paints(), mask)
