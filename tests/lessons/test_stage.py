"""A stage: what is drawn, in which order, what is saved; a page is in tests/page."""

import numpy as np
import pytest
from PIL import Image

from sam_widget import SamError
from sam_widget.lessons import Disc, Frame, Line, Picture, Rect, Shape, Stage, Words, heat, tint

SIZE = 60, 40
RED, WHITE = (255, 0, 0), (255, 255, 255)


def drawn(*marks):
    """The drawing's pixels, without the caption, in the stage's own size."""
    pixels = np.asarray(Stage([Frame(front=marks)], SIZE).image())
    return pixels[: 2 * SIZE[1] : 2, ::2]


@pytest.mark.parametrize(
    "mark",
    [
        Rect((10, 5, 50, 35), "#ff0000"),
        Disc(30, 20, 12, "red"),
        Shape(((10, 5), (50, 5), (50, 35), (10, 35)), "#f00"),
        Line(((5, 20), (55, 20)), "red", 6),
        Picture(np.full((2, 3, 3), RED, np.uint8), (10, 5, 50, 35)),
        tint(np.ones((4, 4), bool), "red", (10, 5, 50, 35), 1.0),
    ],
    ids=lambda mark: type(mark).__name__,
)
def test_a_mark_lies_where_it_says(mark):
    pixels = drawn(mark)
    assert tuple(pixels[20, 30]) == RED
    assert tuple(pixels[2, 2]) == WHITE


def test_an_edge_leaves_the_inside_and_opacity_blends():
    assert tuple(drawn(Rect((10, 5, 50, 35), "red", width=2))[20, 30]) == WHITE
    assert tuple(drawn(Disc(30, 20, 12, "red", width=2))[20, 30]) == WHITE
    assert abs(int(drawn(Rect((10, 5, 50, 35), "red", opacity=0.5))[20, 30, 1]) - 127) < 3


def test_words_and_arrows_leave_ink():
    assert (drawn(Words("SAM", 5, 30, 20)) < 128).any()
    with_head = drawn(Line(((5, 20), (55, 20)), "red", 1, arrow=8))
    without = drawn(Line(((5, 20), (55, 20)), "red", 1))
    assert (with_head[..., 1] < 128).sum() > (without[..., 1] < 128).sum() + 5


def test_later_marks_lie_above_and_layers_are_in_order():
    frame = Frame(
        (Rect((0, 0, 60, 40), "blue"),), (Rect((0, 0, 60, 40), "lime"), Rect((9, 9, 20, 20), "red"))
    )
    pixels = np.asarray(Stage([frame], SIZE).image())[: 2 * SIZE[1]]
    assert tuple(pixels[30, 30]) == RED
    assert tuple(pixels[4, 4]) == (0, 255, 0)


def test_heat_goes_from_least_to_most_and_is_not_blurred():
    picture = heat(np.array([[0.0, 1.0], [2.0, 4.0]]), (0, 0, 60, 40))
    assert not picture.smooth
    assert len({tuple(each) for each in picture.pixels.reshape(-1, 4)}) == 4
    assert heat(np.zeros((2, 2)), (0, 0, 1, 1)).pixels.shape == (2, 2, 4)  # nothing to divide by


def test_steps_and_what_is_shown_later():
    stage = Stage([Frame(caption=str(number)) for number in range(3)], SIZE)
    stage.step = 2
    assert stage.step == 2
    stage.show(Frame(caption="one"))
    assert stage.step == 0
    assert [each.caption for each in stage.frames] == ["one"]
    stage.show(Frame(), Frame())
    assert len(stage.frames) == 2


def test_it_is_saved_as_a_picture_or_as_one_that_plays(tmp_path):
    frames = [Frame(front=(Disc(10 + 15 * n, 20, 5, "red"),), caption=f"{n}") for n in range(3)]
    stage = Stage(frames, SIZE, seconds=0.25)
    with Image.open(stage.save(tmp_path / "a.png", 1)) as still:
        assert still.size == (120, 132)
        assert still.getpixel((50, 40)) == RED
    with Image.open(stage.save(tmp_path / "a.gif")) as played:
        assert (played.n_frames, played.info["duration"]) == (3, 250)
    with pytest.raises(SamError, match=r"\.png or \.gif"):
        stage.save(tmp_path / "a.bmp")
    with pytest.raises(SamError, match="cannot be written"):
        stage.save(tmp_path / "none" / "a.png")


def test_a_saved_notebook_shows_it_without_a_kernel():
    bundle = Stage([Frame(front=(Disc(30, 20, 5, "red"),))], SIZE)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["image/png"].startswith("iVBOR")


def test_who_points_is_told_the_stage_s_own_pixels():
    told = []
    stage = Stage([Frame()], SIZE)
    stage.on_point(lambda x, y: told.append((x, y)))
    for kind, at in (("mouse_move", (20, 30)), ("mouse_down", (60, 10)), ("mouse_move", (3, 100))):
        stage.canvas[2]._handle_frontend_event(None, {"event": kind, "x": at[0], "y": at[1]}, [])
    assert told == [(10, 15), (30, 5)]  # the caption is no place
