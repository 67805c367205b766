"""A script ends as it would without us, whatever is under way: its status, its own words, no hang.

Once each here; ``python -m tests.endings --runs 20`` is for a busy machine.
"""

from __future__ import annotations

import pytest

from tests.endings.runs import mirror, run, wrong
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


def test_what_was_put_is_written(url, tmp_path):
    run("writing", "falls_off", url, tmp_path)
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size > 10**5]
    assert len(kept) == 3
