"""SamWidget from Python and from a page: one document, whoever changes it; nothing is held."""

import gc
import io
import signal
import subprocess
import sys
import threading
import weakref

import numpy as np
import pytest
import traitlets
from jupyter_client.manager import start_new_kernel
from PIL import Image

from sam_widget.document.edits import EditError
from sam_widget.document.records import Box, Object, Point, new_id
from sam_widget.document.session import Session
from sam_widget.images import ImageError
from sam_widget.masks import Mask
from sam_widget.segment.answerer import Answerer, AnswerError
from sam_widget.segment.worker import Worker
from sam_widget.widget import SamWidget, cells
from sam_widget.widget.channel import Channel
from tests.segment.fake import FakeSegmenter
from tests.widget.page import Page, Quiet

WIDTH, HEIGHT = 60, 40
PHOTO = np.random.default_rng(3).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)


@pytest.fixture
def model():
    return FakeSegmenter(new_id())  # a key of its own, since the cache is the process's


@pytest.fixture
def w(model):
    widget = Quiet(PHOTO, model)
    yield widget
    widget.close()


class TestPython:
    def test_a_point_gives_masks_and_scores(self, w):
        assert w.mask is None
        assert w.masks is None
        assert w.scores is None
        assert w.objects == ()
        w.add_point(30, 20)
        assert (w.mask.shape, w.mask.dtype) == ((HEIGHT, WIDTH), bool)
        assert (w.masks.shape, w.masks.dtype) == ((3, HEIGHT, WIDTH), bool)
        np.testing.assert_allclose(w.scores, [0.7, 0.9, 0.5], atol=1e-6)
        assert w.scores.dtype == np.float32
        assert w.mask[20, 30]
        np.testing.assert_array_equal(w.mask, w.masks[1])  # the model's best
        assert [(p.x, p.y, p.positive) for p in w.prompts] == [(30, 20, True)]

    def test_choosing(self, w):
        w.add_point(30, 20)
        for choice in (2, np.int64(0)):
            w.choose(choice)
            np.testing.assert_array_equal(w.mask, w.masks[choice])

    def test_a_negative_point_and_a_box(self, w):
        w.add_box(5, 6, 50, 30)
        w.add_point(10, 10, positive=False)
        assert w.mask[20, 40]
        assert not w.mask[10, 10]
        w.add_box(20, 6, 50, 30)
        assert [type(p) for p in w.prompts] == [Point, Box]
        assert w.prompts[1].x0 == 20

    def test_what_was_chosen_goes_into_the_next_answer_whose_best_is_shown(self, w, model):
        w.add_point(30, 20)
        w.choose(2)
        w.add_point(32, 20)
        assert model.asked[-1].logits[0, 0] == 12
        np.testing.assert_array_equal(w.mask, w.masks[1])
        w.undo()
        np.testing.assert_array_equal(w.mask, w.masks[2])

    def test_undo_redo_clear(self, w):
        w.add_point(30, 20)
        first = w.mask
        w.add_point(10, 10)
        second = w.mask
        assert w.undo()
        np.testing.assert_array_equal(w.mask, first)
        assert w.redo()
        np.testing.assert_array_equal(w.mask, second)
        assert not w.redo()
        w.clear()
        assert w.mask is None
        assert w.prompts == ()
        w.clear()
        assert w.undo()
        np.testing.assert_array_equal(w.mask, second)
        while w.undo():
            pass
        assert [type(r).__name__ for r in w.document.values()] == ["Image"]

    def test_accepting_opens_the_way_for_another(self, w):
        w.add_point(30, 20)
        w.choose(2)
        small = w.mask
        w.accept()
        np.testing.assert_array_equal(w.mask, small)
        assert w.prompts == ()
        w.add_point(10, 10)
        first, second = w.objects
        assert (first.locked, second.locked) == (True, False)
        np.testing.assert_array_equal(first.mask, small)
        np.testing.assert_array_equal(second.mask, w.mask)
        assert first.area == small.sum()
        x0, y0, x1, y1 = first.box
        assert small[y0:y1, x0:x1].sum() == first.area
        assert first.score == pytest.approx(0.5)
        assert "accepted" in repr(first)
        assert w.document[first.id].color != w.document[second.id].color

    def test_numbers_of_any_kind(self, w):
        torch = pytest.importorskip("torch")
        w.add_point(np.float32(30), np.int16(20), np.True_)
        w.add_point(torch.tensor(31.0), np.array(20.0), 0)
        assert [p.positive for p in w.prompts] == [True, False]

    def test_arrays_cannot_be_spoiled(self, w):
        w.add_point(30, 20)
        for array in (w.mask, w.masks, w.scores, w.image, w.objects[0].mask):
            assert not array.flags.writeable

    def test_what_the_document_says_cannot_be_set(self, w):
        for name in ("mask", "scores", "objects"):
            with pytest.raises(traitlets.TraitError, match=rf"w\.{name} .* cannot be set"):
                setattr(w, name, None)

    def test_it_says_what_it_is(self, w):
        assert repr(w) == "<SamWidget: 60 x 40 px, 0 objects, model 'fake'>"
        w.add_point(30, 20)
        assert "1 object," in repr(w)


class TestImages:
    def test_the_photo_comes_first_or_later(self, model):
        w = Quiet(model=model)
        assert w.image is None
        with pytest.raises(EditError, match="no image yet"):
            w.add_point(1, 1)
        w.wait()
        w.image = PHOTO
        np.testing.assert_array_equal(w.image, PHOTO)
        w.add_point(30, 20)
        assert w.mask.any()
        w.close()

    def test_another_photo_begins_anew(self, w, model):
        w.add_point(30, 20)
        w.image = np.zeros((10, 20), np.float32)
        assert w.objects == ()
        assert not w.undo()
        assert "0 (black) to 1 (white)" in w.assumed[0]
        w.add_point(5, 5)
        assert w.mask.shape == (10, 20)
        assert model.embedded == 2

    def test_a_bad_photo_changes_nothing(self, w):
        w.add_point(30, 20)
        before = w.document
        with pytest.raises(ImageError):
            w.image = "nothing.jpg"
        assert w.document is before
        np.testing.assert_array_equal(w.image, PHOTO)

    def test_a_photo_is_encoded_once_however_many_widgets_show_it(self, model):
        photo = PHOTO[::-1]
        widgets = [Quiet(photo.copy(), model) for _ in range(3)]
        for each in widgets:
            each.add_point(30, 20)
            each.close()
        assert model.embedded == 1


class TestKnobs:
    @pytest.mark.parametrize(
        ("name", "bad", "good"),
        [
            ("height", [0, "tall", None, float("nan"), True], [300, np.int64(700)]),
            ("opacity", [-0.1, 1.5, "half", None], [0, 1, np.float32(0.25)]),
            ("theme", ["blue", None, 3], ["light", "dark", "auto"]),
            ("tool", ["brush", None], ["box", "point"]),
        ],
    )
    def test_one_sentence_for_each_and_the_old_value_stays(self, w, name, bad, good):
        before = getattr(w, name)
        for value in bad:
            with pytest.raises(traitlets.TraitError) as caught:
                setattr(w, name, value)
            assert str(caught.value).startswith(f"{name} must be ")
            assert str(caught.value).count(".") <= 3
            assert getattr(w, name) == before
        for value in good:
            setattr(w, name, value)
            assert getattr(w, name) == value
            assert w.get_state(name)[name] == value

    def test_a_widget_that_cannot_be_leaves_nothing_open(self, model):
        before = len(live())
        for knobs in ({"height": -1}, {"theme": "blue"}, {"opacity": 2}):
            with pytest.raises(traitlets.TraitError):
                Quiet(PHOTO, model, **knobs)
        with pytest.raises(ImageError):
            Quiet("nothing.jpg", model)
        with pytest.raises(ValueError, match="must be a name, a path or a Segmenter"):
            Quiet(PHOTO, 3)
        assert len(live()) == before


class TestObserving:
    def test_each_change_once_and_no_none_between_two_masks(self, w):
        seen = []
        w.observe(lambda change: seen.append((change.name, change.new)), ["mask", "scores"])
        w.add_point(30, 20)
        w.add_point(10, 10)
        w.choose(0)
        assert [name for name, _ in seen] == ["mask", "scores", "mask", "mask"]
        np.testing.assert_array_equal(seen[-1][1], w.mask)
        w.clear()
        assert seen[-2:] == [("mask", None), ("scores", None)]

    def test_an_observer_may_click(self, w):
        def again(change):
            if len(w.prompts) == 1:
                w.add_point(10, 10)

        w.observe(again, "mask")
        w.add_point(30, 20)
        w.wait()
        assert len(w.prompts) == 2
        assert w.mask is not None

    def test_links_of_traitlets_work(self, w):
        class Other(traitlets.HasTraits):
            mask = traitlets.Any()

        other = Other()
        traitlets.dlink((w, "mask"), (other, "mask"))
        w.add_point(30, 20)
        np.testing.assert_array_equal(other.mask, w.mask)


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

    def test_the_channel_is_found_by_its_reference(self, w):
        assert w.get_state("channel") == {"channel": f"anywidget:{w.channel.model_id}"}


class TestThreads:
    @pytest.fixture
    def threaded(self, model):
        worker = Worker("fake")

        class Threaded(SamWidget):
            _executor = staticmethod(lambda name: worker)

        widget = Threaded(PHOTO, model)
        widget.wait(20)
        yield widget
        model.gate.set()
        widget.close()

    def test_python_waits_for_the_answer(self, threaded, model):
        threaded.add_point(30, 20)
        assert threaded.mask[20, 30]
        assert threading.current_thread().name not in model.threads

    def test_interrupting_leaves_the_click_and_the_widget_whole(self, threaded, model):
        model.gate.clear()
        main = threading.main_thread().ident
        timer = threading.Timer(0.2, signal.pthread_kill, (main, signal.SIGINT))
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            threaded.add_point(30, 20)
        timer.join()
        assert len(threaded.prompts) == 1
        model.gate.set()
        threaded.wait(20)
        assert threaded.mask[20, 30]

    def test_an_observer_on_the_models_thread_may_click(self, threaded):
        done = threading.Event()

        def again(change):
            if len(threaded.prompts) == 1:
                threaded.add_point(10, 10)
                done.set()

        threaded.observe(again, "mask")
        threaded.add_point(30, 20)
        assert done.wait(20)
        threaded.wait(20)
        assert len(threaded.prompts) == 2

    def test_many_hands(self, threaded):
        def clicks(seed):
            rng = np.random.default_rng(seed)
            for x, y in rng.uniform(0, 40, (5, 2)):
                for _ in range(50):
                    try:
                        threaded.add_point(x, y)
                        break
                    except EditError:  # another opened an object in the same moment
                        continue

        hands = [threading.Thread(target=clicks, args=(seed,)) for seed in range(4)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join(60)
            assert not hand.is_alive()
        threaded.wait(20)
        assert len(threaded.prompts) == 20
        assert threaded.mask is not None


class TestStill:
    def test_a_page_without_a_kernel_shows_photo_and_mask(self, w):
        data, _ = w._repr_mimebundle_()
        plain = np.array(Image.open(io.BytesIO(data["image/png"])).convert("RGB"), int)
        assert abs(plain - PHOTO).mean() < 20  # 128 colours for noise
        assert "SamWidget" in data["text/plain"]
        assert "application/vnd.jupyter.widget-view+json" in data
        w.add_point(30, 20)
        png = w._repr_mimebundle_()[0]["image/png"]
        marked = np.array(Image.open(io.BytesIO(png)).convert("RGB"), int)
        changed = abs(marked - plain).sum(2)
        assert changed[w.mask].mean() > 3 * changed[~w.mask].mean()

    def test_it_is_small(self, model):
        w = Quiet(np.random.default_rng(0).integers(0, 256, (1500, 2100, 3), np.uint8), model)
        png = w._repr_mimebundle_()[0]["image/png"]
        assert max(Image.open(io.BytesIO(png)).size) <= 400
        assert len(png) < 120_000
        w.close()


def live():
    """The widgets that ipywidgets keeps."""
    from ipywidgets.widgets import widget

    return [w for w in widget._instances.values() if isinstance(w, (SamWidget, Channel))]


class TestClosing:
    def test_what_was_made_stays_readable(self, w):
        w.add_point(30, 20)
        mask = w.mask.copy()
        w.accept()
        w.add_point(10, 10)
        w.close()
        np.testing.assert_array_equal(w.objects[0].mask, mask)
        assert w.mask is not None
        assert w.image is None
        for act in (lambda: w.add_point(1, 1), w.undo, w.clear, w.accept):
            with pytest.raises(EditError, match="closed"):
                act()
        with pytest.raises(EditError, match="closed"):
            w.image = PHOTO
        w.wait()
        w.close()
        assert "2 objects" in repr(w)

    def test_it_lets_go_of_the_picture(self, w):
        w.add_point(30, 20)
        held = [weakref.ref(each) for each in (w._picture, w._answerer, w._session, w._link)]
        blobs = w._session.blobs
        assert len(blobs) == 4
        w.close()
        gc.collect()
        assert [each() for each in held] == [None] * 4
        assert len(blobs) == 3  # the masks; the photo's bytes are gone

    def test_a_closed_widget_nobody_keeps_is_gone(self, model):
        w = Quiet(PHOTO, model)
        w.add_point(30, 20)
        held = weakref.ref(w), weakref.ref(w._session), weakref.ref(w.channel)
        w.close()
        del w
        gc.collect()
        assert [each() for each in held] == [None] * 3


class TestCells:
    """A cell that runs again lets go of what its last run made."""

    @pytest.fixture
    def cell(self, monkeypatch):
        class Shell:
            parent = None

            def get_parent(self):
                return self.parent

        shell = Shell()
        monkeypatch.setattr(cells, "get_ipython", lambda: shell)
        monkeypatch.setattr(cells, "_runs", {})

        def run(name, count=[0]):  # noqa: B006
            count[0] += 1
            header = {"msg_id": f"run {count[0]}"}
            shell.parent = {"header": header, "metadata": {"cellId": name} if name else {}}

        return run

    def test_twenty_runs_leave_one_widget_and_one_picture(self, cell, model):
        out, pictures = [], []  # as IPython's Out does
        before = len(live())
        for _ in range(20):
            cell("a")
            w = Quiet(PHOTO.copy(), model)
            w.add_point(30, 20)
            out.append(w)
            pictures.append(weakref.ref(w._picture))
        gc.collect()
        assert len(live()) - before == 2  # the widget and its channel
        assert sum(each() is not None for each in pictures) == 1
        for kind in (Answerer, Session):
            assert sum(type(o) is kind for o in gc.get_objects()) == 1
        assert all(each.objects for each in out)
        w.close()

    def test_several_widgets_of_one_run_live_together(self, cell, model):
        cell("a")
        first = [Quiet(PHOTO, model) for _ in range(3)]
        assert not any(each._closed for each in first)
        cell("b")
        other = Quiet(PHOTO, model)
        cell("a")
        again = Quiet(PHOTO, model)
        assert all(each._closed for each in first)
        assert not other._closed
        assert not again._closed
        other.close()
        again.close()

    def test_a_cell_that_fails_to_make_one_closes_none(self, cell, model):
        cell("a")
        w = Quiet(PHOTO, model)
        cell("a")
        with pytest.raises(ImageError):
            Quiet("nothing.jpg", model)
        assert not w._closed
        w.close()

    def test_without_a_cell_id_nothing_is_closed(self, cell, model):
        cell(None)
        w = Quiet(PHOTO, model)
        cell(None)
        other = Quiet(PHOTO, model)
        assert not w._closed
        w.close()
        other.close()


CELL = """
import gc, numpy as np
from ipywidgets.widgets import widget
from sam_widget import SamWidget
from tests.segment.fake import FakeSegmenter
w = SamWidget(np.zeros((400, 600, 3), np.uint8), FakeSegmenter())
w.add_point(300, 200)
display(w)
w
"""
COUNT = """
gc.collect()
from sam_widget.document.session import Session
from sam_widget.segment.answerer import Answerer
counts = [sum(type(o) is kind for o in gc.get_objects()) for kind in (Session, Answerer)]
print(*counts, sum(isinstance(o, SamWidget) for o in widget._instances.values()))
"""


def test_twenty_runs_in_a_real_kernel(request):
    manager, client = start_new_kernel(cwd=str(request.config.rootpath))
    try:

        def run(code, cell):
            said = []
            content = {
                "code": code,
                "silent": False,
                "store_history": True,
                "user_expressions": {},
                "allow_stdin": False,
                "stop_on_error": True,
            }
            message = client.session.msg("execute_request", content, metadata={"cellId": cell})
            client.shell_channel.send(message)
            while True:
                reply = client.get_iopub_msg(timeout=60)
                if reply["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                    continue
                assert reply["msg_type"] != "error", reply["content"]
                if reply["msg_type"] == "stream":
                    said.append(reply["content"]["text"])
                if reply["content"].get("execution_state") == "idle":
                    return "".join(said)

        for _ in range(20):
            run(CELL, "a")
        assert run(COUNT, "b").strip() == "1 1 1"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


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
