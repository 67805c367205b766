"""Which window of a huge picture a model looks into, and what is said there."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sam_widget.document.blobs import Blobs
from sam_widget.document.records import Box, Point, Stroke, Window
from sam_widget.geometry import Frame
from sam_widget.masks import Mask
from sam_widget.segment.mask_prompt import GivenMask
from sam_widget.segment.prompts import Prediction
from sam_widget.segment.windows import HELD, SIDE, Look, holding, looked_at, moved, windowed

SIZE = (20_000, 13_000)
NONE = Blobs()


@st.composite
def areas(draw):
    xs = sorted(draw(st.floats(0, SIZE[0])) for _ in range(2))
    ys = sorted(draw(st.floats(0, SIZE[1])) for _ in range(2))
    return xs[0], ys[0], xs[1], ys[1]


@given(areas())
def test_a_window_holds_its_area_and_is_no_larger_than_it_must_be(area):
    look = holding(area, SIZE)
    x0, y0, x1, y1 = look.box
    assert 0 <= x0 <= area[0]
    assert 0 <= y0 <= area[1]
    assert area[2] <= x1 <= SIZE[0]
    assert area[3] <= y1 <= SIZE[1]
    longer = max(area[2] - area[0], area[3] - area[1])
    assert longer <= HELD * SIDE * look.shrink
    assert look.shrink == 1 or longer > HELD * SIDE * look.shrink / 2
    assert x1 - x0 == min(SIDE * look.shrink, SIZE[0])
    assert y1 - y0 == min(SIDE * look.shrink, SIZE[1])


@given(areas())
def test_a_wider_window_has_the_first_in_it(area):
    look = holding(area, SIZE)
    wider = look.wider(SIZE)
    assert wider.shrink == 2 * look.shrink or look.box == (0, 0, *SIZE)
    assert wider.box[0] <= look.box[0]
    assert wider.box[3] >= look.box[3]


def test_who_stays_in_one_place_stays_in_one_window():
    seen = Window("w", "o", 5000, 5000, 5600, 5400)
    clicks = [Point("p", "o", x, y) for x in (5001, 5300, 5599) for y in (5001, 5200, 5399)]
    assert len({looked_at((seen, each), SIZE, NONE) for each in clicks}) == 1
    beside = Window("w", "o", 5020, 5010, 5620, 5410)
    assert looked_at((beside, clicks[0]), SIZE, NONE) == looked_at((seen, clicks[0]), SIZE, NONE)


def test_a_window_holds_every_prompt_wherever_one_looks_now():
    seen = Window("w", "o", 5000, 5000, 5600, 5400)
    far = Point("p", "o", 9000, 5200)
    look = looked_at((seen, far), SIZE, NONE)
    assert look.shrink == 8
    assert look.box[0] <= 5000
    assert look.box[2] >= 9000
    assert looked_at((Box("b", "o", 10, 10, 3000, 40),), SIZE, NONE).shrink == 8


def test_without_a_window_a_click_is_in_the_middle_of_its_own_pixels():
    look = looked_at((Point("p", "o", 9000, 7000),), SIZE, NONE)
    assert look.shrink == 1
    x, y = 9000 - look.box[0], 7000 - look.box[1]
    assert SIDE / 4 < x < 3 * SIDE / 4
    assert SIDE / 4 < y < 3 * SIDE / 4


def test_masks_end_at_the_picture_s_borders_and_leave_a_window_s():
    look = Look((0, 256, 1024, 1280), 1)
    assert not look.leaves((0, 300, 500, 1279), SIZE)
    assert look.leaves((0, 256, 500, 900), SIZE)
    assert look.leaves((10, 300, 1024, 900), SIZE)
    assert not look.leaves((0, 0, 0, 0), SIZE)


def test_prompts_are_said_in_the_window_s_pixels():
    look, blobs = Look((4096, 2048, 8192, 6144), 4), Blobs()
    mask = np.zeros((SIZE[1], SIZE[0]), bool)
    mask[3000:4000, 5000:5600] = True
    given = GivenMask(Mask.from_array(mask))
    prompt = given.prompt(blobs.put(given.data[0]))
    said = moved(
        (
            Window("w", "o", 0, 0, 9, 9),
            Point("p", "o", 4100, 2064, positive=False),
            Box("b", "o", 4096, 2048, 4136, 2448),
            Stroke("s", "o", (4096, 2048, 4496, 2448), 40),
            prompt,
        ),
        look,
        blobs,
    )
    point, box, stroke, part = said
    assert (point.x, point.y, point.positive) == (1, 4, False)
    assert (box.x0, box.y0, box.x1, box.y1) == (0, 0, 10, 100)
    assert stroke.path == (0, 0, 100, 100)
    assert stroke.width == 10
    there = Mask.from_bytes(blobs.get(part.blob))
    assert there.size == (1024, 1024)
    assert there.box == (226, 238, 376, 488)


@pytest.mark.parametrize("corner", [(0, 0), (4096, 2048)])
def test_what_is_said_of_a_window_lies_where_it_does_in_the_picture(corner):
    left, top = corner
    logits = np.full((3, 256, 256), -6, np.float32)
    logits[:, 64:128, 32:192] = 6
    said = Prediction(logits, np.ones(3), np.ones(3), ("a", "b", "c"), 0, Frame(1024, 1024, 1024))
    look = Look((left, top, left + 4096, top + 4096), 4)
    mask = windowed(said, look, SIZE).mask(0)
    assert mask.size == SIZE
    x0, y0, x1, y1 = mask.box
    wanted = left + 512, top + 1024, left + 3072, top + 2048
    assert np.abs(np.subtract((x0, y0, x1, y1), wanted)).max() <= 16  # a sample of the grid
    assert not windowed(said, look, SIZE).of_all
