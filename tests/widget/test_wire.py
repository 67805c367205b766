"""What the wire cannot carry is refused on the way in, and the pages go on."""

import json
import math

import numpy as np
import pytest
import traitlets

from sam_widget.document.edits import Edit, EditError
from sam_widget.document.records import Object, Point
from sam_widget.segment.answers.answerer import AnswerError
from sam_widget.widget.screen import KNOBS
from tests.widget.page import PHOTO, Page, Quiet

HALF, LOW, NUL = "caf\ud83d", "caf\udc80", "a\0b"
TEXTS = pytest.mark.parametrize("text", [HALF, LOW, NUL, "x" * 20_000], ids=ascii)


def carried(page):
    """Every message as the wire would carry it: strict JSON in UTF-8."""
    for content, _ in page.heard:
        json.dumps(content, ensure_ascii=False, allow_nan=False).encode()


@pytest.fixture
def page(w):
    page = Page(w)
    page.image = next(iter(page.hello()["document"]))
    return page


def says(page, **fields):
    page.seq += 1
    record = {"type": "object", "id": "o", "image": page.image, "label": "", "color": 0}
    record |= {"choice": None, "locked": False, "order": 0} | fields
    edit = {"put": {record["id"]: record}, "drop": [], "group": None}
    page.says(
        {
            "type": "push",
            "client": "page",
            "seq": page.seq,
            "version": -1,
            "blobs": [],
            "edit": edit,
        }
    )


def goes_on(w, page):
    """The page still hears, and another one that comes sees all."""
    version = w._session.version
    w.add_point(30, 20)
    assert page.last("patch")["version"] > version
    assert page.hello()["version"] == w._session.version
    carried(page)


@TEXTS
@pytest.mark.parametrize("field", ["label", "id", "image"])
def test_a_text_of_a_page(w, page, field, text):
    before = w.document
    says(page, **{field: text})
    (reject,) = page.all("reject")
    assert reject["seq"] == 1
    assert w.document == before
    goes_on(w, page)


@TEXTS
def test_names_of_a_page(w, page, text):
    for content in (
        {"type": "retry", "client": text},
        {"type": text, "client": "page"},
        {"type": "need", "client": "page", "blobs": [text]},
        {"type": "undo", "client": "page", "seq": 1, text: 1},
        {"type": "push", "client": text, "seq": 1, "edit": 3, "version": 0, "blobs": []},
    ):
        page.says(content)
    assert len(page.all("reject")) >= 4
    goes_on(w, page)


@TEXTS
def test_texts_of_python(w, page, text):
    image = page.image
    for edit in (
        Edit.of(Object("o", image, label=text)),
        Edit.of(Object(text, image)),
        Edit.of(Object("o", text)),
        Edit({text: Object("o", image)}),
        Edit(drop=(text,)),
        Edit(group=text),
    ):
        with pytest.raises(EditError) as caught:
            w._session.push(edit)
        str(caught.value).encode()
    goes_on(w, page)


NUMBERS = [math.nan, math.inf, -math.inf, 2.0**60, 10**400, 10**5000, "1"]


@pytest.mark.parametrize("value", NUMBERS, ids=range(len(NUMBERS)))
def test_numbers(w, page, value):
    for act in (
        lambda: w.add_point(value, 3),
        lambda: w.add_box(1, 1, 3, value),
        lambda: w._session.push(Edit.of(Object("o", page.image), Point("p", "o", value, 3))),
        lambda: w._session.push(Edit.of(Object("o", page.image, color=value))),
    ):
        with pytest.raises(EditError):
            act()
    w.add_point(30, 20)
    with pytest.raises(EditError):
        w.choose(value)
    for order in (2**53, -(2**60)):
        says(page, order=order)
        assert page.last("reject")["seq"] == page.seq
    goes_on(w, page)


def test_a_model_of_any_name_that_says_anything(model):
    model.name = f"models/{LOW}.pth"
    w = Quiet(PHOTO, model)
    page = Page(w)
    page.hello()
    model.fail = RuntimeError(f"no such layer: {HALF}{NUL}")
    with pytest.raises(AnswerError, match="no such layer"):
        w.add_point(30, 20)
    model.fail = None
    goes_on(w, page)
    repr(w).encode()
    w.close()


@pytest.mark.parametrize("stability", [math.nan, math.inf])
def test_an_answer_that_no_page_could_read(w, page, model, monkeypatch, stability):
    answer = model.predict

    def broken(*given):
        prediction = answer(*given)
        prediction.stability[0] = stability
        return prediction

    monkeypatch.setattr(model, "predict", broken)
    with pytest.raises((AnswerError, EditError), match="cannot be shown"):
        w.add_point(30, 20)
    monkeypatch.undo()
    goes_on(w, page)
    assert w.mask is not None


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


class TestTraits:
    """A page's traits are taken whole, or refused in a sentence; what is true is sent again."""

    def states(self, w, monkeypatch):
        sent = []
        monkeypatch.setattr(w.comm, "send", lambda data, **_: sent.append(data))
        return sent

    @pytest.mark.parametrize(
        "bad",
        [
            {"opacity": 7},
            {"opacity": math.nan},
            {"theme": "blue"},
            {"theme": HALF},
            {"tool": None},
            {"hover": "no"},
            {"height": nested(100_000)},
            {"layout": nested(100_000)},
            {"layout": "50%"},
            {"tooltip": HALF},
            {"channel": None},
            {"_esm": "export default {}"},
            {"_view_name": None},
        ],
        ids=lambda bad: next(iter(bad)),
    )
    def test_one_of_two_is_bad(self, w, page, monkeypatch, bad):
        sent = self.states(w, monkeypatch)
        true = w.get_state()
        w.set_state({"height": 300, **bad})
        assert w.get_state() == true
        again = sent[-1]
        assert again["method"] == "update"
        for name in ("height", *bad):
            assert again["state"][name] == true[name]
        why = page.last("reject")["why"]
        assert why.endswith(".")
        why.encode()
        goes_on(w, page)

    def test_what_is_good_is_taken(self, w, page):
        w.set_state({"height": 300, "tool": "box", "opacity": 1})
        assert (w.height, w.tool, w.opacity) == (300, "box", 1)
        assert page.all("reject") == []

    @pytest.mark.parametrize("name", ["channel", "_esm", "_css", "_view_name", "_model_module"])
    def test_what_joins_it_to_its_pages_cannot_be_set(self, w, name):
        true = getattr(w, name)
        with pytest.raises(traitlets.TraitError, match=f"w.{name} joins .* cannot be set"):
            setattr(w, name, None if name in ("channel", "_view_name") else "other")
        assert getattr(w, name) is true


class TestKeywords:
    """What every ipywidget takes is taken; what nobody takes is refused, and nothing is left."""

    def test_layout_tooltip_tabbable_tool(self, model):
        import ipywidgets

        layout = {"width": "50%", "margin": "4px"}
        for given in (layout, ipywidgets.Layout(**layout)):
            w = Quiet(PHOTO, model, layout=given, tooltip="leaf", tabbable=False, tool="box")
            assert (w.layout.width, w.layout.margin) == ("50%", "4px")
            assert (w.tooltip, w.tabbable, w.tool) == ("leaf", False, "box")
            w.close()
        w = Quiet(PHOTO, model, layout=None)
        w.layout.width = "10%"
        w.close()

    @pytest.mark.parametrize(
        ("given", "why"),
        [
            ({"heigth": 3}, "SamWidget takes no heigth; height was meant."),
            ({"mask": 3}, "SamWidget takes no mask; it takes image, model, height"),
            ({"channel": None}, "SamWidget takes no channel"),
            ({"layout": "50%"}, "layout must be a Layout or a dictionary such as"),
            ({"layout": {"widht": "50%"}}, "layout has no 'widht'; width was meant."),
            ({"layout": {"width": 3}}, 'layout.width must be a text such as "50%", not 3.'),
            ({"tooltip": HALF}, "tooltip must be a text"),
            ({"tabbable": "yes"}, "tabbable must be True or False, not 'yes'."),
            ({"keep_preview": "no"}, "keep_preview must be True or False, not 'no'."),
        ],
    )
    def test_refused(self, model, given, why):
        from tests.widget.page import live

        before = len(live())
        with pytest.raises((TypeError, ValueError, traitlets.TraitError)) as caught:
            Quiet(PHOTO, model, **given)
        assert str(caught.value).startswith(why)
        assert len(live()) == before


def test_a_saved_notebook_may_keep_no_pixel_of_the_photo(model):
    photo = np.full_like(PHOTO, 77)
    with_it, without = (Quiet(photo, model, keep_preview=keep) for keep in (True, False))
    for w in (with_it, without):
        w.add_point(30, 20)
    assert "text/html" in with_it._repr_mimebundle_()[0]
    bundle, _ = without._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "application/vnd.jupyter.widget-view+json"}
    # and what ipywidgets saves of its state holds code and knobs alone
    assert without.still is None
    state = without.get_manager_state(widgets=[without, without.channel])["state"]
    assert all("buffers" not in each for each in state.values())
    saved = {name for each in state.values() for name in each["state"] if name[0] != "_"}
    assert saved == {
        *KNOBS,
        "channel",
        "changes",
        "overlay",
        "still",
        "layout",
        "tabbable",
        "tooltip",
    }
    for w in (with_it, without):
        w.close()
