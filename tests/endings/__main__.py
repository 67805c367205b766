"""Every way to end, many times: ``python -m tests.endings --runs 20``; the counts as a table."""

from __future__ import annotations

import argparse
import sys
import tempfile
from itertools import product
from pathlib import Path

from tqdm import tqdm

from tests.endings.runs import mirror, run, wrong
from tests.endings.script import ENDLESS, ENDS, WORKS


def main() -> None:
    """Run them all; the status says whether one was wrong."""
    grammar = argparse.ArgumentParser(description=__doc__)
    grammar.add_argument("--runs", type=int, default=20)
    grammar.add_argument("--work", choices=[work.__name__ for work in WORKS], action="append")
    given = grammar.parse_args()
    works = [work for work in WORKS if work.__name__ in (given.work or [w.__name__ for w in WORKS])]
    pairs = [
        (work, end, status)
        for work, (end, status) in product(works, ENDS.items())
        if (work.__name__, end.__name__) not in ENDLESS
    ]
    bad = 0
    with mirror() as url, tqdm(total=given.runs * len(pairs)) as bar:
        for work, end, status in pairs:
            for _ in range(given.runs):
                with tempfile.TemporaryDirectory() as folder:
                    told = run(work.__name__, end.__name__, url, Path(folder))
                said = wrong(end.__name__, told[0], status, *told[1:])
                bar.update()
                if said:
                    bad += 1
                    tqdm.write(f"{work.__name__}, {end.__name__}: {said}")
    print(f"{bar.n} runs, {bad} wrong")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
