"""What Python does shows in the page, what the page does in Python, and two views stay equal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.page.sam import IN_THE_CUP, ON_THE_SAUCER, ON_THE_TABLE, ROUND_THE_CUP, SHOW, Sam

if TYPE_CHECKING:
    from tests.page.lab import LabPage


def test_python_shows_in_the_page(sam: Sam) -> None:
    run = sam.notebook.execute
    with sam.change():
        run(f"w.add_point{IN_THE_CUP}")
    first = sam.assert_paints()
    assert first[170, 290]
    other = next(each for each in (0, 1, 2) if each not in sam.chosen())
    with sam.change():
        run(f"w.choose({other})")
    assert sam.chosen() == [other]
    sam.assert_paints()
    with sam.change():
        run("w.undo()")
    assert np.array_equal(sam.assert_paints(), first)
    with sam.change():
        run("w.redo(); w.clear()")
    assert not sam.painted().any()
    with sam.change():
        run(f"w.add_box{ROUND_THE_CUP}")
    sam.assert_paints()
    with sam.change():
        run(f"w.add_point({ON_THE_TABLE[0]}, {ON_THE_TABLE[1]}, positive=False)")
    sam.assert_paints()
    with sam.change():
        run("w.accept()")
    assert sam.notebook.value("[each.locked for each in w.objects]") == [True]


def test_a_mask_of_pythons_shows_in_the_page_which_takes_it_back(sam: Sam) -> None:
    x0, y0, x1, y1 = map(int, ROUND_THE_CUP)
    with sam.change():
        sam.notebook.execute(
            "import numpy as np\nmask = np.zeros(w.image.shape[:2], bool)\n"
            f"mask[{y0}:{y1}, {x0}:{x1}] = True\nw.add_mask(mask)"
        )
    sam.assert_paints()
    shown = sam.pixels(".sam-marks")
    sam.root.focus()
    sam.press("Backspace")
    assert sam.notebook.value("len(w.prompts)") == 0
    assert not sam.pixels(".sam-marks")[..., 3].any()
    sam.press("z")
    assert sam.notebook.value("[each.tag for each in w.prompts]") == ["mask"]
    sam.assert_paints()
    assert np.array_equal(sam.pixels(".sam-marks"), shown)


def test_python_hears_of_clicks(sam: Sam) -> None:
    sam.notebook.execute("heard = []\nw.observe(lambda change: heard.append(change.name), 'mask')")
    sam.click(IN_THE_CUP)
    assert set(sam.notebook.value("heard")) == {"mask"}


def test_python_is_told_what_is_wrong_and_nothing_is_lost(sam: Sam) -> None:
    sam.click(IN_THE_CUP)
    before = sam.assert_paints()
    for wrong in ("w.add_point(-3, 10)", "w.add_box(9, 9, 9, 20)", "w.choose(7)"):
        with pytest.raises(RuntimeError, match="EditError: "):
            sam.notebook.execute(wrong)
    assert np.array_equal(sam.assert_paints(), before)


def test_two_views_are_equal(lab_page: LabPage) -> None:
    notebook = lab_page.open("views", [SHOW, "w"])
    notebook.run_all()
    views = Sam(notebook, 0).ready(), Sam(notebook, 1).ready()

    def assert_equal() -> None:
        for view in views:
            view.settle()
            view.assert_paints()
        assert views[0].chosen() == views[1].chosen()
        texts = [view.candidates.all_inner_texts() for view in views]
        assert texts[0] == texts[1]

    for view, at in ((views[0], IN_THE_CUP), (views[1], ON_THE_SAUCER)):
        view.root.scroll_into_view_if_needed()
        view.click(at)
        assert_equal()
    assert notebook.value("len(w.prompts)") == 2
    views[1].press("z")
    assert_equal()
    assert notebook.value("len(w.prompts)") == 1
    views[0].root.scroll_into_view_if_needed()
    views[0].push("clear")
    for view in views:
        view.settle()
        assert not view.painted().any()
    # A view that opens later shows the same as those that were there.
    with views[0].change():
        notebook.execute(f"w.add_point{IN_THE_CUP}")
    notebook.run_cell(1)
    views[1].ready()
    expect(views[1].candidates).to_have_count(3)
    assert_equal()
