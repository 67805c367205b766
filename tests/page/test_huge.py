"""A huge picture in a real page: only what is seen is sent, and the model looks where one looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.page.sam import MILLISECONDS, Sam
from tests.slides import DISC, GIANT, RADIUS, disc_at, giant, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.page.lab import LabPage

SIDE = 12_000
DISC_THERE = disc_at(3000, 3000)
# how near colours are that JPEG has kept, and a smaller picture mixed
NEAR = 12


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
    sam.page.mouse.move(*map(round, sam.place(*at)))
    sam.page.keyboard.down("Control")
    with sam.look():
        for _ in range(abs(notches)):
            sam.page.mouse.wheel(0, -120 if notches > 0 else 120)
            sam.page.wait_for_timeout(30)
    sam.page.keyboard.up("Control")


def colour(sam: Sam, at: tuple[float, float]) -> np.ndarray:
    """What the photo's canvas shows at a place in image pixels."""
    sees = sam.sees
    scale = sees.width / SIDE
    column, row = int(at[0] * scale) - sees.left, int(at[1] * scale) - sees.top
    return sam.pixels(".sam-photo")[row, column, :3].astype(int)


def until_sharp(sam: Sam) -> None:
    """Wait until a disc's edge is seen as sharp as it is: a pixel inside and one outside differ."""
    x, y = DISC_THERE

    def apart() -> float:
        inside, outside = colour(sam, (x + RADIUS - 3, y)), colour(sam, (x + RADIUS + 3, y))
        return float(np.abs(inside - outside).max())

    for _ in range(100):
        if apart() > 80:
            return
        sam.page.wait_for_timeout(100)
    raise AssertionError(f"the tiles did not come: {apart()}")


def test_zoomed_in_its_own_pixels_come_and_a_click_means_what_is_seen(sam: Sam) -> None:
    x, y = DISC_THERE
    zoom(sam, (x, y), 12)
    until_sharp(sam)
    assert np.abs(colour(sam, (x, y)) - DISC).max() < NEAR
    sam.click((x, y))
    area = sam.notebook.value("w.mask.area")
    assert 0.8 < area / (np.pi * RADIUS**2) < 1.25
    assert sam.notebook.value("[type(w.mask).__name__, *w.mask.size]") == ["Mask", SIDE, SIDE]
    window = sam.notebook.array(
        f"w.mask.window({int(x) - 128}, {int(y) - 128}, {int(x) + 128}, {int(y) + 128})"
    )
    rows, columns = np.mgrid[-128:128, -128:128] + 0.5
    disc = np.hypot(rows, columns) < RADIUS
    assert (window & disc).sum() / (window | disc).sum() > 0.85
    sam.press("Enter")
    assert sam.notebook.value("[each.locked for each in w.objects]") == [True]
    expect(sam.root.locator(".sam-object")).to_have_count(1, timeout=MILLISECONDS)


def test_from_afar_the_large_thing_is_meant(sam: Sam) -> None:
    gx, gy, radius = giant(SIDE)
    sam.click((gx, gy))
    shares = [
        each / (np.pi * radius**2) for each in sam.notebook.value("[m.area for m in w.masks]")
    ]
    assert any(0.8 < each < 1.25 for each in shares), shares
    assert np.abs(colour(sam, (gx, gy)) - GIANT).max() < NEAR


def test_no_more_is_sent_than_is_seen(sam: Sam) -> None:
    x, y = DISC_THERE
    zoom(sam, (x, y), 12)
    until_sharp(sam)
    kept = sam.notebook.value("[w._desk.tiler._nbytes, len(w._desk.tiler._kept)]")
    assert 0 < kept[1] <= 60
    assert kept[0] < 12 * 2**20
