"""Lesson 7: its answers; the sieve beside masks filtered one by one; the wheel says its log."""

import numpy as np
import pytest

from sam_widget.data_engine.log import Log, Round
from sam_widget.data_engine.measured import ASSISTED, AUTOMATIC, Measured
from sam_widget.lessons import check
from sam_widget.lessons.views.grid import Sieve, sieve_on
from sam_widget.lessons.views.turning import said_of, wheel_on
from sam_widget.segment.prompts import stability


def by_hand(logits):
    return (logits > 1).sum() / (logits > -1).sum()


@pytest.mark.parametrize("answer", [3072, "3072", 3 * 32 * 32])
def test_masks_are_counted(language, answer):
    assert check("7.1", answer)


@pytest.mark.parametrize("answer", [1024, 32, 4096, "3 x 32 x 32"])
def test_wrong_counts_get_a_hint(hinted, answer):
    assert hinted(check("7.1", answer))


def test_stability(language):
    assert check("7.2", by_hand)
    assert check("7.2", lambda logits: stability(logits[None])[0])


@pytest.mark.parametrize(
    "answer",
    [
        lambda logits: 1 / by_hand(logits),
        lambda logits: (logits > 0).mean(),
        lambda logits: (logits > 1).sum() / (logits > 0).sum(),
        lambda logits: ...,
        0.9,
    ],
    ids=["upside down", "area", "at 0", "nothing", "a number"],
)
def test_what_is_no_stability_gets_a_hint(hinted, answer):
    assert hinted(check("7.2", answer))


@pytest.mark.parametrize("answer", ["label", "a class name", "Category", "이름", "라벨"])
def test_what_sa1b_has_not(language, answer):
    assert check("7.3", answer)


@pytest.mark.parametrize("answer", ["area", "bbox", "the photo", 3])
def test_what_it_has(hinted, answer):
    assert hinted(check("7.3", answer))


@pytest.fixture(scope="module")
def sieve(study):
    return Sieve.of(study, side=5)


def test_each_filter_is_the_model_s_own(study, sieve):
    wanted = study.segmenter.thresholds
    everything, sure, steady, kept = sieve.left
    assert everything.all()
    for index in (0, 7, 12, 18):
        x, y = sieve.points[index]
        said = study.ask((float(x), float(y)))
        # ``ask`` sorts by area: compare as sets
        assert sorted(said.scores >= wanted.predicted_iou) == sorted(sure[index])
    assert (steady <= sure).all()
    assert (kept <= steady).all()
    assert sieve.counts == tuple(int(each.sum()) for each in sieve.left)


def test_of_doubles_one_stays(sieve):
    def boxed(mask):
        rows, columns = np.nonzero(mask)
        return np.array([columns.min(), rows.min(), columns.max(), rows.max()], float)

    boxes = [boxed(each) for each in sieve.masks[sieve.left[-1]]]
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            both = np.prod(
                np.clip(np.minimum(one, other)[2:] - np.maximum(one, other)[:2], 0, None)
            )
            either = np.prod(one[2:] - one[:2]) + np.prod(other[2:] - other[:2]) - both
            assert both <= 0.7 * either + 1e-6


def test_the_sieve_is_drawn(study, sieve):
    stage = sieve_on(study, sieve)
    assert len(stage.frames) == 5
    for frame, count in zip(stage.frames, sieve.counts, strict=False):
        assert str(count) in frame.caption
        assert len(frame.front) == len(sieve.points)
    assert len(stage.frames[-1].front) == sieve.counts[-1]


def test_the_wheel_says_what_the_log_does():
    by_people = Measured(3, 6, 6, 0, 2.5, 14.0, 30.0, ())
    alone = Measured(2, 9, 0, 0, None, None, None, ())
    log = Log(
        "a pace", 0.9, (Round(ASSISTED, "mini", by_people, 0.5), Round(AUTOMATIC, "2", alone))
    )
    assert said_of(log.rounds[0]) == (
        "3 photos, 6 masks",
        "2.0 masks a photo",
        "14.0 s a mask by hand",
        "2.5 clicks a mask",
        "50% of the things found",
    )
    assert said_of(log.rounds[1]) == ("2 photos, 9 masks", "4.5 masks a photo")
    stage = wheel_on(log)
    assert [each.caption for each in stage.frames] == ["round 1 of 2", "round 2 of 2"]
