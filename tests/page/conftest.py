"""Fixtures of the page tests: one JupyterLab a session, one browser a file, one widget a test.

Tests of one widget share a notebook and its kernel, as long as that is well: starting them takes
longer than the tests do.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.page import lab as jupyterlab

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

    from tests.page.lab import Lab, LabPage
    from tests.page.sam import Sam

WINDOW = {"width": 1200, "height": 900}


@pytest.fixture(scope="session")
def chromium() -> str:
    path = jupyterlab.find_chromium()
    if path is None:
        reason = "no Chromium or Chrome on the PATH (nor in SAM_WIDGET_CHROMIUM)"
        if os.environ.get("CI"):
            pytest.fail(f"{reason}: in CI the page tests must run")
        pytest.skip(f"{reason}: page tests need one")
    return path


@pytest.fixture(scope="session")
def lab(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with jupyterlab.serve(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    # A file, not the session: while playwright's loop is open, asyncio.run() is refused to others.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = jupyterlab.launch(playwright, chromium)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def tabs(browser: Browser, lab: Lab) -> Iterator[Callable[[int], LabPage]]:
    """One tab for each device pixel ratio, made when first asked for."""
    open_tabs: dict[int, LabPage] = {}

    def tab(scale: int) -> LabPage:
        if scale not in open_tabs:
            context = browser.new_context(viewport=WINDOW, device_scale_factor=scale)
            open_tabs[scale] = jupyterlab.LabPage(lab, context)
        return open_tabs[scale]

    yield tab
    for each in open_tabs.values():
        each.page.context.close()


@pytest.fixture
def scale() -> int:
    """Device pixel ratio; a test that wants others parametrizes it."""
    return 1


@pytest.fixture
def lab_page(tabs: Callable[[int], LabPage], scale: int) -> Iterator[LabPage]:
    """JupyterLab in a tab; no request may leave this machine."""
    page = tabs(scale)
    yield page
    page.leave()
    strangers, complaints = page.strangers[:], page.complaints[:]
    page.strangers.clear()
    page.complaints.clear()
    assert not strangers, "requests that left localhost"
    assert not complaints, "errors in the page"


@pytest.fixture
def sam(lab_page: LabPage) -> Sam:
    """A notebook whose first cell shows `w`, with a real photo and the model of the package."""
    from tests.page.sam import SHOW, Sam

    notebook = lab_page.again("widget", [SHOW, "later = 1"])
    notebook.run_all()
    return Sam(notebook).ready()
