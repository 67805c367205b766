"""A widget with a folder: the work goes on where it stopped, whatever stopped it."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
from traitlets import TraitError

from sam_widget.document import journal as home
from sam_widget.document.blobs import name_of
from sam_widget.document.journal import CHANGES, JournalError
from sam_widget.document.records import Answer, Point
from sam_widget.errors import SamError
from sam_widget.images import ImageError, read_image
from sam_widget.widget import cells, keeping
from tests.segment.fake import FakeSegmenter
from tests.widget.page import HEIGHT, PHOTO, WIDTH, Page, Quiet

OTHER = PHOTO[::-1].copy()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "work"


def work(w):
    """Two objects: one accepted by a choice, one open, whose last point was undone."""
    w.add_point(30, 20)
    w.choose(2)
    w.accept()
    w.add_box(5, 6, 50, 30)
    w.add_point(10, 10, positive=False)
    w.undo()


def seen(w):
    """All that a person can find: what is there, and what undo and redo bring back; and no more."""
    found = [w.document]
    while w.redo():
        found.append(w.document)
    forward = len(found)
    while w.undo():
        found.append(w.document)
    for _ in range(len(found) - 2 * forward + 1):
        w.redo()
    assert w.document == found[0]
    return found


def made(folder, photo=PHOTO):
    """Work in a folder and leave it; return what there is to find."""
    w = Quiet(photo, FakeSegmenter(), journal=folder)
    work(w)
    found, masks = seen(w), [each.mask for each in w.objects]
    w.close()
    return found, masks


class TestGoingOn:
    @pytest.mark.parametrize("again", ["the same photo", "restored", "no photo"])
    def test_all_is_as_it_was_and_no_model_is_asked(self, folder, again):
        found, masks = made(folder)
        model = FakeSegmenter()
        w = {
            "the same photo": lambda: Quiet(PHOTO.copy(), model, journal=str(folder)),
            "restored": lambda: Quiet.restore(folder, model),
            "no photo": lambda: Quiet(model=model, journal=folder),
        }[again]()
        assert w.journal == folder
        assert seen(w) == found
        for mask, each in zip(masks, w.objects, strict=True):
            np.testing.assert_array_equal(each.mask, mask)
        np.testing.assert_array_equal(w.image, PHOTO)
        w.wait()
        assert model.asked == []
        w.close()

    def test_work_goes_on_and_on(self, folder):
        made(folder)
        for number in range(3):
            w = Quiet.restore(folder, FakeSegmenter())
            w.accept()
            w.add_point(8 + number, 9)
            assert len(w.objects) == 3 + number
            w.close()
        w = Quiet.restore(folder, FakeSegmenter())
        assert [each.locked for each in w.objects] == [True] * 4 + [False]
        w.close()

    def test_what_was_not_answered_is_asked(self, folder):
        class Broken(FakeSegmenter):
            def predict(self, *_):
                raise ValueError("no")

        w = Quiet(PHOTO, Broken(), journal=folder)
        with pytest.raises(SamError):
            w.add_point(30, 20)
        w.close()
        w = Quiet.restore(folder, FakeSegmenter())
        w.wait()
        assert w.mask[20, 30]
        w.close()

    def test_a_page_that_comes_later_sees_all(self, folder):
        found, _ = made(folder)
        w = Quiet.restore(folder, FakeSegmenter())
        page = Page(w)
        snapshot = page.hello()
        assert set(snapshot["document"]) == set(found[0])
        assert (snapshot["can_undo"], snapshot["can_redo"]) == (True, True)
        answers = w.document.of_type(Answer)
        mentioned = {one.blob for answer in answers for one in answer.candidates}
        assert set(snapshot["blobs"]) == {w.document.image().source, *mentioned}
        assert [name_of(each) for each in page.heard[-1][1]] == snapshot["blobs"]
        thing = w.prompts[0].object
        page.push(Point("q1", thing, 12.0, 13.0))
        w.close()
        w = Quiet.restore(folder, FakeSegmenter())
        assert w.document["q1"] == Point("q1", thing, 12.0, 13.0)
        w.close()

    def test_a_photo_of_any_kind_is_kept_to_the_bit(self, folder, tmp_path):
        deep = np.random.default_rng(0).integers(0, 4000, (HEIGHT, WIDTH), np.uint16)
        np.save(tmp_path / "deep.npy", deep)
        found, _ = made(folder, tmp_path / "deep.npy")
        (tmp_path / "deep.npy").unlink()
        w = Quiet.restore(folder, FakeSegmenter())
        np.testing.assert_array_equal(w.image, read_image(deep).pixels)
        assert seen(w) == found
        w.close()

    def test_the_photo_may_come_later(self, folder):
        w = Quiet(model=FakeSegmenter(), journal=folder)
        assert w.image is None
        w.image = PHOTO
        w.add_point(30, 20)
        w.close()
        w = Quiet.restore(folder, FakeSegmenter())
        assert w.mask[20, 30]
        w.close()

    def test_knobs_are_as_ever(self, folder):
        made(folder)
        w = Quiet.restore(folder, FakeSegmenter(), opacity=0.25, layout={"width": "50%"})
        assert w.opacity == 0.25
        assert w.layout.width == "50%"
        w.close()

    def test_the_process_may_go_elsewhere(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        w = Quiet(PHOTO, FakeSegmenter(), journal="work/")
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.chdir(tmp_path / "elsewhere")
        w.add_point(30, 20)
        w.close()
        w = Quiet.restore("../work", FakeSegmenter())
        assert len(w.objects) == 1
        w.close()

    def test_a_copy_of_the_folder_is_work_of_its_own(self, folder, tmp_path):
        found, _ = made(folder)
        shutil.copytree(folder, tmp_path / "copy")
        w, copy = Quiet.restore(folder), Quiet.restore(tmp_path / "copy", FakeSegmenter())
        copy.clear()
        assert seen(w) == found
        w.close()
        copy.close()

    def test_without_a_journal_nothing_is_written(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        w = Quiet(PHOTO, FakeSegmenter())
        work(w)
        assert w.journal is None
        w.close()
        assert list(tmp_path.iterdir()) == []


class TestRefused:
    """In one sentence, and the folder is as it was."""

    def files(self, folder):
        whole = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        return {path: data for path, data in whole.items() if path.suffix != ".lock"}

    def test_another_photo(self, folder):
        made(folder)
        before = self.files(folder)
        name = next((folder / "images").iterdir()).name
        said = f"on another photo, 60 x 40 px, images/{name}: go on with that by SamWidget.restore"
        with pytest.raises(JournalError, match=said):
            Quiet(OTHER, FakeSegmenter(), journal=folder)
        assert self.files(folder) == before
        Quiet(PHOTO, FakeSegmenter(), journal=folder).close()  # the lock is free

    def test_another_photo_later(self, folder, model):
        w = Quiet(PHOTO, model, journal=folder)
        work(w)
        document = w.document
        with pytest.raises(JournalError, match="another photo"):
            w.image = OTHER
        with pytest.raises(ImageError):
            w.image = "nothing.jpg"
        w.image = PHOTO.copy()  # its own
        assert w.document == document
        np.testing.assert_array_equal(w.image, PHOTO)
        w.add_point(12, 12)
        assert w.mask[12, 12]
        w.close()

    def test_a_folder_in_use(self, folder):
        w = Quiet(PHOTO, FakeSegmenter(), journal=folder)
        for again in (lambda: Quiet(PHOTO, journal=folder), lambda: Quiet.restore(folder)):
            with pytest.raises(JournalError, match=r"at work in .*: close the other widget"):
                again()
        w.add_point(30, 20)
        w.close()
        w.close()
        again = Quiet.restore(folder, FakeSegmenter())
        assert len(again.objects) == 1
        again.close()

    @pytest.mark.parametrize("make", ["nothing", "empty", "file"])
    def test_restoring_what_is_not_there(self, tmp_path, make):
        if make == "empty":
            (tmp_path / "work").mkdir()
        elif make == "file":
            (tmp_path / "work").write_text("")
        with pytest.raises(JournalError, match=r"no work in .*: SamWidget\(photo, journal=...\)"):
            Quiet.restore(tmp_path / "work")
        assert (tmp_path / "work").exists() == (make != "nothing")

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            (True, "journal is the path of a folder, not True"),
            (3, "journal is the path of a folder, not 3"),
            ("", "The path is empty"),
            ("a\0b", "cannot hold a journal"),
            ("/dev/null", "cannot hold a journal"),
        ],
    )
    def test_what_is_no_folder(self, given, said):
        with pytest.raises(SamError, match=said):
            Quiet(PHOTO, FakeSegmenter(), journal=given)

    def test_a_photo_that_has_changed_or_is_gone(self, folder):
        found, _ = made(folder)
        path = next((folder / "images").iterdir())
        shutil.copy(path, folder / "kept")
        path.write_bytes(path.read_bytes()[:-100])
        with pytest.raises(JournalError, match=r"photo .* damaged .*SamWidget\(photo, journal"):
            Quiet.restore(folder)
        w = Quiet(PHOTO, FakeSegmenter(), journal=folder)
        assert seen(w) == found
        w.close()
        path.unlink()
        with pytest.raises(JournalError, match=r"lacks the photo .* put it back"):
            Quiet(PHOTO, FakeSegmenter(), journal=folder)
        shutil.move(folder / "kept", path)
        Quiet.restore(folder, FakeSegmenter()).close()

    def test_a_knob_that_cannot_be_leaves_the_folder_free(self, folder):
        for wrong in ({"opacity": 7}, {"hight": 3}, {"layout": {"depth": 1}}):
            with pytest.raises((SamError, TraitError), match=r"opacity|hight|depth"):
                Quiet(PHOTO, FakeSegmenter(), journal=folder, **wrong)
        assert not folder.exists()

    def test_a_photo_that_the_page_cannot_have_is_made_again(self, folder):
        made(folder)
        w = Quiet.restore(folder, FakeSegmenter())
        source = w.document.image().source
        shown = w._session.blobs.get(source)
        w.close()
        (folder / "blobs" / source[:2] / source).unlink()
        w = Quiet.restore(folder, FakeSegmenter())
        assert w._session.blobs.get(source) == shown
        w.close()


class TestCells:
    @pytest.fixture
    def run(self, monkeypatch):
        class Shell:
            def get_parent(self):
                return self.parent

        shell = Shell()
        monkeypatch.setattr(cells, "get_ipython", lambda: shell)
        monkeypatch.setattr(cells, "_runs", {})

        def run(cell, count=[0]):  # noqa: B006
            count[0] += 1
            shell.parent = {"header": {"msg_id": str(count[0])}, "metadata": {"cellId": cell}}

        return run

    def test_a_cell_that_runs_again_goes_on_in_its_folder(self, folder, run):
        kept = []
        for number in range(4):
            run("a")
            w = Quiet(PHOTO, FakeSegmenter(), journal=folder)
            assert len(w.objects) == number
            w.add_point(30, 20)
            w.accept()
            kept.append(w)
        assert [each._closed for each in kept] == [True] * 3 + [False]
        assert [len(each.objects) for each in kept] == [1, 2, 3, 4]
        w.close()

    def test_widgets_with_other_folders_are_let_be_until_the_new_one_is_there(self, tmp_path, run):
        run("a")
        one = Quiet(PHOTO, FakeSegmenter(), journal=tmp_path / "one")
        two = Quiet(PHOTO, FakeSegmenter(), journal=tmp_path / "two")
        run("b")
        with pytest.raises(JournalError, match="at work"):
            Quiet(PHOTO, FakeSegmenter(), journal=tmp_path / "one")
        run("a")
        with pytest.raises(JournalError, match="another photo"):
            Quiet(OTHER, FakeSegmenter(), journal=tmp_path / "one")
        assert (one._closed, two._closed) == (True, False)
        again = Quiet(PHOTO, FakeSegmenter(), journal=tmp_path / "one")
        assert two._closed  # as of every cell that runs again
        again.close()


class TestDisk:
    """A disk that takes nothing says so, and loses nothing."""

    @pytest.fixture
    def full(self, monkeypatch):
        def fail(*_):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        def now(on):
            if on:
                monkeypatch.setattr(home.Journal, "_append", fail)
            else:
                monkeypatch.undo()

        return now

    def test_it_is_told_to_the_pages_and_made_good(self, folder, full, caplog):
        w = Quiet(PHOTO, FakeSegmenter(), journal=folder)
        page = Page(w)
        page.hello()
        full(True)
        work(w)
        said = f"The journal {folder} cannot be written: No space left on device; what you do is"
        assert page.last("reject")["why"].startswith(said)
        assert caplog.text.count(said) == 1
        told = len(page.all("reject"))
        full(False)
        w.accept()
        assert len(page.all("reject")) == told
        found = seen(w)
        w.close()
        w = Quiet.restore(folder, FakeSegmenter())
        assert seen(w) == found
        w.close()

    def test_a_new_folder_on_a_full_disk_is_refused(self, folder, monkeypatch):
        def fail(*_):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))

        with monkeypatch.context() as patch:
            patch.setattr(keeping, "write_whole", fail)
            with pytest.raises(JournalError, match="cannot hold the photo: Read-only file system"):
                Quiet(PHOTO, FakeSegmenter(), journal=folder)
            patch.setattr(home, "write_whole", fail)
            with pytest.raises(JournalError, match="cannot hold a journal: Read-only file system"):
                Quiet(PHOTO, FakeSegmenter(), journal=folder)
        with monkeypatch.context() as patch:
            patch.setattr(home.Journal, "_append", fail)
            with pytest.raises(JournalError, match="cannot be written: Read-only file system"):
                Quiet(PHOTO, FakeSegmenter(), journal=folder)
        w = Quiet(PHOTO, FakeSegmenter(), journal=folder)
        w.add_point(30, 20)
        assert len(w.objects) == 1
        w.close()


ALIVE = """
    import sys
    from tests.segment.fake import FakeSegmenter
    from tests.widget.page import PHOTO, Quiet
    w = Quiet(PHOTO, FakeSegmenter(), journal=sys.argv[1])
    print("there", flush=True)
    for number in range(10**6):
        w.add_point(1 + number % 50, 20)
        w.accept()
        print(number, flush=True)
"""


def begin(folder):
    """Start a process that works in a folder without end."""
    root = str(Path(__file__).parents[2])
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(ALIVE), str(folder)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": root},
    )


@pytest.mark.parametrize("lines", [1, 2, 30])
def test_a_killed_kernel_loses_at_most_the_last_change(folder, lines):
    process = begin(folder)
    said = [process.stdout.readline() for _ in range(lines)]
    with pytest.raises(JournalError, match="Somebody is at work"):
        Quiet(PHOTO, FakeSegmenter(), journal=folder)
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    said = b"".join([*said, rest]).splitlines(keepends=True)
    told = sum(line.endswith(b"\n") for line in said) - 1  # objects accepted for sure
    w = Quiet.restore(folder, FakeSegmenter())
    w.wait()
    accepted = [each for each in w.objects if each.locked]
    assert len(accepted) in (told, told + 1)
    assert len(w.objects) - len(accepted) in (0, 1)
    w.add_point(30, 20)
    w.close()


def test_killed_at_any_byte_of_the_journal_it_goes_on(folder):
    found, _ = made(folder)
    data = (folder / CHANGES).read_bytes()
    photo = next((folder / "images").iterdir())
    ends = [at + 1 for at, byte in enumerate(data) if byte == ord("\n")]
    for cut in range(0, len(data), 97):
        (folder / CHANGES).write_bytes(data[:cut])
        w = Quiet(PHOTO, FakeSegmenter(), journal=folder)
        lines = sum(end <= cut for end in ends)
        assert w._session.version == max(lines - 1, 1)
        np.testing.assert_array_equal(w.image, PHOTO)
        w.close()
        for path in (folder / "images").iterdir():
            if path != photo:
                path.unlink()
    (folder / CHANGES).write_bytes(data)
    w = Quiet.restore(folder, FakeSegmenter())
    assert seen(w) == found
    w.close()
