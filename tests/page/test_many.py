"""A folder in the page: a person clicks, accepts, goes on, judges; is killed, and goes on again."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sam_widget.formats import sa1b
from tests.page.sam import IN_THE_CUP, MILLISECONDS, ON_THE_TABLE, PHOTOS, Sam

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.page.lab import LabPage

NAMES = ("a-coffee.png", "b-chelsea.png", "c-rocket.jpg", "d-camera.png")
SOURCES = ("coffee.png", "chelsea.png", "rocket.jpg", "coffee.png")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name, source in zip(NAMES, SOURCES, strict=True):
        shutil.copy(PHOTOS / source, folder / name)
    return folder


class Film:
    """The strip of one widget."""

    def __init__(self, sam: Sam) -> None:
        self.root = sam.root.locator(".sam-film")
        self.name = self.root.locator(".sam-film-name")
        self.progress = self.root.locator(".sam-film-progress")
        self.current = self.root.locator('.sam-slide[aria-selected="true"]')

    def slide(self, name: str) -> Locator:
        return self.root.locator(f'.sam-slide[data-photo="{name}"]')

    def shows(self, name: str) -> None:
        expect(self.name).to_have_text(name, timeout=MILLISECONDS)
        expect(self.current).to_have_attribute("data-photo", name, timeout=MILLISECONDS)


def opened(lab_page: LabPage, folder: Path, more: str = "") -> tuple[Sam, Film]:
    show = f"from sam_widget import SamWidget\nw = SamWidget({str(folder)!r}{more})\ndisplay(w)"
    notebook = lab_page.again("many", [show])
    notebook.run_all()
    sam = Sam(notebook).ready()
    return sam, Film(sam)


def written(path: Path) -> int:
    return len(sa1b.read_one(path).regions) if path.exists() else -1


def test_a_folder_is_gone_through_and_gone_on_with_after_a_kill(
    lab_page: LabPage, folder: Path
) -> None:
    sam, film = opened(lab_page, folder)
    film.shows("a-coffee.png")
    expect(film.progress).to_have_text("0 of 4 done")
    for image in film.root.locator(".sam-slide-image").all():
        expect(image).to_be_visible(timeout=MILLISECONDS)
    sam.click(IN_THE_CUP)
    sam.press("Enter")
    expect(film.progress).to_have_text("1 of 4 done", timeout=MILLISECONDS)
    assert written(folder / "a-coffee.json") == 1
    sam.press(".")
    film.shows("b-chelsea.png")
    expect(film.slide("a-coffee.png")).to_have_attribute("data-mark", "done")
    with sam.change():
        film.slide("d-camera.png").click()
    film.shows("d-camera.png")
    sam.click(IN_THE_CUP)
    sam.press("Enter")
    sam.click(ON_THE_TABLE)
    sam.press("z")
    expect(film.progress).to_have_text("2 of 4 done", timeout=MILLISECONDS)

    before = sam.notebook.value("[repr(each) for each in w.document.values()]")
    os.kill(int(sam.notebook.value("__import__('os').getpid()")), signal.SIGKILL)
    expect(sam.root).to_have_attribute("data-contact", "gone", timeout=MILLISECONDS)
    dialog = sam.page.locator(".jp-Dialog")
    expect(dialog).to_be_visible(timeout=MILLISECONDS)
    dialog.get_by_role("button").last.click()
    sam.page.evaluate("() => window.testPanel.sessionContext.session.kernel.info.then(() => null)")
    sam.notebook.run_all()
    sam = Sam(sam.notebook).ready()
    film = Film(sam)
    film.shows("d-camera.png")
    expect(film.progress).to_have_text("2 of 4 done", timeout=MILLISECONDS)
    assert sam.notebook.value("[repr(each) for each in w.document.values()]") == before
    sam.root.focus()
    with sam.change():
        sam.page.keyboard.press("Shift+Z")  # what was undone before the kill
    assert len(sam.notebook.value("[each.id for each in w.objects]")) == 2
    assert [written(folder / each) for each in ("a-coffee.json", "d-camera.json")] == [
        1,
        1,
    ]


def test_a_review_by_keys(lab_page: LabPage, folder: Path) -> None:
    sam, film = opened(lab_page, folder, ", review=True")
    film.shows("a-coffee.png")
    sam.root.focus()
    sam.press("y")
    film.shows("b-chelsea.png")
    sam.page.keyboard.press("m")
    sam.page.keyboard.type("which cat?")
    sam.page.keyboard.press("Enter")
    sam.press("u")
    film.shows("c-rocket.jpg")
    sam.press("i")
    film.shows("d-camera.png")
    expect(film.progress).to_have_text("2 of 4 done", timeout=MILLISECONDS)
    marks = {name: film.slide(name).get_attribute("data-mark") for name in NAMES}
    assert marks == dict(zip(NAMES, ("accept", "defer", "fail", None), strict=True))
    verdicts = sam.notebook.value("{n: [e.verdict, e.note] for n, e in w.photos.items()}")
    assert verdicts["b-chelsea.png"] == ["defer", "which cat?"]
    film.root.locator("select").select_option("defer")
    expect(film.root.locator(".sam-slide")).to_have_count(1)
    sam.root.focus()
    sam.press(",")
    film.shows("b-chelsea.png")
    expect(film.root.locator(".sam-film-note")).to_have_value("which cat?")
    sam.page.keyboard.press("r")
    expect(film.root.locator(".sam-film-review")).to_be_hidden()
    sam.page.keyboard.press("y")  # no review: the key does nothing
    assert sam.notebook.value("w.verdict") == "defer"


HELD = """(root) => ({
    images: root.querySelectorAll(".sam-slide-image[src]").length,
    slides: root.querySelectorAll(".sam-slide").length,
})"""


def test_fifty_photos_leave_no_more_behind_than_one(lab_page: LabPage, tmp_path: Path) -> None:
    import numpy as np
    import PIL.Image

    for number in range(50):
        pixels = np.random.default_rng(number).integers(0, 256, (300, 400, 3), np.uint8)
        PIL.Image.fromarray(pixels).save(tmp_path / f"{number}.png")
    sam, film = opened(lab_page, tmp_path)
    devtools = sam.page.context.new_cdp_session(sam.page)

    def heap() -> float:
        devtools.send("HeapProfiler.collectGarbage")
        return float(devtools.send("Runtime.getHeapUsage")["usedSize"])

    sizes = []
    for number in range(1, 50):
        sam.notebook.execute("w.next()")
        film.shows(f"{number}.png")
        if number in (10, 49):
            sizes.append((heap(), int(sam.notebook.value("w._session.blobs.nbytes"))))
    (early, few), (late, many) = sizes
    assert many <= 2 * few
    assert late - early < 6 * 2**20  # forty photos of 150 kB, were they kept, are as many
    held = film.root.evaluate(HELD)
    assert held["slides"] <= 40
    assert int(sam.notebook.value("len(w._album._leaving)")) == 0
