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


PICTURES = """import numpy as np
from sam_widget.lessons import Frame, Picture, Stage

def colored(*color):
    return Frame((Picture(np.full((4, 6, 3), color, np.uint8), (0, 0, 300, 200)),))

stages = [Stage([colored(255, 0, 0)], (300, 200))]
stages[0]"""


def test_stages_of_cells_that_run_at_once_and_of_many_pictures_are_all_drawn(
    lab_page: LabPage,
) -> None:
    later = "stages.append(Stage([colored(255, 0, 0)], (300, 200)))\nstages[-1]"
    many = """for n in range(60):
    for stage in stages:
        stage.show(colored(n, n, n))
for stage in stages:
    stage.show(colored(255, 0, 0))"""
    notebook = lab_page.open("stages.ipynb", [PICTURES, later, later, many])
    notebook.run_all()
    expect(notebook.page.locator(".jp-OutputArea-output canvas")).to_have_count(3)
    notebook.page.wait_for_function(SEEN, arg=[[150, 100], [255, 0, 0]])


MARKS = """import numpy as np
from ipywidgets import VBox
from sam_widget.lessons import Disc, Frame, Line, Picture, Rect, Shape, Stage, Words

BOX, HOOK = (20, 20, 80, 60), ((20, 20), (80, 20), (50, 70))
marks = [
    Rect(BOX, "red"), Rect(BOX, "red", 3), Disc(50, 40, 20, "red"), Disc(50, 40, 20, "red", 3),
    Shape(HOOK, "red"), Shape(HOOK, "red", width=3), Line(HOOK, "red", 4),
    Line(HOOK[:2], "red", 3, arrow=12), Words("SAM", 50, 50, 30, "red", "center"),
    Picture(np.full((4, 6, 3), (255, 0, 0), np.uint8), BOX),
]
each = [Stage([Frame(front=(mark,))], (100, 80)) for mark in marks]

def ink(stage):
    pixels = np.asarray(stage.image())[:160]
    return int(((pixels[..., 0] > 128) & (pixels[..., 1] < 128)).sum())

VBox(each)"""

INK = """() => [...document.querySelectorAll(".jp-OutputArea-output canvas")].map((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, 160);
    let ink = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 127 && data[i] > 128) ink += 1;
    return ink;
})"""


def test_every_mark_leaves_as_much_ink_on_a_screen_as_on_paper(lab_page: LabPage) -> None:
    notebook = lab_page.open("marks.ipynb", [MARKS])
    notebook.run_all()
    page = notebook.page
    page.wait_for_function(f"({INK})().length === 10 && ({INK})().every((ink) => ink > 0)")
    on_paper = notebook.value("[ink(stage) for stage in each]")
    for kind, screen, paper in zip(
        notebook.value("[type(mark).__name__ for mark in marks]"),
        page.evaluate(INK),
        on_paper,
        strict=True,
    ):
        font = 0.5 if kind == "Words" else 0.12  # another font there
        assert abs(screen - paper) <= font * paper, (kind, screen, paper)
