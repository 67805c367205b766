"""The SHA-256 of big files is remembered, and never of other bytes than the file's."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from pathlib import Path

import pytest

from sam_widget.models import fingerprints
from sam_widget.models.fingerprints import remember, sha256

LONG_AGO = 10**18  # ns


@pytest.fixture
def hashed(tmp_path, monkeypatch):
    """What was hashed, in order; files count as big from 1,000 bytes."""
    seen: list[str] = []
    really = fingerprints._hash

    def watched(path: Path) -> str:
        seen.append(path.name)
        return really(path)

    monkeypatch.setattr(fingerprints, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    monkeypatch.setattr(fingerprints, "BIG", 1000)
    monkeypatch.setattr(fingerprints, "_hash", watched)
    return seen


@pytest.fixture
def notes(tmp_path):
    return tmp_path / "cache" / "weights" / "fingerprints.json"


def write(path: Path, data: bytes, when: int = LONG_AGO) -> str:
    path.write_bytes(data)
    os.utime(path, ns=(when, when))
    return hashlib.sha256(data).hexdigest()


def test_a_big_file_is_hashed_once(tmp_path, hashed):
    digest = write(tmp_path / "big", b"a" * 1000)
    assert [sha256(tmp_path / "big") for _ in range(3)] == [digest] * 3
    assert hashed == ["big"]


def test_a_small_file_is_hashed_each_time(tmp_path, hashed, notes):
    digest = write(tmp_path / "small", b"a" * 999)
    assert sha256(tmp_path / "small") == sha256(tmp_path / "small") == digest
    assert hashed == ["small"] * 2
    assert not notes.exists()


def test_a_changed_file_is_hashed_again(tmp_path, hashed):
    path = tmp_path / "big"
    for data, when in ((b"a", LONG_AGO), (b"b", LONG_AGO + 1), (b"cc", LONG_AGO + 1)):
        digest = write(path, data * 1000, when)
        assert sha256(path) == digest
    assert len(hashed) == 3


def test_a_file_of_this_moment_is_not_remembered(tmp_path, hashed):
    """It could change once more within what its clock can tell."""
    path = tmp_path / "big"
    path.write_bytes(b"a" * 1000)
    state = path.stat()
    assert sha256(path) == hashlib.sha256(b"a" * 1000).hexdigest()
    path.write_bytes(b"b" * 1000)
    os.utime(path, ns=(state.st_mtime_ns, state.st_mtime_ns))
    assert sha256(path) == hashlib.sha256(b"b" * 1000).hexdigest()
    remember(path, sha256(path))  # unless who wrote it says so
    del hashed[:]
    sha256(path)
    assert hashed == []


def test_one_file_by_two_paths_is_one(tmp_path, hashed):
    digest = write(tmp_path / "big", b"a" * 1000)
    (tmp_path / "link").symlink_to(tmp_path / "big")
    assert sha256(tmp_path / "link") == sha256(tmp_path / "big") == digest
    assert hashed == ["big"]


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "{",
        "[]",
        "null",
        '"text"',
        "[" * 100_000,
        "\x00",
        '{"%s": 3}',
        '{"%s": ["a", "b", "c"]}',
    ],
)
def test_a_corrupt_memory_is_ignored_and_written_anew(tmp_path, hashed, notes, junk):
    digest = write(tmp_path / "big", b"a" * 1000)
    notes.parent.mkdir(parents=True)
    notes.write_text(junk.replace("%s", str(tmp_path / "big")))
    assert sha256(tmp_path / "big") == sha256(tmp_path / "big") == digest
    assert hashed == ["big"]
    assert json.loads(notes.read_text())[str(tmp_path / "big")][2] == digest


def test_a_memory_that_cannot_be_written_costs_time_only(tmp_path, hashed):
    (tmp_path / "cache").write_text("in the way")
    digest = write(tmp_path / "big", b"a" * 1000)
    assert sha256(tmp_path / "big") == sha256(tmp_path / "big") == digest
    assert hashed == ["big"] * 2


def test_the_oldest_are_forgotten(tmp_path, hashed, notes, monkeypatch):
    monkeypatch.setattr(fingerprints, "REMEMBERED", 3)
    for i in range(5):
        write(tmp_path / f"big{i}", bytes([i]) * 1000)
        sha256(tmp_path / f"big{i}")
    assert [Path(path).name for path in json.loads(notes.read_text())] == ["big2", "big3", "big4"]


def test_many_at_once_forget_nothing(tmp_path, hashed, notes):
    digests = {
        str(tmp_path / f"{i}"): write(tmp_path / f"{i}", bytes([i]) * 1000) for i in range(8)
    }
    found: dict[str, str] = {}
    threads = [
        threading.Thread(target=lambda p=p: found.update({p: sha256(Path(p))})) for p in digests
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == digests
    assert {path: record[2] for path, record in json.loads(notes.read_text()).items()} == digests
    assert {p.name for p in notes.parent.iterdir()} <= {notes.name, f"{notes.name}.lock"}
