"""Assisted-manual: what the simulated annotator clicks, what it costs, when it gives up."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from sam_widget.data_engine.annotator import Annotator, KnownPhotos, Pace
from sam_widget.data_engine.assisted import annotated_by_hand, assisted_manual
from sam_widget.data_engine.measured import ASSISTED, Measured
from sam_widget.errors import SamError
from sam_widget.training.data.demo import DrawnPhotos
from tests.data_engine.pupils import Grows, disc, photo
from tests.segment.fake import FakeSegmenter
from tests.widget.page import PHOTO, Quiet

LARGE, SMALL = disc(40, 45, 25), disc(95, 30, 15)
PACE = Pace(look=3, click=2, verdict=1)


def test_a_mask_knows_its_clicks_and_simulated_seconds():
    model = Grows((LARGE, SMALL), clicks=3)
    found = assisted_manual(model, [photo("a.png", SMALL, LARGE)], Annotator(PACE))
    (image,) = found.images
    assert (image.name, image.size) == ("a.png", (120, 90))
    assert [region.mask for region in image.regions] == [LARGE, SMALL]  # the largest first
    for region in image.regions:
        assert len(region.prompts) == region.made.clicks == 3
        assert region.made.seconds == 3 + 3 * 2  # the leading candidate was the right one
        assert region.made.stage == ASSISTED
        assert (region.made.model, region.made.fingerprint) == ("grows", model.key)
        assert region.locked
    assert model.fed == [False, True, True] * 2  # each answer goes into the next question


def test_clicks_go_where_it_is_wrong():
    model = Grows((LARGE,), clicks=2)
    (image,) = assisted_manual(model, [photo("a.png", LARGE)], Annotator(PACE)).images
    first, second = image.regions[0].prompts
    assert LARGE.to_array()[int(first.y), int(first.x)]
    assert second.x > 40  # the half that was missed
    assert first.positive
    assert second.positive


def test_choosing_another_candidate_costs_a_verdict():
    class Leads(Grows):
        def predict(self, embedding, prompts):
            return replace(super().predict(embedding, prompts), best=0)

    model = Leads((LARGE,), clicks=1)
    (image,) = assisted_manual(model, [photo("a.png", LARGE)], Annotator(PACE)).images
    (region,) = image.regions
    assert region.made.candidate == 1
    assert region.made.seconds == 3 + 2 + 1


def test_who_is_over_the_patience_goes_on_to_the_next_image():
    model = Grows((LARGE, SMALL), clicks=9)
    photos = [photo("a.png", LARGE, SMALL), photo("bb.png", LARGE)]
    found = assisted_manual(model, photos, Annotator(PACE, patience=10))
    assert [image.regions for image in found.images] == [(), ()]
    assert found.spent.given_up == 2
    assert found.spent.seconds == 2 * 9  # 3 + 3 * 2 s, and a fourth click would be over 10
    told = found.measured
    assert (told.images, told.masks, told.given_up, told.seconds) == (2, 0, 2, None)
    assert told.seconds_an_image == 9
    assert len(model.asked) == 6  # the small one was never begun


def test_a_better_model_takes_less():
    photos = [photo("a.png", LARGE, SMALL)]
    worse, better = (
        assisted_manual(Grows((LARGE, SMALL), clicks), photos, Annotator(PACE)).measured
        for clicks in (4, 1)
    )
    assert (worse.clicks, better.clicks) == (4, 1)
    assert worse.seconds > better.seconds
    assert better.seconds_an_image == 2 * better.seconds


def test_each_image_is_kept_before_the_next_and_stopping_keeps_those():
    kept = []

    def keep(image):
        kept.append(image)
        if len(kept) == 2:
            raise KeyboardInterrupt

    photos = [photo(name, LARGE) for name in ("a.png", "bb.png", "ccc.png")]
    found = assisted_manual(Grows((LARGE,), 1), photos, Annotator(PACE), keep)
    assert [image.name for image in kept] == ["a.png", "bb.png"]
    assert found.images == tuple(kept[:1])


def test_the_same_seed_clicks_the_same():
    runs = [
        assisted_manual(Grows((LARGE,), 3), [photo("a.png", LARGE)], Annotator(PACE, seed=seed))
        for seed in (1, 1, 2)
    ]
    places = [[(p.x, p.y) for p in run.images[0].regions[0].prompts] for run in runs]
    assert places[0] == places[1] != places[2]


def test_photos_of_the_training_package_are_known():
    drawn = DrawnPhotos(5, 64)
    photos = KnownPhotos(drawn, (3, 1))
    assert len(photos) == 2
    first, _ = photos
    assert first.name == "drawn-00003.png"
    assert first.pixels.shape[1] == 64
    assert {mask.size for mask in first.truths} == {first.pixels.shape[1::-1]}
    assert [m.area for m in first.truths] == [r.area for r in drawn[3].regions]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Pace(click=0), "a click over 0"),
        (lambda: Annotator(enough=1.5), "enough is an IoU"),
        (lambda: Annotator(PACE, patience=4), "over before the first click"),
    ],
)
def test_what_makes_no_sense_is_refused(make, said):
    with pytest.raises(SamError, match=said):
        make()


def test_of_a_person_clicks_and_seconds_come_from_the_history():
    with closing(Quiet(PHOTO.copy(), FakeSegmenter())) as w:
        w.add_point(10, 10)
        w.add_point(14, 12, positive=False)
        w.accept()
        w.add_point(40, 20)
        w.accept()
        w.add_objects([w.objects[0].mask])
        w.add_point(20, 20)  # and is still open
        image = annotated_by_hand(w, "mugs/a.jpg")
    first, second, third = image.regions
    assert (image.name, image.size) == ("mugs/a.jpg", PHOTO.shape[1::-1])
    assert (first.made.clicks, second.made.clicks) == (2, 1)
    assert first.made.seconds >= 0
    assert first.made.stage == second.made.stage == ASSISTED
    assert third.made is None or third.made.clicks is None  # nobody clicked for it
    told = Measured.of([image])
    assert (told.masks, told.by_hand, told.clicks) == (3, 2, 1.5)
    assert np.array_equal(first.array(), w.objects[0].array())
