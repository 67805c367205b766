"""A canvas of ipycanvas over the photo: stretched to it, live, under the masks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.page.sam import COFFEE, Sam

if TYPE_CHECKING:
    from tests.page.lab import LabPage

pytest.importorskip("ipycanvas", reason="ipycanvas is an extra")

CELL = f"""from ipycanvas import Canvas
from sam_widget import SamWidget
drawn = Canvas(width=60, height=40)
drawn.fill_style = "red"
drawn.fill_rect(0, 0, 30, 40)
w = SamWidget({str(COFFEE)!r})
w.overlay_from(drawn, 0.5)
w"""

# How many of the layer's pixels are drawn on, and where they end, as shares of its width.
RED = """(canvas) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    let right = -1, count = 0;
    for (let i = 3; i < data.length; i += 4) {
        if (data[i] < 128) continue;
        count += 1;
        right = Math.max(right, ((i - 3) / 4) % width);
    }
    return [count / (width * height), (right + 1) / width, Number(canvas.style.opacity)];
}"""


def test_a_canvas_lies_over_the_photo_and_follows(lab_page: LabPage) -> None:
    notebook = lab_page.open("overlay", [CELL])
    notebook.run_all()
    sam = Sam(notebook).ready()
    layer = sam.root.locator(".sam-layer")
    asked = f"(share) => Math.abs(({RED})(document.querySelector('.sam-layer'))[0] - share) < 0.02"
    sam.page.wait_for_function(asked, arg=0.5)
    _, right, opacity = layer.evaluate(RED)
    assert right == pytest.approx(0.5, abs=0.02)
    assert opacity == 0.5
    notebook.execute("drawn.fill_rect(30, 0, 30, 20)")
    sam.page.wait_for_function(asked, arg=0.75)
    with sam.look():
        sam.page.locator(".sam-zoom-in").click()
    sam.page.wait_for_function(asked, arg=0.75)  # the middle of it, of which three quarters too
    notebook.execute("w.overlay_from(None)")
    layer.wait_for(state="hidden")
