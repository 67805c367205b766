"""Lesson 9: its answers; and its small canvas, the oracle: same clicks, same masks as SamWidget."""

from types import SimpleNamespace

import numpy as np
import pytest

from sam_widget import SamError, SamWidget
from sam_widget.lessons import check
from sam_widget.lessons.tiny_canvas import TinySamCanvas, painted, to_photo


def place(x, y, canvas_width, photo_width):
    return x / canvas_width * photo_width, y / canvas_width * photo_width


def paint(mask):
    pixels = np.zeros((*mask.shape, 4), np.uint8)
    pixels[mask] = (255, 0, 0, 128)
    return pixels


def opaque(mask):
    return np.where(paint(mask) == 128, 255, paint(mask)).astype(np.uint8)


@pytest.mark.parametrize("answer", [place, lambda *a: np.array(place(*a))])
def test_a_place(language, answer):
    assert check("9.1", answer)


@pytest.mark.parametrize(
    "answer",
    [
        lambda x, y, c, p: (x * c / p, y * c / p),
        lambda x, y, c, p: (x, y),
        lambda x, y, c, p: (round(x * p / c) + 1, round(y * p / c)),
        lambda x, y, c, p: ...,
        lambda x, y: (x, y),
        2.0,
    ],
    ids=["backwards", "as it is", "off by one", "nothing", "two arguments", "a number"],
)
def test_what_is_no_place_gets_a_hint(hinted, answer):
    assert hinted(check("9.1", answer))


@pytest.mark.parametrize("answer", [paint, painted], ids=["paint", "the library's"])
def test_paint(language, answer):
    assert check("9.2", answer)


@pytest.mark.parametrize(
    "answer",
    [opaque, lambda m: paint(m)[..., :3], lambda m: paint(m) / 255, lambda m: paint(~m), "red"],
    ids=["opaque", "three channels", "floats", "the rest", "text"],
)
def test_what_is_no_paint_gets_a_hint(hinted, answer):
    assert hinted(check("9.2", answer))


def test_a_click_that_fails(language, hinted, study):
    assert check("9.3", study.ask((415, 95)))  # wood
    assert check("9.3", SimpleNamespace(scores=np.array([0.1, 0.2, 0.3])))
    assert hinted(check("9.3", study.ask((290, 150))))
    assert hinted(check("9.3", (290, 150)))
    assert hinted(check("9.3", study.ask((290, 150)).mask(0)))


@pytest.mark.parametrize("model", ["mini", "small"])
@pytest.mark.parametrize(("width", "height"), [(57, 83), (240, 37), (101, 100)], ids=str)
def test_the_same_clicks_give_the_same_masks_in_both(model, width, height):
    dice = np.random.default_rng(width)
    photo = dice.integers(0, 256, (height, width, 3), np.uint8)
    photo[height // 4 : height // 2, width // 4 : width // 2] = (200, 30, 30)
    widget, tiny = SamWidget(photo, model), TinySamCanvas(photo, model, 64)
    for turn in range(4):
        x, y = float(dice.uniform(0.5, width - 0.5)), float(dice.uniform(0.5, height - 0.5))
        positive = turn != 2
        widget.add_point(x, y, positive)
        tiny.click(x, y, positive)
        assert (widget.mask == tiny.mask).all(), turn
        assert widget.prompts[-1].x == pytest.approx(tiny.points[-1][0], abs=1e-6)
        assert widget.prompts[-1].y == pytest.approx(tiny.points[-1][1], abs=1e-6)
    widget.close()


def test_a_press_on_the_canvas_is_a_click_in_the_photo(photos):
    tiny = TinySamCanvas(photos / "coffee.jpg", "mini", 480)
    press = tiny.canvas[2]._handle_frontend_event
    press(None, {"event": "mouse_down", "x": 240, "y": 120}, [])
    assert tiny.points == [to_photo(240, 120, 0.8)] == [(300.0, 150.0)]
    tiny.sign.value = False
    press(None, {"event": "mouse_down", "x": 479, "y": 320}, [])  # the last row
    assert tiny.labels == [True, False]
    tiny._clear.click()
    assert (tiny.points, tiny.mask) == ([], None)
    with pytest.raises(SamError, match="outside the photo"):
        tiny.click(601, 5)
    assert tiny.points == []
