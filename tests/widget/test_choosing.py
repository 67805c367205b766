"""Three candidates from Python and from a page: the cut, the next click, feeding back."""

import numpy as np
import pytest
import traitlets

from sam_widget.document.edits import Edit, EditError, edit_to_json
from sam_widget.document.records import Point
from sam_widget.masks import Mask
from sam_widget.segment.enlarge import Enlarged, smooth
from sam_widget.segment.kinds import clicked
from sam_widget.segment.next_click import next_click
from sam_widget.widget import SamWidget
from tests.segment.hills import GRID, Hills
from tests.widget.page import PHOTO, Page, Quiet


@pytest.fixture
def hills():
    return Hills()


@pytest.fixture
def w(hills):
    widget = Quiet(PHOTO, hills)
    yield widget
    widget.close()


class TestThreshold:
    def test_it_is_one_step_and_stays_with_the_object(self, w, hills):
        w.add_point(30, 20)
        before = w.masks
        w.threshold = np.float32(0.5)
        assert w.threshold == 0.5
        assert all((now <= then).all() for now, then in zip(w.masks, before, strict=True))
        assert w.mask.sum() < before[0].sum()
        assert len(hills.asked) == 1
        w.add_point(31, 20)
        assert w.threshold == 0.5
        w.undo()
        w.undo()
        assert w.threshold == 0
        np.testing.assert_array_equal(w.masks, before)
        w.threshold = 0  # as it is: no step
        assert w.redo()
        assert w.threshold == 0.5
        w.accept()
        assert w.threshold == 0.5
        (one,) = w.objects
        w.add_point(10, 10)
        assert w.threshold == 0
        w.reopen(one.id)
        assert w.threshold == 0.5

    def test_what_a_click_would_give_is_cut_there_too(self, w):
        w.add_point(30, 20)
        w.threshold = 2
        page = Page(w)
        page.hello()
        more = Point("q", w.document.open_object().id, 31.0, 20.0)
        asked = {"edit": edit_to_json(Edit.of(more)), "version": w._session.version}
        page.says({"type": "peek", "client": "page", "seq": 1, **asked})
        w.wait()
        _, (data,) = next(each for each in page.heard if each[0]["type"] == "peeked")
        w.add_point(31, 20)
        np.testing.assert_array_equal(Mask.from_bytes(data).to_array(), w.mask)

    def test_it_replays(self, w, hills):
        w.add_point(30, 20)
        w.threshold = -1
        mask = w.mask
        again = Quiet(PHOTO, Hills(key=hills.key))
        again.replay(w.history)
        assert again.threshold == -1
        np.testing.assert_array_equal(again.mask, mask)
        again.close()

    @pytest.mark.parametrize("bad", [33, -32.1, float("nan"), "high", None, True, [1]])
    def test_what_is_no_logit_is_refused(self, w, bad):
        w.add_point(30, 20)
        with pytest.raises(EditError, match="A threshold is a logit from -32 to 32, not"):
            w.threshold = bad
        assert w.threshold == 0

    def test_there_must_be_something_to_cut(self, w):
        with pytest.raises(EditError, match="There is nothing to cut yet"):
            w.threshold = 1

    def test_it_is_kept_in_the_journal(self, tmp_path, hills):
        w = Quiet(PHOTO, hills, journal=tmp_path / "work")
        w.add_point(30, 20)
        w.threshold = -1.5
        mask = w.mask
        w.close()
        again = SamWidget.restore(tmp_path / "work", Hills())
        assert again.threshold == -1.5
        np.testing.assert_array_equal(again.mask, mask)
        assert again.undo()
        assert again.threshold == 0
        again.close()

    def test_a_journal_of_yesterday_says_nothing_of_it(self, tmp_path, hills):
        w = Quiet(PHOTO, hills, journal=tmp_path / "work")
        w.add_point(30, 20)
        mask = w.mask
        w.close()
        changes = tmp_path / "work" / "changes.jsonl"
        told = changes.read_text("utf-8")
        assert '"threshold":0.0' in told
        changes.write_text(told.replace(',"threshold":0.0', ""), "utf-8")
        again = SamWidget.restore(tmp_path / "work", Hills())
        assert again.threshold == 0
        np.testing.assert_array_equal(again.mask, mask)
        again.close()

    def test_a_page_of_yesterday_says_nothing_of_it(self, w):
        w.add_point(30, 20)
        page = Page(w)
        page.hello()
        thing = dict(page.last("snapshot")["document"][w.document.open_object().id])
        del thing["threshold"]
        edit = {"put": {thing["id"]: thing | {"choice": 2}}, "drop": [], "group": None}
        page.says(
            {"type": "push", "client": "page", "seq": 1, "edit": edit, "version": -1, "blobs": []}
        )
        assert page.all("reject") == []
        np.testing.assert_array_equal(w.mask, w.masks[2])
        assert w.threshold == 0


class TestNextClick:
    def test_it_lies_where_candidates_dispute(self, w):
        assert w.next_click is None
        w.add_point(30, 20)
        found = w.next_click
        says = w.masks[:, int(found.y), int(found.x)]
        assert 0 < says.sum() < 3
        assert found.keeps == tuple(np.flatnonzero(says == found.positive))
        w.accept()
        assert w.next_click is None

    def test_it_stays_away_from_clicks_alone(self, w):
        w.add_point(30, 20)
        everywhere = [(x + 0.5, y) for x in range(60) for y in range(40)[:: 2 - x % 2 * 4]]
        w.add_stroke(everywhere, 2)
        at = clicked(w.prompts)
        assert len(at) == 2
        assert w.next_click is not None
        assert w.next_click == next_click(w.masks, w.scores, at)

    def test_a_page_asks_for_it(self, w):
        page = Page(w)
        page.hello()
        page.says({"type": "ask_next", "client": "page"})
        assert page.last("next") == {"type": "next", "to": "page", "answer": None, "click": None}
        w.add_point(30, 20)
        page.says({"type": "ask_next", "client": "page"})
        told = page.last("next")
        assert told["answer"] == w.document.answer_of(w.document.open_object().id).id
        assert (told["click"]["x"], told["click"]["y"]) == (w.next_click.x, w.next_click.y)


class TestLogits:
    def test_a_page_can_cut_them_as_the_kernel_does(self, w):
        w.add_point(30, 20)
        w.threshold = 2
        page = Page(w)
        page.hello()
        thing = w.document.open_object().id
        page.says({"type": "ask_logits", "client": "page", "object": thing, "choice": 1})
        w.wait()
        told, (data,) = next(each for each in page.heard if each[0]["type"] == "logits")
        grid = np.frombuffer(data, "<i2").reshape(GRID, GRID) * np.float32(told["step"])
        assert told["samples"] == GRID
        assert told["of"] == [each.id for each in w.prompts]
        frame = w._desk.answerer._asking.logits.said(tuple(told["of"])).frame
        assert (told["side"], (told["width"], told["height"])) == frame.on_the_way(GRID)
        mine = Enlarged.of(grid - np.float32(2), frame, way=smooth).mask().to_array()
        assert np.count_nonzero(mine != w.masks[1]) <= 2

    def test_logits_of_other_prompts_than_were_asked_for_are_not_sent(self, w, monkeypatch):
        w.add_point(30, 20)
        page = Page(w)
        page.hello()
        thing, lend = w.document.open_object().id, w._desk.answerer.lend

        def late(name, wish):
            lend(name, lambda of, said: (wish(("other",), said), wish(of, said)))

        monkeypatch.setattr(w._desk.answerer, "lend", late)
        page.says({"type": "ask_logits", "client": "page", "object": thing, "choice": 1})
        w.wait()
        assert [each["of"] for each in page.all("logits")] == [[each.id for each in w.prompts]]

    @pytest.mark.parametrize(("thing", "choice"), [("nobody", 0), (None, 3), (None, -1)])
    def test_what_is_not_there_is_not_sent(self, w, thing, choice):
        w.add_point(30, 20)
        page = Page(w)
        page.hello()
        name = thing or w.document.open_object().id
        page.says({"type": "ask_logits", "client": "page", "object": name, "choice": choice})
        w.wait()
        assert page.all("logits") == []
        assert page.all("reject") == []


class TestFeedingBack:
    def test_the_switch_asks_about_the_same_clicks_anew(self, w, hills):
        w.add_point(30, 20)
        w.feed_back = False
        assert len(hills.asked) == 1  # one click has nothing to be fed
        w.add_point(31, 20)
        assert hills.asked[-1].logits is None
        w.feed_back = True
        w.wait()
        assert hills.asked[-1].logits is not None
        assert [each.logits is None for each in hills.asked] == [True, True, False]
        assert w.undo()  # it is no step
        assert len(w.prompts) == 1

    def test_it_can_be_off_from_the_start(self, hills):
        w = Quiet(PHOTO, hills, feed_back=False)
        w.add_point(30, 20)
        w.add_point(31, 20)
        assert hills.asked[-1].logits is None
        w.close()

    def test_it_is_true_or_false(self, w):
        with pytest.raises(traitlets.TraitError, match="feed_back must be True or False, not 'no'"):
            w.feed_back = "no"


class TestSharpen:
    def test_it_looks_round_the_mask_and_is_one_step(self, w, hills):
        w.add_point(30, 20)
        before = w.mask
        w.sharpen((15, 5, 45, 35))
        assert [prompt.tag for prompt in w.prompts] == ["point", "window"]
        assert w.mask.sum() < before.sum()  # a hill's radius is of the grid, which spans less now
        assert w.mask[20, 30]
        assert len(hills.asked) == 3
        assert w.undo()
        np.testing.assert_array_equal(w.mask, before)

    def test_by_default_it_looks_round_the_mask(self, w):
        w.add_point(30, 20)
        w.threshold = 7  # a small hill
        w.sharpen()
        (window,) = [prompt for prompt in w.prompts if prompt.tag == "window"]
        assert (window.x0, window.y0, window.x1, window.y1) == (0, 0, 60, 40)  # 64 px at least

    def test_a_second_window_takes_the_place_of_the_first_and_holds_for_the_next_click(self, w):
        w.add_point(30, 20)
        w.sharpen((10, 10, 40, 40))
        w.sharpen(np.array([20, 12, 40, 30]))
        w.add_point(31, 20)
        assert [prompt.tag for prompt in w.prompts] == ["point", "window", "point"]
        assert w.prompts[1].x0 == 20

    @pytest.mark.parametrize(
        ("window", "why"),
        [
            (None, "There is nothing to look at from nearer yet: add a point or a box."),
            ((1, 2, 3, 4), "There is nothing to look at from nearer yet: add a point or a box"),
        ],
    )
    def test_there_must_be_something_to_look_at(self, w, window, why):
        with pytest.raises(EditError, match=why):
            w.sharpen(window)

    @pytest.mark.parametrize("window", [3, "all", (1, 2, 3), (1, 2, float("nan"), 4), (9, 9, 2, 2)])
    def test_what_is_no_window_is_refused_in_a_sentence(self, w, window):
        w.add_point(30, 20)
        with pytest.raises(EditError, match=r"\.$"):
            w.sharpen(window)
        assert len(w.prompts) == 1
