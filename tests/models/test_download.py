"""Published weights arrive whole or not at all, whatever the network, the disk and others do."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import torch

from sam_widget.models import download, fingerprints, transfer
from sam_widget.models.checkpoints import CheckpointError, find, fingerprint, load_model
from sam_widget.models.download import PUBLISHED, Published
from sam_widget.models.mini import build_mini
from tests.models.web import serving

SIZE = 400_000
NAME = "sam_vit_b"
FILE = "sam_vit_b_01ec64.pth"


def file_of(name, tell=None) -> Path:
    (path,) = find(name, tell)
    return path


@pytest.fixture
def web():
    with serving() as web:
        yield web


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """The user's cache folder, empty."""
    monkeypatch.setattr(fingerprints, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    monkeypatch.delenv("SAM_WIDGET_WEIGHTS", raising=False)
    monkeypatch.setattr(transfer, "PAUSE", 0.01)
    return tmp_path / "cache" / "weights"


def publish(web, monkeypatch, data: bytes, name: str = NAME, file: str = FILE) -> Published:
    """Let the server have a published file, which is ``data``."""
    web.files[f"/weights/{file}"] = data
    digest = hashlib.sha256(data).hexdigest()
    wanted = Published(f"{web.url}/weights/{file}", digest, len(data))
    monkeypatch.setitem(download.PUBLISHED, name, wanted)
    return wanted


@pytest.fixture
def data():
    return os.urandom(SIZE)


@pytest.fixture
def published(web, monkeypatch, cache, data):
    return publish(web, monkeypatch, data)


def test_a_name_is_downloaded_once(web, published, cache, data, capsys):
    path = file_of(NAME)
    assert path == cache / FILE
    assert path.read_bytes() == data
    assert FILE in capsys.readouterr().err  # the progress bar
    assert file_of(NAME) == path
    assert len(web.asked) == 1
    assert fingerprint(NAME) == published.sha256[:16]
    assert not list(cache.glob("*.part"))


@pytest.mark.parametrize(
    "cuts", [[100_000], [1, 1, 1, 250_000], [0, 0, 398_000], [SIZE - 1001, 0, 0]]
)
def test_a_cut_connection_is_taken_up_where_it_broke(web, published, data, cuts):
    web.cuts = [1000, *cuts]
    assert file_of(NAME).read_bytes() == data
    starts = [int(wanted[6:-1]) if wanted else 0 for _, wanted in web.asked]
    assert starts == [0, 1000, *(1000 + sum(cuts[: i + 1]) for i in range(len(cuts)))]


def test_a_killed_download_is_resumed(web, published, cache, data, monkeypatch):
    """Another process is killed half way; the next call asks for the rest only."""
    web.gate = threading.Event()
    child = subprocess.Popen([sys.executable, "-c", CHILD, *child_arguments(published, cache)])
    part = cache / f"{FILE}.part"
    wait_for(lambda: part.exists() and part.stat().st_size > 0)
    child.send_signal(signal.SIGKILL)
    child.wait()
    web.gate.set()
    have = part.stat().st_size
    assert 0 < have < SIZE
    assert not (cache / FILE).exists()
    assert file_of(NAME).read_bytes() == data
    assert web.asked[-1] == (f"/weights/{FILE}", f"bytes={have}-")


def test_who_shows_how_far_it_is_gets_no_bar(published, capsys):
    shares = []
    file_of(NAME, shares.append)
    assert shares[0] == 0
    assert shares[-1] == 1
    assert sorted(shares) == shares
    assert not capsys.readouterr().err


def test_processes_at_once_download_once(web, published, cache, data, capsys):
    web.gate = threading.Event()
    arguments = [sys.executable, "-c", CHILD, *child_arguments(published, cache)]
    child = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    wait_for(lambda: web.asked)
    found: list[Path] = []
    thread = threading.Thread(target=lambda: found.append(file_of(NAME)))
    thread.start()
    time.sleep(0.2)
    assert not found
    web.gate.set()
    thread.join(30)
    assert found == [Path(child.communicate()[0].strip())] == [cache / FILE]
    assert found[0].read_bytes() == data
    assert len(web.asked) == 1
    assert "by another process" in capsys.readouterr().err


# As find() in another process, with the same published file and cache folder.
CHILD = """
import sys
from pathlib import Path
from sam_widget.models import download, fingerprints
url, sha256, size, cache = sys.argv[1:]
fingerprints.user_cache_path = lambda *_, **__: Path(cache)
download.PUBLISHED["sam_vit_b"] = download.Published(url, sha256, int(size))
print(download.published("sam_vit_b"))
"""


def child_arguments(published: Published, cache: Path) -> list[str]:
    return [published.url, published.sha256, str(published.bytes), str(cache.parent)]


def wait_for(condition) -> None:
    for _ in range(1200):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it never came")


def test_a_server_without_ranges_starts_anew(web, published, data):
    web.ranges = False
    web.cuts = [200_000]
    assert file_of(NAME).read_bytes() == data
    assert [wanted for _, wanted in web.asked] == [None, "bytes=200000-"]


def test_a_server_that_never_gets_further_is_given_up(web, published, cache):
    web.ranges = False
    web.cuts = [200_000] * 50
    with pytest.raises(CheckpointError, match="connection was cut; 0 of 0 MB are kept"):
        file_of(NAME)
    assert len(web.asked) == 2 + transfer.PATIENCE
    assert not (cache / FILE).exists()


def test_a_part_of_another_file_is_thrown_away(web, published, cache, data):
    cache.mkdir(parents=True)
    (cache / f"{FILE}.part").write_bytes(b"?" * 1000)
    assert file_of(NAME).read_bytes() == data
    assert [wanted for _, wanted in web.asked] == ["bytes=1000-", None]


@pytest.mark.parametrize("size", [SIZE, SIZE + 5])
def test_a_part_of_full_size_is_checked_first(web, published, cache, data, size):
    cache.mkdir(parents=True)
    (cache / f"{FILE}.part").write_bytes(data + bytes(size - SIZE))
    assert file_of(NAME).read_bytes() == data
    assert len(web.asked) == (0 if size == SIZE else 1)


def test_wrong_bytes_are_refused(web, published, cache, data):
    web.files[f"/weights/{FILE}"] = data[:-1] + bytes([data[-1] ^ 1])
    with pytest.raises(CheckpointError, match="is not the published file, and was thrown away"):
        file_of(NAME)
    assert not [p for p in cache.iterdir() if p.stat().st_size]
    web.files[f"/weights/{FILE}"] = data
    assert file_of(NAME).read_bytes() == data


def test_a_file_of_another_size_is_not_even_begun(web, published, cache, data):
    web.files[f"/weights/{FILE}"] = data + b"more"
    with pytest.raises(CheckpointError, match=r"sends another file, of 0\.4 MB"):
        file_of(NAME)
    assert not [p for p in cache.iterdir() if p.stat().st_size]


def test_a_login_page_is_not_weights(web, published, cache):
    web.files[f"/weights/{FILE}"] = b"<html>Please log in</html>"
    web.headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": None}
    with pytest.raises(CheckpointError, match="it sends a web page"):
        file_of(NAME)
    assert not [p for p in cache.iterdir() if p.stat().st_size]


def test_an_answer_without_length_is_read_to_its_end(web, published, data):
    web.headers = {"Content-Length": None}
    assert file_of(NAME).read_bytes() == data


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_a_server_that_refuses(web, published, status):
    web.status = status
    with pytest.raises(CheckpointError, match=f"it answers {status} .*; offline, put {FILE}"):
        file_of(NAME)
    assert len(web.asked) == 1  # nothing had come: nobody shall wait


def test_offline_says_which_file_to_put_where(published, cache, monkeypatch):
    nobody = Published(
        published.url.replace("127.0.0.1", "127.0.0.2"), published.sha256, 375 * 10**6
    )
    monkeypatch.setitem(download.PUBLISHED, NAME, nobody)
    with pytest.raises(CheckpointError) as caught:
        load_model(NAME)
    sentence = str(caught.value)
    assert f"put {FILE} (375 MB) into {cache}, or set SAM_WIDGET_WEIGHTS" in sentence
    assert "refused" in sentence
    assert "\n" not in sentence
    assert not list(cache.glob("*.part"))


def test_a_file_put_by_hand_is_taken_without_the_network(web, published, cache, data):
    cache.mkdir(parents=True)
    (cache / FILE).write_bytes(data)
    assert file_of(NAME) == cache / FILE
    assert not web.asked


def test_a_broken_file_in_the_cache_is_fetched_again(web, published, cache, data):
    file_of(NAME)
    (cache / FILE).write_bytes(data[:1000])
    assert file_of(NAME).read_bytes() == data
    (cache / FILE).write_bytes(bytes(SIZE))
    assert file_of(NAME).read_bytes() == data
    assert len(web.asked) == 3


def test_a_mirror(web, published, data, monkeypatch):
    web.files = {f"/mirror/sam/{FILE}": data}
    for source in (f"{web.url}/mirror/sam", f" {web.url}/mirror/sam/ "):
        monkeypatch.setenv("SAM_WIDGET_WEIGHTS", source)
        path = file_of(NAME)
        assert path.read_bytes() == data
        path.unlink()
    assert {path for path, _ in web.asked} == {f"/mirror/sam/{FILE}"}


def test_a_local_folder(web, published, cache, data, monkeypatch, tmp_path):
    folder = tmp_path / "our weights"
    folder.mkdir()
    for source in (str(folder), folder.as_uri()):
        monkeypatch.setenv("SAM_WIDGET_WEIGHTS", source)
        (folder / FILE).unlink(missing_ok=True)
        with pytest.raises(CheckpointError, match=f"SAM_WIDGET_WEIGHTS names, has no {FILE}"):
            file_of(NAME)
        (folder / FILE).write_bytes(data[1:])
        with pytest.raises(CheckpointError, match="is not the published file"):
            file_of(NAME)
        (folder / FILE).write_bytes(data)
        assert file_of(NAME) == folder / FILE
    assert not web.asked


@pytest.mark.parametrize("source", ["ftp://weights.example/sam", "s3://bucket/sam"])
def test_an_address_of_another_kind_is_refused(web, published, cache, monkeypatch, source):
    monkeypatch.setenv("SAM_WIDGET_WEIGHTS", source)
    said = (
        rf"SAM_WIDGET_WEIGHTS must be a folder or an http\(s\) address, which '{source}' is not\.$"
    )
    with pytest.raises(CheckpointError, match=said):
        file_of(NAME)
    assert not web.asked


def test_a_model_comes_through_the_whole_way(web, cache, monkeypatch, tmp_path):
    torch.manual_seed(0)
    sam = build_mini(64)
    torch.save(sam.state_dict(), tmp_path / "published.pth")
    publish(web, monkeypatch, (tmp_path / "published.pth").read_bytes(), "mobile_sam", "mobile.pt")
    web.cuts = [3_000_000, 3_000_000]
    found = load_model("mobile_sam", "cpu", "float32")
    key = "mask_decoder.iou_token.weight"
    assert torch.equal(found.state_dict()[key], sam.state_dict()[key])
    assert len(web.asked) == 3


# Files may not grow beyond a bound there: what a full disk is like, without filling one.
FULL = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="files' sizes cannot be bounded there")
def test_a_disk_that_takes_no_more(web, published, cache, data):
    code = FULL + CHILD.replace("print(", "found = (")
    arguments = [sys.executable, "-c", code, *child_arguments(published, cache)]
    child = subprocess.run(arguments, capture_output=True, text=True, check=False)
    said = child.stderr.strip().splitlines()[-1]
    assert "CheckpointError: 'sam_vit_b' could not be kept:" in said
    assert os.strerror(errno.EFBIG) in said
    assert not (cache / FILE).exists()
    assert file_of(NAME).read_bytes() == data  # the disk has room again
    assert web.asked[-1][1] == "bytes=100000-"


def test_a_cache_folder_that_cannot_be_made(web, published, cache, tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(CheckpointError, match=r"'sam_vit_b' could not be kept: .*; make room"):
        file_of(NAME)


def test_stopping_keeps_what_has_come(web, published, cache, data, monkeypatch):
    class Impatient:
        n = 0

        def __init__(self, *_):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def reach(self, have):
            if have:
                raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(download, "_Bar", Impatient)
        with pytest.raises(KeyboardInterrupt):
            file_of(NAME)
    have = (cache / f"{FILE}.part").stat().st_size
    assert 0 < have < SIZE
    assert file_of(NAME).read_bytes() == data
    assert web.asked[-1][1] == f"bytes={have}-"


def test_the_catalogue():
    """Meta's file names end in their MD5's first digits; what we check by is the SHA-256."""
    assert list(PUBLISHED) == ["sam_vit_b", "sam_vit_l", "sam_vit_h", "mobile_sam"]
    for name, wanted in PUBLISHED.items():
        assert wanted.url.startswith("https://")
        assert wanted.file.startswith(name)
        assert len(bytes.fromhex(wanted.sha256)) == 32
        assert wanted.bytes > 4e7
    assert len({wanted.sha256 for wanted in PUBLISHED.values()}) == 4
