"""A huge picture in a real page: only what is seen is sent, and the model looks where one looks."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.page.lab import PATIENCE
from tests.page.sam import MILLISECONDS, Sam
from tests.slides import DISC, RADIUS, TILE, disc_at, giant, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.page.lab import LabPage

SIDE = 12_000
DISC_THERE = disc_at(3000, 3000)
# how near colours are that JPEG has kept, and a smaller picture mixed
NEAR = 12
SHARP = 80


@pytest.fixture(scope="module")
def slide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("slide") / "slide.tif", SIDE)


@pytest.fixture
def sam(lab_page: LabPage, slide: Path) -> Sam:
    show = (
        "from sam_widget import SamWidget, read_huge\n"
        f"w = SamWidget(read_huge({str(slide)!r}), model='mini')\n"
        "display(w)"
    )
    notebook = lab_page.again("widget", [show, "later = 1"])
    notebook.run_all()
    return Sam(notebook, size=(SIDE, SIDE)).ready()


def zoom(sam: Sam, at: tuple[float, float], notches: int) -> None:
    sam.root.focus()  # or the wheel is the notebook's
    sam.page.mouse.move(*map(round, sam.place(*at)))
    sam.page.keyboard.down("Control")
    with sam.look():
        for _ in range(abs(notches)):
            sam.page.mouse.wheel(0, -120 if notches > 0 else 120)
            sam.page.wait_for_timeout(30)
    sam.page.keyboard.up("Control")


def pan(sam: Sam, frm: tuple[float, float], right: int, down: int) -> None:
    x, y = map(round, sam.place(*frm))
    sam.page.mouse.move(x, y)
    with sam.look():
        sam.page.mouse.down(button="middle")
        sam.page.mouse.move(x + right, y + down, steps=4)
        sam.page.mouse.up(button="middle")


def spot(sam: Sam, at: tuple[float, float]) -> tuple[int, int]:
    """Where a canvas has a place in image pixels: its row and column."""
    sees = sam.sees
    scale = sees.width / SIDE
    return int(at[1] * scale) - sees.top, int(at[0] * scale) - sees.left


def colour(sam: Sam, at: tuple[float, float]) -> np.ndarray:
    """What the photo's canvas shows at a place in image pixels."""
    return sam.pixels(".sam-photo")[spot(sam, at)][:3].astype(int)


def until_sharp(sam: Sam, disc: tuple[float, float]) -> None:
    """Wait until its tiles have come: a pixel within a disc's edge and one beyond it differ."""
    x, y = disc
    ends = time.monotonic() + PATIENCE
    while True:
        inside, outside = colour(sam, (x + RADIUS - 3, y)), colour(sam, (x + RADIUS + 3, y))
        if np.abs(inside - outside).max() > SHARP:
            return
        assert time.monotonic() < ends, f"the tiles did not come: {inside}, {outside}"
        sam.page.wait_for_timeout(100)


def test_zoomed_and_panned_its_own_pixels_come_and_a_click_means_what_is_seen(sam: Sam) -> None:
    x, y = DISC_THERE
    beside = x + TILE, y
    zoom(sam, (x, y), 12)
    until_sharp(sam, DISC_THERE)
    assert np.abs(colour(sam, DISC_THERE) - DISC).max() < NEAR
    step = round(TILE * sam.sees.width / SIDE)
    before = sam.sees
    pan(sam, DISC_THERE, -step, 0)
    assert sam.sees.left - before.left == pytest.approx(step, abs=1)
    until_sharp(sam, beside)

    count = sam.root.get_attribute("data-peeks") or ""
    sam.page.mouse.move(*sam.place(*beside))
    expect(sam.root).not_to_have_attribute("data-peeks", count, timeout=MILLISECONDS)
    sam.rest()
    foreseen = sam.painted()
    assert foreseen[spot(sam, beside)]
    assert sam.notebook.value("len(w.objects)") == 0

    sam.click(beside)
    area = sam.notebook.value("w.mask.area")
    assert 0.8 < area / (np.pi * RADIUS**2) < 1.25
    assert sam.notebook.value("[type(w.mask).__name__, *w.mask.size]") == ["Mask", SIDE, SIDE]
    x, y = map(int, beside)
    window = sam.notebook.array(f"w.mask.window({x - 128}, {y - 128}, {x + 128}, {y + 128})")
    rows, columns = np.mgrid[-128:128, -128:128] + 0.5
    disc = np.hypot(rows, columns) < RADIUS
    assert (window & disc).sum() / (window | disc).sum() > 0.85
    painted = sam.painted()
    assert (foreseen & painted).sum() / (foreseen | painted).sum() > 0.95
    sam.press("Enter")
    assert sam.notebook.value("[each.locked for each in w.objects]") == [True]
    nbytes, tiles = sam.notebook.value("[w._desk.tiler._nbytes, len(w._desk.tiler._kept)]")
    assert 0 < tiles <= 60  # of 576
    assert 0 < nbytes < 12 * 2**20


def test_from_afar_the_large_thing_is_meant(sam: Sam) -> None:
    gx, gy, radius = giant(SIDE)
    sam.click((gx, gy))
    areas = sam.notebook.value("[m.area for m in w.masks]")
    shares = [each / (np.pi * radius**2) for each in areas]
    assert any(0.8 < each < 1.25 for each in shares), shares
