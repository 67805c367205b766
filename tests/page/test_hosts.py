"""The widget in the other notebooks: a click becomes a mask in Notebook 7, voila and marimo.

Notebook 7 and voila are extensions of the server that the other tests have; marimo has its own.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from importlib.util import find_spec
from typing import TYPE_CHECKING

import nbformat
import pytest
from playwright.sync_api import expect

from tests.page.lab import PATIENCE, is_local
from tests.page.sam import COFFEE, MILLISECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from tests.page.lab import Lab

CELL = f"from sam_widget import SamWidget\nw = SamWidget({str(COFFEE)!r})\nw"
TOLD = """import ipywidgets
told = ipywidgets.Label("pixels 0")
w.on_change(lambda w: setattr(told, "value", f"pixels {w.mask.sum()}"))
told"""
# What voila's own page fetches from elsewhere, with any notebook.
VOILA = ("fontawesome", "mathjax")

MARIMO = f"""import marimo
app = marimo.App()

@app.cell
def _():
    import marimo as mo
    from sam_widget import SamWidget
    w = SamWidget({str(COFFEE)!r})
    view = mo.ui.anywidget(w)
    view
    return mo, view, w

@app.cell
def _(mo, view, w):
    view.value
    mo.md(f"pixels {{0 if w.mask is None else int(w.mask.sum())}}")
    return
"""


def needs(package: str) -> pytest.MarkDecorator:
    missing = find_spec(package) is None
    return pytest.mark.skipif(missing, reason=f"{package} is not installed; CONTRIBUTING says how")


@pytest.fixture
def tab(browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Open an address; no request of ours may leave this machine."""
    with contextlib.closing(browser.new_context(viewport={"width": 1100, "height": 900})) as own:
        asked: list[str] = []

        def open_page(address: str) -> Page:
            page = own.new_page()
            page.set_default_timeout(MILLISECONDS)
            own.on("request", lambda sent: asked.append(sent.url))
            page.goto(address)
            return page

        yield open_page
    theirs = [url for url in asked if not is_local(url)]
    assert not [url for url in theirs if not any(word in url.lower() for word in VOILA)]


@pytest.fixture
def notebook(lab: Lab) -> Iterator[str]:
    """A notebook that shows a widget, in the server's folder."""
    cells = [nbformat.v4.new_code_cell(source) for source in (CELL, TOLD)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(made, lab.root / "hosts.ipynb")
    yield "hosts.ipynb"
    lab.stop_kernels()


def click_becomes_a_mask(page: Page) -> None:
    """The photo shows, the model is ready, a click paints; Python has the same mask."""
    root = page.locator(".sam-widget").first
    ready = root.locator(".sam-status")
    expect(ready).to_have_attribute("data-what", "ready", timeout=MILLISECONDS)
    marks = root.locator(".sam-marks")
    marks.scroll_into_view_if_needed()
    box = marks.bounding_box()
    assert box is not None
    marks.click(position={"x": box["width"] * 0.48, "y": box["height"] * 0.42})
    expect(root.locator(".sam-candidate[aria-pressed=true]")).to_have_count(1)
    painted = """(root) => {
        const { width, height } = root.querySelector(".sam-overlay");
        const context = root.querySelector(".sam-overlay").getContext("2d");
        const { data } = context.getImageData(0, 0, width, height);
        let count = 0;
        for (let i = 3; i < data.length; i += 4) if (data[i] > 0) count += 1;
        return count * 240000 / (width * height);
    }"""
    said = page.get_by_text(re.compile(r"^pixels \d+$")).last
    expect(said).not_to_have_text("pixels 0", timeout=MILLISECONDS)
    pixels = int(said.inner_text().split()[-1])
    assert root.evaluate(painted) == pytest.approx(pixels, rel=0.02), "what is painted is w.mask"


def run(cell: Locator) -> None:
    """Run a cell as a person does: again, where the page had not come to its kernel yet."""
    prompt, patience = cell.locator(".jp-InputPrompt"), 20
    while prompt.inner_text() == "[ ]:":
        assert patience > 0, "the cell did not run"
        patience -= 1
        cell.locator(".jp-InputArea-editor").click()
        cell.page.keyboard.press("Shift+Enter")
        with contextlib.suppress(AssertionError):
            expect(prompt).not_to_have_text("[ ]:", timeout=5000)


@needs("notebook")
def test_notebook_7(lab: Lab, notebook: str, tab: Callable[[str], Page]) -> None:
    page = tab(f"{lab.url}notebooks/{notebook}?token={lab.token}")
    cells = page.locator(".jp-Notebook .jp-Cell")
    for cell in (cells.nth(0), cells.nth(1)):
        run(cell)
    click_becomes_a_mask(page)


@needs("voila")
def test_voila(lab: Lab, notebook: str, tab: Callable[[str], Page]) -> None:
    click_becomes_a_mask(tab(f"{lab.url}voila/render/{notebook}?token={lab.token}"))


@pytest.fixture
def marimo(tmp_path: Path) -> Iterator[str]:
    """Where marimo serves a notebook whose second cell reads what the first one's widget says."""
    (tmp_path / "hosts.py").write_text(MARIMO)
    with contextlib.closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*(sys.executable, "-m", "marimo", "-q", "run", "hosts.py", "--headless")]
    command += ["--no-token", "--host", "127.0.0.1", "--port", str(port)]
    environment = {**os.environ, "HOME": str(tmp_path), "MARIMO_SKIP_UPDATE_CHECK": "1"}
    log = tmp_path / "marimo.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            url = f"http://127.0.0.1:{port}/"
            ends = time.monotonic() + PATIENCE
            while True:
                assert server.poll() is None, log.read_text()
                assert time.monotonic() < ends, log.read_text()
                with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=PATIENCE):
                    break
                time.sleep(0.1)
            yield url
        finally:
            server.terminate()
            server.wait(15)


@needs("marimo")
def test_marimo_and_its_cells_follow(marimo: str, tab: Callable[[str], Page]) -> None:
    click_becomes_a_mask(tab(marimo))
