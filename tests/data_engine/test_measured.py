"""Measured: means of what is known, and nothing of what is not."""

from __future__ import annotations

import pytest

from sam_widget.data_engine import charts
from sam_widget.data_engine.measured import Measured, Spent
from sam_widget.formats.annotated import Annotated
from sam_widget.made import Made
from sam_widget.regions import Region
from tests.data_engine.pupils import SIZE, disc

MASK = disc(40, 40, 10)


def image(*made: Made | None) -> Annotated:
    return Annotated("a.png", SIZE, tuple(Region(MASK, made=each) for each in made))


def hand(seconds: float | None, clicks: int) -> Made:
    return Made(seconds=seconds, clicks=clicks)


def test_means_are_over_masks_by_hand_and_over_images():
    told = Measured.of([image(hand(10, 2), hand(20, 5), Made(), None), image(hand(30, 2))])
    assert (told.images, told.masks, told.by_hand) == (2, 5, 3)
    assert told.masks_an_image == 2.5
    assert told.clicks == 3
    assert told.seconds == 20
    assert told.seconds_an_image == 30
    assert told.each == ((10, 2), (20, 5), (30, 2))


def test_what_came_to_nothing_counts():
    told = Measured.of([image(hand(10, 2)), image()], Spent(1, 30, 5) + Spent(1, 20, 2))
    assert told.given_up == 2
    assert told.seconds == 10  # of a mask that is there
    assert told.clicks == 2
    assert told.seconds_an_image == (10 + 50 + 7) / 2


def test_nothing_is_said_where_nobody_counted():
    told = Measured.of([image(None, Made()), image()])
    assert (told.masks, told.by_hand) == (2, 0)
    assert (told.clicks, told.seconds, told.seconds_an_image) == (None, None, None)
    assert Measured.of([]).masks_an_image == 0
    told = Measured.of([image(hand(None, 3), hand(8, 1))])
    assert (told.clicks, told.seconds) == (2, 8)


def test_first_and_last_masks():
    told = Measured.of([image(*(hand(float(s), 1) for s in (40, 30, 20, 10, 10, 8, 8, 4)))])
    assert told.ends() == (35, 6)
    assert Measured.of([image(hand(3, 1))]).ends() is None


def test_efforts_are_drawn_in_order():
    told = Measured.of([image(hand(9, 2), hand(None, 3), hand(5, 1))])
    seconds, clicks = told.figure().axes
    assert list(seconds.lines[0].get_ydata()) == [9, 5]
    assert list(clicks.lines[0].get_ydata()) == [2, 3, 1]
    assert seconds.get_title() == "seconds a mask"
    assert not len(charts.efforts(Measured.of([])).axes[0].lines[0].get_ydata())


@pytest.mark.parametrize("window", [3, 5])
def test_the_running_mean_is_of_the_last_masks(window):
    values = [float(n) for n in range(5 * window)]
    seconds, _ = charts.efforts(Measured.of([image(*(hand(v, 1) for v in values))])).axes
    mean = seconds.lines[1].get_ydata()
    assert mean[-1] == pytest.approx(sum(values[-window:]) / window)
