"""Hands that are faster than the model: nothing that they do is dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.page.sam import COFFEE, IN_THE_CUP, ON_THE_TABLE, Sam

if TYPE_CHECKING:
    from tests.page.lab import LabPage

SLOW = """
import time
from sam_widget import Segmenter, SamWidget

class Slow:
    name = "slow"

    def __init__(self, seconds):
        self.seconds, self.inner = seconds, Segmenter.load("mini")

    def predict(self, *given):
        time.sleep(self.seconds)
        return self.inner.predict(*given)

    def __getattr__(self, name):
        return getattr(self.inner, name)

w = SamWidget({photo!r}, Slow({seconds}))
display(w)
"""


@pytest.fixture
def seconds() -> float:
    """What the model takes."""
    return 0.4


@pytest.fixture
def slow(lab_page: LabPage, seconds: float) -> Sam:
    notebook = lab_page.again("slow", [SLOW.format(photo=str(COFFEE), seconds=seconds)])
    notebook.run_all()
    return Sam(notebook).ready()


@pytest.mark.parametrize("seconds", [0.0, 3.0])
def test_click_enter_click(slow: Sam) -> None:
    cup, table = slow.place(*IN_THE_CUP), slow.place(*ON_THE_TABLE)
    slow.page.mouse.click(*cup)
    slow.page.keyboard.press("Enter")
    slow.page.mouse.click(*table)
    slow.until("w._session.version >= 4")
    asked = "[[[p.x, p.y] for p in each.prompts] for each in w.objects]"
    (first,), (second,) = slow.notebook.value(asked)
    assert np.allclose([first, second], [IN_THE_CUP, ON_THE_TABLE], atol=1)
    assert slow.notebook.value("[each.locked for each in w.objects]") == [True, False]
    expect(slow.root.locator(".sam-object-list li")).to_have_count(1)
    expect(slow.root.locator(".sam-error")).to_be_hidden()
    slow.press("z")
    slow.press("z")
    assert slow.notebook.value("[each.locked for each in w.objects]") == [False]


def test_a_candidate_is_chosen_before_it_is_there(slow: Sam) -> None:
    slow.page.mouse.click(*slow.place(*IN_THE_CUP))
    slow.page.keyboard.press("3")
    slow.page.keyboard.press("Enter")
    slow.until("w._session.version >= 4")
    assert slow.notebook.value("[each.locked for each in w.objects]") == [True]
    assert np.array_equal(slow.assert_paints(), slow.notebook.array("w.masks[2]"))


def test_what_was_done_too_soon_is_taken_back(slow: Sam) -> None:
    slow.page.mouse.click(*slow.place(*IN_THE_CUP))
    slow.page.keyboard.press("Escape")
    slow.page.keyboard.press("z")
    slow.page.keyboard.press("Backspace")
    slow.page.keyboard.press("z")
    slow.page.keyboard.press("Shift+z")
    slow.page.keyboard.press("z")
    slow.until("w._session.version >= 8")
    assert len(slow.notebook.value("[p.id for p in w.prompts]")) == 1
    slow.assert_paints()
    expect(slow.root.locator(".sam-error")).to_be_hidden()
