"""A run's report and cost: who did what, how long, and what many would take."""

from __future__ import annotations

import json
import math

import pytest

from sam_widget.data_engine.annotate import annotate
from sam_widget.data_engine.cost import Cost
from sam_widget.data_engine.places import PlaceError
from sam_widget.errors import SamError
from sam_widget.formats.errors import DataError
from sam_widget.segment.segmenter import Segmenter
from tests.data_engine.folders import OPEN, shoot


@pytest.fixture
def run(tmp_path, tiny):
    shoot(tmp_path / "photos", 8)
    (tmp_path / "photos" / "bad <i>.jpg").write_bytes(b"no picture")
    model = Segmenter(tiny, "tiny")
    return annotate(
        tmp_path / "photos", tmp_path / "out", model=model, settings=OPEN, progress=False
    )


def test_it_says_by_which_model_with_which_settings_in_which_order_and_how_long(run, tmp_path):
    report = run.report(tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert report.lead.startswith(f"8 of 9 photos annotated by tiny without a click: {run.masks}")
    (key,) = run.keys
    for said in (key, "a grid of 2 x 2 points", "filled, dropped below 4 px", "this process"):
        assert said in page
    assert "bad &lt;i&gt;.jpg: " in page
    assert page.count("data:image/webp;base64,") == 6
    assert "<svg" in page
    data = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert data["funnel"]["kept"] == data["masks"] == run.masks
    assert data["sittings"][0]["settings"]["smallest_piece"] == 4
    assert (data["done"], data["photos"], data["failed"]) == (8, 9, 1)
    assert math.isclose(data["seconds_a_photo"], run.seconds)


def test_photos_that_are_gone_are_not_shown_and_stop_nothing(run, tmp_path):
    for each in run.samples:
        (tmp_path / "photos" / each.name).unlink()
    assert "data:image" not in run.report().html()


def test_markdown_has_the_funnel_as_a_table(run, tmp_path):
    run.report(tmp_path / "report.md")
    text = (tmp_path / "report.md").read_text("utf-8")
    assert f"| proposed |  | {run.funnel.masks:,} |" in text
    assert "predicted IoU too low" in text


def test_a_run_shows_itself(run):
    assert repr(run).startswith("<Run: 8 of 9 photos in ")
    assert "1 failed" in repr(run)
    assert run.report()._repr_html_().startswith("<style>")


def test_what_many_would_take_follows_from_what_was_measured(run):
    cost = run.cost(11_000_000, workers=100, price=2.0)
    assert cost.seconds == run.seconds > 0
    assert math.isclose(cost.hours, 11_000_000 * run.seconds / 3600)
    assert math.isclose(cost.days * 24 * 100, cost.hours)
    assert math.isclose(cost.money, 2 * cost.hours)
    assert math.isclose(cost.bytes, 11_000_000 * run.written / 8)
    assert "11,000,000 images" in str(cost)


def test_a_cost_is_worked_out_by_hand():
    cost = Cost(3600, 2.0, masks=100, written=1e6, workers=4, price=3.0)
    assert (cost.hours, cost.days, cost.money, cost.bytes) == (2.0, 0.5 / 24, 6.0, 3.6e9)
    assert str(cost) == (
        "3,600 images at 2 s each: 2 worker hours; 0.0 days with 4 workers; 6 at 3 an hour;"
        " 360,000 masks, 4 GB"
    )


@pytest.mark.parametrize("wrong", [{"images": 0}, {"seconds": 0}, {"workers": 0}])
def test_costs_of_nothing(wrong):
    with pytest.raises(SamError, match="is a number above 0, not 0"):
        Cost(**{"images": 1, "seconds": 1.0, "workers": 1, **wrong})


def test_a_result_that_was_damaged_since_is_a_sentence_and_stops_no_report(run, tmp_path):
    damaged = run.samples[0].name
    result = (tmp_path / "out" / damaged).with_suffix(".json")
    for data in (b"{half", b"", b"\xff\xfe", b"[" * 100_000):
        result.write_bytes(data)
        with pytest.raises(DataError, match=f"{result.stem}.json"):
            run.annotations(damaged)
    report = run.report(tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text("utf-8").count("data:image/webp;base64,") == 5
    assert report.lead.startswith("8 of 9")


@pytest.mark.parametrize("wrong", [3, [], object()])
def test_a_report_s_path_that_is_none_is_a_sentence(run, wrong):
    with pytest.raises(SamError, match="A path is a text or a Path"):
        run.report(wrong)


@pytest.mark.parametrize("error", [PermissionError(13, "no"), OSError(28, "full")])
def test_a_disk_that_takes_nothing_is_a_sentence_and_the_same_call_goes_on_later(
    tmp_path, tiny, monkeypatch, error
):
    shoot(tmp_path / "photos", 2)
    said = {"model": Segmenter(tiny, "tiny"), "settings": OPEN, "progress": False}

    def refuse(*_):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("sam_widget.data_engine.places.os.replace", refuse)
        with pytest.raises(PlaceError, match=f"cannot be written: {error.strerror}"):
            annotate(tmp_path / "photos", tmp_path / "out", **said)
    assert not list((tmp_path / "out").glob("*.json"))
    assert annotate(tmp_path / "photos", tmp_path / "out", **said).done == 2
