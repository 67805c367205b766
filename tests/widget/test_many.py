"""A widget of many photos: next, previous, what is written, what comes back, who is at work."""

import io
import json
import shutil
import time

import numpy as np
import PIL.Image
import pytest

from sam_widget.document.journal import InUseError
from sam_widget.document.records import Object, Point
from sam_widget.errors import SamError
from sam_widget.folders import at_work
from sam_widget.formats import sa1b
from sam_widget.images import ImageError
from sam_widget.widget import SamWidget
from tests.segment.fake import FakeSegmenter
from tests.widget.page import HEIGHT, WIDTH, Page, Quiet, live
from tests.widget.test_pending import Hand


def photo(seed):
    return np.random.default_rng(seed).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for seed in range(5):
        PIL.Image.fromarray(photo(seed)).save(folder / f"{seed}.png")
    return folder


@pytest.fixture
def widget():
    made = []

    def widget(photos, **knobs):
        made.append(Quiet(photos, FakeSegmenter(), **knobs))
        return made[-1]

    yield widget
    for each in made:
        each.close()


def written(path):
    return sa1b.read_one(path).regions


def hand_at(w):
    """A page that acts at once; another thread may be saying something when it says hello."""
    for _ in range(100):
        try:
            return Hand(w)
        except IndexError:
            time.sleep(0.05)
    raise AssertionError


def mark(w, x=30, y=20):
    w.add_point(x, y)
    w.accept()


def test_next_and_previous_each_photo_with_its_own_work(widget, folder):
    w = widget(folder)
    assert w.photo == "0.png"
    mark(w)
    assert w.next()
    assert (w.photo, w.objects) == ("1.png", ())
    np.testing.assert_array_equal(w.image, photo(1))
    mark(w, 10, 10)
    w.add_point(40, 30)
    assert w.previous()
    assert len(w.objects) == 1
    assert not w.previous()
    w.go("1.png")
    assert [each.locked for each in w.objects] == [True, False]
    w.go(4)
    assert w.photo == "4.png"
    assert not w.next()
    w.go(-2)
    assert w.photo == "3.png"


def test_undo_reaches_back_across_a_visit_to_another_photo(widget, folder):
    w = widget(folder)
    mark(w)
    w.next()
    w.previous()
    assert w.undo()
    assert [each.locked for each in w.objects] == [False]
    assert w.redo()
    assert [each.locked for each in w.objects] == [True]


def test_each_piece_of_work_is_written_as_it_is_done(widget, folder):
    w = widget(folder)
    mark(w)
    w.wait()
    (region,) = written(folder / "0.json")
    assert region.mask == w.objects[0].mask
    w.rename(w.objects[0].id, "cup")
    w.wait()
    assert written(folder / "0.json")[0].label == "cup"
    w.delete(w.objects[0].id)
    w.wait()
    assert written(folder / "0.json") == ()
    assert not (folder / "1.json").exists()


def test_an_output_folder_has_all_that_is_written(widget, folder, tmp_path):
    before = sorted(folder.iterdir())
    w = widget(folder, output=tmp_path / "out")
    mark(w)
    w.next()
    assert written(tmp_path / "out" / "0.json")
    assert sorted(folder.iterdir()) == before


def test_photos_of_an_output_that_are_no_files_come_back(widget, tmp_path):
    w = widget((photo(seed) for seed in range(3)), output=tmp_path)
    mark(w)
    w.next()
    mark(w, 10, 10)
    w.next()
    w.previous()
    w.close()
    assert written(tmp_path / "0001.json")
    w = widget((photo(seed) for seed in range(3)), output=tmp_path)
    assert (w.photo, len(w.objects)) == ("0002", 1)


def test_arrays_without_an_output_are_kept_in_memory(widget):
    w = widget([photo(0), photo(1)])
    mark(w)
    w.add_mask(w.objects[0].mask)  # whose bytes are the prompt's
    w.next()
    assert w.progress.done == 1
    w.previous()
    assert len(w.prompts) == 1
    assert w.undo()
    assert w.undo()
    assert [each.locked for each in w.objects] == [False]


def test_it_goes_on_where_it_stopped(widget, folder):
    w = widget(folder)
    mark(w)
    w.go(3)
    mark(w)
    w.undo()
    before = w.document
    w.close()
    w = widget(folder)
    assert w.photo == "3.png"
    assert w.document == before
    assert w.redo()
    assert w.progress.done == 1


def test_progress_counts_what_is_done(widget, folder):
    w = widget(folder)
    assert str(w.progress) == "0 of 5 done"
    mark(w)
    w.next()
    w.verdict = "accept"  # nothing in it to be marked
    w.go(2)
    w.verdict = "defer"
    w.note = "too dark"
    w.wait()
    assert str(w.progress) == "2 of 5 done"
    assert (w.progress.accept, w.progress.fail, w.progress.defer) == (1, 0, 1)
    assert w.photos["2.png"].note == "too dark"
    assert written(folder / "1.json") == ()
    w.close()
    w = widget(folder)
    assert (w.photo, w.verdict, w.note) == ("2.png", "defer", "too dark")
    w.verdict = None
    assert w.progress.defer == 0


def test_a_filter_leaves_some(widget, folder):
    w = widget(folder, review=True)
    w.verdict = "fail"
    w.go(2)
    w.verdict = "fail"
    w.review(only="fail")
    assert w.previous()
    assert w.photo == "0.png"
    assert w.next()
    assert w.photo == "2.png"
    assert not w.next()
    w.review(only="open")
    assert w.next()
    assert w.photo == "3.png"


@pytest.mark.parametrize(
    ("do", "said"),
    [
        (lambda w: w.go(9), "none at 9"),
        (lambda w: w.go("no.png"), "no photo 'no.png'"),
        (lambda w: w.go(1.5), "whole number"),
        (lambda w: w.review(only="bad"), "only is one of"),
        (lambda w: setattr(w, "verdict", "good"), "A verdict is one of"),
        (lambda w: setattr(w, "note", 7), "A note is a text"),
        (lambda w: setattr(w, "image", photo(0)), "goes through many photos"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(widget, folder, do, said):
    w = widget(folder)
    before = w.document
    with pytest.raises(SamError, match=said):
        do(w)
    assert (w.photo, w.document) == ("0.png", before)


@pytest.mark.parametrize("only", ["", "fail"])
def test_a_closed_one_turns_no_page_and_says_so(widget, folder, only):
    w = widget(folder)
    w.review(False, only=only)
    w.close()
    for turn in (w.next, w.previous):
        with pytest.raises(SamError, match="closed"):
            turn()


def test_a_widget_of_one_photo_says_so(widget):
    w = widget(photo(0))
    with pytest.raises(SamError, match="one photo"):
        w.next()
    assert (w.photo, dict(w.photos)) == (None, {})
    with pytest.raises(SamError, match="name output"):
        widget([photo(0)], journal="here")


def test_a_photo_that_is_broken_is_passed_over_and_said(widget, folder):
    (folder / "1.png").write_bytes(b"no picture")
    w = widget(folder)
    page = Page(w)
    page.hello()
    assert w.next()
    assert w.photo == "2.png"
    assert "1.png" in page.last("reject")["why"]
    with pytest.raises(ImageError):
        w.go("1.png")
    assert w.photo == "2.png"


def test_none_that_can_be_opened_is_no_widget(folder):
    before = len(live())
    with pytest.raises(ImageError):
        Quiet([folder / "missing.png"], FakeSegmenter())
    assert len(live()) == before


def test_a_photo_that_has_changed_keeps_its_work(widget, folder):
    w = widget(folder)
    mark(w)
    w.close()
    PIL.Image.fromarray(photo(77)).save(folder / "0.png")
    w = widget(folder)
    assert w.photo == "1.png"
    with pytest.raises(SamError, match="has changed since work on it began"):
        w.go(0)


def test_photos_that_differ_by_their_ending_alone_have_each_its_own_work(widget, tmp_path):
    for ending in ("bmp", "jpg", "png"):
        PIL.Image.fromarray(photo(1)).save(tmp_path / f"cat.{ending}")
    w = widget(tmp_path)
    for _ in range(3):
        assert w.objects == ()
        mark(w)
        w.next()
    w.close()
    files = sorted(each.name for each in tmp_path.glob("*.json"))
    assert files == ["cat.jpg.json", "cat.json", "cat.png.json"]
    assert all(len(written(tmp_path / each)) == 1 for each in files)


def test_what_no_journal_can_hold_is_there_after_another_photo(widget, folder):
    w = widget(folder)
    mark(w)
    shutil.rmtree(folder / ".sam_widget")
    mark(w, 10, 10)
    w.add_point(40, 30)
    ids = [each.id for each in w.objects]
    w.next()
    w.previous()
    assert [each.id for each in w.objects] == ids
    assert len(ids) == 3
    assert w.undo()


def test_whose_journal_has_gone_begins_with_its_annotations(widget, folder):
    w = widget(folder)
    mark(w)
    w.close()
    shutil.rmtree(folder / ".sam_widget" / "0.png" / "blobs")
    (folder / ".sam_widget" / "0.png" / "changes.jsonl").unlink()
    shutil.rmtree(folder / ".sam_widget" / "0.png" / "images")
    again = widget(folder)
    again.go("0.png")
    assert len(again.objects) == 1
    again.close()
    assert len(written(folder / "0.json")) == 1


def test_what_others_have_annotated_comes_in(widget, folder):
    w = widget(folder)
    mark(w)
    mark(w, 5, 5)
    w.rename(w.objects[0].id, "cup")
    w.close()
    (folder / ".sam_widget").rename(folder / "gone")
    before = (folder / "0.json").read_bytes()
    w = widget(folder)
    w.go(0)
    assert [each.label for each in w.objects] == ["cup", ""]
    w.next()
    w.previous()
    assert (folder / "0.json").read_bytes() == before
    mark(w, 50, 30)
    w.wait()
    assert len(written(folder / "0.json")) == 3


def test_a_file_that_says_there_is_nothing_is_this_photos_own(widget, folder):
    w = widget(folder)
    w.verdict = "accept"
    w.close()
    assert written(folder / "0.json") == ()
    (folder / ".sam_widget").rename(folder / "gone")
    w = widget(folder)
    mark(w)
    w.wait()
    assert len(written(folder / "0.json")) == 1


def test_two_widgets_on_one_folder_keep_out_of_each_others_way(widget, folder):
    ours, theirs = widget(folder), widget(folder)
    assert (ours.photo, theirs.photo) == ("0.png", "1.png")
    page = Page(ours)
    page.hello()
    with pytest.raises(InUseError, match=r"1\.png is open elsewhere \(\w+ on .*, since"):
        ours.go(1)
    mark(ours)
    mark(theirs)
    assert ours.next()
    assert ours.photo == "2.png"
    assert "1.png is open elsewhere" in page.last("reject")["why"]
    theirs.close()
    assert ours.previous()
    assert (ours.photo, len(ours.objects)) == ("1.png", 1)
    ours.wait()
    assert ours.progress.done == 2


def test_a_file_that_somebody_else_has_changed_stays_and_the_page_is_told(widget, folder):
    w = widget(folder)
    page = Page(w)
    page.hello()
    mark(w)
    w.wait()
    (folder / "0.json").write_text("{}")
    mark(w, 10, 10)
    w.wait()
    assert (folder / "0.json").read_text() == "{}"
    assert len(written(folder / "0.png.json")) == 2
    assert "stays as it is" in page.last("reject")["why"]


def test_who_was_killed_left_work_that_the_next_puts_in_order(widget, folder):
    w = widget(folder)
    mark(w)
    w.wait()
    sitting = w._album.now
    (folder / "0.json").unlink()  # as if it had not come to the writing
    sitting._dirty, sitting._end = False, lambda: None
    sitting.desk.leave()
    sitting.closed = True
    w._album.now = None
    w.close()
    at_work.turned_to(folder / ".sam_widget", "3.png")
    w = widget(folder)
    assert w.photo == "3.png"
    w._album._scribe.help()
    assert written(folder / "0.json")
    assert not at_work.left(folder / ".sam_widget" / "0.png")


def test_a_mask_that_is_on_its_way_comes_though_another_photo_is_shown(folder):
    model = FakeSegmenter()
    w = SamWidget(folder, model)
    try:
        w.wait(20)
        model.gate.clear()
        hand = hand_at(w)
        hand.click()
        hand.accept()
        assert w.next()
        assert not (folder / "0.json").exists()
        model.gate.set()
        w.wait(20)
        assert written(folder / "0.json")
        assert (w.progress.done, at_work.left(folder / ".sam_widget" / "0.png")) == (1, False)
        w.previous()
        assert len(w.objects) == 1
    finally:
        model.gate.set()
        w.close()


def test_who_comes_back_before_the_mask_finds_it_on_its_way(folder):
    model = FakeSegmenter()
    w = SamWidget(folder, model)
    try:
        w.wait(20)
        model.gate.clear()
        hand = hand_at(w)
        hand.click()
        hand.accept()
        w.next()
        w.previous()
        assert w.objects == ()
        model.gate.set()
        w.wait(20)
        assert len(w.objects) == 1
        assert written(folder / "0.json")
    finally:
        model.gate.set()
        w.close()


def test_pages_are_told_and_see_another_document(widget, folder):
    w = widget(folder)
    page = Page(w)
    snapshot = page.hello()
    mark(w)
    w.next()
    patch = page.last("patch")
    image = next(iter(each for each in patch["edit"]["put"].values() if each["type"] == "image"))
    assert set(patch["edit"]["drop"]) >= set(snapshot["document"])
    assert image["id"] == w.document.image().id
    versions = [each["version"] for each in page.all("patch")]
    assert versions == list(range(versions[0], versions[0] + len(versions)))
    told = page.last("album")
    assert (told["name"], told["place"], told["count"]) == ("1.png", 1, 5)
    assert told["progress"]["done"] == 1


def test_what_a_page_meant_for_the_photo_before_is_refused(widget, folder):
    w = widget(folder)
    page = Page(w)
    page.hello()
    page.version = w._session.version
    image = w.document.image().id
    w.next()
    page.push(Object("o", image), Point("p", "o", 5, 5, True))
    assert "meant for the one before" in page.last("reject")["why"]
    assert len(w.document) == 1


def test_a_page_turns_judges_and_asks_for_the_strip(widget, folder):
    w = widget(folder, review=True)
    page = Page(w)
    page.hello()
    page.says({"type": "ask_slides", "client": "page", "first": 1, "count": 3, "lacks": [1, 2]})
    names = [each["name"] for each in page.last("slides")["slides"]]
    assert names == ["1.png", "2.png", "3.png"]
    w._album._scribe.help()
    thumbs = [each for each in page.all("slides") if each["blobs"]]
    assert [each["slides"][0]["name"] for each in thumbs] == ["1.png", "2.png"]
    data = next(data for said, data in page.heard if said is thumbs[0])[0]
    assert PIL.Image.open(io.BytesIO(data)).size == (WIDTH, HEIGHT)
    page.says({"type": "leaf", "client": "page", "by": 1})
    assert w.photo == "1.png"
    page.says({"type": "remark", "client": "page", "name": "1.png", "note": "hm"})
    page.says({"type": "judge", "client": "page", "name": "1.png", "verdict": "fail"})
    assert w.photos["1.png"].verdict == "fail"
    assert w.photos["1.png"].note == "hm"
    assert w.photo == "2.png"
    page.says({"type": "judge", "client": "page", "name": "1.png", "verdict": "accept"})
    assert "photo before" in page.last("reject")["why"]
    page.says({"type": "review", "client": "page", "reviewing": False, "only": "fail"})
    assert page.last("album")["count"] == 1
    page.says({"type": "go_to", "client": "page", "name": "1.png"})
    assert (w.photo, page.last("album")["place"]) == ("1.png", 0)


def test_what_was_made_stays_readable_once_it_is_closed(widget, folder):
    w = widget(folder)
    mark(w)
    before = w.objects
    w.close()
    assert w.objects == before
    with pytest.raises(SamError, match="closed"):
        w.next()


def test_observers_hear_of_another_photo(widget, folder):
    w = widget(folder)
    heard = []
    mark(w)
    w.on_change(lambda w: heard.append((w.photo, len(w.objects))))
    w.next()
    w.previous()
    assert heard == [("1.png", 0), ("0.png", 1)]


def test_the_next_photo_is_read_and_encoded_ahead(folder):
    model = FakeSegmenter()
    w = Quiet(folder, model)
    w.wait()
    w._album._scribe.help()
    assert w._album._ahead.nbytes == WIDTH * HEIGHT * 3
    w.close()
    assert w._album._ahead.nbytes == 0


def test_entries_are_plain_files(widget, folder):
    w = widget(folder)
    mark(w)
    w.wait()
    told = json.loads((folder / ".sam_widget" / "0.png" / "photo.json").read_bytes())
    assert (told["objects"], told["file"]) == (1, "0.json")
