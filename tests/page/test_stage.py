"""A stage in a real page: what is drawn is seen, stepped through, pointed at, seen again later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.page.lab import LabPage

CELLS = [
    """import numpy as np
from sam_widget.lessons import Disc, Frame, Picture, Stage
photo = Picture(np.full((4, 6, 3), (0, 0, 255), np.uint8), (0, 0, 300, 200))
told = []
discs = [Disc(50 + 100 * n, 100, 20, "#ff0000") for n in range(3)]
stage = Stage([Frame((photo,), (disc,)) for disc in discs], (300, 200))
stage.on_point(lambda x, y: told.append((x, y)))""",
    "stage",
]

SEEN = """([at, color]) => [...document.querySelectorAll(".jp-OutputArea-output canvas")].every(
    (canvas) => {
        const [x, y] = at.map((each) => 2 * each);
        const seen = canvas.getContext("2d").getImageData(x, y, 1, 1).data;
        return color.every((each, channel) => Math.abs(each - seen[channel]) < 3);
    })"""  # in every view


def test_a_stage_is_drawn_stepped_through_and_pointed_at(lab_page: LabPage) -> None:
    notebook = lab_page.open("stage.ipynb", CELLS)
    notebook.run_all()
    page = notebook.page

    def seen(x: int, y: int, color: list[int]) -> None:
        page.wait_for_function(SEEN, arg=[[x, y], color])

    seen(50, 100, [255, 0, 0])
    seen(150, 100, [0, 0, 255])
    notebook.execute("stage.step = 1")
    seen(150, 100, [255, 0, 0])
    seen(50, 100, [0, 0, 255])
    slider = page.locator(".jp-OutputArea-output .noUi-handle")
    slider.focus()
    page.keyboard.press("ArrowRight")
    seen(250, 100, [255, 0, 0])
    assert notebook.value("stage.step") == 2

    canvas = page.locator(".jp-OutputArea-output canvas").last
    canvas.click(position={"x": 120, "y": 60})
    x, y = notebook.value("told[-1]")
    assert abs(x - 120) < 2
    assert abs(y - 60) < 2

    notebook.add_cell("stage")  # another view, which comes late
    notebook.run_cell(2)
    expect(page.locator(".jp-OutputArea-output canvas")).to_have_count(2)
    seen(250, 100, [255, 0, 0])
