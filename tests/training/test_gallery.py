"""The gallery clicks by the evaluation's rule, and shows the ranks that it is asked for."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from sam_widget import load_model
from sam_widget.segment.segmenter import Segmenter
from sam_widget.training.clicks import innermost
from sam_widget.training.data.photos import ShardPhotos
from sam_widget.training.evaluate import score_photo
from sam_widget.training.gallery import Answer, answers, at_rank, draw, main

from .conftest import OLD_COCO

pytestmark = OLD_COCO


def test_the_numbers_are_the_evaluations(shard):
    photos = ShardPhotos([shard])
    sam = load_model("mini", "cpu")
    found = answers(Segmenter(sam, "", ""), photos, 0)
    expected = sorted(score.values["one_click"] for score in score_photo(sam, photos[0]))
    assert np.allclose(sorted(a.iou for a in found), expected, atol=0.02)
    for answer in found:
        x, y = innermost(answer.wanted)
        assert answer.click == (x + 0.5, y + 0.5)


def answer(source: str, iou: float) -> Answer:
    mask = np.zeros((60, 90), np.bool_)  # the photos of the shard
    mask[2:5, 2:5] = True
    return Answer(0, source, (3.5, 3.5), mask, mask, iou)


@pytest.mark.parametrize(("rank", "expected"), [(0.0, 0.1), (0.5, 0.5), (1.0, 0.9)])
def test_each_source_shows_its_rank(rank, expected):
    found = [answer("a", iou) for iou in (0.9, 0.1, 0.5)] + [answer("b", 0.05)]
    chosen = at_rank(found, rank)
    assert [(a.source, a.iou) for a in chosen] == [("b", 0.05), ("a", expected)]


def test_every_answer_has_its_picture(shard):
    photos = ShardPhotos([shard])
    figure = draw([answer("a", 0.25), answer("b", 0.5)], photos, columns=3)
    titles = [axes.get_title() for axes in figure.axes]
    assert titles == ["a  0.25", "b  0.50", ""]


def test_the_command_writes_a_picture(shard, tmp_path):
    main(["--data", str(shard), "--out", str(tmp_path / "out.png"), "--photos", "1"])
    with Image.open(tmp_path / "out.png") as picture:
        assert picture.width > 500
