"""What each filter of everything mode drops: counted as it happens, and drawn."""

from __future__ import annotations

import re

import numpy as np
import pytest
import skimage.data

from sam_widget.segment.everything.find import everything
from sam_widget.segment.everything.funnel import WORDS, Funnel
from sam_widget.segment.everything.search import Search
from sam_widget.segment.segmenter import Segmenter
from tests.segment import twins

ONE = Funnel(9, 27, 10, 4, 1, 5, 2, 1)


@pytest.fixture(scope="module")
def segmenter():
    return Segmenter(twins.mini(256)[1], "mini", "funnel")


@pytest.fixture(scope="module")
def coffee():
    return skimage.data.coffee()[::2, ::2].copy()


@pytest.mark.parametrize(("layers", "iou", "stability"), [(0, 0.0, 0.0), (1, 0.2, 0.5)])
def test_every_mask_that_came_up_is_kept_or_counted_as_dropped(
    segmenter, coffee, layers, iou, stability
):
    search = Search(3, pred_iou_thresh=iou, stability_score_thresh=stability, crop_n_layers=layers)
    *_, last = everything(segmenter, coffee, search)
    funnel = last.funnel
    assert funnel.points == search.points((300, 200)) == 9 + 36 * layers
    assert funnel.masks == 3 * funnel.points
    assert funnel.kept == len(last.found)
    assert min(funnel.predicted_iou, funnel.stability, funnel.overlap, funnel.crop_edge) >= 0
    assert (funnel.predicted_iou > 0) <= (iou > 0)
    assert (funnel.stability > 0) <= (stability > 0)
    assert (funnel.crop_overlap + funnel.crop_edge > 0) <= (layers > 0)


def test_each_filter_drops_what_no_earlier_one_does(segmenter, coffee):
    *_, open_ = everything(
        segmenter, coffee, Search(4, pred_iou_thresh=0, stability_score_thresh=0)
    )
    ious = np.array([each.predicted_iou for each in open_._here])
    middle = float(np.median(ious))
    *_, shut = everything(
        segmenter, coffee, Search(4, pred_iou_thresh=middle, stability_score_thresh=0)
    )
    assert shut.funnel.predicted_iou == (ious <= middle).sum() > 0


def test_they_add_up():
    assert Funnel() + ONE == ONE
    both = ONE + ONE
    assert (both.masks, both.kept) == (54, 8)
    assert [stage.left for stage in ONE.stages()] == [17, 13, 12, 7, 5, 4, 4, 4]
    assert ONE.stages()[-1].left == ONE.kept


def test_it_says_what_it_drops():
    assert repr(ONE).splitlines() == [
        "<Funnel",
        "       27 masks of 9 points",
        "      -10 predicted IoU too low",
        "       -4 not stable",
        "       -1 cut off by a crop",
        "       -5 a surer mask is there",
        "       -2 seen larger in a crop",
        "       -1 too small",
        "        4 kept>",
    ]


def test_the_drawings_have_a_bar_for_every_filter_that_drops_some():
    drawn = ONE._repr_html_()
    assert drawn.startswith("<svg")
    for name, words in WORDS.items():
        assert (words in drawn) is bool(getattr(ONE, name))
    bars = [float(width) for width in re.findall(r'width="([\d.]+)"[^>]*fill="#56b4e9"', drawn)]
    assert np.allclose(
        np.array(bars) / bars[0], np.array([27, 17, 13, 12, 7, 5, 4]) / 27, atol=0.01
    )
    axes = ONE.plot()
    assert axes.get_yticklabels()[0].get_text() == "proposed"
    assert len(axes.get_yticklabels()) == 7


def test_one_of_nothing_can_be_drawn():
    assert "0 masks proposed, 0 kept" in Funnel()._repr_html_()
    assert Funnel().plot().get_xlabel() == "masks"
