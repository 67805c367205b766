"""A page of sections: HTML that needs nothing else, Markdown with pictures, and JSON."""

from __future__ import annotations

import base64
import json
import re

import pytest

from sam_widget.reports import (
    Drawing,
    Facts,
    Picture,
    Pictures,
    Report,
    ReportError,
    Section,
    Table,
    Words,
)
from sam_widget.reports.here import clock, versions

EVIL = "<script>alert(1)</script> | `a` *b*\n# c"
TABLE = Table(("what", "count"), ((EVIL, "1,200 px"), ("b", "-")))


@pytest.fixture
def report():
    blocks = (
        Words(EVIL),
        Facts(((EVIL, EVIL),)),
        TABLE,
        Picture(b"one", "webp", EVIL),
        Pictures((Picture(b"two", "png", "two"), Picture(b"three", "png", "three"))),
        Drawing("<svg></svg>", TABLE),
    )
    return Report("A title", EVIL, (Section(EVIL, blocks),), {"a": [1, "é"]}, "the foot")


def test_a_page_holds_its_pictures_and_fetches_nothing(report, tmp_path):
    page = report.save(tmp_path / "deep" / "report.html").read_text("utf-8")
    sources = re.findall(r'src="([^"]+)"', page)
    assert [base64.b64decode(each.partition(",")[2]) for each in sources] == [
        b"one",
        b"two",
        b"three",
    ]
    assert not re.findall(r"https?:|@import|<link|url\(", page)
    assert sorted(each.name for each in (tmp_path / "deep").iterdir()) == [
        "report.html",
        "report.json",
    ]
    assert json.loads((tmp_path / "deep" / "report.json").read_text("utf-8")) == {"a": [1, "é"]}


def test_no_text_becomes_markup(report):
    for page in (report.html(), report._repr_html_()):
        assert "<script" not in page
        assert page.count("&lt;script&gt;") >= 7


def test_it_is_light_and_dark(report):
    page = report.html()
    assert "color-scheme:light dark" in page
    assert "light-dark(" in page
    assert "var(--jp-content-font-color1" in report._repr_html_()


def test_markdown_has_its_pictures_beside_it(report, tmp_path):
    text = report.save(tmp_path / "my report.md").read_text("utf-8")
    names = re.findall(r"\]\(my%20report_pictures/([\w.]+)\)", text)
    found = [(tmp_path / "my report_pictures" / name).read_bytes() for name in names]
    assert found == [b"one", b"two", b"three"]
    assert (tmp_path / "my report.json").exists()
    assert "<script" not in text.replace("\\<script", "")
    assert "\n# c" not in text
    (head, line, first, _) = [each for each in text.splitlines() if each.startswith("| ")][-4:]
    assert head == "| what | count |"
    assert line == "| --- | ---: |"
    assert first.replace("\\|", "").count("|") == 3


@pytest.mark.parametrize("name", ["report", "report.pdf", "report.json"])
def test_other_endings_are_refused(report, tmp_path, name):
    with pytest.raises(ReportError, match=rf"written as \.html or \.md, not as '{name}'"):
        report.save(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_said(report, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ReportError, match="cannot be written"):
        report.save(tmp_path / "file" / "report.html")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.04, "0.0 s"), (59.94, "59.9 s"), (200, "3 min 20 s"), (7500, "2 h 05 min")],
)
def test_times_are_said_as_people_say_them(seconds, said):
    assert clock(seconds) == said


def test_versions_are_those_of_what_is_at_work():
    import torch

    assert versions()["torch"] == torch.__version__


def test_numbers_stand_at_the_right():
    rows = (("1", "2 min 03 s", "a"), ("-", "4.5 s", "1"))
    page = Table(("n", "took", "name"), rows).html()
    assert re.findall(r'<th( class="number")?>(\w+)', page) == [
        (' class="number"', "n"),
        (' class="number"', "took"),
        ("", "name"),
    ]
