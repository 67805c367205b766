"""What a closed widget keeps and lets go of, and a cell that runs again closing its last ones."""

import gc
import weakref

import numpy as np
import pytest
from jupyter_client.manager import start_new_kernel

from sam_widget.document.edits import EditError
from sam_widget.images import ImageError
from sam_widget.widget import cells
from tests.widget.page import PHOTO, Quiet, live


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
        held = [weakref.ref(w._picture), *map(weakref.ref, (w._desk, w._desk.answerer, w._link))]
        held.append(weakref.ref(w._session))
        blobs = w._session.blobs
        assert len(blobs) == 4
        w.close()
        gc.collect()
        assert [each() for each in held] == [None] * 5
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
        out, pictures, workings = [], [], []  # as IPython's Out does
        before = len(live())  # other tests may have open ones
        for _ in range(20):
            cell("a")
            w = Quiet(PHOTO.copy(), model)
            w.add_point(30, 20)
            out.append(w)
            pictures.append(weakref.ref(w._picture))
            workings.append((weakref.ref(w._desk.answerer), weakref.ref(w._session)))
        gc.collect()
        assert len(live()) - before == 2  # the widget and its channel
        assert sum(each() is not None for each in pictures) == 1
        for kind in zip(*workings, strict=True):
            assert sum(each() is not None for each in kind) == 1
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

    def test_what_another_cell_shows_lives_on_until_that_shows_another(self, cell, model):
        cell("maker")
        first = Quiet(PHOTO, model)
        cell("viewer")
        first._repr_mimebundle_()
        cell("maker")
        second = Quiet(PHOTO, model)
        second._repr_mimebundle_()
        assert not first._closed
        cell("viewer")
        first._repr_mimebundle_()
        assert not first._closed
        cell("viewer")
        second._repr_mimebundle_()
        assert first._closed
        cell("maker")
        third = Quiet(PHOTO, model)
        assert not second._closed
        for each in (second, third):
            each.close()

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
from sam_widget.document.session import Session
from sam_widget.segment.answers.answerer import Answerer
from tests.segment.fake import FakeSegmenter
w = SamWidget(np.zeros((400, 600, 3), np.uint8), FakeSegmenter())
w.add_point(300, 200)
display(w)
w
"""


COUNT = """
gc.collect()
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
