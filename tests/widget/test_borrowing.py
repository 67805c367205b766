"""`overlay_from`: what it takes, what the page is told, what it refuses."""

import sys

import pytest

from sam_widget.document.edits import EditError


@pytest.fixture
def canvas():
    ipycanvas = pytest.importorskip("ipycanvas", reason="ipycanvas is an extra")
    made = ipycanvas.Canvas(width=30, height=20)
    yield made
    made.close()


def test_the_page_is_told_which_canvas_and_how_strong(w, canvas):
    assert w.overlay is None
    w.overlay_from(canvas)
    assert w.overlay == {"canvas": canvas.model_id, "opacity": 0.6}
    w.overlay_from(canvas, 1)
    assert w.overlay["opacity"] == 1
    w.overlay_from(None)
    assert w.overlay is None


def test_a_page_cannot_set_it(w, canvas):
    w.overlay_from(canvas)
    before = w.overlay
    w.set_state({"overlay": None})
    assert w.overlay == before


def test_no_mask_hears_of_it(w, canvas):
    version = w._session.version
    w.overlay_from(canvas)
    assert w._session.version == version
    assert w.mask is None


@pytest.mark.parametrize(
    "given", ["canvas", 3, object(), [1]], ids=["text", "int", "object", "list"]
)
def test_what_is_no_canvas_is_refused(w, canvas, given):
    w.overlay_from(canvas)
    with pytest.raises(EditError, match="takes an ipycanvas Canvas, or None for no overlay, not "):
        w.overlay_from(given)
    assert w.overlay is not None


@pytest.mark.parametrize("opacity", [-0.1, 1.1, float("nan"), "half", None], ids=str)
def test_an_opacity_that_is_none_is_refused(w, canvas, opacity):
    with pytest.raises(EditError, match="opacity must be "):
        w.overlay_from(canvas, opacity)
    assert w.overlay is None


def test_without_ipycanvas_it_says_what_to_install(w, monkeypatch):
    monkeypatch.setitem(sys.modules, "ipycanvas", None)
    with pytest.raises(EditError, match=r"pip install 'sam_widget\[canvas\]'"):
        w.overlay_from(object())
    w.overlay_from(None)


def test_a_closed_widget_takes_none(w, canvas):
    w.overlay_from(canvas)
    w.close()
    with pytest.raises(EditError, match="closed"):
        w.overlay_from(canvas)
    assert w._lent is None
