"""What a cached embedding costs: the hash, the memory tier, the disk tier, the imports.

    .venv/bin/python tests/benchmarks/cache.py [--samples 30] [--json PATH]

Each is measured by turns with the least that anything of its kind could cost: a numpy copy of as
many bytes, a plain read of the same file, the import of anywidget alone. Milliseconds, minimum and
median, wall clock and the process's own time; the files lie in the page cache.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[2]
if not __package__:
    sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import torch  # noqa: E402

from sam_widget.geometry import Frame  # noqa: E402
from sam_widget.images import content_hash  # noqa: E402
from sam_widget.models.features import Features  # noqa: E402
from sam_widget.segment.embeddings.behind import WriteBehind  # noqa: E402
from sam_widget.segment.embeddings.cache import MEMORY_BYTES, EmbeddingCache  # noqa: E402
from sam_widget.segment.embeddings.disk import Disk  # noqa: E402
from sam_widget.segment.embeddings.tiers import Held, Row, in_memory, on_accelerator  # noqa: E402
from sam_widget.segment.prompts import Embedding  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

WIDTH, HEIGHT = 1800, 1200
KEY = ("0" * 32, "weights-1024-float32-1")
IMPORTS = {
    "import numpy": "import numpy",
    "import anywidget": "import anywidget",
    "import sam_widget": "import sam_widget",
    "import sam_widget, its SamWidget": "import sam_widget; sam_widget.SamWidget",
}
TIMED = """
import time
wall, own = time.perf_counter(), time.process_time()
{}
print(time.perf_counter() - wall, time.process_time() - own)
"""

Times = list[tuple[float, float]]  # s: wall clock, the process's own


def once(work: Callable[[], Any]) -> tuple[float, float]:
    wall, own = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - own


def by_turns(works: dict[str, Callable[[], Any]], samples: int) -> dict[str, Times]:
    for work in works.values():
        work()
    times: dict[str, Times] = {name: [] for name in works}
    for _ in range(samples):
        for name, work in works.items():
            times[name].append(once(work))
    return times


def in_fresh_process(code: str) -> tuple[float, float]:
    command = [sys.executable, "-c", TIMED.format(code)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    wall, own = map(float, done.stdout.split())
    return wall, own


def embeddings() -> dict[str, Embedding]:
    """As large and laid out as a ViT's and as mini's in fp32, random inside."""

    def maps(*shapes: tuple[int, int]) -> list[torch.Tensor]:
        last = torch.channels_last
        return [torch.randn(1, c, s, s).to(memory_format=last) for c, s in shapes]

    vit = Features(torch.randn(1, 256, 64, 64))
    whole, *skips = maps((256, 32), (64, 64), (32, 128))
    return {
        "ViT-B, 256x64x64": Embedding(vit, Frame(WIDTH, HEIGHT, 1024)),
        "mini, with its skips": Embedding(Features(whole, tuple(skips)), Frame(WIDTH, HEIGHT, 512)),
    }


def hashing(samples: int) -> dict[str, Times]:
    pixels = np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)
    return by_turns(
        {"numpy copy of the photo": pixels.copy, "hash": lambda: content_hash(pixels)}, samples
    )


def hits(embedding: Embedding, folder: Path, samples: int) -> dict[str, Times]:
    """From memory, and from disk as another process finds it: nothing at hand, then at hand."""

    def never() -> Embedding:
        raise AssertionError("The embedding should have been found.")

    def cache() -> EmbeddingCache[Embedding]:
        quick: list[Held[Embedding]] = [
            Held(MEMORY_BYTES, on_accelerator),
            Held(MEMORY_BYTES, in_memory),
        ]
        return EmbeddingCache(Row(*quick, lasting=WriteBehind(Disk(folder))))

    warm = cache()
    warm.put(KEY, embedding)
    warm.flush()
    (file,) = folder.iterdir()
    flat = np.empty(embedding.nbytes, np.uint8)
    return by_turns(
        {
            "numpy copy": flat.copy,
            "plain read of the file": file.read_bytes,
            "memory hit": lambda: warm.get(KEY, never, "cpu"),
            "disk hit": lambda: cache().get(KEY, never, "cpu"),
        },
        samples,
    )


def shown(title: str, times: dict[str, Times]) -> dict[str, Any]:
    """Print a table, in ms, each row with its ratio to the first; return it."""
    print(f"\n{title}")
    print(f"  {'':34}{'min':>9}{'median':>9}{'own min':>9}{'ratio':>9}")
    floor, rows = None, {}
    for name, each in times.items():
        walls, owns = ([1000 * t for t in column] for column in zip(*each, strict=True))
        least = min(walls)
        floor = floor or least
        rows[name] = {"min": least, "median": statistics.median(walls), "own": min(owns)}
        numbers = (least, rows[name]["median"], rows[name]["own"])
        print(f"  {name:34}" + "".join(f"{n:9.3f}" for n in numbers) + f"{least / floor:9.2f}")
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--samples", type=int, default=30)
    parser.add_argument("--json", type=Path, help="write all numbers there")
    given = parser.parse_args()
    tables = {f"Hash of {WIDTH}x{HEIGHT}": hashing(given.samples)}
    with tempfile.TemporaryDirectory() as root:
        for number, (name, embedding) in enumerate(embeddings().items()):
            title = f"{name}: {embedding.nbytes / 2**20:.1f} MB"
            tables[title] = hits(embedding, Path(root) / str(number), given.samples)
    fresh = {name: list[tuple[float, float]]() for name in IMPORTS}
    for _ in range(max(3, given.samples // 5)):
        for name, code in IMPORTS.items():
            fresh[name].append(in_fresh_process(code))
    tables["Imports, each in a fresh process"] = fresh
    numbers = {title: shown(title, times) for title, times in tables.items()}
    if given.json:
        given.json.write_text(json.dumps(numbers, indent=1))


if __name__ == "__main__":
    main()
