"""What a cell shows of our values: one short line, and a picture where there is one to see."""

import io

import numpy as np
import PIL.Image
import pytest

from sam_widget.geometry import Frame
from sam_widget.masks import Mask
from sam_widget.regions import Region
from sam_widget.segment.everything.find import Proposal, Sweep
from sam_widget.segment.everything.search import Search
from sam_widget.segment.prompts import Embedding, Prediction, Prompts

SHORT = 160  # characters
SIZE = (1200, 900)


def noisy(seed=0):
    return np.random.default_rng(seed).random((SIZE[1], SIZE[0])) > 0.7


def found(mask):
    return Proposal(mask.box, 0.91, 0.95, (3.5, 4.5), (0, 0, *SIZE), mask, SIZE)


def prediction():
    logits = np.random.default_rng(1).normal(size=(3, 256, 256)).astype(np.float32)
    scores = np.array([0.7, 0.9, 0.5], np.float32)
    return Prediction(logits, scores, scores, ("whole", "part", "subpart"), 1, Frame(*SIZE, 1024))


class Features:
    nbytes = 2**20
    embedding = np.zeros((256, 64, 64))


MASK = Mask.from_array(noisy())
VALUES = {
    "a mask": MASK,
    "an empty mask": Mask.from_array(np.zeros((3, 4), bool)),
    "a proposal": found(MASK),
    "a thing that was found": found(MASK).region(),
    "an object of a widget": Region(MASK, "cat", 0.9, 0.8, id="3f9a", locked=True),
    "a prediction": prediction(),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_picture_and_a_line(name):
    value = VALUES[name]
    assert len(repr(value)) < SHORT
    assert "\n" not in repr(value)
    with PIL.Image.open(io.BytesIO(value._repr_png_())) as picture:
        assert max(picture.size) <= 3 * 400 + 100
        assert picture.size[0] >= 4


@pytest.mark.parametrize(
    "value",
    [
        Prompts(),
        Prompts(np.zeros((900, 2)), np.ones(900), np.array([1, 2, 3, 4.5]), np.zeros((256, 256))),
        Embedding(Features(), Frame(*SIZE, 1024)),
        Sweep(64, 1024, 0.9, 0.9, (found(MASK),) * 100, (), Search()),
    ],
)
def test_a_line(value):
    assert len(repr(value)) < SHORT
    assert "\n" not in repr(value)


def test_a_cell_that_ends_in_what_was_found_is_short():
    assert len(repr((found(MASK),) * 11)) < 11 * SHORT


def test_the_line_says_what_it_is():
    small = Mask.from_array(np.eye(4, 5, dtype=bool))
    assert repr(small) == "<Mask: 4 px in (0, 0, 4, 4) of 5 x 4 px>"
    assert repr(prediction()) == (
        "<Prediction: whole 0.70, part 0.90, subpart 0.50; part leads; 1200 x 900 px>"
    )
    assert repr(Prompts(np.zeros((2, 2)), np.array([1, 0]))) == (
        "<Prompts: points 1 on the thing, 1 off it>"
    )


def test_the_picture_is_the_mask():
    array = np.zeros((40, 60), bool)
    array[10:20, 30:50] = True
    with PIL.Image.open(io.BytesIO(Mask.from_array(array)._repr_png_())) as picture:
        np.testing.assert_array_equal(np.array(picture) > 0, array)


class TestArray:
    """A Mask is an array to numpy."""

    def test_every_way_in(self):
        array = noisy()
        for given in (np.asarray(MASK), np.array(MASK), np.array(MASK, copy=True)):
            assert given.dtype == bool
            np.testing.assert_array_equal(given, array)
        for dtype in (np.uint8, float, "int32"):
            cast = np.asarray(MASK, dtype=dtype)
            assert cast.dtype == np.dtype(dtype)
            assert set(np.unique(cast)) == {0, 1}
        assert np.stack([MASK, MASK]).shape == (2, SIZE[1], SIZE[0])
        assert (np.logical_and(MASK, array) == array).all()
        assert np.count_nonzero(MASK) == MASK.area

    def test_what_comes_back_is_the_callers_own(self):
        np.asarray(MASK)[:] = False
        np.testing.assert_array_equal(MASK, noisy())

    def test_no_array_is_shared(self):
        with pytest.raises(ValueError, match="decoded into a new array"):
            np.array(MASK, copy=False)

    def test_matplotlib_shows_one(self):
        figure = pytest.importorskip("matplotlib.figure").Figure()
        shown = figure.subplots().imshow(found(MASK).mask)
        np.testing.assert_array_equal(shown.get_array(), noisy())
