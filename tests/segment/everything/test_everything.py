"""Everything in an image: the grid, the crops, what overlaps; shown as it goes, and stopped."""

from __future__ import annotations

import warnings
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import skimage.data
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sam_widget.masks import Mask
from sam_widget.segment import loaded as home
from sam_widget.segment.embeddings.cache import EmbeddingCache
from sam_widget.segment.everything.find import (
    Proposal,
    best_of_crops,
    best_within,
    everything,
    find_everything,
    without_small_pieces,
)
from sam_widget.segment.everything.search import Search, crop_boxes, grid, near_edge, suppress
from sam_widget.segment.segmenter import Segmenter
from tests.reference import segment_anything
from tests.segment import twins

OPEN = {"pred_iou_thresh": 0.0, "stability_score_thresh": 0.0}


@pytest.fixture(scope="module")
def segmenter():
    return Segmenter(twins.mini(256)[1], "mini", "everything")


@pytest.fixture(scope="module")
def coffee():
    return skimage.data.coffee()[::2, ::2].copy()


def found(box, iou=0.5, crop=(0, 0, 100, 100)) -> Proposal:
    array = np.zeros((100, 100), bool)
    x0, y0, x1, y1 = box
    array[y0:y1, x0:x1] = True
    return Proposal(box, iou, 1.0, (0.5, 0.5), crop, Mask.from_array(array), (100, 100))


def test_it_is_shown_as_it_goes(segmenter, coffee):
    sweeps = list(everything(segmenter, coffee, Search(5, points_per_batch=4, **OPEN)))
    assert [sweep.total for sweep in sweeps] == [25] * len(sweeps)
    assert all(a.done < b.done for a, b in pairwise(sweeps))
    assert len(sweeps) == 7
    assert sweeps[-1].done == 25
    early, last = sweeps[1].found, sweeps[-1].found
    assert 0 < len(early) < len(last)
    ious = [each.predicted_iou for each in last]
    assert ious == sorted(ious, reverse=True)
    for each in last:
        assert each.mask.size == (300, 200)
        assert each.mask.box == each.box
        x, y = each.point
        assert 0 < x < 300
        assert 0 < y < 200


def test_it_stops_when_nobody_asks_for_more(segmenter, coffee, monkeypatch):
    asked = []
    decode = Segmenter.decode_batch

    def counted(self, embedding, points, *rest, **named):
        asked.append(len(points))
        return decode(self, embedding, points, *rest, **named)

    monkeypatch.setattr(Segmenter, "decode_batch", counted)
    search = Search(10, points_per_batch=2, **OPEN)
    for sweep in everything(segmenter, coffee, search):
        if sweep.done >= 6:
            break
    assert sum(asked) == 6
    assert max(asked) == 2


def test_a_small_mask_is_kept_small(segmenter, coffee):
    """What waits for the end is a cut of the logits: no mask is drawn before it survives."""
    *_, last = everything(segmenter, coffee, Search(5, **OPEN))
    for each in last._here:
        assert "mask" not in vars(each)
        x0, y0, x1, y1 = each.box
        share = (x1 - x0) * (y1 - y0) / coffee[..., 0].size
        if share < 0.01 and each.stability_score > 0.5:
            assert each.drawing.nbytes < 0.2 * 64 * 64 * 4
    assert any("mask" not in vars(each) for each in last._here)


def test_with_a_bar_and_from_the_cache(segmenter, coffee, monkeypatch, capfd):
    cache = EmbeddingCache(2**28)
    monkeypatch.setattr(home, "shared_cache", lambda: cache)
    search = Search(3, **OPEN)
    first = find_everything(segmenter, coffee, search)
    assert "Everything" in capfd.readouterr().err
    monkeypatch.setattr(Segmenter, "embed", lambda *_: pytest.fail("encoded twice"))
    again = find_everything(segmenter, coffee, search, progress=False)
    assert not capfd.readouterr().err
    assert [each.mask for each in again] == [each.mask for each in first]


def test_a_name_and_a_file_will_do(tmp_path, coffee, monkeypatch):
    monkeypatch.setattr(home, "shared_cache", lambda: EmbeddingCache(2**28))
    file = tmp_path / "coffee.png"
    Image.fromarray(coffee).save(file)
    masks = find_everything("mini", file, Search(2, **OPEN), progress=False)
    assert masks
    assert masks[0].mask.size == (300, 200)


def test_crops_find_what_the_whole_does_not(segmenter, coffee):
    one = Search(3, **OPEN)
    two = Search(3, **OPEN, crop_n_layers=1)
    assert (one.points((300, 200)), two.points((300, 200))) == (9, 45)
    *_, last = everything(segmenter, coffee, two)
    crops = {each.crop for each in last.found}
    assert len(crops) > 2
    for each in last.found:
        x0, y0, x1, y1 = each.crop
        assert x0 <= each.box[0] <= each.box[2] <= x1
        assert y0 <= each.box[1] <= each.box[3] <= y1
        assert each.mask.box == each.box


@pytest.mark.parametrize("size", [(1, 1), (2, 90), (300, 3)])
def test_images_of_next_to_nothing(segmenter, size):
    pixels = np.full((*size[::-1], 3), 90, np.uint8)
    search = Search(2, **OPEN, crop_n_layers=1)
    *_, last = everything(segmenter, pixels, search)
    assert last.done == last.total == search.points(size)
    assert all(each.mask.size == size for each in last.found)


def test_a_crop_is_asked_in_the_images_own_pixels(segmenter, coffee):
    """What is found in a window is what is found in its pixels alone, moved."""
    x0, y0 = 40, 24
    part = np.ascontiguousarray(coffee[y0:180, x0:260])
    alone = segmenter.embed(part)
    window = replace(alone, frame=alone.frame.at(x0, y0))
    points = np.array([[[30.5, 60.5]], [[110.5, 70.5]]])
    labels = np.ones((2, 1))
    inside = segmenter.decode_batch(alone, points, labels, multimask=True)
    there = segmenter.decode_batch(window, np.add(points, (x0, y0)), labels, multimask=True)
    assert all(torch.equal(a, b) for a, b in zip(inside, there, strict=True))


def test_the_surest_drives_out_the_others():
    sure, less = found((10, 10, 50, 50), 0.9), found((11, 10, 50, 50), 0.8)
    apart = found((60, 60, 90, 90), 0.1)
    assert best_within([less, apart, sure], 0.7) == (sure, apart)
    assert best_within([less, apart, sure], 1.0) == (sure, less, apart)
    assert best_within([], 0.7) == ()


def test_the_smaller_crop_drives_out_the_larger():
    large = found((10, 10, 50, 50), 0.9)
    small = found((11, 10, 50, 50), 0.1, crop=(0, 0, 60, 60))
    assert best_of_crops([large, small], 0.7) == (small,)


def test_pieces_are_cleaned_and_doubles_go():
    clean = found((10, 10, 50, 50), 0.5)
    array = clean.mask.to_array()
    array[20:22, 20:22] = False
    array[90, 90] = True
    mask = Mask.from_array(array)
    torn = Proposal(mask.box, 0.9, 1.0, (0.5, 0.5), (0, 0, 100, 100), mask, (100, 100))
    (only,) = without_small_pieces([torn, clean], 5, 0.7)
    assert only is clean, "the untouched one is preferred"
    (alone,) = without_small_pieces([torn], 5, 0.7)
    assert alone.mask == clean.mask
    assert alone.box == clean.box
    assert alone.predicted_iou == torn.predicted_iou
    assert without_small_pieces([torn], 1, 0.7) == (torn,)


BOXES = st.tuples(*[st.integers(0, 40)] * 2, *[st.integers(1, 40)] * 2).map(
    lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3])
)


@settings(max_examples=60)
@given(st.lists(st.tuples(BOXES, st.sampled_from([0.1, 0.5, 0.9])), max_size=12), st.floats(0, 1))
def test_suppression_goes_from_the_best_down(given_boxes, overlap):
    boxes = np.array([box for box, _ in given_boxes], np.float32).reshape(-1, 4)
    scores = np.array([score for _, score in given_boxes], np.float32)
    kept = suppress(boxes, scores, overlap)
    assert list(scores[kept]) == sorted(scores[kept], reverse=True)

    def iou(a, b):
        a, b = a.tolist(), b.tolist()  # as exact as what is tested
        side = [min(a[i + 2], b[i + 2]) - max(a[i], b[i]) - 1 for i in (0, 1)]
        areas = [(c[2] - c[0] - 1) * (c[3] - c[1] - 1) for c in (a, b)]
        shared = max(side[0], 0) * max(side[1], 0)
        return shared / (sum(areas) - shared) if sum(areas) else 0.0

    for i, box in enumerate(boxes):
        over = [k for k in kept if k != i and iou(box, boxes[k]) > overlap]
        better = [k for k in over if scores[k] > scores[i] or (scores[k] == scores[i] and k < i)]
        assert bool(better) == (i not in kept)


@given(
    st.tuples(st.integers(30, 3000), st.integers(30, 3000)),
    st.integers(0, 3),
    st.floats(0.05, 0.6),
)
def test_the_crops_are_theirs(size, layers, overlap):
    theirs, numbers = segment_anything().utils.amg.generate_crop_boxes(size[::-1], layers, overlap)
    ours = crop_boxes(size, layers, overlap)
    assert [list(box) for box, _ in ours] == theirs
    assert [layer for _, layer in ours] == numbers


@given(st.integers(1, 40))
def test_the_grid_is_theirs(side):
    np.testing.assert_allclose(grid(side), segment_anything().utils.amg.build_point_grid(side))


@given(BOXES, BOXES, st.tuples(st.integers(80, 120), st.integers(80, 120)))
def test_the_edges_are_theirs(box, crop, size):
    last = torch.tensor([[box[0], box[1], box[2] - 1, box[3] - 1]])
    theirs = segment_anything().utils.amg.is_box_near_crop_edge(last, list(crop), [0, 0, *size])
    assert near_edge(box, crop, size) == bool(theirs)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"points_per_side": None}, "either points_per_side or point_grids"),
        ({"points_per_side": 4, "point_grids": [np.zeros((1, 2))]}, "either"),
        (
            {"points_per_side": None, "point_grids": [np.zeros((1, 2))], "crop_n_layers": 1},
            "needs 2 grids, not 1",
        ),
        ({"points_per_batch": 0}, "points_per_batch is .* from 1 to 1048576, not 0"),
        ({"points_per_side": 0}, "points_per_side is a whole number from 1 to 1024, not 0"),
        ({"points_per_side": -3}, "from 1 to 1024, not -3"),
        ({"points_per_side": 10**6}, "points_per_side is .* to 1024, not 1000000"),
        ({"crop_n_layers": 40}, "crop_n_layers is .* to 8, not 40"),
        ({"points_per_side": "a"}, "points_per_side is .* not 'a'"),
        ({"points_per_side": 2.5}, "points_per_side is .* not 2.5"),
        ({"crop_n_layers": -1}, "crop_n_layers is a whole number from 0 to 8, not -1"),
        ({"crop_n_layers": "1"}, "crop_n_layers is .* not '1'"),
        ({"crop_n_points_downscale_factor": 0}, "downscale_factor is .* from 1 to 1024, not 0"),
    ],
)
def test_searches_that_cannot_be(settings, sentence):
    with pytest.raises(ValueError, match=sentence):
        Search(**settings)


def test_whole_numbers_of_numpy_will_do():
    search = Search(np.int64(3), crop_n_layers=np.int32(0))
    assert search.points((10, 10)) == 9


def test_a_side_of_no_points():
    with pytest.raises(ValueError, match="at least one along each side"):
        Search(2, crop_n_layers=2, crop_n_points_downscale_factor=2).grids()


@pytest.mark.parametrize(
    ("given_grid", "sentence"),
    [
        (np.zeros(4), r"of shape \(4,\)"),
        (np.zeros((2, 3)), r"of shape \(2, 3\)"),
        (np.zeros((2, 3, 2)), r"of shape \(2, 3, 2\)"),
        (None, r"of shape \(\)"),
        ([["a", "b"]], "cannot become one"),
        ([[0.1], [0.1, 0.2]], "cannot become one"),
        ([[0.5, np.nan]], "holds NaN or infinity"),
    ],
)
def test_grids_that_cannot_be(given_grid, sentence):
    good = np.full((1, 2), 0.5)
    with pytest.raises(ValueError, match=rf"^point_grids\[1\] is an \(N, 2\) .* {sentence}\.$"):
        Search(None, crop_n_layers=1, point_grids=[good, given_grid])


@pytest.mark.parametrize("empty", [np.zeros((0, 2)), []], ids=["array", "list"])
def test_a_layer_without_points_is_left_out(segmenter, coffee, monkeypatch, empty):
    some, embed, seen = np.array([[0.3, 0.4], [0.6, 0.6]]), Segmenter.embed, []

    def watched(self, pixels):
        seen.append(pixels.shape)
        return embed(self, pixels)

    monkeypatch.setattr(Segmenter, "embed", watched)
    monkeypatch.setattr(home, "shared_cache", lambda: EmbeddingCache(0))
    found = {}
    for name, grids in {"crops": [empty, some], "whole": [some, empty]}.items():
        search = Search(None, crop_n_layers=1, point_grids=grids, **OPEN)
        found[name] = find_everything(segmenter, coffee, search, progress=False)
    alone = find_everything(segmenter, coffee, Search(None, point_grids=[some], **OPEN))
    assert len(seen) == 4 + 1 + 1, "what holds no point is not encoded"
    assert coffee.shape not in seen[:4]
    assert found["crops"]
    assert (0, 0, 300, 200) not in {each.crop for each in found["crops"]}
    assert [each.mask for each in found["whole"]] == [each.mask for each in alone] != []


def test_grids_without_any_point_find_nothing_and_say_so(segmenter, coffee):
    search = Search(None, crop_n_layers=1, point_grids=[[], np.zeros((0, 2))])
    (only,) = everything(segmenter, coffee, search)
    assert (only.done, only.total, only.found) == (0, 0, ())
    with pytest.warns(UserWarning, match=r"^Nothing was looked for: point_grids holds no point;"):
        assert find_everything(segmenter, coffee, search) == ()


def test_empty_masks_say_nothing_false(segmenter, coffee, monkeypatch):
    """Where the model sees nothing the numbers are as the reference's: an empty box, NaN."""
    decode = Segmenter.decode_batch

    def nothing(*given, **named):
        logits, iou = decode(*given, **named)
        return logits * 0 - 9, iou

    monkeypatch.setattr(Segmenter, "decode_batch", nothing)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        *_, last = everything(segmenter, coffee, Search(2, **OPEN))
        assert {each.box for each in last.found} == {(0, 0, 0, 0)}
        assert all(np.isnan(each.stability_score) for each in last.found)
        assert last.found[0].mask.area == 0
        *_, last = everything(segmenter, coffee, Search(2, pred_iou_thresh=0))
        assert last.found == ()


@pytest.mark.parametrize(
    ("too_high", "stability"),
    [
        ({"pred_iou_thresh": 2.0, "stability_score_thresh": 0.5}, "not measured"),
        ({"pred_iou_thresh": 0.0, "stability_score_thresh": 1.5}, None),
    ],
)
def test_thresholds_that_leave_nothing_are_told(segmenter, coffee, too_high, stability):
    all_of_them = Search(3, box_nms_thresh=1.0, **OPEN)
    seen = find_everything(segmenter, coffee, all_of_them, progress=False)
    with pytest.warns(UserWarning, match=r"^No mask was kept: ") as told:
        found = find_everything(segmenter, coffee, Search(3, **too_high), progress=False)
    assert found == ()
    assert len(told) == 1
    assert told[0].filename == __file__
    said = str(told[0].message)
    assert f"IoU was {max(each.predicted_iou for each in seen):.3f} (pred_iou" in said
    stability = stability or f"{max(each.stability_score for each in seen):.3f}"
    assert f"stability {stability} (stability" in said
    for name, value in too_high.items():
        assert f"({name}={value:g})" in said
