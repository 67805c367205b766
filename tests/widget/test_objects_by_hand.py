"""Objects as wholes: masks of elsewhere as objects, put together, exact; one step of undo each."""

import numpy as np
import pytest

from sam_widget import Mask, Region
from sam_widget.document.edits import EditError
from sam_widget.masks import MaskError
from tests.widget.page import PHOTO, Quiet

HIGH, WIDE = PHOTO.shape[:2]


def noise(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).random((HIGH, WIDE)) < 0.3


def disc(x: float, y: float, radius: float) -> np.ndarray:
    ys, xs = np.mgrid[:HIGH, :WIDE] + 0.5
    return np.hypot(xs - x, ys - y) <= radius


class TestAdded:
    def test_they_are_exact_and_no_model_is_asked(self, w, model):
        regions = [
            Region(Mask.from_array(noise(1)), "moss", 0.75, float("nan")),
            Mask.from_array(noise(2)),
            noise(3).astype(np.uint8) * 255,
        ]
        ids = w.add_objects(regions)
        assert [each.id for each in w.objects] == list(ids)
        for seed, one in enumerate(w.objects, 1):
            assert np.array_equal(one.array(), noise(seed))
            assert one.locked
        assert [each.label for each in w.objects] == ["moss", "", ""]
        assert [each.predicted_iou for each in w.objects] == [0.75, None, None]
        assert w.objects[0].stability_score is None
        assert len(model.asked) == 0

    def test_one_step_undoes_all_and_what_is_open_stays_open(self, w):
        w.add_point(30, 20)
        w.add_objects(noise(seed) for seed in range(5))
        assert [each.locked for each in w.objects] == [False] + [True] * 5
        w.undo()
        assert [each.locked for each in w.objects] == [False]
        w.redo()
        assert np.array_equal(w.objects[5].array(), noise(4))

    def test_one_can_be_reopened_clicked_and_painted(self, w):
        (only,) = w.add_objects([disc(30, 20, 5)])
        w.reopen(only)
        w.paint((2.5, 2.5), 1)
        w.erase((30.5, 20.5), 1)
        w.accept()
        wanted = disc(30, 20, 5)
        wanted[2, 2], wanted[20, 30] = True, False
        assert np.array_equal(w.objects[0].array(), wanted)

    @pytest.mark.parametrize(
        ("given", "error", "says"),
        [
            ([np.zeros((HIGH, WIDE), bool)], MaskError, "empty"),
            (
                [Region(Mask.from_array(np.zeros((HIGH, WIDE), bool)))],
                EditError,
                "Region 0 is empty",
            ),
            ([Region(Mask.from_array(np.ones((3, 4), bool)))], EditError, "of 4 x 3 px, the image"),
            ([np.ones((3, 4), bool)], MaskError, "of 4 x 3 px, the image"),
            (["a mask"], MaskError, "A mask is an array"),
            (7, EditError, "regions or masks, several in a list, not 7"),
        ],
        ids=range(6),
    )
    def test_refused_in_words_with_nothing_changed(self, w, given, error, says):
        before = w.document
        with pytest.raises(error, match=says):
            w.add_objects(given)
        assert w.document is before

    def test_none_is_no_step(self, w):
        assert w.add_objects([]) == ()
        assert not w.undo()

    def test_they_come_back_from_a_journal(self, model, tmp_path):
        first = Quiet(PHOTO, model, journal=tmp_path)
        first.add_objects([Region(Mask.from_array(noise(1)), "moss", 0.75)])
        first.close()
        again = Quiet(PHOTO, model, journal=tmp_path)
        (only,) = again.objects
        assert (only.label, only.predicted_iou) == ("moss", 0.75)
        assert np.array_equal(only.array(), noise(1))
        again.undo()
        assert again.objects == ()
        again.redo()
        assert np.array_equal(again.objects[0].array(), noise(1))
        again.close()

    def test_history_is_played_again(self, w, model):
        w.add_objects([noise(1)])
        other = Quiet(PHOTO, model)
        assert other.replay(w.history)
        assert np.array_equal(other.objects[0].array(), noise(1))
        other.close()
