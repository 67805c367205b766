"""The fully automatic stage: seconds and masks a photo, and what a long folder costs in memory.

    python tests/benchmarks/automatic.py [--models mini small] [--points 8] [--photos 12]

The photos are those of examples/, over and over. Each model does so many, and then twice as many:
peak memory must not follow. Seconds are of one machine; what to compare are the ratios, of CPU
seconds, since other work may be beside.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.memory import peak  # noqa: E402

PHOTOS = ROOT / "examples" / "photos"


def folder(at: Path, count: int) -> Path:
    at.mkdir()
    for number, photo in enumerate(islice(cycle(sorted(PHOTOS.glob("*.jpg"))), count)):
        shutil.copy(photo, at / f"{number:04}.jpg")
    return at


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--models", nargs="+", default=["mini", "small"])
    words.add_argument("--points", type=int, default=8)
    words.add_argument("--photos", type=int, default=12)
    said = words.parse_args()

    from sam_widget.data_engine.annotate import annotate
    from sam_widget.data_engine.automatic import Settings
    from sam_widget.segment.everything.search import Search
    from sam_widget.segment.loaded import segmenter_of

    first = 0.0
    print(
        f"{'':8}{'s a photo':>10}{'CPU s':>8}{'ratio':>8}{'masks':>8}{'MB':>8}{'MB of twice':>14}"
    )
    for model in said.models:
        own = Search.suited(segmenter_of(model).thresholds, points_per_side=said.points)
        with tempfile.TemporaryDirectory() as work:
            runs, cpu, peaks = [], [], []
            for count in (3, said.photos, 2 * said.photos):  # the first warms up
                photos = folder(Path(work) / f"{count}", count)
                before = time.process_time()
                runs.append(
                    annotate(
                        photos,
                        Path(work) / f"{count}-masks",
                        model=model,
                        settings=Settings(own),
                        progress=False,
                    )
                )
                cpu.append((time.process_time() - before) / count)
                peaks.append(peak() / 2**20)
        run = runs[1]
        first = first or cpu[1]
        print(
            f"{model:8}{run.seconds:10.3f}{cpu[1]:8.3f}{cpu[1] / first:8.2f}"
            f"{run.masks / run.done:8.1f}{peaks[1]:8.0f}{peaks[2]:14.0f}"
        )


if __name__ == "__main__":
    main()
