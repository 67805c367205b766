"""Who has no mouse, no eyes for it, or another language: axe, the keyboard alone, Korean.

The page's own dev page with its fake kernel: what is tested here needs no model and no notebook.
"""

from __future__ import annotations

import contextlib
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.front_end import need_tools
from tests.page.sam import COFFEE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

JS = Path(__file__).parents[2] / "js"
AXE = JS / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (240, 480, 1000)

# What a row or a card says aloud has its numbers' units in it, and so not its text as it stands.
RUN = """async () => {
    const rules = {"label-content-name-mismatch": {enabled: false}};
    const {violations} = await axe.run(".sam-widget", {rules});
    return violations.flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) =>
        `${id}: ${target.join(" ")}: ${failureSummary}`));
}"""

# Texts that are wider than what shows them, those aside that only readers hear.
CLIPPED = """(root) => [...root.querySelectorAll("*")].filter((each) =>
    each.childElementCount === 0 && each.textContent.trim() !== "" && !each.closest(".sam-speech")
    && each.getClientRects().length > 0 && getComputedStyle(each).display !== "inline"
    && each.scrollWidth > each.clientWidth + 1).map((each) => each.className + each.textContent)"""

# The page has heard the kernel's last word.
HEARD = """() => document.querySelector(".sam-widget").dataset.version === String(kernel.version)"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the dev page is served."""
    need_tools()
    command = ["node", "build.mjs", "--serve"]
    with subprocess.Popen(command, cwd=JS, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            lines = (re.search(r"http://\S+/index\.html", line) for line in server.stdout)
            yield next(found.group() for found in lines if found is not None)
        finally:
            server.terminate()


@pytest.fixture
def dev(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open the dev page: its address's words, and what the browser is like."""
    photo = COFFEE.read_bytes()
    with contextlib.ExitStack() as open_now:

        def show(like: dict[str, Any] | None = None, **words: Any) -> Page:
            context = open_now.enter_context(
                contextlib.closing(
                    browser.new_context(viewport={"width": 1100, "height": 900}, **(like or {}))
                )
            )
            page = context.new_page()
            page.route("**/photo.png", lambda route: route.fulfill(body=photo))
            asked = "&".join(f"{name}={value}" for name, value in words.items())
            page.goto(f"{address}?photo=photo.png&{asked}")
            page.locator(".sam-widget:not([data-version='-1'])").wait_for()
            expect(page.locator(".sam-veil")).to_be_hidden()
            return page

        yield show


def click(page: Page) -> None:
    """Click on the cup, and see its three candidates."""
    box = page.locator(".sam-marks").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.48, box["y"] + box["height"] * 0.4)
    expect(page.locator(".sam-candidate[aria-pressed=true]")).to_have_count(1)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(dev: Callable[..., Page], theme: str, width: int) -> None:
    page = dev({"reduced_motion": "reduce"}, theme=theme, width=width, accepted=3)
    page.add_script_tag(path=str(AXE))
    assert page.evaluate(RUN) == [], "with accepted objects"
    page.locator(".sam-object-list li").nth(1).click()
    assert page.evaluate(RUN) == [], "with one selected"
    page.keyboard.press("?")
    expect(page.locator(".sam-help")).to_be_visible()
    assert page.evaluate(RUN) == [], "with the sheet of keys"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")  # nothing is selected
    click(page)
    assert page.evaluate(RUN) == [], "with candidates"


@pytest.mark.parametrize("status", ["error", "loading", "encoding"])
def test_axe_finds_nothing_while_the_model_is_not_ready(
    dev: Callable[..., Page], status: str
) -> None:
    page = dev({"reduced_motion": "reduce"}, status=status, width=480, progress=0.4)
    page.add_script_tag(path=str(AXE))
    assert page.evaluate(RUN) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_korean_is_whole_at_any_width(dev: Callable[..., Page], width: int) -> None:
    page = dev({"locale": "ko-KR"}, width=width, accepted=2)
    root = page.locator(".sam-widget")
    expect(root).to_have_attribute("lang", "ko")
    expect(page.locator(".sam-hint")).to_contain_text("클릭하세요")
    assert root.evaluate(CLIPPED) == []
    click(page)
    expect(page.locator(".sam-hint")).to_contain_text("확정")
    assert root.evaluate(CLIPPED) == []
    page.keyboard.press("?")
    assert root.evaluate(CLIPPED) == []


def test_by_the_keyboard_alone(dev: Callable[..., Page]) -> None:
    page = dev(width=860)
    said = page.locator(".sam-speech")
    page.keyboard.press("Tab")
    root = page.locator(".sam-widget")
    expect(root).to_be_focused()
    outline = "(root) => getComputedStyle(root.querySelector('.sam-frame')).outlineStyle"
    assert root.evaluate(outline) == "solid", "the focus is seen"
    page.keyboard.press("k")
    expect(page.locator(".sam-cross")).to_be_visible()
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("ArrowLeft")
    expect(said).to_have_text(re.compile(r"^\d+ right, \d+ down$"))
    page.keyboard.press("Space")
    expect(page.locator(".sam-candidate[aria-pressed=true]")).to_have_count(1)
    expect(said).to_have_text(re.compile("Mask: predicted IoU"))
    page.keyboard.press("3")
    expect(page.locator(".sam-candidate").nth(2)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("x")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("s")
    points = "() => kernel.records.filter((one) => one.type === 'point').map((one) => one.positive)"
    page.wait_for_function(f"() => ({points})().length === 2")
    assert page.evaluate(points) == [True, False]
    page.keyboard.press("Enter")
    expect(page.locator(".sam-object-list li")).to_have_count(1)
    page.keyboard.press("b")
    page.keyboard.press("Space")
    expect(page.locator(".sam-hint")).to_contain_text("at the other end")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Space")
    box = "kernel.records.some((one) => one.type === 'box')"
    page.wait_for_function(f"() => {box}")
    page.keyboard.press("Escape")  # the box
    page.wait_for_function(f"() => !{box}")
    page.wait_for_function(HEARD)
    page.keyboard.press("Escape")  # the crosshair
    expect(page.locator(".sam-cross")).to_be_hidden()
    page.keyboard.press("Escape")  # the widget
    expect(root).not_to_be_focused()


def test_physical_keys_of_a_korean_keyboard_and_keys_of_ones_own(dev: Callable[..., Page]) -> None:
    page = dev(width=860, shortcuts='{"crosshair":"KeyQ","accept":"Space"}')
    root = page.locator(".sam-widget")
    root.focus()
    # as an input method has them: it swallows the key, and only its end says which it was
    stroke = """(root, [kind, code, key, keyCode]) =>
        root.dispatchEvent(new KeyboardEvent(kind, {code, key, keyCode, bubbles: true}))"""
    for kind, key, number in [("keydown", "Process", 229), ("keyup", "ㅂ", 81)]:
        root.evaluate(stroke, [kind, "KeyQ", key, number])
    expect(page.locator(".sam-cross")).to_be_visible()
    page.keyboard.press("s")
    expect(page.locator(".sam-candidate[aria-pressed=true]")).to_have_count(1)
    expect(page.locator(".sam-hint kbd").first).to_have_text("Space")
    page.keyboard.press("Space")
    expect(page.locator(".sam-object-list li")).to_have_count(1)
    page.keyboard.press("?")
    expect(page.locator(".sam-help")).to_contain_text(re.compile("Q.*then arrows"))


def test_arrows_lead_through_the_tools_and_tab_leaves_them(dev: Callable[..., Page]) -> None:
    page = dev(width=860, accepted=2)
    root = page.locator(".sam-widget")
    root.focus()
    page.keyboard.press("Tab")
    expect(page.locator('[data-action="point"]')).to_be_focused()
    reached = """(root) => [...root.querySelectorAll(".sam-toolbar button")]
        .filter((each) => each.tabIndex === 0).length"""
    assert root.evaluate(reached) == 1
    page.keyboard.press("ArrowRight")
    expect(page.locator('[data-action="negative"]')).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")  # round, and past those that can do nothing now
    expect(page.locator('[data-action="turbo"]')).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(root).to_have_attribute("data-mode", "box")
    page.keyboard.press("Tab")
    assert not root.evaluate(
        "(root) => root.querySelector('.sam-toolbar').matches(':focus-within')"
    )
    page.keyboard.press("Shift+Tab")
    expect(page.locator('[data-action="box"]')).to_be_focused()


def test_tooltips_and_caps_follow_the_keys_of_ones_own(dev: Callable[..., Page]) -> None:
    keys = '{"rename":"KeyU","choose_1":"KeyJ","fit":"KeyY","help":"F1","clear":"KeyQ"}'
    page = dev(width=860, accepted=2, shortcuts=keys)
    page.locator(".sam-object-list li").first.click()
    titles = {"rename": "U", "zoom-fit": "Y", "help": "F1", "clear": "Q", "conceal": "Shift H"}
    for action, cap in titles.items():
        button = page.locator(f'[data-action="{action}"]')
        expect(button).to_have_attribute("title", re.compile(rf"\({cap}\)$"))
    assert page.locator(".sam-key").all_inner_texts() == ["J", "2", "3"]
    expect(page.locator(".sam-help-button kbd")).to_have_text("F1")
    assert page.locator("[title*='[[']").count() == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_tools_of_several_objects_and_the_ways_fit_beside_the_photo(
    dev: Callable[..., Page], width: int
) -> None:
    page = dev(width=width, accepted=3)
    head = page.locator(".sam-objects-head")
    beyond = """(head) => [...head.querySelectorAll("button, select")]
        .map((each) => each.getBoundingClientRect()).filter((each) => each.width > 0)
        .filter((each) => each.right > head.closest(".sam-frame").getBoundingClientRect().right)
        .length"""
    assert head.evaluate(beyond) == 0
    rows = page.locator(".sam-object-list li")
    rows.nth(0).click()
    assert head.evaluate(beyond) == 0
    rows.nth(2).click(modifiers=["Shift"])
    expect(page.locator('[data-action="merge"]')).to_be_visible()
    assert head.evaluate(beyond) == 0
