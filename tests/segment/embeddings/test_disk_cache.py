"""Embeddings on disk: to the last bit or not at all, whatever happens to folder and files."""

import errno
import hashlib
import logging
import os
import socket
import time
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.torch import save_file

from sam_widget.images import content_hash
from sam_widget.segment.embeddings import disk as disk_module
from sam_widget.segment.embeddings import file as embedding_file
from sam_widget.segment.embeddings.cache import EmbeddingCache
from sam_widget.segment.embeddings.disk import (
    DISK_BYTES,
    HALF,
    Disk,
    cache_folder,
    limit_from_environment,
)
from sam_widget.segment.embeddings.file import BrokenFileError, from_bytes, to_bytes
from sam_widget.segment.prompts import Prompts
from sam_widget.segment.segmenter import Segmenter
from tests.segment.places import BYTES, Lump, files, key, same, small


@pytest.fixture
def disk(folder):
    return Disk(folder, 100 * len(BYTES))


@pytest.fixture
def file(disk, folder):
    """The one file, of key a."""
    disk.put(key("a"), small(1))
    (path,) = files(folder)
    return path


class TestSameMasks:
    @pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float16])
    def test_each_number_type_is_kept(self, disk, dtype):
        disk.put(key("a"), small(1, dtype=dtype))
        found = disk.get(key("a"))
        assert found.features.embedding.dtype == dtype
        assert same(found, small(1, dtype=dtype))

    def test_no_skips_and_several(self):
        for count in (0, 2):
            one = small(1)
            skips = tuple(one.features.skips[0] + i for i in range(count))
            changed = type(one)(type(one.features)(one.features.embedding, skips), one.frame)
            assert same(from_bytes(key("a"), to_bytes(key("a"), changed)), changed)

    def test_a_slice_is_kept_as_what_it_shows(self):
        one = small(1)
        part = one.features.map(lambda tensor: tensor[:, ::2, 1:])
        found = from_bytes(key("a"), to_bytes(key("a"), type(one)(part, one.frame)))
        assert torch.equal(found.features.embedding, part.embedding)
        assert torch.equal(found.features.skips[0], part.skips[0])

    @pytest.mark.slow
    @pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
    def test_the_model_answers_exactly_the_same(self, folder, dtype):
        disk = Disk(folder)
        segmenter = Segmenter.load("mini", "cpu", dtype)
        pixels = np.random.default_rng(5).integers(0, 256, (60, 90, 3), np.uint8)
        fresh = segmenter.embed(pixels)
        name = (content_hash(pixels), segmenter.key)
        disk.put(name, fresh)
        found = disk.get(name)
        assert same(found, fresh)
        point = Prompts(np.array([[40.5, 30.5]], np.float32), np.array([1]))
        box = Prompts(box=np.array([10, 10, 60, 50], np.float32))
        for prompts in (point, box):
            before, after = (segmenter.predict(each, prompts) for each in (fresh, found))
            np.testing.assert_array_equal(before.logits, after.logits)
            np.testing.assert_array_equal(before.scores, after.scores)
            assert before.masks() == after.masks()


class TestCorrupt:
    def test_any_flipped_bit_is_noticed(self):
        @given(st.integers(0, 8 * len(BYTES) - 1))
        @settings(max_examples=300, suppress_health_check=list(HealthCheck))
        def flip(bit):
            data = bytearray(BYTES)
            data[bit // 8] ^= 1 << bit % 8
            with pytest.raises(BrokenFileError):
                from_bytes(key("a"), bytes(data))

        flip()
        assert same(from_bytes(key("a"), BYTES), small(1))

    def test_every_bit_of_the_header_counts(self):
        for place in range(8 + int.from_bytes(BYTES[:8], "little")):
            data = bytearray(BYTES)
            data[place] ^= 1
            with pytest.raises(BrokenFileError):
                from_bytes(key("a"), bytes(data))

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"\0" * 8,
            BYTES[:7],
            BYTES[:200],
            BYTES[:-1],
            BYTES + b"\0",
            b"<html>",
            b"\xff" * 99,
        ],
    )
    def test_a_broken_file_counts_as_none_and_is_made_again(self, disk, file, data):
        file.write_bytes(data)
        assert disk.get(key("a")) is None
        assert not file.exists()
        found = EmbeddingCache(disk).get(key("a"), lambda: small(1))
        assert same(found, small(1))
        assert file.read_bytes()[8:] != data[8:]
        assert same(disk.get(key("a")), small(1))

    def test_another_keys_file_under_this_name(self, disk, file):
        file.write_bytes(to_bytes(key("b"), small(2)))
        assert disk.get(key("a")) is None

    def test_a_safetensors_file_of_somebody_elses(self, disk, file):
        save_file({"embedding": torch.zeros(3)}, file)
        assert disk.get(key("a")) is None

    def test_a_later_versions_file(self, disk, folder, monkeypatch):
        monkeypatch.setattr(embedding_file, "FORMAT", 2)
        disk.put(key("a"), small(1))
        monkeypatch.undo()
        assert disk.get(key("a")) is None
        assert files(folder) == []

    def test_sealed_nonsense(self, monkeypatch):
        monkeypatch.setattr(embedding_file.json, "dumps", lambda notes: '{"format": 1, "key": 7}')
        data = to_bytes(key("a"), small(1))
        monkeypatch.undo()
        with pytest.raises(BrokenFileError):
            from_bytes(key("a"), data)


def altered(embedding, change):
    """The same embedding, its tensors changed."""
    return type(embedding)(embedding.features.map(change), embedding.frame)


def with_nan(tensor, number=float("nan")):
    tensor = tensor.clone()
    tensor[0, 0, 0, 0] = number
    return tensor


NAMED = ("a", "weights-64-float32-1-256x2x1+16x8x4")  # a key that says its shapes, of small()
CHANGES = {
    "other shapes": lambda t: t[:, :, :1],
    "other channels": lambda t: t[:, :8],
    "more of them": lambda t: torch.cat([t, t]),
    "none of them": lambda t: t[:0],
    "flat": torch.flatten,
    "transposed": lambda t: t.transpose(2, 3),
    "NaN": with_nan,
    "inf": lambda t: with_nan(t, float("inf")),
    "zeros": torch.zeros_like,
    "all one number": torch.ones_like,
    "whole numbers": lambda t: t.to(torch.int32),
    "another type": lambda t: t.half(),
    "a longer type": lambda t: t.double(),
}


class TestNoSuchFile:
    """Of the right name, and sealed: it still cannot be what was asked for."""

    @pytest.mark.parametrize("change", CHANGES)
    def test_an_embedding_that_no_model_made_is_made_again(self, folder, change):
        disk = Disk(folder)
        wrong = to_bytes(NAMED, altered(small(1), CHANGES[change]))
        disk.put(NAMED, small(1))
        (path,) = files(folder)
        path.write_bytes(wrong)
        assert disk.get(NAMED) is None
        found = EmbeddingCache(disk).get(NAMED, lambda: small(1))
        assert same(found, small(1))
        assert same(Disk(folder).get(NAMED), small(1))

    @pytest.mark.parametrize("frame", [(30, 20, 2**40), (10**7, 20, 64), (30.5, 2, 64)])
    def test_a_picture_of_no_size(self, frame):
        one = small(1)
        data = to_bytes(NAMED, type(one)(one.features, type(one.frame)(*frame)))
        with pytest.raises(BrokenFileError):
            from_bytes(NAMED, data)

    def test_skips_too_many_or_too_few(self):
        one = small(1)
        skip = one.features.skips[0]
        for skips in ((), (skip, skip.clone())):
            data = to_bytes(
                NAMED, type(one)(type(one.features)(one.features.embedding, skips), one.frame)
            )
            with pytest.raises(BrokenFileError):
                from_bytes(NAMED, data)

    def test_skips_may_be_silent(self):
        one = small(1)
        silent = type(one.features)(one.features.embedding, (torch.zeros(1, 16, 8, 4),))
        assert from_bytes(NAMED, to_bytes(NAMED, type(one)(silent, one.frame))).features.skips

    @pytest.mark.skipif(os.name == "nt", reason="no such files there")
    @pytest.mark.parametrize(
        "what", ["pipe", "socket", "endless", "loop", "to nothing", "to a folder", "to a file",
                 "folder", "forbidden", "huge"]
    )  # fmt: skip
    def test_what_is_no_plain_file_is_not_there_and_replaced(
        self, folder, tmp_path, what, monkeypatch
    ):
        disk = Disk(folder, 10**6)
        disk.put(key("a"), small(1))
        (path,) = files(folder)
        path.unlink()
        other = tmp_path / "other"
        other.write_bytes(to_bytes(key("a"), small(1)))
        match what:
            case "pipe":
                os.mkfifo(path)
            case "socket":
                monkeypatch.chdir(folder)
                with socket.socket(socket.AF_UNIX) as line:
                    line.bind(path.name)
            case "endless":
                path.symlink_to("/dev/zero")
            case "loop":
                path.symlink_to(path)
            case "to nothing":
                path.symlink_to(tmp_path / "none")
            case "to a folder":
                path.symlink_to(tmp_path)
            case "to a file":
                path.symlink_to(other)
            case "folder":
                path.mkdir()
            case "forbidden":
                path.write_bytes(BYTES)
                path.chmod(0)
                if os.access(path, os.R_OK):
                    monkeypatch.setattr(disk_module.os, "access", lambda *_: False)
            case "huge":
                with path.open("wb") as file:
                    file.truncate(10**12)
        if what != "huge":
            assert key("a") not in disk
        if what != "forbidden":
            assert disk.get(key("a")) is None
        disk.put(key("a"), small(1))
        monkeypatch.undo()
        assert same(disk.get(key("a")), small(1))
        assert path.is_file()
        assert not path.is_symlink()
        assert other.exists()
        assert not (tmp_path / "none").exists()

    def test_a_file_that_grows_while_it_is_read(self, disk, file, monkeypatch):
        real = os.fstat

        def before(handle):
            state = real(handle)
            with file.open("ab") as more:
                more.write(bytes(10**6))
            return state

        monkeypatch.setattr(disk_module.os, "fstat", before)
        found = disk.get(key("a"))
        assert found is None or same(found, small(1))

    def test_a_segmenters_key_says_what_its_embeddings_are(self):
        segmenter = Segmenter.load("mini", "cpu", "float32")
        pixels = np.zeros((30, 40, 3), np.uint8)
        pixels[5:20, 5:20] = 200
        made = segmenter.embed(pixels)
        name = ("image", segmenter.key)
        assert same(from_bytes(name, to_bytes(name, made)), made)
        for change in (change for what, change in CHANGES.items() if what != "transposed"):
            with pytest.raises(BrokenFileError):
                from_bytes(name, to_bytes(name, altered(made, change)))


class TestFolder:
    def test_names_tell_nothing_and_files_are_the_users_own(self, file, folder):
        assert file.stem.isalnum()
        assert len(file.stem) == 32
        assert file.stat().st_mode & 0o777 == 0o600
        assert folder.stat().st_mode & 0o777 == 0o700

    def test_names_are_the_same_in_every_process(self, folder):
        disk = Disk(folder)
        disk.put(("image", "model"), small(1))
        digest = hashlib.sha256(b"image\nmodel").hexdigest()
        assert files(folder)[0].name == f"{digest[:32]}.safetensors"

    def test_deleted_while_it_is_used(self, disk, file, folder):
        file.unlink()
        folder.rmdir()
        assert disk.get(key("a")) is None
        assert disk.nbytes == 0
        disk.clear()
        disk.put(key("a"), small(1))
        assert same(disk.get(key("a")), small(1))

    def test_a_folder_that_cannot_be_is_said_once(self, tmp_path, caplog):
        (tmp_path / "file").write_text("no folder")
        disk = Disk(tmp_path / "file" / "embeddings")
        for i in range(3):
            disk.put(key(i), small(i))
            assert disk.get(key(i)) is None
            assert key(i) not in disk
        disk.clear()
        (said,) = [r for r in caplog.records if r.levelno >= logging.WARNING]
        assert said.getMessage().startswith("Embeddings are not kept in ")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full to fill")
    def test_a_full_disk_is_said_once_and_leaves_nothing(self, disk, folder, caplog, monkeypatch):
        real = disk_module.tempfile.mkstemp

        def on_full_disk(*args, **options):
            handle, path = real(*args, **options)
            os.close(handle)
            return os.open("/dev/full", os.O_WRONLY), path

        monkeypatch.setattr(disk_module.tempfile, "mkstemp", on_full_disk)
        cache = EmbeddingCache(disk)
        for i in range(3):
            assert same(cache.get(key(i), lambda i=i: small(i)), small(i))
        assert files(folder) == []
        (said,) = [r for r in caplog.records if r.levelno >= logging.WARNING]
        assert os.strerror(errno.ENOSPC) in said.getMessage()
        monkeypatch.undo()
        cache.get(key(1), lambda: small(1))
        assert same(disk.get(key(1)), small(1))

    def test_files_that_cannot_be_touched_or_removed(self, disk, file, monkeypatch):
        def refuse(*args, **options):
            raise PermissionError

        monkeypatch.setattr(os, "utime", refuse)
        monkeypatch.setattr(Path, "unlink", refuse)
        assert same(disk.get(key("a")), small(1))
        file.write_bytes(b"broken")
        assert disk.get(key("a")) is None

    def test_values_that_are_no_embedding_are_left_out(self, disk, folder):
        disk.put(key("a"), Lump(1))
        assert key("a") not in disk
        assert not folder.exists()

    def test_no_room_no_folder(self, folder):
        Disk(folder, 0).put(key("a"), small(1))
        assert not folder.exists()


class TestRoom:
    def age(self, path, seconds):
        then = time.time() - seconds
        os.utime(path, (then, then))

    def test_the_file_that_was_read_or_written_last_stays(self, folder):
        disk = Disk(folder, 3 * len(BYTES) + 300)
        for i in range(3):
            disk.put(key(i), small(i))
            self.age(disk._path(key(i)), 100 - i)
        disk.get(key(0))
        disk.put(key(1), small(1))  # it is there: used, not written
        disk.put(key(3), small(3))
        assert [i for i in range(4) if key(i) in disk] == [0, 1, 3]
        assert disk.nbytes <= disk.limit_bytes

    def test_another_process_removes_them_at_the_same_time(self, folder, monkeypatch):
        disk = Disk(folder, 2 * len(BYTES) + 300)
        for i in range(2):
            disk.put(key(i), small(i))
            self.age(disk._path(key(i)), 100 - i)
        real = disk._files

        def gone_meanwhile():
            found = list(real())
            disk._path(key(0)).unlink(missing_ok=True)
            return iter(found)

        monkeypatch.setattr(disk, "_files", gone_meanwhile)
        disk.put(key(2), small(2))
        assert [i for i in range(3) if key(i) in disk] == [1, 2]

    def test_another_process_clears_while_one_is_written(self, disk, folder, caplog, monkeypatch):
        real = os.replace

        def cleared_just_before(half, path):
            Disk(folder).clear()
            real(half, path)

        monkeypatch.setattr(disk_module.os, "replace", cleared_just_before)
        disk.put(key("a"), small(1))
        assert files(folder) == []
        assert caplog.records == []
        monkeypatch.undo()
        disk.put(key("a"), small(1))
        assert same(disk.get(key("a")), small(1))

    def test_half_written_files_go_when_nobody_can_be_at_it_any_more(self, disk, folder):
        folder.mkdir(parents=True)
        young, old = folder / f"young{HALF}", folder / f"old{HALF}"
        for path in (young, old):
            path.write_bytes(b"half")
        self.age(old, 2 * disk_module.STALE)
        disk.put(key("a"), small(1))
        assert young.exists()
        assert not old.exists()

    def test_what_is_not_ours_is_left_alone(self, folder):
        folder.mkdir(parents=True)
        stranger = folder / "notes.txt"
        stranger.write_text("mine")
        disk = Disk(folder, len(BYTES) + 300)
        for i in range(3):
            disk.put(key(i), small(i))
        disk.clear()
        assert files(folder) == [stranger]


class TestSettings:
    def test_the_folder(self, monkeypatch, tmp_path):
        monkeypatch.setenv("SAM_WIDGET_CACHE", str(tmp_path))
        assert cache_folder() == tmp_path / "embeddings"
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("SAM_WIDGET_CACHE", "~/here")
        assert cache_folder() == tmp_path / "here" / "embeddings"
        monkeypatch.setenv("SAM_WIDGET_CACHE", f'"{tmp_path}"')
        assert cache_folder() == tmp_path / "embeddings"
        monkeypatch.delenv("SAM_WIDGET_CACHE")
        assert "sam_widget" in cache_folder().parts

    @pytest.mark.parametrize("said", ["~nobody_here/x", "~nobody_here", "file://other/x", "  "])
    def test_a_folder_that_means_nothing_is_said_and_the_users_taken(
        self, monkeypatch, caplog, said
    ):
        monkeypatch.setenv("SAM_WIDGET_CACHE", said)
        assert "sam_widget" in cache_folder().parts
        assert ("the user's cache is used" in caplog.text) == bool(said.strip())

    @pytest.mark.parametrize(
        ("said", "meant"), [("", DISK_BYTES), ("0", 0), ("5000", 5000), ("2e9", 2 * 10**9)]
    )
    def test_the_room(self, monkeypatch, said, meant):
        monkeypatch.setenv("SAM_WIDGET_CACHE_BYTES", said)
        assert limit_from_environment() == meant

    @pytest.mark.parametrize("said", ["much", "nan", "inf"])
    def test_nonsense_is_said(self, monkeypatch, caplog, said):
        monkeypatch.setenv("SAM_WIDGET_CACHE_BYTES", said)
        assert limit_from_environment() == DISK_BYTES
        assert "a number of bytes was expected" in caplog.text
