"""Embeddings that outlive their process: a notebook opened again, two processes at once."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sam_widget.document.edits import Document, Edit
from sam_widget.document.records import Image, Object, Point
from sam_widget.document.session import Session
from sam_widget.segment.answers.answerer import Answerer
from sam_widget.segment.answers.worker import Inline
from sam_widget.segment.embeddings.behind import WriteBehind
from sam_widget.segment.embeddings.cache import EmbeddingCache
from sam_widget.segment.embeddings.disk import Disk
from sam_widget.segment.embeddings.tiers import Held, Row, in_memory
from tests.segment.fake import FakeSegmenter
from tests.segment.places import BYTES, files, key, same, small


class Real(FakeSegmenter):
    """A fake whose embeddings are real enough to be written."""

    def embed(self, pixels):
        super().embed(pixels)
        return small(1)

    def predict(self, embedding, prompts):
        return super().predict(super().embed(np.zeros((20, 31, 3), np.uint8)), prompts)


class TestReopened:
    """A notebook that was closed, and is opened in another process."""

    def open(self, folder, segmenter):
        disk = WriteBehind(Disk(folder, 100 * len(BYTES)))
        cache = EmbeddingCache(Row(Held(10**6, in_memory), lasting=disk))
        session = Session(Document({"i": Image("i", "blob", 31, 20)}))
        told, pixels = [], np.zeros((20, 31, 3), np.uint8)
        answerer = Answerer(
            session, lambda _: segmenter, pixels, told.append, Inline(), model="m", cache=cache
        )
        session.push(Edit.of(Object("a", "i"), Point("p", "a", 10.0, 10.0, True)))
        answerer.wait()
        cache.flush()
        assert session.document.answer_of("a").of == ("p",)
        return [status.what for status in told]

    def test_it_is_not_encoded_again(self, folder):
        assert self.open(folder, Real("k")) == ["loading", "encoding", "ready"]
        again = Real("k")
        again.embed = pytest.fail
        assert self.open(folder, again) == ["loading", "ready"]
        assert self.open(folder, Real("other weights")) == ["loading", "encoding", "ready"]

    def test_a_corrupt_file_costs_one_encoding_and_is_said_to(self, folder):
        self.open(folder, Real("k"))
        (path,) = files(folder)
        path.write_bytes(path.read_bytes()[:-1])
        again = Real("k")
        assert self.open(folder, again) == ["loading", "encoding", "ready"]
        again.embed = pytest.fail
        assert self.open(folder, again) == ["loading", "ready"]


YESTERDAY = """
import sys, threading
from sam_widget.segment.embeddings.cache import shared_cache
assert "torch" not in sys.modules
from tests.segment.places import key, same, small

def work():
    shared_cache().get(key("a"), lambda: small(1))

thread = threading.Thread(target=work, daemon=True)
thread.start()
thread.join()
"""


BUSY = """
import sys
from pathlib import Path
from sam_widget.segment.embeddings.disk import Disk
from tests.segment.places import key, same, small

disk = Disk(Path(sys.argv[1]), int(sys.argv[2]))
values = [small(i) for i in range(6)]
print("ready", flush=True)
sys.stdin.readline()
for turn in range(30):
    for i, value in enumerate(values):
        disk.put(key(i), value)
        found = disk.get(key(i))
        assert found is None or same(found, value), i
    if turn % 10 == 7:
        disk.clear()
"""


ROOT = Path(__file__).parents[3]


def process(code, *arguments, **environment):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


class TestProcesses:
    def test_what_waits_is_written_before_the_process_ends(self, tmp_path):
        with process(YESTERDAY, SAM_WIDGET_CACHE=str(tmp_path)) as first:
            assert first.communicate(timeout=60) == ("", "")
        assert first.returncode == 0
        assert same(Disk(tmp_path / "embeddings").get(key("a")), small(1))

    @pytest.mark.slow
    def test_two_at_once(self, folder):
        room = 3 * len(BYTES) + 900
        with process(BUSY, folder, room) as one, process(BUSY, folder, room) as other:
            for each in (one, other):
                assert each.stdout.readline() == "ready\n"
            for each in (one, other):
                each.stdin.write("go\n")
                each.stdin.flush()
            said = [each.communicate(timeout=60) for each in (one, other)]
        assert said == [("", "")] * 2
        disk = Disk(folder, room)
        disk.put(key("last"), small(7))
        assert disk.nbytes <= room
        assert {path.suffix for path in files(folder)} == {".safetensors"}
        assert same(disk.get(key("last")), small(7))
