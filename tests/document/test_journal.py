"""The journal: what was done comes back, whatever moment the process was killed at."""

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sam_widget.document.edits import Edit
from sam_widget.document.journal import CHANGES, HEADER, Journal, JournalError
from sam_widget.document.records import Answer, Box, Candidate, Image, Object, Point
from sam_widget.document.session import Session


def answered(session, thing, number):
    """Commit what a model would say about an object."""
    blobs = [session.blobs.put(f"{thing} {number} {i}".encode()) for i in range(3)]
    candidates = tuple(Candidate("other", blob, 0.9, 0.9, 5) for blob in blobs)
    asked = tuple(prompt.id for prompt in session.document.prompts_of(thing))
    session.commit(Edit.of(Answer(f"a{number}", thing, asked, candidates, 0, 0.1)))


def opened(session):
    session.open(Image("photo", session.blobs.put(b"a photo"), 64, 48))


def worked(session):
    """A session's small life: every act, groups, an object that goes and comes back."""
    opened(session)
    session.push(Edit.of(Object("cat", "photo"), Point("p1", "cat", 1, 1)))
    answered(session, "cat", 1)
    session.push(Edit.of(Point("p2", "cat", 2, 2), group="drag"))
    answered(session, "cat", 2)
    session.push(Edit.of(Point("p3", "cat", 3, 3), drop=("p2",), group="drag"))
    session.undo()
    session.redo()
    answered(session, "cat", 4)
    session.push(Edit.of(Object("cat", "photo", "고양이", locked=True)))
    session.push(Edit.of(Object("dog", "photo", color=1, order=1), Box("b1", "dog", 1, 1, 9, 9)))
    answered(session, "dog", 3)
    session.push(Edit(drop=("cat",)))
    session.undo()


def life(session):
    """All that a person and a model could find in it."""
    found = [session.document, list(session.document), session.state.history]
    found += [session.document.answers_of(name) for name in ("cat", "dog")]
    while session.undo():
        found.append(session.document)
    while session.redo():
        found.append(session.document)
    return found


def kept(folder, make=worked):
    session, journal = Session(), Journal(folder)
    journal.follow(session)
    make(session)
    journal.close()
    return session


def read(folder):
    session, journal = Session(), Journal(folder)
    journal.replay(session)
    journal.close()
    return session


def test_what_was_done_comes_back_with_its_history_and_answers(tmp_path):
    wrote = kept(tmp_path / "deep" / "work")
    again = read(tmp_path / "deep" / "work")
    assert again.version == wrote.version
    assert again.document.answer_of("cat") is not None
    assert all(again.blobs.get(name) == wrote.blobs.get(name) for name in wrote.blobs._bytes)
    assert life(again) == life(wrote)


def test_work_goes_on_in_a_folder(tmp_path):
    kept(tmp_path, opened)
    for number in range(3):
        session, journal = Session(), Journal(tmp_path)
        journal.replay(session)
        journal.follow(session)
        session.push(Edit.of(Object(f"o{number}", "photo", order=number, locked=True)))
        journal.close()
    assert list(read(tmp_path).document) == ["photo", "o0", "o1", "o2"]


def test_a_second_photo_begins_anew(tmp_path):
    def two(session):
        worked(session)
        session.open(Image("other", session.blobs.put(b"another"), 9, 9))

    again = read_after = kept(tmp_path, two)
    assert list(read(tmp_path).document) == list(again.document) == ["other"]
    assert not read_after.can_undo


@pytest.mark.slow
def test_killed_at_any_byte_the_last_change_alone_is_lost(tmp_path):
    folder = tmp_path / "work"
    kept(folder)
    data = (folder / CHANGES).read_bytes()
    ends = [at + 1 for at, byte in enumerate(data) if byte == ord("\n")]
    for cut in range(len(data) + 1):
        (folder / CHANGES).write_bytes(data[:cut])
        session = read(folder)
        assert session.version == max(sum(end <= cut for end in ends) - 1, 0)
    assert life(session) == life(read(folder))


def test_after_a_cut_the_next_change_begins_on_its_own_line(tmp_path):
    kept(tmp_path)
    data = (tmp_path / CHANGES).read_bytes()
    (tmp_path / CHANGES).write_bytes(data[:-3])
    session, journal = Session(), Journal(tmp_path)
    journal.replay(session)
    journal.follow(session)
    session.push(Edit.of(Object("bird", "photo", order=9, locked=True)))
    journal.close()
    assert read(tmp_path).document == session.document


def test_a_killed_process_loses_at_most_its_last_change(tmp_path):
    """It writes as fast as it can, and is killed in the middle."""
    code = """
        import sys
        from pathlib import Path
        from sam_widget.document.edits import Edit
        from sam_widget.document.journal import Journal
        from sam_widget.document.records import Image, Object
        from sam_widget.document.session import Session
        session, journal = Session(), Journal(Path(sys.argv[1]))
        journal.follow(session)
        session.open(Image("photo", session.blobs.put(b"a photo"), 64, 48))
        for number in range(10**6):
            session.push(Edit.of(Object("cat", "photo", str(number), locked=True)))
            print(number, flush=True)
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(tmp_path)], stdout=subprocess.PIPE
    )
    for _ in range(50):
        said = process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    said = (said + rest).splitlines(keepends=True)
    last = int(next(line for line in reversed(said) if line.endswith(b"\n")))
    assert int(read(tmp_path).document["cat"].label) in (last, last + 1, last + 2)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
def test_a_forked_child_writes_nothing_and_the_parent_goes_on(tmp_path):
    script = """
    import os, sys
    from pathlib import Path
    from sam_widget.document.edits import Edit
    from sam_widget.document.journal import Journal
    from sam_widget.document.records import Image, Object
    from sam_widget.document.session import Session
    session, journal = Session(), Journal(Path(sys.argv[1]))
    journal.follow(session)
    session.open(Image("photo", session.blobs.put(b"a photo"), 64, 48))
    child = os.fork()
    session.push(Edit.of(Object(f"cat {child == 0}", "photo")))
    if child == 0:
        journal.close()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    session.push(Edit.of(Object("dog", "photo", locked=True)))
    try:
        Journal(Path(sys.argv[1]))
    except ValueError:
        print("still locked")
    """
    command = [sys.executable, "-c", textwrap.dedent(script), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "still locked\n"), done.stderr
    assert list(read(tmp_path).document) == ["photo", "cat False", "dog"]


def test_the_second_at_work_in_a_folder_is_told(tmp_path):
    first = Journal(tmp_path)
    with pytest.raises(JournalError, match="Somebody is at work"):
        Journal(tmp_path)
    code = "import sys; from pathlib import Path; from sam_widget.document.journal import Journal\n"
    code += "Journal(Path(sys.argv[1]))"
    told = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert "Somebody is at work" in told.stderr
    first.close()
    Journal(tmp_path).close()


def test_a_disk_that_takes_nothing_loses_nothing(tmp_path, monkeypatch):
    session, journal = Session(), Journal(tmp_path)
    journal.follow(session)
    opened(session)

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(journal, "_append", full)
        session.push(Edit.of(Object("cat", "photo", locked=True)))
        assert "cannot be written: No space left on device; what you do is kept" in journal.trouble
    session.push(Edit.of(Object("dog", "photo", order=1, locked=True)))
    assert journal.trouble is None
    journal.close()
    assert read(tmp_path).document == session.document


def test_a_mask_that_is_gone_or_damaged_is_left_for_the_model(tmp_path):
    session = kept(tmp_path)
    cat = session.document.answer_of("cat").candidates
    for candidate, harm in zip(cat, (os.unlink, lambda path: path.write_bytes(b"")), strict=False):
        harm(tmp_path / "blobs" / candidate.blob[:2] / candidate.blob)
    again = read(tmp_path).document
    assert again.answer_of("cat") is None
    assert again.answer_of("dog") == session.document.answer_of("dog")
    assert again.prompts_of("cat") == session.document.prompts_of("cat")


HEAD = json.dumps(HEADER).encode() + b"\n"
NOTHING = b'{"act":"undo","edit":{"put":{},"drop":[],"group":null}}\n'
BROKEN = {
    "another file": (b"date,count\n1,2\n", "no journal of a SamWidget"),
    "another JSON": (b"[1, 2]\n", "no journal of a SamWidget"),
    "deep": (b"[" * 10**5 + b"\n", "no journal of a SamWidget"),
    "a later format": (json.dumps({**HEADER, "format": 99}).encode() + b"\n", "update sam_widget"),
    "no change": (HEAD + b"{}\n", "Line 2 of .* damaged"),
    "an undo of nothing": (HEAD + NOTHING, "Line 2 of .* nothing to undo"),
    "noise in the middle": (HEAD + b"\xff\xfe\n{}\n", "Line 2 .* damaged"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "said"), BROKEN.values(), ids=BROKEN)
def test_what_is_no_journal_is_said_and_left_as_it_is(tmp_path, data, said):
    (tmp_path / CHANGES).write_bytes(data)
    with pytest.raises(JournalError, match=said):
        read(tmp_path)
    assert (tmp_path / CHANGES).read_bytes() == data


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalError, match="cannot hold a journal"):
        Journal(tmp_path / "file" / "work")


steps = st.lists(st.sampled_from(["object", "point", "answer", "undo", "redo", "drop", "lock"]))


@settings(max_examples=40)
@given(steps)
def test_any_life_comes_back(tmp_path_factory, steps):
    def live(session):
        opened(session)
        for number, step in enumerate(steps):
            thing = session.document.open_object()
            match step:
                case "object" if thing is None:
                    session.push(Edit.of(Object(f"o{number}", "photo", order=number)))
                case "point" if thing:
                    session.push(Edit.of(Point(f"p{number}", thing.id, 1, 1)))
                case "answer" if thing and session.document.prompts_of(thing.id):
                    answered(session, thing.id, number)
                case "undo":
                    session.undo()
                case "redo":
                    session.redo()
                case "drop" if thing:
                    session.push(Edit(drop=(thing.id,)))
                case "lock" if thing:
                    locked = Object(thing.id, "photo", "kept", locked=True, order=thing.order)
                    session.push(Edit.of(locked))

    folder = tmp_path_factory.mktemp("work")
    wrote = kept(folder, live)
    assert life(read(folder)) == life(wrote)
    shutil.rmtree(folder)


def test_many_who_write_one_file_at_once_all_do(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    from sam_widget.document.journal import write_whole

    def write(number):
        write_whole(tmp_path / "mark.txt", b"%04d" % number * 1000)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(400)))
    written = (tmp_path / "mark.txt").read_bytes()
    assert written == written[:4] * 1000  # one's, whole
    assert [each.name for each in tmp_path.iterdir()] == ["mark.txt"]
