"""SamWidget from Python: what it shows, what it takes, what it says; nothing is held."""

import gc
import weakref

import nbformat
import numpy as np
import pytest
import traitlets
from nbclient import NotebookClient

from sam_widget.document.edits import EditError
from sam_widget.document.records import Box, Point
from sam_widget.images import ImageError
from sam_widget.widget.observers import printed
from tests.widget.page import HEIGHT, PHOTO, WIDTH, Page, Quiet, live
from tests.widget.test_saved import MAKE


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
        assert first.predicted_iou == pytest.approx(0.5)
        assert "accepted" in repr(first)
        assert w.document[first.id].color != w.document[second.id].color

    def test_numbers_of_any_kind(self, w):
        torch = pytest.importorskip("torch")
        w.add_point(np.float32(30), np.int16(20), np.True_)
        w.add_point(torch.tensor(31.0), np.array(20.0), 0)
        assert [p.positive for p in w.prompts] == [True, False]

    def test_arrays_cannot_be_spoiled(self, w):
        w.add_point(30, 20)
        for array in (w.mask, w.masks, w.scores, w.image):
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

    def test_of_fifty_photos_in_turn_the_last_is_kept(self, w):
        page, held = Page(w), []
        page.hello()
        for shade in range(50):
            w.image = np.full((10, 20, 3), shade, np.uint8)
            w.add_point(5, 5)
            w.accept()
            held.append([weakref.ref(each) for each in (w._picture, w._desk.answerer)])
        gc.collect()
        assert [[each() for each in one] for one in held[:-1]] == [[None, None]] * 49
        records = w.document.values()
        assert w._session.blobs.names() == {blob for each in records for blob in each.blobs()}
        assert list(w._session._marks.values()) == [each for each in records if each.tag == "point"]
        assert sum(len(patch["blobs"]) for patch in page.all("patch")) == 50 * 4  # each once

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
            ("tool", ["lasso", None], ["box", "point", "brush"]),
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


class TestChanges:
    """What hosts that follow traits, as marimo does, see change."""

    def test_it_counts_what_mask_scores_and_objects_do(self, w):
        sent = []
        w.observe(lambda change: sent.append(change.new), "changes")
        assert w.changes == 0
        w.add_point(30, 20)  # mask, scores and objects at once
        assert sent == [1]
        w.choose(0)
        w.undo()
        w.clear()
        assert w.changes == 4
        w.opacity, w.tool = 0.3, "box"
        w.wait()
        assert not w.undo() or w.changes == 5
        assert w.get_state("changes") == {"changes": w.changes}

    def test_nobody_sets_it(self, w):
        with pytest.raises(traitlets.TraitError, match="read-only"):
            w.changes = 7
        w.set_state({"changes": 7, "height": 300})
        assert (w.changes, w.height) == (0, 300)


class TestOnChange:
    def test_it_is_called_once_a_change_with_the_widget(self, w):
        seen = []

        def see(widget):
            seen.append((widget is w, len(widget.objects)))

        w.on_change(see)
        w.add_point(30, 20)
        w.accept()
        w.on_change(see, remove=True)
        w.on_change(see, remove=True)
        w.add_point(10, 10)
        assert seen == [(True, 1), (True, 1)]

    def test_what_fails_is_said_in_the_page_and_the_others_are_called(self, w, capsys):
        page, seen = Page(w), []
        page.hello()

        def fails(widget):
            print("on the way")
            raise ValueError("no such column")

        w.on_change(fails)
        w.on_change(seen.append)
        w.add_point(30, 20)
        assert seen == [w]
        why = page.last("reject")["why"]
        assert why == "The function given to on_change failed: ValueError: no such column."
        said = capsys.readouterr().out
        assert said.startswith("on the way\nTraceback")
        assert "no such column" in said

    def test_one_may_change_the_widget(self, w):
        counts = []

        def again(widget):
            counts.append(len(widget.prompts))
            if len(widget.prompts) == 1:
                widget.add_point(10, 10)

        w.on_change(again)
        w.add_point(30, 20)
        assert counts == [1, 2]

    def test_what_is_no_function(self, w):
        with pytest.raises(TypeError, match="takes a function of the widget, not 'print'"):
            w.on_change("print")

    def test_another_threads_prints_go_where_they_went(self, capsys):
        import threading

        with printed() as text:
            print("mine")
            other = threading.Thread(target=print, args=("another's",))
            other.start()
            other.join()
        print("later")
        assert "".join(text) == "mine\n"
        assert capsys.readouterr().out == "another's\nlater\n"

    def test_a_cell_that_runs_again_gives_it_anew(self, w, monkeypatch):
        seen = []
        for cell, run in [("a", "1"), ("a", "1"), ("b", "2"), ("a", "3")]:
            monkeypatch.setattr("sam_widget.widget.cells.running", lambda now=(cell, run): now)
            w.on_change(lambda _, run=run: seen.append(run))
        w.add_point(30, 20)
        assert seen == ["2", "3"]

    def test_what_it_prints_is_seen_under_the_cell_that_gave_it(self):
        cells = [
            f"{MAKE}\ncount = 0\ndef f(w):\n    print('heard', len(w.objects), version)",
            "version = 'one'\nw.on_change(f)",
            "w.add_point(300, 200)",
            "w.on_change(f)",
            "w.accept()",
        ]
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(each) for each in cells]
        )
        NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
        texts = [
            [each.data["text/plain"] for each in cell.outputs if "data" in each]
            for cell in notebook.cells
        ]
        assert texts == [[], ["heard 1 one\nheard 1 one"], [], ["heard 1 one"], []]
