"""A page without a kernel, opened from a disk in a real browser: the masks are Python's."""

from __future__ import annotations

import io
import json
from contextlib import closing, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from sam_widget import SamWidget
from tests.page.sam import COFFEE, COFFEE_SIZE, MILLISECONDS, ROUND_THE_CUP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from playwright.sync_api import Browser, Locator, Page

WIDTH, HEIGHT = COFFEE_SIZE
POINTS = [(290.0, 170.0), (150.0, 290.0), (40.0, 40.0), (400.0, 300.0), (560.0, 200.0)]
NEGATIVE = (400.0, 300.0)


class Alone:
    """The page, its prompts in image pixels as they come to be, and what it shows."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root: Locator = page.locator(".sam-alone")
        self.marks: Locator = page.locator(".sam-marks")
        self.root.wait_for(timeout=MILLISECONDS)  # a veil that is not there yet is hidden, too
        page.wait_for_selector(".sam-veil", state="hidden", timeout=MILLISECONDS)

    def place(self, x: float, y: float) -> dict[str, int]:
        """Where to click for a place of the image, in whole CSS pixels of the canvas."""
        box = self.marks.bounding_box()
        assert box is not None
        return {"x": round(x * box["width"] / WIDTH), "y": round(y * box["height"] / HEIGHT)}

    def image(self, place: dict[str, int]) -> tuple[float, float]:
        """Which place of the image that is."""
        box = self.marks.bounding_box()
        assert box is not None
        return place["x"] * WIDTH / box["width"], place["y"] * HEIGHT / box["height"]

    def answered(self, do: Callable[[], object]) -> None:
        """Do something, and wait until what it asks is answered."""
        before = self.root.get_attribute("data-answered")
        do()
        expect(self.root).not_to_have_attribute("data-answered", before or "", timeout=MILLISECONDS)
        expect(self.root).not_to_have_attribute("aria-busy", "true", timeout=MILLISECONDS)

    def click(self, x: float, y: float, **how: Any) -> tuple[float, float]:
        place = self.place(x, y)
        self.answered(lambda: self.marks.click(position=place, **how))
        return self.image(place)

    def drag(self, box: tuple[float, ...]) -> tuple[float, ...]:
        start, end = self.place(*box[:2]), self.place(*box[2:])

        def do() -> None:
            self.marks.hover(position=start)
            self.page.mouse.down()
            self.marks.hover(position=end)
            self.page.mouse.up()

        self.answered(do)
        return (*self.image(start), *self.image(end))

    def mask(self) -> NDArray[np.bool_]:
        """The file that the button saves."""
        with self.page.expect_download() as download:
            self.page.locator("[data-action=save]").click()
        picture = Image.open(io.BytesIO(download.value.path().read_bytes()))
        assert picture.mode == "L"
        array = np.asarray(picture)
        assert set(np.unique(array)) <= {0, 255}
        return array > 0

    def scores(self) -> list[float]:
        """As the cards show them, to two digits; of alternatives none is shown."""
        shown = self.page.locator(".sam-score").all_inner_texts()
        return [float(each) for each in shown if each]

    def clear(self) -> None:
        self.page.keyboard.press("Escape")


@pytest.fixture(scope="module", params=["small", "mini"])
def w(request: pytest.FixtureRequest) -> Iterator[SamWidget]:
    with closing(SamWidget(str(COFFEE), request.param)) as widget:
        yield widget


@pytest.fixture(scope="module")
def alone(w: SamWidget, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = w.save_html(tmp_path_factory.mktemp("alone") / "coffee.html")
    yield from opened(browser, path)


def opened(browser: Browser, path: Path, **context: Any) -> Iterator[Alone]:
    """The page from the disk; it may ask for nothing else, and complain of nothing."""
    tab = browser.new_context(viewport={"width": 1100, "height": 800}, **context)
    page = tab.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    yield Alone(page)
    strangers = [url for url in asked if not url.startswith(("data:", "blob:"))]
    tab.close()
    assert [url for url in strangers if url != path.as_uri()] == []
    assert said == []


def assert_same(alone: Alone, w: SamWidget) -> None:
    assert w.mask is not None
    assert w.scores is not None
    differs = np.count_nonzero(alone.mask() ^ w.mask)
    assert differs <= 0.001 * WIDTH * HEIGHT
    shown = alone.scores()
    np.testing.assert_allclose(shown, w.scores[: len(shown)], atol=0.006)


@pytest.fixture
def fresh(alone: Alone, w: SamWidget) -> Iterator[Alone]:
    yield alone
    alone.clear()
    w.clear()


@pytest.mark.parametrize("point", POINTS)
def test_a_click_gives_the_mask_of_python(
    fresh: Alone, w: SamWidget, point: tuple[float, float]
) -> None:
    w.add_point(*fresh.click(*point))
    assert_same(fresh, w)
    assert len(fresh.scores()) == 3
    for index in (0, 1, 2):
        fresh.page.keyboard.press(str(index + 1))
        w.choose(index)
        assert_same(fresh, w)


def test_a_box_gives_the_mask_of_python_and_a_click_off_it_mends_it(
    fresh: Alone, w: SamWidget
) -> None:
    w.add_box(*fresh.drag(ROUND_THE_CUP))
    assert_same(fresh, w)
    w.add_point(*fresh.click(*NEGATIVE, button="right"), positive=False)
    assert_same(fresh, w)


def test_what_was_chosen_goes_in_with_the_next_click_and_undo_leads_back(
    fresh: Alone, w: SamWidget
) -> None:
    w.add_point(*fresh.click(*POINTS[0]))
    fresh.page.keyboard.press("2")
    w.choose(1)
    before = fresh.mask()
    w.add_point(*fresh.click(*NEGATIVE, modifiers=["Alt"]), positive=False)
    assert_same(fresh, w)
    fresh.answered(lambda: fresh.page.keyboard.press("z"))
    assert (fresh.mask() == before).all()
    fresh.answered(lambda: fresh.page.locator("[data-action=clear]").click())
    assert fresh.page.locator("[data-action=save]").is_disabled()
    fresh.answered(lambda: fresh.page.keyboard.press("z"))
    assert (fresh.mask() == before).all()


def test_the_sign_of_a_click_is_a_button_too(fresh: Alone, w: SamWidget) -> None:
    w.add_point(*fresh.click(*POINTS[0]))
    fresh.page.locator("[data-action=negative]").click()
    w.add_point(*fresh.click(*NEGATIVE), positive=False)
    fresh.page.locator("[data-action=point]").click()
    assert_same(fresh, w)


@pytest.mark.parametrize(
    ("locale", "scheme", "words"),
    [("en-GB", "dark", "in this page: no kernel"), ("ko-KR", "light", "커널 없이 이 페이지에서")],
)
def test_it_speaks_and_looks_as_the_reader_likes(
    browser: Browser, tmp_path: Path, locale: str, scheme: Any, words: str
) -> None:
    with closing(SamWidget(str(COFFEE), "mini")) as w:
        path = w.save_html(tmp_path / "coffee.html", shared="decoder.js")
    tab = browser.new_context(locale=locale, color_scheme=scheme)
    page = tab.new_page()
    page.goto(path.as_uri())
    alone = Alone(page)
    expect(page.locator(".sam-alone-status")).to_contain_text(words, timeout=MILLISECONDS)
    assert alone.root.get_attribute("data-theme") == scheme
    alone.click(*POINTS[0])
    assert alone.mask().any()
    tab.close()


def test_a_decoder_that_is_not_there_is_said(browser: Browser, tmp_path: Path) -> None:
    with closing(SamWidget(str(COFFEE), "mini")) as w:
        path = w.save_html(tmp_path / "coffee.html", shared="decoder.js")
    (tmp_path / "decoder.js").unlink()
    tab = browser.new_context()
    page = tab.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector(".sam-alone-status[data-failed]", timeout=MILLISECONDS)
    expect(page.locator(".sam-alone-status")).to_contain_text("sam-decoder")
    tab.close()


MOUNT = """
<!doctype html>
<html class="dark"><link rel="icon" href="data:,"><div id="here"></div><script type="module">
import widget from "./standalone.js";
const values = VALUES;
const root = document.getElementById("here").attachShadow({ mode: "open" });
const el = document.createElement("div");
root.append(el);
window.end = await widget.render({ model: { get: (name) => values[name] }, el });
</script></html>
"""


def test_a_site_mounts_the_module_in_a_shadow_as_myst_does(
    browser: Browser, tmp_path: Path
) -> None:
    tab = browser.new_context(viewport={"width": 1100, "height": 800})
    page = tab.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with (
        closing(SamWidget(str(COFFEE), "mini", height=300)) as w,
        served(tmp_path) as address,
    ):
        values = w.save_parts(tmp_path)
        (tmp_path / "index.html").write_text(MOUNT.replace("VALUES", json.dumps(values)))
        page.goto(f"{address}/index.html")
        alone = Alone(page)
        assert alone.root.get_attribute("data-theme") == "dark"
        assert {url for url in asked if url.startswith("http")} == {
            f"{address}/{name}"
            for name in ("index.html", "standalone.js", values["photo"], values["decoder"])
        }
        w.add_point(*alone.click(*POINTS[0]))
        assert_same(alone, w)
        page.evaluate("window.end()")
        assert page.locator(".sam-alone").count() == 0
    tab.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A static server of a folder on this machine."""
    handler = partial(Silent, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class Silent(SimpleHTTPRequestHandler):
    """A server that logs nothing."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
