"""``kill -9`` at any moment loses at most the last piece of work; two processes lose none at all.

``SAM_WIDGET_KILLS=20`` kills that many times; by default a few.
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from sam_widget.folders import at_work
from sam_widget.formats import sa1b
from tests.segment.fake import FakeSegmenter
from tests.widget.page import HEIGHT, WIDTH, Quiet

KILLS = int(os.environ.get("SAM_WIDGET_KILLS", "3"))
ROOT = Path(__file__).parents[2]
PHOTOS = 4


@pytest.fixture
def folder(tmp_path):
    for seed in range(PHOTOS):
        pixels = np.random.default_rng(seed).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)
        PIL.Image.fromarray(pixels).save(tmp_path / f"{seed}.png")
    return tmp_path


class Person:
    """A process at work, and what it has said so far."""

    def __init__(self, folder, seed):
        command = [sys.executable, "-m", "tests.widget.killed", str(folder), str(seed)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        self.said = []
        threading.Thread(target=self._hear, daemon=True).start()

    def _hear(self):
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))

    def wait(self, count, patience=120):
        end = time.monotonic() + patience
        while len(self.said) < count:
            assert self.process.poll() is None, "it has ended by itself"
            assert time.monotonic() < end, "it does nothing"
            time.sleep(0.005)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        time.sleep(0.05)  # what it said last is read
        self.process.stdout.close()
        return self.said


def told(said):
    """What was made, photo by photo, what was judged, and which photo was shown last."""
    made, judged, last = {}, {}, None
    for line in said:
        photo, what = line.split(" ")
        last = photo
        if what in ("accept", "fail", "defer"):
            judged[photo] = what
        elif what.startswith("-"):
            made.get(photo, set()).discard(what[1:])
        elif what != "here":
            made.setdefault(photo, set()).add(what)
    return made, judged, last


def labels(w):
    """Those that were given: an undo leaves an object without one."""
    return {each.label for each in w.objects if each.locked and each.label}


def put_in_order(folder):
    """Open the folder once more, as the next day does, and have it at rest."""
    w = Quiet(folder, FakeSegmenter())
    w._album._scribe.help()
    w.wait()
    return w


def check_order(folder):
    """All that is on disk reads, and nothing is left behind or kept twice."""
    home = folder / ".sam_widget"
    names = {each.name for each in folder.glob("*.json")}
    assert names <= {f"{n}.json" for n in range(PHOTOS)}, "a second file"
    assert not [each for each in home.glob("*.png") if at_work.left(each)]
    for path in folder.glob("*.json"):
        entry = json.loads((home / f"{path.stem}.png" / "photo.json").read_bytes())
        assert len(sa1b.read_one(path).regions) == entry["objects"]


@pytest.mark.parametrize("seed", range(KILLS))
def test_killed_at_any_moment_it_loses_at_most_the_last_piece_of_work(folder, seed):
    said = []
    for round_ in range(2):  # killed again, where it went on after the first time
        person = Person(folder, 100 * seed + round_)
        chance = random.Random(seed + round_)
        person.wait(chance.randrange(1, 40))
        time.sleep(chance.random() * 0.05)
        heard = person.kill()
        w = put_in_order(folder)
        made, judged, last = told(said + heard)
        assert w.photo == last or last is None or person_moved(w, heard)
        lost, more = set[str](), set[str]()
        for name in w.photos:
            w.go(name)
            before, now = made.get(name, set()), labels(w)
            lost |= before - now
            more |= now - before
            if name in judged and w.photos[name].verdict != judged[name]:
                more.add("a verdict")
        # what it did last it may have done, and not said yet; an undo takes one away
        assert len(lost) <= 1, (lost, heard[-3:])
        assert len(more) <= 1, (more, heard[-3:])
        w.close()
        check_order(folder)
        if lost or more:
            return  # of what it had not said, the next round would know nothing
        said += heard


def person_moved(w, heard):
    """Whether it may have gone to another photo, and not said so yet."""
    return abs(int(w.photo[0]) - int(heard[-1][0])) <= 1


def test_two_processes_on_one_folder_lose_nothing(folder):
    one, other = Person(folder, 1), Person(folder, 2)
    one.wait(25)
    other.wait(25)
    heard = one.kill(), other.kill()
    w = put_in_order(folder)
    # who finds the other's work on a photo may undo it as their own
    undone = {line.split(" -")[1] for each in heard for line in each if " -" in line}
    lost = set[str]()
    for name in w.photos:
        w.go(name)
        made = {mark for each in heard for mark in told(each)[0].get(name, set())}
        lost |= made - labels(w) - undone
    w.close()
    assert len(lost) <= 2, "each may lose its last"
    check_order(folder)
