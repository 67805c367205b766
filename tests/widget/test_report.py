"""A widget's report: its objects, its model, its steps; and its JSON, which can be played again."""

from __future__ import annotations

import json
import re

import pytest

from sam_widget.document.recorded import HistoryError
from sam_widget.reports import ReportError
from tests.segment.fake import FakeSegmenter
from tests.widget.page import PHOTO, Quiet


@pytest.fixture
def worked(w):
    w.add_point(20.5, 20.5)
    w.choose(1)
    w.accept()
    w.rename(w.objects[0].id, "a <cup>")
    w.add_box(30, 5, 50, 25)
    w.paint([(40, 10), (44, 12)], 5)
    return w


def test_it_says_by_which_model_what_was_done_and_what_came_of_it(worked, model):
    report = worked.report()
    page = report.html()
    assert model.key in page
    assert report.lead.startswith("2 objects on a photo of 60 x 40 px, with fake, in ")
    for said in ("a &lt;cup&gt;", "chose candidate 2", "box 30.0, 5.0 to 50.0, 25.0"):
        assert said in page
    assert "a <cup>" not in page
    assert page.count("data:image/webp;base64,") == 3  # the photo, and each object from near
    order = [each["what"] for each in report.data["steps"]]
    assert order.index("accepted") < order.index("called it 'a <cup>'")
    assert order.index("chose candidate 2") < order.index("accepted")
    assert order[-1] == "painted by hand, 2 points, 5 px wide"


def test_its_json_has_all_and_plays_again_to_the_same_masks(worked, model, tmp_path):
    worked.report(tmp_path / "report.html")
    data = json.loads((tmp_path / "report.json").read_text("utf-8"))
    first, second = data["objects"]
    cup = worked.objects[0]
    assert (first["label"], first["area"], first["accepted"]) == ("a <cup>", cup.area, True)
    assert (second["accepted"], second["corrections"], second["prompts"]) == (False, 1, 1)
    assert first["segmentation"] == cup.mask.to_coco_text()
    assert data["model"] == {"name": "fake", "key": model.key}
    assert data["settings"] == {"feed_back": True}
    other = Quiet(PHOTO, model)
    try:
        assert other.replay(data["history"])
        assert [each.mask for each in other.objects] == [each.mask for each in worked.objects]
    finally:
        other.close()


def test_markdown_has_its_pictures_beside_it(worked, tmp_path):
    worked.report(tmp_path / "report.md")
    text = (tmp_path / "report.md").read_text("utf-8")
    names = re.findall(r"\((report_pictures/[\w.]+)\)", text)
    assert len(names) == 3
    for name in names:
        assert (tmp_path / name).read_bytes().startswith(b"RIFF")
    assert (tmp_path / "report.json").exists()


def test_nothing_done_is_a_report_too(w):
    page = w.report().html()
    assert "There is none yet." in page
    assert "0 objects on a photo of 60 x 40 px" in page


def test_without_a_photo_there_is_none():
    widget = Quiet(None, FakeSegmenter())
    with pytest.raises(HistoryError, match="There is no image yet"):
        widget.report()
    widget.close()


def test_other_endings_are_refused_before_anything_is_written(worked, tmp_path):
    with pytest.raises(ReportError, match=r"as \.html or \.md"):
        worked.report(tmp_path / "report.docx")
    assert not list(tmp_path.iterdir())


def test_many_steps_are_shortened_in_the_page_alone(w, monkeypatch):
    monkeypatch.setattr("sam_widget.widget.account.MOST_STEPS", 4)
    for x in range(10, 30, 2):
        w.add_point(x + 0.5, 20.5)
    report = w.report()
    assert len(report.data["steps"]) > 10
    assert f"{len(report.data['steps']) - 4} more steps" in report.html()
