"""Bad input gets one clear sentence and loses nothing: one row for each kind that a user meets."""

import io
import re
import zlib

import numpy as np
import pytest
import traitlets
from PIL import Image

from sam_widget import CheckpointError, EditError, ImageError
from sam_widget.document.records import Object, Point
from tests.segment.fake import FakeSegmenter
from tests.widget.page import Page, Quiet

WIDTH, HEIGHT = 60, 40
PHOTO = np.random.default_rng(5).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)


@pytest.fixture
def w():
    widget = Quiet(PHOTO, FakeSegmenter())
    widget.add_point(30, 20)
    yield widget
    widget.close()


def is_one_sentence(said):
    return said.endswith(".") and "\n" not in said and len(re.findall(r"\. [A-Z]", said)) == 0


def photo(form="PNG"):
    out = io.BytesIO()
    Image.fromarray(PHOTO).save(out, form)
    return out.getvalue()


def bomb():
    """A PNG of a few bytes whose header says 50,000 x 50,000."""
    data = bytearray(photo())
    header = (50_000).to_bytes(4, "big") * 2 + data[24:29]
    data[16:29], data[29:33] = header, zlib.crc32(b"IHDR" + header).to_bytes(4, "big")
    return bytes(data)


def text_named_png(folder):
    path = folder / "notes.png"
    path.write_text("milk, bread")
    return path


IMAGES = {
    "a missing path": (lambda _: "no-such.jpg", "no file 'no-such.jpg'"),
    "a folder": (lambda folder: folder, "holds no pictures"),
    "a text file named .png": (text_named_png, "not a picture"),
    "an address": (lambda _: "https://example.org/a.jpg", "download it first"),
    "an empty array": (lambda _: np.zeros((0, 0, 3)), "no pixels"),
    "NaN": (lambda _: np.full((4, 5), np.nan), "NaN"),
    "five channels": (lambda _: np.zeros((8, 9, 5)), "channels"),
    "a side of 0 px": (lambda _: np.zeros((7, 0, 3), np.uint8), "no pixels"),
    "a PIL image of 0 px": (lambda _: Image.new("RGB", (0, 7)), "no pixels"),
    "a bomb": (lambda _: bomb(), "2,500,000,000 pixels"),
    "half a file": (lambda _: photo("JPEG")[:700], "broken"),
    "nothing": (lambda _: b"", "no bytes"),
}


class TestImages:
    @pytest.mark.parametrize("kind", IMAGES)
    def test_when_it_is_made(self, kind, tmp_path):
        make, said = IMAGES[kind]
        with pytest.raises(ImageError) as caught:
            Quiet(make(tmp_path), FakeSegmenter())
        assert said in str(caught.value)
        assert is_one_sentence(str(caught.value))

    @pytest.mark.parametrize("kind", IMAGES)
    def test_when_it_is_set_nothing_is_lost(self, kind, tmp_path, w):
        before, mask = w.document, w.mask
        with pytest.raises(ImageError):
            w.image = IMAGES[kind][0](tmp_path)
        assert w.document is before
        assert w.mask is mask
        np.testing.assert_array_equal(w.image, PHOTO)


ACTS = {
    "a point left of the image": (lambda w: w.add_point(-0.5, 10), "outside the image of 60 x 40"),
    "a point below it": (lambda w: w.add_point(10, 40.01), "outside the image"),
    "a point of NaN": (lambda w: w.add_point(float("nan"), 1), "x must be a finite number"),
    "a point of infinity": (lambda w: w.add_point(1, np.inf), "y must be a finite number"),
    "a point of words": (lambda w: w.add_point("left", 1), "not 'left'"),
    "a point of arrays": (lambda w: w.add_point([1], np.zeros(2)), "x must be a finite number"),
    "a sign of words": (lambda w: w.add_point(1, 1, "no"), "positive must be True or False"),
    "a box of no width": (lambda w: w.add_box(5, 5, 5, 20), "x0 < x1"),
    "a box of no height": (lambda w: w.add_box(5, 20, 9, 20), "y0 < y1"),
    "a box turned round": (lambda w: w.add_box(20, 20, 5, 5), "x0 < x1"),
    "a box that reaches out": (lambda w: w.add_box(5, 5, 61, 20), "outside the image"),
    "a box of None": (lambda w: w.add_box(5, None, 6, 20), "y0 must be a finite number"),
    "a fourth candidate": (lambda w: w.choose(3), "from 0 to 2, not 3"),
    "the last candidate, by -1": (lambda w: w.choose(-1), "from 0 to 2, not -1"),
    "half a candidate": (lambda w: w.choose(0.5), "whole number"),
}


@pytest.mark.parametrize("kind", ACTS)
def test_what_python_does(kind, w):
    act, said = ACTS[kind]
    page = Page(w)
    page.hello()
    before, mask = w.document, w.mask
    with pytest.raises(EditError) as caught:
        act(w)
    assert said in str(caught.value)
    assert is_one_sentence(str(caught.value))
    assert w.document is before
    assert w.mask is mask
    assert page.all("patch") == []
    assert w.undo()  # the last step is still the point


def test_choosing_and_accepting_before_there_is_anything():
    w = Quiet(PHOTO, FakeSegmenter())
    for act in (lambda: w.choose(0), w.accept):
        with pytest.raises(EditError, match="add a point or a box first"):
            act()
    w.close()


MESSAGES = {
    "no object": 7,
    "no type": {"client": "page", "seq": 1},
    "an unknown type": {"type": "dance", "client": "page", "seq": 1},
    "no client": {"type": "undo", "seq": 1},
    "another protocol": {
        "type": "hello",
        "client": "page",
        "call": 2,
        "seq": 0,
        "version": 0,
        "protocol": 99,
    },
    "a field too many": {"type": "undo", "client": "page", "seq": 1, "really": True},
    "an edit that is none": {"type": "push", "client": "page", "seq": 1, "edit": {"put": []}},
    "a record of no kind": {
        "type": "push",
        "client": "page",
        "seq": 1,
        "edit": {"put": {"a": {"type": "elephant"}}, "drop": [], "group": None},
    },
}


@pytest.mark.parametrize("kind", MESSAGES)
def test_a_malformed_message_from_the_page(kind, w):
    page = Page(w)
    page.hello()
    before = w.document
    page.says(MESSAGES[kind])
    assert is_one_sentence(page.last("reject")["why"])
    assert w.document is before
    w.add_point(10, 10)  # and the wire still works
    assert page.all("patch")


def test_a_pages_point_outside_is_refused_and_the_next_is_taken(w):
    page = Page(w)
    image = next(iter(page.hello()["document"]))
    thing = w.objects[0].id
    page.push(Point("out", thing, 10_000, 1))
    assert "outside the image" in page.last("reject")["why"]
    page.push(Object("second", image), Point("p", "second", 1, 1))
    assert "accept the one" in page.last("reject")["why"]
    page.push(Point("in", thing, 10, 10))
    assert [p.id for p in w.prompts][1:] == ["in"]


def broken(folder):
    path = folder / "broken.safetensors"
    path.write_bytes(b"\x08\0\0\0\0\0\0\0not json")
    return path


def empty(folder):
    path = folder / "empty.pth"
    path.write_bytes(b"")
    return path


def harmful(folder):
    """A pickle that would run code."""
    path = folder / "harmful.pth"
    path.write_bytes(b"cos\nsystem\n(S'touch harmed'\ntR.")
    return path


MODELS = {
    "an unknown name": (lambda _: "sam-9000", "'mini'"),
    "a missing file": (lambda folder: folder / "sam.pth", "no weights file"),
    "a broken file": (broken, "broken.safetensors"),
    "an empty file": (empty, "empty.pth"),
    "a file that would run code": (harmful, "harmful.pth"),
}


@pytest.mark.parametrize("kind", MODELS)
def test_a_model_that_cannot_be_had(kind, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    make, said = MODELS[kind]
    w = Quiet(PHOTO, make(tmp_path))
    page = Page(w)
    page.hello()
    with pytest.raises(CheckpointError) as caught:
        w.add_point(30, 20)
    assert said in str(caught.value)
    assert is_one_sentence(str(caught.value))
    status = page.last("status")
    assert (status["what"], status["text"]) == ("error", str(caught.value))
    assert len(w.prompts) == 1  # the click is kept
    assert not (tmp_path / "harmed").exists()
    w.close()


def test_a_click_before_the_model_is_ready_is_kept_and_answered():
    w = Quiet(PHOTO, FakeSegmenter())
    page = Page(w)
    image = next(iter(page.hello()["document"]))
    assert page.last("snapshot")["status"]["what"] == "loading"
    page.push(Object("o", image), Point("p", "o", 30, 20))
    assert page.last("patch")["by"]["seq"] == 1
    w.wait()
    assert w.mask[20, 30]
    w.close()


KNOBS = [("height", -3), ("opacity", 2), ("theme", "blue"), ("tool", "lasso")]


@pytest.mark.parametrize(("name", "value"), KNOBS)
def test_knobs(name, value, w):
    before = getattr(w, name)
    with pytest.raises(traitlets.TraitError, match=f"^{name} must be .*[.]$"):
        setattr(w, name, value)
    assert getattr(w, name) == before
