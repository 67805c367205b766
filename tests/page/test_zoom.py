"""Zoom and pan: whatever window of the photo is shown, what is painted on it is `w.mask`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.page.sam import COFFEE_SIZE, IN_THE_CUP, ON_THE_SAUCER

if TYPE_CHECKING:
    from tests.page.sam import Sam

both_screens = pytest.mark.parametrize("scale", [1, 2], ids=["dpr1", "dpr2"])
ON_THE_RIM = (205.0, 190.0)
CORNER = (0.0, 0.0)
TIMES = "\N{MULTIPLICATION SIGN}"


def wheel(sam: Sam, at: tuple[float, float], notches: int) -> None:
    """Turn the wheel over a place, with Ctrl; up is nearer."""
    x, y = sam.place(*at)
    sam.page.mouse.move(round(x), round(y))
    sam.page.keyboard.down("Control")
    with sam.look():
        for _ in range(abs(notches)):
            sam.page.mouse.wheel(0, -120 if notches > 0 else 120)
        sam.page.wait_for_timeout(100)
    sam.page.keyboard.up("Control")


def pull(sam: Sam, right: float, down: float, button: str) -> None:
    """Drag the photo by so many CSS pixels: with the middle button, or the left one and Space."""
    x, y = (round(each) for each in sam.place(*middle(sam)))
    sam.page.mouse.move(x, y)
    if button == "left":
        sam.page.keyboard.down("Space")
    with sam.look():
        sam.page.mouse.down(button=button)
        sam.page.mouse.move(x + right, y + down, steps=4)
        sam.page.mouse.up(button=button)
    if button == "left":
        sam.page.keyboard.up("Space")


def image_at(sam: Sam, x: float, y: float) -> tuple[float, float]:
    """The image pixel at a place in the window: of the pointer's, which are whole CSS pixels."""
    (left, top), (right, bottom) = sam.place(*CORNER), sam.place(*COFFEE_SIZE)
    width, height = COFFEE_SIZE
    return (x - left) * width / (right - left), (y - top) * height / (bottom - top)


def middle(sam: Sam) -> tuple[float, float]:
    """The image pixel in the middle of what is shown."""
    sees, (height, width) = sam.sees, sam.painted().shape
    return (
        (sees.left + width / 2) * COFFEE_SIZE[0] / sees.width,
        (sees.top + height / 2) * COFFEE_SIZE[1] / sees.height,
    )


@both_screens
def test_what_is_painted_is_the_mask_at_every_zoom(sam: Sam, scale: int) -> None:
    sam.click(IN_THE_CUP)
    canvas = sam.painted().shape
    for notches in (2, 3, 4, 20):
        cursor = [round(each) for each in sam.place(*ON_THE_RIM)]
        under, before = image_at(sam, *cursor), sam.sees.width
        wheel(sam, under, notches)
        # A window begins at a whole device pixel: half a one off before, enlarged, and now again.
        off = (0.5 * sam.sees.width / before + 1) / scale
        assert np.allclose(sam.place(*under), cursor, atol=off), "it left the cursor"
        sam.assert_paints()
        assert sam.painted().shape == canvas, "no canvas grows"
    assert sam.sees.width == pytest.approx(32 * scale * COFFEE_SIZE[0], rel=0.01), "the limit"
    wheel(sam, ON_THE_RIM, -5)
    for right, down, button in ((70, 0, "left"), (-33, 51, "left"), (-60, -200, "middle")):
        pull(sam, right, down, button)
        sam.assert_paints()
    assert sam.notebook.value("len(w.prompts)") == 1, "the hand is no prompt"
    wheel(sam, middle(sam), -30)
    assert sam.button("zoom-fit").inner_text() == "Fit"
    sam.assert_paints()


@both_screens
def test_prompts_land_where_they_point(sam: Sam, scale: int) -> None:
    sam.click(IN_THE_CUP)
    wheel(sam, ON_THE_RIM, 7)
    sees = sam.sees
    a_pixel = COFFEE_SIZE[0] * scale / sees.width  # image pixels of one CSS pixel
    assert a_pixel < 0.2
    sam.click((210.3, 195.8), button="right")
    x, y = sam.notebook.value("[[p.x, p.y] for p in w.prompts]")[1]
    assert np.allclose([x, y], (210.3, 195.8), atol=a_pixel)
    sam.assert_paints()
    sam.drag(200.0, 186.0, 218.0, 199.0)
    box = sam.notebook.value("[[b.x0, b.y0, b.x1, b.y1] for b in w.prompts[-1:]]")
    assert np.allclose(box, [[200.0, 186.0, 218.0, 199.0]], atol=1.5 * a_pixel)
    sam.assert_paints()
    assert sam.sees == sees


def test_the_map_shows_where_we_are_and_leads_elsewhere(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    plan = sam.root.locator(".sam-minimap")
    expect(plan).to_be_hidden()
    wheel(sam, IN_THE_CUP, 5)
    expect(plan).to_be_visible()
    box = plan.bounding_box()
    assert box is not None
    with sam.look():
        sam.page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.75)
        sam.page.mouse.down()
        sam.page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.25)
        sam.page.mouse.up()
    assert np.allclose(middle(sam), (150, 100), atol=10)
    sam.assert_paints()
    assert sam.notebook.value("len(w.prompts)") == 1, "the map is no photo to click on"


def test_the_light_is_for_the_eye_alone(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    photo, before = sam.root.locator(".sam-photo"), sam.pixels(".sam-photo")
    expect(photo).to_have_css("filter", "none")
    sam.button("light").click()
    brightness = sam.root.get_by_role("slider", name="Brightness")
    brightness.focus()
    sam.page.keyboard.press("End")
    expect(photo).to_have_css("filter", "brightness(4) contrast(1)")
    sam.page.keyboard.press("Escape")
    expect(brightness).to_be_hidden()
    assert sam.notebook.value("len(w.prompts)") == 1, "Escape closed the sheet, and no more"
    np.testing.assert_array_equal(sam.pixels(".sam-photo"), before)
    sam.assert_paints()
    sam.button("light").click()
    sam.root.get_by_role("button", name="As it is").click()
    expect(photo).to_have_css("filter", "none")


def test_a_box_is_drawn_farther_than_the_window(sam: Sam) -> None:
    """Space while a box is drawn moves the photo under it; then the drawing goes on."""
    sam.click(IN_THE_CUP)
    sam.press("Escape")
    wheel(sam, ON_THE_RIM, 5)
    x, y = (round(each) for each in sam.place(*middle(sam)))
    start = image_at(sam, x, y)
    with sam.change():
        sam.page.mouse.move(x, y)
        sam.page.mouse.down()
        sam.page.mouse.move(x + 100, y + 50, steps=3)
        sam.page.keyboard.down("Space")
        with sam.look():
            sam.page.mouse.move(x - 100, y - 50, steps=3)
        sam.page.keyboard.up("Space")
        sam.page.mouse.move(x + 100, y + 50, steps=3)
        end = sam.place(*CORNER)
        sam.page.mouse.up()
    scale = sam.sees.width / COFFEE_SIZE[0]
    corner = ((x + 100 - end[0]) / scale, (y + 50 - end[1]) / scale)
    (box,) = sam.notebook.value("[[b.x0, b.y0, b.x1, b.y1] for b in w.prompts]")
    assert np.allclose(box, [*start, *corner], atol=1.0)
    assert box[2] - box[0] == pytest.approx(300 / scale, abs=1.0)
    sam.assert_paints()


def test_the_keyboard_alone(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    sam.page.mouse.move(2, 2)
    fit = sam.sees
    version = sam.version
    for key in ("+", "=", "ArrowRight", "ArrowDown", "-", "ArrowLeft"):
        with sam.look():
            sam.page.keyboard.press(key)
        sam.assert_paints()
    with sam.look():
        sam.page.keyboard.press("0")
    assert sam.sees == fit
    closer = sam.button("zoom-in")
    closer.focus()
    with sam.look():
        sam.page.keyboard.press("Space")
    back = sam.button("zoom-fit")
    assert back.get_attribute("aria-label") == f"1.5{TIMES}, show the whole photo"
    back.focus()
    with sam.look():
        sam.page.keyboard.press("Enter")
    assert sam.sees == fit
    assert back.evaluate("(button) => button === document.activeElement"), "the focus was lost"
    assert sam.version == version, "looking changes nothing"


def test_the_notebook_keeps_its_wheel(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    fit = sam.sees
    sam.root.evaluate("""(root) => {
        window.kept = [];
        root.ownerDocument.addEventListener("wheel", (e) => kept.push(!e.defaultPrevented));
    }""")
    sam.page.mouse.move(*sam.place(*IN_THE_CUP))
    sam.page.mouse.wheel(0, -120)
    sam.page.wait_for_function("() => kept.length === 1")
    sam.rest()
    assert sam.sees == fit
    assert sam.page.evaluate("kept") == [True], "a plain wheel is the notebook's"
    sam.root.evaluate("(root) => document.activeElement.blur()")
    sam.root.dispatch_event("wheel", {"deltaY": -120, "ctrlKey": True, "bubbles": True})
    sam.page.wait_for_function("() => kept.length === 2")
    sam.rest()
    assert sam.sees == fit, "without the focus nothing is taken"


def test_two_fingers_pinch_and_one_points(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    fingers = """([type, id, x, y]) => {
        const marks = document.querySelector(".sam-marks");
        marks.setPointerCapture = () => {};  // these fingers are none that the browser knows
        marks.dispatchEvent(new PointerEvent(type, {
            pointerType: "touch", pointerId: id, button: type === "pointermove" ? -1 : 0,
            clientX: x, clientY: y, bubbles: true, isPrimary: id === 11,
        }));
    }"""

    def touch(kind: str, name: int, x: float, y: float) -> None:
        sam.page.evaluate(fingers, [f"pointer{kind}", name, x, y])

    x, y = (round(each) for each in sam.place(*ON_THE_SAUCER))
    under = image_at(sam, x, y)
    with sam.look():
        touch("down", 11, x - 20, y)
        touch("down", 12, x + 20, y)
        touch("move", 11, x - 60, y)
        touch("move", 12, x + 60, y)
        touch("up", 11, x - 60, y)
        touch("move", 12, x + 90, y)
        touch("up", 12, x + 90, y)
    sam.settle()
    assert sam.notebook.value("len(w.prompts)") == 1, "a pinch is no prompt"
    assert sam.button("zoom-fit").inner_text() == f"3{TIMES}"
    assert np.allclose(sam.place(*under), (x, y), atol=1.1)
    sam.assert_paints()
    with sam.change():
        touch("down", 11, x, y)
        touch("up", 11, x, y)
    (point,) = sam.notebook.value("[[p.x, p.y] for p in w.prompts[1:]]")
    assert np.allclose(point, under, atol=1)
    expect(sam.button("zoom-fit")).to_have_text(f"3{TIMES}")
