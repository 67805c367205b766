"""What servers and disks do to a download: it goes on, or ends in a sentence; never for ever."""

from __future__ import annotations

import errno
import gzip
import os
import socket
import traceback
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from sam_widget.models import download, transfer
from sam_widget.models.checkpoints import CheckpointError, find, load_model
from sam_widget.models.download import published_at
from sam_widget.models.transfer import Address, bare
from tests.models.test_download import (
    FILE,
    NAME,
    SIZE,
    cache,
    data,
    file_of,
    publish,
    published,
    web,
)

__all__ = ["cache", "data", "published", "web"]


@pytest.fixture
def pauses(monkeypatch):
    """What was waited for, in s, without waiting."""
    waited = []
    real = transfer.pause

    def pause(seconds):
        if seconds:
            waited.append(seconds)
        real(0)

    monkeypatch.setattr(transfer, "pause", pause)
    return waited


def test_a_mirror_that_cuts_after_each_byte_is_asked_a_few_times(web, published, pauses, cache):
    transfer.PAUSE = 1.0
    web.cuts = [1] * 10_000
    with pytest.raises(CheckpointError, match="the connection was cut; 0 of 0 MB are kept"):
        file_of(NAME)
    assert len(web.asked) == transfer.PATIENCE + 1
    assert len(pauses) == transfer.PATIENCE
    assert pauses[-1] > pauses[0]
    assert all(0 < each <= transfer.LONGEST for each in pauses)


def test_a_mirror_that_brings_little_each_time_is_not_asked_for_ever(
    web, published, pauses, monkeypatch
):
    monkeypatch.setattr(transfer, "WORTH", 1)
    monkeypatch.setattr(transfer, "TRIES", 40)
    web.cuts = [1] * 10_000
    with pytest.raises(CheckpointError, match="was cut 40 times"):
        file_of(NAME)
    assert len(web.asked) == len(pauses) == 40


def test_a_drip_is_cut(web, published, monkeypatch, cache):
    monkeypatch.setattr(transfer, "WINDOW", 0.2)
    monkeypatch.setattr(transfer, "PATIENCE", 1)
    web.drip = 0.05
    with pytest.raises(CheckpointError, match=r"it sends \d+ bytes a second, too slow to end"):
        file_of(NAME)
    assert len(web.asked) == 2


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("said", ["7", "date"])
def test_a_server_that_says_when_to_come_back_is_asked_then(
    web, published, data, pauses, status, said
):
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=8), usegmt=True)
    web.refusals = [(status, {"Retry-After": then if said == "date" else said})] * 2
    assert file_of(NAME).read_bytes() == data
    assert len(pauses) == 2
    assert all(5 < each <= 8 for each in pauses)


def test_a_server_that_asks_for_too_long_is_given_up(web, published, pauses):
    web.refusals = [(503, {"Retry-After": "86400"})]
    with pytest.raises(CheckpointError, match=r"it answers 503 .*asks to come again in 86400 s"):
        file_of(NAME)
    assert not pauses
    web.refusals = [(503, {"Retry-After": "1"})] * 50
    with pytest.raises(CheckpointError, match="it answers 503"):
        file_of(NAME)
    assert len(pauses) == transfer.PATIENCE


def test_a_redirect_in_a_circle_ends(web, published):
    web.refusals = [(302, {"Location": f"/weights/{FILE}"})] * 100
    with pytest.raises(CheckpointError, match="from one address to another without end"):
        file_of(NAME)
    assert len(web.asked) < 20


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://127.0.0.1/a", "http://[", "//"])
def test_a_redirect_to_what_is_no_web_address(web, published, place):
    web.refusals = [(302, {"Location": place})] * 20
    with pytest.raises(CheckpointError, match=f"^'{NAME}' could not be downloaded from "):
        file_of(NAME)


def test_what_is_packed_or_another_part_is_not_taken(web, published, data, cache):
    web.headers = {"Content-Encoding": "gzip"}
    with pytest.raises(CheckpointError, match="it packs what it sends"):
        file_of(NAME)
    web.headers = {"Content-Range": f"bytes 7-{SIZE - 1}/{SIZE}"}
    web.cuts = [70_000]
    with pytest.raises(CheckpointError, match="it sends another part than it was asked for"):
        file_of(NAME)
    web.headers = {}
    web.cuts = []
    assert file_of(NAME).read_bytes() == data


def test_packed_without_a_word_is_not_the_file(web, published, data, cache):
    web.files[f"/weights/{FILE}"] = gzip.compress(data)
    with pytest.raises(CheckpointError, match="it sends another file"):
        file_of(NAME)


def test_an_endless_body_ends(web, published, data, cache):
    web.files[f"/weights/{FILE}"] = data * 20
    web.headers = {"Content-Length": None}
    assert file_of(NAME).read_bytes() == data


def test_a_part_longer_than_what_the_server_has(web, published, data, cache):
    cache.mkdir(parents=True)
    (cache / f"{FILE}.part").write_bytes(data[:300_000])
    web.refusals = [(416, {})]
    assert file_of(NAME).read_bytes() == data
    assert [wanted for _, wanted in web.asked] == ["bytes=300000-", None]


@pytest.mark.skipif(os.name == "nt", reason="no such files there")
@pytest.mark.parametrize("what", ["pipe", "link", "link to nothing", "hard link", "socket"])
def test_only_a_half_made_file_of_ours_is_gone_on_with(
    web, published, data, cache, tmp_path, what, monkeypatch
):
    cache.mkdir(parents=True)
    part, other = cache / f"{FILE}.part", tmp_path / "other"
    other.write_bytes(b"mine")
    if what == "pipe":
        os.mkfifo(part)
    elif what == "link":
        part.symlink_to(other)
    elif what == "link to nothing":
        part.symlink_to(tmp_path / "none")
    elif what == "hard link":
        part.hardlink_to(other)
    else:
        monkeypatch.chdir(cache)
        with socket.socket(socket.AF_UNIX) as line:
            line.bind(part.name)
    found = file_of(NAME)
    assert found.read_bytes() == data
    assert not found.is_symlink()
    assert other.read_bytes() == b"mine"
    assert not (tmp_path / "none").exists()


def test_a_folder_under_the_part_files_name_is_said(web, published, cache):
    (cache / f"{FILE}.part").mkdir(parents=True)
    with pytest.raises(CheckpointError, match="could not be kept: "):
        file_of(NAME)


def test_a_full_disk_says_what_was_left(web, published, cache, monkeypatch):
    real = transfer.own_part

    class Full:
        def __init__(self, file):
            self.file = file

        def __getattr__(self, name):
            return getattr(self.file, name)

        def write(self, block):
            if self.file.tell() >= 100_000:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return self.file.write(block[: 100_000 - self.file.tell()])

    from contextlib import contextmanager

    @contextmanager
    def full(part):
        with real(part) as file:
            yield Full(file)

    monkeypatch.setattr(download, "own_part", full)
    with pytest.raises(CheckpointError) as caught:
        file_of(NAME)
    said = str(caught.value)
    assert os.strerror(errno.ENOSPC) in said
    assert f"and 0 of 0 MB are kept in {cache / FILE}.part, where trying again goes on" in said
    assert (cache / f"{FILE}.part").stat().st_size == 100_000


def test_too_little_room_is_said_before_anything_is_asked(web, published, cache, monkeypatch):
    monkeypatch.setattr(download, "disk_usage", lambda _: type("", (), {"free": 1000}))
    with pytest.raises(CheckpointError, match=r"it needs 0 MB more in .*, where 0 MB are free"):
        file_of(NAME)
    assert not web.asked


SECRET = "s3cr3t"


@pytest.mark.parametrize(
    "source",
    [
        "http://me:{0}@{1}/mirror",
        "http://{0}@{1}/mirror",
        "http://{1}/mirror?token={0}",
        "http://{1}/mirror?a=b&X-Signature={0}#{0}",
        "http://me:p%40{0}@{1}/mirror?sig={0}",
        "http://me:a/{0}@{1}/mirror",
        "http://me:a?{0}@{1}/mirror",
        "http://me:{0}@{1}x/mirror",
        "http://me:{0}@127.0.0.1:port/mirror",
        "http://me:{0}@[::1/mirror",
        "http://me:{0}@/mirror",
        "ftp://me:{0}@{1}/mirror",
        "s3://key:{0}@bucket/mirror",
        "http://me:{0}@{1}/mirror with space?t={0}",
        "HTTP://me:{0}@{1}/mirror",
    ],
)
def test_no_secret_of_an_address_is_ever_said(web, published, monkeypatch, source, capfd, caplog):
    caplog.set_level(0)
    monkeypatch.setenv("SAM_WIDGET_WEIGHTS", source.format(SECRET, web.url.partition("//")[2]))
    for refusal in (404, 403, 500, "web page", "cut", "circle"):
        web.refusals, web.headers, web.cuts = [], {}, []
        web.files = {f"/mirror/{FILE}": b"<html>" * 1000, f"/mirror%20with%20space/{FILE}": b""}
        if refusal == "circle":
            web.refusals = [(302, {"Location": f"http://a:{SECRET}@{web.url[7:]}/x"})] * 30
        elif refusal == "web page":
            web.headers = {"Content-Type": "text/html"}
        elif refusal == "cut":
            web.headers, web.cuts = {"Content-Length": str(SIZE)}, [10] * 20
        else:
            web.refusals = [(refusal, {"X": SECRET})] * 30
        with pytest.raises(CheckpointError) as caught:
            file_of(NAME)
        said = "".join(traceback.format_exception(caught.value))
        assert SECRET not in said
        assert SECRET not in repr(caught.value)
    out = capfd.readouterr()
    assert SECRET not in out.out + out.err + caplog.text


def test_a_mirror_with_a_login_or_a_token_is_asked_with_it(web, published, data, monkeypatch):
    web.files = {f"/mirror/{FILE}?token=abc": data}
    host = web.url.partition("//")[2]
    monkeypatch.setenv("SAM_WIDGET_WEIGHTS", f"http://me:p%40ss@{host}/mirror?token=abc")
    assert file_of(NAME).read_bytes() == data
    assert web.logins == ["Basic bWU6cEBzcw=="]


def test_addresses_as_they_are_shown():
    for given, shown in (
        ("https://a.b/c/d.pth", "https://a.b/c/d.pth"),
        ("https://me:x@a.b:80/c?d#e", "https://a.b:80/c"),
        ("https://me:x/y@a.b/c", "https://..."),
        ("https://[::1]:80/c", "https://[::1]:80/c"),
    ):
        assert bare(given) == shown
    assert "secret" not in repr(Address.of("https://me:secret@a.b/c?secret"))
    for given in ("https://", "https://a:b/c", "file:///a", "https://[a/b"):
        with pytest.raises(ValueError, match=r"^it "):
            Address.of(given)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://dl.fbaipublicfiles.com/segment_anything/sam_vit_b_01ec64.pth", "sam_vit_b"),
        ("http://dl.fbaipublicfiles.com/segment_anything/sam_vit_h_4b8939.pth", "sam_vit_h"),
        ("https://dl.fbaipublicfiles.com/segment_anything/sam_vit_l_0b3195.pth?x=1", "sam_vit_l"),
        (
            "https://github.com/ChaoningZhang/MobileSAM/raw/master/weights/mobile_sam.pt",
            "mobile_sam",
        ),
        (
            "https://raw.githubusercontent.com/ChaoningZhang/MobileSAM/master/weights/mobile_sam.pt",
            "mobile_sam",
        ),
        ("https://dl.fbaipublicfiles.com/segment_anything_2/sam2_hiera_large.pt", ""),
        ("https://evil.example/segment_anything/sam_vit_b_01ec64.pth", ""),
        ("https://[", ""),
    ],
)
def test_published_addresses_are_names(address, name):
    assert published_at(address) == name


def test_a_published_address_is_downloaded_as_its_name(web, published, data, cache):
    wanted = f"https://dl.fbaipublicfiles.com/segment_anything/{FILE}"
    assert find(wanted) == find(f" {wanted} ") == (cache / FILE,)
    assert (cache / FILE).read_bytes() == data
    for other in ("https://weights.example/x.pth?token=s3cr3t", "http://me:s3cr3t@a.b/x.pth"):
        with pytest.raises(CheckpointError, match="not fetched from addresses such as") as caught:
            load_model(other)
        assert SECRET not in str(caught.value)


def test_a_published_file_is_what_it_says(web, monkeypatch, cache, data):
    """The name of another model's file, the same bytes: nothing is taken for what it is not."""
    publish(web, monkeypatch, data, "sam_vit_l", "l.pth")
    web.files["/weights/l.pth"] = data[::-1]
    with pytest.raises(CheckpointError, match="is not the published file, and was thrown away"):
        file_of("sam_vit_l")
