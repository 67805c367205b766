"""What counts as many photos, what they are called, and how few are taken at a time."""

import numpy as np
import PIL.Image
import pytest

from sam_widget.folders.photos import named, roll_of
from sam_widget.folders.places import output_of, place_of
from sam_widget.images import ImageError, read_image

GREY = np.zeros((4, 5, 3), np.uint8)


@pytest.fixture
def folder(tmp_path):
    for name in ("10.png", "9.png", "2.png", ".hidden.png", "notes.txt"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "deep.jpg").write_bytes(b"")
    return tmp_path


def names(roll):
    return [each.name for each in roll.known]


def test_a_folder_is_the_pictures_right_in_it_numbers_counting_as_numbers(folder):
    assert names(roll_of(folder)) == ["2.png", "9.png", "10.png"]
    assert names(roll_of(str(folder))) == ["2.png", "9.png", "10.png"]


def test_a_glob_reaches_below(folder):
    assert names(roll_of(f"{folder}/**/*.*")) == ["2.png", "9.png", "10.png", "below/deep.jpg"]
    with pytest.raises(ImageError, match="no pictures at"):
        roll_of(f"{folder}/*.webp")


def test_a_folder_without_pictures_says_what_it_holds(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    with pytest.raises(ImageError, match="1 files, and no pictures"):
        roll_of(tmp_path)


def test_files_of_a_list_are_called_by_what_they_lie_in(folder):
    roll = roll_of([folder / "below" / "deep.jpg", folder / "2.png", folder / "2.png", GREY])
    assert names(roll) == ["below/deep.jpg", "2.png", "0004"]


@pytest.mark.parametrize(
    "one", [GREY, [[1, 2], [3, 4]], PIL.Image.new("L", (3, 3)), "nothing.png", b"PNG", 7, None]
)
def test_what_is_one_picture_or_none_is_left_alone(one):
    assert roll_of(one) is None


def test_a_file_whose_name_looks_like_a_glob_is_a_file(tmp_path):
    PIL.Image.new("RGB", (3, 3)).save(tmp_path / "a[1].png")
    assert roll_of(str(tmp_path / "a[1].png")) is None


def test_a_generator_is_read_no_further_than_asked():
    taken = []

    def photos():
        for number in range(1000):
            taken.append(number)
            yield GREY

    roll = roll_of(photos())
    assert (len(roll), roll.whole, taken) == (0, False, [])
    assert roll.at(2).name == "0003"
    assert (len(roll), taken) == (3, [0, 1, 2])


def test_a_generator_that_fails_says_so_and_keeps_what_it_gave():
    def photos():
        yield GREY
        raise OSError(5, "the drive is gone")

    roll = roll_of(photos())
    assert roll.at(1) is None
    assert names(roll) == ["0001"]
    assert roll.trouble == "No more photos come: the drive is gone."


def test_an_empty_list_is_refused():
    with pytest.raises(ImageError, match="empty"):
        roll_of([])


def test_where_the_work_lies(folder, tmp_path):
    photo = next(named([folder / "below" / "deep.jpg"]))
    beside = place_of(photo, None)
    assert beside.json == folder / "below" / "deep.json"
    assert beside.journal == folder / "below" / ".sam_widget" / "deep.jpg"
    out = place_of(photo, tmp_path / "out")
    assert out.json == tmp_path / "out" / "deep.json"
    files = out.files()
    assert [next(files).name for _ in range(3)] == ["deep.json", "deep.jpg.json", "deep.jpg.2.json"]


def test_what_is_no_file_has_a_place_only_where_there_is_an_output(tmp_path):
    photo = next(named([read_image(GREY)]))
    assert place_of(photo, None) is None
    assert place_of(photo, tmp_path).json == tmp_path / "0001.json"


@pytest.mark.parametrize(("given", "said"), [(7, "path of a folder"), (__file__, "is a file")])
def test_an_output_that_cannot_be(given, said):
    with pytest.raises(ValueError, match=said):
        output_of(given)
