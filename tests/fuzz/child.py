"""One process that tries one area: so many cases from one seed. Fails aloud, or says how many."""

from __future__ import annotations

import argparse
import tempfile
import warnings
from importlib import import_module
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.alarm import alarm, bounded

AREAS = ("pictures", "checkpoints", "annotations", "formats", "arguments")


def try_area(area: str, count: int, start: int, folder: Path) -> int:
    """Try this many cases; return how many were tried."""
    room = import_module(f"tests.fuzz.{area}")
    tried = 0

    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @seed(start)
    @given(room.cases)
    def each(case: object) -> None:
        nonlocal tried
        tried += 1
        with alarm(), warnings.catch_warnings():
            warnings.simplefilter("error")
            # pycocotools' own; and what everything mode says where thresholds leave nothing
            warnings.filterwarnings("ignore", "__array__ implementation|No mask was kept")
            room.holds(case, folder)

    each()
    return tried


def main() -> None:
    """Try an area."""
    grammar = argparse.ArgumentParser(description=__doc__)
    grammar.add_argument("area", choices=AREAS)
    grammar.add_argument("--cases", type=int, default=125)
    grammar.add_argument("--seed", type=int, default=0)
    given_ = grammar.parse_args()
    bounded()
    with tempfile.TemporaryDirectory() as folder:
        tried = try_area(given_.area, given_.cases, given_.seed, Path(folder))
    print(f"tried {tried}")


if __name__ == "__main__":
    main()
