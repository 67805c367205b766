"""A widget on a huge picture: the model sees windows, masks stay run lengths, tiles are sent."""

import io

import numpy as np
import pytest
from PIL import Image

from sam_widget import EditError, Mask, read_huge
from sam_widget.document.records import Window, new_id
from sam_widget.widget.tiling import TILE
from tests.segment.hues import HueSegmenter
from tests.slides import DISC, GIANT, RADIUS, disc_at, giant, tile, write
from tests.widget.page import PHOTO, Quiet

SIDE = 9000
SIZE = (SIDE, SIDE)
CLICK = disc_at(1100, 1700)


@pytest.fixture(scope="module")
def slide(tmp_path_factory):
    return write(tmp_path_factory.mktemp("slides") / "slide.tif", SIDE)


@pytest.fixture
def model():
    return HueSegmenter(new_id())


@pytest.fixture
def w(slide, model):
    widget = Quiet(read_huge(slide), model)
    yield widget
    widget.close()


def disc(mask):
    """IoU of a mask with the disc that was clicked, in a window round it."""
    x, y = map(int, CLICK)
    there = mask.window(x - 150, y - 150, x + 150, y + 150)
    rows, columns = np.mgrid[-150:150, -150:150] + 0.5
    wanted = np.hypot(rows, columns) < RADIUS
    return (there & wanted).sum() / (there | wanted).sum()


def test_what_is_said_of_it(w):
    assert "is read in windows and never whole" in w.assumed[-1]
    assert "region.window(x0, y0, x1, y1)" in w.assumed[-1]
    image = w.document.image()
    assert (image.width, image.height, image.depth) == (*SIZE, 3)
    assert w.image.shape == (3000, 3000, 3)
    assert np.array_equal(w.pixels(512, 1024, 1024, 1536), tile(SIDE, 1, 2))
    assert w.pixels(0, 0, 4096, 2048, shrink=8).shape == (256, 512, 3)


def test_a_click_is_answered_in_the_picture_s_own_pixels(w, model):
    w.add_point(*CLICK)
    assert isinstance(w.mask, Mask)
    assert w.mask.size == SIZE
    assert disc(w.mask) > 0.95
    assert model.sizes[-1] == (1024, 1024)
    assert all(isinstance(each, Mask) for each in w.masks)
    seen = len(model.sizes)
    w.add_point(CLICK[0] + 20, CLICK[1])
    assert len(model.sizes) == seen  # the same window: nothing is encoded again
    w.accept()
    (thing,) = w.objects
    assert thing.window(0, 0, 9, 9).shape == (9, 9)
    assert thing.area == pytest.approx(np.pi * RADIUS**2, rel=0.05)
    assert np.array_equal(w.objects[0].mask[0:5, 0:7], np.zeros((5, 7), bool))


def test_what_leaves_its_window_goes_on_in_a_larger_one(w, model):
    gx, gy, radius = giant(SIDE)
    at = gx - 0.7 * radius, gy
    w.add_point(*at)
    first = model.sizes[-3:]
    assert first == [(1024, 1024)] * 3 or (1024, 1024) in first
    x0, _y0, x1, _y1 = w.mask.box
    assert x1 - x0 > 1.5 * radius  # of a window of 1024 px it is more than there was to be seen
    inside = w.mask.window(int(gx) - 5, int(gy) - 5, int(gx) + 5, int(gy) + 5)
    assert inside.all()


def test_looking_from_afar(w, model):
    gx, gy, radius = giant(SIDE)
    w.look(0, 0, *SIZE)
    w.add_point(gx, gy)
    assert w.mask.area == pytest.approx(np.pi * radius**2, rel=0.05)
    assert next(type(each) for each in w.prompts) is Window
    assert len(model.sizes) == 1  # the whole picture, made small, had been seen
    w.look(gx - 300, gy - 300, gx + 300, gy + 300)
    w.add_point(gx + 10, gy)
    assert sum(isinstance(each, Window) for each in w.prompts) == 1
    with pytest.raises(EditError, match="outside"):
        w.look(0, 0, SIDE + 5, 10)


def test_looking_is_of_huge_pictures():
    small = Quiet(PHOTO, HueSegmenter(new_id()))
    with pytest.raises(EditError, match="seen whole"):
        small.look(0, 0, 1, 1)
    assert np.array_equal(small.pixels(1, 2, 5, 9), small.image[2:9, 1:5])
    small.close()


def test_a_mask_a_stroke_and_corrections(w):
    w.add_point(*CLICK)
    found = w.mask
    w.accept()
    w.add_mask(found)
    assert disc(w.mask) > 0.9
    w.clear()
    w.add_stroke([(CLICK[0] - 30, CLICK[1]), (CLICK[0] + 30, CLICK[1])], 10)
    assert disc(w.mask) > 0.9
    before = w.mask.area
    w.erase([CLICK], 40)
    assert before - w.mask.area == pytest.approx(np.pi * 400, rel=0.1)
    assert not w.mask.window(
        int(CLICK[0]) - 5, int(CLICK[1]) - 5, int(CLICK[0]), int(CLICK[1])
    ).any()
    w.sharpen()
    assert w.mask.area


def test_the_journal_keeps_where_it_lies_and_not_its_pixels(slide, model, tmp_path):
    widget = Quiet(read_huge(slide), model, journal=tmp_path / "work")
    widget.add_point(*CLICK)
    widget.accept()
    area = widget.objects[0].area
    widget.close()
    (kept,) = (tmp_path / "work" / "images").iterdir()
    assert kept.suffix == ".path"
    assert kept.read_text() == str(slide)
    again = Quiet.restore(tmp_path / "work", model)
    assert again.objects[0].area == area
    assert again.document.image().depth == 3
    again.close()


def test_its_still_is_painted_small(w):
    w.add_point(*CLICK)
    w.accept()
    data = w.outcome.still(w.image, 0.5)
    assert max(Image.open(io.BytesIO(data)).size) <= 1024


class Wire:
    """What a tiler says, and what it refuses."""

    def __init__(self):
        self.told, self.refused = [], []

    def say(self, message, *data):
        self.told.append((message, data))


def tiles_of(picture, *asked):
    from sam_widget.widget.tiler import Tiler

    wire = Wire()
    tiler = Tiler(picture, "i", wire.say, wire.refused.append)
    for each in asked:
        tiler.ask(each)
    while (thread := tiler._thread) is not None:
        thread.join(5)
    return wire, tiler


def asking(level, *at, image="i"):
    from sam_widget.widget.tiling import AskTiles

    return AskTiles("page", image, level, at, ())


def test_tiles_are_cut_as_they_are_asked_for(slide):
    picture = read_huge(slide)
    wire, _ = tiles_of(picture, asking(0, 4, 5, 17, 17), asking(2, 0, 0))
    told = {(m.level, m.column, m.row): d for m, d in wire.told}
    assert (2, 0, 0) in told
    wire, _ = tiles_of(picture, asking(0, 4, 5, 17, 17))
    (one, (first,)), (two, (last,)) = wire.told
    assert (one.column, one.row, two.column, two.row) == (4, 5, 17, 17)
    pixels = np.asarray(Image.open(io.BytesIO(first)))
    assert np.abs(pixels.astype(int) - tile(SIDE, 4, 5)).mean() < 2
    assert Image.open(io.BytesIO(last)).size == (SIDE - 17 * TILE,) * 2


@pytest.mark.parametrize(
    "asked",
    [
        asking(3, 0, 0),
        asking(-1, 0, 0),
        asking(0, 18, 0),
        asking(0, -1, 0),
        asking(0, 1, 1, image="o"),
    ],
)
def test_what_is_no_tile_is_not_cut(slide, asked):
    wire, tiler = tiles_of(read_huge(slide), asked)
    assert wire.told == []
    assert wire.refused == []
    tiler.close()


def test_colours_are_as_they_were(slide):
    gx, gy, _ = giant(SIDE)
    picture = read_huge(slide)
    assert tuple(picture.window((int(gx), int(gy), int(gx) + 1, int(gy) + 1))[0, 0]) == GIANT
    x, y = map(int, CLICK)
    assert tuple(picture.window((x, y, x + 1, y + 1))[0, 0]) == DISC


def test_everything_mode_sees_it_whole_and_says_so(w, model):
    with pytest.warns(UserWarning, match=r"whole and made small.*in windows"):
        found = w.find_everything(4, progress=False)
    _, _, radius = giant(SIDE)
    areas = [each.area / (np.pi * radius**2) for each in found]
    assert any(0.9 < each < 1.1 for each in areas), areas
    assert len(model.sizes) == 1  # nothing but the whole was looked at
