"""A script ends as it would without us, whatever is under way: its status, its own words, no hang.

Once each here; ``python -m tests.endings --runs 20`` is for a busy machine.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.endings.runs import AT_MOST, ROOT, mirror, run, wrong
from tests.endings.script import ENDS, WORKS

TABLE = [
    *((work.__name__, "falls_off", 0) for work in WORKS),
    *(("loading", end.__name__, status) for end, status in ENDS.items()),
    *((work, "interrupted", -2) for work in ("encoding", "downloading", "writing")),
    ("encoding", "leaves_a_daemon", 0),
    ("answering", "exits", 3),
]


@pytest.fixture(scope="module")
def url():
    with mirror() as address:
        yield address


@pytest.mark.parametrize(("work", "end", "status"), dict.fromkeys(TABLE))
def test_it_ends_as_it_would_without_us(work, end, status, url, tmp_path):
    got, out, err = run(work, end, url, tmp_path)
    assert not wrong(end, got, status, out, err)


EARLY = """
import atexit
@atexit.register
def late():
    try:
        widget.add_point(20, 20)
    except Exception as error:
        print(type(error).__name__, error)
import numpy as np
from sam_widget import SamWidget
widget = SamWidget(np.zeros((80, 100, 3), np.uint8), "mini")
widget.add_point(10, 10)
"""


def test_a_click_after_the_end_is_refused_in_a_sentence(tmp_path):
    own = {"SAM_WIDGET_CACHE": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", EARLY],
        capture_output=True,
        text=True,
        timeout=AT_MOST,
        env={**os.environ, **own},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("WorkerError Python is ending: ")
    assert not done.stderr


def test_what_was_put_is_written(url, tmp_path):
    run("writing", "falls_off", url, tmp_path)
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size > 10**5]
    assert len(kept) == 3
