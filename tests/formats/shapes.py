"""Masks that try formats: holes, islands, pixels that touch by a corner; and any at all."""

import hypothesis.extra.numpy as arrays
import numpy as np
from hypothesis import strategies as st

from sam_widget import Mask, Region
from sam_widget.formats.annotated import Annotated


def drawn(*rows):
    return np.array([[each == "#" for each in row] for row in rows])


PINCHED = drawn("####", "#.##", "##.#", "####")  # its holes touch by a corner
ISLANDS = drawn("##...", "##.#.", "..#..", "....#")  # some touch by a corner
RING_IN_RING = np.max(np.abs(np.mgrid[-5:6, -5:6]), axis=0) % 2 == 1

masks = st.one_of(
    arrays.arrays(bool, (7, 9)),
    arrays.arrays(bool, (7, 9), elements=st.sampled_from([True, True, True, False])),
)
labels = st.sampled_from(["", "cup", "a plate", "컵", "object"])


@st.composite
def images(draw, empty=True):
    """Up to three images of 9 x 7 px, each with up to three regions."""
    some = st.lists(regions(empty), max_size=3).map(tuple)
    names = st.lists(st.sampled_from(["a.jpg", "b/a.png", "c d.tif"]), max_size=3, unique=True)
    return [Annotated(name, (9, 7), draw(some)) for name in draw(names)]


@st.composite
def regions(draw, empty=True):
    some = draw(masks if empty else masks.filter(np.any))
    score = draw(st.none() | st.floats(0, 1))
    return Region(Mask.from_array(some), draw(labels), predicted_iou=score)


def blob(size=(90, 60), holes=2):
    """A smooth thing of two pieces with holes, as an array (H, W)."""
    width, height = size
    y, x = np.mgrid[:height, :width]
    thing = np.hypot(x - width / 3, y - height / 2) < height / 2.5
    for number in range(holes):
        thing &= np.hypot(x - width / 4 - 12 * number, y - height / 2 - 3 * number) > 4
    return thing | (np.hypot(x - width * 0.8, y - height * 0.7) < 9)
