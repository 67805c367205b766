"""Annotations on disk: never over what somebody else has written, whatever stopped the writing."""

import json

import numpy as np
import pytest

from sam_widget.errors import SamError
from sam_widget.folders import written as home
from sam_widget.folders.entries import Entry
from sam_widget.folders.photos import named
from sam_widget.folders.places import place_of
from sam_widget.folders.written import Written
from sam_widget.formats import sa1b
from sam_widget.formats.annotated import Annotated
from sam_widget.masks import Mask
from sam_widget.regions import Region

SIZE = (6, 4)


def annotated(*widths, name="cat.jpg"):
    regions = []
    for width in widths:
        mask = np.zeros(SIZE[::-1], bool)
        mask[1:3, :width] = True
        regions.append(Region(Mask.from_array(mask), "cat"))
    return Annotated(name, SIZE, tuple(regions))


@pytest.fixture
def place(tmp_path):
    (tmp_path / "cat.jpg").write_bytes(b"")
    return place_of(next(named([tmp_path / "cat.jpg"])), None)


def again(place):
    """As the next process finds it."""
    return Written(place, Entry.load(place.journal))


def masks(path):
    return [each.mask for each in sa1b.read_one(path).regions]


def test_what_is_written_is_sa_1b_and_comes_back(place):
    assert again(place).write(annotated(3)) is None
    assert masks(place.json) == [each.mask for each in annotated(3).regions]
    assert Entry.load(place.journal).objects == 1


def test_the_same_again_leaves_the_file_alone(place):
    again(place).write(annotated(3))
    before = place.json.stat().st_mtime_ns, place.json.stat().st_ino
    again(place).write(annotated(3))
    assert (place.json.stat().st_mtime_ns, place.json.stat().st_ino) == before


@pytest.mark.parametrize("strange", [b'{"shapes": []}', b"", b"[]", b"\xff\xfe"])
def test_another_formats_file_stays_and_ours_goes_beside_it(place, strange):
    place.json.write_bytes(strange)
    ours = again(place)
    assert ours.read(SIZE) is None
    said = ours.write(annotated(3))
    assert "cat.json is somebody else's" in said
    assert "cat.jpg.json" in said
    assert place.json.read_bytes() == strange
    beside = place.json.with_name("cat.jpg.json")
    assert masks(beside) == [each.mask for each in annotated(3).regions]
    assert again(place).write(annotated(4)) is None  # it is known by now
    assert masks(beside) == [each.mask for each in annotated(4).regions]


def test_a_file_that_others_have_changed_since_stays(place):
    ours = again(place)
    ours.write(annotated(2))
    sa1b.write_one(annotated(5), place.json)
    said = ours.write(annotated(3))
    assert "goes to cat.jpg.json" in said
    assert masks(place.json) == [each.mask for each in annotated(5).regions]
    assert masks(place.json.with_name("cat.jpg.json")) == [
        each.mask for each in annotated(3).regions
    ]


def test_what_others_have_annotated_is_read_once_and_left_as_it_is(place):
    sa1b.write_one(annotated(5), place.json)
    strange = json.loads(place.json.read_bytes()) | {"info": "of another program"}
    place.json.write_text(json.dumps(strange))
    before = place.json.read_bytes()
    ours = again(place)
    found = ours.read(SIZE)
    assert [each.mask for each in found.regions] == [each.mask for each in annotated(5).regions]
    ours.took(annotated(5))
    assert again(place).read(SIZE) is None
    assert again(place).write(annotated(5)) is None
    assert place.json.read_bytes() == before
    assert again(place).write(annotated(5, 2)) is None  # it is this photo's own from now on
    assert len(masks(place.json)) == 2


def test_a_photo_that_differs_by_its_ending_alone_keeps_its_own(place, tmp_path):
    again(place).write(annotated(3))
    (tmp_path / "cat.png").write_bytes(b"")
    other = place_of(next(named([tmp_path / "cat.png"])), None)
    assert again(other).read(SIZE) is None
    again(other).write(annotated(5, name="cat.png"))
    assert masks(place.json) == [each.mask for each in annotated(3).regions]
    assert masks(tmp_path / "cat.png.json") == [each.mask for each in annotated(5).regions]


def test_annotations_of_another_photo_of_the_name_are_not_taken(place):
    sa1b.write_one(annotated(5, name="cat.png"), place.json)
    assert again(place).read(SIZE) is None
    sa1b.write_one(annotated(5), place.json)
    assert again(place).read((60, 40)) is None


@pytest.mark.parametrize("at", ["before", "after"])
def test_killed_while_it_writes_a_file_is_still_its_own(place, monkeypatch, at):
    again(place).write(annotated(2))
    whole = home.write_whole

    def killed(path, data):
        if at == "after":
            whole(path, data)
        raise KeyboardInterrupt

    monkeypatch.setattr(home, "write_whole", killed)
    with pytest.raises(KeyboardInterrupt):
        again(place).write(annotated(3))
    monkeypatch.undo()
    assert again(place).write(annotated(3)) is None  # what it was about to write
    assert masks(place.json) == [each.mask for each in annotated(3).regions]
    assert again(place).write(annotated(4)) is None
    assert masks(place.json) == [each.mask for each in annotated(4).regions]
    assert sorted(each.name for each in place.json.parent.glob("*.json")) == ["cat.json"]


def test_a_file_that_was_deleted_is_written_anew(place):
    again(place).write(annotated(2))
    place.json.unlink()
    assert again(place).write(annotated(2)) is None
    assert masks(place.json)


def test_what_cannot_be_written_is_said(place, monkeypatch):
    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(home, "write_whole", full)
    with pytest.raises(SamError, match="No space left"):
        again(place).write(annotated(2))


@pytest.mark.parametrize("damage", [b"", b"{}", b"[1]", b'{"objects": "x"}', b"\xff", b"9" * 10**6])
def test_an_entry_that_is_damaged_says_nothing(tmp_path, damage):
    Entry(3, "accept", "fine").save(tmp_path)
    assert Entry.load(tmp_path) == Entry(3, "accept", "fine")
    (tmp_path / "photo.json").write_bytes(damage)
    assert Entry.load(tmp_path) == Entry()
