"""Everything in a huge picture: its windows, what two of them see, and where it is stopped."""

from __future__ import annotations

import weakref

import numpy as np
import pytest
import tifffile
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from sam_widget import SamError, read_huge
from sam_widget.masks import Mask
from sam_widget.segment.everything import find
from sam_widget.segment.everything.find import Proposal, Sweep, find_everything
from sam_widget.segment.everything.funnel import Funnel
from sam_widget.segment.everything.in_windows import (
    SHARED,
    everything_in_windows,
    once,
    windows,
)
from sam_widget.segment.everything.search import Search
from sam_widget.segment.windows import SIDE

SIZE = (3000, 2100)
# x, y, radius: within a window, on a seam, on two, in a corner, and larger than what windows share
THINGS = ((300, 300, 60), (1024, 500, 80), (896, 900, 100), (20, 2080, 90), (1900, 1200, 600))
ONE = Search(1)


def disc(x: float, y: float, radius: float, size: tuple[int, int] = SIZE) -> np.ndarray:
    rows, columns = np.mgrid[: size[1], : size[0]] + 0.5
    return np.hypot(columns - x, rows - y) < radius


@pytest.fixture(scope="module")
def picture(tmp_path_factory):
    pixels = np.full((SIZE[1], SIZE[0], 3), 20, np.uint8)
    for each in THINGS:
        pixels[disc(*each)] = 230
    path = tmp_path_factory.mktemp("huge") / "discs.tif"
    tifffile.imwrite(path, pixels, tile=(256, 256), photometric="rgb", compression="zlib")
    return read_huge(path)


def bright(pixels):
    """Propose each bright piece of a window, as a model that knows all would."""
    pieces, count = ndimage.label(pixels[..., 0] > 120)
    size = pixels.shape[1], pixels.shape[0]
    found = []
    for piece in range(1, count + 1):
        mask = Mask.from_array(pieces == piece)
        y, x = (float(each.mean()) + 0.5 for each in np.nonzero(pieces == piece))
        found.append(Proposal(mask.box, 0.9, 1.0, (x, y), (0, 0, *size), mask, size))
    yield Sweep(1, 1, 0.9, 1.0, tuple(found), (), ONE, Funnel(masks=count))


@given(st.integers(1, 30_000), st.integers(1, 30_000), st.data())
def test_whatever_is_no_longer_than_what_windows_share_lies_whole_in_one(width, height, data):
    looks = windows((width, height))
    assert looks[-1].box == (0, 0, width, height)
    wide, high = (data.draw(st.integers(1, min(side, SHARED))) for side in (width, height))
    x, y = data.draw(st.integers(0, width - wide)), data.draw(st.integers(0, height - high))
    finest = [each.box for each in looks if each.shrink == 1]
    assert any(
        x0 <= x and y0 <= y and x + wide <= x1 and y + high <= y1 for x0, y0, x1, y1 in finest
    )
    assert all(max(x1 - x0, y1 - y0) <= SIDE for x0, y0, x1, y1 in finest)


def test_each_thing_comes_once_and_whole(picture):
    *_, last = everything_in_windows(picture, ONE, bright)
    assert last.done == last.total == len(windows(SIZE))
    assert len(last.found) == len(THINGS)
    for each in THINGS:
        thing = Mask.from_array(disc(*each))
        (one,) = (found for found in last.found if found.mask.intersection(thing))
        assert one.mask.iou(thing) > (0.98 if each[2] > 500 else 0.999)
        assert one.box == one.mask.box
        assert one.size == one.mask.size == SIZE
        x, y = one.point
        assert thing[int(y) : int(y) + 1, int(x) : int(x) + 1].all()
        assert one.region().crop == one.crop


def test_parts_of_things_stay_and_doubles_go():
    def of(mask, iou, window):
        return Proposal(
            mask.box, iou, 1.0, (0.5, 0.5), (window, 0, window + 99, 99), mask, (90, 90)
        )

    whole, most, part = (Mask.from_array(disc(45, 45, radius, (90, 90))) for radius in (40, 33, 15))
    small = of(part, 0.7, 1)
    assert once((), [of(whole, 0.8, 0), of(whole, 0.9, 1)], 0.7)[0].predicted_iou == 0.9
    assert len(once((), [of(whole, 0.8, 0), of(most, 0.7, 1)], 0.99)) == 1  # cut off at a seam
    assert once((), [of(whole, 0.8, 0), small], 0.7)[1] is small
    assert len(once((), [of(whole, 0.8, 0), of(whole, 0.9, 0)], 0.7)) == 2  # one window's own
    finer = of(whole, 0.5, 0)
    assert once([finer], [of(whole, 0.9, 1)], 0.7) == (finer,)


def test_no_more_than_a_window_is_in_memory(picture):
    given = []

    def look(pixels):
        assert max(pixels.shape) <= SIDE
        assert not [each for each in given if each() is not None]
        given.append(weakref.ref(pixels))
        return iter(())

    for _ in everything_in_windows(picture, ONE, look):
        pass
    assert len(given) == len(windows(SIZE))


def test_the_whole_way_with_a_model(tmp_path, monkeypatch):
    size = 1500, 600
    pixels = np.full((600, 1500, 3), 60, np.uint8)
    for x in (300, 1100):
        pixels[disc(x, 300, 100, size)] = 230
    tifffile.imwrite(tmp_path / "two.tif", pixels, tile=(256, 256), photometric="rgb")
    picture = read_huge(tmp_path / "two.tif")
    search = Search(2, pred_iou_thresh=0.0, stability_score_thresh=0.0)
    asked = []
    everything = find.everything

    def counted(segmenter, pixels, **named):
        asked.append(pixels.shape)
        return everything(segmenter, pixels, **named)

    monkeypatch.setattr(find, "everything", counted)
    found = find_everything("mini", picture, search, progress=False)
    assert len(asked) == len(windows(size)) == 3
    assert max(max(shape) for shape in asked) <= SIDE
    assert found
    assert all(each.mask.size == size and each.area > 0 for each in found)
    ious = [each.predicted_iou for each in found]
    assert ious == sorted(ious, reverse=True)
    assert len({each.crop for each in found}) > 1


def test_who_stops_it_has_nothing_half_done(picture, monkeypatch):
    asked = []

    def stopped(segmenter, pixels, search):
        asked.append(pixels.shape)
        if len(asked) == 3:
            raise KeyboardInterrupt
        return bright(pixels)

    monkeypatch.setattr(find, "everything", stopped)
    with pytest.raises(KeyboardInterrupt):
        find_everything("mini", picture, Search(1), progress=False)
    assert len(asked) == 3


def test_an_embedding_is_of_no_huge_picture(picture):
    with pytest.raises(SamError, match="seen in windows"):
        find_everything("mini", picture, Search(1), embedding=object(), progress=False)
