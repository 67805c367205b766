"""Re-answer: the same clicks to a better model; people see what changed much; it is written."""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from dataclasses import replace

import numpy as np
import PIL.Image
import pytest

from sam_widget.data_engine.annotator import Annotator, Pace
from sam_widget.data_engine.assisted import annotated_by_hand, assisted_manual
from sam_widget.data_engine.reanswer import reanswer
from sam_widget.data_engine.wheel import Verdicts
from sam_widget.document.corrections import Brush
from sam_widget.document.records import Box, Point, Window, new_id
from sam_widget.errors import SamError
from sam_widget.formats import sa1b
from sam_widget.formats.annotated import Annotated
from sam_widget.made import Made
from sam_widget.regions import Region
from tests.data_engine.pupils import SIZE, Grows, disc, photo
from tests.segment.fake import FakeSegmenter
from tests.widget.page import Quiet

LARGE, SMALL, THIRD = disc(40, 45, 25), disc(95, 30, 15), disc(95, 70, 12)
TRUTHS = LARGE, SMALL, THIRD
FILLED = (LARGE, Point("p", "x", 40.5, 45.5)), (SMALL, Point("q", "y", 95.5, 30.5))


class Better(Grows):
    """Draws the large one four pixels wider, the small one a little, the third as it was."""

    def predict(self, embedding, prompts):
        said = super().predict(embedding, prompts)
        new = {LARGE: disc(40, 45, 29), SMALL: disc(95, 30, 15.3), THIRD: THIRD}
        drawn = {old.to_array().tobytes(): mask for old, mask in new.items()}
        discs = [drawn[d.tobytes()].to_array() if d.tobytes() in drawn else d for d in said.discs]
        return replace(said, discs=tuple(discs))


@pytest.fixture
def folder(tmp_path):
    """Two photos whose masks took two clicks each, as a stage writes them."""
    place = tmp_path / "set"
    place.mkdir()
    photos = [photo("a.png", LARGE, SMALL), photo("bb.png", THIRD)]
    for each in photos:
        PIL.Image.fromarray(each.pixels).save(place / each.name)
    model = Grows(TRUTHS, 2)
    images = assisted_manual(model, photos, Annotator(Pace())).images
    assert [len(image.regions) for image in images] == [2, 1]
    sa1b.write(images, place)
    return place


def masks(folder):
    return {image.name: [r.mask for r in image.regions] for image in sa1b.read(folder)}


def test_the_clicks_are_given_again_in_order(folder):
    model = Better(TRUTHS, 2, "better")
    found = reanswer(model, folder, share=0.1)
    assert [len(asked.points) for asked in model.asked] == [1, 2] * 3
    assert model.fed == [False, True] * 3
    (change,) = found.changes
    assert change.before.mask == LARGE
    assert change.after.mask == disc(40, 45, 29)
    assert change.share == pytest.approx(1 - LARGE.iou(disc(40, 45, 29)))
    assert change.share > 0.1
    assert [each.share <= 0.1 for each in found.small] == [True, True]
    assert found.unanswered == ()
    assert (change.after.made.model, change.after.made.fingerprint) == ("better", model.key)
    assert change.after.made.clicks == change.before.made.clicks == 2
    assert "1 changed by" not in str(found)
    assert "2 changed by 10% or less and are taken, 1 by more (1 undecided" in str(found)


def test_nothing_is_written_until_it_is_said_and_refused_stays(folder):
    before = masks(folder)
    found = reanswer(Better(TRUTHS, 2), folder)
    assert masks(folder) == before
    assert found.undecided == (0,)
    refused = found.refuse(0)
    assert refused.undecided == ()
    assert found.undecided == (0,)  # a value: this one is as it was
    refused.write()
    after = masks(folder)
    assert after["a.png"][0] == LARGE
    assert after["a.png"][1] == disc(95, 30, 15.3)  # a small change needs no verdict
    assert after["bb.png"] == before["bb.png"]


def test_accepted_changes_are_written_whole_and_read_back(folder, tmp_path):
    found = reanswer(Better(TRUTHS, 2), folder).accept(0)
    loss = found.write(tmp_path / "elsewhere")
    assert not loss.lost
    assert masks(folder)["a.png"][0] == LARGE
    assert masks(tmp_path / "elsewhere")["a.png"][0] == disc(40, 45, 29)
    found.write()
    assert masks(folder)["a.png"][0] == disc(40, 45, 29)
    again = reanswer(Better(TRUTHS, 2), folder)
    assert [each.share for each in (*again.changes, *again.small)] == [0, 0, 0]


def test_verdicts_without_numbers_are_on_all_that_is_left(folder):
    found = reanswer(Better(TRUTHS, 2), folder, share=0.0)
    assert len(found.changes) == 2
    assert [each.share for each in found.changes] == sorted(
        (each.share for each in found.changes), reverse=True
    )
    judged = found.refuse(1).accept()
    assert dict(judged.verdicts) == {0: True, 1: False}
    assert judged.images()[0].regions[0].mask == disc(40, 45, 29)
    assert judged.images()[0].regions[1].mask == SMALL
    for number in (2, -1):
        with pytest.raises(SamError, match="There are 2 changes to judge"):
            found.accept(number)


def test_of_three_masks_that_is_meant_which_agrees_with_the_accepted_one(tmp_path):
    class Three(FakeSegmenter):
        def predict(self, embedding, prompts):
            said = super().predict(embedding, prompts)
            whole, part, sub = (disc(40, 45, r).to_array() for r in (30, 20, 10))
            return replace(said, discs=(whole, part, sub), best=2)

    point = Point("p", "a", 40.5, 45.5)
    region = Region(disc(40, 45, 28), prompts=(point,), made=Made(candidate=1))
    PIL.Image.fromarray(photo("a.png").pixels).save(tmp_path / "a.png")
    sa1b.write([Annotated("a.png", SIZE, (region,))], tmp_path)
    (change,) = reanswer(Three(), tmp_path, share=0).changes
    assert change.after.mask == disc(40, 45, 30)
    assert change.after.made.candidate == 0


def test_corrections_by_hand_are_made_again(tmp_path):
    stroke = Brush("b", "a", (100.0, 80.0, 110.0, 80.0), 4.0)
    point = Point("p", "a", 40.5, 45.5)
    region = Region(LARGE, prompts=(point,), corrections=(stroke,), made=Made(pixels_by_hand=50))
    PIL.Image.fromarray(photo("a.png").pixels).save(tmp_path / "a.png")
    sa1b.write([Annotated("a.png", SIZE, (region,))], tmp_path)
    found = reanswer(Grows(TRUTHS, 1), tmp_path)
    (change,) = (*found.changes, *found.small)
    assert change.after.array()[80, 105]
    assert change.after.mask.intersection(LARGE) == LARGE.area


POINT = Point("p", "a", 40.5, 45.5)


def test_what_was_brought_into_a_widget_is_asked_by_its_own_prompts(tmp_path):
    """Semi-automatic masks are filled in; a stroke on one stays when it is answered again."""
    known = photo("a.png", LARGE, SMALL)
    PIL.Image.fromarray(known.pixels).save(tmp_path / "a.png")
    with closing(Quiet(known.pixels, FakeSegmenter())) as w:
        first, _ = w.add_objects([Region(mask, prompts=(at,)) for mask, at in FILLED])
        w.reopen(first)
        w.paint([(100, 80), (110, 80)], 4)
        w.accept()
        sa1b.write([annotated_by_hand(w, "a.png")], tmp_path)
    found = reanswer(Better(TRUTHS, 1), tmp_path, share=0.0)
    assert found.unanswered == ()
    after = {each.number: each.after for each in found.changes}
    assert after[0].array()[80, 105]
    assert after[0].mask.intersection(disc(40, 45, 29)) == disc(40, 45, 29).area
    assert after[1].mask == disc(95, 30, 15.3)
    found.accept().write()
    assert [region.mask for region in sa1b.read_one(tmp_path / "a.json").regions] == [
        after[0].mask,
        after[1].mask,
    ]


@pytest.mark.parametrize(
    ("region", "why"),
    [
        (Region(LARGE), "no prompts"),
        (
            Region(LARGE, prompts=(POINT,), made=Made(pixels_by_hand=9)),
            "corrected by hand, and how",
        ),
        (Region(LARGE, prompts=(POINT,), crop=(0, 0, 60, 60)), "a part of the photo"),
        (Region(LARGE, prompts=(replace(POINT, positive=False),)), "says what is wanted"),
        (Region(LARGE, prompts=(Box("x", "a", 10, 10, 60, 60),)), "takes points"),
    ],
)
def test_what_cannot_be_asked_stays_and_says_why(region, why, tmp_path):
    class Points(Grows):
        kinds = ("point", "mask")

    PIL.Image.fromarray(photo("a.png").pixels).save(tmp_path / "a.png")
    sa1b.write([Annotated("a.png", SIZE, (region,))], tmp_path)
    found = reanswer(Points(TRUTHS, 1), tmp_path)
    (left,) = found.unanswered
    assert why in left.why
    assert (left.name, left.number) == ("a.png", 0)
    assert "1 could not be answered" in str(found)
    found.write()
    assert masks(tmp_path)["a.png"] == [LARGE]


def test_a_look_from_nearer_is_taken_again(tmp_path):
    prompts = Window("w", "a", 1.0, 1.0, 80.0, 80.0), POINT
    PIL.Image.fromarray(photo("a.png").pixels).save(tmp_path / "a.png")
    sa1b.write([Annotated("a.png", SIZE, (Region(LARGE, prompts=prompts),))], tmp_path)
    model = FakeSegmenter(new_id())
    assert reanswer(model, tmp_path).unanswered == ()
    assert model.embedded == 2  # the photo, and the window of it


def test_a_photo_that_is_gone_or_another_leaves_its_masks(folder):
    (folder / "bb.png").unlink()
    PIL.Image.new("RGB", (30, 20)).save(folder / "a.png")
    found = reanswer(Better(TRUTHS, 2), folder)
    assert len(found.unanswered) == 3
    assert found.changes == found.small == ()
    assert "30 x 20 px" in found.unanswered[0].why
    assert "bb.png" in found.unanswered[2].why


def test_photos_may_lie_elsewhere(folder, tmp_path):
    place = tmp_path / "photos"
    place.mkdir()
    for file in folder.glob("*.png"):
        shutil.move(file, place / file.name)
    assert len(reanswer(Better(TRUTHS, 2), folder, photos=place).changes) == 1


def test_interrupted_it_has_what_was_answered(folder):
    class Stops(Better):
        def predict(self, embedding, prompts):
            if len(self.asked) == 5:  # in the second image
                raise KeyboardInterrupt
            return super().predict(embedding, prompts)

    found = reanswer(Stops(TRUTHS, 2), folder)
    assert len(found.was) == 1
    assert len(found.changes) == 1
    assert "interrupted: 2 there are" in str(found)


def test_a_cell_shows_before_beside_after(folder):
    found = reanswer(Better(TRUTHS, 2), folder)
    page = found._repr_html_()
    assert len(re.findall("<img src='data:image/webp;base64,", page)) == 2
    assert "a.png" in page
    assert found.accept()._repr_html_().count("<img") == 0  # what is judged is seen no more
    (folder / "a.png").unlink()
    assert "a.png" in found._repr_html_()


def test_buttons_judge_one_after_the_other(folder):
    view = Verdicts(reanswer(Better(TRUTHS, 2), folder, share=0.0))
    html = view.box.children[0]
    assert html.value.count("<img") == 2
    assert "and 1 more" in html.value
    first = html.value
    view.refuse.click()
    assert dict(view.found.verdicts) == {0: False}
    assert html.value != first
    assert not view.accept.disabled
    view.accept.click()
    assert dict(view.found.verdicts) == {0: False, 1: True}
    assert "0 undecided, 1 accepted" in html.value
    assert [button.disabled for button in view.buttons] == [True] * 3
    view.found.write()
    assert masks(folder)["a.png"] == [LARGE, disc(95, 30, 15.3)]


def test_a_button_accepts_all_that_is_left(folder):
    view = Verdicts(reanswer(Better(TRUTHS, 2), folder, share=0.0))
    view.refuse.click()
    view.rest.click()
    assert dict(view.found.verdicts) == {0: False, 1: True}


def test_a_figure_too(folder):
    axes = reanswer(Better(TRUTHS, 2), folder).figure().axes
    assert len(axes) == 2
    before, after = (np.asarray(axis.images[0].get_array()) for axis in axes)
    assert before.shape == after.shape
    assert (before != after).any()


@pytest.mark.parametrize("share", [-0.1, 1.5])
def test_a_share_is_one(share, folder):
    with pytest.raises(SamError, match="0 to 1"):
        reanswer(Better(TRUTHS, 2), folder, share=share)
