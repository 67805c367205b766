"""Objects as numbers: how each was made, a table, sizes with intervals."""

import sys

import numpy as np
import pytest

from sam_widget import Mask, Region
from sam_widget.document.edits import EditError
from sam_widget.errors import SamError
from sam_widget.extents import diameter, perimeter
from sam_widget.made import Made
from sam_widget.widget.measurement import MeasureError, Scale
from tests.widget.page import PHOTO, Quiet
from tests.widget.test_objects_by_hand import A, B


class TestMade:
    def test_by_a_model_with_clicks_and_a_brush(self, w, model):
        w.add_point(30, 20)
        w.add_point(32, 20)
        w.choose(2)
        w.accept()
        (made,) = [each.made for each in w.objects]
        assert (made.model, made.fingerprint, made.candidate) == ("fake", model.key, 2)
        assert (made.clicks, made.pixels_by_hand) == (2, 0)
        assert made.seconds >= 0
        w.reopen(w.objects[0].id)
        w.paint([(2.5, 2.5), (8.5, 2.5)], 1)
        w.erase((30.5, 20.5), 1)
        w.accept()
        assert w.objects[0].made.pixels_by_hand == 8
        assert w.objects[0].made.seconds >= made.seconds

    def test_seconds_are_those_between_first_mark_and_acceptance(self, w, monkeypatch):
        now = [100.0]
        monkeypatch.setattr("sam_widget.document.chronicle.time.monotonic", lambda: now[0])
        w._session.chronicle.begin()

        def later(seconds):
            now[0] += seconds

        later(5)
        w.add_point(30, 20)
        later(2)
        w.add_point(32, 20)
        assert w.objects[0].made.seconds is None
        later(1.5)
        w.accept()
        assert w.objects[0].made.seconds == 3.5
        later(100)
        w.reopen(w.objects[0].id)
        later(4)
        w.accept()
        assert w.objects[0].made.seconds == 7.5
        w.turbo = True
        w.add_point(10, 10)
        assert w.objects[1].made.seconds == 0.0, "one click begins it and accepts it"
        later(9)
        w.reopen(w.objects[1].id)
        later(3)
        w.accept()
        assert w.objects[1].made.seconds == 3.0
        w.add_objects([Mask.from_array(B)])
        assert w.objects[2].made.seconds is None, "nobody drew it here"

    def test_by_hand_alone_and_brought(self, w):
        w.paint([(2.5, 2.5), (8.5, 2.5)], 1)
        w.accept()
        assert w.objects[0].made.pixels_by_hand == 7
        assert (w.objects[0].made.model, w.objects[0].made.candidate) == ("", None)
        made = Made("vit", "f00", 1, 2.5, 3, 10, "imported")
        w.add_objects([Region(Mask.from_array(A), made=made), Mask.from_array(B)])
        assert w.objects[1].made == made
        assert w.objects[2].made == Made()
        w.subtract(w.objects[1].id, [w.objects[2].id])
        assert w.objects[1].made.pixels_by_hand == 10 + (A & B).sum()

    def test_it_comes_back_from_a_journal(self, model, tmp_path):
        first = Quiet(PHOTO, model, journal=tmp_path)
        first.add_point(30, 20)
        first.accept()
        before = first.objects[0].made
        first.close()
        again = Quiet(PHOTO, model, journal=tmp_path)
        assert again.objects[0].made.seconds == before.seconds
        again.close()


class TestTable:
    def test_a_row_an_object(self, w):
        w.add_point(30, 20)
        whole, part, _ = w.keep_parts()
        w.rename(whole, "컵")
        w.lock(part)
        w.hide(part)
        table = w.objects_df
        assert table.index.tolist() == [1, 2, 3]
        assert table["id"].tolist() == [each.id for each in w.objects]
        assert table["parent"].tolist() == ["", whole, part]
        assert table["label"].tolist() == ["컵", "", ""]
        assert table["locked"].tolist() == table["hidden"].tolist() == [False, True, False]
        assert table["area"].tolist() == [each.area for each in w.objects]
        assert table["box"].tolist() == [each.box for each in w.objects]
        assert table["clicks"][1] == 1
        assert table["candidate"].tolist() == [0, 1, 2]

    def test_without_objects_and_without_pandas(self, w, monkeypatch):
        assert len(w.objects_df) == 0
        assert "predicted_iou" in w.objects_df.columns
        monkeypatch.setitem(sys.modules, "pandas", None)
        with pytest.raises(SamError, match="A table needs pandas: pip install pandas"):
            _ = w.objects_df


class TestMeasure:
    def test_values_are_the_masks_and_intervals_hold_them(self, w, model):
        w.add_point(30, 20)
        w.accept()
        w.add_objects([A])
        asked = len(model.asked)
        found = w.measure(progress=False)
        assert len(model.asked) == asked + 8
        one, other = found.objects
        mask = w.objects[0].mask
        assert (one.area.value, one.length.value) == (mask.area, diameter(mask))
        assert one.perimeter.value == perimeter(mask)
        low, high = one.area.by_clicks
        assert low < one.area.value <= high or low <= one.area.value < high
        areas = [each.sum() for each in candidates_of(w)]
        assert one.area.by_candidates == (min(areas), max(areas))
        assert (other.area.value, other.area.by_clicks) == (A.sum(), None)
        assert found.count.value == 2
        assert found.count.by_clicks == (2, 2)
        assert found.count.by_candidates == (1, 2)

    def test_it_is_the_same_again_and_changes_nothing(self, w):
        w.add_point(30, 20)
        w.add_box(10, 10, 40, 30)
        before = w.document
        assert w.measure(progress=False) == w.measure(progress=False)
        assert w.document is before
        assert w.measure(jitter=0, progress=False).objects[0].area.by_clicks is None

    def test_what_was_done_by_hand_is_done_to_all(self, w):
        w.add_point(30, 20)
        w.paint([(2.5, 2.5), (8.5, 2.5)], 1)
        (one,) = w.measure(progress=False).objects
        assert one.area.by_candidates[0] == min(each.sum() for each in w.masks) + 7

    def test_in_a_unit(self, w):
        w.add_objects([A])
        plain = w.measure(progress=False).objects[0]
        for given in (
            {"scale": "0.5 um"},
            {"unit": "um", "scale": 0.5},
            {"scale": "100 px = 50 um"},
        ):
            found = w.measure(**given, progress=False)
            assert found.unit == "um"
            assert found.objects[0].area.value == pytest.approx(plain.area.value / 4)
            assert found.objects[0].length.value == pytest.approx(plain.length.value / 2)
        assert "um²" in repr(found)
        assert "<table>" in found._repr_html_()
        assert found.df["area"].tolist() == [found.objects[0].area.value]

    @pytest.mark.parametrize(
        "given",
        [
            {"unit": "mm"},
            {"scale": 0.5},
            {"unit": 3, "scale": 0.5},
            {"scale": "half a mm"},
            {"scale": "0 mm"},
            {"scale": "-1 mm"},
            {"scale": "1e999 mm"},
            {"unit": "mm", "scale": float("nan")},
            {"unit": "mm", "scale": "1 um"},
        ],
        ids=str,
    )
    def test_a_scale_that_is_none(self, w, given):
        with pytest.raises(MeasureError, match=r"scale|unit"):
            w.measure(**given)

    def test_scales_are_read(self):
        assert Scale.of(None, "0.5 µm/px") == Scale(0.5, "µm")
        assert Scale.of(None, " 2e-3mm ") == Scale(0.002, "mm")
        assert Scale.of("cm", "200 px = 1 cm") == Scale(0.005, "cm")
        assert Scale.of(None, None) == Scale(1, "px")

    def test_words_of_labels_are_text(self, w):
        w.add_objects([Region(Mask.from_array(A), "<b>cup</b>")])
        assert "<b>" not in w.measure(progress=False)._repr_html_()

    def test_a_model_that_fails_says_so(self, w, model):
        w.add_point(30, 20)
        model.fail = SamError("The model is broken.")
        with pytest.raises(SamError, match="The model is broken"):
            w.measure(progress=False)
        w.close()
        with pytest.raises(EditError, match="closed"):
            w.measure()


def candidates_of(w):
    w.reopen(w.objects[0].id)
    masks = w.masks
    w.accept()
    return [np.asarray(each) for each in masks]
