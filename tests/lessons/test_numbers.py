"""A student's numbers and a class's, beside values computed by hand; files that lie are told."""

import json
import math

import numpy as np
import pytest

from sam_widget import SamError, SamWidget
from sam_widget.lessons import Classroom, Numbers, numbers
from sam_widget.lessons.classroom import warmth
from sam_widget.lessons.numbers import MOST, Annotated
from sam_widget.lessons.views.candidates import iou


@pytest.fixture(scope="module")
def worked(photos):
    """A widget with a cup of two clicks, and a box; the cup's mask."""
    w = SamWidget(photos / "coffee.jpg", "mini")
    w.add_point(290, 150)
    first = w.mask.copy()
    w.add_point(240, 290)
    w.accept()
    w.rename(w.objects[0].id, "cup")
    w.add_box(330, 240, 410, 350)
    w.accept()
    return w, first


def one(iou_=None, predicted=None, course=(), clicks=3, seconds=2.0):
    return Annotated("cup", ((1.0, 2.0, True),) * clicks, seconds, predicted, iou_, course)


def student(name, *objects, size=(60, 40)):
    return Numbers(name, "hash", size, "mini", objects)


def test_what_a_widget_tells(worked):
    w, first = worked
    truth = w.objects[0].array()
    told = numbers(w, "kim", {"cup": truth})
    cup, spoon = told.objects
    assert cup.clicks == ((290.0, 150.0, True), (240.0, 290.0, True))
    assert cup.course == pytest.approx((iou(first, truth), 1.0))
    assert cup.iou == 1.0
    assert cup.predicted_iou == pytest.approx(w.objects[0].predicted_iou)
    assert cup.noc == 2
    assert 0 < cup.seconds < 120
    assert (spoon.clicks, spoon.iou, spoon.noc) == ((), None, None)
    assert told.size == (600, 400)


def test_what_is_saved_is_read(worked, tmp_path):
    told = numbers(worked[0], "김", {})
    assert Numbers.read(told.save(tmp_path / "kim.json")) == told
    with pytest.raises(SamError, match="cannot be written"):
        told.save(tmp_path / "none" / "a.json")


def test_a_truth_of_another_size_is_said(worked):
    with pytest.raises(SamError, match="'cup' is of 3 x 2 px, and the photo of 600 x 400"):
        numbers(worked[0], "kim", {"cup": np.zeros((2, 3), bool)})


@pytest.mark.parametrize(
    "text",
    ["", "[]", "3", "null", "{}", "[" * 100_000, '{"sam_widget": "history"}', b"\xff\xfe",
     ('{"sam_widget": "numbers", "format": 2, "objects": [], "size": [1, 2],'
     ' "student": "a", "photo": "b", "model": "c"}'),
     '{"sam_widget": "numbers", "format": 1, "objects": [{"clicks": 5}], "size": [1, 2]}'],
    ids=range(10),
)  # fmt: skip
def test_a_file_that_is_none_is_one_sentence(tmp_path, text):
    file = tmp_path / "kim.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SamError) as caught:
        Numbers.read(file)
    assert str(caught.value).count(".") <= 3
    assert "kim.json" in str(caught.value)


def test_a_class_is_joined_and_what_cannot_be_read_is_told(tmp_path):
    student("lee", one(0.9, 0.8, (0.5, 0.9))).save(tmp_path / "lee.json")
    student("kim", one(clicks=1), one(0.6, 0.9, (0.2, 0.6))).save(tmp_path / "kim.json")
    (tmp_path / "bad.json").write_text("{")
    group = Classroom.read(tmp_path)
    assert [each.student for each in group.students] == ["kim", "lee"]
    assert len(group.failed) == 1
    kim, lee = group.rows()
    assert kim == ("kim", "2", "2.00", "2.00", f"{MOST:.2f}", "0.60")
    assert lee == ("lee", "1", "3.00", "2.00", "2.00", "0.90")
    assert "bad.json" in group._repr_html_()
    with pytest.raises(SamError, match="no folder"):
        Classroom.read(tmp_path / "none")


def test_a_name_is_never_markup():
    assert "<b>" not in Classroom((student("<b>", one()),))._repr_html_()


def test_the_calibration_by_hand():
    group = Classroom((student("a", one(0.7, 0.81), one(0.9, 0.89), one(0.2, 0.3), one(0.5)),))
    bins, error = group.calibration()
    assert len(bins) == 2  # 0.81 and 0.89 share a tenth
    assert bins[1] == pytest.approx((0.85, 0.8, 2))
    assert error == pytest.approx((2 * 0.05 + 0.1) / 3)
    assert math.isnan(Classroom(()).calibration()[1])


def test_the_mean_curve_keeps_who_has_stopped():
    group = Classroom((student("a", one(course=(0.2, 0.8)), one(course=(0.6,))),))
    mean = group.figure().axes[0].lines[-1].get_ydata()
    assert list(mean) == pytest.approx([0.4, 0.7])


def test_it_is_warm_where_the_class_has_clicked():
    spots = warmth([(30.0, 20.0), (30.0, 20.0), (580.0, 380.0)], (600, 400), (480, 320))
    row, column = np.unravel_index(spots.argmax(), spots.shape)
    assert abs(column - 30 * 0.2) <= 1
    assert abs(row - 20 * 0.2) <= 1
    photo = np.zeros((40, 60, 3), np.uint8)
    stage = Classroom((student("a", one(clicks=2)), student("b", one(), size=(9, 9)))).clicks_on(
        photo
    )
    assert stage.frames[0].caption == "2 clicks of 1 students"


def test_json_says_what_it_is(tmp_path):
    told = json.loads(student("a", one()).save(tmp_path / "a.json").read_text())
    assert (told["sam_widget"], told["format"]) == ("numbers", 1)
    assert set(told) == {"sam_widget", "format", "student", "photo", "size", "model", "objects"}
