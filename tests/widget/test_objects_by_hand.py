"""Objects as wholes: masks of elsewhere as objects, put together, exact; one step of undo each."""

import numpy as np
import pytest

from sam_widget import Mask, Region
from sam_widget.document.edits import EditError
from sam_widget.masks import MaskError
from tests.widget.page import PHOTO, Page, Quiet

HIGH, WIDE = PHOTO.shape[:2]


def noise(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).random((HIGH, WIDE)) < 0.3


def disc(x: float, y: float, radius: float) -> np.ndarray:
    ys, xs = np.mgrid[:HIGH, :WIDE] + 0.5
    return np.hypot(xs - x, ys - y) <= radius


class TestAdded:
    def test_they_are_exact_and_no_model_is_asked(self, w, model):
        regions = [
            Region(Mask.from_array(noise(1)), "moss", 0.75, float("nan")),
            Mask.from_array(noise(2)),
            noise(3).astype(np.uint8) * 255,
        ]
        ids = w.add_objects(regions)
        assert [each.id for each in w.objects] == list(ids)
        for seed, one in enumerate(w.objects, 1):
            assert np.array_equal(one.array(), noise(seed))
            assert one.locked
        assert [each.label for each in w.objects] == ["moss", "", ""]
        assert [each.predicted_iou for each in w.objects] == [0.75, None, None]
        assert w.objects[0].stability_score is None
        assert len(model.asked) == 0

    def test_one_step_undoes_all_and_what_is_open_stays_open(self, w):
        w.add_point(30, 20)
        w.add_objects(noise(seed) for seed in range(5))
        assert [each.locked for each in w.objects] == [False] + [True] * 5
        w.undo()
        assert [each.locked for each in w.objects] == [False]
        w.redo()
        assert np.array_equal(w.objects[5].array(), noise(4))

    def test_one_can_be_reopened_clicked_and_painted(self, w):
        (only,) = w.add_objects([disc(30, 20, 5)])
        w.reopen(only)
        w.paint((2.5, 2.5), 1)
        w.erase((30.5, 20.5), 1)
        w.accept()
        wanted = disc(30, 20, 5)
        wanted[2, 2], wanted[20, 30] = True, False
        assert np.array_equal(w.objects[0].array(), wanted)

    @pytest.mark.parametrize(
        ("given", "error", "says"),
        [
            ([np.zeros((HIGH, WIDE), bool)], MaskError, "empty"),
            (
                [Region(Mask.from_array(np.zeros((HIGH, WIDE), bool)))],
                EditError,
                "Region 0 is empty",
            ),
            ([Region(Mask.from_array(np.ones((3, 4), bool)))], EditError, "of 4 x 3 px, the image"),
            ([np.ones((3, 4), bool)], MaskError, "of 4 x 3 px, the image"),
            (["a mask"], MaskError, "A mask is an array"),
            (7, EditError, "regions or masks, several in a list, not 7"),
        ],
        ids=range(6),
    )
    def test_refused_in_words_with_nothing_changed(self, w, given, error, says):
        before = w.document
        with pytest.raises(error, match=says):
            w.add_objects(given)
        assert w.document is before

    def test_none_is_no_step(self, w):
        assert w.add_objects([]) == ()
        assert not w.undo()

    def test_they_come_back_from_a_journal(self, model, tmp_path):
        first = Quiet(PHOTO, model, journal=tmp_path)
        first.add_objects([Region(Mask.from_array(noise(1)), "moss", 0.75)])
        first.close()
        again = Quiet(PHOTO, model, journal=tmp_path)
        (only,) = again.objects
        assert (only.label, only.predicted_iou) == ("moss", 0.75)
        assert np.array_equal(only.array(), noise(1))
        again.undo()
        assert again.objects == ()
        again.redo()
        assert np.array_equal(again.objects[0].array(), noise(1))
        again.close()

    def test_history_is_played_again(self, w, model):
        w.add_objects([noise(1)])
        other = Quiet(PHOTO, model)
        assert other.replay(w.history)
        assert np.array_equal(other.objects[0].array(), noise(1))
        other.close()


A, B, C = disc(20, 20, 9), disc(30, 20, 9), disc(50, 30, 4)


@pytest.fixture
def three(w):
    w.add_objects([A, B, C])
    w.rename(w.objects[1].id, "moss")
    return [each.id for each in w.objects]


def masks(w):
    return [each.array() for each in w.objects]


def same(w, *wanted):
    return len(w.objects) == len(wanted) and all(map(np.array_equal, masks(w), wanted))


class TestPutTogether:
    def test_a_part_of_a_part_takes_in_the_whole_of_both(self, w):
        whole = Region(Mask.from_array(A | B | C), id="1")
        part = Region(Mask.from_array(A | B), id="2", parent="1")
        least = Region(Mask.from_array(A), id="3", parent="2")
        ids = w.add_objects([whole, part, least])
        w.merge([ids[2], ids[0]])
        assert {each.id: each.parent for each in w.objects} == {ids[1]: ids[2], ids[2]: ""}
        w.undo()
        assert [each.parent for each in w.objects] == ["", ids[0], ids[1]]

    def test_merged_they_are_the_first_and_the_others_go(self, w, three):
        assert w.merge(three[:2]) == three[0]
        assert same(w, A | B, C)
        assert [each.label for each in w.objects] == ["moss", ""]
        w.undo()
        assert same(w, A, B, C)
        w.redo()
        assert same(w, A | B, C)
        w.undo()
        w.merge(w.objects, "all of it")  # what w.objects has will do
        assert same(w, A | B | C)
        assert w.objects[0].label == "all of it"

    def test_of_what_is_taken_away_the_sources_stay(self, w, three):
        assert w.subtract(three[0], [three[1], three[2]]) == (A & B).sum()
        assert same(w, A & ~B, B, C)
        assert w.subtract(three[0], [three[2]]) == 0
        w.undo()
        assert same(w, A, B, C), "nothing was no step"

    def test_what_all_have_in_common(self, w, three):
        assert w.intersect(three[:2]) == (A & ~B).sum()
        assert same(w, A & B, B, C)
        with pytest.raises(EditError, match="Nothing would be left of the object"):
            w.intersect(three)
        assert same(w, A & B, B, C)

    def test_what_the_model_drew_and_what_is_open_too(self, w, three, model):
        w.add_point(30, 20)
        drawn, asked = w.mask, len(model.asked)
        w.merge([w.objects[3].id, three[2]])
        assert same(w, A, B, drawn | C)
        assert not w.objects[2].locked
        w.add_point(32, 20)
        assert w.mask[C].all(), "it stays with another answer"
        assert len(model.asked) == asked + 1

    @pytest.mark.parametrize(
        ("act", "says"),
        [
            (lambda w, ids: w.merge(ids[:1]), "To merge takes 2 objects or more, not 1"),
            (lambda w, ids: w.merge("abc"), "Several objects are a list of ids, not 'abc'"),
            (lambda w, ids: w.merge([ids[0], "nobody"]), "No object has the id 'nobody'"),
            (lambda w, ids: w.merge(ids, 7), "A label is a text, not 7"),
            (lambda w, ids: w.subtract(ids[0], [ids[0]]), "cannot be taken from itself"),
            (lambda w, ids: w.subtract(ids[0], [w.add_objects([A | B])[0]]), "Nothing would be"),
            (lambda w, ids: w.keep_parts(), "no candidates to keep yet"),
        ],
        ids=range(7),
    )
    def test_refused_in_words(self, w, three, act, says):
        with pytest.raises(EditError, match=says):
            act(w, three)
        assert same(w, A, B, C, *masks(w)[3:])

    def test_parts_of_what_went_are_parts_of_what_took_it_in(self, w):
        w.add_point(30, 20)
        whole, part, sub = w.keep_parts()
        assert [each.parent for each in w.objects] == ["", whole, part]
        (other,) = w.add_objects([C])
        w.merge([other, part])
        assert {each.id: each.parent for each in w.objects} == {whole: "", sub: other, other: ""}


class TestParts:
    def test_the_three_are_one_object_with_parts(self, w):
        w.add_point(30, 20)
        drawn = w.masks
        w.choose(2)
        ids = w.keep_parts()
        assert same(w, *drawn)
        assert [each.id for each in w.objects] == list(ids)
        assert all(each.locked for each in w.objects)
        assert [each.predicted_iou is not None for each in w.objects] == [True] * 3
        w.undo()
        assert [each.locked for each in w.objects] == [False]
        assert np.array_equal(w.mask, drawn[2])

    def test_a_whole_that_goes_leaves_its_parts(self, w):
        w.add_point(30, 20)
        whole, part, _sub = w.keep_parts()
        w.delete(whole)
        assert [each.parent for each in w.objects] == ["", part]
        w.rename(part, "head")
        w.undo()
        w.undo()
        assert [each.parent for each in w.objects] == ["", whole, part]

    def test_parts_come_along_with_regions(self, w, model):
        w.add_point(30, 20)
        w.keep_parts()
        other = Quiet(PHOTO, model)
        first, second, _third = other.add_objects(w.objects)
        assert [each.parent for each in other.objects] == ["", first, second]
        assert [len(each.prompts) for each in other.objects] == [1, 0, 0]
        (prompt,) = other.objects[0].prompts
        assert (prompt.x, prompt.y, prompt.positive) == (30, 20, True)
        other.close()


class TestLocked:
    @pytest.mark.parametrize(
        "act",
        [
            lambda w, ids: w.rename(ids[0], "x"),
            lambda w, ids: w.recolor(ids[0], 3),
            lambda w, ids: w.delete(ids[0]),
            lambda w, ids: w.reopen(ids[0]),
            lambda w, ids: w.merge(ids),
            lambda w, ids: w.merge([ids[1], ids[0]]),
            lambda w, ids: w.subtract(ids[0], ids[1:]),
            lambda w, ids: w.intersect(ids[:2]),
        ],
        ids=range(8),
    )
    def test_it_refuses_whatever_changes_it(self, w, three, act):
        w.lock(three[0])
        before = w.document
        with pytest.raises(
            EditError, match="That object is locked against change: unlock it first"
        ):
            act(w, three)
        assert w.document is before
        w.unlock(three[0])
        act(w, three)
        assert w.document != before

    def test_it_can_be_moved_and_hidden_and_taken_from_others(self, w, three):
        w.lock(*three[:2])
        assert [each.protected for each in w.objects] == [True, True, False]
        w.move(three[0], 2)
        w.move(three[2], 0)
        assert [each.id for each in w.objects] == [three[2], three[1], three[0]]
        w.hide(three[0])
        assert w.hidden == (three[0],)
        w.undo(), w.undo()
        w.undo()
        assert [each.protected for each in w.objects] == [False] * 3

    def test_an_open_one_takes_no_prompt(self, w):
        w.add_point(30, 20)
        w.lock(w.objects[0].id)
        with pytest.raises(EditError, match="locked against change"):
            w.add_point(32, 20)
        with pytest.raises(EditError, match="locked against change"):
            w.accept()


class TestHidden:
    def test_hidden_and_shown(self, w, three):
        before = w.document
        w.hide(three[0], three[2])
        assert w.hidden == (three[0], three[2])
        w.show(three[0])
        assert w.hidden == (three[2],)
        w.hide()
        assert set(w.hidden) == set(three)
        w.show()
        assert w.hidden == ()
        assert w.document is before
        with pytest.raises(EditError, match="No object has the id"):
            w.hide("nobody")


class TestLabels:
    def test_what_is_used_is_offered_again(self, model):
        w = Quiet(PHOTO, model, labels=["cup", "spoon"])
        ids = w.add_objects([A, B])
        w.rename(ids[0], "숟가락")
        w.rename(ids[1], "cup")
        assert w.labels == ("cup", "spoon", "숟가락")
        w.image = PHOTO[::-1]
        assert w.labels == ("cup", "spoon", "숟가락")
        w.close()


class TestOverlap:
    @pytest.fixture
    def apart(self, w, three):
        def accept(rule, x=30, y=20):
            w.overlap = rule
            w.add_point(x, y)
            w.choose(1)
            drawn = w.mask
            w.accept()
            return drawn

        return accept

    def test_kept_they_overlap_and_it_is_said(self, w, apart):
        drawn = apart("keep")
        assert same(w, A, B, C, drawn)
        told = w.overlapped
        assert (told.rule, told.others, told.pixels) == ("keep", 2, (drawn & (A | B)).sum())

    def test_cut_the_new_one_loses(self, w, apart):
        drawn = apart("cut")
        assert same(w, A, B, C, drawn & ~(A | B))
        assert w.overlapped.pixels == (drawn & (A | B)).sum()
        w.undo()
        assert not w.objects[3].locked, "one step of undo"
        assert same(w, A, B, C, drawn)
        w.redo()
        assert same(w, A, B, C, drawn & ~(A | B))

    def test_replaced_the_others_lose_and_what_is_all_gone_goes(self, w, apart, three):
        drawn = apart("replace")
        assert drawn[B].all()
        assert same(w, A & ~drawn, C, drawn)
        assert (w.overlapped.others, w.overlapped.gone) == (2, 1)
        w.undo()
        assert same(w, A, B, C, drawn)

    def test_what_is_locked_loses_nothing(self, w, apart, three):
        w.lock(three[0])
        drawn = apart("replace")
        assert same(w, A, C, drawn & ~A)
        assert (w.overlapped.held, w.overlapped.gone) == (1, 1)

    def test_what_would_be_all_cut_stays_whole(self, w, apart, three):
        w.add_objects([np.ones_like(A)])
        drawn = apart("cut")
        assert np.array_equal(masks(w)[-1], drawn)
        assert w.overlapped.whole

    @pytest.mark.parametrize("now", ["keep", "cut", "replace"])
    @pytest.mark.parametrize("then", ["keep", "cut", "replace"])
    def test_played_again_it_is_what_the_rule_did_then(self, w, apart, model, then, now):
        apart(then)
        w.undo()
        w.redo()
        apart(then, 40, 25)
        other = Quiet(PHOTO, model, overlap=now)
        assert other.replay(w.history)
        assert same(other, *masks(w))
        for each in (w, other):
            each.undo()
        assert same(other, *masks(w)), "one step of undo"
        other.close()

    def test_after_a_replay_the_rule_is_there_again(self, w, apart, model):
        apart("keep")
        other = Quiet(PHOTO, model, overlap="cut")
        other.replay(w.history)
        other.add_point(31, 21)
        other.accept()
        assert other.overlapped.rule == "cut"
        other.close()

    def test_parts_and_wholes_may_overlap(self, w):
        w.add_point(30, 20)
        whole, *_ = w.keep_parts()
        drawn = masks(w)
        w.overlap = "cut"
        w.reopen(whole)
        w.accept()
        assert same(w, *drawn)

    def test_accepted_before_the_answer_is_there(self, w, three):
        w.overlap = "cut"
        w._session.push(w_open(w))
        w.accept()
        assert not (masks(w)[3] & (A | B)).any()
        w.undo()
        assert not w.objects[3].locked

    def test_what_is_picked_is_accepted_too_and_what_is_added_stays_exact(self, w, three):
        w.overlap = "cut"
        w.add_objects([A])
        assert np.array_equal(masks(w)[3], A)


def w_open(w):
    from sam_widget.widget import acts

    return acts.add_point(w.document, 30, 20, True)


class TestTurbo:
    def test_each_click_is_an_object_and_one_step(self, w):
        w.turbo = True
        for x in (10, 30, 50):
            w.add_point(x, 20)
        assert [each.locked for each in w.objects] == [True] * 3
        assert w.mask[20, 50]
        w.undo()
        assert len(w.objects) == 2
        w.turbo = False
        w.reopen(w.objects[0].id)
        w.turbo = True
        w.add_point(12, 20)
        assert not w.objects[0].locked, "what is open is refined, and accepted by hand"

    def test_what_says_only_what_is_not_wanted_stays_open(self, w):
        w.turbo = True
        w.add_point(10, 20, positive=False)
        assert len(w.prompts) == 1

    def test_with_a_rule(self, model):
        w = Quiet(PHOTO, model, turbo=True, overlap="cut")
        w.add_point(20, 20)
        w.add_point(30, 20)
        one, other = masks(w)
        assert not (one & other).any()
        w.undo()
        assert len(w.objects) == 1
        w.close()


class TestPage:
    def test_a_page_asks_for_objects_to_be_put_together(self, w, three):
        page = Page(w)
        page.hello()
        page.says({"type": "arrange", "client": "page", "how": "merge", "objects": three[:2]})
        assert same(w, A | B, C)
        patch = page.last("patch")
        assert any(each["type"] == "combine" for each in patch["edit"]["put"].values())
        page.says(
            {
                "type": "arrange",
                "client": "page",
                "how": "subtract",
                "objects": [three[0], three[2]],
            }
        )
        assert page.last("reject")["why"] == "That changes no pixel: the masks stay as they are."
        page.says({"type": "arrange", "client": "page", "how": "merge", "objects": []})
        assert "list of ids" in page.last("reject")["why"]
        w.lock(three[0])
        page.says(
            {"type": "arrange", "client": "page", "how": "merge", "objects": [three[0], three[2]]}
        )
        assert "locked against change" in page.last("reject")["why"]

    def test_pages_hear_what_the_rule_did(self, w, three):
        page = Page(w)
        page.hello()
        w.overlap = "cut"
        w.add_point(30, 20)
        w.accept()
        told = page.last("overlapped")
        assert (told["rule"], told["others"]) == ("cut", 2)
