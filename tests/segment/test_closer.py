"""A closer look: which window, what is asked there, and what becomes of the two answers."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sam_widget.document.blobs import Blobs
from sam_widget.document.records import Box, Point, Window
from sam_widget.geometry import Frame
from sam_widget.masks import Mask
from sam_widget.segment import closer
from sam_widget.segment.answers.eye import Eye
from sam_widget.segment.embeddings.cache import EmbeddingCache
from sam_widget.segment.prompts import Prediction, Prompts
from tests.segment.fake import FakeSegmenter
from tests.segment.hills import Hills

GOLDEN = Path(__file__).parents[1] / "golden" / "windows.json"
CASES = json.loads(GOLDEN.read_text(encoding="utf-8"))
SIZE = WIDTH, HEIGHT = 64, 48
NUMBERS = np.array([0.9, 0.8, 0.7], np.float32)


def rectangle(size, box):
    array = np.zeros(size[::-1], bool)
    array[box[1] : box[3], box[0] : box[2]] = True
    return Mask.from_array(array)


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(map(str, case["mask"])))
def test_the_window_round_a_mask_is_the_pages(case):
    width, height, *box = case["mask"]
    assert list(closer.window_round(rectangle((width, height), box))) == case["window"]


def test_what_is_asked_lies_in_the_window_in_its_own_pixels():
    asked = Prompts(points=[[12, 8], [50, 8]], labels=[1, 0], box=(5, 5, 30, 20))
    here = closer.inside(asked, (10, 4, 40, 24))
    assert here.points.tolist() == [[2, 4]]
    assert here.labels.tolist() == [1]
    assert here.box.tolist() == [0, 1, 20, 16]
    assert closer.inside(asked, (40, 30, 60, 40)).box is None


def test_a_window_is_asked_with_the_mask_so_far():
    first = rectangle(SIZE, (20, 10, 30, 20))
    seen = FakeSegmenter().embed(np.zeros((16, 16, 3), np.uint8))
    asked = closer.question(Prompts(points=[[25, 15]], labels=[1]), first, (16, 8, 32, 24), seen)
    assert asked.box.tolist() == [4, 2, 14, 12]
    on = asked.logits > 0
    assert (on.sum(), on[2:12, 4:14].sum()) == (100, 100)  # one sample a pixel here
    assert not asked.ambiguous


def logits(frame, box, side=64):
    grid = np.full((side, side), -5, np.float32)
    x0, y0, x1, y1 = box
    grid[y0:y1, x0:x1] = 5
    return np.stack([grid, grid - 1, grid - 2])


def said(frame, box):
    return Prediction(logits(frame, box), NUMBERS, NUMBERS, ("best", "a", "b"), 0, frame)


def test_inside_the_window_the_closer_look_counts_outside_the_first():
    first = said(Frame(*SIZE, 64), (10, 10, 50, 30))
    near = said(Frame(16, 16, 64), (0, 0, 32, 64))  # the left half of the window
    mask = closer.joined(near, (40, 12, 56, 28), first).mask(0).to_array()
    outside = np.ones(SIZE[::-1], bool)
    outside[12:28, 40:56] = False
    whole = [each.to_array()[outside] for each in first.masks()]
    assert any((mask[outside] == each).all() for each in whole)
    np.testing.assert_array_equal(mask[12:28, 40:56], near.mask(0).to_array())


def test_a_mask_all_in_the_window_is_the_closer_looks_alone():
    first = said(Frame(*SIZE, 64), (42, 14, 50, 20))
    near = said(Frame(16, 16, 64), (8, 8, 40, 40))
    both = closer.joined(near, (40, 12, 56, 28), first)
    (mask, *_) = both.masks()
    assert mask.size == SIZE
    assert mask.area == near.mask(0).area
    x0, y0, x1, y1 = near.mask(0).box
    assert mask.box == (x0 + 40, y0 + 12, x1 + 40, y1 + 12)


def test_it_is_cut_inside_and_outside_and_feeds_back_the_first_look():
    first = said(Frame(*SIZE, 64), (10, 10, 50, 30))
    near = said(Frame(16, 16, 64), (0, 0, 32, 64))
    both = closer.joined(near, (40, 12, 56, 28), first)
    assert both.cut(6).mask(0).area == 0
    assert any((both.fed(2) == each).all() for each in first.logits)
    assert not both.of_all
    assert first.of_all


def test_what_it_feeds_back_goes_on_from_the_candidate_that_is_seen():
    first = said(Frame(*SIZE, 64), (10, 10, 50, 30))
    grids = [logits(first.frame, box)[0] for box in ((10, 10, 50, 30), (42, 14, 46, 18))]
    first = replace(first, logits=np.stack([*grids, grids[0]]))
    near = said(Frame(16, 16, 64), (8, 8, 24, 24))  # 42, 14 to 46, 18 of the picture
    blank = np.full((64, 64), -5, np.float32)
    near = replace(near, logits=np.stack([near.logits[0], np.full_like(blank, 5), blank]))
    both = closer.joined(near, (40, 12, 56, 28), first)
    np.testing.assert_array_equal(both.fed(0), first.logits[1])
    np.testing.assert_array_equal(both.fed(1), first.logits[0])
    np.testing.assert_array_equal(both.fed(2), first.logits[first.best])  # none agrees


@pytest.mark.parametrize("kinds", [("point", "box", "mask"), ("point",)])
def test_a_window_beside_the_mask_changes_nothing(kinds):
    model, pixels = Kept(kinds), np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    eye = Eye(model, pixels, name="m", cache=EmbeddingCache(10_000), blobs=Blobs())
    embedding = eye.see(lambda: None)
    on, off = Point("p", "o", 8, 40), Point("q", "o", 60, 4, positive=False)
    beside = Window("w", "o", 50, 0, 64, 14)
    assert eye.predict(embedding, (on, off, beside)).of_all
    assert len(model.asked) == 1


class Kept(FakeSegmenter):
    """It keeps the sizes of what it was shown."""

    def __init__(self, kinds):
        super().__init__()
        self.kinds, self.shown = kinds, []

    def embed(self, pixels):
        self.shown.append(pixels.shape[1::-1])
        return super().embed(pixels)


@pytest.mark.parametrize("kinds", [("point", "box", "mask"), ("point",)])
def test_the_eye_looks_twice_and_into_each_window_once(kinds):
    model, pixels = Kept(kinds), np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    eye = Eye(model, pixels, name="m", cache=EmbeddingCache(10_000), blobs=Blobs())
    embedding = eye.see(lambda: None)
    window = Window("w", "o", 19.5, 10.2, 40, 30)
    for x in (30, 31):
        eye.predict(embedding, (Point("p", "o", x, 20), window))
    assert model.shown == [(64, 48), (21, 20)]
    first, second = model.asked[:2]
    assert first.kinds == ("point",)
    assert second.kinds == kinds
    assert second.points.tolist() == [[11, 10]]


def test_where_the_first_look_finds_nothing_it_is_the_answer():
    model, pixels = Kept(("point", "box", "mask")), np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    eye = Eye(model, pixels, name="m", cache=EmbeddingCache(10_000), blobs=Blobs())
    off = Point("p", "o", 30, 20, positive=False)
    answer = eye.predict(eye.see(lambda: None), (off, Window("w", "o", 0, 0, 20, 20)))
    assert [mask.area for mask in answer.masks()] == [0, 0, 0]
    assert len(model.shown) == 1


@pytest.mark.parametrize(
    ("corners", "why"),
    [
        ((0, 0, 0.5, 9), "A window is at least 1 px wide and high, not x 0 to 0.5, y 0 to 9."),
        ((0, 0, 90, 9), "The window's corner at x 90, y 9 lies outside the image of 64 x 48 px."),
        ((0, 0, 20, 20), None),
    ],
)
def test_a_window_lies_on_the_image(corners, why):
    assert Window("w", "o", *corners).fault(WIDTH, HEIGHT) == why
    assert not Window("w", "o", *corners).affirms()
    assert Box("b", "o", *corners).affirms()


def test_hills_have_a_summit_in_a_window_too():
    model, pixels = Hills(), np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    eye = Eye(model, pixels, name="m", cache=EmbeddingCache(10_000), blobs=Blobs())
    embedding = eye.see(lambda: None)
    plain = eye.predict(embedding, (Point("p", "o", 30.5, 20.5),))
    near = eye.predict(embedding, (Point("p", "o", 30.5, 20.5), Window("w", "o", 22, 12, 38, 28)))
    assert near.mask(0).area < plain.mask(0).area  # its radius is of the grid, which spans less
    assert near.mask(0).to_array()[20, 30]
