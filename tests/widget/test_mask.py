"""A mask as a prompt, the whole way: given, answered, undone, sent, brought by a page, refused."""

import numpy as np
import pytest

from sam_widget.document.blobs import name_of
from sam_widget.document.edits import EditError
from sam_widget.document.journal import Journal
from sam_widget.document.records import Box, MaskPrompt, Object, Point
from sam_widget.document.session import Session
from sam_widget.masks import Mask, MaskError
from sam_widget.segment.answers.answerer import AnswerError
from tests.segment.fake import FakeSegmenter
from tests.widget.page import HEIGHT, PHOTO, WIDTH, Page, Quiet

ON = np.zeros((HEIGHT, WIDTH), bool)
ON[10:20, 15:30] = True
BITTEN = ON.copy()
BITTEN[10, 15] = False  # no answer of the fake's
RUNS = Mask.from_array(ON).to_bytes()


def brought(thing, data=RUNS, width=WIDTH, height=HEIGHT, name="m"):
    return MaskPrompt(name, thing, name_of(data), None, width, height, len(data))


@pytest.fixture
def page(w):
    page = Page(w)
    page.image = next(iter(page.hello()["document"]))
    page.heard.clear()
    return page


class TestPython:
    def test_a_mask_is_answered_like_a_click(self, w, model):
        w.add_mask(ON)
        (prompt,) = w.prompts
        assert (prompt.tag, prompt.width, prompt.height) == ("mask", WIDTH, HEIGHT)
        np.testing.assert_array_equal(w.mask, ON)  # the fake fills the box that it is told
        asked = model.asked[-1]
        assert asked.logits.shape == (16, 16)
        assert 0 < (asked.logits > 0).mean() < 0.5

    def test_it_goes_with_clicks_and_a_box_and_stays_the_only_mask(self, w, model):
        w.add_point(12, 12)
        w.add_mask(ON)
        w.add_box(0, 0, 20, 20)
        w.add_mask(~ON)
        assert [each.tag for each in w.prompts] == ["point", "box", "mask"]
        asked = model.asked[-1]
        assert len(asked.points) == 1
        np.testing.assert_array_equal(asked.box, [0, 0, 20, 20])
        assert (asked.logits > 0).any()

    def test_logits_go_in_as_they_are(self, w, model):
        w.add_mask(np.where(ON, 3.0, -5.0))
        assert model.asked[-1].logits.max() == pytest.approx(3, abs=0.1)
        assert w.prompts[0].logits is not None

    def test_undo_and_redo_need_no_model(self, w, model):
        w.add_point(12, 12)
        before = w.mask
        w.add_mask(ON)
        after = w.mask
        assert w.undo()
        np.testing.assert_array_equal(w.mask, before)
        assert w.redo()
        np.testing.assert_array_equal(w.mask, after)
        assert len(model.asked) == 2

    def test_its_bytes_stay_as_long_as_undo_or_redo_can_bring_it_back(self, w, monkeypatch):
        monkeypatch.setattr("sam_widget.document.session.SLACK", -1_000_000)  # tidy at each change
        blobs = w._session.blobs
        name = name_of(Mask.from_array(BITTEN).to_bytes())
        w.add_mask(BITTEN)
        w.clear()
        assert name in blobs
        w.undo()
        w.undo()
        assert name in blobs
        w.add_point(1, 1)  # there is nothing to do again now
        w.wait()
        assert name not in blobs
        assert not blobs._fresh

    def test_a_new_prompt_asks_with_it_again(self, w, model):
        w.add_mask(ON)
        w.choose(2)
        w.add_point(25, 15)
        assert (model.asked[-1].logits > 0).any()
        assert w.document.open_object().choice is None

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            (ON.T, "The mask is of 40 x 60 px, the image of 60 x 40 px: give one of its size."),
            (ON & ~ON, "The mask is empty"),
            (np.full(ON.shape, np.nan), "The mask holds NaN or infinity"),
        ],
    )
    def test_refused_in_words_with_nothing_changed(self, w, given, sentence):
        before = w.document
        with pytest.raises(MaskError, match=sentence):
            w.add_mask(given)
        assert w.document is before
        assert len(w._session.blobs) == 1

    def test_a_mask_that_is_all_specks(self, w, monkeypatch):
        monkeypatch.setattr("sam_widget.document.corrections.LARGEST_BLOBS", 100)
        noise = np.random.default_rng(0).integers(0, 2, ON.shape, np.uint8)
        with pytest.raises(EditError, match="smooth it, or drop its specks"):
            w.add_mask(noise)
        assert w.prompts == ()

    def test_without_a_picture(self, model):
        w = Quiet(model=model)
        with pytest.raises(EditError, match="no image yet"):
            w.add_mask(ON)
        w.close()
        with pytest.raises(EditError, match="closed"):
            w.add_mask(ON)

    def test_a_model_that_takes_none_says_so_and_nothing_is_lost(self):
        model = FakeSegmenter("without masks")
        model.kinds = ("point", "box")
        w = Quiet(PHOTO, model)
        w.add_point(12, 12)
        before = w.mask
        with pytest.raises(AnswerError, match=r"takes points and boxes, no mask: undo takes"):
            w.add_mask(ON)
        assert [each.tag for each in w.prompts] == ["point", "mask"]
        assert len(model.asked) == 1
        assert w.undo()
        np.testing.assert_array_equal(w.mask, before)
        w.add_point(20, 20)
        assert w.mask[20, 20]
        assert all(asked.logits is None for asked in model.asked)
        w.close()


class TestPages:
    def test_a_page_gets_the_bytes_with_the_patch_that_mentions_them(self, w, page):
        w.add_mask(ON)
        patches = [(c, b) for c, b in page.heard if c["type"] == "patch"]
        assert patches[0][0]["blobs"] == [name_of(RUNS)]
        assert patches[0][1] == [RUNS]
        again = Page(w, client="later")
        assert name_of(RUNS) in again.hello()["blobs"]

    def test_a_page_can_take_it_back(self, w, page):
        w.add_mask(ON)
        page.push(drop=(w.prompts[0].id,))
        assert w.prompts == ()
        page.undo()
        assert [each.tag for each in w.prompts] == ["mask"]
        w.wait()
        np.testing.assert_array_equal(w.mask, ON)

    def test_a_page_may_bring_one(self, w, page):
        page.push(Object("o", page.image), brought("o"), data=[RUNS])
        w.wait()
        np.testing.assert_array_equal(w.mask, ON)
        assert page.all("reject") == []
        assert not w._session.blobs._fresh

    @pytest.mark.parametrize(
        ("prompt", "data", "why"),
        [
            (brought("o"), [], "The mask's bytes are not here any more: give it again."),
            (brought("o", b"no"), [b"no"], "2 bytes are no mask"),
            (brought("o", width=HEIGHT, height=WIDTH), [RUNS], "The mask is of 60 x 40 px, the"),
            (
                MaskPrompt("m", "o", name_of(RUNS), None, WIDTH, HEIGHT, 3),
                [RUNS],
                f"The mask says 3 bytes, and brings {len(RUNS)}.",
            ),
        ],
    )
    def test_one_that_cannot_be_is_refused(self, w, page, prompt, data, why):
        before = w.document
        page.push(Object("o", page.image), prompt, data=data)
        (reject,) = page.all("reject")
        assert reject["why"].startswith(why)
        assert w.document is before
        assert not w._session.blobs._fresh

    def test_a_second_one_takes_the_first_ones_place_though_two_pages_gave_them(self, w, page):
        w.add_point(20, 15)
        page.hello()
        page.version = w._session.version
        thing = w.document.open_object().id
        w.add_mask(~ON)
        page.push(brought(thing), data=[RUNS])  # it has not seen Python's
        assert [each.blob for each in w.prompts if each.tag == "mask"] == [name_of(RUNS)]


def test_the_journal_brings_it_back_without_a_model(tmp_path, w):
    journal = Journal(tmp_path)
    journal.follow(w._session)
    w.image = PHOTO
    w.add_point(12, 12)
    w.add_mask(ON)
    w.add_box(1, 1, 30, 30)
    w.undo()
    journal.close()
    session, journal = Session(), Journal(tmp_path)
    journal.replay(session)
    journal.close()
    assert session.document == w.document
    thing = session.document.open_object()
    assert [type(each) for each in session.document.prompts_of(thing.id)] == [Point, MaskPrompt]
    assert session.blobs.get(name_of(RUNS)) == RUNS
    assert session.document.answer_of(thing.id) == w.document.answer_of(thing.id)
    session.redo()
    assert isinstance(session.document.prompts_of(thing.id)[-1], Box)
    session.undo()
    session.undo()
    session.redo()
    assert session.document.answer_of(thing.id) is not None
