"""Phrases through an engine to masks: what each kind of proposal becomes, and what is said."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

import sam_widget
from sam_widget import EditError, Mask, Region, SamError, find_text
from sam_widget.segment.text.engines import engine_of
from sam_widget.segment.text.found import Found
from sam_widget.segment.text.korean import ENGLISH
from sam_widget.segment.text.phrases import english, phrases_of
from sam_widget.segment.text.proposals import Boxes, Heat, Masks
from tests.segment.fake import FakeSegmenter
from tests.widget.page import HEIGHT, PHOTO, WIDTH, Quiet

SIZE = (WIDTH, HEIGHT)


@dataclass(frozen=True)
class Knows:
    """An engine that knows some phrases, and remembers what it was asked."""

    said: dict
    confidence: float = 0.5
    name: str = "knows"
    asked: tuple = ()

    def propose(self, image, phrase):
        assert image.shape == PHOTO.shape
        assert image.dtype == np.uint8
        return self.said[phrase]


def boxes(*rows):
    numbers = np.array(rows, np.float32).reshape(-1, 5)
    return Boxes(numbers[:, :4], numbers[:, 4])


CUPS = boxes((5, 5, 20, 20, 0.9), (30, 10, 50, 30, 0.4), (2, 30, 8, 38, 0.7))


def found(said, phrase="cup", **more):
    return find_text(PHOTO, phrase, engine=Knows(said), model=FakeSegmenter(), **more)


def test_boxes_become_masks_with_the_phrase_as_label_the_surest_first():
    cups = found({"cup": CUPS})
    assert cups.scores == pytest.approx((0.9, 0.7))
    assert [each.box for each in cups] == [(5, 5, 20, 20), (2, 30, 8, 38)]
    assert {each.label for each in cups} == {"cup"}
    assert cups[0].made.model == "knows + fake"
    assert (cups[0].prompts[0].x0, cups[0].prompts[0].y1) == (5, 20)
    assert cups[0].predicted_iou is not None


def test_another_confidence_needs_no_run():
    cups = found({"cup": CUPS})
    assert len(cups.at(0.1)) == 3
    assert len(cups.at(0.8)) == 1
    assert cups.at(0.1).at(0.5).regions == cups.regions
    assert len(found({"cup": CUPS}, confidence=0.3)) == 3
    for bad in (-0.1, 1.5, "high", None, float("nan")):
        with pytest.raises(SamError, match="from 0 to 1"):
            cups.at(bad)


def test_several_phrases_by_comma_have_their_own_labels():
    said = {"cup": CUPS, "plate": boxes((0, 0, 60, 40, 0.8))}
    both = found(said, " cup,plate ,, cup")
    assert both.phrases == ("cup", "plate")
    assert [each.label for each in both] == ["cup", "plate", "cup"]
    assert both.scores == pytest.approx((0.9, 0.8, 0.7))


def test_nothing_found_is_said_with_what_would_help():
    nothing = found({"cup": CUPS}, confidence=0.95)
    assert not len(nothing)
    assert not nothing
    assert "Nothing found for 'cup' by knows at a confidence of 0.95" in nothing.told
    assert "highest score is 0.90. Lower it to 0.89" in nothing.told
    assert len(nothing.at(0.89)) == 1
    none = found({"cup": boxes()})
    assert "try another noun, or click" in none.told
    assert nothing.told in repr(nothing)
    assert nothing._repr_png_() is None


def test_what_was_found_says_and_shows_itself():
    cups = found({"cup": CUPS})
    assert cups.told == "2 things for 'cup' by knows, 1 less sure left out."
    assert "'cup' 0.90, 225 px in (5, 5, 20, 20)" in repr(cups)
    assert cups._repr_png_().startswith(b"\x89PNG")


def test_boxes_outside_are_cut_or_left_out():
    said = boxes((-9, -9, 10, 10, 0.9), (70, 50, 90, 80, 0.8), (10, 10, 10.2, 30, 0.7))
    assert [each.box for each in found({"cup": said})] == [(0, 0, 10, 10)]


def test_a_heat_map_becomes_its_peaks():
    y, x = np.mgrid[:20, :30]
    first = np.exp(-((x - 7) ** 2 + (y - 6) ** 2) / 30)
    second = 0.6 * np.exp(-((x - 22) ** 2 + (y - 14) ** 2) / 30)
    heat = Heat(np.maximum(first, second).astype(np.float32))
    peaks = heat.peaks()
    assert [peak[:2] for peak in peaks[:2]] == [(7, 6), (22, 14)]
    things = find_text(PHOTO, "cup", engine=Knows({"cup": heat}), model=FakeSegmenter())
    every = things.at(0)
    assert len(every) == 2
    middles = [(each.prompts[0].x, each.prompts[0].y) for each in every]
    assert middles == [(15.0, 13.0), (45.0, 29.0)]  # samples' middles, twice as large
    assert every.scores[0] > every.scores[1]
    # the candidate whose disc is most like what is half as hot: a radius of 9 of 18, 12 and 6
    assert every[0].made.candidate == 1


def test_of_two_peaks_of_one_thing_one_is_left():
    heat = np.full((40, 60), 0.2, np.float32)
    heat[8:12, 8:12] = heat[8:12, 18:22] = 0.9
    assert len(Heat(heat).peaks()) > 1
    twice = Knows({"cup": Heat(heat)})
    assert len(find_text(PHOTO, "cup", engine=twice, model=FakeSegmenter()).at(0)) > 1
    assert len(find_text(PHOTO, "cup", engine=twice, model=Whole()).at(0)) == 1


class Rings:
    """A pen that draws a square round each place, each smaller than the one before."""

    size = (WIDTH, HEIGHT)

    def __init__(self):
        self.half = 24

    def point(self, at, agrees):
        self.half //= 2
        x, y = map(int, at)
        pixels = np.zeros((HEIGHT, WIDTH), bool)
        pixels[max(0, y - self.half) : y + self.half, max(0, x - self.half) : x + self.half] = True
        return Region(Mask.from_array(pixels), "cup")


def test_a_part_of_what_was_found_is_left_out():
    heat = np.zeros((40, 60), np.float32)
    heat[18:22, 28:32] = 0.9
    heat[12:16, 22:26] = 0.8  # in the square round the first
    heat[30:34, 50:54] = 0.7  # elsewhere
    heat = Heat(heat)
    assert [peak[2] for peak in heat.peaks()] == pytest.approx([0.9, 0.8, 0.7])
    things = [each.region for each in heat.drawn(Rings())]
    assert [each.box[2] - each.box[0] for each in things] == [6, 24]


def test_a_plateau_has_few_peaks():
    plateau = np.zeros((60, 60), np.float32)
    plateau[20:40, 10:40] = 0.7
    x, y, heat = Heat(plateau).peaks()[0]
    assert 20 <= x <= 30
    assert 24 <= y <= 35
    assert heat == pytest.approx(0.7)
    assert len(Heat(plateau).peaks()) <= 6
    assert not Heat(np.zeros((60, 60), np.float32)).peaks()


class Whole(FakeSegmenter):
    """Draws the same, wherever it is clicked."""

    def predict(self, embedding, prompts):
        middle = replace(prompts, points=np.array([[30, 20]], np.float32))
        return super().predict(embedding, middle)


def test_masks_need_no_sam():
    square = np.zeros((HEIGHT, WIDTH), bool)
    square[3:9, 4:12] = True
    masks = (Mask.from_array(square), Mask.from_array(np.zeros_like(square)))
    said = Masks(masks, np.array([0.8, 0.9], np.float32))
    cups = find_text(PHOTO, "cup", engine=Knows({"cup": said}), model="there is no such model")
    assert [each.mask for each in cups] == [masks[0]]
    assert cups[0].made.model == "knows"
    assert cups[0].predicted_iou is None


def test_an_engine_that_answers_in_another_shape_is_refused():
    for wrong in (
        lambda: Boxes(np.zeros((2, 3), np.float32), np.zeros(2, np.float32)),
        lambda: Boxes(np.zeros((2, 4), np.float32), np.zeros(3, np.float32)),
        lambda: Heat(np.zeros((2, 2, 2), np.float32)),
        lambda: Masks((), np.zeros(1, np.float32)),
    ):
        with pytest.raises(SamError, match="another shape"):
            wrong()


NAN = float("nan")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: boxes((5, 5, 20, 20, NAN)),
        lambda: boxes((5, NAN, 20, 20, 0.9)),
        lambda: Boxes([[5, 5, 20, "x"]], [0.9]),
        lambda: Boxes(None, None),
        lambda: Heat(np.full((4, 4), NAN)),
        lambda: Masks((), np.array([NAN])),
    ],
)
def test_numbers_that_are_none_are_said_to_be(wrong):
    with pytest.raises(SamError, match="are finite numbers"):
        wrong()


def test_lists_will_do():
    assert len(found({"cup": Boxes([[5, 5, 20, 20]], [0.9])})) == 1
    assert len(found({"cup": Heat([[0, 0], [0, 1]])}).phrases) == 1


def test_what_an_engine_of_ones_own_says_wrongly_is_one_sentence():
    for said in (None, [1, 2], "cup"):
        with pytest.raises(SamError, match="knows says Boxes, Heat or Masks, not"):
            found({"cup": said})
    small = Masks((Mask.from_array(np.ones((2, 2), bool)),), np.ones(1))
    with pytest.raises(SamError, match="masks are of the image's size"):
        found({"cup": small})
    with pytest.raises(SamError, match="knows: A confidence is a number from 0 to 1, not None"):
        find_text(PHOTO, "cup", engine=Knows({"cup": CUPS}, None), model=FakeSegmenter())


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("cup", ("cup",)),
        ("red  cup , plate", ("red cup", "plate")),
        ("컵，접시、책", ("컵", "접시", "책")),  # noqa: RUF001
        (["cup", "plate, book"], ("cup", "plate", "book")),
    ],
)
def test_phrases_are_split_at_commas(typed, phrases):
    assert phrases_of(typed) == phrases


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "The phrase is empty"),
        (" , ,", "The phrase is empty"),
        (3, "A phrase is a text"),
        (None, "A phrase is a text"),
        ([1], "A phrase is a text"),
        ("x" * 101, "too long"),
        (",".join(map(str, range(21))), "21 phrases are too many"),
    ],
)
def test_what_is_no_phrase_gets_a_sentence(typed, said):
    with pytest.raises(SamError, match=said):
        phrases_of(typed)


def test_korean_nouns_are_asked_in_english_and_stay_the_label():
    cups = found({"cup": CUPS}, "컵")
    assert {each.label for each in cups} == {"컵"}
    assert english("머그 컵") == "coffee mug"
    assert english("a red cup") == "a red cup"
    with pytest.raises(SamError, match="영어 명사로 입력하세요"):
        english("아무도모르는말")
    assert all(word.isascii() and word == word.strip() for word in ENGLISH.values())


def test_what_is_no_engine_gets_a_sentence(tmp_path):
    for wrong, said in (
        ("wrods", "no text engine called 'wrods': known are 'words'"),
        (3, "A text engine is a name"),
        (tmp_path, "no config.json of a text engine"),
    ):
        with pytest.raises(SamError, match=said):
            engine_of(wrong)
    engine = Knows({})
    assert engine_of(engine) is engine


def test_the_widget_finds_by_its_own_model_and_adds_what_is_wanted():
    w = Quiet(PHOTO, model=FakeSegmenter())
    cups = w.find_text("cup", engine=Knows({"cup": CUPS}))
    assert isinstance(cups, Found)
    assert not w.objects
    ids = w.add_objects(cups.at(0.3))
    assert [each.id for each in w.objects] == list(ids)
    assert [each.label for each in w.objects] == ["cup"] * 3
    assert [each.mask for each in w.objects] == [each.mask for each in cups.at(0.3)]
    w.undo()
    assert not w.objects
    with pytest.warns(UserWarning, match=r"Lower it to 0.89"):
        assert not w.find_text("cup", engine=Knows({"cup": CUPS}), confidence=0.99)
    w.close()
    with pytest.raises(EditError, match="closed"):
        w.find_text("cup", engine=Knows({"cup": CUPS}))


def test_the_face_has_it():
    assert sam_widget.find_text is find_text
    assert sam_widget.Found is Found
