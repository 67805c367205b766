"""Many cases on demand: ``python -m tests.fuzz --cases 20000``; every failure is shown whole.

Each area is tried in processes of its own, a few hundred cases each, from seeds that follow one
another; the seed of one that fails is said, and ``python -m tests.fuzz.child AREA --seed SEED``
makes the same cases again.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tqdm import tqdm

from tests.fuzz.child import AREAS

A_CHILD = 250  # cases; a process lives for some ten seconds
AT_MOST = 900.0  # seconds for a child: none may hang, whatever its own alarm does


@dataclass(frozen=True)
class Trial:
    """What one child came to."""

    area: str
    seed: int
    tried: int
    said: str

    @property
    def held(self) -> bool:
        """Whether the rule held for all of its cases."""
        return not self.said


def trial(area: str, count: int, seed: int) -> Trial:
    """Try so many cases of an area in a process of its own."""
    command = [sys.executable, "-m", "tests.fuzz.child", area, f"--cases={count}", f"--seed={seed}"]
    threads = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE"}
    try:
        told = subprocess.run(
            command, capture_output=True, timeout=AT_MOST, env=os.environ | threads, check=False
        )
    except subprocess.TimeoutExpired as error:
        return Trial(area, seed, 0, f"hangs\n{(error.stderr or b'').decode(errors='replace')}")
    out = told.stdout.decode(errors="replace")
    if told.returncode == 0 and (last := out.split()[-2:])[0] == "tried":
        return Trial(area, seed, int(last[1]), "")
    why = f"status {told.returncode}\n{told.stderr.decode(errors='replace')}"
    return Trial(area, seed, 0, why)


def main() -> None:
    """Try them all."""
    grammar = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    grammar.add_argument("--cases", type=int, default=20_000, help="in all (default: %(default)s)")
    grammar.add_argument("--area", choices=AREAS, action="append", help="by default all of them")
    grammar.add_argument("--seed", type=int, default=0, help="the first")
    grammar.add_argument("--at-once", type=int, default=1, help="processes")
    given = grammar.parse_args()
    areas = given.area or AREAS
    each = -(-given.cases // len(areas))
    wanted = [
        (area, min(A_CHILD, each - start), given.seed + start // A_CHILD)
        for start in range(0, each, A_CHILD)
        for area in areas
    ]
    tried: Counter[str] = Counter()
    failed = 0
    with ThreadPoolExecutor(given.at_once) as pool:
        for done in tqdm(pool.map(lambda one: trial(*one), wanted), total=len(wanted)):
            tried[done.area] += done.tried
            if not done.held:
                failed += 1
                tqdm.write(f"{done.area}, seed {done.seed}: {done.said}", sys.stdout)
    print(", ".join(f"{area} {tried[area]:,}" for area in areas), f"; {failed} processes failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
