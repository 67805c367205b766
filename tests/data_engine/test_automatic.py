"""One photo without a click: its masks, and what each filter dropped."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from sam_widget.data_engine.automatic import Settings, _cleaned, automatic
from sam_widget.errors import SamError
from sam_widget.masks import Mask
from sam_widget.segment.everything.find import Proposal
from sam_widget.segment.everything.funnel import Funnel
from sam_widget.segment.everything.search import Search
from sam_widget.segment.segmenter import Segmenter
from tests.data_engine.folders import OPEN, jpeg


def square(x: int, y: int, side: int, iou: float, hole: int = 0) -> Proposal:
    array = np.zeros((100, 100), bool)
    array[y : y + side, x : x + side] = True
    array[y + 2 : y + 2 + hole, x + 2 : x + 2 + hole] = False
    mask = Mask.from_array(array)
    return Proposal(mask.box, iou, 1.0, (0.5, 0.5), (0, 0, 100, 100), mask, (100, 100))


def test_a_photo_has_its_name_its_masks_and_a_funnel_that_counts_them(tiny, tmp_path):
    (tmp_path / "cup.jpg").write_bytes(jpeg(0))
    said, funnel = automatic(tmp_path / "cup.jpg", Segmenter(tiny, "tiny"), OPEN, progress=False)
    assert (said.name, said.size) == ("cup.jpg", (60, 40))
    assert funnel.kept == len(said.regions) > 0
    assert (funnel.points, funnel.masks) == (4, 12)
    for region in said.regions:
        assert region.made.stage == "fully-automatic"
        assert (region.made.model, region.made.fingerprint) == ("tiny", Segmenter(tiny).key)
        assert len(region.prompts) == 1
        assert region.area >= 4
        assert region.area < 0.95 * 60 * 40
    ious = [region.predicted_iou for region in said.regions]
    assert ious == sorted(ious, reverse=True)


def test_pixels_have_no_name(tiny):
    said, _ = automatic(np.zeros((20, 30, 3), np.uint8), tiny, OPEN, progress=False)
    assert (said.name, said.size) == ("image", (30, 20))


def test_specks_holes_and_what_is_nearly_everything_go_and_are_counted():
    found = (
        square(0, 0, 100, 0.9),  # all of it
        square(10, 10, 5, 0.8),  # 25 px
        square(40, 40, 30, 0.7, hole=4),
        square(40, 40, 30, 0.6),  # what the last one is without its hole
        square(5, 60, 20, 0.95),
    )
    funnel = Funnel(points=5, masks=15, predicted_iou=10)
    kept, counted = _cleaned(found, funnel, Settings(Search(2)), Search(2))
    assert [each.predicted_iou for each in kept] == [0.95, 0.6]
    assert counted == replace(funnel, cleaned=1, too_small=1, too_large=1)
    assert counted.kept == len(kept)
    assert kept[1].mask.area == 900


def test_without_cleaning_all_stays_but_the_whole_image():
    found = (square(0, 0, 100, 0.9), square(10, 10, 5, 0.8))
    loose = Settings(smallest_piece=0, largest=1)
    kept, counted = _cleaned(found, Funnel(1, 3, 1), loose, Search(2))
    assert [each.predicted_iou for each in kept] == [0.8]
    assert (counted.too_large, counted.too_small, counted.cleaned) == (1, 0, 0)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"search": 3}, "search is a Search"),
        ({"largest": 0}, "largest is a share above 0 and up to 1, not 0"),
        ({"largest": 1.2}, "largest is a share above 0 and up to 1, not 1.2"),
        ({"smallest_piece": -1}, "smallest_piece is a number of at least 0"),
    ],
)
def test_settings_that_cannot_be(wrong, sentence):
    with pytest.raises(SamError, match=sentence):
        Settings(**wrong)


def test_settings_are_json():
    grids = Settings(Search(None, point_grids=[np.array([[0.5, 0.25]])]))
    told = json.loads(json.dumps(grids.to_json()))
    assert told["search"]["point_grids"] == [[[0.5, 0.25]]]
    assert Settings().to_json() == {"search": None, "smallest_piece": 100, "largest": 0.95}


def test_what_are_no_settings_is_said(tiny):
    with pytest.raises(SamError, match=r"settings are Settings\(\.\.\.\), not Search"):
        automatic(np.zeros((9, 9, 3), np.uint8), tiny, Search(2))
