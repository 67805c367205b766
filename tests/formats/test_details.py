"""Choices of detail side by side: fewer corners, and what they cost."""

from __future__ import annotations

from sam_widget import Annotated, Mask, Region, polygon_details, write_annotations
from tests.formats import shapes

REGION = Region(Mask.from_array(shapes.blob((900, 600))), "thing")


def test_fewer_corners_cost_more():
    found = polygon_details([REGION], ["exact", 1, 4]).choices
    corners = [each.corners for each in found]
    ious = [each.loss.mean_iou for each in found]
    assert corners[0] > corners[1] > corners[2] > 12
    assert 1 == ious[0] > ious[1] > ious[2] > 0.9
    assert corners[0] == sum(len(ring) for polygon in REGION.polygons() for ring in polygon)


def test_it_is_what_an_export_loses(tmp_path):
    (found,) = polygon_details([REGION], [2.0]).choices
    image = Annotated("a.png", REGION.size, (REGION,))
    loss = write_annotations(image, tmp_path, "geojson", detail=2.0)
    assert loss.mean_iou == found.loss.mean_iou


def test_it_is_a_table():
    found = polygon_details([REGION], ["exact", 1.5])
    assert repr(found).splitlines()[0].split() == ["detail", "corners", *["mean", "IoU", "lowest", "IoU"], "changed"]  # fmt: skip  # noqa: E501
    assert "1.5 px" in repr(found)
    assert found._repr_html_().count("<tr>") == 3
    assert [each.loss.objects for each in polygon_details([]).choices] == [0] * 5
