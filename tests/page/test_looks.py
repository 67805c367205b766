"""Light and dark: text stays readable by numbers; screenshots go to pytest's temporary folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.page.sam import IN_THE_CUP, ON_THE_SAUCER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.page.sam import Sam

# The least contrast of text that WCAG calls AA.
READABLE = 4.5

# Each text's colour over the first opaque background behind it, as WCAG 2.2 computes contrast.
CONTRASTS = """(root) => {
    const parse = (color) => {
        const canvas = document.createElement("canvas");
        canvas.width = canvas.height = 1;
        const brush = canvas.getContext("2d");
        brush.fillStyle = color;
        brush.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
        return { rgb: [r, g, b], alpha: a / 255 };
    };
    const over = ({ rgb, alpha }, below) =>
        below.map((each, i) => alpha * rgb[i] + (1 - alpha) * each);
    const backdrop = (element) => {
        const layers = [];
        for (let each = element; each; each = each.parentElement) {
            const layer = parse(getComputedStyle(each).backgroundColor);
            layers.push(layer);
            if (layer.alpha === 1) break;
        }
        return layers.reverse().reduce((rgb, layer) => over(layer, rgb), [255, 255, 255]);
    };
    const luminance = (rgb) => {
        const [r, g, b] = rgb.map((v) => v / 255)
            .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const found = [];
    for (const element of root.querySelectorAll("*")) {
        const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
        const style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        if (!own || style.visibility === "hidden" || box.width < 2 || box.height < 2) continue;
        if (element.closest("[disabled],[hidden],[aria-hidden=true]")) continue;
        const behind = backdrop(element);
        const pair = [luminance(over(parse(style.color), behind)), luminance(behind)];
        const [low, high] = pair.sort((a, b) => a - b);
        found.push([element.textContent.trim(), (high + 0.05) / (low + 0.05)]);
    }
    return found;
}"""


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_text_is_readable(sam: Sam, theme: str, tmp_path: Path) -> None:
    try:
        sam.notebook.lab_page.command("apputils:change-theme", theme=theme)
        name = "Light" if theme.endswith("Light") else "Dark"
        sam.page.wait_for_function(
            "(light) => document.body.dataset.jpThemeLight === String(light)", arg=name == "Light"
        )
        # JupyterLab hides itself while it changes its theme, and takes the clicks meanwhile.
        expect(sam.page.locator("#jupyterlab-splash")).to_have_count(0)
        sam.click(IN_THE_CUP)
        sam.click(ON_THE_SAUCER)
        sam.page.mouse.move(5, 5)
        sam.page.screenshot(path=tmp_path / f"{name}.png")
        contrasts = sam.root.evaluate(CONTRASTS)
        assert contrasts, "no text found"
        assert not [each for each in contrasts if each[1] < READABLE]
    finally:
        sam.notebook.lab_page.command("apputils:change-theme", theme="JupyterLab Light")
