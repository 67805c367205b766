"""Semi-automatic: what is filled in, what the annotator keeps of it, what it adds."""

from __future__ import annotations

from contextlib import closing

import numpy as np
import pytest

from sam_widget.data_engine import semi
from sam_widget.data_engine.annotator import Annotator, Pace
from sam_widget.data_engine.measured import SEMI
from sam_widget.data_engine.semi import Confident, confident, fill, semi_automatic
from sam_widget.errors import SamError
from sam_widget.made import Made
from sam_widget.models.thresholds import Thresholds
from sam_widget.regions import Region
from sam_widget.segment.segmenter import Segmenter
from tests.data_engine.pupils import Grows, disc, photo
from tests.segment.fake import FakeSegmenter
from tests.widget.page import PHOTO, Quiet

LARGE, SMALL, WRONG = disc(40, 45, 25), disc(95, 30, 15), disc(80, 75, 9)
PACE = Pace(look=3, click=2, verdict=1)


@pytest.fixture
def filled(monkeypatch):
    """What everything mode would find: nearly the large one twice, and what nobody wants."""
    made = Made("grows", "key", stage=SEMI)
    found = [Region(mask, made=made) for mask in (disc(40, 45, 24), disc(41, 45, 24), WRONG)]
    monkeypatch.setattr(semi, "confident", lambda *_: tuple(found))
    monkeypatch.setattr(semi, "segmenter_of", lambda model: model)
    return found


def test_what_is_right_stays_what_is_wrong_goes_what_is_missed_is_added(filled):
    model = Grows((LARGE, SMALL), clicks=2)
    found = semi_automatic(model, [photo("a.png", LARGE, SMALL)], Annotator(PACE))
    (image,) = found.images
    kept, added = image.regions
    assert kept is filled[0]  # the better of the two that agree with one thing
    assert kept.made.clicks is None
    assert added.mask == SMALL
    assert (added.made.clicks, added.made.seconds, added.made.stage) == (2, 7, SEMI)
    assert found.spent.verdicts == 3  # each mask that was filled in was looked at


def test_automatic_masks_do_not_count_as_made_by_hand(filled):
    model = Grows((LARGE, SMALL), clicks=2)
    told = semi_automatic(model, [photo("a.png", LARGE, SMALL)], Annotator(PACE)).measured
    assert (told.masks, told.by_hand) == (2, 1)
    assert told.masks_an_image == 2
    assert told.seconds == 7
    assert told.seconds_an_image == 7 + 3


def test_a_model_finds_what_it_is_sure_of(tiny):
    pixels = np.full((64, 96, 3), 200, np.uint8)
    pixels[16:48, 20:52] = (200, 30, 30)
    segmenter = Segmenter(tiny, "mini")
    loose = confident(segmenter, pixels, Confident(points=3))
    strict = confident(segmenter, pixels, Confident(points=3, strict=0.999))
    assert len(loose) > len(strict)
    for region in loose:
        assert region.size == (96, 64)
        assert region.made == Made("mini", segmenter.key, stage=SEMI)
        assert region.prompts


def test_strictness_lies_between_the_models_own_thresholds_and_one():
    search = Confident(strict=0.5).settings(Thresholds(0.6, 0.8)).search
    assert search.pred_iou_thresh == pytest.approx(0.8)
    assert search.stability_score_thresh == pytest.approx(0.9)
    with pytest.raises(SamError, match="strict"):
        Confident(strict=2)


def test_a_widget_is_filled_in_one_step(monkeypatch):
    found = [Region(disc(20, 20, 9, PHOTO.shape[1::-1]), predicted_iou=0.9)] * 2
    monkeypatch.setattr(semi, "confident", lambda *_: tuple(found))
    monkeypatch.setattr(semi, "segmenter_of", lambda model: model)
    with closing(Quiet(PHOTO.copy(), FakeSegmenter())) as w:
        ids = fill(w)
        assert [region.id for region in w.objects] == list(ids)
        assert all(region.locked and region.mask == found[0].mask for region in w.objects)
        w.undo()
        assert w.objects == ()
