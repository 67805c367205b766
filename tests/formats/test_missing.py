"""Without an extra's packages: what needs none works, and the rest says what to install."""

from __future__ import annotations

import sys

import pytest

from sam_widget import Annotated, Mask, Region, SamError, read_annotations, write_annotations
from sam_widget.formats.doors import FORMATS
from tests.formats import shapes

IMAGE = Annotated("a.jpg", (4, 4), (Region(Mask.from_array(shapes.PINCHED), "cup"),))


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    for name in ("pycocotools", "shapely", "yaml"):
        monkeypatch.setitem(sys.modules, name, None)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"yolo", "cutouts"}))
def test_most_formats_need_nothing_more(tmp_path, name):
    write_annotations(IMAGE, tmp_path, name)
    (found,) = read_annotations(tmp_path, name)
    assert found == IMAGE


def test_what_is_missing_is_said(tmp_path):
    write_annotations(IMAGE, tmp_path / "yolo", "yolo")
    for door in (
        lambda: write_annotations(IMAGE, tmp_path, "coco", masks="polygons"),
        lambda: write_annotations(IMAGE, tmp_path, "geojson", detail=1.0),
        lambda: IMAGE.regions[0].polygons(detail=1.0),
        lambda: list(read_annotations(tmp_path / "yolo")),
    ):
        with pytest.raises(SamError, match=r"pip install 'sam_widget\[formats\]'\.$"):
            door()
