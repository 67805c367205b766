"""Things like an example: told to pages, answered by click and by Python, undone, kept."""

import numpy as np
import pytest
from PIL import Image

from sam_widget.document.edits import EditError
from sam_widget.document.records import Object, Point
from sam_widget.errors import SamError
from sam_widget.masks import Mask
from sam_widget.segment.similar.chase import Chase
from tests.segment.similar.alike import (
    BLUE,
    PHOTO,
    RED,
    RED_DISCS,
    Colours,
    photo,
)
from tests.widget.page import Page, Quiet


@pytest.fixture
def w():
    widget = Quiet(PHOTO, Colours())
    yield widget
    widget.close()


@pytest.fixture
def page(w):
    one = Page(w)
    one.hello()
    return one


def mark(w, at=RED_DISCS[0], label=""):
    w.add_point(*at)
    w.choose(1)
    w.accept()
    if label:
        w.rename(w.objects[-1].id, label)
    return w.objects[-1].id


def find(w, *which, **how):
    return w.find_alike(*which, progress=False, **how)


def test_it_can_be_read_when_the_hunt_has_heard_what_the_survey_has_not(w, monkeypatch):
    heard, seen = Chase.heard, []

    def heard_and_read(chase, prediction):
        heard(chase, prediction)
        seen.append(len(chase.ranked()) - len(w.alike))

    monkeypatch.setattr(Chase, "heard", heard_and_read)
    mark(w)
    assert find(w)
    assert max(seen) > 0


def test_it_finds_the_others_and_pages_hear_of_them_with_their_masks(w, page):
    mark(w, label="berry")
    found = find(w)
    assert found == w.alike
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)
    assert sum(p.score > 0.6 for p in found) == 4
    assert found[0].region.label == "berry"
    told = page.last("likened")
    assert [one["score"] for one in told["proposals"]] == [p.score for p in found]
    assert (told["label"], told["objects"], told["clicks"]) == ("berry", 1, 1)
    assert told["reach"]["what"] == "done"
    data = {
        name: bytes(each)
        for content, buffers in page.heard
        if content["type"] == "likened"
        for name, each in zip(content["blobs"], buffers, strict=True)
    }
    assert [Mask.from_bytes(data[one["blob"]]) for one in told["proposals"]] == [
        p.region.mask for p in found
    ]
    assert len(data) == len(set(data)), "no mask is sent twice"


def test_a_page_that_comes_later_has_all_of_it(w, page):
    mark(w)
    find(w)
    late = Page(w, client="late")
    late.hello()
    late.says({"type": "lack", "client": "late", "hunt": ""})
    told = late.last("likened")
    assert told["proposals"] == page.last("likened")["proposals"]
    assert set(told["blobs"]) == {one["blob"] for one in told["proposals"]}


def test_accepted_ones_are_objects_like_the_example_and_the_model_is_not_asked_again(w):
    name = mark(w, label="berry")
    w.recolor(name, 4)
    found = find(w)
    w.accept_alike(found[0])
    new = w.objects[-1]
    assert (new.label, new.locked) == ("berry", True)
    assert w.document.get(new.id).color == 4
    np.testing.assert_array_equal(new.array(), found[0].region.array())
    left = w.alike
    assert found[0].region not in [p.region for p in left]
    assert left[0].score >= found[1].score - 1e-6, "what is like both is likelier now"
    assert w.alike_saving.steps[-1] == (2, 2)
    w.accept_alike(above=0.6)
    assert len(w.objects) == 5
    assert (w.alike_saving.clicks, w.alike_saving.objects) == (3, 5)
    asked = w._desk.model.load(None).asked
    assert len(asked) == len(set(asked)), "what it has said is remembered"
    w.undo()
    assert len(w.objects) == 2
    likely = {p.region for p in left if p.score > 0.6}
    assert likely <= {p.region for p in w.alike}


def test_a_page_accepts_by_a_click_and_refuses_and_takes_that_back(w, page):
    mark(w)
    find(w)
    first, second, *_ = page.last("likened")["proposals"]
    thing = Object("cup", w.document.image().id, choice=first["choice"], locked=True, order=9)
    page.push(thing, Point("p", "cup", first["x"], first["y"]))
    told = page.last("likened")
    assert first["index"] not in [one["index"] for one in told["proposals"]]
    assert (told["clicks"], told["objects"]) == (2, 2)
    refuse = {"type": "refuse", "client": "page", "hunt": told["hunt"]}
    page.says(refuse | {"index": second["index"]})
    now = page.last("likened")
    assert second["index"] not in [one["index"] for one in now["proposals"]]
    assert now["refused"] == 1
    page.says(refuse | {"index": None})
    assert page.last("likened")["proposals"] == told["proposals"]
    page.says(refuse | {"hunt": "another", "index": second["index"]})
    assert page.last("likened")["refused"] == 0


def test_a_page_begins_stops_and_closes_it(w, page):
    name = mark(w)
    page.says({"type": "liken", "client": "page", "object": name})
    w._desk.alike.wait(lambda _: None)
    assert len(page.last("likened")["proposals"]) >= 4
    page.says({"type": "leave", "client": "page", "close": False})
    assert w.alike
    page.says({"type": "leave", "client": "page", "close": True})
    assert w.alike == ()
    assert page.last("likened")["hunt"] == ""


def test_objects_of_one_label_are_examples_together(w):
    mark(w, label="berry")
    mark(w, (64, 60), label="berry")
    find(w)
    assert w.alike_saving.steps == ((2, 2),)
    assert len([p for p in w.alike if p.score > 0.6]) >= 4


def test_without_an_object_it_says_so_and_the_next_photo_goes_on_from_the_last(w):
    with pytest.raises(EditError, match="Mark one first"):
        find(w)
    with pytest.raises(EditError, match="No object has the id"):
        find(w, "nobody")
    mark(w, label="berry")
    find(w)
    w.image = photo([(40, 40, RED), (90, 60, RED), (20, 80, BLUE)])
    found = find(w)
    assert [p.region.label for p in found if p.score > 0.6] == ["berry", "berry"]
    assert w.alike_saving.steps == ((0, 0),)


def test_of_many_photos_the_next_goes_on_from_the_last(tmp_path):
    for name, discs in (("a", RED_DISCS), ("b", ((40, 40), (90, 60)))):
        painted = photo([(x, y, RED) for x, y in discs])
        Image.fromarray(painted).save(tmp_path / f"{name}.png")
    w = Quiet(tmp_path, Colours(), output=tmp_path / "out")
    try:
        mark(w, label="berry")
        find(w)
        w.next()
        found = find(w)
        assert [p.region.label for p in found if p.score > 0.6] == ["berry", "berry"]
    finally:
        w.close()


def test_on_other_pictures_what_was_answered_here_counts(w):
    mark(w, label="berry")
    w.accept_alike(find(w)[0])
    others = [photo([(40, 40, RED), (90, 60, RED)]), photo([(30, 30, BLUE)])]
    some, none = find(w, in_=others)
    assert (some.name, none.name) == ("1", "2")
    assert len(some.above(0.6)) == 2
    assert not len(none.above(0.6))
    assert some.annotated.size == (128, 96)


def test_what_is_not_proposed_now_is_refused_in_a_sentence(w):
    mark(w)
    first = find(w)[0]
    w.refuse_alike(first)
    for act in (w.accept_alike, w.refuse_alike):
        with pytest.raises(SamError, match=r"Proposals of w\.alike"):
            act(first)
    with pytest.raises(SamError, match="above is a number"):
        w.accept_alike(above="all")


def test_a_new_photo_ends_it(w, page):
    mark(w)
    find(w)
    w.image = PHOTO[:, ::-1].copy()
    assert page.last("likened")["hunt"] == ""
    assert w.alike == ()
