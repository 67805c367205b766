"""What people paste as a path finds the file that they mean, and leads out of no folder."""

import unicodedata
from pathlib import Path

import pytest

from sam_widget.errors import SamError
from sam_widget.paths import as_path, inside, is_address

NAME = "강아지 café 1.jpg"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / unicodedata.normalize("NFD", NAME)).write_bytes(b"jpg")
    (tmp_path / "a b.jpg").write_bytes(b"jpg")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PHOTOS", str(tmp_path / "images"))
    return tmp_path


PASTED = {
    "as it is": "{folder}/a b.jpg",
    "relative": "a b.jpg",
    "Windows' Copy as path": '"{folder}/a b.jpg"',
    "single quotes": "'{folder}/a b.jpg'",
    "typographic quotes": "\u201c{folder}/a b.jpg\u201d",
    "a line's end": "{folder}/a b.jpg\r\n",
    "a mark that the properties window copies": "\u202a{folder}/a b.jpg",
    "a file address": "file://{folder}/a%20b.jpg",
    "a file address of this host": "file://localhost{folder}/a%20b.jpg",
    "a terminal's escapes": r"{folder}/a\ b.jpg",
    "backslashes": r".\a b.jpg",
    "home": "~/a b.jpg",
    "home in quotes": '"~/a b.jpg"',
    "a variable": "$HOME/a b.jpg",
    "bytes": b"a b.jpg",
}


@pytest.mark.parametrize("pasted", PASTED.values(), ids=PASTED)
def test_what_is_pasted_finds_the_file(folder, pasted):
    if isinstance(pasted, str):
        pasted = pasted.replace("{folder}", str(folder))
    assert as_path(pasted).samefile(folder / "a b.jpg")


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
@pytest.mark.parametrize("where", ["images/{}", '"images/{}"', "$PHOTOS/{}", r"images\{}"])
def test_a_name_composed_another_way_finds_the_file(folder, form, where):
    path = as_path(where.format(unicodedata.normalize(form, NAME)))
    assert path.read_bytes() == b"jpg"


def test_a_file_whose_name_has_quotes_is_found_under_it(folder):
    odd = folder / '"a b.jpg"'
    odd.write_bytes(b"another")
    assert as_path('"a b.jpg"').read_bytes() == b"another"


def test_what_is_not_there_is_the_plain_path(folder):
    assert as_path('"~/new/out.png"') == folder / "new/out.png"
    assert as_path("~no-such-user/x") == Path("~no-such-user/x")
    assert as_path("a\0b") == Path("a\0b")


def test_no_path_and_another_machine_are_refused():
    for empty in ("", "  ", b""):
        with pytest.raises(SamError, match="empty"):
            as_path(empty)
    with pytest.raises(SamError, match="another machine, server"):
        as_path("file://server/share/a.jpg")


@pytest.mark.parametrize("given", [None, 3, [], {}, object()])
def test_what_is_no_path_is_said_so(given):
    with pytest.raises(SamError, match="A path is a text or a Path, not"):
        as_path(given)


@pytest.mark.parametrize(
    ("name", "elsewhere"),
    [
        ("https://example.org/a.jpg", True),
        ("s3://bucket/a.jpg", True),
        ("data:image/png;base64,AAAA", True),
        ("www.example.org/a.jpg", True),
        ("file:///tmp/a.jpg", False),
        ("C:\\photos\\a.jpg", False),
        ("a.jpg", False),
    ],
)
def test_addresses_are_told_from_paths(name, elsewhere):
    assert is_address(name) is elsewhere


@pytest.mark.parametrize(
    "name",
    [
        "a b.jpg",
        "./a b.jpg",
        "images/../a b.jpg",
        "/somewhere/else/a b.jpg",
        "../../a b.jpg",
        r"C:\photos\a b.jpg",
        r"..\a b.jpg",
    ],
)
def test_a_file_of_annotations_is_found_in_its_folder(folder, name):
    assert inside(folder, name) == folder / name or inside(folder, name).samefile(
        folder / "a b.jpg"
    )


@pytest.mark.parametrize("name", [rf"images\{NAME}", f"images/{NAME}", rf"D:\set\images\{NAME}"])
def test_windows_and_macs_names_are_found(folder, name):
    root = folder / "images" if ":" in name else folder
    assert inside(root, name).read_bytes() == b"jpg"


@pytest.mark.parametrize("name", ["/etc/passwd", "../../etc/passwd", r"..\..\secret", "..", "/"])
def test_no_name_leads_out_of_the_folder(folder, name):
    with pytest.raises(SamError, match="leads out of the folder"):
        inside(folder, name)
