"""What an export lost is measured on the masks that come back."""

from __future__ import annotations

import numpy as np

from sam_widget import Mask, Region
from sam_widget.formats.annotated import Annotated
from sam_widget.formats.loss import Loss

RING = np.pad(np.pad(np.zeros((1, 2), bool), 1, constant_values=True), 1)
FILLED = RING.copy()
FILLED[2, 2:4] = True


def annotated(*arrays):
    regions = tuple(Region(Mask.from_array(each), "ring") for each in arrays)
    return Annotated("a.png", regions[0].size, regions)


def test_a_filled_hole_is_counted():
    loss = Loss.of("F", annotated(RING), [Mask.from_array(FILLED)])
    (lost,) = loss.lost
    assert (lost.missing, lost.added, lost.parts, lost.holes) == (0, 2, 0, 1)
    assert lost.iou == 10 / 12 == loss.mean_iou
    assert not loss.exact
    assert "object 0 'ring': IoU 0.8333, 2 px added, 1 hole fewer" in repr(loss)
    assert "<td>0.8333</td>" in loss._repr_html_()


def test_what_does_not_come_back_counts_as_nothing():
    loss = Loss.of("F", annotated(RING, FILLED), [None, Mask.from_array(FILLED)])
    assert loss.mean_iou == 0.5
    assert loss.worst is loss.lost[0]
    assert "does not come back" in repr(loss)


def test_an_empty_mask_that_is_gone_is_no_loss():
    assert Loss.of("F", annotated(RING & False), [None]).exact


def test_losses_add_up():
    one = Loss.of("F", annotated(RING), [None], ["label"], ["A note."])
    both = one + Loss.of("F", annotated(RING), [Mask.from_array(RING)], ["label", "prompts"])
    assert (both.images, both.objects, len(both.lost)) == (2, 2, 1)
    assert both.unsaid == ("label", "prompts")
    assert "It has no room for: label, prompts." in repr(both)
    assert [row["iou"] for row in both.rows()] == [0.0]


def test_names_of_others_are_no_html():
    region = Region(Mask.from_array(RING), "<b>")
    loss = Loss.of("F", Annotated("<i>.png", region.size, (region,)), [None])
    assert "<b>" not in loss._repr_html_()
    assert "&lt;i&gt;.png" in loss._repr_html_()
