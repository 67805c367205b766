"""How long the next photo of a folder takes, with and without the look ahead: ``python`` this.

A person is at each photo for a while; then the time from ``w.next()`` until its first mask counts.
By turns in one process, on photos that nobody has encoded before; medians and their ratio.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import PIL.Image
import skimage.data

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
PHOTO = (1200, 1800)


def photos(folder: Path, count: int) -> None:
    """Write photos that no cache knows: one picture, turned and moved."""
    whole = np.asarray(PIL.Image.fromarray(skimage.data.astronaut()).resize(PHOTO[::-1]))
    for number in range(count):
        pixels = np.roll(whole, 37 * number, (0, 1)[number % 2])
        PIL.Image.fromarray(pixels).save(folder / f"{number:03d}.jpg", quality=90)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="small")
    parser.add_argument("--photos", type=int, default=21)
    parser.add_argument("--pause", type=float, default=4.0, help="seconds at each photo")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["SAM_WIDGET_CACHE"] = home
        from sam_widget.segment.ahead import LIMIT_BYTES
        from sam_widget.widget import SamWidget

        folder = Path(home) / "photos"
        folder.mkdir()
        photos(folder, given.photos)
        w = SamWidget(folder, model=given.model)
        w.wait()
        took: dict[bool, list[float]] = {True: [], False: []}
        for number in range(given.photos - 1):
            ahead = number % 2 == 0  # of the photo that comes now
            time.sleep(given.pause)
            w._album._ahead.limit_bytes = 0 if ahead else LIMIT_BYTES  # of the one after it
            began = time.perf_counter()
            w.next()
            w.add_point(PHOTO[1] / 2, PHOTO[0] / 2)
            took[ahead].append(time.perf_counter() - began)
            w.undo()
        w.close()
    with_, without = (statistics.median(took[each]) for each in (True, False))
    print(f"{given.model}: next photo and its first mask, {len(took[True])} of each")
    print(f"  with the look ahead    {with_ * 1000:7.0f} ms")
    print(f"  without                {without * 1000:7.0f} ms")
    print(f"  ratio                  {without / with_:7.1f}")


if __name__ == "__main__":
    main()
