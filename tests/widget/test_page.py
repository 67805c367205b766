"""SamWidget and the pages that show it: one document, whoever changes it."""

import io
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from sam_widget.document.records import Object, Point
from sam_widget.masks import Mask
from sam_widget.segment.answers.answerer import AnswerError
from tests.widget.page import HEIGHT, PHOTO, WIDTH, Page, Quiet


class TestPage:
    def test_hello_brings_the_photo_and_the_status(self, w):
        page = Page(w)
        snapshot = page.hello()
        (image,) = snapshot["document"].values()
        assert (image["width"], image["height"]) == (WIDTH, HEIGHT)
        assert snapshot["status"]["what"] == "loading"
        photo = dict(zip(snapshot["blobs"], page.heard[-1][1], strict=True))[image["source"]]
        np.testing.assert_array_equal(np.array(Image.open(io.BytesIO(photo))), PHOTO)

    def test_a_click_in_the_page_is_seen_in_python(self, w):
        page = Page(w)
        (image,) = page.hello()["document"]
        page.push(Object("o", image), Point("p", "o", 30, 20))
        assert page.last("patch")["by"] == {"client": "page", "seq": 1}
        w.wait()
        assert w.mask[20, 30]
        answer = next(iter(page.last("patch")["edit"]["put"].values()))
        blobs = dict(zip(page.last("patch")["blobs"], page.heard[-2][1], strict=False))
        best = answer["candidates"][answer["best"]]["blob"]
        if best in blobs:
            np.testing.assert_array_equal(Mask.from_bytes(blobs[best]).to_array(), w.mask)
        assert [s["what"] for s in page.all("status")] == ["encoding", "ready"]

    def test_a_click_in_python_is_seen_in_the_page(self, w):
        page = Page(w)
        page.hello()
        w.add_point(30, 20)
        w.undo()
        kinds = [[r["type"] for r in p["edit"]["put"].values()] for p in page.all("patch")]
        assert kinds[0] == ["object", "point"]
        assert kinds[1] == ["answer"]
        assert [p["version"] for p in page.all("patch")] == [2, 3, 4]
        assert page.last("patch")["can_redo"]

    def test_undo_in_the_page_undoes_python(self, w):
        page = Page(w)
        page.hello()
        w.add_point(30, 20)
        page.undo()
        assert w.mask is None

    def test_nonsense_is_answered_and_loses_nothing(self, w):
        page = Page(w)
        page.hello()
        w.add_point(30, 20)
        before = w.document
        for nonsense in (None, 3, "x", [], {}, {"type": "push"}, {"type": "dance", "client": "p"}):
            page.says(nonsense)
            why = page.last("reject")["why"]
            assert why.endswith(".")
        assert w.document is before

    def test_nothing_is_sent_before_a_page_says_hello(self, w):
        page = Page(w)
        w.add_point(30, 20)
        assert page.heard == []

    def test_a_host_without_child_models_uses_the_visible_comm(self, w):
        page = Page(w, w)
        channel = Page(w, client="nobody")
        page.hello()
        w.add_point(30, 20)
        assert page.all("patch")
        assert channel.heard == []

    def test_two_pages_on_different_comms_hear_the_same(self, w):
        one, other = Page(w, client="one"), Page(w, w, client="other")
        one.hello()
        other.hello()
        w.add_point(30, 20)
        assert one.all("patch") == other.all("patch")
        assert len(one.all("patch")) == 2

    def test_an_error_of_the_model_is_shown_and_raised(self, w, model):
        page = Page(w)
        page.hello()
        model.fail = RuntimeError("out of memory")
        with pytest.raises(AnswerError, match="out of memory"):
            w.add_point(30, 20)
        assert page.last("status")["what"] == "error"
        assert "out of memory" in page.last("status")["text"]
        model.fail = None
        w.add_point(31, 20)
        assert len(w.prompts) == 2
        assert page.last("status")["what"] == "ready"

    def test_trying_again_in_the_page_answers_what_was_kept(self, w, model):
        page = Page(w)
        page.hello()
        model.fail = RuntimeError("out of memory")
        with pytest.raises(AnswerError):
            w.add_point(30, 20)
        model.fail = None
        page.says({"type": "retry", "client": "page"})
        w.wait()
        assert w.mask[20, 30]
        assert len(w.prompts) == 1
        assert page.last("status")["what"] == "ready"

    def test_the_channel_is_found_by_its_reference(self, w):
        assert w.get_state("channel") == {"channel": f"anywidget:{w.channel.model_id}"}


class TestStill:
    def test_a_page_without_a_kernel_shows_photo_and_mask(self, w):
        def still():
            data, _ = w._repr_mimebundle_()
            assert "SamWidget" in data["text/plain"]
            assert "application/vnd.jupyter.widget-view+json" in data
            assert "data:image/webp;base64," in data["text/html"]
            return np.array(Image.open(io.BytesIO(w.still)).convert("RGB"), int)

        plain = still()
        assert plain.shape == PHOTO.shape
        assert abs(plain.mean() - PHOTO.mean()) < 5
        w.add_point(30, 20)
        changed = abs(still() - plain).sum(2)
        assert changed[w.mask].mean() > 3 * changed[~w.mask].mean()

    def test_it_is_small(self, model):
        w = Quiet(np.full((1500, 2100, 3), 9, np.uint8), model)
        w.get_state()
        assert max(Image.open(io.BytesIO(w.still)).size) <= 1024
        w.close()


LAZY = """
import sys
import numpy as np
from tests.widget.page import Page, Quiet
w = Quiet(np.zeros((40, 60, 3), np.uint8))
snapshot = Page(w).hello()
assert len(snapshot["blobs"]) == 1 and snapshot["status"]["what"] == "loading", snapshot
print("torch" in sys.modules)
"""


def test_the_photo_shows_before_torch_is_imported(request):
    root = request.config.rootpath
    command = [sys.executable, "-c", LAZY]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "False"


def test_a_page_hears_what_was_assumed_of_the_photo(w):
    page = Page(w)
    page.hello()
    image = next(iter(w.document))
    assert page.last("assumed") == {"type": "assumed", "image": image, "said": []}
    w.image = (np.arange(2400).reshape(40, 60) * 2).astype(np.uint16)
    assert page.last("assumed") == {
        "type": "assumed",
        "image": next(iter(w.document)),
        "said": list(w.assumed),
    }
    assert "(white)" in w.assumed[0]
    assert page.all("assumed")[-1]["image"] != image
