"""Mask: the golden bytes that TypeScript reads too, round trips, counts, bad input."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps
from pycocotools import mask as mask_utils

from sam_widget.masks import Mask, MaskError

GOLDEN = json.loads((Path(__file__).parent / "golden" / "masks.json").read_text("utf-8"))

SHAPES = nps.array_shapes(min_dims=2, max_dims=2, max_side=12)
ARRAYS = nps.arrays(np.bool_, SHAPES)
PAIRS = SHAPES.flatmap(lambda s: st.tuples(nps.arrays(np.bool_, s), nps.arrays(np.bool_, s)))


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_golden(case):
    array = np.array([[letter == "#" for letter in row] for row in case["rows"]])
    mask = Mask.from_array(array)
    assert mask.size == (case["width"], case["height"])
    assert list(mask.to_bytes()) == case["bytes"]
    np.testing.assert_array_equal(Mask.from_bytes(bytes(case["bytes"])).to_array(), array)


@given(ARRAYS)
def test_arrays_and_bytes_come_back(array):
    mask = Mask.from_array(array)
    np.testing.assert_array_equal(mask.to_array(), array)
    assert Mask.from_bytes(mask.to_bytes()) == mask
    assert hash(Mask.from_bytes(mask.to_bytes())) == hash(mask)


@given(ARRAYS)
def test_it_counts_what_numpy_counts(array):
    mask = Mask.from_array(array)
    ys, xs = np.nonzero(array)
    assert mask.area == array.sum()
    tight = (xs.min(), ys.min(), xs.max() + 1, ys.max() + 1) if array.any() else (0, 0, 0, 0)
    assert mask.box == tight
    assert mask.runs[1:].all()


@given(PAIRS)
def test_overlap(pair):
    a, b = (Mask.from_array(array) for array in pair)
    both, either = (pair[0] & pair[1]).sum(), (pair[0] | pair[1]).sum()
    assert a.intersection(b) == b.intersection(a) == both
    assert a.iou(b) == (both / either if either else 1.0)
    assert (a == b) == np.array_equal(*pair)


@given(ARRAYS)
def test_spans_come_back(array):
    mask = Mask.from_array(array)
    spans = mask.spans()
    assert Mask.from_spans(mask.size, spans) == mask
    width = mask.size[0]
    assert (spans[:, 0] // width == (spans[:, 1] - 1) // width).all()
    drawn = np.zeros(array.size, bool)
    for start, end in spans:
        drawn[start:end] = True
    np.testing.assert_array_equal(drawn.reshape(array.shape), array)


def test_spans_that_touch_are_one_run():
    whole = Mask.from_array(np.ones((2, 4), bool))
    assert Mask.from_spans((4, 2), [[0, 1], [1, 4], [4, 6], [6, 8]]) == whole
    assert Mask.from_spans((4, 2), []) == Mask.from_array(np.zeros((2, 4), bool))


@pytest.mark.parametrize(
    "spans", [[[2, 6]], [[4, 6], [0, 2]], [[2, 1]], [[-1, 2]], [[0, 2], [1, 3]]]
)
def test_spans_that_are_no_mask(spans):
    with pytest.raises(MaskError, match="spans come in order"):
        Mask.from_spans((4, 2), spans)


def test_spans_below_the_image():
    with pytest.raises(MaskError, match="does not lie in 4 x 2 px"):
        Mask.from_spans((4, 2), [[8, 9]])


@pytest.mark.filterwarnings("ignore:__array__:DeprecationWarning")  # pycocotools' own
@given(ARRAYS)
def test_coco_reads_its_run_lengths(array):
    coco = Mask.from_array(array).to_coco()
    assert coco["size"] == list(array.shape)
    assert all(type(count) is int for count in coco["counts"])
    assert all(coco["counts"][1:]), "only the first may be 0"
    decoded = mask_utils.decode(mask_utils.frPyObjects(coco, *array.shape))
    np.testing.assert_array_equal(decoded, array)
    assert Mask.from_coco(coco) == Mask.from_array(array)


def test_coco_counts_that_do_not_add_up():
    with pytest.raises(MaskError, match="add up to 5 px, not 2 x 3"):
        Mask.from_coco({"size": [3, 2], "counts": [5]})


def test_coco_reads_its_text_and_large_pictures():
    array = np.zeros((30, 40), bool)
    array[3:20, 5:33] = True
    text = mask_utils.encode(np.asfortranarray(array.astype(np.uint8)))
    assert Mask.from_coco(text) == Mask.from_array(array)
    assert Mask.from_coco({**text, "counts": text["counts"].decode()}) == Mask.from_array(array)
    wide = Mask.from_coco({"size": [50_000, 50_000], "counts": [50_000, 3, 2_499_949_997]})
    assert (wide.area, wide.box) == (3, (1, 0, 2, 3))


@pytest.mark.parametrize(
    ("coco", "sentence"),
    [
        (None, "COCO's run lengths are"),
        ({}, "COCO's run lengths are"),
        ({"size": 5, "counts": [1]}, "COCO's run lengths are"),
        ({"size": [3], "counts": [3]}, "COCO's run lengths are"),
        (np.zeros((99, 99)), "COCO's run lengths are"),
        ({"size": [3, 2], "counts": None}, "neither a list of numbers nor text"),
        ({"size": [3, 2], "counts": []}, "not all whole numbers"),
        ({"size": [3, 2], "counts": [1.5, 4.5]}, "not all whole numbers"),
        ({"size": [3, 2], "counts": [-1, 7]}, "not all whole numbers"),
        ({"size": [3, 2], "counts": [10**30]}, "add up to 10+ px, not 2 x 3"),
        ({"size": [0, 2], "counts": [0]}, "A mask of 2 x 0 px cannot be"),
        ({"size": [3, 2], "counts": "~"}, "characters that"),
        ({"size": [3, 2], "counts": "o" * 99}, "larger than any picture"),
    ],
)
def test_what_is_no_coco(coco, sentence):
    with pytest.raises(MaskError, match=sentence) as caught:
        Mask.from_coco(coco)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("array", "way_out"),
    [
        (np.zeros((2, 2)), "give mask > 0.5"),
        (np.full((2, 2), -3.5), "give mask > 0, where it holds a model's logits"),
        (np.array([[0, 255]], np.uint8), "give mask > 0."),
        (np.array([[0, 1, 2]]), "give mask == label for each label"),
        (np.zeros((1, 2, 2), bool), r"give mask.squeeze\(\)"),
        ([[True], [True, False]], r"not \[\[True\], \[True, False\]\]"),
        (None, "not object"),
    ],
)
def test_what_is_no_mask_has_a_way_out(array, way_out):
    with pytest.raises(MaskError, match=way_out):
        Mask.from_array(array)


def test_memory_order_does_not_matter():
    array = np.zeros((30, 40), bool)
    array[3:20, 5:33] = True
    for same in (np.asfortranarray(array), array[::-1][::-1], array.T.copy().T):
        assert Mask.from_array(same) == Mask.from_array(array)


def test_a_large_photo():
    y, x = np.ogrid[:1800, :1200]
    array = (x - 500) ** 2 + (y - 900) ** 2 < 400**2
    mask = Mask.from_array(array)
    assert len(mask.to_bytes()) < 10_000
    np.testing.assert_array_equal(mask.to_array(), array)


def test_it_never_changes():
    runs = np.array([0, 4], np.uint32)
    mask = Mask((2, 2), (0, 0, 2, 2), runs)
    with pytest.raises(ValueError, match="read-only"):
        mask.runs[0] = 1
    assert runs.flags.writeable
    assert mask != "mask"


@pytest.mark.parametrize(
    ("array", "sentence"),
    [
        (np.zeros((2, 2)), r"A mask is a \(H, W\) bool array, not float64 \(2, 2\)."),
        (np.zeros((1, 2, 2), bool), r"A mask is a \(H, W\) bool array, not bool \(1, 2, 2\)."),
        (np.zeros((0, 5), bool), "A mask of 5 x 0 px cannot be"),
    ],
)
def test_arrays_that_are_no_masks(array, sentence):
    with pytest.raises(MaskError, match=sentence):
        Mask.from_array(array)


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ([4, 4, 0, 0, 0], "20 bytes are no mask"),
        ([0, 4, 0, 0, 0, 0], "A mask of 0 x 4 px cannot be"),
        ([2**31, 2**31, 0, 0, 0, 0], "cannot be"),
        ([4, 4, 0, 0, 5, 4, 20], "does not lie in 4 x 4 px"),
        ([4, 4, 3, 0, 2, 4, 1], "does not lie in 4 x 4 px"),
        ([4, 4, 0, 0, 2, 2, 1, 2], "count 3 px, its box holds 4"),
        ([4, 4, 0, 0, 2, 2, 2**32 - 1, 5], "its box holds 4"),
        ([4, 4, 0, 0, 2, 2, 1, 0, 3], "never 0 after the first"),
        ([4, 4, 1, 1, 1, 1], "an empty box is zeros"),
    ],
)
def test_bytes_that_are_no_mask(numbers, sentence):
    with pytest.raises(MaskError, match=sentence):
        Mask.from_bytes(np.array(numbers, "<u4").tobytes())


def test_what_is_no_bytes():
    with pytest.raises(MaskError, match="bytes are bytes, not NoneType"):
        Mask.from_bytes(None)


def test_cut_bytes():
    with pytest.raises(MaskError, match="25 bytes are no mask"):
        Mask.from_bytes(bytes(25))


def test_masks_of_different_images_do_not_compare():
    with pytest.raises(MaskError, match="different images"):
        Mask.from_array(np.ones((2, 3), bool)).iou(Mask.from_array(np.ones((3, 2), bool)))
